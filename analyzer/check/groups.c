/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "check/groups.h"

#include <string.h>

#include "base/borrow.h"
#include "check/host-side.h"
#include "check/needed.h"
#include "check/stable.h"

static char *group_key(const struct tuple *t)
{
    g_autofree char *old = value_to_text(&t->old_value);
    g_autofree char *new = value_to_text(&t->new_value);

    return g_strdup_printf("%d|%d|%d|%p|%s|%s|%d:%s|%d:%s", t->cause.cause,
                           t->cause.omitted, t->late_fix, t->owner, t->name, t->old_name,
                           t->old_value.kind, old, t->new_value.kind, new);
}

static void set_neutral(struct compat_break *b, const struct neutral *neutral)
{
    g_free(b->neutral.reason);
    b->neutral = *neutral;
    b->neutral.reason = g_strdup(neutral->reason);
}

static struct compat_break *group_new(const struct engine *engine,
                                      const struct tuple *t)
{
    struct compat_break *b = g_new0(struct compat_break, 1);

    b->cause = t->cause.cause;
    b->name = t->name;
    b->old_name = t->old_name;
    b->owner = t->owner;
    b->old_property = t->old_property;
    b->new_property = t->new_property;
    b->old_value = t->old_value;
    b->new_value = t->new_value;
    b->default_differs = t->default_differs;
    b->in_code = t->in_code;
    b->late_fix = t->late_fix;
    b->field = t->field;
    b->has_trailer = engine->input->n_fixes > 0;
    b->entry = t->cause.entry;
    b->array = t->cause.array;
    b->entry_gone = t->cause.entry_gone;
    b->omitted = t->cause.omitted;
    if (t->neutral) {
        set_neutral(b, t->neutral);
    }
    b->host_side = host_side_reason(t->owner, t->new_property
                                              ? t->new_property
                                              : t->old_property);
    b->entries = g_ptr_array_new();
    b->devices = g_ptr_array_new();
    b->machines = g_ptr_array_new();
    return b;
}

void compat_break_free(struct compat_break *b)
{
    g_free(b->neutral.reason);
    g_ptr_array_unref(b->entries);
    g_ptr_array_unref(b->devices);
    g_ptr_array_unref(b->machines);
    g_free(b);
}

static void add_once(GPtrArray *set, gconstpointer item)
{
    if (item && !g_ptr_array_find(set, item, NULL)) {
        g_ptr_array_add(set, borrow(item));
    }
}

/* Tuples come device by device: the last one added is the likely repeat. */
static void add_device(const struct engine *engine, struct compat_break *b,
                       const struct qom_type *type)
{
    if (!b->devices->len ||
        g_ptr_array_index(b->devices, b->devices->len - 1) != type) {
        g_ptr_array_add(b->devices, borrow(type));
        b->stable |= device_is_stable(engine->new, type);
    }
}

/* Prefers the array closest to where the entry belongs. */
static void add_site(struct compat_break *b, const struct cause *cause)
{
    add_once(b->entries, cause->entry);
    if (cause->array && b->array && cause->array->has_version &&
        compare_release(&cause->array->version, &b->array->version) > 0) {
        b->entry = cause->entry;
        b->array = cause->array;
    }
}

void groups_add(struct engine *engine, const struct tuple *tuple)
{
    char *key = group_key(tuple);
    struct compat_break *b = g_hash_table_lookup(engine->groups, key);

    if (b) {
        g_free(key);
        /* The code of one of them may say what that of another does not. */
        if (tuple->neutral && tuple->neutral->verdict == NEUTRAL_KNOWN &&
            b->neutral.verdict != NEUTRAL_KNOWN) {
            set_neutral(b, tuple->neutral);
        }
    } else {
        b = group_new(engine, tuple);
        g_hash_table_insert(engine->groups, key, b);
        g_ptr_array_add(engine->changes.breaks, b);
    }
    b->doubt = MAX(b->doubt, tuple->doubt);
    add_site(b, &tuple->cause);
    add_device(engine, b, tuple->device->new);
    add_once(b->machines, tuple->machine);
}

static int compare_machines(gconstpointer a, gconstpointer b)
{
    const struct machine *x = *(const struct machine *const *)a;
    const struct machine *y = *(const struct machine *const *)b;
    int order = strcmp(x->name, y->name);

    return order ? order : (x->targets > y->targets) -
                           (x->targets < y->targets);
}

static int compare_types(gconstpointer a, gconstpointer b)
{
    const struct qom_type *x = *(const struct qom_type *const *)a;
    const struct qom_type *y = *(const struct qom_type *const *)b;

    return strcmp(x->name, y->name);
}

static int compare_breaks(gconstpointer a, gconstpointer b)
{
    const struct compat_break *x = *(const struct compat_break *const *)a;
    const struct compat_break *y = *(const struct compat_break *const *)b;
    int order = strcmp(x->owner->name, y->owner->name);

    if (!order) {
        order = strcmp(x->name, y->name);
    }
    if (!order) {
        order = (int)x->cause - (int)y->cause;
    }
    return order ? order : (int)x->omitted - (int)y->omitted;
}

static bool holds_inside(const struct facts *facts,
                         const struct qom_type *outer,
                         const struct qom_type *type)
{
    for (int depth = 0; outer && depth < 64; depth++) {
        for (guint i = 0; i < outer->aliases->len; i++) {
            const struct alias *alias = g_ptr_array_index(outer->aliases, i);

            if (alias->target == type->name) {
                return true;
            }
        }
        outer = facts_parent(facts, outer);
    }
    return false;
}

/* Whether a type that one of the entries covers holds a TYPE inside. */
static bool is_inside_covered(const struct engine *engine,
                              const struct compat_break *b,
                              const struct qom_type *type)
{
    for (guint i = 0; i < b->entries->len; i++) {
        const struct compat_entry *entry = g_ptr_array_index(b->entries, i);
        const GPtrArray *covered = side_members(engine->new, entry->driver);

        for (guint k = 0; covered && k < covered->len; k++) {
            if (holds_inside(engine->new->facts,
                             g_ptr_array_index(covered, k), type)) {
                return true;
            }
        }
    }
    return false;
}

static bool is_inside_only(const struct engine *engine,
                           const struct compat_break *b)
{
    for (guint i = 0; i < b->devices->len; i++) {
        if (!is_inside_covered(engine, b, g_ptr_array_index(b->devices, i))) {
            return false;
        }
    }
    return true;
}

void groups_finish(struct engine *engine)
{
    GPtrArray *breaks = engine->changes.breaks;

    g_ptr_array_sort(breaks, compare_breaks);
    for (guint i = 0; i < breaks->len; i++) {
        struct compat_break *b = g_ptr_array_index(breaks, i);

        b->lag = b->array && b->array->has_version
            ? engine_releases_after(engine, &b->array->version) : 0;
        b->inside_only = b->cause == CAUSE_NARROW_DRIVER &&
                         is_inside_only(engine, b);
        g_ptr_array_sort(b->machines, compare_machines);
        g_ptr_array_sort(b->devices, compare_types);
        b->needed_array = needed_array(engine->new->facts,
                                       &engine->released_version,
                                       b->machines, &b->needed);
        /* An array that was right was at hand. */
        b->omitted &= !b->needed || !array_is_generic(b->needed) ||
                      !array_reaches(b->needed, b->machines);
    }
}
