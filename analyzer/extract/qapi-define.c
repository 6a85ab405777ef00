/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Expressions of the schema → types, commands and events, by name only.
 */
#include "extract/qapi-schema.h"

#include <string.h>

/* Where an expression stands: for gaps and as the home of what it defines. */
struct place {
    struct qapi_schema *schema;
    struct qapi_module *module;
    struct qapi_module *home;
    guint line;
};

static void add_members(const struct place *place, const char *owner,
                        const struct qapi_value *dict, GPtrArray *members);

struct qapi_type *qapi_add_type(struct qapi_schema *schema,
                                enum qapi_type_kind kind, const char *name,
                                struct qapi_module *home)
{
    struct qapi_type *type = g_new0(struct qapi_type, 1);
    g_autofree char *c_name = qapi_c_name(&schema->dialect, name, true);
    g_autofree char *c_type =
        g_strconcat(c_name, kind == QAPI_TYPE_ENUM ? " " : " *", NULL);

    type->kind = kind;
    type->name = qapi_keep(schema, name);
    type->c_name = qapi_keep(schema, c_name);
    type->c_type = qapi_keep(schema, c_type);
    type->home = type->module = home;
    type->members = g_ptr_array_new_with_free_func(g_free);
    g_ptr_array_add(schema->types, type);
    g_hash_table_insert(schema->by_name, g_strdup(name), type);
    if (home) {
        g_ptr_array_add(home->types, type);
    }
    return type;
}

struct qapi_member *qapi_add_member(struct qapi_schema *schema,
                                    GPtrArray *members, const char *name)
{
    struct qapi_member *member = g_new0(struct qapi_member, 1);
    g_autofree char *c_name = qapi_c_name(&schema->dialect, name, true);

    member->name = qapi_keep(schema, name);
    member->c_name = qapi_keep(schema, c_name);
    g_ptr_array_add(members, member);
    return member;
}

static bool check_name(const struct place *place, const char *name)
{
    if (name && qapi_name_ok(name)) {
        return true;
    }
    g_autofree char *quoted = qapi_quote(name ? name : "");
    qapi_gap(place->schema, place->module, place->line,
             "'%s' is no name", quoted);
    return false;
}

static const char *get_condition(const struct place *place,
                                 const struct qapi_value *value)
{
    bool bad;
    g_autofree char *condition = qapi_condition(qapi_get(value, "if"), &bad);

    if (bad) {
        qapi_gap(place->schema, place->module, value->line,
                 "condition not understood, taken as true");
    }
    return condition ? qapi_keep(place->schema, condition) : NULL;
}

static struct qapi_type *define_type(const struct place *place,
                                     enum qapi_type_kind kind,
                                     const char *name)
{
    if (!check_name(place, name)) {
        return NULL;
    }
    if (g_ascii_isdigit(*name) || *name == '.' || *name == '-') {
        qapi_gap(place->schema, place->module, place->line,
                 "'%s' is no name of a type", name);
        return NULL;
    }
    if (g_hash_table_contains(place->schema->by_name, name)) {
        qapi_gap(place->schema, place->module, place->line,
                 "'%s' is already defined", name);
        return NULL;
    }
    struct qapi_type *type = qapi_add_type(place->schema, kind, name,
                                           place->home);
    type->module = place->module;
    type->line = place->line;
    return type;
}

static void add_features(const struct place *place,
                         const struct qapi_value *value)
{
    const struct qapi_value *features = qapi_get(value, "features");

    for (guint i = 0;
         features && features->kind == QAPI_LIST && i < features->items->len;
         i++) {
        const struct qapi_value *item = features->items->pdata[i];
        const char *name = item->kind == QAPI_STRING
                           ? item->string : qapi_get_string(item, "name");

        if (check_name(place, name)) {
            char *constant =
                qapi_enum_const(&place->schema->dialect, "qapi_feature",
                                NULL, name);
            g_ptr_array_add(place->schema->features,
                            constant);
        }
    }
}

/* 'T' or ['T']. */
static bool set_type_name(const struct place *place,
                          struct qapi_member *member,
                          const struct qapi_value *value)
{
    member->array = value && value->kind == QAPI_LIST &&
                    value->items->len == 1;
    if (member->array) {
        value = value->items->pdata[0];
    }
    if (!value || value->kind != QAPI_STRING ||
        !check_name(place, value->string)) {
        return false;
    }
    member->type_name = value->string;
    return true;
}

