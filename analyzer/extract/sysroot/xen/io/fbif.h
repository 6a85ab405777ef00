/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The guard is that of the copy newer trees carry: either serves. */
#ifndef __XEN_PUBLIC_IO_FBIF_H__
#define __XEN_PUBLIC_IO_FBIF_H__
enum { XENFB_TYPE_UPDATE = 2, XENFB_TYPE_RESIZE, XENFB_TYPE_REFRESH_PERIOD = 1 };
struct xenfb_update { uint8_t type; int32_t x, y, width, height; };
struct xenfb_resize { uint8_t type; int32_t width, height, stride, depth,
                      offset; };
struct xenfb_refresh_period { uint8_t type; uint32_t period; };
union xenfb_out_event { uint8_t type; struct xenfb_update update;
                        struct xenfb_resize resize; char pad[40]; };
union xenfb_in_event { uint8_t type;
                       struct xenfb_refresh_period refresh_period;
                       char pad[40]; };
#define XENFB_NO_REFRESH 0
struct xenfb_page {
    uint32_t in_cons, in_prod, out_cons, out_prod;
    int32_t width, height;
    uint32_t line_length, mem_length;
    uint8_t depth;
    unsigned long pd[256];
};
#define XENFB_IN_RING_SIZE 1024
#define XENFB_IN_RING_LEN 25
#define XENFB_IN_RING_REF(page, i) \
    (((union xenfb_in_event *)((char *)(page) + 1024))[(i) % 25])
#define XENFB_OUT_RING_LEN 51
#define XENFB_OUT_RING_REF(page, i) \
    (((union xenfb_out_event *)((char *)(page) + 2048))[(i) % 51])
#endif
