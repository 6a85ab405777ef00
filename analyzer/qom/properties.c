/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Properties: from tables of struct Property, from class and instance code.
 */
#include "qom/interp.h"

#include <string.h>

/* --- Kinds --------------------------------------------------------------- */

static const struct named_kind {
    const char *name;
    enum value_syntax syntax;
    unsigned bits;
} named_kinds[] = {
    { "bool", SYNTAX_BOOL, 0 },
    { "uint8", SYNTAX_UINT, 8 },
    { "uint16", SYNTAX_UINT, 16 },
    { "uint32", SYNTAX_UINT, 32 },
    { "uint64", SYNTAX_UINT, 64 },
    { "int8", SYNTAX_INT, 8 },
    { "int16", SYNTAX_INT, 16 },
    { "int32", SYNTAX_INT, 32 },
    { "int64", SYNTAX_INT, 64 },
    { "int", SYNTAX_INT, 64 },
    { "size", SYNTAX_SIZE, 64 },
    { "size32", SYNTAX_SIZE, 32 },
    { "str", SYNTAX_STRING, 0 },
    { "string", SYNTAX_STRING, 0 },
};

static const struct property_kind *make_kind(struct interp *in,
                                             const char *name,
                                             const char *info, char **names)
{
    enum value_syntax syntax = SYNTAX_OPAQUE;
    unsigned bits = 0;

    for (size_t i = 0; i < G_N_ELEMENTS(named_kinds); i++) {
        if (!strcmp(name, named_kinds[i].name)) {
            syntax = named_kinds[i].syntax;
            bits = named_kinds[i].bits;
        }
    }
    if (names) {
        syntax = SYNTAX_ENUM;
    }
    return facts_add_kind(in->facts, g_intern_string(name),
                          info ? g_intern_string(info) : NULL, syntax, bits,
                          (const char *const *)names);
}

/* A QAPI enum's table of names is NAME_lookup. */
static char **qapi_enum_names(struct interp *in, const char *name)
{
    g_autofree char *table = g_strconcat(name, "_lookup", NULL);
    struct sym *sym = NULL;
    struct val v;

    if (g_ascii_isupper(*name)) {
        sym = symbols_find(in, g_intern_string(table), false, false);
    }
    if (!sym) {
        return NULL;
    }
    v = val_pointer(symbol_object(in, sym), "");
    return properties_enum_names(in, &v);
}

const struct property_kind *properties_named_kind(struct interp *in,
                                                  const char *name)
{
    const char *key = g_intern_string(name);
    const struct property_kind *kind = g_hash_table_lookup(in->kinds, key);
    g_auto(GStrv) names = NULL;

    if (!kind) {
        names = qapi_enum_names(in, name);
        kind = make_kind(in, name, NULL, names);
        g_hash_table_insert(in->kinds, unconst(key), unconst(kind));
    }
    return kind;
}

/* The strings of an array; a hole is "". */
static char **read_names(struct interp *in, struct place array, int64_t n)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);

    for (int64_t i = 0; i < n; i++) {
        struct val v = memory_load(in, place_index(in, array, i));

        if (v.kind != VAL_STRING && !val_is_zero(&v)) {
            return NULL;
        }
        if (n == MAX_ELEMENTS && v.kind != VAL_STRING) {
            break;
        }
        g_ptr_array_add(names, g_strdup(v.kind == VAL_STRING ? v.text : ""));
    }
    if (!names->len) {
        return NULL;
    }
    g_ptr_array_add(names, NULL);
    return (char **)g_ptr_array_steal(names, NULL);
}

char **properties_enum_names(struct interp *in, const struct val *table)
{
    struct val array, size;

    if (table->kind != VAL_POINTER) {
        return NULL;
    }
    array = memory_field(in, table->place, "array");
    if (array.kind != VAL_POINTER) {
        /* Before v2.11: a plain array that NULL ends. */
        return read_names(in, place_array(in, table->place), MAX_ELEMENTS);
    }
    size = memory_field(in, table->place, "size");
    if (size.kind != VAL_INT || size.number < 0 ||
        size.number >= MAX_ELEMENTS) {
        return NULL;
    }
    return read_names(in, place_array(in, array.place), size.number);
}

static const struct property_kind *info_kind(struct interp *in,
                                             struct place info)
{
    struct object *object = info.object;
    const struct property_kind *kind = g_hash_table_lookup(in->kinds,
                                                           object);
    const char *variable = object->sym ? object->sym->symbol->name : NULL;
    struct val name = memory_field(in, info, "type");
    struct val table = memory_field(in, info, "enum_table");
    g_auto(GStrv) names = NULL;