/* A struct without a name of its own: parameters, bases, wrappers. */
static struct qapi_type *implicit_type(const struct place *place,
                                       const char *owner, const char *role,
                                       const char *condition)
{
    g_autofree char *name = g_strdup_printf("q_obj_%s-%s", owner, role);
    struct qapi_type *type = define_type(place, QAPI_TYPE_OBJECT, name);

    if (type) {
        type->implicit = true;
        type->condition = condition;
    }
    return type;
}

/* Before v2.4 a member's type could be spelled out in its place. */
static bool set_nested(const struct place *place, const char *owner,
                       struct qapi_member *member,
                       const struct qapi_value *value)
{
    struct qapi_type *type = implicit_type(place, owner, member->name, NULL);

    if (!type) {
        return false;
    }
    add_members(place, type->name, value, type->members);
    member->type_name = type->name;
    member->nested = true;
    return true;
}

static bool set_member_type(const struct place *place, const char *owner,
                            struct qapi_member *member,
                            const struct qapi_value *value)
{
    const struct qapi_value *type = qapi_get(value, "type");

    if (type && type->kind != QAPI_DICT) {
        member->condition = get_condition(place, value);
        add_features(place, value);
        return set_type_name(place, member, type);
    }
    if (value->kind == QAPI_DICT) {
        return set_nested(place, owner, member, value);
    }
    return set_type_name(place, member, value);
}

static void add_members(const struct place *place, const char *owner,
                        const struct qapi_value *dict, GPtrArray *members)
{
    for (guint i = 0; i < dict->items->len; i++) {
        const char *name = dict->keys->pdata[i];
        const struct qapi_value *value = dict->items->pdata[i];
        struct place here = *place;
        bool optional = *name == '*';

        here.line = value->line;
        if (!check_name(&here, name + optional)) {
            continue;
        }
        struct qapi_member *member = qapi_add_member(place->schema, members,
                                                     name + optional);
        member->optional = optional;
        if (!set_member_type(&here, owner, member, value)) {
            qapi_gap(place->schema, place->module, value->line,
                     "type of member '%s' not understood", member->name);
            g_ptr_array_set_size(members, (gint)members->len - 1);
        }
    }
}

static void define_enum(const struct place *place,
                        const struct qapi_value *value)
{
    struct qapi_type *type = define_type(place, QAPI_TYPE_ENUM,
                                         qapi_get_string(value, "enum"));
    const struct qapi_value *data = qapi_get(value, "data");
    const char *prefix = qapi_get_string(value, "prefix");

    if (!type) {
        return;
    }
    type->condition = get_condition(place, value);
    if (prefix && (!qapi_identifier_ok(prefix))) {
        qapi_gap(place->schema, place->module, place->line,
                 "prefix of '%s' is no identifier", type->name);
        prefix = NULL;
    }
    type->prefix = prefix;
    for (guint i = 0;
         data && data->kind == QAPI_LIST && i < data->items->len; i++) {
        const struct qapi_value *item = data->items->pdata[i];
        const char *name = item->kind == QAPI_STRING
                           ? item->string : qapi_get_string(item, "name");

        if (check_name(place, name)) {
            struct qapi_member *member =
                qapi_add_member(place->schema, type->members, name);

            member->condition = get_condition(place, item);
            add_features(place, item);
        }
    }
}

static const struct qapi_value *get_data(const struct place *place,
                                         const struct qapi_value *value)
{
    const struct qapi_value *data = qapi_get(value, "data");

    if (data && data->kind == QAPI_DICT) {
        return data;
    }
    qapi_gap(place->schema, place->module, place->line,
             "'data' is no dictionary");
    return NULL;
}

static void define_struct(const struct place *place,
                          const struct qapi_value *value, const char *name)
{
    const struct qapi_value *data = get_data(place, value);
    struct qapi_type *type =
        data ? define_type(place, QAPI_TYPE_OBJECT, name) : NULL;

    if (!type) {
        return;
    }
    type->condition = get_condition(place, value);
    type->base_name = qapi_get_string(value, "base");
    add_members(place, name, data, type->members);
}

/* The tag of a union without discriminator: one value for each branch. */
static struct qapi_type *define_kind(const struct place *place,
                                     const struct qapi_type *owner)
{
    g_autofree char *name = g_strconcat(owner->name, "Kind", NULL);
    struct qapi_type *kind = define_type(place, QAPI_TYPE_ENUM, name);

    if (!kind) {
        return NULL;
    }
    kind->condition = owner->condition;
    for (guint i = 0; i < owner->branches->len; i++) {
        const struct qapi_member *branch = owner->branches->pdata[i];

        qapi_add_member(place->schema, kind->members, branch->name)
            ->condition = branch->condition;
    }
    return kind;
}

