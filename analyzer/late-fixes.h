/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the Fixes: trailers of a range say to check_run(). */
#ifndef QCOMPAT_LATE_FIXES_H
#define QCOMPAT_LATE_FIXES_H

#include "cache/cache.h"
#include "source/history.h"

/*
 * struct check_fix of the commits BASE..HEAD (full hex ids), as
 * history_fixes() finds them; NULL where that failed.  CACHE: keeps the
 * answer, which for a whole release means reading all of its messages; or
 * NULL.
 */
GArray *late_fixes(struct repository *repo, struct cache *cache,
                   const char *base, const char *head, GError **error);

#endif
