/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * New fields whose test asks for what the field itself brings: the sender
 * knows, the receiver has not read it yet and expects other bytes.
 */
#include "base/borrow.h"
#include "check/condition.h"
#include "check/streams.h"

#include <string.h>

/* "index" of "acpi.index" and "regs" of "regs[3]". */
static char *leaf_of(const char *path)
{
    const char *dot = strrchr(path, '.');
    const char *leaf = dot ? dot + 1 : path;

    return g_strndup(leaf, strcspn(leaf, "[)"));
}

/* Whether one of the members that the "(field …)" at TEXT may be is called
 * LEAF. */
static bool names_leaf(const char *text, const char *leaf)
{
    g_autofree char *list = g_strndup(text, strcspn(text, ")"));
    g_auto(GStrv) names = g_strsplit(list, " ", -1);

    for (guint i = 1; names[0] && names[i]; i++) {
        g_autofree char *name = leaf_of(names[i]);

        if (!strcmp(name, leaf)) {
            return true;
        }
    }
    return false;
}

static bool asks_for_itself(const struct vmstate_field *field)
{
    g_autofree char *leaf = field->name ? leaf_of(field->name) : NULL;
    const char *at = field->test;

    while (leaf && at && (at = strstr(at, "(field "))) {
        if (names_leaf(at, leaf)) {
            return true;
        }
        at++;
    }
    return false;
}

static bool has_field(const struct vmstate *state, const char *name)
{
    for (guint i = 0; i < state->fields->len; i++) {
        const struct vmstate_field *field =
            g_ptr_array_index(state->fields, i);

        if (field->name == name) {
            return true;
        }
    }
    return false;
}

/* Whether FIELD of NEW is one of OLD that has another name now. */
static bool is_renamed(const struct vmstate *old, const struct vmstate *new,
                       const struct vmstate_field *field)
{
    for (guint i = 0; i < old->fields->len; i++) {
        const struct vmstate_field *before =
            g_ptr_array_index(old->fields, i);

        if (before->test && before->info == field->info &&
            before->size == field->size && before->num == field->num &&
            before->flags == field->flags && !has_field(new, before->name) &&
            asks_for_itself(before)) {
            return true;
        }
    }
    return false;
}

static void report(struct streams *s, const struct vmstate *old,
                   const struct vmstate *new,
                   const struct vmstate_field *field,
                   const GPtrArray *types)
{
    struct stream_change *change =
        streams_add(s, STREAM_FIELD_UNEXPECTED, old, new, types);

    if (change) {
        change->new_field = field;
        streams_add_machines(s, change, types);
    }
}

void streams_judge_tests(struct streams *s)
{
    const GPtrArray *all = s->old->facts->vmstates;

    for (guint i = 0; i < all->len; i++) {
        const struct vmstate *old = g_ptr_array_index(all, i);
        const struct vmstate *new = g_hash_table_lookup(s->pair_of, old);
        const GPtrArray *types =
            new ? owners_of(streams_new_owners(s), new) : NULL;
        const struct situation at = {
            .facts = s->new->facts,
            .device = types && types->len ? g_ptr_array_index(types, 0)
                                          : NULL,
        };

        for (guint f = 0; types && f < new->fields->len; f++) {
            const struct vmstate_field *field =
                g_ptr_array_index(new->fields, f);

            if (field->test && !has_field(old, field->name) &&
                asks_for_itself(field) && !is_renamed(old, new, field) &&
                !condition_is_gated(&at, field->test)) {
                report(s, old, new, field, types);
            }
        }
    }
}
