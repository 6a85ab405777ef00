/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/cpus.h"
#include "snapshot/reader.h"
#include "snapshot/snapshot.h"
#include "snapshot/writer.h"

#include <string.h>

static void add_value(GString *out, const struct value *value)
{
    bool negative = value->kind == VALUE_INT && value->integer < 0;

    switch (value->kind) {
    case VALUE_BOOL:
        add_bool(out, value->boolean);
        break;
    case VALUE_INT:
    case VALUE_UINT:
        add_number(out, negative,
                   negative ? -value->uinteger : value->uinteger);
        break;
    case VALUE_LIST:
        begin(out, '[');
        end(out, ']');
        break;
    default:
        add_text(out, value->string);
    }
}

static void put_location(GString *out, const struct location *loc)
{
    put_text(out, "file", loc->file);
    put_int(out, "line", loc->line);
    put_int(out, "column", loc->column);
}

static void put_version(GString *out, bool known,
                        const struct version *version)
{
    g_autofree char *text = NULL;

    if (known && version->micro >= 0) {
        text = g_strdup_printf("%d.%d.%d", version->major, version->minor,
                               version->micro);
    } else if (known) {
        text = g_strdup_printf("%d.%d", version->major, version->minor);
    }
    put_text(out, "version", text);
}

/* "VirtIOBlock.conf.num_queues"; the record has a key of its own where the
 * first dot would not tell it from the field. */
static void put_field(GString *out, const struct property *property)
{
    g_autofree char *path = NULL;

    if (property->record && property->field) {
        path = g_strdup_printf("%s.%s", property->record, property->field);
    }
    put_text(out, "field", path ? path : property->field);
    if (path ? strchr(property->record, '.') != NULL
             : property->record || property->field) {
        put_text(out, "record", property->record);
    }
}

static void put_default(GString *out, const struct value *value)
{
    if (value->kind == VALUE_UNEVALUATED) {
        put_text(out, "unevaluated", value->string);
    } else if (value->kind != VALUE_ABSENT) {
        put_key(out, "default");
        add_value(out, value);
    }
}

static void add_property(GString *out, const struct property *property,
                         GHashTable *kinds)
{
    begin(out, '{');
    put_text(out, "name", property->name);
    put_text(out, "kind", property->kind->name);
    put_targets(out, property->targets);
    put_default(out, &property->def);
    put_text(out, "spelling", property->spelling);
    put_field(out, property);
    put_location(out, &property->loc);
    if (property->bit >= 0) {
        put_int(out, "bit", property->bit);
    }
    if (property->origin != ORIGIN_TABLE) {
        put_text(out, "origin",
                 property->origin == ORIGIN_CLASS ? "class" : "instance");
    }
    if (property->condition) {
        put_text(out, "condition", property->condition);
    }
    put_int(out, "kind_index",
            GPOINTER_TO_INT(g_hash_table_lookup(kinds, property->kind)));
    end(out, '}');
}

static void add_alias(GString *out, const void *item)
{
    const struct alias *alias = item;

    begin(out, '{');
    put_text(out, "name", alias->name);
    put_text(out, "target", alias->target);
    put_text(out, "property", alias->property);
    end(out, '}');
}

static void add_name(GString *out, const void *item)
{
    add_text(out, item);
}

/* Types that are on no list can be on every board. */
void put_boards(GString *out, const struct facts *facts, uint64_t boards)
{
    if (boards == ALL_BOARDS) {
        return;
    }
    put_key(out, "boards");
    begin(out, '[');
    for (guint i = 0; i < facts->boards->len && i < 64; i++) {
        if (boards >> i & 1) {
            add_text(out, g_ptr_array_index(facts->boards, i));
        }
    }
    end(out, ']');
}

/* A function as "file:name", a number, or null for one not known. */
static void put_slots(GString *out, const GPtrArray *slots)
{
    put_key(out, "slots");
    begin(out, '{');
    for (guint i = 0; i < slots->len; i++) {
        const struct class_slot *slot = g_ptr_array_index(slots, i);
        struct value number = value_int(slot->number);

        if (slot->function) {
            g_autofree char *text = g_strconcat(
                slot->file ? slot->file : "", ":", slot->function, NULL);

            put_named(out, slot->name, text);
        } else if (slot->known) {
            put_key(out, slot->name);
            add_value(out, &number);
        } else {
            put_named(out, slot->name, NULL);
        }
    }
    end(out, '}');
}