/* From v2.6 a simple union's branch is a struct around member 'data'. */
static void wrap_branches(const struct place *place,
                          const struct qapi_type *type)
{
    for (guint i = 0; i < type->branches->len; i++) {
        struct qapi_member *branch = type->branches->pdata[i];
        g_autofree char *element =
            g_strconcat(branch->type_name, branch->array ? "List" : "", NULL);
        g_autofree char *name =
            g_strdup_printf("q_obj_%s-wrapper", element);

        if (!g_hash_table_contains(place->schema->by_name, name)) {
            struct qapi_type *wrapper =
                implicit_type(place, element, "wrapper", NULL);
            if (!wrapper) {
                continue;
            }
            struct qapi_member *data =
                qapi_add_member(place->schema, wrapper->members, "data");
            data->type_name = branch->type_name;
            data->array = branch->array;
            wrapper->wraps = data;
        }
        branch->type_name = qapi_keep(place->schema, name);
        branch->array = false;
    }
}

static void add_tag(const struct place *place, struct qapi_type *type,
                    const char *type_name)
{
    struct qapi_member *tag =
        qapi_add_member(place->schema, type->members,
                        place->schema->dialect.union_kind ? "kind" : "type");

    tag->type_name = type_name;
    type->tag_name = tag->name;
}

static void define_simple(const struct place *place, struct qapi_type *type)
{
    const struct qapi_type *kind = define_kind(place, type);

    if (kind) {
        add_tag(place, type, kind->name);
    }
    if (!place->schema->dialect.union_boxed) {
        wrap_branches(place, type);
    }
}

static void define_base(const struct place *place, struct qapi_type *type,
                        const struct qapi_value *base)
{
    if (base && base->kind == QAPI_DICT) {
        struct qapi_type *implicit =
            implicit_type(place, type->name, "base", type->condition);

        if (implicit) {
            add_members(place, implicit->name, base, implicit->members);
            type->base_name = implicit->name;
        }
    } else if (base && base->kind == QAPI_STRING) {
        type->base_name = base->string;
    }
}

static void define_alternate(const struct place *place,
                             const struct qapi_value *value,
                             const char *name)
{
    const struct qapi_value *data = get_data(place, value);
    struct qapi_type *type =
        data ? define_type(place, QAPI_TYPE_ALTERNATE, name) : NULL;

    if (!type) {
        return;
    }
    type->condition = get_condition(place, value);
    type->branches = g_ptr_array_new_with_free_func(g_free);
    add_members(place, name, data, type->branches);
    if (place->schema->dialect.qtype) {
        add_tag(place, type, "QType");
    } else {
        const struct qapi_type *kind = define_kind(place, type);

        if (kind) {
            add_tag(place, type, kind->name);
        }
    }
}

static void define_union(const struct place *place,
                         const struct qapi_value *value)
{
    const struct qapi_value *tag = qapi_get(value, "discriminator");
    const char *name = qapi_get_string(value, "union");

    /* Before v2.4 an alternate was a union with an empty discriminator. */
    if (tag && tag->kind == QAPI_DICT) {
        define_alternate(place, value, name);
        return;
    }
    const struct qapi_value *data = get_data(place, value);
    struct qapi_type *type =
        data ? define_type(place, QAPI_TYPE_OBJECT, name) : NULL;
    if (!type) {
        return;
    }
    type->condition = get_condition(place, value);
    type->branches = g_ptr_array_new_with_free_func(g_free);
    add_members(place, name, data, type->branches);
    define_base(place, type, qapi_get(value, "base"));
    if (!tag) {
        define_simple(place, type);
    } else if (tag->kind == QAPI_STRING && check_name(place, tag->string)) {
        type->tag_name = tag->string;
    }
}

static bool is_false(const struct qapi_value *value)
{
    return value && ((value->kind == QAPI_BOOL && !value->boolean) ||
                     (value->kind == QAPI_STRING &&
                      !strcmp(value->string, "no")));
}

static void set_arguments(const struct place *place, struct qapi_call *call,
                          const struct qapi_value *data)
{
    if (data && data->kind == QAPI_STRING &&
        check_name(place, data->string)) {
        call->arg_name = data->string;
    } else if (data && data->kind == QAPI_DICT && data->items->len) {
        struct qapi_type *type =
            implicit_type(place, call->name, "arg", call->condition);

        if (type) {
            add_members(place, type->name, data, type->members);
            call->arg_name = type->name;
        }
    }
}

