/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once
#include <qc/types.h>
#define PMEM_FILE_CREATE 1
void *pmem_map_file(const char *path, size_t n, int flags, unsigned mode,
                    size_t *mapped, int *is_pmem);
void *pmem_memcpy_persist(void *to, const void *from, size_t n);
