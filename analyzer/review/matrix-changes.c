/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * From what the engine found on one machine type to what a migration would
 * make of it.
 */
#include "review/matrix-internal.h"

#include <string.h>

/* NULL: there is none that could be said. */
static char *setting(const struct value *value)
{
    return value->kind == VALUE_ABSENT || value->kind == VALUE_UNEVALUATED
           ? NULL : value_to_text(value);
}

static const char *subject_of(const struct compat_break *b)
{
    g_autofree char *name = g_strconcat(b->owner->name, ".", b->name, NULL);

    return g_intern_string(name);
}

/* What -global would have to say in the newer revision to get what the older
 * one does; a new property has a neutral value for it. */
static char *old_setting(const struct compat_break *b)
{
    if (!b->new_property) {
        return NULL;
    }
    if (b->old_property) {
        return setting(&b->old_value);
    }
    return b->neutral.verdict == NEUTRAL_KNOWN ? setting(&b->neutral.value)
                                               : NULL;
}

static void add_break(struct matrix_pair *pair, const struct compat_break *b)
{
    const struct property *property =
        b->new_property ? b->new_property : b->old_property;
    struct matrix_difference d = {
        .about = MATRIX_PROPERTY,
        .forward = MATRIX_DIFFERS, .backward = MATRIX_DIFFERS,
        .subject = subject_of(b),
        .older = setting(&b->old_value), .newer = setting(&b->new_value),
        .because = g_strdup(b->neutral.reason),
        .loc = property->loc, .devices = b->devices,
        .driver = b->owner->name, .property = b->name,
        .old_setting = old_setting(b),
        .new_setting = b->old_property ? setting(&b->new_value) : NULL,
    };

    matrix_add(pair, &d);
}

/* Values that may mean the same, or that only the host sees, are no
 * difference that anybody could act on. */
static bool is_plain(const struct compat_break *b)
{
    return !b->host_side && b->doubt == DOUBT_NONE && b->stable &&
           b->neutral.verdict != NEUTRAL_CONSTANT &&
           b->neutral.verdict != NEUTRAL_UNKNOWN;
}

static void add_field(struct matrix_pair *pair, const struct field_change *f)
{
    struct matrix_difference d = {
        .about = MATRIX_FIELD,
        .forward = MATRIX_DIFFERS, .backward = MATRIX_DIFFERS,
        .subject = f->name,
        .older = g_strdup(f->old_value), .newer = g_strdup(f->new_value),
        .loc = f->loc,
    };

    matrix_add(pair, &d);
}

void matrix_add_changes(struct matrix_pair *pair,
                        const struct change_set *changes)
{
    changes_foreach(struct compat_break, b, changes->breaks) {
        if (is_plain(b)) {
            add_break(pair, b);
        }
    }
    changes_foreach(struct field_change, f, changes->fields) {
        if (f->evaluated) {
            add_field(pair, f);
        }
    }
}
