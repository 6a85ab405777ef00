/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "report/items.h"

#include "report/sanitize.h"
#include "snapshot/snapshot.h"

#include <string.h>

struct collector {
    GPtrArray *items;
    GHashTable *keys;        /* "fact\nkey" that are taken */
};

static void item_free(void *data)
{
    struct item *item = data;
    g_free(item->key);
    json_decref(item->attributes);
    g_free(item);
}

static bool claim(struct collector *c, const char *fact, const char *key)
{
    return g_hash_table_add(c->keys, g_strconcat(fact, "\n", key, NULL));
}

/*
 * A second fact of one name (arm's and m68k's virt-8.0, an entry given twice)
 * is told from the first by its first target, and by a number where that does
 * not do.
 */
static char *unique_key(struct collector *c, const char *fact,
                        const char *name, target_set targets)
{
    if (claim(c, fact, name)) {
        return g_strdup(name);
    }
    const char *target = target_first(targets);
    if (target) {
        g_autofree char *key = g_strdup_printf("%s@%s", name, target);
        if (claim(c, fact, key)) {
            return g_steal_pointer(&key);
        }
    }
    for (unsigned i = 2;; i++) {
        g_autofree char *key = g_strdup_printf("%s#%u", name, i);
        if (claim(c, fact, key)) {
            return g_steal_pointer(&key);
        }
    }
}

/* Takes ATTRIBUTES. */
static struct item *add_item(struct collector *c, const char *fact,
                             const char *name, target_set targets,
                             const struct location *loc, json_t *attributes)
{
    struct item *item = g_new0(struct item, 1);
    item->fact = fact;
    item->key = unique_key(c, fact, name, targets);
    item->attributes = attributes;
    item->loc = *loc;
    g_ptr_array_add(c->items, item);
    return item;
}

static json_t *strings_to_json(const GPtrArray *strings)
{
    json_t *array = json_array();
    for (guint i = 0; i < strings->len; i++) {
        json_array_append_new(array, text_to_json(strings->pdata[i]));
    }
    return array;
}

static json_t *targets_to_json(target_set targets)
{
    json_t *array = json_array();
    for (; targets; targets &= targets - 1) {
        json_array_append_new(array, text_to_json(target_first(targets)));
    }
    return array;
}

/* Sets KEY unless VALUE says nothing: null, false, [] are what is usual. */
static void set_unless_usual(json_t *object, const char *key, json_t *value)
{
    if (json_is_null(value) || json_is_false(value) ||
        (json_is_array(value) && !json_array_size(value))) {
        json_decref(value);
        return;
    }
    json_object_set_new(object, key, value);
}

static char *field_text(const struct property *property)
{
    g_autofree char *bit = property->bit >= 0
        ? g_strdup_printf(" bit %d", property->bit) : NULL;
    return property->field
           ? g_strconcat(property->record ? property->record : "?", ".",
                         property->field, bit, NULL)
           : NULL;
}

static void add_property(struct collector *c, const struct qom_type *type,
                         const struct property *property)
{
    g_autofree char *name =
        g_strconcat(type->name, ".", property->name, NULL);
    g_autofree char *field = field_text(property);
    json_t *attributes = json_object();
    json_object_set_new(attributes, "kind", text_to_json(property->kind->name));
    /* Unlike the others a default of false says something. */
    if (property->def.kind != VALUE_ABSENT) {
        json_object_set_new(attributes, "default",
                            value_to_json(&property->def));
    }
    set_unless_usual(attributes, "field", text_to_json(field));
    set_unless_usual(attributes, "condition",
                     text_to_json(property->condition));
    set_unless_usual(attributes, "targets",
                     targets_to_json(property->targets));
    struct item *item = add_item(c, "property", name,
                                 property->targets | type->targets,
                                 &property->loc, attributes);
    item->spelling = property->spelling;
}

static void add_alias(struct collector *c, const struct qom_type *type,
                      const struct alias *alias)
{
    g_autofree char *name =
        g_strconcat(type->name, ".", alias->name ? alias->name : "*", NULL);
    json_t *attributes = json_object();
    json_object_set_new(attributes, "target", text_to_json(alias->target));
    set_unless_usual(attributes, "property", text_to_json(alias->property));
    add_item(c, "alias", name, type->targets, &type->loc, attributes);
}

static void add_type(struct collector *c, const struct qom_type *type)
{
    json_t *attributes = json_object();
    set_unless_usual(attributes, "parent", text_to_json(type->parent));
    set_unless_usual(attributes, "abstract", json_boolean(type->abstract));
    set_unless_usual(attributes, "user_creatable",
                     json_boolean(type->user_creatable));
    set_unless_usual(attributes, "unmigratable",
                     json_boolean(type->unmigratable));
    set_unless_usual(attributes, "interfaces",
                     strings_to_json(type->interfaces));
    set_unless_usual(attributes, "targets", targets_to_json(type->targets));
    add_item(c, "type", type->name, type->targets, &type->loc, attributes);
    for (guint i = 0; i < type->properties->len; i++) {
        add_property(c, type, type->properties->pdata[i]);
    }
    for (guint i = 0; i < type->aliases->len; i++) {
        add_alias(c, type, type->aliases->pdata[i]);
    }
}