static void add_type(GString *out, const struct facts *facts,
                     const struct qom_type *type, GHashTable *kinds)
{
    begin(out, '{');
    put_text(out, "name", type->name);
    put_text(out, "parent", type->parent);
    put_list(out, "interfaces", type->interfaces, add_name);
    put_bool(out, "abstract", type->abstract);
    put_targets(out, type->targets);
    put_location(out, &type->loc);
    put_text(out, "instance_struct", type->instance_struct);
    put_bool(out, "user_creatable", type->user_creatable);
    put_bool(out, "unmigratable", type->unmigratable);
    put_boards(out, facts, type->boards);
    put_key(out, "properties");
    begin(out, '[');
    for (guint i = 0; i < type->properties->len; i++) {
        add_property(out, g_ptr_array_index(type->properties, i), kinds);
    }
    end(out, ']');
    put_list(out, "aliases", type->aliases, add_alias);
    put_vmstate_uses(out, type);
    put_slots(out, type->slots);
    end(out, '}');
}

static void put_types(GString *out, const struct facts *facts)
{
    g_autoptr(GHashTable) kinds = g_hash_table_new(NULL, NULL);

    for (guint i = 0; i < facts->kinds->len; i++) {
        g_hash_table_insert(kinds, g_ptr_array_index(facts->kinds, i),
                            GINT_TO_POINTER(i));
    }
    put_key(out, "types");
    begin(out, '[');
    for (guint i = 0; i < facts->types->len; i++) {
        add_type(out, facts, g_ptr_array_index(facts->types, i), kinds);
    }
    end(out, ']');
}

/* An entry of a macro may stand in another file than its array. */
static void add_entry(GString *out, const struct compat_entry *entry,
                      const struct compat_array *array)
{
    begin(out, '{');
    put_text(out, "driver", entry->driver);
    put_text(out, "property", entry->property);
    put_text(out, "value", entry->value);
    put_bool(out, "optional", entry->optional);
    put_int(out, "line", entry->loc.line);
    put_int(out, "column", entry->loc.column);
    if (entry->loc.file != array->loc.file) {
        put_text(out, "file", entry->loc.file);
    }
    end(out, '}');
}

static void add_array(GString *out, const void *item)
{
    const struct compat_array *array = item;

    begin(out, '{');
    put_text(out, "id", array->id);
    put_text(out, "name", array->name);
    put_version(out, array->has_version, &array->version);
    put_location(out, &array->loc);
    put_text(out, "end_file", array->end.file);
    put_int(out, "end_line", array->end.line);
    put_int(out, "end_column", array->end.column);
    put_key(out, "entries");
    begin(out, '[');
    for (guint i = 0; i < array->entries->len; i++) {
        add_entry(out, g_ptr_array_index(array->entries, i), array);
    }
    end(out, ']');
    end(out, '}');
}

static void put_field_values(GString *out, const GPtrArray *fields)
{
    put_key(out, "fields");
    begin(out, '{');
    for (guint i = 0; i < fields->len; i++) {
        const struct class_field *field = g_ptr_array_index(fields, i);
        put_named(out, field->name, field->value);
    }
    end(out, '}');
}

static void put_field_locations(GString *out, const GPtrArray *fields)
{
    put_key(out, "field_locations");
    begin(out, '{');
    for (guint i = 0; i < fields->len; i++) {
        const struct class_field *field = g_ptr_array_index(fields, i);
        const struct location *loc = &field->loc;
        if (loc->file) {
            g_autofree char *place = g_strdup_printf(
                "%s:%d:%d", loc->file, loc->line, loc->column);
            put_named(out, field->name, place);
        }
    }
    end(out, '}');
}

static void put_unevaluated_fields(GString *out, const GPtrArray *fields)
{
    put_key(out, "unevaluated_fields");
    begin(out, '[');
    for (guint i = 0; i < fields->len; i++) {
        const struct class_field *field = g_ptr_array_index(fields, i);
        if (!field->evaluated) {
            add_text(out, field->name);
        }
    }
    end(out, ']');
}

static void add_array_id(GString *out, const void *item)
{
    const struct compat_array *array = item;

    add_text(out, array->id);
}

static const char *board_name(const struct facts *facts,
                              const struct machine *machine)
{
    guint no = machine->board ? (guint)__builtin_ctzll(machine->board) : 64;

    return no < facts->boards->len ? g_ptr_array_index(facts->boards, no)
                                   : NULL;
}

static void add_machine(GString *out, const struct facts *facts,
                        const struct machine *machine)
{
    const char *board = board_name(facts, machine);

    begin(out, '{');
    put_text(out, "name", machine->name);
    put_text(out, "type", machine->type);
    put_text(out, "family", machine->family);
    put_version(out, machine->versioned, &machine->version);
    put_text(out, "alias", machine->alias);
    put_bool(out, "deprecated", machine->deprecated);
    put_bool(out, "latest", machine->latest);
    put_targets(out, machine->targets);
    if (board) {
        put_text(out, "board", board);
    }
    put_location(out, &machine->loc);
    put_list(out, "compat", machine->compat, add_array_id);
    put_field_values(out, machine->fields);
    put_field_locations(out, machine->fields);
    put_unevaluated_fields(out, machine->fields);
    end(out, '}');
}

