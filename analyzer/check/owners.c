/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "check/owners.h"

#include "base/borrow.h"

#include <string.h>

#define MAX_DEPTH 64

struct owners {
    const struct facts *facts;
    GHashTable *types;       /* struct vmstate * → GPtrArray of types */
    GHashTable *noted;       /* struct vmstate * → the same as a set */
    GHashTable *nested;      /* struct vmstate *, set */
    GHashTable *top;
};

/* False where TYPE (NULL: none in particular) was noted before. */
static bool note(struct owners *o, const struct vmstate *vmstate,
                 const struct qom_type *type)
{
    GHashTable *noted = g_hash_table_lookup(o->noted, vmstate);
    bool first = !noted;

    if (first) {
        noted = g_hash_table_new(NULL, NULL);
        g_hash_table_insert(o->noted, borrow(vmstate), noted);
        g_hash_table_insert(o->types, borrow(vmstate), g_ptr_array_new());
    }
    if (!type) {
        return first;
    }
    if (!g_hash_table_add(noted, borrow(type))) {
        return false;
    }
    g_ptr_array_add(g_hash_table_lookup(o->types, vmstate), borrow(type));
    return true;
}

/* Marks VMSTATE and its parts as being in the stream of TYPE, which is concrete
 * (NULL: of no type in particular). */
static void mark(struct owners *o, const struct vmstate *vmstate,
                 const struct qom_type *type, int depth)
{
    if (depth >= MAX_DEPTH || !note(o, vmstate, type)) {
        return;
    }
    for (guint i = 0; i < vmstate->fields->len; i++) {
        const struct vmstate_field *field =
            g_ptr_array_index(vmstate->fields, i);
        const struct vmstate *nested = facts_vmstate(o->facts, field->nested);

        if (nested) {
            mark(o, nested, type, depth + 1);
        }
    }
    for (guint i = 0; i < vmstate->subsections->len; i++) {
        const struct vmstate *part = facts_vmstate(
            o->facts, g_ptr_array_index(vmstate->subsections, i));

        if (part) {
            mark(o, part, type, depth + 1);
        }
    }
}

/* --- Classes -------------------------------------------------------------- */

static bool is_set_below(GPtrArray *seen, const char *member)
{
    if (g_ptr_array_find(seen, member, NULL)) {
        return true;
    }
    g_ptr_array_add(seen, borrow(member));
    return false;
}

static void mark_class(struct owners *o, const struct qom_type *type)
{
    g_autoptr(GPtrArray) seen = g_ptr_array_new();
    const struct qom_type *at = type;

    for (int depth = 0; at && depth < MAX_DEPTH; depth++) {
        for (guint i = 0; i < at->vmstates->len; i++) {
            const struct vmstate_use *use =
                g_ptr_array_index(at->vmstates, i);
            const struct vmstate *vmstate = facts_vmstate(o->facts, use->id);

            if (!is_set_below(seen, use->member) && vmstate) {
                g_hash_table_add(o->top, borrow(vmstate));
                mark(o, vmstate, type, 0);
            }
        }
        at = facts_parent(o->facts, at);
    }
}

const struct vmstate *owners_section(const struct facts *facts,
                                     const struct qom_type *type,
                                     const char *member)
{
    for (int depth = 0; type && depth < MAX_DEPTH; depth++) {
        for (guint i = 0; i < type->vmstates->len; i++) {
            const struct vmstate_use *use =
                g_ptr_array_index(type->vmstates, i);

            if (!strcmp(use->member, member)) {
                return facts_vmstate(facts, use->id);
            }
        }
        type = facts_parent(facts, type);
    }
    return NULL;
}

/* --- Functions ------------------------------------------------------------ */

static void mark_descendants(struct owners *o, const struct vmstate *vmstate,
                             const struct qom_type *type)
{
    g_autoptr(GPtrArray) below = facts_descendants(o->facts, type);

    for (guint i = 0; i < below->len; i++) {
        const struct qom_type *leaf = g_ptr_array_index(below, i);

        if (!leaf->abstract) {
            mark(o, vmstate, leaf, 0);
        }
    }
}