    if (kind && !*info.path) {
        return kind;
    }
    if (name.kind != VAL_STRING) {
        name = memory_field(in, info, "name");
    }
    if (val_is_zero(&name)) {
        /* It has been forgotten; QEMU reports an empty type. */
        name = val_string(in, "");
    }
    if (name.kind != VAL_STRING) {
        interp_gap(in, "unknown PropertyInfo '%s'",
                   variable ? variable : "?");
    }
    names = properties_enum_names(in, &table);
    kind = make_kind(in, name.kind == VAL_STRING ? name.text : "?", variable,
                     names);
    if (!*info.path) {
        g_hash_table_insert(in->kinds, object, unconst(kind));
    }
    return kind;
}

/* --- Adding -------------------------------------------------------------- */

static GPtrArray *properties_of(struct interp *in, struct object *owner,
                                enum property_origin *ret_origin)
{
    if (owner->kind == OBJECT_CLASS) {
        *ret_origin = ORIGIN_CLASS;
        return owner->type->properties;
    }
    *ret_origin = ORIGIN_INSTANCE;
    return in->run && owner == in->self ? in->run->properties : NULL;
}

static bool is_taken(const GPtrArray *properties, const char *name)
{
    for (guint i = 0; properties && i < properties->len; i++) {
        const struct property *property = g_ptr_array_index(properties, i);

        if (property->name == name) {
            return true;
        }
    }
    return false;
}

/* "duty[*]" asks for the first of duty[0], duty[1] … that is free. */
static const char *free_name(const GPtrArray *properties, const char *name)
{
    const char *taken;

    if (!g_str_has_suffix(name, "[*]")) {
        return g_intern_string(name);
    }
    for (unsigned i = 0; ; i++) {
        g_autofree char *numbered =
            g_strdup_printf("%.*s%u]", (int)strlen(name) - 2, name, i);

        taken = g_intern_string(numbered);
        if (!is_taken(properties, taken)) {
            return taken;
        }
    }
}

struct property *properties_add(struct interp *in, struct object *owner,
                                const char *name,
                                const struct property_kind *kind)
{
    struct property *property = interp_alloc(in, sizeof(*property));
    GPtrArray *to = properties_of(in, owner, &property->origin);

    property->name = free_name(to, name);
    property->kind = kind;
    property->bit = -1;
    property->loc = interp_here(in);
    property->condition = in->frame
                          ? in->frame->function->symbol->condition : NULL;
    if (to && to->len < MAX_ELEMENTS) {
        g_ptr_array_add(to, property);
    }
    return property;
}

void properties_add_alias(struct interp *in, struct object *owner,
                          const char *name, struct object *target,
                          const char *property)
{
    struct alias *alias;

    if ((owner == target && !name) || !in->run || owner != in->self) {
        return;
    }
    alias = interp_alloc(in, sizeof(*alias));
    alias->name = name ? g_intern_string(name) : NULL;
    /* A second name for what the object has itself: every heir has it. */
    alias->target = owner == target ? in->run->owner->name
                                    : target->type->name;
    if (property && g_strcmp0(name, property)) {
        alias->property = g_intern_string(property);
    }
    g_ptr_array_add(in->run->aliases, alias);
}

static struct value unevaluated(const struct property *property,
                                const struct val *v)
{
    g_autofree char *text = v->node ? ir_to_text(v->node) : NULL;

    if (property->spelling) {
        return value_unevaluated(property->spelling);
    }
    return value_unevaluated(text ? text : "?");
}

void properties_set_default(struct property *property, const struct val *v,
                            enum value_kind kind, const char *text)
{
    if (!property) {
        return;
    }
    property->def = unevaluated(property, v);
    if (kind == VALUE_STRING && text) {
        property->def = value_string(text);
    } else if (kind == VALUE_BOOL && val_truth(v) >= 0) {
        property->def = value_bool(val_truth(v));
    } else if (kind == VALUE_INT && v->kind == VAL_INT) {
        property->def = value_int(v->number);
    } else if (kind == VALUE_UINT && v->kind == VAL_INT) {
        property->def = value_uint((uint64_t)v->number);
    }
    if (!property->spelling && v->kind == VAL_INT && v->text) {
        property->spelling = g_intern_string(v->text);
    }
}

/* --- Tables -------------------------------------------------------------- */

static const struct ir_node *find_kind(const struct ir_node *node,
                                       enum ir_kind kind, unsigned depth)
{
    const struct ir_node *found = NULL;

