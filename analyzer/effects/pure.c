/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Functions of QEMU's headers that only compute. */
#include "effects/walk.h"

#include <string.h>

enum pure_kind {
    PURE_SAME,                   /* bytes in guest order, a new name */
    PURE_CTZ, PURE_CLZ, PURE_FFS, PURE_POPCOUNT,
    PURE_EXTRACT, PURE_DEPOSIT,
    PURE_POW2CEIL, PURE_POW2FLOOR,
};

static const struct pure {
    const char *name;
    enum pure_kind kind;
    unsigned bits, args;
} functions[] = {
    { "cpu_to_le16", PURE_SAME, 16, 1 },
    { "cpu_to_le32", PURE_SAME, 32, 1 },
    { "cpu_to_le64", PURE_SAME, 64, 1 },
    { "le16_to_cpu", PURE_SAME, 16, 1 },
    { "le32_to_cpu", PURE_SAME, 32, 1 },
    { "le64_to_cpu", PURE_SAME, 64, 1 },
    { "ctz32", PURE_CTZ, 32, 1 },
    { "ctz64", PURE_CTZ, 64, 1 },
    { "clz32", PURE_CLZ, 32, 1 },
    { "clz64", PURE_CLZ, 64, 1 },
    { "ffs", PURE_FFS, 32, 1 },
    { "ctpop8", PURE_POPCOUNT, 8, 1 },
    { "ctpop16", PURE_POPCOUNT, 16, 1 },
    { "ctpop32", PURE_POPCOUNT, 32, 1 },
    { "ctpop64", PURE_POPCOUNT, 64, 1 },
    { "extract32", PURE_EXTRACT, 32, 3 },
    { "extract64", PURE_EXTRACT, 64, 3 },
    { "deposit32", PURE_DEPOSIT, 32, 4 },
    { "deposit64", PURE_DEPOSIT, 64, 4 },
    { "pow2ceil", PURE_POW2CEIL, 64, 1 },
    { "pow2floor", PURE_POW2FLOOR, 64, 1 },
};

static uint64_t mask_of(uint64_t bits)
{
    return bits >= 64 ? UINT64_MAX : (UINT64_C(1) << bits) - 1;
}

/* N is not 0. */
static unsigned top_bit(uint64_t n)
{
    return 63 - (unsigned)__builtin_clzll(n);
}

static bool compute(const struct pure *f, const uint64_t *args,
                    uint64_t *ret)
{
    uint64_t n = args[0] & mask_of(f->bits), mask;

    switch (f->kind) {
    case PURE_CTZ:
        *ret = n ? (unsigned)__builtin_ctzll(n) : f->bits;
        return true;
    case PURE_CLZ:
        *ret = n ? f->bits - 1 - top_bit(n) : f->bits;
        return true;
    case PURE_FFS:
        *ret = n ? (unsigned)__builtin_ctzll(n) + 1 : 0;
        return true;
    case PURE_POPCOUNT:
        *ret = (unsigned)__builtin_popcountll(n);
        return true;
    case PURE_POW2FLOOR:
        *ret = n ? UINT64_C(1) << top_bit(n) : 0;
        return true;
    case PURE_POW2CEIL:
        *ret = n > 1 ? mask_of(top_bit(n - 1) + 1) + 1 : 1;
        return true;
    default:
        break;
    }
    if (args[1] >= f->bits || !args[2] || args[2] > f->bits - args[1]) {
        return false;
    }
    mask = mask_of(args[2]) << args[1];
    *ret = f->kind == PURE_EXTRACT ? (n & mask) >> args[1]
         : (n & ~mask) | (args[3] << args[1] & mask);
    return true;
}

bool walk_pure(const char *name, const struct sym *args, unsigned n,
               struct sym *ret)
{
    uint64_t numbers[4];

    for (size_t i = 0; i < G_N_ELEMENTS(functions); i++) {
        const struct pure *f = &functions[i];
        uint64_t result;

        if (strcmp(f->name, name) || n != f->args) {
            continue;
        }
        if (f->kind == PURE_SAME) {
            *ret = args[0];
            return true;
        }
        for (unsigned a = 0; a < n; a++) {
            if (!sym_is_known(&args[a])) {
                return false;
            }
            numbers[a] = args[a].number.value;
        }
        if (!compute(f, numbers, &result)) {
            return false;
        }
        *ret = sym_number(result);
        return true;
    }
    return false;
}
