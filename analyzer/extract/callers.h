/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Who calls a function, by the text of the tree. */
#ifndef QCOMPAT_EXTRACT_CALLERS_H
#define QCOMPAT_EXTRACT_CALLERS_H

#include "source/source.h"

/*
 * The functions outside of the files SKIP (a set of interned paths) that call
 * NAME, a function with external linkage, or that call a caller of it, and
 * NAME itself: a set of interned "file:function" ("name" alone where it has
 * external linkage).  Free with g_hash_table_unref().
 */
GHashTable *callers_find(struct source *source, GHashTable *skip,
                         const char *name);

#endif
