/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The guard is that of the copy newer trees carry: either serves. */
#ifndef __XEN_PUBLIC_IO_NETIF_H__
#define __XEN_PUBLIC_IO_NETIF_H__
#include <xen/grant_table.h>
#include <xen/io/ring.h>
#define NETTXF_csum_blank 1
#define NETTXF_data_validated 2
#define NETTXF_more_data 4
#define NETTXF_extra_info 8
#define NETRXF_data_validated 1
#define NETRXF_csum_blank 2
enum { NETIF_RSP_DROPPED = -2, NETIF_RSP_ERROR, NETIF_RSP_OKAY,
       NETIF_RSP_NULL };
struct netif_tx_request { grant_ref_t gref; uint16_t offset, flags, id, size; };
struct netif_tx_response { uint16_t id; int16_t status; };
struct netif_rx_request { uint16_t id, pad; grant_ref_t gref; };
struct netif_rx_response { uint16_t id, offset, flags; int16_t status; };
struct netif_extra_info { uint8_t type, flags; uint16_t pad[3]; };
typedef struct netif_tx_request netif_tx_request_t;
typedef struct netif_tx_response netif_tx_response_t;
typedef struct netif_rx_request netif_rx_request_t;
typedef struct netif_rx_response netif_rx_response_t;
DEFINE_RING_TYPES(netif_tx, struct netif_tx_request, struct netif_tx_response);
DEFINE_RING_TYPES(netif_rx, struct netif_rx_request, struct netif_rx_response);
#endif
