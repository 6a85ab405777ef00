/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once
typedef struct sg_io_hdr {
    int interface_id, dxfer_direction;
    unsigned char cmd_len, mx_sb_len;
    unsigned short iovec_count;
    unsigned int dxfer_len;
    void *dxferp;
    unsigned char *cmdp;
    void *sbp;
    unsigned int timeout, flags;
    int pack_id;
    void *usr_ptr;
    unsigned char status, masked_status, msg_status, sb_len_wr;
    unsigned short host_status, driver_status;
    int resid;
    unsigned int duration, info;
} sg_io_hdr_t;
struct sg_scsi_id { int host_no, channel, scsi_id, lun, scsi_type;
                    short h_cmd_per_lun, d_queue_depth; int unused[2]; };
#define SG_DXFER_NONE (-1)
#define SG_DXFER_TO_DEV (-2)
#define SG_DXFER_FROM_DEV (-3)
#define SG_DXFER_TO_FROM_DEV (-4)
#define SG_FLAG_DIRECT_IO 1
#define SG_FLAG_LUN_INHIBIT 2
#define SG_INFO_OK_MASK 1
#define SG_INFO_OK 0
#define SG_GET_SCSI_ID 0x2276
#define SG_GET_VERSION_NUM 0x2282
#define SG_GET_SG_TABLESIZE 0x227f
#define SG_IO 0x2285
#define SG_ERR_DRIVER_TIMEOUT 6
#define SG_ERR_DRIVER_SENSE 8