/* A function is of the types that stand in its file. */
static void mark_users(struct owners *o, const struct vmstate *vmstate,
                       const GPtrArray *users, GHashTable *by_file)
{
    for (guint i = 0; i < users->len; i++) {
        const char *user = g_ptr_array_index(users, i);
        const char *colon = strrchr(user, ':');
        g_autofree char *file = colon ? g_strndup(user, colon - user)
                                      : g_strdup(user);
        const GPtrArray *types = g_hash_table_lookup(by_file, file);

        g_hash_table_add(o->top, borrow(vmstate));
        mark(o, vmstate, NULL, 0);
        for (guint t = 0; types && t < types->len; t++) {
            mark_descendants(o, vmstate, g_ptr_array_index(types, t));
        }
    }
}

static GHashTable *types_by_file(const struct facts *facts)
{
    GHashTable *table = g_hash_table_new_full(
        g_str_hash, g_str_equal, NULL, (GDestroyNotify)g_ptr_array_unref);

    for (guint i = 0; i < facts->types->len; i++) {
        const struct qom_type *type = facts_type_at(facts, i);
        GPtrArray *list;

        if (!type->loc.file) {
            continue;
        }
        list = g_hash_table_lookup(table, type->loc.file);
        if (!list) {
            list = g_ptr_array_new();
            g_hash_table_insert(table, borrow(type->loc.file), list);
        }
        g_ptr_array_add(list, borrow(type));
    }
    return table;
}

/* --- Parts ---------------------------------------------------------------- */

static void note_parts(struct owners *o, const struct vmstate *vmstate)
{
    for (guint i = 0; i < vmstate->fields->len; i++) {
        const struct vmstate_field *field =
            g_ptr_array_index(vmstate->fields, i);
        const struct vmstate *nested = facts_vmstate(o->facts, field->nested);

        if (nested && !(field->flags & STREAM_VSTRUCT)) {
            g_hash_table_add(o->nested, borrow(nested));
        }
    }
    for (guint i = 0; i < vmstate->subsections->len; i++) {
        const struct vmstate *part = facts_vmstate(
            o->facts, g_ptr_array_index(vmstate->subsections, i));

        if (part) {
            g_hash_table_add(o->top, borrow(part));
        }
    }
}

struct owners *owners_new(const struct facts *facts)
{
    struct owners *o = g_new0(struct owners, 1);
    g_autoptr(GHashTable) by_file = types_by_file(facts);

    o->facts = facts;
    o->types = g_hash_table_new_full(NULL, NULL, NULL,
                                     (GDestroyNotify)g_ptr_array_unref);
    o->noted = g_hash_table_new_full(NULL, NULL, NULL,
                                     (GDestroyNotify)g_hash_table_unref);
    o->nested = g_hash_table_new(NULL, NULL);
    o->top = g_hash_table_new(NULL, NULL);
    for (guint i = 0; i < facts->types->len; i++) {
        const struct qom_type *type = facts_type_at(facts, i);

        if (!type->abstract) {
            mark_class(o, type);
        }
    }
    for (guint i = 0; i < facts->vmstates->len; i++) {
        const struct vmstate *vmstate = g_ptr_array_index(facts->vmstates, i);

        mark_users(o, vmstate, vmstate->users, by_file);
        mark_users(o, vmstate, vmstate->savers, by_file);
        note_parts(o, vmstate);
    }
    return o;
}

void owners_free(struct owners *owners)
{
    if (owners) {
        g_hash_table_unref(owners->types);
        g_hash_table_unref(owners->noted);
        g_hash_table_unref(owners->nested);
        g_hash_table_unref(owners->top);
        g_free(owners);
    }
}

const GPtrArray *owners_of(const struct owners *owners,
                           const struct vmstate *vmstate)
{
    return g_hash_table_lookup(owners->types, vmstate);
}

bool owners_is_nested(const struct owners *owners,
                      const struct vmstate *vmstate)
{
    return g_hash_table_contains(owners->nested, vmstate);
}

bool owners_is_top(const struct owners *owners, const struct vmstate *vmstate)
{
    return g_hash_table_contains(owners->top, vmstate);
}
