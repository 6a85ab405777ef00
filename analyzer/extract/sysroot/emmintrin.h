/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once
typedef long long __m128i __attribute__((vector_size(16)));
typedef double __m128d __attribute__((vector_size(16)));
typedef float __m128 __attribute__((vector_size(16)));
typedef long long __m256i __attribute__((vector_size(32)));
typedef long long __m512i __attribute__((vector_size(64)));
