/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Properties that kept their name and became another kind.
 */
#include "base/borrow.h"
#include "check/engine.h"
#include "check/stable.h"

/* What custom setters accept is not known: no evidence of a change. */
static bool same_kind(const struct property_kind *a,
                      const struct property_kind *b)
{
    if (a->syntax == SYNTAX_OPAQUE || b->syntax == SYNTAX_OPAQUE) {
        return true;
    }
    if (a->syntax != b->syntax || a->bits != b->bits) {
        return false;
    }
    for (gsize i = 0; a->syntax == SYNTAX_ENUM && a->names && a->names[i];
         i++) {
        struct value value;

        if (!value_parse(b, a->names[i], &value)) {
            return false;
        }
    }
    return true;
}

static bool is_number(enum value_syntax syntax)
{
    return syntax == SYNTAX_INT || syntax == SYNTAX_UINT;
}

static unsigned width(const struct property_kind *kind)
{
    return kind->bits ? kind->bits : 64;
}

static bool lost_names(const char *const *names,
                       const struct property_kind *new)
{
    struct value value;

    for (gsize i = 0; names && names[i]; i++) {
        if (!value_parse(new, names[i], &value)) {
            return true;
        }
    }
    return false;
}

/* Whether NEW refuses texts that OLD accepted. */
static bool is_narrower(const struct property_kind *old,
                        const struct property_kind *new)
{
    static const char *const switches[] = { "on", "off", NULL };

    if (new->syntax == SYNTAX_STRING) {
        return false;
    }
    if (old->syntax == SYNTAX_BOOL) {
        return lost_names(switches, new);
    }
    if (old->syntax == SYNTAX_ENUM) {
        return lost_names(old->names, new);
    }
    if (is_number(old->syntax) && new->syntax == SYNTAX_SIZE) {
        return old->syntax == SYNTAX_INT || width(new) < width(old);
    }
    return old->syntax != new->syntax || width(new) < width(old);
}

/* The first entry of HEAD on DEVICE's property that NEW refuses and OLD
 * accepted. */
static void find_victim(struct engine *engine, struct kind_change *change)
{
    const GArray *refs = side_entries(engine->new,
                                      change->new_property->name);
    struct value value;

    for (guint i = 0; refs && i < refs->len; i++) {
        const struct entry_ref *ref =
            &g_array_index(refs, struct entry_ref, i);
        const struct qom_type *driver =
            facts_type(engine->new->facts, ref->entry->driver, 0);
        struct reach reach;

        if (driver &&
            reach_find(engine->new->facts, driver, ref->entry->property,
                       &reach) &&
            reach.property == change->new_property &&
            value_parse(change->old_property->kind, ref->entry->value,
                        &value) &&
            !value_parse(change->new_property->kind, ref->entry->value,
                         &value)) {
            change->entry = ref->entry;
            change->array = ref->array;
            return;
        }
    }
}

static bool is_old_news(const struct engine *engine,
                        const struct qom_type *owner,
                        const struct property *property)
{
    const struct qom_type *base = engine->base
        ? facts_type(engine->base->facts, owner->name, owner->targets) : NULL;
    const struct property *before = base
        ? facts_own_property(engine->base->facts, base, property->name, NULL)
        : NULL;

    return before && same_kind(before->kind, property->kind);
}

/* On some released machine type. */
static bool is_released(const struct engine *engine,
                        const struct qom_type *type)
{
    for (guint i = 0; i < engine->pairs->len; i++) {
        const struct machine_pair *pair =
            &g_array_index(engine->pairs, struct machine_pair, i);

        if (facts_machine_has(engine->new->facts,
                              engine_machine(engine, pair), type)) {
            return true;
        }
    }
    return false;
}

static void add_devices(struct engine *engine, struct kind_change *change)
{
    const GPtrArray *members = side_members(engine->new, change->owner->name);

    for (guint i = 0; members && i < members->len; i++) {
        const struct qom_type *type = g_ptr_array_index(members, i);

        if (targets_meet(type->targets, change->owner->targets) &&
            is_released(engine, type)) {
            g_ptr_array_add(change->devices, borrow(type));
            change->stable |= device_is_stable(engine->new, type);
        }
    }
}

static void add_change(struct engine *engine, const struct qom_type *owner,
                       const struct property *old,
                       const struct property *new)
{
    struct kind_change *change = g_new0(struct kind_change, 1);

    change->owner = owner;
    change->old_property = old;
    change->new_property = new;
    change->narrower = is_narrower(old->kind, new->kind);
    change->devices = g_ptr_array_new();
    find_victim(engine, change);
    change->machines = change->array
        ? side_appliers(engine->new, change->array) : g_ptr_array_new();
    add_devices(engine, change);
    g_ptr_array_add(engine->changes.kinds, change);
}

static void judge_type(struct engine *engine, const struct qom_type *type)
{
    const struct qom_type *old =
        facts_type(engine->old->facts, type->name, type->targets);

    for (guint i = 0; old && i < type->properties->len; i++) {
        const struct property *new = g_ptr_array_index(type->properties, i);
        const struct property *before;

        if (!g_hash_table_contains(engine->dirty, new->name)) {
            continue;
        }
        before = facts_own_property(engine->old->facts, old, new->name, NULL);
        if (before && !same_kind(before->kind, new->kind) &&
            !is_old_news(engine, type, new)) {
            add_change(engine, type, before, new);
        }
    }
}

void engine_find_kind_changes(struct engine *engine)
{
    for (guint i = 0; i < engine->new->facts->types->len; i++) {
        const struct qom_type *type = facts_type_at(engine->new->facts, i);

        if (side_members(engine->new, type->name)) {
            judge_type(engine, type);
        }
    }
}
