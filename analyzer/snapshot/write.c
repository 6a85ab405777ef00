/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "snapshot/reader.h"
#include "snapshot/snapshot.h"

#include <string.h>

json_t *text_to_json(const char *text)
{
    if (!text) {
        return json_null();
    }
    json_t *json = json_string(text);
    if (!json) {
        g_autofree char *valid = g_utf8_make_valid(text, -1);
        json = json_string(valid);
    }
    return json;
}

json_t *value_to_json(const struct value *value)
{
    switch (value->kind) {
    case VALUE_BOOL:
        return json_boolean(value->boolean);
    case VALUE_INT:
        return json_integer(value->integer);
    case VALUE_UINT:
        return uint_to_json(value->uinteger);
    case VALUE_STRING:
        return text_to_json(value->string);
    case VALUE_UNEVALUATED:
        return json_pack("{s:o}", "unevaluated", text_to_json(value->string));
    case VALUE_ABSENT:
        break;
    }
    return json_null();
}

static void put(json_t *object, const char *key, json_t *value)
{
    json_object_set_new_nocheck(object, key, value);
}

static void put_text(json_t *object, const char *key, const char *text)
{
    put(object, key, text_to_json(text));
}

static void put_int(json_t *object, const char *key, int64_t number)
{
    put(object, key, json_integer(number));
}

static void put_bool(json_t *object, const char *key, bool boolean)
{
    put(object, key, json_boolean(boolean));
}

static json_t *list_to_json(const GPtrArray *list,
                            json_t *(*item_to_json)(const void *item))
{
    json_t *json = json_array();

    for (guint i = 0; i < list->len; i++) {
        json_array_append_new(json,
                              item_to_json(g_ptr_array_index(list, i)));
    }
    return json;
}

/* A key that is a name of the tree. */
static void put_named(json_t *object, const char *name, const char *text)
{
    g_autofree char *valid = g_utf8_make_valid(name, -1);

    put_text(object, valid, text);
}

static void put_targets(json_t *object, target_set set)
{
    json_t *names = set ? json_array() : json_null();

    for (; set; set &= set - 1) {
        json_array_append_new(names, json_string(target_first(set)));
    }
    put(object, "targets", names);
}

static void put_location(json_t *object, const struct location *loc)
{
    put_text(object, "file", loc->file);
    put_int(object, "line", loc->line);
    put_int(object, "column", loc->column);
}

static void put_version(json_t *object, bool known,
                        const struct version *version)
{
    g_autofree char *text = NULL;

    if (known && version->micro >= 0) {
        text = g_strdup_printf("%d.%d.%d", version->major, version->minor,
                               version->micro);
    } else if (known) {
        text = g_strdup_printf("%d.%d", version->major, version->minor);
    }
    put_text(object, "version", text);
}

/* "VirtIOBlock.conf.num_queues"; the record has a key of its own where the
 * first dot would not tell it from the field. */
static void put_field(json_t *object, const struct property *property)
{
    g_autofree char *path = NULL;

    if (property->record && property->field) {
        path = g_strdup_printf("%s.%s", property->record, property->field);
    }
    put_text(object, "field", path ? path : property->field);
    if (path ? strchr(property->record, '.') != NULL
             : property->record || property->field) {
        put_text(object, "record", property->record);
    }
}

static void put_default(json_t *object, const struct value *value)
{
    if (value->kind == VALUE_UNEVALUATED) {
        put_text(object, "unevaluated", value->string);
    } else if (value->kind != VALUE_ABSENT) {
        put(object, "default", value_to_json(value));
    }
}

static json_t *property_to_json(const struct property *property,
                                GHashTable *kinds)
{
    json_t *object = json_object();

    put_text(object, "name", property->name);
    put_text(object, "kind", property->kind->name);
    put_targets(object, property->targets);
    put_default(object, &property->def);
    put_text(object, "spelling", property->spelling);
    put_field(object, property);
    put_location(object, &property->loc);
    if (property->bit >= 0) {
        put_int(object, "bit", property->bit);
    }
    if (property->origin != ORIGIN_TABLE) {
        put_text(object, "origin",
                 property->origin == ORIGIN_CLASS ? "class" : "instance");
    }
    if (property->condition) {
        put_text(object, "condition", property->condition);
    }
    put_int(object, "kind_index",
            GPOINTER_TO_INT(g_hash_table_lookup(kinds, property->kind)));
    return object;
}

static json_t *alias_to_json(const void *item)
{
    const struct alias *alias = item;
    json_t *object = json_object();

    put_text(object, "name", alias->name);
    put_text(object, "target", alias->target);
    put_text(object, "property", alias->property);
    return object;
}

static json_t *name_to_json(const void *item)
{
    return text_to_json(item);
}

static json_t *type_to_json(const struct qom_type *type, GHashTable *kinds)
{
    json_t *object = json_object();
    json_t *properties = json_array();

    for (guint i = 0; i < type->properties->len; i++) {
        json_array_append_new(properties, property_to_json(
            g_ptr_array_index(type->properties, i), kinds));
    }
    put_text(object, "name", type->name);
    put_text(object, "parent", type->parent);
    put(object, "interfaces", list_to_json(type->interfaces, name_to_json));
    put_bool(object, "abstract", type->abstract);
    put_targets(object, type->targets);
    put_location(object, &type->loc);
    put_text(object, "instance_struct", type->instance_struct);
    put_bool(object, "user_creatable", type->user_creatable);
    put_bool(object, "unmigratable", type->unmigratable);
    put(object, "properties", properties);
    put(object, "aliases", list_to_json(type->aliases, alias_to_json));
    return object;
}