    if (!node || node->kind == kind || depth > 32) {
        return depth > 32 ? NULL : node;
    }
    for (const struct ir_node *kid = node->kids; kid && !found;
         kid = kid->next) {
        found = find_kind(kid, kind, depth + 1);
    }
    return found;
}

static const struct cell *field_cell(struct interp *in, struct place element,
                                     const char *field)
{
    return memory_find(place_member(in, element, field, NULL));
}

/* RECORD is a name that members of the struct do not have: theirs is TAG. */
static void note_tag(struct interp *in, const char *record,
                     const struct ir_node *tag)
{
    if (tag && tag->str) {
        g_hash_table_insert(in->tags, unconst(record),
                            unconst(interp_string(in, tag->str)));
    }
}

static void read_field(struct interp *in, struct place element,
                       struct property *property)
{
    const struct cell *cell = field_cell(in, element, "offset");
    const struct ir_node *node = NULL;

    if (cell) {
        node = find_kind(cell->node, IR_OFFSETOF, 0);
    }
    if (node && node->str && node->str2) {
        property->record = g_intern_string(type_bare(node->str2));
        property->field = g_intern_string(node->str);
        note_tag(in, property->record, node->kids);
    }
    cell = field_cell(in, element, "bitnr");
    if (cell && cell->val.kind == VAL_INT) {
        property->bit = (int)cell->val.number;
    }
}

static void read_spelling(struct interp *in, struct place element,
                          struct property *property)
{
    const struct cell *cell = field_cell(in, element, "defval");
    g_autofree char *text = NULL;

    /* A literal of a boolean arrives as a number that nobody wrote. */
    if (cell && cell->node && cell->node->kind != IR_INIT &&
        (cell->node->str || property->kind->syntax != SYNTAX_BOOL)) {
        text = ir_to_text(cell->node);
        property->spelling = g_intern_string(text);
    }
}

/* The targets that have the row, 0 = those of its unit. */
static target_set row_targets(const struct cell *cell)
{
    const char *names = cell && cell->node && cell->node->kind == IR_INIT
                        ? cell->node->str : NULL;
    g_auto(GStrv) parts = g_strsplit(names ? names : "", " ", -1);
    target_set targets = 0;

    for (char **part = parts; *part; part++) {
        targets |= target_bit(*part);
    }
    return targets;
}

static void read_location(struct interp *in, struct place element,
                          struct property *property)
{
    const struct cell *cell = memory_find(element);
    struct location loc = { NULL, 0, 0 };

    if (cell) {
        loc = interp_location(cell->unit, cell->loc);
    }
    if (loc.file) {
        property->loc = loc;
    }
    property->targets = row_targets(cell);
    if (element.object->sym && !element.object->decl) {
        property->condition = element.object->sym->symbol->condition;
    }
}

/* Until v2.9 a qtype says how to read the default. */
static void default_by_qtype(struct interp *in, struct place element,
                             struct place info, struct property *property)
{
    struct val qtype = memory_field(in, element, "qtype");
    struct val v = memory_field(in, element, "defval");
    struct val table = memory_field(in, info, "enum_table");
    g_auto(GStrv) names = NULL;

    if (qtype.kind != VAL_INT || !qtype.number) {
        return;
    }
    if (qtype.text && !strcmp(qtype.text, "QTYPE_QBOOL")) {
        properties_set_default(property, &v, VALUE_BOOL, NULL);
    } else if (val_truth(&table) == 1) {
        names = properties_enum_names(in, &table);
        properties_set_default(property, &v, VALUE_STRING,
                               names && v.kind == VAL_INT && v.number >= 0 &&
                               v.number < g_strv_length(names)
                               ? names[v.number] : NULL);
    } else {
        properties_set_default(property, &v,
                               property->kind->syntax == SYNTAX_INT
                               ? VALUE_INT : VALUE_UINT, NULL);
    }
}

static void read_default(struct interp *in, struct place element,
                         struct place info, struct property *property)
{
    struct val set = memory_field(in, element, "set_default");
    struct val setter = memory_field(in, info, "set_default_value");
    struct object *object;
    struct val args[2];

    if (val_is_zero(&setter)) {
        default_by_qtype(in, element, info, property);
        return;
    }
    if (val_is_zero(&set)) {
        return;
    }
    if (setter.kind != VAL_FUNCTION || !setter.function) {
        property->def = unevaluated(property, &setter);
        return;
    }
    object = object_make(in, OBJECT_PROPERTY);
    object->property = property;
    args[0] = val_pointer(object, "");
    args[1] = val_pointer(element.object, element.path);
    call_function(in, setter.function, args, 2);
}

