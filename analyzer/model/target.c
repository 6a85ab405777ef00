/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/facts.h"

#include <string.h>

/* Every system emulator QEMU has had since v2.0; the bit is the position. */
static const char *const target_names[] = {
    "aarch64", "alpha", "arm", "avr", "cris", "hppa", "i386", "lm32",
    "loongarch64", "m68k", "microblaze", "microblazeel", "mips", "mips64",
    "mips64el", "mipsel", "moxie", "nios2", "or1k", "ppc", "ppc64", "ppcemb",
    "riscv32", "riscv64", "rx", "s390x", "sh4", "sh4eb", "sparc", "sparc64",
    "tricore", "unicore32", "x86_64", "xtensa", "xtensaeb",
};

_Static_assert(G_N_ELEMENTS(target_names) <= 64, "a target_set has 64 bits");

target_set target_bit(const char *name)
{
    for (size_t i = 0; i < G_N_ELEMENTS(target_names); i++) {
        if (strcmp(name, target_names[i]) == 0) {
            return UINT64_C(1) << i;
        }
    }
    return 0;
}

const char *target_first(target_set set)
{
    size_t bit = set ? (size_t)__builtin_ctzll(set) : 64;

    return bit < G_N_ELEMENTS(target_names) ? target_names[bit] : NULL;
}