static struct qapi_call *define_call(const struct place *place,
                                     const struct qapi_value *value,
                                     const char *name)
{
    const struct qapi_value *boxed = qapi_get(value, "boxed");

    if (!check_name(place, name)) {
        return NULL;
    }
    struct qapi_call *call = g_new0(struct qapi_call, 1);
    g_autofree char *c_name =
        qapi_c_name(&place->schema->dialect, name, true);
    call->name = name;
    call->c_name = qapi_keep(place->schema, c_name);
    call->condition = get_condition(place, value);
    call->module = place->module;
    call->line = place->line;
    call->boxed = boxed && boxed->kind == QAPI_BOOL && boxed->boolean;
    g_ptr_array_add(place->schema->calls, call);
    set_arguments(place, call, qapi_get(value, "data"));
    return call;
}

static void define_command(const struct place *place,
                           const struct qapi_value *value, const char *name)
{
    const struct qapi_value *returns = qapi_get(value, "returns");

    /* Its prototype is written by hand. */
    if (is_false(qapi_get(value, "gen"))) {
        return;
    }
    struct qapi_call *call = define_call(place, value, name);
    if (!call) {
        return;
    }
    g_ptr_array_add(place->home->commands, call);
    if (returns) {
        call->ret = g_new0(struct qapi_member, 1);
        call->ret->name = call->name;
        if (!set_type_name(place, call->ret, returns)) {
            g_clear_pointer(&call->ret, g_free);
        }
    }
}

static void define_event(const struct place *place,
                         const struct qapi_value *value, const char *name)
{
    struct qapi_call *call = define_call(place, value, name);

    if (call) {
        g_ptr_array_add(place->home->events, call);
    }
}

void qapi_define(struct qapi_schema *schema,
                 const struct qapi_expression *expression)
{
    const struct qapi_value *value = expression->value;
    const struct place place = {
        .schema = schema,
        .module = expression->module,
        .home = schema->dialect.modular ? expression->module
                                        : schema->modules->pdata[0],
        .line = value->line,
    };
    const char *name;

    add_features(&place, value);
    if (qapi_get(value, "enum")) {
        define_enum(&place, value);
    } else if (qapi_get(value, "union")) {
        define_union(&place, value);
    } else if ((name = qapi_get_string(value, "alternate"))) {
        define_alternate(&place, value, name);
    } else if ((name = qapi_get_string(value, "command"))) {
        define_command(&place, value, name);
    } else if ((name = qapi_get_string(value, "event"))) {
        define_event(&place, value, name);
    } else if ((name = qapi_get_string(value, "struct")) ||
               (name = qapi_get_string(value, "type"))) {
        define_struct(&place, value, name);
    } else {
        qapi_gap(schema, expression->module, value->line,
                 "expression not understood");
    }
}

static void define_qtype(struct qapi_schema *schema)
{
    static const char *const old[] = {
        "none", "qnull", "qint", "qstring", "qdict", "qlist", "qfloat",
        "qbool", NULL
    };
    static const char *const new[] = {
        "none", "qnull", "qnum", "qstring", "qdict", "qlist", "qbool", NULL
    };
    struct qapi_type *type = qapi_add_type(schema, QAPI_TYPE_ENUM, "QType",
                                           schema->builtin);

    type->prefix = "QTYPE";
    for (const char *const *name = schema->dialect.qtype_qnum ? new : old;
         *name; name++) {
        qapi_add_member(schema, type->members, *name);
    }
}

void qapi_define_builtin(struct qapi_schema *schema)
{
    static const struct {
        const char *name, *c_type;
    } builtin[] = {
        { "str", "char *" },       { "number", "double " },
        { "int", "int64_t " },     { "int8", "int8_t " },
        { "int16", "int16_t " },   { "int32", "int32_t " },
        { "int64", "int64_t " },   { "uint8", "uint8_t " },
        { "uint16", "uint16_t " }, { "uint32", "uint32_t " },
        { "uint64", "uint64_t " }, { "size", "uint64_t " },
        { "bool", "bool " },       { "any", "QObject *" },
        { "null", "QNull *" },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(builtin); i++) {
        qapi_add_type(schema, QAPI_TYPE_BUILTIN, builtin[i].name,
                      schema->builtin)->c_type = builtin[i].c_type;
    }
    schema->event_enum = qapi_add_type(schema, QAPI_TYPE_ENUM, "QAPIEvent",
                                       NULL);
    if (schema->dialect.qtype) {
        define_qtype(schema);
    }
}
