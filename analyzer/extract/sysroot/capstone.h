/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once
#include <qc/types.h>
typedef size_t csh;
typedef int cs_err, cs_arch, cs_mode;
typedef struct cs_detail cs_detail;
typedef struct cs_insn { unsigned id; uint64_t address; uint16_t size;
                         uint8_t bytes[24]; char mnemonic[32], op_str[160];
                         cs_detail *detail; } cs_insn;
typedef struct cs_opt_skipdata {
    const char *mnemonic;
    size_t (*callback)(const uint8_t *code, size_t size, size_t offset,
                       void *opaque);
    void *user_data;
} cs_opt_skipdata;
enum { CS_ERR_OK };
enum { CS_ARCH_ARM, CS_ARCH_ARM64, CS_ARCH_MIPS, CS_ARCH_X86, CS_ARCH_PPC,
       CS_ARCH_SPARC, CS_ARCH_SYSZ, CS_ARCH_XCORE, CS_ARCH_M68K,
       CS_ARCH_RISCV = 15, CS_ARCH_ALL = 0xffff };
enum { CS_MODE_LITTLE_ENDIAN = 0, CS_MODE_ARM = 0, CS_MODE_16 = 2,
       CS_MODE_32 = 4, CS_MODE_64 = 8, CS_MODE_THUMB = 16,
       CS_MODE_MCLASS = 32, CS_MODE_V8 = 64, CS_MODE_MIPS32 = 4,
       CS_MODE_MIPS64 = 8, CS_MODE_MICRO = 16, CS_MODE_V9 = 16,
       CS_MODE_QPX = 16, CS_MODE_RISCV32 = 1, CS_MODE_RISCV64 = 2,
       CS_MODE_BIG_ENDIAN = (int)0x80000000 };
enum { CS_OPT_SYNTAX = 1, CS_OPT_DETAIL, CS_OPT_MODE, CS_OPT_SKIPDATA = 5,
       CS_OPT_SKIPDATA_SETUP, CS_OPT_SYNTAX_ATT = 2, CS_OPT_ON = 3 };
cs_insn *cs_malloc(csh h);
