/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The file may be damaged or made up: nothing is believed before it has been
 * looked at.  Keys that are missing are an error where the facts cannot do
 * without them.
 */
#include "snapshot/reader.h"
#include "snapshot/snapshot.h"

#include <limits.h>
#include <string.h>

static bool read_kind(struct reader *reader, struct jvalue *item, void *owner)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    const char *name, *info, *text;
    enum value_syntax syntax;
    int bits;

    if (!reader_need_text(reader, item, "name", &name)
        || !reader_text(reader, item, "info", &info)
        || !reader_need_text(reader, item, "syntax", &text)
        || !reader_int(reader, item, "bits", 0, &bits)) {
        return false;
    }
    if (!syntax_parse(text, &syntax)) {
        return reader_refuse(reader, "syntax", "a way to read values");
    }
    if (bits > 64) {
        return reader_refuse(reader, "bits", "the width of an integer");
    }
    struct jvalue *list = jvalue_get(item, "names");
    bool named = list && list->type == J_ARRAY;
    if (named && !reader_list(reader, item, "names", reader_name, names)) {
        return false;
    }
    g_ptr_array_add(names, NULL);
    const struct property_kind *kind = facts_add_kind(
        reader->facts, name, info, syntax, bits,
        named ? (const char *const *)names->pdata : NULL);
    g_ptr_array_add(reader->kinds, (gpointer)(uintptr_t)kind);
    return true;
}

static bool read_kind_index(struct reader *reader, struct jvalue *item,
                            struct property *property)
{
    const char *name;
    int number;

    if (!reader_need_text(reader, item, "kind", &name)
        || !reader_int(reader, item, "kind_index", INT_MAX, &number)) {
        return false;
    }
    if ((guint)number >= reader->kinds->len) {
        return reader_refuse(reader, "kind_index", "the number of a kind");
    }
    property->kind = g_ptr_array_index(reader->kinds, number);
    return property->kind->name == name
           || reader_refuse(reader, "kind", "the name of its kind");
}

/* Integers have the sign that their kind has. */
static bool read_number(struct reader *reader, const struct jvalue *number,
                        const struct property_kind *kind, struct value *ret)
{
    bool is_signed = kind->syntax == SYNTAX_INT || number->negative;
    uint64_t max = (uint64_t)INT64_MAX + number->negative;

    if (is_signed && number->magnitude > max) {
        return reader_refuse(reader, "default", "a number of 64 bits");
    }
    uint64_t bits = number->negative ? -number->magnitude
                                     : number->magnitude;
    *ret = is_signed ? value_int((int64_t)bits) : value_uint(bits);
    return true;
}

static bool read_default(struct reader *reader, struct jvalue *item,
                         struct property *property)
{
    const char *spelling;
    const struct jvalue *value = jvalue_get(item, "default");

    if (!reader_text(reader, item, "unevaluated", &spelling)) {
        return false;
    }
    if (spelling) {
        property->def = value_unevaluated(spelling);
        return true;
    }
    if (!value) {
        return true;
    }
    switch (value->type) {
    case J_TRUE:
    case J_FALSE:
        property->def = value_bool(value->type == J_TRUE);
        return true;
    case J_STRING:
        property->def = value_string(value->text);
        return true;
    case J_NUMBER:
        return read_number(reader, value, property->kind, &property->def);
    case J_ARRAY:
        property->def = value_list();
        return !value->first || reader_refuse(reader, "default", "a value");
    default:
        return reader_refuse(reader, "default", "a value");
    }
}

static bool read_field(struct reader *reader, struct jvalue *item,
                       struct property *property)
{
    const char *path;

    if (!reader_text(reader, item, "field", &path)
        || !reader_text(reader, item, "record", &property->record)) {
        return false;
    }
    const char *dot = path ? strchr(path, '.') : NULL;
    if (path && property->record
        && g_str_has_prefix(path, property->record)
        && path[strlen(property->record)] == '.') {
        dot = path + strlen(property->record);
    } else if (jvalue_get(item, "record") || !dot) {
        property->field = path;
        return true;
    }
    g_autofree char *record = g_strndup(path, dot - path);
    property->record = g_intern_string(record);
    property->field = g_intern_string(dot + 1);
    return true;
}

static bool read_origin(struct reader *reader, struct jvalue *item,
                        struct property *property)
{
    const char *origin;

    if (!reader_text(reader, item, "origin", &origin)) {
        return false;
    }
    if (origin && strcmp(origin, "class") == 0) {
        property->origin = ORIGIN_CLASS;
    } else if (origin && strcmp(origin, "instance") == 0) {
        property->origin = ORIGIN_INSTANCE;
    } else if (origin) {
        return reader_refuse(reader, "origin", "'class' or 'instance'");
    }
    return true;
}

