/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Schema files and their includes → expressions in the generator's order.
 */
#include "extract/qapi-schema.h"

#include <string.h>

static void load_module(struct qapi_schema *schema,
                        struct qapi_module *module, const char *dir,
                        guint depth);

struct qapi_module *qapi_module_new(struct qapi_schema *schema,
                                    const char *name, const char *path)
{
    struct qapi_module *module = g_new0(struct qapi_module, 1);

    module->name = qapi_keep(schema, name);
    module->path = qapi_keep(schema, path);
    module->includes = g_ptr_array_new();
    module->types = g_ptr_array_new();
    module->commands = g_ptr_array_new();
    module->events = g_ptr_array_new();
    module->forward = g_string_new(NULL);
    module->body = g_string_new(NULL);
    return module;
}

static struct qapi_module *find_module(struct qapi_schema *schema,
                                       const char *dir, const char *name)
{
    g_autofree char *path = g_strconcat(dir, name, NULL);
    struct qapi_module *module = g_hash_table_lookup(schema->by_path, path);

    if (!module) {
        module = qapi_module_new(schema, name, path);
        g_hash_table_insert(schema->by_path, g_strdup(path), module);
    }
    return module;
}

static char *resolve_include(const struct qapi_module *from, const char *name)
{
    const char *slash = strrchr(from->name, '/');

    return g_strdup_printf("%.*s%s",
                           slash ? (int)(slash - from->name) + 1 : 0,
                           from->name, name);
}

static void load_include(struct qapi_schema *schema,
                         struct qapi_module *module, const char *dir,
                         const struct qapi_value *include, guint depth)
{
    const char *name = include->kind == QAPI_STRING ? include->string : "";
    g_autofree char *quoted = qapi_quote(name);

    if (!qapi_path_ok(name)) {
        qapi_gap(schema, module, include->line,
                 "include of '%s' refused: no plain path", quoted);
        return;
    }
    g_autofree char *resolved = resolve_include(module, name);
    struct qapi_module *target = find_module(schema, dir, resolved);
    if (target->loading) {
        qapi_gap(schema, module, include->line, "inclusion loop for '%s'",
                 quoted);
        return;
    }
    if (depth >= QAPI_MAX_DEPTH) {
        qapi_gap(schema, module, include->line,
                 "include of '%s' nested too deeply", quoted);
        return;
    }
    if (!g_ptr_array_find(module->includes, target, NULL)) {
        g_ptr_array_add(module->includes, target);
    }
    if (!g_ptr_array_find(schema->modules, target, NULL)) {
        load_module(schema, target, dir, depth + 1);
    }
}

static GBytes *read_module(struct qapi_schema *schema,
                           const struct qapi_module *module)
{
    g_autoptr(GBytes) bytes = NULL;

    if (schema->modules->len > QAPI_MAX_FILES) {
        qapi_gap(schema, module, 0, "too many schema files");
        return NULL;
    }
    bytes = schema->read(module->path, schema->opaque);
    if (!bytes) {
        qapi_gap(schema, module, 0, "cannot be read");
        return NULL;
    }
    if (g_bytes_get_size(bytes) > QAPI_MAX_INPUT - schema->input) {
        qapi_gap(schema, module, 0, "schema is too large");
        return NULL;
    }
    schema->input += g_bytes_get_size(bytes);
    return g_steal_pointer(&bytes);
}

static void load_value(struct qapi_schema *schema,
                       struct qapi_module *module, const char *dir,
                       struct qapi_value *value, guint depth)
{
    struct qapi_value *include = qapi_get(value, "include");

    if (include) {
        load_include(schema, module, dir, include, depth);
    } else if (value->kind != QAPI_DICT) {
        qapi_gap(schema, module, value->line,
                 "expression is no dictionary");
    } else if (!qapi_get(value, "pragma")) {
        struct qapi_expression *expression =
            g_new0(struct qapi_expression, 1);

        expression->module = module;
        expression->value = value;
        g_ptr_array_add(schema->expressions, expression);
        return;
    }
    qapi_value_free(value);
}

static void load_module(struct qapi_schema *schema,
                        struct qapi_module *module, const char *dir,
                        guint depth)
{
    struct qapi_parser parser;
    gsize size;

    g_ptr_array_add(schema->modules, module);
    g_autoptr(GBytes) bytes = read_module(schema, module);
    if (!bytes) {
        return;
    }
    module->loading = true;
    const char *text = g_bytes_get_data(bytes, &size);
    qapi_parser_init(&parser, size ? text : "", size, schema->strings);
    for (;;) {
        struct qapi_value *value = qapi_parser_next(&parser);

        if (value) {
            load_value(schema, module, dir, value, depth);
        } else if (parser.error) {
            qapi_gap(schema, module, parser.error_line, "%s", parser.error);
        } else {
            break;
        }
    }
    module->loading = false;
}

void qapi_load(struct qapi_schema *schema, const char *dir, const char *name)
{
    load_module(schema, find_module(schema, dir, name), dir, 0);
}
