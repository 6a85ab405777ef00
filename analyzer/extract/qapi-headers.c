/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Which declarations stand in which header.
 */
#include "extract/qapi-schema.h"

#include <string.h>

/* Names that the declarations need, whatever was included before. */
static const char common_names[] =
    "#include <stdbool.h>\n"
    "#include <stdint.h>\n"
    "typedef struct Error Error;\n"
    "typedef struct QDict QDict;\n"
    "typedef struct QNull QNull;\n"
    "typedef struct QObject QObject;\n"
    "typedef struct Visitor Visitor;\n";

/* Where the tree has no qapi/util.h. */
static const char own_util[] =
    "typedef struct QEnumLookup {\n"
    "    const char *const *array;\n"
    "    int size;\n"
    "} QEnumLookup;\n"
    "const char *qapi_enum_lookup(const QEnumLookup *lookup, int val);\n";

static GString *header_new(void)
{
    return g_string_new("#pragma once\n");
}

static void add_file(struct qapi_schema *schema, const char *path,
                     GString *text)
{
    struct qapi_file *file = g_new0(struct qapi_file, 1);

    file->path = g_strdup(path);
    file->text = g_string_free(text, FALSE);
    g_ptr_array_add(schema->output->files, file);
}

static void include(GString *out, const char *path)
{
    if (path) {
        g_string_append_printf(out, "#include \"%s\"\n", path);
    }
}

/* Below qapi/: "qapi-types-block-core.h", "sub/qapi-types-x.h". */
static char *header_name(const struct qapi_schema *schema,
                         const struct qapi_module *module, const char *what)
{
    const char *slash = strrchr(module->name, '/');
    int dir = slash ? (int)(slash - module->name) + 1 : 0;
    g_autofree char *stem = g_strdup(module->name + dir);

    stem[strlen(stem) - strlen(".json")] = 0;
    if (module == schema->modules->pdata[0]) {
        return g_strdup_printf("%s.h", what);
    }
    return g_strdup_printf("%.*s%s-%s.h", dir, module->name, what, stem);
}

static void include_modules(struct qapi_schema *schema, GString *out,
                            const struct qapi_module *module,
                            const char *what)
{
    for (guint i = 0; i < module->includes->len; i++) {
        g_autofree char *name =
            header_name(schema, module->includes->pdata[i], what);
        g_autofree char *path = g_strconcat("qapi/", name, NULL);

        if (qapi_room(schema, strlen(path))) {
            include(out, path);
        }
    }
}

static void include_types(const struct qapi_schema *schema, GString *out,
                          const struct qapi_module *module)
{
    g_autofree char *name = header_name(schema, module, "qapi-types");
    g_autofree char *path = g_strconcat("qapi/", name, NULL);

    include(out, path);
}

static void add_module_file(struct qapi_schema *schema,
                            const struct qapi_module *module,
                            const char *what, GString *text)
{
    g_autofree char *name = header_name(schema, module, what);
    g_autofree char *path = g_strconcat("qapi/", name, NULL);

    add_file(schema, path, text);
}

static void emit_common(const struct qapi_schema *schema, GString *out)
{
    g_string_append(out, common_names);
    if (!schema->dialect.lookup_struct) {
        return;
    }
    if (schema->dialect.util) {
        include(out, "qapi/util.h");
    } else {
        g_string_append(out, own_util);
    }
}

static void emit_declared(GString *out, const struct qapi_module *module)
{
    g_string_append_len(out, module->forward->str,
                        (gssize)module->forward->len);
    g_string_append_len(out, module->body->str, (gssize)module->body->len);
}

static void add_module_types(struct qapi_schema *schema,
                             const struct qapi_module *module)
{
    GString *out = header_new();

    include(out, "qapi/qapi-builtin-types.h");
    include_modules(schema, out, module, "qapi-types");
    emit_declared(out, module);
    add_module_file(schema, module, "qapi-types", out);
}