static void put_machines(GString *out, const struct facts *facts)
{
    put_key(out, "machines");
    begin(out, '[');
    for (guint i = 0; i < facts->machines->len; i++) {
        add_machine(out, facts, g_ptr_array_index(facts->machines, i));
    }
    end(out, ']');
}

/* Fields are many: name and type alternate in one list. */
static void add_record(GString *out, const void *item)
{
    const struct record *record = item;

    begin(out, '{');
    put_text(out, "name", record->name);
    put_key(out, "fields");
    begin(out, '[');
    for (guint i = 0; i < record->fields->len; i++) {
        const struct record_field *field =
            g_ptr_array_index(record->fields, i);
        add_text(out, field->name);
        add_text(out, field->type);
    }
    end(out, ']');
    end(out, '}');
}

/* Name and value alternate. */
static void put_cpu_values(GString *out, const char *key,
                           const GPtrArray *values)
{
    put_key(out, key);
    begin(out, '[');
    for (guint i = 0; i < values->len; i++) {
        const struct cpu_value *value = g_ptr_array_index(values, i);
        add_text(out, value->name);
        add_text(out, value->value);
    }
    end(out, ']');
}

static void add_cpu_version(GString *out, const void *item)
{
    const struct cpu_version *version = item;

    begin(out, '{');
    put_int(out, "version", version->version);
    put_cpu_values(out, "props", version->props);
    end(out, '}');
}

static void add_cpu_limit(GString *out, const void *item)
{
    const struct cpu_limit *limit = item;

    begin(out, '{');
    put_int(out, "major", limit->version.major);
    put_int(out, "minor", limit->version.minor);
    put_text(out, "feature", limit->feature);
    end(out, '}');
}

static void add_cpu_model(GString *out, const void *item)
{
    const struct cpu_model *model = item;

    begin(out, '{');
    put_text(out, "name", model->name);
    put_text(out, "type", model->type);
    put_location(out, &model->loc);
    put_cpu_values(out, "values", model->values);
    put_list(out, "versions", model->versions, add_cpu_version);
    if (model->limits->len) {
        put_list(out, "limits", model->limits, add_cpu_limit);
    }
    end(out, '}');
}

static void put_enum_names(GString *out, const char *const *names)
{
    if (!names) {
        put_text(out, "names", NULL);
        return;
    }
    put_key(out, "names");
    begin(out, '[');
    for (; *names; names++) {
        add_text(out, *names);
    }
    end(out, ']');
}

static void add_kind(GString *out, const void *item)
{
    const struct property_kind *kind = item;

    begin(out, '{');
    put_text(out, "name", kind->name);
    put_text(out, "info", kind->info);
    put_text(out, "syntax", syntax_name(kind->syntax));
    put_int(out, "bits", (int)kind->bits);
    put_enum_names(out, kind->names);
    end(out, '}');
}

static void add_gap(GString *out, const void *item)
{
    const struct gap *gap = item;

    begin(out, '{');
    put_text(out, "file", gap->file);
    put_int(out, "line", gap->line);
    put_text(out, "reason", gap->reason);
    put_bool(out, "touches_change", gap->touches_change);
    end(out, '}');
}

static void put_revision(GString *out, const struct revision *revision)
{
    put_key(out, "revision");
    begin(out, '{');
    put_text(out, "rev", revision->rev);
    put_text(out, "commit", revision->commit);
    put_text(out, "tree", revision->tree);
    put_text(out, "version", revision->version);
    end(out, '}');
}

void facts_append_json(const struct facts *facts, GString *out)
{
    g_string_append_c(out, '{');
    put_int(out, "schema", 1);
    put_revision(out, &facts->revision);
    put_int(out, "files", (int)facts->files);
    put_list(out, "boards", facts->boards, add_name);
    put_types(out, facts);
    put_list(out, "compat_arrays", facts->arrays, add_array);
    put_machines(out, facts);
    put_list(out, "records", facts->records, add_record);
    put_list(out, "kinds", facts->kinds, add_kind);
    put_vmstates(out, facts);
    put_list(out, "cpu_models", facts->cpu_models, add_cpu_model);
    put_list(out, "gaps", facts->gaps, add_gap);
    end(out, '}');
    g_string_append_c(out, '\n');
}
