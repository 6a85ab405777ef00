/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The guard is that of the copy newer trees carry: either serves. */
#ifndef __XEN_PUBLIC_IO_RING_H__
#define __XEN_PUBLIC_IO_RING_H__
typedef unsigned int RING_IDX;
#define DEFINE_RING_TYPES(name, req_t, rsp_t) \
    union name##_sring_entry { req_t req; rsp_t rsp; }; \
    struct name##_sring { \
        RING_IDX req_prod, req_event, rsp_prod, rsp_event; \
        union { struct { uint8_t msg; } tapif_user; uint8_t pvt[4]; } pvt; \
        uint8_t pad[44]; \
        union name##_sring_entry ring[1]; \
    }; \
    struct name##_front_ring { \
        RING_IDX req_prod_pvt, rsp_cons; \
        unsigned int nr_ents; \
        struct name##_sring *sring; \
    }; \
    struct name##_back_ring { \
        RING_IDX rsp_prod_pvt, req_cons; \
        unsigned int nr_ents; \
        struct name##_sring *sring; \
    }; \
    typedef struct name##_sring name##_sring_t; \
    typedef struct name##_front_ring name##_front_ring_t; \
    typedef struct name##_back_ring name##_back_ring_t
#define DEFINE_XEN_FLEX_RING_AND_INTF(name) \
    DEFINE_XEN_FLEX_RING(name); \
    struct name##_data_intf { \
        RING_IDX in_cons, in_prod, out_cons, out_prod; \
        uint32_t ring_order; \
        uint32_t ref[]; \
    }
#define DEFINE_XEN_FLEX_RING(name) \
    struct name##_data { unsigned char *in, *out; }
#define XEN_FLEX_RING_SIZE(order) (1UL << ((order) + 12 - 1))
#define __RING_SIZE(s, n) 32
#define __CONST_RING_SIZE(s, n) 32
#define RING_SIZE(r) ((r)->nr_ents)
#define BACK_RING_INIT(r, s, size) ((r)->sring = (s), (r)->nr_ents = (size))
#define RING_GET_REQUEST(r, i) (&(r)->sring->ring[(i) & (RING_SIZE(r) - 1)].req)
#define RING_GET_RESPONSE(r, i) \
    (&(r)->sring->ring[(i) & (RING_SIZE(r) - 1)].rsp)
#define RING_HAS_UNCONSUMED_REQUESTS(r) ((r)->sring->req_prod - (r)->req_cons)
#define RING_REQUEST_CONS_OVERFLOW(r, c) ((c) > (r)->rsp_prod_pvt)
#define RING_REQUEST_PROD_OVERFLOW(r, p) ((p) > (r)->rsp_prod_pvt)
#define RING_PUSH_RESPONSES(r) ((r)->sring->rsp_prod = (r)->rsp_prod_pvt)
#define RING_PUSH_RESPONSES_AND_CHECK_NOTIFY(r, notify) \
    ((r)->sring->rsp_prod = (r)->rsp_prod_pvt, (notify) = 1)
#define RING_FINAL_CHECK_FOR_REQUESTS(r, work) \
    ((work) = RING_HAS_UNCONSUMED_REQUESTS(r))
#endif
