/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * How much a cache's directory holds, and making it hold less.
 */
#ifndef QCOMPAT_CACHE_USAGE_H
#define QCOMPAT_CACHE_USAGE_H

#include "cache/cache.h"

/* Prefix of a file that is being written; it lies in the directory itself. */
#define USAGE_TEMPORARY "tmp-"

/*
 * Notes that ADDED bytes came to DIR; where it may hold more than LIMIT then,
 * counts and drops what was not used for longest.
 */
void usage_add(const char *dir, uint64_t added, uint64_t limit);

/* Counts the entries of DIR into RET; DROP removes them. */
void usage_count(const char *dir, bool drop, struct cache_info *ret);

#endif
