/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once
#include <linux/types.h>
struct sockaddr_alg { __u16 salg_family; __u8 salg_type[14]; __u32 salg_feat,
                      salg_mask; __u8 salg_name[64]; };
struct af_alg_iv { __u32 ivlen; __u8 iv[]; };
enum { ALG_SET_KEY = 1, ALG_SET_IV, ALG_SET_OP };
#define ALG_OP_DECRYPT 0
#define ALG_OP_ENCRYPT 1
