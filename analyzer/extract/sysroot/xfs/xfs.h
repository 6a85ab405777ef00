/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once
#include <linux/fs.h>
struct dioattr { __u32 d_mem, d_miniosz, d_maxiosz; };
struct xfs_flock64 { __s16 l_type, l_whence; __s64 l_start, l_len; __s32
                     l_sysid; __u32 l_pid; __s32 l_pad[4]; };
typedef struct xfs_flock64 xfs_flock64_t;
#define XFS_IOC_DIOINFO _IOR('X', 30, struct dioattr)
#define XFS_IOC_UNRESVSP64 _IOW('X', 43, struct xfs_flock64)
#define XFS_IOC_ZERO_RANGE _IOW('X', 57, struct xfs_flock64)
