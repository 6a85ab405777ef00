/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once
#include <qc/libc.h>
typedef uint16_t fdt16_t;
typedef uint32_t fdt32_t;
typedef uint64_t fdt64_t;
struct fdt_header {
    fdt32_t magic, totalsize, off_dt_struct, off_dt_strings, off_mem_rsvmap,
            version, last_comp_version, boot_cpuid_phys, size_dt_strings,
            size_dt_struct;
};
struct fdt_property { fdt32_t tag, len, nameoff; char data[]; };
#define FDT_MAGIC 0xd00dfeed
#define FDT_BEGIN_NODE 1
#define FDT_END_NODE 2
#define FDT_PROP 3
#define FDT_NOP 4
#define FDT_END 9
#define FDT_ERR_NOTFOUND 1
#define FDT_ERR_EXISTS 2
#define FDT_ERR_NOSPACE 3
#define FDT_ERR_BADOFFSET 4
#define fdt_totalsize(fdt) ((size_t)qc_fdt_size(fdt))
#define fdt_for_each_subnode(node, fdt, parent) \
    for (node = fdt_first_subnode(fdt, parent); node >= 0; \
         node = fdt_next_subnode(fdt, node))
#define fdt_for_each_property_offset(prop, fdt, node) \
    for (prop = fdt_first_property_offset(fdt, node); prop >= 0; \
         prop = fdt_next_property_offset(fdt, prop))
size_t qc_fdt_size(const void *fdt);
const void *fdt_getprop(const void *fdt, int node, const char *name, int *n);
const void *fdt_getprop_by_offset(const void *fdt, int at, const char **name,
                                  int *n);
const char *fdt_get_name(const void *fdt, int node, int *n);
const char *fdt_strerror(int err);
const char *fdt_string(const void *fdt, int at);
const char *fdt_get_alias(const void *fdt, const char *name);
const struct fdt_property *fdt_get_property(const void *fdt, int node,
                                            const char *name, int *n);
const struct fdt_property *fdt_get_property_by_offset(const void *fdt, int at,
                                                      int *n);
uint32_t fdt_get_phandle(const void *fdt, int node);
uint32_t fdt_get_max_phandle(const void *fdt);
fdt32_t cpu_to_fdt32(uint32_t x);
uint32_t fdt32_to_cpu(fdt32_t x);
uint64_t fdt64_to_cpu(fdt64_t x);
