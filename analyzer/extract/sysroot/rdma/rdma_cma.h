/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once
#include <infiniband/verbs.h>
#include <qc/socket.h>
enum rdma_cm_event_type {
    RDMA_CM_EVENT_ADDR_RESOLVED, RDMA_CM_EVENT_ADDR_ERROR,
    RDMA_CM_EVENT_ROUTE_RESOLVED, RDMA_CM_EVENT_ROUTE_ERROR,
    RDMA_CM_EVENT_CONNECT_REQUEST, RDMA_CM_EVENT_CONNECT_RESPONSE,
    RDMA_CM_EVENT_CONNECT_ERROR, RDMA_CM_EVENT_UNREACHABLE,
    RDMA_CM_EVENT_REJECTED, RDMA_CM_EVENT_ESTABLISHED,
    RDMA_CM_EVENT_DISCONNECTED, RDMA_CM_EVENT_DEVICE_REMOVAL
};
enum { RDMA_PS_TCP = 0x106, RDMA_OPTION_ID = 0, RDMA_OPTION_ID_REUSEADDR = 1 };
#define RDMA_MAX_PRIVATE_DATA 256
struct rdma_event_channel { int fd; };
struct rdma_addr { struct sockaddr src_addr, dst_addr; };
struct rdma_route { struct rdma_addr addr; };
struct rdma_cm_id {
    struct ibv_context *verbs;
    struct rdma_event_channel *channel;
    void *context;
    struct ibv_qp *qp;
    struct rdma_route route;
    int ps;
    uint8_t port_num;
};
struct rdma_conn_param { const void *private_data; uint8_t private_data_len,
                         responder_resources, initiator_depth, flow_control,
                         retry_count, rnr_retry_count, srq; uint32_t qp_num; };
struct rdma_cm_event {
    struct rdma_cm_id *id, *listen_id;
    enum rdma_cm_event_type event;
    int status;
    union { struct rdma_conn_param conn; } param;
};
struct rdma_addrinfo { int ai_flags; struct rdma_addrinfo *ai_next; };
struct rdma_event_channel *rdma_create_event_channel(void);
const char *rdma_event_str(enum rdma_cm_event_type e);
struct sockaddr *rdma_get_local_addr(struct rdma_cm_id *id);
struct sockaddr *rdma_get_peer_addr(struct rdma_cm_id *id);
