/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once
#include <xen/xen.h>
enum { IOREQ_TYPE_PIO, IOREQ_TYPE_COPY, IOREQ_TYPE_PCI_CONFIG,
       IOREQ_TYPE_TIMEOFFSET = 7, IOREQ_TYPE_INVALIDATE };
#define IOREQ_READ 1
#define IOREQ_WRITE 0
enum { STATE_IOREQ_NONE, STATE_IOREQ_READY, STATE_IOREQ_INPROCESS,
       STATE_IORESP_READY };
typedef struct ioreq {
    uint64_t addr, data;
    uint32_t count, size, vp_eport;
    uint16_t pad;
    uint8_t state : 4, data_is_ptr : 1, dir : 1, df : 1, pad1 : 1, type;
} ioreq_t;
typedef struct shared_iopage { ioreq_t vcpu_ioreq[1]; } shared_iopage_t;
typedef struct buf_ioreq {
    uint8_t type, pad : 1, dir : 1, size : 2;
    uint32_t addr : 20, data;
} buf_ioreq_t;
#define IOREQ_BUFFER_SLOT_NUM 511
typedef struct buffered_iopage {
    union bufioreq_pointers {
        struct { uint32_t read_pointer, write_pointer; };
        uint64_t full;
    } ptrs;
    buf_ioreq_t buf_ioreq[IOREQ_BUFFER_SLOT_NUM];
} buffered_iopage_t;
