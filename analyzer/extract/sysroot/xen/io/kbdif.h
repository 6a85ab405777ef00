/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The guard is that of the copy newer trees carry: either serves. */
#ifndef __XEN_PUBLIC_IO_KBDIF_H__
#define __XEN_PUBLIC_IO_KBDIF_H__
enum { XENKBD_TYPE_MOTION = 1, XENKBD_TYPE_KEY = 3, XENKBD_TYPE_POS };
struct xenkbd_motion { uint8_t type; int32_t rel_x, rel_y, rel_z; };
struct xenkbd_key { uint8_t type, pressed; uint32_t keycode; };
struct xenkbd_position { uint8_t type; int32_t abs_x, abs_y, rel_z; };
union xenkbd_in_event { uint8_t type; struct xenkbd_motion motion;
                        struct xenkbd_key key; struct xenkbd_position pos;
                        char pad[40]; };
struct xenkbd_page { uint32_t in_cons, in_prod, out_cons, out_prod; };
#define XENKBD_IN_RING_LEN 51
#define XENKBD_IN_RING_REF(page, i) \
    (((union xenkbd_in_event *)((char *)(page) + 1024))[(i) % 51])
#endif
