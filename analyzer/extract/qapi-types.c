/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Types → C declarations: enumerations and names first, then bodies, those
 * that others contain before them.
 */
#include "extract/qapi-schema.h"

#include <string.h>

static void emit_object(struct qapi_schema *schema, struct qapi_type *type,
                        guint depth);

bool qapi_room(struct qapi_schema *schema, gsize wanted)
{
    if (schema->output_size > QAPI_MAX_OUTPUT) {
        return false;
    }
    schema->output_size += wanted;
    if (schema->output_size > QAPI_MAX_OUTPUT) {
        qapi_gap(schema, schema->builtin, 0,
                 "declarations are too large, the rest is left out");
        return false;
    }
    return true;
}

static void commit(struct qapi_schema *schema, GString *out,
                   const GString *text)
{
    if (qapi_room(schema, text->len)) {
        g_string_append_len(out, text->str, (gssize)text->len);
    }
}

static bool is_unboxed(const struct qapi_schema *schema,
                       const struct qapi_member *branch)
{
    return !schema->dialect.union_boxed &&
           branch->type->kind == QAPI_TYPE_OBJECT;
}

static void emit_member(const struct qapi_schema *schema, GString *out,
                        const struct qapi_member *member)
{
    qapi_if(out, member->condition);
    if (qapi_need_has(schema, member)) {
        g_string_append_printf(out, "    bool has_%s;\n", member->c_name);
    }
    if (member->nested) {
        g_string_append_printf(out, "    %s %s;\n", member->type->c_name,
                               member->c_name);
    } else {
        g_string_append_printf(out, "    %s%s;\n", member->type->c_type,
                               member->c_name);
    }
    qapi_endif(out, member->condition);
}

static void emit_members(const struct qapi_schema *schema, GString *out,
                         const GPtrArray *members, const char *except)
{
    for (guint i = 0; i < members->len; i++) {
        const struct qapi_member *member = members->pdata[i];

        if (!except || strcmp(member->name, except)) {
            emit_member(schema, out, member);
        }
    }
}

static void emit_branches(const struct qapi_schema *schema, GString *out,
                          const struct qapi_type *type)
{
    g_string_append(out, "    union {\n");
    if (schema->dialect.union_boxed) {
        g_string_append(out, "        void *data;\n");
    }
    for (guint i = 0; i < type->branches->len; i++) {
        const struct qapi_member *branch = type->branches->pdata[i];
        const struct qapi_type *target = branch->type;

        qapi_if(out, branch->condition);
        if (is_unboxed(schema, branch)) {
            g_string_append_printf(out, "        %s %s;\n", target->c_name,
                                   branch->c_name);
        } else {
            g_string_append_printf(out, "        %s%s;\n", target->c_type,
                                   branch->c_name);
        }
        qapi_endif(out, branch->condition);
    }
    g_string_append(out, schema->dialect.union_kind ? "    };\n"
                                                    : "    } u;\n");
}

/* The oldest unions: the tag, whatever its name, is "kind" and comes first,
 * the other members of the base come last. */
static void emit_kind_union(const struct qapi_schema *schema, GString *out,
                            const struct qapi_type *type)
{
    g_autoptr(GPtrArray) inherited = qapi_all_members(type);

    for (guint i = 0; type->tag_name && i < inherited->len; i++) {
        const struct qapi_member *member = inherited->pdata[i];

        if (!strcmp(member->name, type->tag_name)) {
            g_string_append_printf(out, "    %skind;\n",
                                   member->type->c_type);
            break;
        }
    }
    emit_branches(schema, out, type);
    emit_members(schema, out, inherited, type->tag_name);
}

static void emit_body(const struct qapi_schema *schema, GString *out,
                      const struct qapi_type *type)
{
    if (schema->dialect.union_kind && type->branches) {
        emit_kind_union(schema, out, type);
        return;
    }
    if (type->base && schema->dialect.base_boxed) {
        g_string_append_printf(out, "    %sbase;\n", type->base->c_type);
    } else if (type->base) {
        g_autoptr(GPtrArray) inherited = qapi_all_members(type->base);

        emit_members(schema, out, inherited, NULL);
    }
    emit_members(schema, out, type->members, NULL);
    if (type->branches) {
        emit_branches(schema, out, type);
    }
    if (qapi_type_is_empty(type)) {
        g_string_append(out, "    char qapi_dummy_for_empty_struct;\n");
    }
}

