/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the parts of slice.h share. */
#ifndef QCOMPAT_EXTRACT_SLICE_INTERNAL_H
#define QCOMPAT_EXTRACT_SLICE_INTERNAL_H

#include "extract/chunk.h"
#include "extract/slice.h"

#define DIGEST 32

/* A chunk at its place in a tree, with the digest of all it depends on. */
struct node {
    const struct chunk *chunk;
    guint8 digest[DIGEST];
    guint index, low;            /* of Tarjan's algorithm; index 0 = new */
    guint component;             /* its root + 1; 0 = not yet known */
    guint round;                 /* of the sum that it is part of already */
    guint file_no;
    bool on_stack;
};

struct slices {
    struct slicer *slicer;
    GArray *nodes;               /* struct node */
    guint *defining;             /* nodes, grouped by the name they define */
    guint *first;                /* by name: start in defining; one more */
    guint n_names;
    guint round;                 /* the sum at hand */
    GHashTable *of_file;         /* path → first node + 1 */
    guint n_files;
    guint *visible;              /* by file: the last sum of a unit that sees
                                    it */
};

static inline struct node *slice_node(const struct slices *s, guint i)
{
    return &g_array_index(s->nodes, struct node, i);
}

/* slice-adopt.c: digests of S that are what they are in OLD. */
void slices_adopt(struct slices *s, const struct slices *old);

#endif
