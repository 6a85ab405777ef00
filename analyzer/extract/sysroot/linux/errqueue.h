/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once
#include <linux/types.h>
struct sock_extended_err { __u32 ee_errno; __u8 ee_origin, ee_type, ee_code,
                           ee_pad; __u32 ee_info, ee_data; };
#define SO_EE_ORIGIN_NONE 0
#define SO_EE_ORIGIN_ZEROCOPY 5
#define SO_EE_CODE_ZEROCOPY_COPIED 1