static bool read_property(struct reader *reader, struct jvalue *item,
                          void *owner)
{
    const char *name;

    if (!reader_need_text(reader, item, "name", &name)) {
        return false;
    }
    struct property *property = qom_type_add_property(owner, name);
    return read_kind_index(reader, item, property)
           && reader_targets(reader, item, &property->targets)
           && read_default(reader, item, property)
           && reader_text(reader, item, "spelling", &property->spelling)
           && read_field(reader, item, property)
           && reader_location(reader, item, &property->loc)
           && reader_int(reader, item, "bit", -1, &property->bit)
           && read_origin(reader, item, property)
           && reader_text(reader, item, "condition", &property->condition);
}

static bool read_alias(struct reader *reader, struct jvalue *item, void *owner)
{
    struct alias *alias = qom_type_add_alias(owner);

    return reader_text(reader, item, "name", &alias->name)
           && reader_need_text(reader, item, "target", &alias->target)
           && reader_text(reader, item, "property", &alias->property);
}

/* The bit of a board by its name. */
static bool read_board_name(struct reader *reader, struct jvalue *item,
                            void *owner)
{
    const GPtrArray *boards = reader->facts->boards;
    const char *name = jvalue_text(item);
    uint64_t *bits = owner;

    for (guint i = 0; name && i < boards->len && i < 64; i++) {
        if (strcmp(g_ptr_array_index(boards, i), name) == 0) {
            *bits |= UINT64_C(1) << i;
            return true;
        }
    }
    return reader_refuse(reader, "boards", "a list of known boards");
}

bool reader_boards(struct reader *reader, struct jvalue *item,
                   uint64_t *ret)
{
    if (!jvalue_get(item, "boards")) {
        return true;
    }
    *ret = 0;
    return reader_list(reader, item, "boards", read_board_name, ret);
}

static bool read_machine_board(struct reader *reader, struct jvalue *item,
                               struct machine *machine)
{
    struct jvalue *name = jvalue_get(item, "board");

    return !name || read_board_name(reader, name, &machine->board);
}

static bool read_boards(struct reader *reader, struct jvalue *root)
{
    return !jvalue_get(root, "boards") ||
           reader_list(reader, root, "boards", reader_name,
                       reader->facts->boards);
}

static void read_function(const char *text, struct class_slot *slot)
{
    const char *colon = strrchr(text, ':');
    g_autofree char *file = colon ? g_strndup(text, colon - text) : NULL;

    slot->function = g_intern_string(colon ? colon + 1 : text);
    slot->file = file && *file ? g_intern_string(file) : NULL;
}

/* Snapshots of earlier versions have none. */
static bool read_slots(struct reader *reader, struct jvalue *item,
                       struct qom_type *type)
{
    const struct jvalue *slots = jvalue_get(item, "slots");

    if (!slots) {
        return true;
    }
    if (slots->type != J_OBJECT) {
        return reader_refuse(reader, "slots", "an object");
    }
    for (const struct jvalue *at = slots->first; at; at = at->next) {
        struct class_slot *slot =
            qom_type_add_slot(type, g_intern_string(at->key));

        if (at->type == J_STRING) {
            read_function(at->text, slot);
        } else if (at->type == J_NUMBER) {
            slot->known = true;
            slot->number = (int64_t)(at->negative ? -at->magnitude
                                                  : at->magnitude);
        } else if (at->type != J_NULL) {
            return reader_refuse(reader, "slots", "all texts and numbers");
        }
    }
    return true;
}

static bool read_type(struct reader *reader, struct jvalue *item, void *owner)
{
    const char *name;

    if (!reader_need_text(reader, item, "name", &name)) {
        return false;
    }
    struct qom_type *type = facts_add_type(reader->facts, name);
    return reader_text(reader, item, "parent", &type->parent)
           && reader_list(reader, item, "interfaces", reader_name,
                          type->interfaces)
           && reader_bool(reader, item, "abstract", &type->abstract)
           && reader_targets(reader, item, &type->targets)
           && reader_location(reader, item, &type->loc)
           && reader_text(reader, item, "instance_struct",
                          &type->instance_struct)
           && reader_bool(reader, item, "user_creatable",
                          &type->user_creatable)
           && reader_bool(reader, item, "unmigratable", &type->unmigratable)
           && reader_boards(reader, item, &type->boards)
           && reader_objects(reader, item, "properties", read_property, type)
           && reader_objects(reader, item, "aliases", read_alias, type)
           && reader_vmstate_uses(reader, item, type)
           && read_slots(reader, item, type);
}

