/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the Fixes: trailers of a range say to check_run(). */
#ifndef QCOMPAT_LATE_FIXES_H
#define QCOMPAT_LATE_FIXES_H

#include "cache/cache.h"
#include "source/history.h"

/* struct check_fix of the commits BASE..HEAD (full hex ids), as
 * history_fixes() finds them; NULL where that failed. */
GArray *late_fixes(struct repository *repo, const char *base,
                   const char *head, GError **error);

/*
 * The same beside other work: where messages name commits, which for a whole
 * release means reading years of history, a child reads it.  CACHE keeps the
 * answer; or NULL.  What is passed in has to outlive the search.
 */
struct late_search *late_search_start(struct repository *repo,
                                      struct cache *cache, const char *base,
                                      const char *head);
/* NULL as long as the answer would have to be waited for. */
const GArray *late_search_known(const struct late_search *search);
/* Borrowed; NULL where the search failed. */
const GArray *late_search_wait(struct late_search *search, GError **error);
void late_search_free(struct late_search *search);

#endif