static void emit_contained(struct qapi_schema *schema,
                           const struct qapi_type *type, guint depth)
{
    for (guint i = 0; type->branches && i < type->branches->len; i++) {
        const struct qapi_member *branch = type->branches->pdata[i];

        if (is_unboxed(schema, branch) && branch->type->home == type->home) {
            emit_object(schema, branch->type, depth + 1);
        }
    }
    for (guint i = 0; i < type->members->len; i++) {
        const struct qapi_member *member = type->members->pdata[i];

        if (member->nested) {
            emit_object(schema, member->type, depth + 1);
        }
    }
}

static void emit_functions(const struct qapi_schema *schema, GString *out,
                           const struct qapi_type *type)
{
    const char *name = type->c_name;

    if (type->kind == QAPI_TYPE_OBJECT && type->base &&
        !type->base->implicit && !schema->dialect.base_boxed) {
        const char *base = type->base->c_name;

        g_string_append_printf(out,
            "static inline %s *qapi_%s_base(const %s *obj)\n"
            "{\n    return (%s *)obj;\n}\n", base, name, name, base);
    }
    if (!type->implicit) {
        g_string_append_printf(out, "void qapi_free_%s(%s *obj);\n", name,
                               name);
        if (schema->dialect.autoptr) {
            g_string_append_printf(out,
                "G_DEFINE_AUTOPTR_CLEANUP_FUNC(%s, qapi_free_%s)\n", name,
                name);
        }
    }
}

static void emit_object(struct qapi_schema *schema, struct qapi_type *type,
                        guint depth)
{
    g_autoptr(GString) text = g_string_new(NULL);

    if (type->emitted == QAPI_DONE || !qapi_room(schema, 0)) {
        return;
    }
    if (type->emitted == QAPI_ACTIVE || depth > QAPI_MAX_DEPTH) {
        qapi_gap(schema, type->module, type->line,
                 "'%s' contains itself or is nested too deeply", type->name);
        return;
    }
    type->emitted = QAPI_ACTIVE;
    emit_contained(schema, type, depth);
    qapi_if(text, type->condition);
    g_string_append_printf(text, "struct %s {\n", type->c_name);
    emit_body(schema, text, type);
    g_string_append(text, "};\n");
    emit_functions(schema, text, type);
    qapi_endif(text, type->condition);
    commit(schema, type->home->body, text);
    type->emitted = QAPI_DONE;
}

static void emit_array(struct qapi_schema *schema, struct qapi_type *type)
{
    g_autoptr(GString) text = g_string_new(NULL);

    qapi_if(text, type->condition);
    g_string_append_printf(text, "struct %s {\n    %s *next;\n    %svalue;\n"
                           "};\n", type->c_name, type->c_name,
                           type->element->c_type);
    emit_functions(schema, text, type);
    qapi_endif(text, type->condition);
    commit(schema, type->home->body, text);
}

static void emit_forward(struct qapi_schema *schema, struct qapi_type *type)
{
    g_autoptr(GString) text = g_string_new(NULL);

    if (type->kind == QAPI_TYPE_ENUM) {
        qapi_emit_enum(schema, text, type);
    } else if (type->kind != QAPI_TYPE_BUILTIN) {
        qapi_if(text, type->condition);
        g_string_append_printf(text, "typedef struct %s %s;\n", type->c_name,
                               type->c_name);
        qapi_endif(text, type->condition);
    }
    commit(schema, type->home->forward, text);
}

void qapi_emit_types(struct qapi_schema *schema, struct qapi_module *module)
{
    for (guint i = 0; i < module->types->len; i++) {
        struct qapi_type *type = module->types->pdata[i];

        emit_forward(schema, type);
        if (type->kind == QAPI_TYPE_ARRAY) {
            emit_array(schema, type);
        } else if (type->kind == QAPI_TYPE_OBJECT ||
                   type->kind == QAPI_TYPE_ALTERNATE) {
            emit_object(schema, type, 0);
        }
    }
}
