/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once
#include <qc/libc.h>
#include <qc/pthread.h>
#include <linux/types.h>
enum { IBV_ACCESS_LOCAL_WRITE = 1, IBV_ACCESS_REMOTE_WRITE,
       IBV_ACCESS_REMOTE_READ = 4, IBV_ACCESS_REMOTE_ATOMIC = 8,
       IBV_ACCESS_ON_DEMAND = 64 };
enum ibv_qp_type { IBV_QPT_RC = 2, IBV_QPT_UC, IBV_QPT_UD };
enum ibv_qp_state { IBV_QPS_RESET, IBV_QPS_INIT, IBV_QPS_RTR, IBV_QPS_RTS,
                    IBV_QPS_SQD, IBV_QPS_SQE, IBV_QPS_ERR, IBV_QPS_UNKNOWN };
enum ibv_mtu { IBV_MTU_256 = 1, IBV_MTU_512, IBV_MTU_1024, IBV_MTU_2048,
               IBV_MTU_4096 };
enum ibv_port_state { IBV_PORT_NOP, IBV_PORT_DOWN, IBV_PORT_INIT,
                      IBV_PORT_ARMED, IBV_PORT_ACTIVE };
enum ibv_mig_state { IBV_MIG_MIGRATED };
enum ibv_wc_status { IBV_WC_SUCCESS, IBV_WC_WR_FLUSH_ERR = 5,
                     IBV_WC_GENERAL_ERR = 21 };
enum ibv_wc_opcode { IBV_WC_SEND, IBV_WC_RDMA_WRITE, IBV_WC_RDMA_READ,
                     IBV_WC_RECV = 128 };
enum ibv_wr_opcode { IBV_WR_RDMA_WRITE, IBV_WR_RDMA_WRITE_WITH_IMM,
                     IBV_WR_SEND, IBV_WR_SEND_WITH_IMM, IBV_WR_RDMA_READ };
enum { IBV_SEND_FENCE = 1, IBV_SEND_SIGNALED, IBV_SEND_SOLICITED = 4,
       IBV_SEND_INLINE = 8 };
enum { IBV_WC_GRH = 1 };
enum { IBV_QP_STATE = 1, IBV_QP_ACCESS_FLAGS = 8, IBV_QP_PKEY_INDEX = 16,
       IBV_QP_PORT = 32, IBV_QP_QKEY = 64, IBV_QP_AV = 128,
       IBV_QP_PATH_MTU = 256, IBV_QP_TIMEOUT = 512, IBV_QP_RETRY_CNT = 1024,
       IBV_QP_RNR_RETRY = 2048, IBV_QP_RQ_PSN = 4096,
       IBV_QP_MAX_QP_RD_ATOMIC = 8192, IBV_QP_MIN_RNR_TIMER = 32768,
       IBV_QP_SQ_PSN = 65536, IBV_QP_MAX_DEST_RD_ATOMIC = 131072,
       IBV_QP_CAP = 524288, IBV_QP_DEST_QPN = 1048576 };
enum { IBV_LINK_LAYER_UNSPECIFIED, IBV_LINK_LAYER_INFINIBAND,
       IBV_LINK_LAYER_ETHERNET };
enum { IBV_TRANSPORT_IB, IBV_NODE_CA = 1 };
enum ibv_advise_mr_advice { IBV_ADVISE_MR_ADVICE_PREFETCH,
                            IBV_ADVISE_MR_ADVICE_PREFETCH_WRITE };
enum { IBV_ADVISE_MR_FLAG_FLUSH = 1 };
enum { IBV_SRQ_MAX_WR = 1, IBV_SRQ_LIMIT };
enum ibv_event_type { IBV_EVENT_CQ_ERR, IBV_EVENT_QP_FATAL,
    IBV_EVENT_GID_CHANGE = 18 };
union ibv_gid {
    uint8_t raw[16];
    struct { uint64_t subnet_prefix, interface_id; } global;
};
struct ibv_device { int node_type, transport_type; char name[64],
                    dev_name[64], dev_path[256], ibdev_path[256]; };
struct ibv_context { struct ibv_device *device; int cmd_fd, async_fd,
                     num_comp_vectors; };
struct ibv_device_attr {
    char fw_ver[64];
    uint64_t node_guid, sys_image_guid, max_mr_size, page_size_cap;
    uint32_t vendor_id, vendor_part_id, hw_ver;
    int max_qp, max_qp_wr;
    unsigned device_cap_flags;
    int max_sge, max_sge_rd, max_cq, max_cqe, max_mr, max_pd, max_qp_rd_atom,
        max_ee_rd_atom, max_res_rd_atom, max_qp_init_rd_atom,
        max_ee_init_rd_atom, atomic_cap, max_ee, max_rdd, max_mw,
        max_raw_ipv6_qp, max_raw_ethy_qp, max_mcast_grp, max_mcast_qp_attach,
        max_total_mcast_qp_attach, max_ah, max_fmr, max_map_per_fmr, max_srq,
        max_srq_wr, max_srq_sge;
    uint16_t max_pkeys;
    uint8_t local_ca_ack_delay, phys_port_cnt;
};
struct ibv_port_attr {
    enum ibv_port_state state;
    enum ibv_mtu max_mtu, active_mtu;
    int gid_tbl_len;
    uint32_t port_cap_flags, max_msg_sz, bad_pkey_cntr, qkey_viol_cntr;
    uint16_t pkey_tbl_len, lid, sm_lid;
    uint8_t lmc, max_vl_num, sm_sl, subnet_timeout, init_type_reply,
            active_width, active_speed, phys_state, link_layer, flags;
};
struct ibv_pd { struct ibv_context *context; uint32_t handle; };
struct ibv_mr { struct ibv_context *context; struct ibv_pd *pd; void *addr;
                size_t length; uint32_t handle, lkey, rkey; };