static const struct property_kind *element_kind(struct interp *in,
                                                struct place element,
                                                struct place info)
{
    struct val link = memory_field(in, element, "link_type");
    struct val create = memory_field(in, info, "create");
    g_autofree char *name = NULL;

    if (!val_is_zero(&create) && link.kind == VAL_STRING) {
        name = g_strdup_printf("link<%s>", link.text);
        return properties_named_kind(in, name);
    }
    return info_kind(in, info);
}

static const char *unresolved_info(const struct val *info)
{
    const struct ir_node *node = find_kind(info->node, IR_REF, 0);

    return node && node->str ? node->str : "?";
}

/* QEMU leaves out what can be neither read nor written. */
static bool is_hidden(struct interp *in, struct place info)
{
    static const char *const fields[] = { "get", "set", "create" };

    for (size_t i = 0; i < G_N_ELEMENTS(fields); i++) {
        struct val v = memory_field(in, info, fields[i]);

        if (!val_is_zero(&v)) {
            return false;
        }
    }
    return true;
}

void properties_bind(struct interp *in, struct object *owner,
                     struct place element)
{
    struct val name = memory_field(in, element, "name");
    struct val info = memory_field(in, element, "info");
    const char *text = memory_string(in, &name);
    const struct property_kind *kind;
    struct property *property;

    if (!text) {
        interp_gap(in, "the name of a property in a table could not be "
                   "evaluated");
        return;
    }
    if (info.kind == VAL_POINTER && is_hidden(in, info.place)) {
        return;
    }
    if (info.kind == VAL_POINTER) {
        kind = element_kind(in, element, info.place);
    } else {
        interp_gap(in, "unknown PropertyInfo '%s'", unresolved_info(&info));
        kind = make_kind(in, "?", unresolved_info(&info), NULL);
    }
    property = properties_add(in, owner, text, kind);
    if (owner->kind == OBJECT_CLASS) {
        property->origin = ORIGIN_TABLE;
    }
    read_location(in, element, property);
    read_field(in, element, property);
    read_spelling(in, element, property);
    if (info.kind == VAL_POINTER) {
        read_default(in, element, info.place, property);
    } else {
        struct val set = memory_field(in, element, "set_default");

        if (val_truth(&set) == 1) {
            property->def = unevaluated(property, &info);
        }
    }
}

void properties_bind_table(struct interp *in, struct object *owner,
                           struct val table, int64_t n)
{
    struct place array;

    if (val_is_zero(&table)) {
        return;
    }
    if (table.kind != VAL_POINTER) {
        g_autofree char *text = table.node ? ir_to_text(table.node) : NULL;

        interp_gap(in, "table not bound: '%s'", text ? text : "?");
        return;
    }
    array = place_array(in, table.place);
    if (array.object->sym && array.object->sym->undefined) {
        interp_gap(in, "table not bound: '%s'",
                   array.object->sym->symbol->name);
        return;
    }
    for (int64_t i = 0; i < (n < 0 ? MAX_ELEMENTS : n); i++) {
        struct place element = place_index(in, array, i);
        struct val name = memory_field(in, element, "name");

        if (val_is_zero(&name) || !memory_find(element) ||
            !interp_step(in)) {
            return;
        }
        properties_bind(in, owner, element);
    }
}

/* --- Tables that are assigned -------------------------------------------- */

static struct place assigned_table(struct interp *in,
                                   const struct qtype *type)
{
    return place_member(in, (struct place){ type->klass, "" }, "props",
                        "DeviceClass");
}

bool properties_is_class_table(struct interp *in, const struct object *owner,
                               struct place element)
{
    struct place array = place_array(in, element);

    for (const struct qtype *type = owner->type; type; type = type->parent) {
        struct val table = memory_load(in, assigned_table(in, type));

        if (table.kind == VAL_POINTER && table.place.object == array.object &&
            place_array(in, table.place).path == array.path) {
            return true;
        }
    }
    return false;
}

void properties_bind_assigned(struct interp *in, struct qtype *type)
{
    struct place place = assigned_table(in, type);
    struct val table = memory_load(in, place), inherited = val_int(0);
    struct frame frame = { .function = type->class_init.function,
                           .first = in->bindings->len };
    struct ir_loc loc = in->loc;

    if (type->parent && type->parent->klass) {
        inherited = memory_load(in, assigned_table(in, type->parent));
    }
    if (val_is_zero(&table) || val_same(&table, &inherited) ||
        !frame.function || !memory_find(place)) {
        return;
    }
    frame.caller = in->frame;
    in->frame = &frame;
    in->loc = memory_find(place)->loc;
    properties_bind_table(in, type->klass, table, -1);
    in->loc = loc;
    in->frame = frame.caller;
}
