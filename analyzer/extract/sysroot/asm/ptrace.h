/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once
/* What the headers of KVM embed, for all hosts. */
#include <linux/types.h>
struct user_pt_regs { __u64 regs[31], sp, pc, pstate; };
struct user_fpsimd_state { __uint128_t vregs[32]; __u32 fpsr, fpcr, pad[2]; };
struct pt_regs { unsigned long uregs[18]; };
struct user_regs_struct { unsigned long regs[32]; };
