/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What near.c and near-evaluate.c share. */
#ifndef QCOMPAT_NEAR_INTERNAL_H
#define QCOMPAT_NEAR_INTERNAL_H

#include "extract/manifest.h"
#include "extract/touched.h"
#include "near.h"

/* What is found of how one tree differs from another, the model. */
struct near_tree {
    const struct near_request *request;
    const char *tree;            /* id of the source's */
    const char *model;           /* id of the other tree */
    Manifest *manifest;          /* of it */
    GPtrArray *units;            /* const char *: paths of units that differ */
    GPtrArray *lines;            /* GHashTable * of each: where its lines are */
    GArray *files;               /* struct touched_file: all that differ */
    GHashTable *changed;         /* their paths */
    GArray *texts;               /* struct touched_text: what is generated
                                    otherwise */
    bool shared;                 /* one of them is more than a unit */
    bool resolve;                /* who includes whom may differ, or what is
                                    generated does */
    bool same;                   /* nothing but units that matters differs */
    Extraction *extraction;      /* of the units */
    bool compared;               /* with what was known of the units */
    bool copy;                   /* the facts are those of the model's root */
};

/* The unit of that key; NULL: the cache does not have it. */
struct ir_unit *near_known_unit(struct cache *cache, const char *key);

/* Facts of the tree, which are kept; NULL where something has gone. */
struct facts *near_evaluate(const struct near_tree *near);

#endif
