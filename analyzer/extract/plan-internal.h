/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What plan.c and plan-like.c share. */
#ifndef QCOMPAT_EXTRACT_PLAN_INTERNAL_H
#define QCOMPAT_EXTRACT_PLAN_INTERNAL_H

#include "extract/plan.h"
#include "extract/prefix.h"
#include "extract/slice.h"

/* One source. */
struct plan {
    struct source *source;
    struct tree *tree;
    GPtrArray *units;            /* struct unit *, by path */
    GPtrArray *closures;         /* GPtrArray * of each; NULL: MODEL's */
    struct slices *slices;       /* made when needed; or MODEL's */
    struct plan *model;          /* whose slices are this one's, or NULL */
    struct near *near;           /* what is known instead of a tree */
};

struct extract_memory {
    struct tree_store *store;
    struct slicer *slicer;
    struct prefix_store *prefixes;
    GHashTable *keys;            /* mark of a configuration and a closure →
                                    key of the unit */
};

struct planner {
    const struct extract_options *options;
    GPtrArray *ir;
    struct extract_memory *own;  /* NULL: that of the options */
    struct extract_memory *memory;
    GPtrArray *plans;            /* struct plan * */
    GHashTable *by_key;          /* key → struct unit *, owned */
    GPtrArray *unknown;          /* struct unit * */
};

void plan_free(gpointer plan);

/* False where TREE has no configuration for FILE. */
bool plan_describe(struct tree *tree, struct tree_file *file,
                   struct parse_unit *ret);

/* Takes PARSE's closure, which is one of PLAN's where that has a tree. */
struct unit *plan_want_unit(struct planner *planner, struct plan *plan,
                            const struct parse_unit *parse);

/* The plan of SOURCE where it is like MODEL; NULL: it is not. */
struct plan *plan_like(struct planner *planner, struct source *source,
                       struct plan *model);

#endif