static void add_module_visits(struct qapi_schema *schema,
                              const struct qapi_module *module)
{
    GString *out = header_new();

    include(out, "qapi/qapi-builtin-visit.h");
    include_types(schema, out, module);
    include_modules(schema, out, module, "qapi-visit");
    qapi_emit_visits(schema, out, module);
    add_module_file(schema, module, "qapi-visit", out);
}

static void emit_marshal_init(const struct qapi_schema *schema, GString *out)
{
    if (schema->dialect.dispatch) {
        g_string_append(out, "void qmp_init_marshal(QmpCommandList *cmds);\n");
    }
}

static void add_module_commands(struct qapi_schema *schema,
                                const struct qapi_module *module)
{
    GString *out = header_new();

    include_modules(schema, out, module, "qapi-commands");
    include_types(schema, out, module);
    if (!schema->dialect.init_commands) {
        include(out, schema->dialect.dispatch);
    }
    qapi_emit_commands(schema, out, module);
    if (!schema->dialect.init_commands &&
        module == schema->modules->pdata[0]) {
        emit_marshal_init(schema, out);
    }
    add_module_file(schema, module, "qapi-commands", out);
}

static void add_module_events(struct qapi_schema *schema,
                              const struct qapi_module *module)
{
    GString *out = header_new();

    include_modules(schema, out, module, "qapi-events");
    include_types(schema, out, module);
    include(out, "qapi/qapi-emit-events.h");
    qapi_emit_events(schema, out, module);
    add_module_file(schema, module, "qapi-events", out);
}

static void add_builtin(struct qapi_schema *schema)
{
    GString *types = header_new();
    GString *visit = header_new();

    emit_common(schema, types);
    emit_declared(types, schema->builtin);
    add_file(schema, "qapi/qapi-builtin-types.h", types);
    include(visit, "qapi/visitor.h");
    include(visit, "qapi/qapi-builtin-types.h");
    qapi_emit_visits(schema, visit, schema->builtin);
    add_file(schema, "qapi/qapi-builtin-visit.h", visit);
}

static void emit_event_enum(struct qapi_schema *schema, GString *out)
{
    qapi_emit_enum(schema, out, schema->event_enum);
    if (schema->dialect.modular) {
        g_string_append(out, "void qapi_event_emit(QAPIEvent event, "
                             "QDict *qdict);\n");
    }
}

static void emit_introspection(const struct qapi_schema *schema, GString *out)
{
    include(out, schema->dialect.qlit);
    if (schema->dialect.qlit) {
        g_string_append(out, "extern const QLitObject qmp_schema_qlit;\n");
    } else {
        g_string_append(out, "extern const char qmp_schema_json[];\n");
    }
}

/* Feature bits; the two special ones come first and are of qapi/util.h. */
static void add_features(struct qapi_schema *schema)
{
    static const char deprecated[] = "QAPI_FEATURE_DEPRECATED";
    static const char unstable[] = "QAPI_FEATURE_UNSTABLE";
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
    GString *out = header_new();

    include(out, "qapi/qapi-builtin-types.h");
    g_string_append_printf(out, "typedef enum {\n    %s,\n    %s,\n",
                           deprecated, unstable);
    for (guint i = 0; i < schema->features->len; i++) {
        char *name = schema->features->pdata[i];

        if (strcmp(name, deprecated) && strcmp(name, unstable) &&
            g_hash_table_add(seen, name)) {
            g_string_append_printf(out, "    %s,\n", name);
        }
    }
    g_string_append(out, "} QapiFeature;\n");
    add_file(schema, "qapi/qapi-features.h", out);
}

static void add_whole(struct qapi_schema *schema)
{
    GString *emit = header_new();
    GString *introspect = header_new();

    include(emit, "qapi/qapi-builtin-types.h");
    emit_event_enum(schema, emit);
    add_file(schema, "qapi/qapi-emit-events.h", emit);
    emit_introspection(schema, introspect);
    add_file(schema, "qapi/qapi-introspect.h", introspect);
    if (schema->dialect.init_commands) {
        GString *init = header_new();

        include(init, schema->dialect.dispatch);
        emit_marshal_init(schema, init);
        add_file(schema, "qapi/qapi-init-commands.h", init);
    }
    if (schema->dialect.features) {
        add_features(schema);
    }
}

