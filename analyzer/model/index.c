/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/index.h"

#include <string.h>

static void *position_key(guint position)
{
    return GUINT_TO_POINTER(position + 1);
}

/* Types whose objects call object_apply_compat_props(). */
static bool is_compat_root(const char *name)
{
    static const char *const roots[] = {
        "device", "memory-backend", "accel", "sev-common",
    };

    for (size_t i = 0; name && i < G_N_ELEMENTS(roots); i++) {
        if (strcmp(name, roots[i]) == 0) {
            return true;
        }
    }
    return false;
}

/* A chain that ends in a type nobody has seen may well be a device's. */
static bool takes_compat(const struct type_node *node)
{
    for (; node; node = node->parent) {
        const char *parent = node->type.parent;
        if (is_compat_root(node->type.name)) {
            return true;
        }
        if (parent && !node->parent) {
            return strcmp(parent, "object") != 0;
        }
    }
    return false;
}

static void index_names(struct facts *facts, struct facts_index *index)
{
    /* Backwards, so that the first of a name is what stays. */
    for (guint i = facts->types->len; i-- > 0;) {
        struct qom_type *type = g_ptr_array_index(facts->types, i);
        g_hash_table_insert(index->types, (gpointer)(uintptr_t)type->name,
                            position_key(i));
    }
    for (guint i = facts->machines->len; i-- > 0;) {
        struct machine *machine = g_ptr_array_index(facts->machines, i);
        g_hash_table_insert(index->machines,
                            (gpointer)(uintptr_t)machine->name,
                            position_key(i));
    }
    for (guint i = facts->arrays->len; i-- > 0;) {
        struct array_node *node = g_ptr_array_index(facts->arrays, i);
        node->number = i;
        g_hash_table_insert(index->arrays,
                            (gpointer)(uintptr_t)node->array.id, node);
    }
    for (guint i = facts->records->len; i-- > 0;) {
        struct record *record = g_ptr_array_index(facts->records, i);
        g_hash_table_insert(index->records,
                            (gpointer)(uintptr_t)record->name, record);
    }
    for (guint i = facts->vmstates->len; i-- > 0;) {
        struct vmstate *vmstate = g_ptr_array_index(facts->vmstates, i);
        g_hash_table_insert(index->vmstates,
                            (gpointer)(uintptr_t)vmstate->id, vmstate);
    }
}

struct type_node *index_type(const struct facts *facts, const char *name,
                             target_set targets)
{
    guint next = GPOINTER_TO_UINT(
        g_hash_table_lookup(facts->index->types, name));

    for (; next && next <= facts->types->len; next++) {
        struct type_node *node = g_ptr_array_index(facts->types, next - 1);
        if (node->type.name != name) {
            break;
        }
        if (targets_meet(node->type.targets, targets)) {
            return node;
        }
    }
    return NULL;
}

static void link_type(const struct facts *facts, struct type_node *node)
{
    const struct qom_type *type = &node->type;

    if (type->parent) {
        node->parent = index_type(facts, type->parent, type->targets);
    }
    node->interfaces = g_ptr_array_new();
    for (guint i = 0; i < type->interfaces->len; i++) {
        struct type_node *interface = index_type(
            facts, g_ptr_array_index(type->interfaces, i), type->targets);
        if (interface) {
            g_ptr_array_add(node->interfaces, interface);
        }
    }
    for (guint i = type->properties->len; i-- > 0;) {
        struct property *property = g_ptr_array_index(type->properties, i);
        if (!node->properties) {
            node->properties = g_hash_table_new(NULL, NULL);
        }
        g_hash_table_insert(node->properties,
                            (gpointer)(uintptr_t)property->name,
                            position_key(i));
    }
}

/* Deeper than any QEMU; damaged facts may also hold loops. */
#define DEPTH_MAX 64

static void cut_chain(struct type_node *node)
{
    unsigned depth = 0;

    for (; node; node = node->parent) {
        if (++depth == DEPTH_MAX) {
            node->parent = NULL;
        }
    }
}

static void link_types(struct facts *facts)
{
    for (guint i = 0; i < facts->types->len; i++) {
        link_type(facts, g_ptr_array_index(facts->types, i));
    }
    for (guint i = 0; i < facts->types->len; i++) {
        cut_chain(g_ptr_array_index(facts->types, i));
    }
    for (guint i = 0; i < facts->types->len; i++) {
        struct type_node *node = g_ptr_array_index(facts->types, i);
        node->takes_compat = takes_compat(node);
        for (struct type_node *at = node; at; at = at->parent) {
            if (!at->descendants) {
                at->descendants = g_ptr_array_new();
            }
            g_ptr_array_add(at->descendants, &node->type);
        }
    }
}

static void free_refs(void *refs)
{
    g_array_unref(refs);
}

static GHashTable *index_entries(const struct facts *facts)
{
    GHashTable *table = g_hash_table_new_full(NULL, NULL, NULL, free_refs);

    for (guint i = 0; i < facts->arrays->len; i++) {
        const struct array_node *node = g_ptr_array_index(facts->arrays, i);
        for (guint j = 0; j < node->array.entries->len; j++) {
            struct entry_ref ref = {
                .entry = g_ptr_array_index(node->array.entries, j),
                .array = node,
                .position = j,
            };
            void *key = (gpointer)(uintptr_t)ref.entry->property;
            GArray *refs = g_hash_table_lookup(table, key);
            if (!refs) {
                refs = g_array_new(FALSE, FALSE, sizeof(ref));
                g_hash_table_insert(table, key, refs);
            }
            g_array_append_val(refs, ref);
        }
    }
    return table;
}

static void index_machine(const struct facts *facts,
                          struct machine_node *node)
{
    node->order = g_new0(guint, facts->arrays->len);
    for (guint i = 0; i < node->machine.compat->len; i++) {
        const struct array_node *array =
            g_ptr_array_index(node->machine.compat, i);
        node->order[array->number] = i + 1;
    }
}

struct facts_index *facts_index_new(struct facts *facts)
{
    struct facts_index *index = g_new0(struct facts_index, 1);

    index->types = g_hash_table_new(NULL, NULL);
    index->machines = g_hash_table_new(NULL, NULL);
    index->arrays = g_hash_table_new(NULL, NULL);
    index->records = g_hash_table_new(NULL, NULL);
    index->vmstates = g_hash_table_new(NULL, NULL);
    facts->index = index;
    index_names(facts, index);
    link_types(facts);
    index->entries = index_entries(facts);
    for (guint i = 0; i < facts->machines->len; i++) {
        index_machine(facts, g_ptr_array_index(facts->machines, i));
    }
    return index;
}

void facts_index_free(struct facts_index *index)
{
    if (!index) {
        return;
    }
    g_hash_table_unref(index->types);
    g_hash_table_unref(index->machines);
    g_hash_table_unref(index->arrays);
    g_hash_table_unref(index->records);
    g_hash_table_unref(index->vmstates);
    g_hash_table_unref(index->entries);
    g_free(index);
}
