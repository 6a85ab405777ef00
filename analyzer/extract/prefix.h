/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Precompiled prefixes: headers that many units of a target include, parsed
 * once.
 *
 * A prefix says nothing that is not in the trees, so what comes of a unit is
 * the same with it and without.  It serves every tree that has the same
 * headers at its places, for as long as the store lives; a child process may
 * use what its parent's store has.
 */
#ifndef QCOMPAT_EXTRACT_PREFIX_H
#define QCOMPAT_EXTRACT_PREFIX_H

#include "extract/plan.h"

struct prefix_store;
struct prefix;

struct prefix_store *prefix_store_new(void);
/* Removes the files that this process made. */
void prefix_store_free(struct prefix_store *store);

/*
 * Gives those of UNITS (struct unit *, with a tree) a prefix for which there
 * is one, or that are many enough for a new one.  Returns what is to be built
 * first, struct prefix *; free the array only.
 */
GPtrArray *prefix_store_plan(struct prefix_store *store,
                             const GPtrArray *units);

/* In a worker: writes the file.  An empty result, or NULL and *ret_reason. */
GBytes *prefix_build(const struct prefix *prefix, char **ret_reason);
/* A prefix that could not be built costs time, not facts. */
void prefix_done(struct prefix *prefix, bool built);

/* Where the files are, which workers have to read; NULL: there are none. */
const char *prefix_store_path(const struct prefix_store *store);

/* Forgets the oldest of each target, and what a child made for itself; no
 * unit may have one of them in hand. */
void prefix_store_trim(struct prefix_store *store);

#endif