/* An entry of a macro may stand in another file than its array. */
static json_t *entry_to_json(const struct compat_entry *entry,
                             const struct compat_array *array)
{
    json_t *object = json_object();

    put_text(object, "driver", entry->driver);
    put_text(object, "property", entry->property);
    put_text(object, "value", entry->value);
    put_bool(object, "optional", entry->optional);
    put_int(object, "line", entry->loc.line);
    put_int(object, "column", entry->loc.column);
    if (entry->loc.file != array->loc.file) {
        put_text(object, "file", entry->loc.file);
    }
    return object;
}

static json_t *array_to_json(const void *item)
{
    const struct compat_array *array = item;
    json_t *object = json_object();
    json_t *entries = json_array();

    for (guint i = 0; i < array->entries->len; i++) {
        json_array_append_new(entries, entry_to_json(
            g_ptr_array_index(array->entries, i), array));
    }
    put_text(object, "id", array->id);
    put_text(object, "name", array->name);
    put_version(object, array->has_version, &array->version);
    put_location(object, &array->loc);
    put_text(object, "end_file", array->end.file);
    put_int(object, "end_line", array->end.line);
    put_int(object, "end_column", array->end.column);
    put(object, "entries", entries);
    return object;
}

static void put_class_fields(json_t *object, const struct machine *machine)
{
    json_t *fields = json_object();
    json_t *places = json_object();
    json_t *unevaluated = json_array();

    for (guint i = 0; i < machine->fields->len; i++) {
        const struct class_field *field =
            g_ptr_array_index(machine->fields, i);
        const struct location *loc = &field->loc;
        put_named(fields, field->name, field->value);
        if (loc->file) {
            g_autofree char *place = g_strdup_printf(
                "%s:%d:%d", loc->file, loc->line, loc->column);
            put_named(places, field->name, place);
        }
        if (!field->evaluated) {
            json_array_append_new(unevaluated, text_to_json(field->name));
        }
    }
    put(object, "fields", fields);
    put(object, "field_locations", places);
    put(object, "unevaluated_fields", unevaluated);
}

static json_t *array_id_to_json(const void *item)
{
    const struct compat_array *array = item;

    return text_to_json(array->id);
}

static json_t *machine_to_json(const void *item)
{
    const struct machine *machine = item;
    json_t *object = json_object();

    put_text(object, "name", machine->name);
    put_text(object, "type", machine->type);
    put_text(object, "family", machine->family);
    put_version(object, machine->versioned, &machine->version);
    put_text(object, "alias", machine->alias);
    put_bool(object, "deprecated", machine->deprecated);
    put_bool(object, "latest", machine->latest);
    put_targets(object, machine->targets);
    put_location(object, &machine->loc);
    put(object, "compat", list_to_json(machine->compat, array_id_to_json));
    put_class_fields(object, machine);
    return object;
}

/* Fields are many: name and type alternate in one list. */
static json_t *record_to_json(const void *item)
{
    const struct record *record = item;
    json_t *object = json_object();
    json_t *fields = json_array();

    for (guint i = 0; i < record->fields->len; i++) {
        const struct record_field *field =
            g_ptr_array_index(record->fields, i);
        json_array_append_new(fields, text_to_json(field->name));
        json_array_append_new(fields, text_to_json(field->type));
    }
    put_text(object, "name", record->name);
    put(object, "fields", fields);
    return object;
}

static json_t *kind_to_json(const void *item)
{
    const struct property_kind *kind = item;
    json_t *object = json_object();
    json_t *names = kind->names ? json_array() : json_null();

    for (guint i = 0; kind->names && kind->names[i]; i++) {
        json_array_append_new(names, text_to_json(kind->names[i]));
    }
    put_text(object, "name", kind->name);
    put_text(object, "info", kind->info);
    put_text(object, "syntax", syntax_name(kind->syntax));
    put_int(object, "bits", kind->bits);
    put(object, "names", names);
    return object;
}

static json_t *gap_to_json(const void *item)
{
    const struct gap *gap = item;
    json_t *object = json_object();

    put_text(object, "file", gap->file);
    put_int(object, "line", gap->line);
    put_text(object, "reason", gap->reason);
    put_bool(object, "touches_change", gap->touches_change);
    return object;
}

static json_t *revision_to_json(const struct revision *revision)
{
    json_t *object = json_object();

    put_text(object, "rev", revision->rev);
    put_text(object, "commit", revision->commit);
    put_text(object, "tree", revision->tree);
    put_text(object, "version", revision->version);
    return object;
}

static json_t *types_to_json(const struct facts *facts)
{
    g_autoptr(GHashTable) kinds = g_hash_table_new(NULL, NULL);
    json_t *list = json_array();

    for (guint i = 0; i < facts->kinds->len; i++) {
        g_hash_table_insert(kinds, g_ptr_array_index(facts->kinds, i),
                            GINT_TO_POINTER(i));
    }
    for (guint i = 0; i < facts->types->len; i++) {
        json_array_append_new(list, type_to_json(
            g_ptr_array_index(facts->types, i), kinds));
    }
    return list;
}

json_t *facts_to_json(const struct facts *facts)
{
    json_t *root = json_object();

    put_int(root, "schema", 1);
    put(root, "revision", revision_to_json(&facts->revision));
    put_int(root, "files", facts->files);
    put(root, "types", types_to_json(facts));
    put(root, "compat_arrays", list_to_json(facts->arrays, array_to_json));
    put(root, "machines", list_to_json(facts->machines, machine_to_json));
    put(root, "records", list_to_json(facts->records, record_to_json));
    put(root, "kinds", list_to_json(facts->kinds, kind_to_json));
    put(root, "gaps", list_to_json(facts->gaps, gap_to_json));
    return root;
}
