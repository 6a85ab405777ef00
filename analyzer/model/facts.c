/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/facts.h"

#include "model/cpus.h"
#include "model/index.h"

#include <string.h>

struct facts *facts_new(void)
{
    struct facts *facts = g_new0(struct facts, 1);

    facts->types = g_ptr_array_new();
    facts->arrays = g_ptr_array_new();
    facts->machines = g_ptr_array_new();
    facts->records = g_ptr_array_new();
    facts->kinds = g_ptr_array_new();
    facts->vmstates = g_ptr_array_new_with_free_func(
        (GDestroyNotify)vmstate_free);
    facts->gaps = g_ptr_array_new_with_free_func(g_free);
    facts->boards = g_ptr_array_new();
    facts->cpu_models = g_ptr_array_new_with_free_func(
        (GDestroyNotify)cpu_model_free);
    return facts;
}

static void type_free(void *data)
{
    struct type_node *node = data;

    g_ptr_array_unref(node->type.interfaces);
    g_ptr_array_unref(node->type.properties);
    g_ptr_array_unref(node->type.aliases);
    g_ptr_array_unref(node->type.vmstates);
    g_ptr_array_unref(node->type.slots);
    g_clear_pointer(&node->interfaces, g_ptr_array_unref);
    g_clear_pointer(&node->descendants, g_ptr_array_unref);
    g_clear_pointer(&node->properties, g_hash_table_unref);
    g_free(node);
}

static void array_free(void *data)
{
    struct array_node *node = data;

    g_ptr_array_unref(node->array.entries);
    g_free(node);
}

static void machine_free(void *data)
{
    struct machine_node *node = data;

    g_ptr_array_unref(node->machine.compat);
    g_ptr_array_unref(node->machine.fields);
    g_free(node->order);
    g_free(node);
}

static void record_free(void *data)
{
    struct record *record = data;

    g_ptr_array_unref(record->fields);
    g_free(record);
}

static void kind_free(void *data)
{
    struct property_kind *kind = data;

    /* The vector is ours, the names are interned. */
    g_free((gpointer)(uintptr_t)kind->names);
    g_free(kind);
}

static void free_all(GPtrArray *array, GDestroyNotify free_item)
{
    g_ptr_array_set_free_func(array, free_item);
    g_ptr_array_unref(array);
}

void facts_free(struct facts *facts)
{
    if (!facts) {
        return;
    }
    facts_index_free(facts->index);
    free_all(facts->types, type_free);
    free_all(facts->arrays, array_free);
    free_all(facts->machines, machine_free);
    free_all(facts->records, record_free);
    free_all(facts->kinds, kind_free);
    g_ptr_array_unref(facts->vmstates);
    g_ptr_array_unref(facts->gaps);
    g_ptr_array_unref(facts->boards);
    g_ptr_array_unref(facts->cpu_models);
    g_free(facts);
}

struct qom_type *facts_add_type(struct facts *facts, const char *name)
{
    struct type_node *node = g_new0(struct type_node, 1);

    node->type.name = name;
    node->type.boards = ALL_BOARDS;
    node->type.interfaces = g_ptr_array_new();
    node->type.properties = g_ptr_array_new_with_free_func(g_free);
    node->type.aliases = g_ptr_array_new_with_free_func(g_free);
    node->type.vmstates = g_ptr_array_new_with_free_func(g_free);
    node->type.slots = g_ptr_array_new_with_free_func(g_free);
    g_ptr_array_add(facts->types, node);
    return &node->type;
}

struct property *qom_type_add_property(struct qom_type *type,
                                       const char *name)
{
    struct property *property = g_new0(struct property, 1);

    property->name = name;
    property->bit = -1;
    g_ptr_array_add(type->properties, property);
    return property;
}

struct alias *qom_type_add_alias(struct qom_type *type)
{
    struct alias *alias = g_new0(struct alias, 1);

    g_ptr_array_add(type->aliases, alias);
    return alias;
}

