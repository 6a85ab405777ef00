/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What load.c and near.c share. */
#ifndef QCOMPAT_LOAD_INTERNAL_H
#define QCOMPAT_LOAD_INTERNAL_H

#include "cache/cache.h"
#include "extract/extract.h"
#include "load.h"

/* The snapshot of TREE as text; NULL where the cache has none. */
GBytes *load_snapshot(struct cache *cache, const char *tree);
void load_keep(struct cache *cache, const struct facts *facts);

/* Sealed facts.  MEMORY: what may be there of the source's files, or NULL. */
struct facts *load_evaluate(const struct extract_source *extracted,
                            struct source *source,
                            struct extract_memory *memory);
void load_add_stats(struct load_stats *stats, const struct extraction *e);

#endif
