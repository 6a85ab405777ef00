/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The QAPI reader's door and the life of a schema.
 */
#include "extract/qapi-schema.h"

static void module_free(gpointer data)
{
    struct qapi_module *module = data;

    g_ptr_array_unref(module->includes);
    g_ptr_array_unref(module->types);
    g_ptr_array_unref(module->commands);
    g_ptr_array_unref(module->events);
    g_string_free(module->forward, TRUE);
    g_string_free(module->body, TRUE);
    g_free(module);
}

static void expression_free(gpointer data)
{
    struct qapi_expression *expression = data;

    qapi_value_free(expression->value);
    g_free(expression);
}

static void type_free(gpointer data)
{
    struct qapi_type *type = data;

    g_ptr_array_unref(type->members);
    g_clear_pointer(&type->branches, g_ptr_array_unref);
    g_free(type);
}

static void call_free(gpointer data)
{
    struct qapi_call *call = data;

    g_free(call->ret);
    g_free(call);
}

static void file_free(gpointer data)
{
    struct qapi_file *file = data;

    g_free(file->path);
    g_free(file->text);
    g_free(file);
}

static void schema_init(struct qapi_schema *schema, qapi_read_fn read,
                        void *opaque)
{
    *schema = (struct qapi_schema) {
        .read = read,
        .opaque = opaque,
        .strings = g_string_chunk_new(4096),
        .by_path = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
                                         module_free),
        .modules = g_ptr_array_new(),
        .expressions = g_ptr_array_new_with_free_func(expression_free),
        .by_name = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
                                         NULL),
        .types = g_ptr_array_new_with_free_func(type_free),
        .calls = g_ptr_array_new_with_free_func(call_free),
        .features = g_ptr_array_new_with_free_func(g_free),
        .output = g_new0(struct qapi_output, 1),
    };
    schema->output->files = g_ptr_array_new_with_free_func(file_free);
    schema->output->gaps = g_ptr_array_new_with_free_func(g_free);
    schema->builtin = qapi_module_new(schema, "builtin.json", "qapi");
    g_hash_table_insert(schema->by_path, g_strdup(""), schema->builtin);
}

static void schema_clear(struct qapi_schema *schema)
{
    g_ptr_array_unref(schema->expressions);
    g_ptr_array_unref(schema->types);
    g_ptr_array_unref(schema->calls);
    g_ptr_array_unref(schema->features);
    g_ptr_array_unref(schema->modules);
    g_hash_table_unref(schema->by_name);
    g_hash_table_unref(schema->by_path);
    g_string_chunk_free(schema->strings);
}

static void generate(struct qapi_schema *schema)
{
    qapi_define_builtin(schema);
    qapi_load(schema, schema->dialect.modular ? "qapi/" : "",
              "qapi-schema.json");
    for (guint i = 0; i < schema->expressions->len; i++) {
        qapi_define(schema, schema->expressions->pdata[i]);
    }
    qapi_resolve(schema);
    qapi_emit_headers(schema);
}

struct qapi_output *qapi_generate(qapi_read_fn read, void *opaque)
{
    struct qapi_schema schema;

    schema_init(&schema, read, opaque);
    if (qapi_dialect_detect(&schema.dialect, read, opaque)) {
        generate(&schema);
    }
    schema_clear(&schema);
    return schema.output;
}

void qapi_output_free(struct qapi_output *output)
{
    if (output) {
        g_ptr_array_unref(output->files);
        g_ptr_array_unref(output->gaps);
        g_free(output);
    }
}

const char *qapi_keep(struct qapi_schema *schema, const char *text)
{
    return g_string_chunk_insert_const(schema->strings, text);
}

char *qapi_quote(const char *text)
{
    g_autofree char *head = g_strndup(text, QAPI_MAX_NAME);

    return g_strescape(head, NULL);
}

void qapi_gap(struct qapi_schema *schema, const struct qapi_module *module,
              guint line, const char *format, ...)
{
    GPtrArray *gaps = schema->output->gaps;
    va_list args;

    if (gaps->len >= QAPI_MAX_GAPS) {
        if (gaps->len == QAPI_MAX_GAPS) {
            g_ptr_array_add(gaps, g_strdup_printf("%s: and more gaps",
                                                  module->path));
        }
        return;
    }
    va_start(args, format);
    g_autofree char *text = g_strdup_vprintf(format, args);
    va_end(args);
    g_ptr_array_add(gaps, line
        ? g_strdup_printf("%s:%u: %s", module->path, line, text)
        : g_strdup_printf("%s: %s", module->path, text));
}
