/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Inside the QAPI reader (qapi.h): text → values → schema → headers.
 *
 * Everything that comes out of the tree is hostile.  Text enters the schema
 * only through qapi_name_ok(), qapi_path_ok() and qapi_condition(); what the
 * emitters print has passed one of them.  Strings live in schema->strings
 * until the schema is freed.
 */
#ifndef QCOMPAT_EXTRACT_QAPI_SCHEMA_H
#define QCOMPAT_EXTRACT_QAPI_SCHEMA_H

#include "extract/qapi.h"

enum qapi_limit {
    QAPI_MAX_DEPTH = 32,               /* of a value, an include, a base */
    QAPI_MAX_FILES = 1000,
    QAPI_MAX_NAME = 200,
    QAPI_MAX_GAPS = 200,
    QAPI_MAX_INPUT = 16 << 20,         /* all files together, bytes */
    QAPI_MAX_OUTPUT = 64 << 20,
};

enum qapi_value_kind {
    QAPI_STRING,
    QAPI_BOOL,
    QAPI_NULL,
    QAPI_LIST,
    QAPI_DICT,
};

struct qapi_value {
    enum qapi_value_kind kind;
    guint line;
    bool boolean;
    const char *string;
    GPtrArray *keys;         /* const char *; dictionaries only */
    GPtrArray *items;        /* struct qapi_value *, owned */
};

/* One file's text on its way to values. */
struct qapi_parser {
    const char *pos, *end;
    guint line;
    GStringChunk *strings;
    char *string;            /* of the last string token */
    const char *error;       /* static text, NULL = none */
    guint error_line;
};

void qapi_parser_init(struct qapi_parser *parser, const char *text,
                      gsize length, GStringChunk *strings);
/*
 * Next top-level value, owned by the caller; NULL at the end of the text, or
 * with parser->error set where it was not understood.  In the second case
 * the parser stands at the next line that starts a value: go on.
 */
struct qapi_value *qapi_parser_next(struct qapi_parser *parser);
typedef struct qapi_value qapi_value;
void qapi_value_free(struct qapi_value *value);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(qapi_value, qapi_value_free)
/* Of a dictionary; NULL where VALUE is none or lacks KEY. */
struct qapi_value *qapi_get(const struct qapi_value *value, const char *key);
/* The same, NULL unless it is a string. */
const char *qapi_get_string(const struct qapi_value *value, const char *key);

/*
 * How the generator of the tree's age spells things, read off its source
 * text; the newest spelling where there is no generator.
 */
struct qapi_dialect {
    bool modular;            /* v2.12: a set of headers per schema file */
    bool enum_whole;         /* before v2.6: camel-cases "Type_value" */
    bool enum_max;           /* before v2.6: _MAX, not __MAX */
    bool smart_camel;        /* v9.2: AUTOPCIBAR becomes AUTO_PCIBAR */
    bool lookup_struct;      /* v2.11: QEnumLookup, before it an array */
    bool lookup_const;       /* v2.4: const char *const */
    bool qtype;              /* v2.6: QType is a QAPI enum */
    bool qtype_qnum;         /* v2.10: QInt and QFloat became QNum */
    bool elide_has;          /* v8.0: no has_x where x is a pointer */
    bool autoptr;            /* v5.2 */
    bool all_lists;          /* before v2.5: XList for every X */
    bool base_boxed;         /* before v2.5: base is a pointer member */
    bool union_kind;         /* before v2.5: tag "kind", no "u" */
    bool union_boxed;        /* before v2.6: branches are pointers */
    bool event_errp;         /* before v3.0 */
    bool visit_bool;         /* v5.1 */
    bool visit_name_last;    /* before v2.6 */
    bool marshal;            /* v2.9: qmp_marshal_x is declared */
    bool init_commands;      /* v5.2: qapi-init-commands.h */
    bool features;           /* v10.0: qapi-features.h */
    bool guard_mips, guard_i386, guard_linux;   /* more ticklish words */
    const char *dispatch;    /* header of QmpCommandList, NULL = unused */
    const char *qlit;        /* header of QLitObject, NULL = unused */
    bool util;               /* include/qapi/util.h exists */
};

/* False where the tree has no schema. */
bool qapi_dialect_detect(struct qapi_dialect *dialect, qapi_read_fn read,
                         void *opaque);

struct qapi_module {
    const char *name;        /* below the schema's directory, with .json */
    const char *path;        /* in the tree */
    bool loading;
    GPtrArray *includes;     /* struct qapi_module *, borrowed */
    GPtrArray *types;        /* struct qapi_type *, borrowed */
    GPtrArray *commands;     /* struct qapi_call *, borrowed */
    GPtrArray *events;       /* struct qapi_call *, borrowed */
    GString *forward, *body; /* of the types header */
};

enum qapi_type_kind {
    QAPI_TYPE_BUILTIN,
    QAPI_TYPE_ENUM,
    QAPI_TYPE_OBJECT,
    QAPI_TYPE_ALTERNATE,
    QAPI_TYPE_ARRAY,
};

struct qapi_member {
    const char *name;        /* as in the schema, checked */
    const char *c_name;
    const char *type_name;   /* NULL: value of an enum */
    bool array;              /* of type_name */
    bool optional;
    bool nested;             /* before v2.4: struct in place */
    const char *condition;   /* of an #if, NULL = none */
    struct qapi_type *type;  /* NULL until resolved */
};

