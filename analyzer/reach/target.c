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

/* Every name that can stand for TARGET in a condition. */
static void add_names(GHashTable *symbols, const char *target, target_set bit)
{
    const char *base = target_base(target);
    g_autofree char *upper = g_ascii_strup(target, -1);
    g_autofree char *upper_base = g_ascii_strup(base, -1);
    const char *symbol = upper;

    for (gsize i = 0; i < G_N_ELEMENTS(others); i++) {
        if (!strcmp(others[i].target, target)) {
            symbol = others[i].symbol;
        }
    }
    char *names[] = {
        g_strdup(symbol), g_strdup(upper_base),
        g_strconcat("TARGET_", symbol, NULL),
        g_strconcat("TARGET_", upper_base, NULL),
        g_strconcat("@", base, NULL), g_strconcat("@", target, NULL),
    };
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
        target_set *set = g_hash_table_lookup(symbols, names[i]);

        if (!set) {
            set = g_new0(target_set, 1);
            g_hash_table_insert(symbols, g_strdup(names[i]), set);
        }
        *set |= bit;
        g_free(names[i]);
    }
}

static target_set big_endian_set(void)
{
    target_set set = 0;

    for (gsize i = 0; i < G_N_ELEMENTS(big_endian); i++) {
        set |= target_bit(big_endian[i]);
    }
    return set;
}

GHashTable *target_symbols_new(void)
{
    GHashTable *symbols = g_hash_table_new_full(g_str_hash, g_str_equal,
                                                g_free, g_free);
    target_set endian = big_endian_set();

    for (target_set all = ~UINT64_C(0); target_first(all); all &= all - 1) {
        add_names(symbols, target_first(all), all & -all);
    }
    g_hash_table_insert(symbols, g_strdup("TARGET_BIG_ENDIAN"),
                        g_memdup2(&endian, sizeof(endian)));
    return symbols;
}
