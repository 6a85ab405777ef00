/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Behind the look-ups: what facts_seal() works out once so that asking for a
 * property on a machine costs a few hash probes.  For analyzer/model only.
 *
 * Every type, array and machine of the facts is the first member of a node,
 * so that its place in the index is found without a search.
 */
#ifndef QCOMPAT_MODEL_INDEX_H
#define QCOMPAT_MODEL_INDEX_H

#include "model/facts.h"

struct type_node {
    struct qom_type type;
    struct type_node *parent;
    GPtrArray *interfaces;      /* struct type_node *, those that are known */
    GPtrArray *descendants;     /* const struct qom_type * */
    GHashTable *properties;     /* name -> 1 + first of that name, or NULL */
    bool takes_compat;          /* QEMU applies compat entries to it */
};

struct array_node {
    struct compat_array array;
    guint number;               /* position in facts->arrays */
};

struct machine_node {
    struct machine machine;
    guint *order;               /* by array number: 1 + place of its last
                                   application, 0 where it has none */
};

/* Where an entry for some property stands. */
struct entry_ref {
    const struct compat_entry *entry;
    const struct array_node *array;
    guint position;             /* in its array */
};

struct facts_index {
    GHashTable *types;          /* name -> 1 + first in facts->types */
    GHashTable *machines;       /* name -> 1 + first in facts->machines */
    GHashTable *arrays;         /* id -> struct compat_array * */
    GHashTable *records;        /* name -> struct record * */
    GHashTable *vmstates;       /* id -> struct vmstate * */
    GHashTable *entries;        /* property -> GArray of struct entry_ref */
};

static inline const struct type_node *node_of_type(const struct qom_type *type)
{
    return (const struct type_node *)type;
}

static inline const struct machine_node *
node_of_machine(const struct machine *machine)
{
    return (const struct machine_node *)machine;
}

/* FACTS are sorted already. */
struct facts_index *facts_index_new(struct facts *facts);
void facts_index_free(struct facts_index *index);

/* The type NAME that can be in one binary with TARGETS, or NULL. */
struct type_node *index_type(const struct facts *facts, const char *name,
                             target_set targets);

/* As facts_type_is_a(). */
bool index_is_a(const struct type_node *node, const char *name);

/* The property NAME that the type of NODE or its nearest ancestor declares
 * for TARGETS. */
const struct property *index_own(const struct type_node *node,
                                 const char *name, target_set targets,
                                 const struct qom_type **ret_owner);

/* A property name on an object of a type. */
struct reach {
    const struct type_node *node;
    const char *name;
};

/* No real device is nested deeper; stops aliases that go round in circles. */
#define REACH_DEPTH_MAX 8

/* Follows the alias that *AT names one object inwards; false where its type
 * has no such alias. */
bool index_follow_alias(const struct facts *facts, struct reach *at,
                        target_set targets);

#endif
