/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once
#define _AC(x, suffix) x ## suffix
#define _AT(type, x) ((type)(x))
#define _UL(x) x ## UL
#define _ULL(x) x ## ULL
#define _BITUL(n) (1UL << (n))
#define _BITULL(n) (1ULL << (n))
#define __ALIGN_KERNEL(x, a) (((x) + (a) - 1) & ~((a) - 1))
#define __KERNEL_DIV_ROUND_UP(n, d) (((n) + (d) - 1) / (d))
