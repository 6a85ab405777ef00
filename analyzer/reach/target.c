/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "reach/kconfig.h"

#include <string.h>

/* Targets whose code is in a directory of another name, or whose symbol has
 * another name; for the others all three are alike. */
static const struct {
    const char *target, *base, *symbol;
} others[] = {
    { "aarch64", "arm", "AARCH64" },
    { "loongarch64", "loongarch", "LOONGARCH64" },
    { "microblazeel", "microblaze", "MICROBLAZE" },
    { "mips64", "mips", "MIPS64" },
    { "mips64el", "mips", "MIPS64" },
    { "mipsel", "mips", "MIPS" },
    { "or1k", "openrisc", "OPENRISC" },
    { "ppc64", "ppc", "PPC64" },
    { "ppcemb", "ppc", "PPCEMB" },
    { "riscv32", "riscv", "RISCV32" },
    { "riscv64", "riscv", "RISCV64" },
    { "sh4eb", "sh4", "SH4" },
    { "x86_64", "i386", "X86_64" },
    { "xtensaeb", "xtensa", "XTENSA" },
};

/* Of the targets that versioned machine types are for. */
static const char *const big_endian[] = { "m68k", "ppc", "ppc64", "s390x" };

const char *target_base(const char *target)
{
    for (gsize i = 0; i < G_N_ELEMENTS(others); i++) {
        if (!strcmp(others[i].target, target)) {
            return others[i].base;
        }
    }
    return target;
}

bool is_target_base(const char *name)
{
    for (target_set all = ~UINT64_C(0); target_first(all); all &= all - 1) {
        if (!strcmp(target_base(target_first(all)), name)) {
            return true;
        }
    }
    return false;
}

static bool names_target(const char *symbol, const char *target)
{
    for (gsize i = 0; i < G_N_ELEMENTS(others); i++) {
        if (!strcmp(others[i].target, target)) {
            return !strcmp(symbol, others[i].symbol) ||
                   !g_ascii_strcasecmp(symbol, others[i].base);
        }
    }
    return !g_ascii_strcasecmp(symbol, target);
}

static bool is_symbol_of(const char *symbol, const char *target)
{
    if (symbol[0] == '@') {
        return !strcmp(symbol + 1, target_base(target)) ||
               !strcmp(symbol + 1, target);
    }
    return names_target(symbol, target);
}

static target_set big_endian_set(void)
{
    target_set set = 0;

    for (gsize i = 0; i < G_N_ELEMENTS(big_endian); i++) {
        set |= target_bit(big_endian[i]);
    }
    return set;
}

bool target_symbol(const char *name, target_set *ret)
{
    bool is_target = g_str_has_prefix(name, "TARGET_");

    if (!strcmp(name, "TARGET_BIG_ENDIAN")) {
        *ret = big_endian_set();
        return true;
    }
    *ret = 0;
    for (target_set all = ~UINT64_C(0); target_first(all); all &= all - 1) {
        if (is_symbol_of(is_target ? name + strlen("TARGET_") : name,
                         target_first(all))) {
            *ret |= all & -all;
        }
    }
    return *ret || name[0] == '@';
}
