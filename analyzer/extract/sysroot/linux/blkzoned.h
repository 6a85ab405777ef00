/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once
#include <linux/ioctl.h>
#include <linux/types.h>
enum blk_zone_type { BLK_ZONE_TYPE_CONVENTIONAL = 1,
    BLK_ZONE_TYPE_SEQWRITE_REQ, BLK_ZONE_TYPE_SEQWRITE_PREF };
enum blk_zone_cond { BLK_ZONE_COND_NOT_WP, BLK_ZONE_COND_EMPTY,
    BLK_ZONE_COND_IMP_OPEN, BLK_ZONE_COND_EXP_OPEN, BLK_ZONE_COND_CLOSED,
    BLK_ZONE_COND_READONLY = 13, BLK_ZONE_COND_FULL, BLK_ZONE_COND_OFFLINE };
struct blk_zone { __u64 start, len, wp; __u8 type, cond, non_seq, reset,
                  resv[4]; __u64 capacity; __u8 reserved[24]; };
struct blk_zone_report { __u64 sector; __u32 nr_zones, flags;
                         struct blk_zone zones[]; };
struct blk_zone_range { __u64 sector, nr_sectors; };
#define BLKREPORTZONE _IOWR(0x12, 130, struct blk_zone_report)
#define BLKRESETZONE _IOW(0x12, 131, struct blk_zone_range)
#define BLKOPENZONE _IOW(0x12, 134, struct blk_zone_range)
#define BLKCLOSEZONE _IOW(0x12, 135, struct blk_zone_range)
#define BLKFINISHZONE _IOW(0x12, 136, struct blk_zone_range)