enum qapi_emitted { QAPI_PENDING, QAPI_ACTIVE, QAPI_DONE };

struct qapi_type {
    enum qapi_type_kind kind;
    const char *name, *c_name;
    const char *c_type;      /* with what stands before a name: "X *", "X " */
    const char *condition;
    struct qapi_module *module, *home;   /* where it stands, where it goes */
    guint line;
    bool implicit;           /* no name in the schema */
    GPtrArray *members;      /* struct qapi_member *: values or own members */
    const char *prefix;      /* enum: overrides its name, NULL = none */
    const char *base_name, *tag_name;
    struct qapi_type *base;  /* after resolution */
    GPtrArray *branches;     /* struct qapi_member *, NULL = no union */
    struct qapi_type *element;
    const struct qapi_member *wraps;     /* its type's condition is ours */
    enum qapi_emitted emitted;
};

/* A command or an event. */
struct qapi_call {
    const char *name, *c_name;
    const char *condition;
    const struct qapi_module *module;
    guint line;
    const char *arg_name;
    struct qapi_member *ret; /* NULL = void */
    struct qapi_type *arg;   /* after resolution, NULL = none */
    bool boxed;
};

struct qapi_schema {
    qapi_read_fn read;
    void *opaque;
    struct qapi_dialect dialect;
    GStringChunk *strings;
    GHashTable *by_path;     /* path → struct qapi_module, owned */
    GPtrArray *modules;      /* borrowed, main module first */
    struct qapi_module *builtin;
    GPtrArray *expressions;  /* struct qapi_expression *, owned */
    GHashTable *by_name;     /* name → struct qapi_type, borrowed */
    GPtrArray *types;        /* owned, in order of definition */
    GPtrArray *calls;        /* owned: commands and events */
    struct qapi_type *event_enum;
    GPtrArray *features;     /* char *: enumerators */
    gsize input, output_size;
    struct qapi_output *output;
};

struct qapi_expression {
    struct qapi_value *value;
    struct qapi_module *module;
};

G_GNUC_PRINTF(4, 5)
void qapi_gap(struct qapi_schema *schema, const struct qapi_module *module,
              guint line, const char *format, ...);
/* Text of the tree as it may stand in a message; the caller frees. */
char *qapi_quote(const char *text);
const char *qapi_keep(struct qapi_schema *schema, const char *text);

/* qapi-name.c */
bool qapi_name_ok(const char *name);
bool qapi_identifier_ok(const char *name);
bool qapi_path_ok(const char *path);
char *qapi_c_name(const struct qapi_dialect *dialect, const char *name,
                  bool protect);
char *qapi_camel_to_upper(const struct qapi_dialect *dialect,
                          const char *name);
char *qapi_enum_const(const struct qapi_dialect *dialect, const char *type,
                      const char *prefix, const char *value);
/* What follows #if, or NULL: nothing, or not understood (*ret_bad). */
char *qapi_condition(const struct qapi_value *value, bool *ret_bad);

/* qapi-load.c: files → schema->expressions */
void qapi_load(struct qapi_schema *schema, const char *dir, const char *name);
struct qapi_module *qapi_module_new(struct qapi_schema *schema,
                                    const char *name, const char *path);

/* qapi-define.c: schema->expressions → types and calls */
void qapi_define_builtin(struct qapi_schema *schema);
void qapi_define(struct qapi_schema *schema,
                 const struct qapi_expression *expression);
/* HOME is the module whose headers declare it, NULL = none. */
struct qapi_type *qapi_add_type(struct qapi_schema *schema,
                                enum qapi_type_kind kind, const char *name,
                                struct qapi_module *home);
struct qapi_member *qapi_add_member(struct qapi_schema *schema,
                                    GPtrArray *members, const char *name);

/* qapi-resolve.c: names → types */
void qapi_resolve(struct qapi_schema *schema);
/* Inherited members first; resolved ones only. */
GPtrArray *qapi_all_members(const struct qapi_type *type);
bool qapi_type_is_empty(const struct qapi_type *type);
bool qapi_need_has(const struct qapi_schema *schema,
                   const struct qapi_member *member);

/* qapi-types.c, qapi-enums.c, qapi-decls.c: the text of the headers */
bool qapi_room(struct qapi_schema *schema, gsize wanted);
void qapi_if(GString *out, const char *condition);
void qapi_endif(GString *out, const char *condition);
void qapi_emit_types(struct qapi_schema *schema, struct qapi_module *module);
void qapi_emit_enum(struct qapi_schema *schema, GString *out,
                    const struct qapi_type *type);
void qapi_emit_lookup(struct qapi_schema *schema, GString *out,
                      const struct qapi_type *type);
void qapi_emit_visits(struct qapi_schema *schema, GString *out,
                      const struct qapi_module *module);
void qapi_emit_commands(struct qapi_schema *schema, GString *out,
                        const struct qapi_module *module);
void qapi_emit_events(struct qapi_schema *schema, GString *out,
                      const struct qapi_module *module);
/* qapi-headers.c: the files */
void qapi_emit_headers(struct qapi_schema *schema);

#endif
