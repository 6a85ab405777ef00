/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once
#define __get_cpuid(l, a, b, c, d) (*(a) = *(b) = *(c) = *(d) = 0)
#define __cpuid(l, a, b, c, d) ((a) = (b) = (c) = (d) = 0)
#define __cpuid_count(l, n, a, b, c, d) ((a) = (b) = (c) = (d) = 0)
#define __get_cpuid_max(l, s) 0
#define bit_OSXSAVE (1 << 27)
#define bit_AVX (1 << 28)
#define bit_SSE2 (1 << 26)
#define bit_AVX2 (1 << 5)
