/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once
typedef uint32_t XENCONS_RING_IDX;
#define MASK_XENCONS_IDX(i, ring) ((i) & (sizeof(ring) - 1))
struct xencons_interface {
    char in[1024], out[2048];
    XENCONS_RING_IDX in_cons, in_prod, out_cons, out_prod;
};
