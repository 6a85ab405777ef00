/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Walks that were made.  Devices of one family run the same code, and what is
 * known of their fields is often the same: a walk that asked what would be
 * answered the same again is not made again.
 */
#ifndef QCOMPAT_EFFECTS_MEMO_H
#define QCOMPAT_EFFECTS_MEMO_H

#include "effects/effects.h"

struct memo;                     /* walks of one world */
struct memo_walk;

struct memo *memo_new(void);
void memo_free(struct memo *memo);

/* ENTRIES: struct code_function *, one at least. */

/* What a walk with QUERY came to, all of its questions asked again; NULL: not
 * known.  A reference. */
struct effects *memo_find(struct memo *memo, const GPtrArray *entries,
                          const struct effects_query *query);
/* A walk that is about to be made, with memo_query() for a query; QUERY is
 * needed until memo_end(). */
struct memo_walk *memo_begin(const GPtrArray *entries,
                             const struct effects_query *query);
const struct effects_query *memo_query(const struct memo_walk *walk);
/* Takes WALK, and a reference. */
void memo_end(struct memo *memo, struct memo_walk *walk,
              struct effects *effects);

#endif
