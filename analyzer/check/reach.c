/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "check/reach.h"

/* Longer chains than this are loops. */
#define MAX_DEPTH 64

static bool reach_level(const struct facts *facts, const struct qom_type *type,
                        const char *name, struct reach *reach);

static bool reach_alias(const struct facts *facts, const struct qom_type *type,
                        const struct alias *alias, const char *name,
                        struct reach *reach)
{
    const struct qom_type *target;

    if (!alias->target || (alias->name && alias->name != name)) {
        return false;
    }
    target = facts_type(facts, alias->target, type->targets);
    return target && reach_level(facts, target,
                                 alias->name && alias->property
                                     ? alias->property : name, reach);
}

static bool reach_inside(const struct facts *facts,
                         const struct qom_type *type, const char *name,
                         struct reach *reach)
{
    for (int depth = 0; type && depth < MAX_DEPTH; depth++) {
        for (guint i = 0; i < type->aliases->len; i++) {
            const struct alias *alias = g_ptr_array_index(type->aliases, i);

            if (reach_alias(facts, type, alias, name, reach)) {
                return true;
            }
        }
        type = facts_parent(facts, type);
    }
    return false;
}

static bool reach_level(const struct facts *facts, const struct qom_type *type,
                        const char *name, struct reach *reach)
{
    if (reach->levels == REACH_LEVELS) {
        return false;
    }
    reach->level[reach->levels].type = type;
    reach->level[reach->levels].name = name;
    reach->levels++;
    reach->property = facts_own_property(facts, type, name, &reach->owner);
    if (reach->property || reach_inside(facts, type, name, reach)) {
        return true;
    }
    reach->levels--;
    return false;
}

bool reach_find(const struct facts *facts, const struct qom_type *type,
                const char *name, struct reach *ret)
{
    struct reach reach = { 0 };

    if (!reach_level(facts, type, name, &reach)) {
        return false;
    }
    *ret = reach;
    return true;
}
