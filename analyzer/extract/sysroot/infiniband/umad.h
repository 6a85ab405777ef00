/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once
#include <infiniband/verbs.h>
struct umad_hdr { uint32_t agent_id, status, timeout_ms, retries; };
struct ib_mad_addr { uint32_t qpn, qkey; uint16_t lid; uint8_t sl, path_bits,
                     grh_present, gid_index, hop_limit, traffic_class,
                     gid[16]; uint32_t flow_label; };
typedef struct ib_mad_addr ib_mad_addr_t;
typedef struct ib_user_mad { uint32_t agent_id, status, timeout_ms, retries,
                             length; ib_mad_addr_t addr; uint8_t data[]; }
    ib_user_mad_t;
struct umad_reg_attr { uint8_t mgmt_class, mgmt_class_version; uint32_t flags; };
