/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Properties whose name an ancestor of the type has declared already: QEMU
 * asserts that this does not happen.
 */
#include "check/engine.h"

/* Longer chains than this are loops. */
#define MAX_DEPTH 64

/* What code adds to each object may come and go; the class has its properties
 * for good. */
static bool is_of_class(const struct property *property)
{
    return property->origin != ORIGIN_INSTANCE;
}

/* What TYPE itself declares as NAME on some of TARGETS, NULL: nothing. */
static const struct property *declared(const struct qom_type *type,
                                       const char *name, target_set targets)
{
    for (guint i = 0; i < type->properties->len; i++) {
        const struct property *property =
            g_ptr_array_index(type->properties, i);

        if (property->name == name && is_of_class(property) &&
            targets_meet(property->targets, targets)) {
            return property;
        }
    }
    return NULL;
}

static const struct property *inherited(const struct facts *facts,
                                        const struct qom_type *type,
                                        const char *name, target_set targets,
                                        const struct qom_type **ret_owner)
{
    const struct property *property = NULL;

    for (int depth = 0; type && !property && depth < MAX_DEPTH; depth++) {
        type = facts_parent(facts, type);
        property = type ? declared(type, name, targets) : NULL;
        *ret_owner = type;
    }
    return property;
}

/* Whether the revision before the change had the same two. */
static bool is_old_news(const struct engine *engine,
                        const struct qom_type *type,
                        const struct property *property)
{
    const struct facts *prior = engine->prior ? engine->prior->facts : NULL;
    const struct qom_type *before =
        prior ? facts_type(prior, type->name, type->targets) : NULL;
    const struct qom_type *owner;

    return before && declared(before, property->name, property->targets) &&
           inherited(prior, before, property->name, property->targets,
                     &owner);
}

static void judge(struct engine *engine, const struct qom_type *type,
                  const struct property *property)
{
    const struct qom_type *owner = NULL;
    const struct property *other =
        inherited(engine->new->facts, type, property->name,
                  property->targets, &owner);
    struct redeclaration *found;

    if (!other || is_old_news(engine, type, property)) {
        return;
    }
    found = g_new0(struct redeclaration, 1);
    found->type = type;
    found->property = property;
    found->owner = owner;
    found->inherited = other;
    g_ptr_array_add(engine->changes.redeclared, found);
}

void engine_find_redeclared(struct engine *engine)
{
    const struct facts *head = engine->new->facts;

    for (guint i = 0; i < head->types->len; i++) {
        const struct qom_type *type = facts_type_at(head, i);

        for (guint k = 0; k < type->properties->len; k++) {
            const struct property *property =
                g_ptr_array_index(type->properties, k);

            if (is_of_class(property)) {
                judge(engine, type, property);
            }
        }
    }
}
