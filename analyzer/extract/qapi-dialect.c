/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Which generator wrote the headers that a tree's sources expect.
 *
 * VERSION says little between two releases.  The generator lies beside the
 * schema: phrases of its source text, which is read and never run, tell what
 * it would have written at that very commit.
 */
#include "extract/qapi-schema.h"

#include <string.h>

static const char *const generator_files[] = {
    "scripts/qapi.py",
    "scripts/qapi-types.py",
    "scripts/qapi-visit.py",
    "scripts/qapi-event.py",
    "scripts/qapi-commands.py",
    "scripts/qapi/common.py",
    "scripts/qapi/schema.py",
    "scripts/qapi/types.py",
    "scripts/qapi/visit.py",
    "scripts/qapi/events.py",
    "scripts/qapi/commands.py",
    "scripts/qapi/gen.py",
    "scripts/qapi/features.py",
};

static bool exists(qapi_read_fn read, void *opaque, const char *path)
{
    g_autoptr(GBytes) bytes = read(path, opaque);

    return bytes != NULL;
}

static char *read_generator(qapi_read_fn read, void *opaque)
{
    GString *text = g_string_new(NULL);

    for (gsize i = 0; i < G_N_ELEMENTS(generator_files); i++) {
        g_autoptr(GBytes) bytes = read(generator_files[i], opaque);
        gsize size = 0;
        const char *data = bytes ? g_bytes_get_data(bytes, &size) : NULL;

        if (data && size <= QAPI_MAX_INPUT) {
            g_string_append_len(text, data, (gssize)strnlen(data, size));
        }
    }
    return g_string_free(text, FALSE);
}

static void detect_enums(struct qapi_dialect *dialect, const char *text)
{
    dialect->enum_whole =
        strstr(text, "camel_to_upper(type_name + '_' + const_name)") ||
        strstr(text, "generate_enum_full_value");
    dialect->enum_max = !strstr(text, "'_MAX'");
    dialect->smart_camel = strstr(text, "upc = ") != NULL;
    dialect->lookup_struct = strstr(text, "QEnumLookup") != NULL;
    dialect->lookup_const = !strstr(text, "const char *%(name)s_lookup[]");
    dialect->qtype = strstr(text, "'QType'") != NULL;
    dialect->qtype_qnum = strstr(text, "'qnum'") != NULL;
    dialect->guard_mips = strstr(text, "'mips'") != NULL;
    dialect->guard_i386 = strstr(text, "'i386'") != NULL;
    dialect->guard_linux = strstr(text, "'linux'") != NULL;
}

static void detect_types(struct qapi_dialect *dialect, const char *text)
{
    dialect->elide_has = strstr(text, "need_has_if_optional") != NULL;
    dialect->autoptr = strstr(text, "G_DEFINE_AUTOPTR_CLEANUP_FUNC") != NULL;
    dialect->all_lists = strstr(text, "typedef struct %(name)sList") != NULL;
    dialect->base_boxed = strstr(text, "{'base': base}") != NULL;
    dialect->union_kind =
        strstr(text, "%(discriminator_type_name)s kind;") != NULL;
    dialect->union_boxed = !strstr(text, "c_unboxed_type");
}

static void detect_functions(struct qapi_dialect *dialect, const char *text)
{
    dialect->event_errp = strstr(text, "'Error **errp')}") ||
                          strstr(text, "\"Error **errp)\"");
    dialect->visit_bool = strstr(text, "bool visit_type_%(c_name)s(") != NULL;
    dialect->visit_name_last =
        strstr(text, "const char *name, Error **errp)") != NULL;
    dialect->init_commands =
        strstr(text, "QAPI Commands initialization") != NULL;
    dialect->marshal = strstr(text, "gen_marshal_decl") != NULL;
    dialect->features = strstr(text, "qapi-features") != NULL;
}

static void detect_newest(struct qapi_dialect *dialect)
{
    dialect->smart_camel = true;
    dialect->lookup_struct = true;
    dialect->lookup_const = true;
    dialect->qtype = true;
    dialect->qtype_qnum = true;
    dialect->elide_has = true;
    dialect->autoptr = true;
    dialect->visit_bool = true;
    dialect->marshal = true;
    dialect->init_commands = true;
    dialect->features = true;
    dialect->guard_mips = true;
    dialect->guard_i386 = true;
    dialect->guard_linux = true;
}

static void detect_headers(struct qapi_dialect *dialect, qapi_read_fn read,
                           void *opaque)
{
    if (exists(read, opaque, "include/qapi/qmp-registry.h")) {
        dialect->dispatch = "qapi/qmp-registry.h";
    } else if (exists(read, opaque, "include/qapi/qmp/dispatch.h")) {
        dialect->dispatch = "qapi/qmp/dispatch.h";
    }
    if (exists(read, opaque, "include/qobject/qlit.h")) {
        dialect->qlit = "qobject/qlit.h";
    } else if (exists(read, opaque, "include/qapi/qmp/qlit.h")) {
        dialect->qlit = "qapi/qmp/qlit.h";
    }
    dialect->util = exists(read, opaque, "include/qapi/util.h");
}

bool qapi_dialect_detect(struct qapi_dialect *dialect, qapi_read_fn read,
                         void *opaque)
{
    *dialect = (struct qapi_dialect) {
        .modular = exists(read, opaque, "qapi/qapi-schema.json"),
    };
    if (!dialect->modular && !exists(read, opaque, "qapi-schema.json")) {
        return false;
    }
    g_autofree char *text = read_generator(read, opaque);
    if (*text) {
        detect_enums(dialect, text);
        detect_types(dialect, text);
        detect_functions(dialect, text);
    } else {
        detect_newest(dialect);
    }
    detect_headers(dialect, read, opaque);
    if (*text && !strstr(text, "qmp_init_marshal(QmpCommandList")) {
        dialect->dispatch = NULL;
    }
    if (!dialect->modular) {
        dialect->qlit = NULL;
    }
    return true;
}
