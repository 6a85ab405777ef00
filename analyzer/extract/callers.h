/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Who calls a function, by the text of the tree. */
#ifndef QCOMPAT_EXTRACT_CALLERS_H
#define QCOMPAT_EXTRACT_CALLERS_H

#include "extract/extract.h"

/* The text of a tree but for the files SKIP, a set of interned paths that may
 * grow, as far as possible from MEMORY (or NULL); all must outlive it. */
struct callers;

struct callers *callers_new(struct source *source,
                            struct extract_memory *memory, GHashTable *skip);
void callers_free(struct callers *callers);
typedef struct callers Callers;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Callers, callers_free)

/*
 * The functions that call NAME, which has external linkage, or a caller of
 * it, and NAME itself: a set of interned "file:function" ("name" alone where
 * it has external linkage).  Free with g_hash_table_unref().
 */
GHashTable *callers_find(struct callers *callers, const char *name);

#endif
