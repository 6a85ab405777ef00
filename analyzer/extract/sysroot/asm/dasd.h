/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once
#include <linux/ioctl.h>
typedef struct dasd_information2_t {
    unsigned int devno, real_devno, schid, cu_type, cu_model, dev_type,
                 dev_model, open_count, req_queue_len, chanq_len;
    char type[4];
    unsigned int status, label_block, FBA_layout, characteristics_size,
                 confdata_size;
    char characteristics[64], configuration_data[256];
    unsigned int format, features, reserved[6];
} dasd_information2_t;
#define BIODASDINFO2 _IOR('D', 3, dasd_information2_t)
