/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once
#include <qc/socket.h>
#include <linux/types.h>
typedef __u32 canid_t;
typedef __u32 can_err_mask_t;
#define CAN_EFF_FLAG 0x80000000U
#define CAN_RTR_FLAG 0x40000000U
#define CAN_ERR_FLAG 0x20000000U
#define CAN_SFF_MASK 0x000007ffU
#define CAN_EFF_MASK 0x1fffffffU
#define CAN_ERR_MASK 0x1fffffffU
#define CAN_MAX_DLEN 8
#define CAN_INV_FILTER 0x20000000U
#define CANFD_BRS 1
#define CANFD_ESI 2
#define CANFD_FDF 4
#define CAN_MTU (sizeof(struct can_frame))
#define CANFD_MTU (sizeof(struct canfd_frame))
#define CAN_RAW 1
#define SOL_CAN_BASE 100
#define SOL_CAN_RAW 101
enum { CAN_RAW_FILTER = 1, CAN_RAW_ERR_FILTER, CAN_RAW_LOOPBACK,
       CAN_RAW_RECV_OWN_MSGS, CAN_RAW_FD_FRAMES };
struct can_frame { canid_t can_id; __u8 can_dlc, pad, res0, res1, data[8]; };
struct canfd_frame { canid_t can_id; __u8 len, flags, res0, res1, data[64]; };
struct can_filter { canid_t can_id, can_mask; };
struct sockaddr_can { sa_family_t can_family; int can_ifindex;
                      struct { canid_t rx_id, tx_id; } can_addr; };