static bool read_entry(struct reader *reader, struct jvalue *item, void *owner)
{
    const struct compat_array *array = owner;
    struct compat_entry *entry = compat_array_add_entry(owner);

    if (!reader_need_text(reader, item, "driver", &entry->driver)
        || !reader_need_text(reader, item, "property", &entry->property)
        || !reader_need_text(reader, item, "value", &entry->value)
        || !reader_bool(reader, item, "optional", &entry->optional)
        || !reader_location(reader, item, &entry->loc)) {
        return false;
    }
    if (!jvalue_get(item, "file")) {
        entry->loc.file = array->loc.file;
    }
    return true;
}

static bool read_array(struct reader *reader, struct jvalue *item, void *owner)
{
    const char *id;

    if (!reader_need_text(reader, item, "id", &id)) {
        return false;
    }
    struct compat_array *array = facts_add_array(reader->facts, id);
    if (!g_hash_table_contains(reader->arrays, id)) {
        g_hash_table_insert(reader->arrays, (gpointer)(uintptr_t)id, array);
    }
    return reader_need_text(reader, item, "name", &array->name)
           && reader_version(reader, item, &array->has_version,
                             &array->version)
           && reader_location(reader, item, &array->loc)
           && reader_text(reader, item, "end_file", &array->end.file)
           && reader_int(reader, item, "end_line", 0, &array->end.line)
           && reader_int(reader, item, "end_column", 0, &array->end.column)
           && reader_objects(reader, item, "entries", read_entry, array);
}

static bool read_compat(struct reader *reader, struct jvalue *item,
                        void *owner)
{
    struct machine *machine = owner;
    const char *id = jvalue_text(item);
    void *array = id ? g_hash_table_lookup(reader->arrays,
                                           g_intern_string(id)) : NULL;

    if (!array) {
        return reader_refuse(reader, "compat", "a list of known arrays");
    }
    g_ptr_array_add(machine->compat, array);
    return true;
}

/* "hw/i386/pc.c:12:5" */
static bool parse_place(const char *text, struct location *ret)
{
    const char *second = strrchr(text, ':');
    const char *first = second ? g_strrstr_len(text, second - text, ":")
                               : NULL;
    guint64 line, column;

    if (!first) {
        return false;
    }
    g_autofree char *file = g_strndup(text, first - text);
    g_autofree char *number = g_strndup(first + 1, second - first - 1);
    if (!g_ascii_string_to_unsigned(number, 10, 0, INT_MAX, &line, NULL)
        || !g_ascii_string_to_unsigned(second + 1, 10, 0, INT_MAX, &column,
                                       NULL)) {
        return false;
    }
    *ret = (struct location) { g_intern_string(file), (int)line,
                               (int)column };
    return true;
}

static bool read_class_field(struct reader *reader, struct jvalue *item,
                             const struct jvalue *value,
                             struct machine *machine)
{
    const char *text = jvalue_text(value);
    struct location loc = { NULL, 0, 0 };
    const char *place;

    if (!text && value->type != J_NULL) {
        return reader_refuse(reader, "fields", "all strings");
    }
    if (!reader_text(reader, jvalue_get(item, "field_locations"),
                     value->key, &place)) {
        return false;
    }
    if (place && !parse_place(place, &loc)) {
        return reader_refuse(reader, "field_locations",
                             "all file:line:column");
    }
    machine_set_field(machine, g_intern_string(value->key),
                      g_intern_string(text), true, loc);
    return true;
}

static bool read_unevaluated(struct reader *reader, struct jvalue *item,
                             void *owner)
{
    struct machine *machine = owner;
    const char *name = jvalue_text(item);

    for (guint i = 0; name && i < machine->fields->len; i++) {
        struct class_field *field = g_ptr_array_index(machine->fields, i);
        if (strcmp(field->name, name) == 0) {
            field->evaluated = false;
            return true;
        }
    }
    return reader_refuse(reader, "unevaluated_fields", "a list of fields");
}

static bool read_class_fields(struct reader *reader, struct jvalue *item,
                              struct machine *machine)
{
    const struct jvalue *fields = jvalue_get(item, "fields");

    if (!fields || fields->type != J_OBJECT) {
        return reader_refuse(reader, "fields", "an object");
    }
    for (const struct jvalue *at = fields->first; at; at = at->next) {
        if (!read_class_field(reader, item, at, machine)) {
            return false;
        }
    }
    return reader_list(reader, item, "unevaluated_fields", read_unevaluated,
                       machine);
}

