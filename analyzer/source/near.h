/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Trees that a source is likely to differ little from. */
#ifndef QCOMPAT_SOURCE_NEAR_H
#define QCOMPAT_SOURCE_NEAR_H

#include "source/source.h"

/* Trees of the commits that come before SOURCE, along first parents, the next
 * one first, MAX at most: const char *, interned ids.  Free the array.  Empty
 * where SOURCE is no commit. */
GPtrArray *source_trees_before(struct source *source, guint max);

/* Paths that differ between TREE (hex id) and SOURCE, const char *, interned;
 * NULL where that is not known. */
GPtrArray *source_paths_since(struct source *source, const char *tree);

/* Content of PATH in TREE, which is in SOURCE's repository; NULL where it has
 * none. */
GBytes *source_read_in(struct source *source, const char *tree,
                       const char *path);

#endif
