/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once
#include <linux/ioctl.h>
#include <linux/types.h>
#define BLKROSET _IO(0x12, 93)
#define BLKGETSIZE _IO(0x12, 96)
#define BLKSSZGET _IO(0x12, 104)
#define BLKDISCARD _IO(0x12, 119)
#define BLKPBSZGET _IO(0x12, 123)
#define BLKZEROOUT _IO(0x12, 127)
#define BLKGETSIZE64 _IOR(0x12, 114, size_t)
#define FS_NOCOW_FL 0x00800000
#define FS_IOC_GETFLAGS _IOR('f', 1, long)
#define FS_IOC_SETFLAGS _IOW('f', 2, long)
#define FIFREEZE _IOWR('X', 119, int)
#define FITHAW _IOWR('X', 120, int)
#define FICLONE _IOW(0x94, 9, int)
struct fstrim_range { __u64 start, len, minlen; };
#define FITRIM _IOWR('X', 121, struct fstrim_range)
struct fsxattr { __u32 fsx_xflags, fsx_extsize, fsx_nextents, fsx_projid,
                 fsx_cowextsize; unsigned char fsx_pad[8]; };
