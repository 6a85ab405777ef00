/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The guard is that of the copy newer trees carry: either serves. */
#ifndef __XEN_PUBLIC_IO_CONSOLE_H__
#define __XEN_PUBLIC_IO_CONSOLE_H__
typedef uint32_t XENCONS_RING_IDX;
#define MASK_XENCONS_IDX(i, ring) ((i) & (sizeof(ring) - 1))
struct xencons_interface {
    char in[1024], out[2048];
    XENCONS_RING_IDX in_cons, in_prod, out_cons, out_prod;
};
#endif
