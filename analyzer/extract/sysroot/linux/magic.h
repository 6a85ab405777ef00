/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once
#define HUGETLBFS_MAGIC 0x958458f6
#define TMPFS_MAGIC 0x01021994
#define NFS_SUPER_MAGIC 0x6969
#define XFS_SUPER_MAGIC 0x58465342
