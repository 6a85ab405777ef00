/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Names of types → types.  What does not resolve is a gap and goes away.
 */
#include "extract/qapi-schema.h"

static struct qapi_type *find_type(struct qapi_schema *schema,
                                   const char *name)
{
    return g_hash_table_lookup(schema->by_name, name);
}

/* XList comes into being where it is first used; its home is that of X. */
static struct qapi_type *array_of(struct qapi_schema *schema,
                                  struct qapi_type *element)
{
    g_autofree char *name = g_strconcat(element->name, "List", NULL);
    struct qapi_type *type = find_type(schema, name);

    if (type) {
        return type->kind == QAPI_TYPE_ARRAY && type->element == element
               ? type : NULL;
    }
    type = qapi_add_type(schema, QAPI_TYPE_ARRAY, name, element->home);
    type->element = element;
    type->condition = element->condition;
    return type;
}

static bool resolve_member(struct qapi_schema *schema,
                           struct qapi_member *member,
                           const struct qapi_module *module, guint line)
{
    struct qapi_type *type = find_type(schema, member->type_name);

    if (type && member->array) {
        type = array_of(schema, type);
    }
    member->type = type;
    if (!type) {
        qapi_gap(schema, module, line, "'%s' has unknown type '%s'",
                 member->name, member->type_name);
    }
    return type != NULL;
}

static void resolve_members(struct qapi_schema *schema,
                            const struct qapi_type *owner,
                            GPtrArray *members)
{
    guint kept = 0;

    for (guint i = 0; members && i < members->len; i++) {
        struct qapi_member *member = members->pdata[i];

        if (!member->type_name ||
            resolve_member(schema, member, owner->module, owner->line)) {
            /* Swap, so that what goes away gathers at the end. */
            members->pdata[i] = members->pdata[kept];
            members->pdata[kept++] = member;
        }
    }
    if (members) {
        g_ptr_array_set_size(members, (gint)kept);
    }
}

static void resolve_base(struct qapi_schema *schema, struct qapi_type *type)
{
    if (!type->base_name) {
        return;
    }
    type->base = find_type(schema, type->base_name);
    if (!type->base || type->base->kind != QAPI_TYPE_OBJECT ||
        type->base->branches) {
        g_autofree char *quoted = qapi_quote(type->base_name);

        qapi_gap(schema, type->module, type->line,
                 "base '%s' of '%s' is no struct", quoted, type->name);
        type->base = NULL;
    }
}

static void check_base_chain(struct qapi_schema *schema,
                             struct qapi_type *type)
{
    const struct qapi_type *base = type->base;

    for (guint depth = 0; base; base = base->base) {
        if (base == type || ++depth > QAPI_MAX_DEPTH) {
            qapi_gap(schema, type->module, type->line,
                     "bases of '%s' nested too deeply", type->name);
            type->base = NULL;
            return;
        }
    }
}

static void resolve_call(struct qapi_schema *schema, struct qapi_call *call)
{
    if (call->arg_name) {
        call->arg = find_type(schema, call->arg_name);
        if (!call->arg || (call->arg->kind != QAPI_TYPE_OBJECT &&
                           call->arg->kind != QAPI_TYPE_ALTERNATE)) {
            qapi_gap(schema, call->module, call->line,
                     "arguments of '%s' have unknown type '%s'", call->name,
                     call->arg_name);
            call->arg = NULL;
        }
    }
    if (call->ret &&
        !resolve_member(schema, call->ret, call->module, call->line)) {
        g_clear_pointer(&call->ret, g_free);
    }
}

static void add_arrays(struct qapi_schema *schema)
{
    guint n = schema->types->len;

    for (guint i = 0; i < n; i++) {
        struct qapi_type *type = schema->types->pdata[i];

        if (type->kind == QAPI_TYPE_BUILTIN ||
            (schema->dialect.all_lists && type->home && !type->implicit)) {
            array_of(schema, type);
        }
    }
}

void qapi_resolve(struct qapi_schema *schema)
{
    add_arrays(schema);
    for (guint i = 0; i < schema->types->len; i++) {
        struct qapi_type *type = schema->types->pdata[i];

        resolve_base(schema, type);
        resolve_members(schema, type, type->members);
        resolve_members(schema, type, type->branches);
    }
    for (guint i = 0; i < schema->types->len; i++) {
        struct qapi_type *type = schema->types->pdata[i];

        check_base_chain(schema, type);
        if (type->wraps && type->members->len) {
            type->condition = type->wraps->type->condition;
        }
    }
    for (guint i = 0; i < schema->calls->len; i++) {
        resolve_call(schema, schema->calls->pdata[i]);
    }
}

static void collect_members(const struct qapi_type *type, GPtrArray *out)
{
    if (type->base) {
        collect_members(type->base, out);
    }
    g_ptr_array_extend(out, type->members, NULL, NULL);
}

GPtrArray *qapi_all_members(const struct qapi_type *type)
{
    GPtrArray *out = g_ptr_array_new();

    collect_members(type, out);
    return out;
}

bool qapi_type_is_empty(const struct qapi_type *type)
{
    for (; type; type = type->base) {
        if (type->members->len || type->branches) {
            return false;
        }
    }
    return true;
}

bool qapi_need_has(const struct qapi_schema *schema,
                   const struct qapi_member *member)
{
    if (!member->optional || !schema->dialect.elide_has) {
        return member->optional;
    }
    return member->type->kind == QAPI_TYPE_ARRAY ||
           !g_str_has_suffix(member->type->c_type, "*");
}
