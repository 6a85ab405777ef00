/* SPDX-License-Identifier: GPL-2.0-or-later */
/* QOM types and their properties. */
#include "review/changelog-internal.h"

#include "base/borrow.h"
#include "check/compare.h"

/* "uint16 = 64", "bool = on", "str". */
static char *declaration(const struct property *property)
{
    g_autofree char *value = property->def.kind == VALUE_ABSENT
        ? NULL : value_to_text(&property->def);

    return g_strdup_printf("%s%s%s", property->kind->name,
                           value ? " = " : "", value ? value : "");
}

static const struct property *find(const struct qom_type *type,
                                   const struct property *like)
{
    for (guint i = 0; i < type->properties->len; i++) {
        const struct property *property = type->properties->pdata[i];

        if (property->name == like->name &&
            property->targets == like->targets) {
            return property;
        }
    }
    return NULL;
}

static bool declared_alike(const struct property *a, const struct property *b)
{
    return a->kind->name == b->kind->name &&
           values_same(a, &a->def, b, &b->def) != SAME_NO;
}

static void property_changed(struct changelog_run *run,
                             const struct qom_type *type,
                             const struct property *old,
                             const struct property *new)
{
    g_auto(Coverage) coverage =
        coverage_of_property(run, type, new->name);
    struct difference d = {
        .about = ABOUT_PROPERTY,
        .act = old ? CHANGE_CHANGED : CHANGE_ADDED,
        .cover = coverage.cover, .name = type->name, .detail = new->name,
        .array = coverage.array,
        .old = old ? declaration(old) : NULL, .new = declaration(new),
        .because = g_steal_pointer(&coverage.because), .loc = new->loc,
        .machines = coverage.machines,
    };

    changelog_add(run, &d);
}

/* Entries of the old revision that set the property of a TYPE. */
static bool was_set(const struct changelog_run *run,
                    const struct qom_type *type, const char *name)
{
    const GArray *refs = side_entries(run->old, name);

    for (guint i = 0; refs && i < refs->len; i++) {
        if (facts_type_is_a(run->old->facts, type,
                            g_array_index(refs, struct entry_ref,
                                          i).entry->driver)) {
            return true;
        }
    }
    return false;
}

static void property_removed(struct changelog_run *run,
                             const struct qom_type *old_type,
                             const struct qom_type *type,
                             const struct property *old)
{
    bool moved = facts_property_on(run->new->facts, type, old->name,
                                   type->targets, NULL);
    bool set = was_set(run, old_type, old->name);
    struct difference d = {
        .about = ABOUT_PROPERTY, .act = CHANGE_REMOVED,
        .cover = moved ? COVER_NEUTRAL : set ? COVER_UNSURE : COVER_NOT_ASKED,
        .name = type->name, .detail = old->name, .old = declaration(old),
        .because = moved ? g_strdup("objects of the type still have it")
                   : set ? g_strdup("compat entries of the old revision set "
                                    "it") : NULL,
        .loc = old->loc,
    };

    changelog_add(run, &d);
}

static char *describe(const struct qom_type *type)
{
    return g_strdup_printf("%s%s%s, parent %s",
                           type->abstract ? "abstract" : "concrete",
                           type->user_creatable ? ", for -device" : "",
                           type->unmigratable ? ", unmigratable" : "",
                           type->parent ? type->parent : "none");
}

static void type_changed(struct changelog_run *run,
                         const struct qom_type *old,
                         const struct qom_type *new)
{
    g_autofree char *before = describe(old);
    g_autofree char *after = describe(new);

    if (!g_str_equal(before, after)) {
        struct difference d = {
            .about = ABOUT_TYPE, .act = CHANGE_CHANGED, .name = new->name,
            .old = g_steal_pointer(&before), .new = g_steal_pointer(&after),
            .loc = new->loc,
        };

        changelog_add(run, &d);
    }
    for (guint i = 0; i < new->properties->len; i++) {
        const struct property *property = new->properties->pdata[i];
        const struct property *other = find(old, property);

        if (!other || !declared_alike(other, property)) {
            property_changed(run, new, other, property);
        }
    }
    for (guint i = 0; i < old->properties->len; i++) {
        if (!find(new, old->properties->pdata[i])) {
            property_removed(run, old, new, old->properties->pdata[i]);
        }
    }
}

static void type_came_or_went(struct changelog_run *run,
                              const struct qom_type *type,
                              enum change_act act)
{
    char *text = describe(type);
    struct difference d = {
        .about = ABOUT_TYPE, .act = act, .name = type->name,
        .old = act == CHANGE_REMOVED ? text : NULL,
        .new = act == CHANGE_ADDED ? text : NULL,
        .loc = type->loc,
    };

    changelog_add(run, &d);
}

/* The type of FACTS that TYPE is, not just another of its name. */
static const struct qom_type *same_type(const struct facts *facts,
                                        const struct qom_type *type)
{
    return facts_type(facts, type->name, type->targets);
}

/* A machine type is a QOM type too, and is listed as what it is. */
static bool is_machine(const struct facts *facts, const struct qom_type *type)
{
    return facts_type_is_a(facts, type, g_intern_static_string("machine"));
}

void changelog_types(struct changelog_run *run)
{
    const struct facts *old = run->old->facts;
    const struct facts *new = run->new->facts;

    for (guint i = 0; i < new->types->len; i++) {
        const struct qom_type *type = facts_type_at(new, i);
        const struct qom_type *before = same_type(old, type);

        if (before) {
            type_changed(run, before, type);
        } else if (!is_machine(new, type)) {
            type_came_or_went(run, type, CHANGE_ADDED);
        }
    }
    for (guint i = 0; i < old->types->len; i++) {
        const struct qom_type *type = facts_type_at(old, i);

        if (!same_type(new, type) && !is_machine(old, type)) {
            type_came_or_went(run, type, CHANGE_REMOVED);
        }
    }
}
