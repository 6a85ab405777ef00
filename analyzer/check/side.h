/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One revision as the comparison sees it: its facts with the indices that
 * make "for every machine type" cheap.
 */
#ifndef QCOMPAT_CHECK_SIDE_H
#define QCOMPAT_CHECK_SIDE_H

#include "model/facts.h"

/* An entry with its place. */
struct entry_ref {
    const struct compat_entry *entry;
    const struct compat_array *array;
    guint array_no;          /* index in facts->arrays */
    guint index;             /* in the array */
};

struct side {
    const struct facts *facts;
    GHashTable *entries;     /* property → GArray of struct entry_ref */
    GHashTable *array_no;    /* array → index + 1 */
    int *position;           /* machine × array: place of the last
                                application, -1 = not applied */
    GHashTable *gap_files;   /* files that have a gap */
    GHashTable *bound;       /* "record.field:bit" → struct property * */
    GHashTable *reached;     /* cache of side_names() */
    GHashTable *drivers;     /* named by entries of versioned arrays */
    GHashTable *members;     /* name of a type or interface → GPtrArray of
                                the concrete types that are one */
};

struct side *side_new(const struct facts *facts);
void side_free(struct side *side);

/* Entries on properties called NAME, in source order; NULL: none. */
const GArray *side_entries(const struct side *side, const char *name);

/* Place of array ARRAY_NO in the list of machine MACHINE_NO, -1: none. */
int side_position(const struct side *side, guint machine_no, guint array_no);
/* Whether machine MACHINE_NO applies ARRAY. */
bool side_applies(const struct side *side, guint machine_no,
                  const struct compat_array *array);

/* Whether something in FILE was not understood. */
bool side_has_gap(const struct side *side, const char *file);
/* Whether a gap may hide a property of TYPE: one in its file, or in that of
 * an ancestor. */
bool side_may_hide(const struct side *side, const struct qom_type *type);

/* The property that binds the field (and bit) that PROPERTY binds. */
const struct property *side_bound(const struct side *side,
                                  const struct property *property);

/* Whether C struct RECORD has the field at PATH ("conf.rings[2].size"). */
bool facts_have_field(const struct facts *facts, const char *record,
                      const char *path);
/* Follows PATH to the struct inside that has its last field, where that is
 * known; interned, or part of PATH. */
void facts_innermost_field(const struct facts *facts, const char **record,
                           const char **path);
bool side_has_field(const struct side *side, const char *record,
                    const char *path);

/* Names of all properties that an object of TYPE has, through aliases too;
 * a set of interned strings. */
GHashTable *side_names(struct side *side, const struct qom_type *type);

/* The concrete types that an entry on DRIVER applies to and that QEMU gives
 * compat properties; NULL: none. */
const GPtrArray *side_members(const struct side *side, const char *driver);

/* The machine types that apply ARRAY; const struct machine *. */
GPtrArray *side_appliers(const struct side *side,
                         const struct compat_array *array);

/* Whether QEMU gives compat properties to objects of TYPE at all: devices,
 * memory backends and accelerators. */
bool side_takes_compat(const struct side *side, const struct qom_type *type);

#endif
