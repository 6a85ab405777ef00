/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What plan.c and plan-like.c share. */
#ifndef QCOMPAT_EXTRACT_PLAN_INTERNAL_H
#define QCOMPAT_EXTRACT_PLAN_INTERNAL_H

#include "extract/plan.h"
#include "extract/slice.h"

/* One source. */
struct plan {
    struct source *source;
    struct tree *tree;
    GPtrArray *units;            /* struct unit *, by path */
    struct slices *slices;       /* NULL: no longer, or MODEL's */
    struct plan *model;          /* whose slices are this one's, or NULL */
    struct near *near;   /* what it knows instead of a tree */
};

struct planner {
    const struct extract_options *options;
    GPtrArray *ir;
    struct tree_store *store;
    struct slicer *slicer;
    GPtrArray *plans;            /* struct plan * */
    GHashTable *by_key;          /* key → struct unit *, owned */
    GPtrArray *unknown;          /* struct unit * */
};

void plan_free(gpointer plan);

/* False where TREE has no configuration for FILE. */
bool plan_describe(struct tree *tree, struct tree_file *file,
                   struct parse_unit *ret);

/* Takes PARSE's closure.  SLICES NULL: its files are the key as they are. */
struct unit *plan_want_unit(struct planner *planner, struct slices *slices,
                            const struct parse_unit *parse);

/* Those of PLAN, or of what it is like. */
struct slices *plan_slices(const struct plan *plan);

/* The plan of SOURCE where it is like MODEL; NULL: it is not. */
struct plan *plan_like(struct planner *planner, struct source *source,
                       struct plan *model);

#endif
