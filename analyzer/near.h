/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Facts of a tree that differs from one whose facts are known in the text of
 * a few files: units that this concerns are parsed, and no others.  Where
 * evaluation would read the same of them as before, the facts are those of the
 * other tree, on other lines.
 */
#ifndef QCOMPAT_NEAR_H
#define QCOMPAT_NEAR_H

#include "extract/extract.h"
#include "load.h"

/* What was found of how one tree differs from another. */
struct near_tree;

void near_tree_free(struct near_tree *near);

struct near_request {
    struct cache *cache;
    struct extract_memory *memory;
    struct near_tree **last;          /* of the request before; freed by the
                                    caller */
    struct source *source;
    unsigned jobs;
    struct load_stats *stats;
};

/* Facts that were found to be those of another tree before; NULL: none. */
struct facts *near_recall(struct cache *cache, const char *tree);

/* The tree whose facts TREE has on other lines, TREE itself where it has its
 * own; NULL where nothing is known of it. */
const char *near_root(struct cache *cache, const char *tree);
struct facts *near_root_facts(struct cache *cache, const char *root);

/* The files (interned) whose lines differ from those of TREE's root. */
GPtrArray *near_moved(struct cache *cache, const char *tree);

/* The tree whose facts both the source and TREE have, on other lines; NULL
 * where it is not known that there is one. */
const char *near_same(const struct near_request *request, const char *tree);

/* NULL where no such tree is known, or more differs. */
struct facts *near_load(const struct near_request *request);

#endif