static void add_array(struct collector *c, const struct compat_array *array)
{
    json_t *attributes = json_object();
    if (array->has_version) {
        g_autofree char *version = g_strdup_printf(
            "%d.%d", array->version.major, array->version.minor);
        json_object_set_new(attributes, "version", text_to_json(version));
    }
    add_item(c, "array", array->id, 0, &array->loc, attributes);
    for (guint i = 0; i < array->entries->len; i++) {
        const struct compat_entry *entry = array->entries->pdata[i];
        g_autofree char *name = g_strconcat(array->id, ": ", entry->driver,
                                            ".", entry->property, NULL);
        json_t *object = json_object();
        json_object_set_new(object, "value", text_to_json(entry->value));
        set_unless_usual(object, "optional", json_boolean(entry->optional));
        add_item(c, "entry", name, 0, &entry->loc, object);
    }
}

static json_t *applied_to_json(const struct machine *machine)
{
    json_t *ids = json_array();
    for (guint i = 0; i < machine->compat->len; i++) {
        const struct compat_array *array = machine->compat->pdata[i];
        json_array_append_new(ids, text_to_json(array->id));
    }
    return ids;
}

static void add_machine(struct collector *c, const struct machine *machine)
{
    json_t *attributes = json_object();
    set_unless_usual(attributes, "alias", text_to_json(machine->alias));
    set_unless_usual(attributes, "deprecated",
                     json_boolean(machine->deprecated));
    set_unless_usual(attributes, "compat", applied_to_json(machine));
    set_unless_usual(attributes, "targets",
                     targets_to_json(machine->targets));
    struct item *item = add_item(c, "machine", machine->name,
                                 machine->targets, &machine->loc, attributes);
    for (guint i = 0; i < machine->fields->len; i++) {
        const struct class_field *field = machine->fields->pdata[i];
        g_autofree char *name =
            g_strconcat(item->key, ": ", field->name, NULL);
        json_t *object = json_object();
        json_object_set_new(object, "value", text_to_json(field->value));
        set_unless_usual(object, "unevaluated",
                         json_boolean(!field->evaluated));
        add_item(c, "field", name, 0, &field->loc, object);
    }
}

static void add_gap(struct collector *c, const struct gap *gap)
{
    const struct location loc = { .file = gap->file, .line = gap->line };
    g_autofree char *name = g_strconcat(gap->file ? gap->file : "?", ": ",
                                        gap->reason, NULL);
    add_item(c, "gap", name, 0, &loc, json_object());
}

int item_compare(const struct item *a, const struct item *b)
{
    int order = strcmp(a->fact, b->fact);
    return order ? order : strcmp(a->key, b->key);
}

static gint compare_items(gconstpointer a, gconstpointer b)
{
    return item_compare(*(const struct item *const *)a,
                        *(const struct item *const *)b);
}

GPtrArray *items_of_facts(const struct facts *facts)
{
    g_autoptr(GHashTable) keys =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    struct collector c = {
        .items = g_ptr_array_new_with_free_func(item_free),
        .keys = keys,
    };
    for (guint i = 0; i < facts->types->len; i++) {
        add_type(&c, facts->types->pdata[i]);
    }
    for (guint i = 0; i < facts->arrays->len; i++) {
        add_array(&c, facts->arrays->pdata[i]);
    }
    for (guint i = 0; i < facts->machines->len; i++) {
        add_machine(&c, facts->machines->pdata[i]);
    }
    for (guint i = 0; i < facts->gaps->len; i++) {
        add_gap(&c, facts->gaps->pdata[i]);
    }
    g_ptr_array_sort(c.items, compare_items);
    return c.items;
}

/* Plain words stand as they are.  (A control character may also be the mark
 * of a large number, which only exact_json_dump() can print.) */
static bool is_plain(const char *text)
{
    for (const char *p = text; *p; p++) {
        if ((guchar)*p <= ' ' || strchr("\"\\,=", *p)) {
            return false;
        }
    }
    return *text;
}

void item_append_value(GString *out, const json_t *value)
{
    const char *string = json_string_value(value);
    if (string && is_plain(string)) {
        sanitize_append(out, string, SANITIZE_WORD);
        return;
    }
    char *text = exact_json_dump(value, JSON_COMPACT | JSON_ENCODE_ANY);
    sanitize_append(out, text, SANITIZE_WORD);
    free(text);
}

void item_append_attributes(GString *out, const struct item *item)
{
    const char *name;
    json_t *value;
    json_object_foreach(item->attributes, name, value) {
        g_string_append_printf(out, " %s=", name);
        item_append_value(out, value);
    }
}
