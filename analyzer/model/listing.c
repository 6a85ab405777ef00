/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/listing.h"

#include <string.h>

/* What every object and device has, and string versions of other properties:
 * qmp_device_list_properties() skips them. */
bool listing_hides(const char *name)
{
    static const char *const common[] = {
        "type", "realized", "hotpluggable", "hotplugged", "parent_bus",
    };

    for (size_t i = 0; i < G_N_ELEMENTS(common); i++) {
        if (strcmp(name, common[i]) == 0) {
            return true;
        }
    }
    return g_str_has_prefix(name, "legacy-");
}

static void add(GHashTable *names, const char *name)
{
    if (!listing_hides(name)) {
        g_hash_table_add(names, (gpointer)(uintptr_t)name);
    }
}

/* With CLASS_ONLY, what qdev_alias_all_properties() would carry over. */
static void add_declared(GHashTable *names, const struct facts *facts,
                         const struct qom_type *type, target_set targets,
                         bool class_only)
{
    for (; type; type = facts_parent(facts, type)) {
        for (guint i = 0; i < type->properties->len; i++) {
            const struct property *property = type->properties->pdata[i];
            if (targets_meet(property->targets, targets) &&
                (!class_only || property->origin != ORIGIN_INSTANCE)) {
                add(names, property->name);
            }
        }
    }
}

static void add_aliased(GHashTable *names, const struct facts *facts,
                        const struct qom_type *type, target_set targets)
{
    for (; type; type = facts_parent(facts, type)) {
        for (guint i = 0; i < type->aliases->len; i++) {
            const struct alias *alias = type->aliases->pdata[i];
            if (alias->name) {
                add(names, alias->name);
                continue;
            }
            const struct qom_type *inner =
                facts_type(facts, alias->target, targets);
            add_declared(names, facts, inner, targets, true);
        }
    }
}

static int compare_names(const void *p, const void *q)
{
    return strcmp(*(const char *const *)p, *(const char *const *)q);
}

GPtrArray *listing_new(const struct facts *facts, const struct qom_type *type,
                       target_set targets)
{
    g_autoptr(GHashTable) names = g_hash_table_new(NULL, NULL);
    GPtrArray *list = g_ptr_array_new();
    GHashTableIter iter;
    void *name;

    add_declared(names, facts, type, targets, false);
    add_aliased(names, facts, type, targets);
    g_hash_table_iter_init(&iter, names);
    while (g_hash_table_iter_next(&iter, &name, NULL)) {
        g_ptr_array_add(list, name);
    }
    g_ptr_array_sort(list, compare_names);
    return list;
}
