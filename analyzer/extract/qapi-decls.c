/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Prototypes: visitors, commands, events.
 */
#include "extract/qapi-schema.h"

static void emit_visit(const struct qapi_schema *schema, GString *out,
                       const struct qapi_type *type)
{
    const char *result = schema->dialect.visit_bool ? "bool" : "void";
    const char *name = type->c_name;

    qapi_if(out, type->condition);
    if (type->kind == QAPI_TYPE_OBJECT) {
        g_string_append_printf(out,
            "%s visit_type_%s_members(Visitor *v, %s *obj, Error **errp);\n",
            result, name, name);
    }
    if (!type->implicit) {
        const char *stars = type->kind == QAPI_TYPE_ENUM ? "*" : "**";
        const char *format = schema->dialect.visit_name_last
            ? "%s visit_type_%s(Visitor *v, %s %sobj, const char *name, "
              "Error **errp);\n"
            : "%s visit_type_%s(Visitor *v, const char *name, %s %sobj, "
              "Error **errp);\n";

        g_string_append_printf(out, format, result, name, name, stars);
    }
    qapi_endif(out, type->condition);
}

void qapi_emit_visits(struct qapi_schema *schema, GString *out,
                      const struct qapi_module *module)
{
    for (guint i = 0; i < module->types->len && qapi_room(schema, 0); i++) {
        const struct qapi_type *type = module->types->pdata[i];
        gsize before = out->len;

        if (type->kind != QAPI_TYPE_BUILTIN) {
            emit_visit(schema, out, type);
            qapi_room(schema, out->len - before);
        }
    }
}

static void emit_parameter(const struct qapi_schema *schema, GString *out,
                           const struct qapi_member *member)
{
    bool is_str = !g_strcmp0(member->type->name, "str");

    if (qapi_need_has(schema, member)) {
        g_string_append_printf(out, "bool has_%s, ", member->c_name);
    }
    g_string_append_printf(out, "%s%s%s, ", is_str ? "const " : "",
                           member->type->c_type, member->c_name);
}

static void emit_parameters(const struct qapi_schema *schema, GString *out,
                            const struct qapi_call *call, const char *extra)
{
    gsize before = out->len;

    if (call->arg && call->boxed) {
        g_string_append_printf(out, "%s *arg, ", call->arg->c_name);
    } else if (call->arg) {
        g_autoptr(GPtrArray) members = qapi_all_members(call->arg);

        for (guint i = 0; i < members->len; i++) {
            emit_parameter(schema, out, members->pdata[i]);
        }
    }
    if (extra) {
        g_string_append(out, extra);
    } else if (out->len > before) {
        g_string_truncate(out, out->len - 2);
    } else {
        g_string_append(out, "void");
    }
}

static void emit_command(const struct qapi_schema *schema, GString *out,
                         const struct qapi_call *call)
{
    qapi_if(out, call->condition);
    g_string_append_printf(out, "%sqmp_%s(",
                           call->ret ? call->ret->type->c_type : "void ",
                           call->c_name);
    emit_parameters(schema, out, call, "Error **errp");
    g_string_append(out, ");\n");
    if (schema->dialect.marshal) {
        g_string_append_printf(out,
            "void qmp_marshal_%s(QDict *args, QObject **ret, Error **errp);\n",
            call->c_name);
    }
    qapi_endif(out, call->condition);
}

void qapi_emit_commands(struct qapi_schema *schema, GString *out,
                        const struct qapi_module *module)
{
    for (guint i = 0; i < module->commands->len && qapi_room(schema, 0);
         i++) {
        gsize before = out->len;

        emit_command(schema, out, module->commands->pdata[i]);
        qapi_room(schema, out->len - before);
    }
}

static void emit_event(const struct qapi_schema *schema, GString *out,
                       const struct qapi_call *call)
{
    g_autofree char *lower = g_ascii_strdown(call->name, -1);
    g_autofree char *c_name = qapi_c_name(&schema->dialect, lower, true);

    qapi_if(out, call->condition);
    g_string_append_printf(out, "void qapi_event_send_%s(", c_name);
    emit_parameters(schema, out, call,
                    schema->dialect.event_errp ? "Error **errp" : NULL);
    g_string_append(out, ");\n");
    qapi_endif(out, call->condition);
}

void qapi_emit_events(struct qapi_schema *schema, GString *out,
                      const struct qapi_module *module)
{
    for (guint i = 0; i < module->events->len && qapi_room(schema, 0); i++) {
        gsize before = out->len;

        emit_event(schema, out, module->events->pdata[i]);
        qapi_room(schema, out->len - before);
    }
}