struct class_slot *qom_type_add_slot(struct qom_type *type, const char *name)
{
    struct class_slot *slot = g_new0(struct class_slot, 1);

    slot->name = name;
    g_ptr_array_add(type->slots, slot);
    return slot;
}

struct compat_array *facts_add_array(struct facts *facts, const char *id)
{
    struct array_node *node = g_new0(struct array_node, 1);

    node->array.id = id;
    node->array.entries = g_ptr_array_new_with_free_func(g_free);
    g_ptr_array_add(facts->arrays, node);
    return &node->array;
}

struct compat_entry *compat_array_add_entry(struct compat_array *array)
{
    struct compat_entry *entry = g_new0(struct compat_entry, 1);

    g_ptr_array_add(array->entries, entry);
    return entry;
}

struct machine *facts_add_machine(struct facts *facts, const char *name)
{
    struct machine_node *node = g_new0(struct machine_node, 1);

    node->machine.name = name;
    node->machine.compat = g_ptr_array_new();
    node->machine.fields = g_ptr_array_new_with_free_func(g_free);
    g_ptr_array_add(facts->machines, node);
    return &node->machine;
}

static struct class_field *find_field(const struct machine *machine,
                                      const char *name)
{
    for (guint i = 0; i < machine->fields->len; i++) {
        struct class_field *field = g_ptr_array_index(machine->fields, i);
        if (field->name == name) {
            return field;
        }
    }
    return NULL;
}

void machine_set_field(struct machine *machine, const char *name,
                       const char *value, bool evaluated,
                       struct location loc)
{
    struct class_field *field = find_field(machine, name);

    if (!field) {
        field = g_new0(struct class_field, 1);
        g_ptr_array_add(machine->fields, field);
    }
    *field = (struct class_field) {
        .name = name, .value = value, .evaluated = evaluated, .loc = loc,
    };
}

struct record *facts_add_record(struct facts *facts, const char *name)
{
    struct record *record = g_new0(struct record, 1);

    record->name = name;
    record->fields = g_ptr_array_new_with_free_func(g_free);
    g_ptr_array_add(facts->records, record);
    return record;
}

void record_add_field(struct record *record, const char *name,
                      const char *type)
{
    struct record_field *field = g_new0(struct record_field, 1);

    field->name = name;
    field->type = type;
    g_ptr_array_add(record->fields, field);
}

static bool same_names(const char *const *a, const char *const *b)
{
    return a == b || (a && b && g_strv_equal(a, b));
}

/* The names are interned, the vector is the caller's to free. */
static const char *const *copy_names(const char *const *names)
{
    GPtrArray *copy = g_ptr_array_new();

    for (; *names; names++) {
        g_ptr_array_add(copy, (gpointer)(uintptr_t)g_intern_string(*names));
    }
    g_ptr_array_add(copy, NULL);
    return (const char *const *)g_ptr_array_free(copy, FALSE);
}

const struct property_kind *facts_add_kind(struct facts *facts,
                                           const char *name,
                                           const char *info,
                                           enum value_syntax syntax,
                                           unsigned bits,
                                           const char *const *names)
{
    for (guint i = 0; i < facts->kinds->len; i++) {
        const struct property_kind *kind = g_ptr_array_index(facts->kinds, i);
        if (kind->name == name && kind->info == info
            && kind->syntax == syntax && kind->bits == bits
            && same_names(kind->names, names)) {
            return kind;
        }
    }
    struct property_kind *kind = g_new0(struct property_kind, 1);
    *kind = (struct property_kind) {
        .name = name, .info = info, .syntax = syntax, .bits = bits,
        .names = names ? copy_names(names) : NULL,
    };
    g_ptr_array_add(facts->kinds, kind);
    return kind;
}

void facts_add_gap(struct facts *facts, const char *file, int line,
                   const char *reason)
{
    struct gap *gap = g_new0(struct gap, 1);

    gap->file = file;
    gap->line = line;
    gap->reason = reason;
    g_ptr_array_add(facts->gaps, gap);
}