struct ibv_comp_channel { struct ibv_context *context; int fd, refcnt; };
struct ibv_cq { struct ibv_context *context; struct ibv_comp_channel *channel;
                void *cq_context; uint32_t handle; int cqe; };
struct ibv_srq { struct ibv_context *context; uint32_t handle; };
struct ibv_qp { struct ibv_context *context; void *qp_context;
                struct ibv_pd *pd; struct ibv_cq *send_cq, *recv_cq;
                struct ibv_srq *srq; uint32_t handle, qp_num;
                enum ibv_qp_state state; enum ibv_qp_type qp_type; };
struct ibv_global_route { union ibv_gid dgid; uint32_t flow_label;
                          uint8_t sgid_index, hop_limit, traffic_class; };
struct ibv_grh { uint32_t version_tclass_flow; uint16_t paylen;
                 uint8_t next_hdr, hop_limit; union ibv_gid sgid, dgid; };
struct ibv_ah_attr { struct ibv_global_route grh; uint16_t dlid; uint8_t sl,
                     src_path_bits, static_rate, is_global, port_num; };
struct ibv_ah { struct ibv_context *context; struct ibv_pd *pd;
                uint32_t handle; };
struct ibv_qp_cap { uint32_t max_send_wr, max_recv_wr, max_send_sge,
                    max_recv_sge, max_inline_data; };
struct ibv_srq_attr { uint32_t max_wr, max_sge, srq_limit; };
struct ibv_srq_init_attr { void *srq_context; struct ibv_srq_attr attr; };
struct ibv_qp_init_attr { void *qp_context; struct ibv_cq *send_cq, *recv_cq;
                          struct ibv_srq *srq; struct ibv_qp_cap cap;
                          enum ibv_qp_type qp_type; int sq_sig_all; };
struct ibv_qp_attr {
    enum ibv_qp_state qp_state, cur_qp_state;
    enum ibv_mtu path_mtu;
    enum ibv_mig_state path_mig_state;
    uint32_t qkey, rq_psn, sq_psn, dest_qp_num;
    unsigned qp_access_flags;
    struct ibv_qp_cap cap;
    struct ibv_ah_attr ah_attr, alt_ah_attr;
    uint16_t pkey_index, alt_pkey_index;
    uint8_t en_sqd_async_notify, sq_draining, max_rd_atomic,
            max_dest_rd_atomic, min_rnr_timer, port_num, timeout, retry_cnt,
            rnr_retry, alt_port_num, alt_timeout;
};
struct ibv_sge { uint64_t addr; uint32_t length, lkey; };
struct ibv_send_wr {
    uint64_t wr_id;
    struct ibv_send_wr *next;
    struct ibv_sge *sg_list;
    int num_sge;
    enum ibv_wr_opcode opcode;
    unsigned send_flags;
    uint32_t imm_data;
    union {
        struct { uint64_t remote_addr; uint32_t rkey; } rdma;
        struct { struct ibv_ah *ah; uint32_t remote_qpn, remote_qkey; } ud;
    } wr;
};
struct ibv_recv_wr { uint64_t wr_id; struct ibv_recv_wr *next;
                     struct ibv_sge *sg_list; int num_sge; };
struct ibv_wc { uint64_t wr_id; enum ibv_wc_status status;
                enum ibv_wc_opcode opcode; uint32_t vendor_err, byte_len,
                imm_data, qp_num, src_qp; unsigned wc_flags; uint16_t
                pkey_index, slid; uint8_t sl, dlid_path_bits; };
struct ibv_async_event { union { struct ibv_cq *cq; struct ibv_qp *qp;
                         int port_num; } element;
                         enum ibv_event_type event_type; };
struct ibv_device **ibv_get_device_list(int *n);
const char *ibv_get_device_name(struct ibv_device *d);
struct ibv_context *ibv_open_device(struct ibv_device *d);
struct ibv_pd *ibv_alloc_pd(struct ibv_context *c);
struct ibv_mr *ibv_reg_mr(struct ibv_pd *p, void *addr, size_t n, int access);
struct ibv_mr *ibv_reg_mr_iova(struct ibv_pd *p, void *addr, size_t n,
                               uint64_t iova, int access);
struct ibv_comp_channel *ibv_create_comp_channel(struct ibv_context *c);
struct ibv_cq *ibv_create_cq(struct ibv_context *c, int n, void *o,
                             struct ibv_comp_channel *ch, int vector);
struct ibv_qp *ibv_create_qp(struct ibv_pd *p, struct ibv_qp_init_attr *a);
struct ibv_srq *ibv_create_srq(struct ibv_pd *p, struct ibv_srq_init_attr *a);
struct ibv_ah *ibv_create_ah(struct ibv_pd *p, struct ibv_ah_attr *a);
const char *ibv_wc_status_str(enum ibv_wc_status s);
