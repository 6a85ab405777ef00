/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The guard is that of the copy newer trees carry: either serves. */
#ifndef __XEN_PUBLIC_IO_BLKIF_H__
#define __XEN_PUBLIC_IO_BLKIF_H__
#include <xen/grant_table.h>
#include <xen/io/ring.h>
typedef uint16_t blkif_vdev_t;
typedef uint64_t blkif_sector_t;
enum { BLKIF_OP_READ, BLKIF_OP_WRITE, BLKIF_OP_WRITE_BARRIER,
       BLKIF_OP_FLUSH_DISKCACHE, BLKIF_OP_RESERVED_1, BLKIF_OP_DISCARD,
       BLKIF_OP_INDIRECT };
#define BLKIF_MAX_SEGMENTS_PER_REQUEST 11
enum { BLKIF_RSP_EOPNOTSUPP = -2, BLKIF_RSP_ERROR, BLKIF_RSP_OKAY };
#define VDISK_CDROM 1
#define VDISK_REMOVABLE 2
#define VDISK_READONLY 4
struct blkif_request_segment { grant_ref_t gref; uint8_t first_sect,
                               last_sect; };
struct blkif_request {
    uint8_t operation, nr_segments;
    blkif_vdev_t handle;
    uint64_t id;
    blkif_sector_t sector_number;
    struct blkif_request_segment seg[BLKIF_MAX_SEGMENTS_PER_REQUEST];
};
typedef struct blkif_request blkif_request_t;
struct blkif_request_discard {
    uint8_t operation, flag;
    blkif_vdev_t handle;
    uint64_t id;
    blkif_sector_t sector_number;
    uint64_t nr_sectors;
};
typedef struct blkif_request_discard blkif_request_discard_t;
struct blkif_response { uint64_t id; uint8_t operation; int16_t status; };
typedef struct blkif_response blkif_response_t;
DEFINE_RING_TYPES(blkif, struct blkif_request, struct blkif_response);
#endif
