/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Enumerations and the tables of their names.
 */
#include "extract/qapi-schema.h"

void qapi_if(GString *out, const char *condition)
{
    if (condition) {
        g_string_append_printf(out, "#if %s\n", condition);
    }
}

void qapi_endif(GString *out, const char *condition)
{
    if (condition) {
        g_string_append(out, "#endif\n");
    }
}

static char *constant(const struct qapi_schema *schema,
                      const struct qapi_type *type, const char *value)
{
    return qapi_enum_const(&schema->dialect, type->name, type->prefix, value);
}

static char *max_constant(const struct qapi_schema *schema,
                          const struct qapi_type *type)
{
    return constant(schema, type, schema->dialect.enum_max ? "MAX" : "_MAX");
}

static void emit_lookup_declaration(const struct qapi_schema *schema,
                                    GString *out,
                                    const struct qapi_type *type)
{
    const char *name = type->c_name;

    if (schema->dialect.lookup_struct) {
        g_string_append_printf(out,
            "#define %s_str(val) qapi_enum_lookup(&%s_lookup, (val))\n"
            "extern const QEnumLookup %s_lookup;\n", name, name, name);
    } else {
        g_string_append_printf(out, "extern const char *%s%s_lookup[];\n",
            schema->dialect.lookup_const ? "const " : "", name);
    }
}

void qapi_emit_enum(struct qapi_schema *schema, GString *out,
                    const struct qapi_type *type)
{
    g_autofree char *max = max_constant(schema, type);

    qapi_if(out, type->condition);
    g_string_append_printf(out, "typedef enum %s {\n", type->c_name);
    for (guint i = 0; i < type->members->len; i++) {
        const struct qapi_member *member = type->members->pdata[i];
        g_autofree char *name = constant(schema, type, member->name);

        qapi_if(out, member->condition);
        g_string_append_printf(out, "    %s,\n", name);
        qapi_endif(out, member->condition);
    }
    g_string_append_printf(out, "    %s,\n} %s;\n", max, type->c_name);
    emit_lookup_declaration(schema, out, type);
    qapi_endif(out, type->condition);
}

void qapi_emit_lookup(struct qapi_schema *schema, GString *out,
                      const struct qapi_type *type)
{
    const struct qapi_dialect *dialect = &schema->dialect;
    g_autofree char *max = max_constant(schema, type);

    qapi_if(out, type->condition);
    if (dialect->lookup_struct) {
        g_string_append_printf(out, "const QEnumLookup %s_lookup = {\n"
                               "    .array = (const char *const[]) {\n",
                               type->c_name);
    } else {
        g_string_append_printf(out, "const char *%s%s_lookup[] = {\n",
                               dialect->lookup_const ? "const " : "",
                               type->c_name);
    }
    for (guint i = 0; i < type->members->len; i++) {
        const struct qapi_member *member = type->members->pdata[i];
        g_autofree char *name = constant(schema, type, member->name);

        qapi_if(out, member->condition);
        g_string_append_printf(out, "        [%s] = \"%s\",\n", name,
                               member->name);
        qapi_endif(out, member->condition);
    }
    if (dialect->lookup_struct) {
        g_string_append_printf(out, "    },\n    .size = %s\n};\n", max);
    } else {
        g_string_append_printf(out, "        [%s] = NULL,\n};\n", max);
    }
    qapi_endif(out, type->condition);
}