static void add_modular(struct qapi_schema *schema)
{
    add_builtin(schema);
    for (guint i = 0; i < schema->modules->len; i++) {
        struct qapi_module *module = schema->modules->pdata[i];

        add_module_types(schema, module);
        add_module_visits(schema, module);
        add_module_commands(schema, module);
        add_module_events(schema, module);
    }
    add_whole(schema);
}

static void add_old_types(struct qapi_schema *schema,
                          const struct qapi_module *module)
{
    GString *types = header_new();
    GString *visit = header_new();

    emit_common(schema, types);
    emit_declared(types, schema->builtin);
    emit_declared(types, module);
    add_file(schema, "qapi-types.h", types);
    include(visit, "qapi/visitor.h");
    include(visit, "qapi-types.h");
    qapi_emit_visits(schema, visit, schema->builtin);
    qapi_emit_visits(schema, visit, module);
    add_file(schema, "qapi-visit.h", visit);
}

/* Before v2.12: one set of headers, at the top of the tree. */
static void add_monolithic(struct qapi_schema *schema)
{
    const struct qapi_module *module = schema->modules->pdata[0];
    GString *commands = header_new();
    GString *events = header_new();
    GString *introspect = header_new();

    add_old_types(schema, module);
    include(commands, "qapi-types.h");
    include(commands, "qapi/qmp/qdict.h");
    include(commands, schema->dialect.dispatch);
    include(commands, "qapi/error.h");
    qapi_emit_commands(schema, commands, module);
    emit_marshal_init(schema, commands);
    add_file(schema, "qmp-commands.h", commands);
    include(events, "qapi/error.h");
    include(events, "qapi/qmp/qdict.h");
    include(events, "qapi-types.h");
    qapi_emit_events(schema, events, module);
    emit_event_enum(schema, events);
    add_file(schema, "qapi-event.h", events);
    emit_introspection(schema, introspect);
    add_file(schema, "qmp-introspect.h", introspect);
}

/* The tables of names, which no header holds. */
static void add_lookups(struct qapi_schema *schema)
{
    GString *out = g_string_new("#include <stddef.h>\n#include <glib.h>\n");

    if (schema->dialect.modular) {
        include(out, "qapi/qapi-types.h");
        include(out, "qapi/qapi-emit-events.h");
    } else {
        include(out, "qapi-types.h");
        /* Here anew: qapi-event.h needs headers of QEMU before it. */
        emit_event_enum(schema, out);
    }
    for (guint i = 0; i < schema->types->len && qapi_room(schema, 0); i++) {
        const struct qapi_type *type = schema->types->pdata[i];
        gsize before = out->len;

        if (type->kind == QAPI_TYPE_ENUM) {
            qapi_emit_lookup(schema, out, type);
            qapi_room(schema, out->len - before);
        }
    }
    add_file(schema, "qapi/qapi-enums.c", out);
}

static gint compare_files(gconstpointer a, gconstpointer b)
{
    const struct qapi_file *const *x = a, *const *y = b;

    return strcmp((*x)->path, (*y)->path);
}

static void fill_event_enum(struct qapi_schema *schema)
{
    for (guint i = 0; i < schema->modules->len; i++) {
        const struct qapi_module *module = schema->modules->pdata[i];

        for (guint j = 0; j < module->events->len; j++) {
            const struct qapi_call *event = module->events->pdata[j];

            qapi_add_member(schema, schema->event_enum->members, event->name);
        }
    }
}

void qapi_emit_headers(struct qapi_schema *schema)
{
    fill_event_enum(schema);
    qapi_emit_types(schema, schema->builtin);
    for (guint i = 0; i < schema->modules->len; i++) {
        qapi_emit_types(schema, schema->modules->pdata[i]);
    }
    if (schema->dialect.modular) {
        add_modular(schema);
    } else {
        add_monolithic(schema);
    }
    add_lookups(schema);
    g_ptr_array_sort(schema->output->files, compare_files);
}
