/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/facts.h"
#include "model/index.h"

/* Interfaces have parents, but no interfaces of their own. */
static bool has_interface(const struct type_node *node, const char *name)
{
    for (guint i = 0; i < node->type.interfaces->len; i++) {
        if (g_ptr_array_index(node->type.interfaces, i) == name) {
            return true;
        }
    }
    for (guint i = 0; i < node->interfaces->len; i++) {
        const struct type_node *at = g_ptr_array_index(node->interfaces, i);
        for (; at; at = at->parent) {
            if (at->type.name == name || at->type.parent == name) {
                return true;
            }
        }
    }
    return false;
}

bool index_is_a(const struct type_node *node, const char *name)
{
    for (; node; node = node->parent) {
        /* The parent's name counts where the parent itself is unknown. */
        if (node->type.name == name || node->type.parent == name
            || has_interface(node, name)) {
            return true;
        }
    }
    return false;
}

static const struct property *declared(const struct type_node *node,
                                       const char *name, target_set targets)
{
    const GPtrArray *properties = node->type.properties;
    guint next = node->properties
        ? GPOINTER_TO_UINT(g_hash_table_lookup(node->properties, name)) : 0;

    for (; next && next <= properties->len; next++) {
        const struct property *property =
            g_ptr_array_index(properties, next - 1);
        if (property->name != name) {
            break;
        }
        if (targets_meet(property->targets, targets)) {
            return property;
        }
    }
    return NULL;
}

const struct property *index_own(const struct type_node *node,
                                 const char *name, target_set targets,
                                 const struct qom_type **ret_owner)
{
    for (; node; node = node->parent) {
        const struct property *property = declared(node, name, targets);
        if (property) {
            if (ret_owner) {
                *ret_owner = &node->type;
            }
            return property;
        }
    }
    return NULL;
}

/*
 * qdev_alias_all_properties() goes through the properties of the class: what
 * instance code adds to the inner object needs an alias with its name.
 */
static bool is_carried_over(const struct type_node *inner, const char *name,
                            target_set targets)
{
    const struct property *property = index_own(inner, name, targets, NULL);

    return property && property->origin != ORIGIN_INSTANCE;
}

static bool try_alias(const struct facts *facts, const struct alias *alias,
                      struct reach *at, target_set targets)
{
    if (alias->name && alias->name != at->name) {
        return false;
    }
    const struct type_node *inner = index_type(facts, alias->target, targets);
    if (!inner
        || (!alias->name && !is_carried_over(inner, at->name, targets))) {
        return false;
    }
    at->node = inner;
    if (alias->name && alias->property) {
        at->name = alias->property;
    }
    return true;
}

bool index_follow_alias(const struct facts *facts, struct reach *at,
                        target_set targets)
{
    for (const struct type_node *node = at->node; node; node = node->parent) {
        for (guint i = 0; i < node->type.aliases->len; i++) {
            if (try_alias(facts, g_ptr_array_index(node->type.aliases, i),
                          at, targets)) {
                return true;
            }
        }
    }
    return false;
}

const struct qom_type *facts_type(const struct facts *facts,
                                  const char *name, target_set targets)
{
    const struct type_node *node = index_type(facts, name, targets);

    return node ? &node->type : NULL;
}

const struct compat_array *facts_array(const struct facts *facts,
                                       const char *id)
{
    return g_hash_table_lookup(facts->index->arrays, id);
}

const struct machine *facts_machine(const struct facts *facts,
                                    const char *name, target_set targets)
{
    guint next = GPOINTER_TO_UINT(
        g_hash_table_lookup(facts->index->machines, name));

    for (; next && next <= facts->machines->len; next++) {
        const struct machine *machine =
            g_ptr_array_index(facts->machines, next - 1);
        if (machine->name != name) {
            break;
        }
        if (targets_meet(machine->targets, targets)) {
            return machine;
        }
    }
    return NULL;
}

const struct record *facts_record(const struct facts *facts,
                                  const char *name)
{
    return g_hash_table_lookup(facts->index->records, name);
}

const struct vmstate *facts_vmstate(const struct facts *facts,
                                    const char *id)
{
    return id ? g_hash_table_lookup(facts->index->vmstates, id) : NULL;
}

const struct qom_type *facts_parent(const struct facts *facts,
                                    const struct qom_type *type)
{
    const struct type_node *parent = node_of_type(type)->parent;

    return parent ? &parent->type : NULL;
}

bool facts_type_is_a(const struct facts *facts, const struct qom_type *type,
                     const char *name)
{
    return index_is_a(node_of_type(type), name);
}

const struct property *facts_own_property(const struct facts *facts,
                                          const struct qom_type *type,
                                          const char *name,
                                          const struct qom_type **ret_owner)
{
    return index_own(node_of_type(type), name, type->targets, ret_owner);
}

const struct property *facts_property_on(const struct facts *facts,
                                         const struct qom_type *type,
                                         const char *name,
                                         target_set targets,
                                         const struct qom_type **ret_owner)
{
    struct reach at = { node_of_type(type), name };

    for (unsigned depth = 0; depth < REACH_DEPTH_MAX; depth++) {
        const struct property *property =
            index_own(at.node, at.name, targets, ret_owner);
        if (property || !index_follow_alias(facts, &at, targets)) {
            return property;
        }
    }
    return NULL;
}

const struct property *facts_property(const struct facts *facts,
                                      const struct qom_type *type,
                                      const char *name,
                                      const struct qom_type **ret_owner)
{
    return facts_property_on(facts, type, name, type->targets, ret_owner);
}

GPtrArray *facts_descendants(const struct facts *facts,
                             const struct qom_type *type)
{
    return g_ptr_array_ref(node_of_type(type)->descendants);
}

const struct class_slot *qom_type_slot(const struct qom_type *type,
                                       const char *name)
{
    for (guint i = 0; i < type->slots->len; i++) {
        const struct class_slot *slot = g_ptr_array_index(type->slots, i);

        if (slot->name == name) {
            return slot;
        }
    }
    return NULL;
}

bool facts_machine_has(const struct facts *facts,
                       const struct machine *machine,
                       const struct qom_type *type)
{
    return targets_meet(machine->targets, type->targets) &&
           (!machine->board || (machine->board & type->boards));
}

const struct class_field *machine_field(const struct machine *machine,
                                        const char *name)
{
    for (guint i = 0; i < machine->fields->len; i++) {
        const struct class_field *field =
            g_ptr_array_index(machine->fields, i);

        if (field->name == name) {
            return field;
        }
    }
    return NULL;
}