static bool read_machine(struct reader *reader, struct jvalue *item,
                         void *owner)
{
    const char *name;

    if (!reader_need_text(reader, item, "name", &name)) {
        return false;
    }
    struct machine *machine = facts_add_machine(reader->facts, name);
    return reader_text(reader, item, "type", &machine->type)
           && reader_need_text(reader, item, "family", &machine->family)
           && reader_version(reader, item, &machine->versioned,
                             &machine->version)
           && reader_text(reader, item, "alias", &machine->alias)
           && reader_bool(reader, item, "deprecated", &machine->deprecated)
           && reader_targets(reader, item, &machine->targets)
           && read_machine_board(reader, item, machine)
           && reader_location(reader, item, &machine->loc)
           && reader_list(reader, item, "compat", read_compat, machine)
           && read_class_fields(reader, item, machine);
}

static bool read_record(struct reader *reader, struct jvalue *item,
                        void *owner)
{
    g_autoptr(GPtrArray) texts = g_ptr_array_new();
    const char *name;

    if (!reader_need_text(reader, item, "name", &name)
        || !reader_list(reader, item, "fields", reader_name, texts)) {
        return false;
    }
    if (texts->len % 2) {
        return reader_refuse(reader, "fields", "pairs of name and type");
    }
    struct record *record = facts_add_record(reader->facts, name);
    for (guint i = 0; i < texts->len; i += 2) {
        record_add_field(record, texts->pdata[i], texts->pdata[i + 1]);
    }
    return true;
}

static bool read_gap(struct reader *reader, struct jvalue *item, void *owner)
{
    const char *file, *reason;
    int line;

    if (!reader_text(reader, item, "file", &file)
        || !reader_int(reader, item, "line", 0, &line)
        || !reader_need_text(reader, item, "reason", &reason)
        || !reader_move(reader, file, &line)) {
        return false;
    }
    facts_add_gap(reader->facts, file, line, reason);
    return true;
}

static bool read_revision(struct reader *reader, struct jvalue *root)
{
    struct jvalue *json = jvalue_get(root, "revision");
    struct revision *revision = &reader->facts->revision;

    if (!json || json->type != J_OBJECT) {
        return reader_refuse(reader, "revision", "an object");
    }
    return reader_text(reader, json, "rev", &revision->rev)
           && reader_text(reader, json, "commit", &revision->commit)
           && reader_text(reader, json, "tree", &revision->tree)
           && reader_text(reader, json, "version", &revision->version);
}

static bool read_root(struct reader *reader, struct jvalue *root)
{
    int schema, files;

    if (root->type != J_OBJECT) {
        return reader_refuse(reader, "document", "an object");
    }
    if (!reader_int(reader, root, "schema", 0, &schema)
        || !reader_int(reader, root, "files", 0, &files)) {
        return false;
    }
    if (schema != 1) {
        return reader_refuse(reader, "schema", "1");
    }
    reader->facts->files = files;
    /* Boards, kinds and arrays first: what follows points to them. */
    return read_revision(reader, root)
           && read_boards(reader, root)
           && reader_objects(reader, root, "kinds", read_kind, NULL)
           && reader_objects(reader, root, "types", read_type, NULL)
           && reader_objects(reader, root, "compat_arrays", read_array, NULL)
           && reader_objects(reader, root, "machines", read_machine, NULL)
           && reader_objects(reader, root, "records", read_record, NULL)
           && reader_vmstates(reader, root)
           && reader_cpu_models(reader, root)
           && reader_objects(reader, root, "gaps", read_gap, NULL);
}

struct facts *facts_from_own_text(char *text, size_t length, GHashTable *moves,
                                  GError **error)
{
    g_autoptr(JDoc) doc = jdoc_new(text, length, error);
    g_autoptr(Facts) facts = facts_new();
    g_autoptr(GHashTable) arrays = g_hash_table_new(NULL, NULL);
    g_autoptr(GPtrArray) kinds = g_ptr_array_new();
    struct reader reader = {
        .facts = facts, .arrays = arrays, .kinds = kinds, .moves = moves,
        .error = error,
    };

    if (!doc || !read_root(&reader, jdoc_root(doc))) {
        return NULL;
    }
    facts_seal(facts);
    return g_steal_pointer(&facts);
}

struct facts *facts_from_text(const char *text, size_t length,
                              GError **error)
{
    return facts_from_text_moved(text, length, NULL, error);
}

struct facts *facts_from_text_moved(const char *text, size_t length,
                                    GHashTable *moves, GError **error)
{
    char *copy = g_malloc(length + 1);

    memcpy(copy, text, length);
    copy[length] = '\0';
    return facts_from_own_text(copy, length, moves, error);
}
