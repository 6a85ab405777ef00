/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What tree.c and derive.c share. */
#ifndef QCOMPAT_EXTRACT_TREE_INTERNAL_H
#define QCOMPAT_EXTRACT_TREE_INTERNAL_H

#include "extract/tree.h"

struct tree {
    struct tree_store *store;
    struct source *source;
    GPtrArray *gaps;             /* char * */
    struct tree *root;           /* the tree that has the tables; itself where
                                    it is not derived */

    /* Of a root: */
    GHashTable *files;           /* virtual path → struct tree_file * */
    GHashTable *configs;         /* target name → struct tree_config * */
    GHashTable *inputs;          /* virtual paths that generated headers were
                                    made of */
    GHashTable *beside;          /* file of the root → GPtrArray: for each of
                                    its includes the root's file in its own
                                    directory, or NULL */
    bool generating;

    /* Of a derived tree, which says something else in some files: */
    GHashTable *changed;         /* path → const struct source_file * */
    GHashTable *replaced;        /* virtual path → struct tree_file *, made
                                    when asked for */
};

/* NULL where the content ID is not there. */
struct tree_content *tree_store_find(struct tree_store *store,
                                     const char *id);
/* ID is interned; takes BYTES. */
struct tree_content *tree_store_add(struct tree_store *store, const char *id,
                                    GBytes *bytes);

/* Whether FILE, which belongs to TREE, has its content now. */
bool tree_read_file(struct tree *tree, struct tree_file *file);

#endif
