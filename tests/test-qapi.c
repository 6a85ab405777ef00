/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "extract/qapi.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

/* A tree in memory: path, content, …, NULL. */
static GBytes *read_tree(const char *path, void *opaque)
{
    const char *const *tree = opaque;

    for (; *tree; tree += 2) {
        if (!strcmp(tree[0], path)) {
            return g_bytes_new(tree[1], strlen(tree[1]));
        }
    }
    return NULL;
}

static struct qapi_output *generate(const char *const *tree)
{
    return qapi_generate(read_tree, (void *)(uintptr_t)tree);
}

static struct qapi_output *generate_schema(const char *schema)
{
    const char *const tree[] = { "qapi/qapi-schema.json", schema, NULL };

    return generate(tree);
}

static const char *text_of(const struct qapi_output *output, const char *path)
{
    for (guint i = 0; i < output->files->len; i++) {
        const struct qapi_file *file = output->files->pdata[i];

        if (!strcmp(file->path, path)) {
            return file->text;
        }
    }
    return NULL;
}

/* Blanks and line ends of the headers are nobody's business. */
static char *squeeze(const char *text)
{
    GString *out = g_string_new(NULL);

    for (; *text; text++) {
        char ch = g_ascii_isspace(*text) ? ' ' : *text;

        if (ch != ' ' || (out->len && out->str[out->len - 1] != ' ')) {
            g_string_append_c(out, ch);
        }
    }
    return g_string_free(out, FALSE);
}

static void assert_has(const struct qapi_output *output, const char *path,
                       const char *wanted)
{
    const char *text = text_of(output, path);

    if (!text) {
        fail_msg("no file '%s'", path);
    }
    g_autofree char *squeezed = squeeze(text);
    if (!strstr(squeezed, wanted)) {
        fail_msg("'%s' lacks '%s':\n%s", path, wanted, text);
    }
}

static void assert_nowhere(const struct qapi_output *output,
                           const char *unwanted)
{
    for (guint i = 0; i < output->files->len; i++) {
        const struct qapi_file *file = output->files->pdata[i];

        if (strstr(file->path, unwanted) || strstr(file->text, unwanted)) {
            fail_msg("'%s' has '%s':\n%s", file->path, unwanted, file->text);
        }
    }
}

static void assert_gaps(const struct qapi_output *output, guint count)
{
    if (output->gaps->len != count) {
        fail_msg("%u gaps, expected %u; first: %s", output->gaps->len, count,
                 output->gaps->len ? (char *)output->gaps->pdata[0] : "none");
    }
}

static void assert_gap(const struct qapi_output *output, const char *wanted)
{
    for (guint i = 0; i < output->gaps->len; i++) {
        if (strstr(output->gaps->pdata[i], wanted)) {
            return;
        }
    }
    fail_msg("no gap '%s' among %u; first: %s", wanted, output->gaps->len,
             output->gaps->len ? (char *)output->gaps->pdata[0] : "none");
}

#define TYPES "qapi/qapi-types.h"
#define COMMANDS "qapi/qapi-commands.h"
#define EVENTS "qapi/qapi-events.h"
#define VISIT "qapi/qapi-visit.h"
#define LOOKUPS "qapi/qapi-enums.c"

static void test_enum(void **state)
{
    struct qapi_output *output = generate_schema(
        "# a comment\n"
        "{ 'enum': 'OnOffAuto', 'data': [ 'auto', 'on', 'off' ] }\n"
        "{ 'enum': 'DriveKind', 'prefix': 'DRV',\n"
        "  'data': [ '144', { 'name': 'two-88', 'if': 'CONFIG_X' } ] }\n");

    assert_gaps(output, 0);
    assert_has(output, TYPES,
               "typedef enum OnOffAuto { ON_OFF_AUTO_AUTO, ON_OFF_AUTO_ON, "
               "ON_OFF_AUTO_OFF, ON_OFF_AUTO__MAX, } OnOffAuto;");
    assert_has(output, TYPES, "extern const QEnumLookup OnOffAuto_lookup;");
    assert_has(output, TYPES, "#define OnOffAuto_str(val) "
               "qapi_enum_lookup(&OnOffAuto_lookup, (val))");
    assert_has(output, TYPES,
               "{ DRV_144, #if defined(CONFIG_X) DRV_TWO_88, #endif "
               "DRV__MAX, }");
    assert_has(output, LOOKUPS,
               "const QEnumLookup OnOffAuto_lookup = { .array = (const char "
               "*const[]) { [ON_OFF_AUTO_AUTO] = \"auto\", [ON_OFF_AUTO_ON] "
               "= \"on\", [ON_OFF_AUTO_OFF] = \"off\", }, .size = "
               "ON_OFF_AUTO__MAX };");
    assert_has(output, VISIT, "bool visit_type_OnOffAuto(Visitor *v, const "
               "char *name, OnOffAuto *obj, Error **errp);");
    qapi_output_free(output);
}

static void check_camel(const char *generator, const char *type,
                        const char *constant)
{
    g_autofree char *schema =
        g_strdup_printf("{ 'enum': '%s', 'data': [ 'x-y' ] }", type);
    const char *const tree[] = {
        "qapi/qapi-schema.json", schema,
        "scripts/qapi/common.py", generator, NULL
    };
    struct qapi_output *output = generate(tree);

    assert_has(output, LOOKUPS, constant);
    qapi_output_free(output);
}

static void test_camel_case(void **state)
{
    static const char old[] = "'_MAX' QEnumLookup";
    static const char new[] = "'_MAX' QEnumLookup upc = 1";

    check_camel(old, "OnOffAuto", "[ON_OFF_AUTO_X_Y]");
    check_camel(old, "OffAutoPCIBAR", "[OFF_AUTOPCIBAR_X_Y]");
    check_camel(old, "PCIELinkSpeed", "[PCIE_LINK_SPEED_X_Y]");
    check_camel(old, "MultiFDCompression", "[MULTIFD_COMPRESSION_X_Y]");
    check_camel(old, "X86CPURegister32", "[X86_CPU_REGISTER32_X_Y]");
    check_camel(old, "BlockdevOnError", "[BLOCKDEV_ON_ERROR_X_Y]");
    check_camel(new, "OnOffAuto", "[ON_OFF_AUTO_X_Y]");
    check_camel(new, "OffAutoPCIBAR", "[OFF_AUTO_PCIBAR_X_Y]");
    check_camel(new, "PCIELinkSpeed", "[PCIE_LINK_SPEED_X_Y]");
    check_camel(new, "X86CPURegister32", "[X86_CPU_REGISTER32_X_Y]");
}

static void test_struct(void **state)
{
    struct qapi_output *output = generate_schema(
        "{ 'struct': 'Base', 'data': { 'id': 'str' } }\n"
        "{ 'struct': 'Derived', 'base': 'Base', 'data': {\n"
        "  '*size': 'size', '*text': 'str', '*list': [ 'Base' ],\n"
        "  'default': 'int8', 'numbers': [ 'int' ],\n"
        "  'some': { 'type': 'bool', 'if': { 'not': 'CONFIG_Y' } } } }\n"
        "{ 'struct': 'Nothing', 'data': {} }\n");

    assert_gaps(output, 0);
    assert_has(output, TYPES,
               "struct Derived { char *id; bool has_size; uint64_t size; "
               "char *text; bool has_list; BaseList *list; int8_t q_default; "
               "intList *numbers; #if !(defined(CONFIG_Y)) bool some; #endif "
               "};");
    assert_has(output, TYPES, "static inline Base *qapi_Derived_base("
               "const Derived *obj)");
    assert_has(output, TYPES,
               "struct BaseList { BaseList *next; Base *value; };");
    assert_has(output, TYPES,
               "struct Nothing { char qapi_dummy_for_empty_struct; };");
    assert_has(output, TYPES,
               "G_DEFINE_AUTOPTR_CLEANUP_FUNC(Derived, qapi_free_Derived)");
    assert_has(output, VISIT, "bool visit_type_Derived(Visitor *v, const "
               "char *name, Derived **obj, Error **errp);");
    assert_has(output, "qapi/qapi-builtin-types.h",
               "struct strList { strList *next; char *value; };");
    qapi_output_free(output);
}

static void test_union(void **state)
{
    struct qapi_output *output = generate_schema(
        "{ 'union': 'Whole', 'discriminator': 'kind',\n"
        "  'base': { 'kind': 'Kind', 'x-id': 'int' },\n"
        "  'data': { 'a': 'PartA', 'b': { 'type': 'PartB', 'if': 'B' } } }\n"
        "{ 'enum': 'Kind', 'data': [ 'a', 'b', 'c' ] }\n"
        "{ 'struct': 'PartA', 'data': { 'n': 'number' } }\n"
        "{ 'struct': 'PartB', 'data': { 'o': 'any' } }\n");
    const char *types = text_of(output, TYPES);

    assert_gaps(output, 0);
    assert_has(output, TYPES,
               "struct Whole { Kind kind; int64_t x_id; union { PartA a; "
               "#if defined(B) PartB b; #endif } u; };");
    /* Contained by value: its body must come first. */
    assert_true(strstr(types, "struct PartA {") <
                strstr(types, "struct Whole {"));
    qapi_output_free(output);
}

static void test_simple_union(void **state)
{
    struct qapi_output *output = generate_schema(
        "{ 'struct': 'File', 'data': { 'name': 'str' } }\n"
        "{ 'union': 'Backend', 'data': { 'file': 'File',\n"
        "                                'names': [ 'str' ] } }\n");

    assert_gaps(output, 0);
    assert_has(output, TYPES, "typedef enum BackendKind { BACKEND_KIND_FILE, "
               "BACKEND_KIND_NAMES, BACKEND_KIND__MAX, } BackendKind;");
    assert_has(output, TYPES,
               "struct q_obj_File_wrapper { File *data; };");
    assert_has(output, TYPES,
               "struct q_obj_strList_wrapper { strList *data; };");
    assert_has(output, TYPES,
               "struct Backend { BackendKind type; union { "
               "q_obj_File_wrapper file; q_obj_strList_wrapper names; } u; "
               "};");
    qapi_output_free(output);
}

static void test_alternate(void **state)
{
    struct qapi_output *output = generate_schema(
        "{ 'struct': 'Def', 'data': { 'x': 'int' } }\n"
        "{ 'alternate': 'DefOrName', 'data': { 'definition': 'Def',\n"
        "  'name': 'str', 'none': 'null' } }\n");

    assert_gaps(output, 0);
    assert_has(output, TYPES,
               "struct DefOrName { QType type; union { Def definition; "
               "char *name; QNull *none; } u; };");
    assert_has(output, "qapi/qapi-builtin-types.h", "QTYPE_QNUM,");
    qapi_output_free(output);
}

static void test_calls(void **state)
{
    struct qapi_output *output = generate_schema(
        "{ 'struct': 'Info', 'data': { 'x': 'int' } }\n"
        "{ 'command': 'query-x', 'data': { 'id': 'str', '*n': 'int',\n"
        "  '*t': 'str' }, 'returns': [ 'Info' ], 'if': 'TARGET_I386' }\n"
        "{ 'command': 'set-x', 'data': 'Info', 'boxed': true }\n"
        "{ 'command': 'by-hand', 'gen': false }\n"
        "{ 'event': 'X_GONE', 'data': { 'why': 'str' },\n"
        "  'features': [ 'unstable', 'new-thing' ] }\n"
        "{ 'event': 'TICK' }\n");

    assert_gaps(output, 0);
    assert_has(output, COMMANDS,
               "#if defined(TARGET_I386) InfoList *qmp_query_x(const char "
               "*id, bool has_n, int64_t n, const char *t, Error **errp);");
    assert_has(output, COMMANDS,
               "void qmp_set_x(Info *arg, Error **errp);");
    assert_nowhere(output, "by_hand");
    assert_has(output, EVENTS,
               "void qapi_event_send_x_gone(const char *why);");
    assert_has(output, EVENTS, "void qapi_event_send_tick(void);");
    assert_has(output, "qapi/qapi-emit-events.h",
               "{ QAPI_EVENT_X_GONE, QAPI_EVENT_TICK, QAPI_EVENT__MAX, }");
    assert_has(output, "qapi/qapi-features.h",
               "QAPI_FEATURE_UNSTABLE, QAPI_FEATURE_NEW_THING, }");
    qapi_output_free(output);
}

static void test_modules(void **state)
{
    const char *const tree[] = {
        "qapi/qapi-schema.json",
        "{ 'include': 'common.json' }\n{ 'include': 'sub/inner.json' }\n",
        "qapi/common.json",
        "{ 'pragma': { 'doc-required': true } }\n"
        "{ 'struct': 'Shared', 'data': { 'x': 'int' } }\n",
        "qapi/sub/inner.json",
        "{ 'include': 'leaf.json' }\n"
        "{ 'struct': 'Inner', 'data': { 's': [ 'Shared' ] } }\n",
        "qapi/sub/leaf.json",
        "{ 'enum': 'Leaf', 'data': [ 'green' ] }\n",
        "include/qapi/util.h", "",
        NULL
    };
    struct qapi_output *output = generate(tree);

    assert_gaps(output, 0);
    assert_has(output, TYPES, "#include \"qapi/qapi-types-common.h\"");
    assert_has(output, TYPES, "#include \"qapi/sub/qapi-types-inner.h\"");
    assert_has(output, "qapi/sub/qapi-types-inner.h",
               "#include \"qapi/sub/qapi-types-leaf.h\"");
    assert_has(output, "qapi/sub/qapi-types-leaf.h", "LEAF_GREEN");
    /* A list lives with its element, whoever uses it first. */
    assert_has(output, "qapi/qapi-types-common.h", "struct SharedList {");
    assert_has(output, "qapi/qapi-builtin-types.h",
               "#include \"qapi/util.h\"");
    qapi_output_free(output);
}

static void test_conditions(void **state)
{
    struct qapi_output *output = generate_schema(
        "{ 'enum': 'A', 'data': [],\n"
        "  'if': { 'all': [ 'X', { 'any': [ 'Y', 'Z' ] } ] } }\n"
        "{ 'enum': 'B', 'data': [], 'if': 'defined(X) || !defined(Y)' }\n"
        "{ 'enum': 'C', 'data': [], 'if': [ 'defined(X)', 'Y' ] }\n"
        "{ 'enum': 'D', 'data': [],\n"
        "  'if': '(defined(X) && defined Y) || Z' }\n");

    assert_gaps(output, 0);
    assert_has(output, TYPES,
               "#if (defined(X)) && ((defined(Y)) || (defined(Z))) typedef "
               "enum A {");
    assert_has(output, TYPES,
               "#if defined(X) || !defined(Y) typedef enum B {");
    assert_has(output, TYPES,
               "#if (defined(X)) && (defined(Y)) typedef enum C {");
    assert_has(output, TYPES, "#if (defined(X) && defined(Y)) || defined(Z) "
               "typedef enum D {");
    qapi_output_free(output);
}

/* Before v2.12 there is one set of headers at the top. */
static void test_monolithic(void **state)
{
    const char *const tree[] = {
        "qapi-schema.json", "{ 'include': 'qapi/common.json' }\n",
        "qapi/common.json",
        "{ 'enum': 'ErrorClass', 'data': [ 'KVMMissingCap' ] }\n"
        "{ 'type': 'Version', 'data': { 'qemu': { 'major': 'int' },\n"
        "                               '*text': 'str' } }\n"
        "{ 'type': 'More', 'base': 'Version', 'data': {} }\n"
        "{ 'enum': 'Kind', 'data': [ 'a' ] }\n"
        "{ 'type': 'KindBase', 'data': { 'driver': 'Kind', 'n': 'int' } }\n"
        "{ 'union': 'Flat', 'base': 'KindBase', 'discriminator': 'driver',\n"
        "  'data': { 'a': 'More' } }\n"
        "{ 'union': 'Either', 'discriminator': {}, 'data': { 'n': 'int' } }\n"
        "{ 'command': 'old', 'gen': 'no' }\n"
        "{ 'event': 'RESET' }\n",
        "scripts/qapi.py", "generate_enum_full_value",
        "scripts/qapi-types.py",
        "extern const char *%(name)s_lookup[]\n"
        "{'base': base}\n%(discriminator_type_name)s kind;\n"
        "typedef struct %(name)sList\n",
        NULL
    };
    struct qapi_output *output = generate(tree);
    const char *types = "qapi-types.h";

    assert_gaps(output, 0);
    assert_has(output, types, "ERROR_CLASS_KVM_MISSING_CAP, ERROR_CLASS_MAX,");
    assert_has(output, types, "extern const char *ErrorClass_lookup[];");
    assert_has(output, LOOKUPS, "[ERROR_CLASS_MAX] = NULL,");
    assert_has(output, types, "struct Version { q_obj_Version_qemu qemu; "
               "bool has_text; char *text; };");
    assert_has(output, types, "struct More { Version *base; };");
    assert_has(output, types, "struct Flat { Kind kind; union { void *data; "
               "More *a; }; int64_t n; };");
    assert_has(output, types, "struct Either { EitherKind kind; union { "
               "void *data; int64_t n; }; };");
    assert_has(output, types, "struct FlatList {");
    assert_has(output, "qapi-event.h", "QAPI_EVENT_RESET, QAPI_EVENT_MAX,");
    assert_has(output, LOOKUPS, "[QAPI_EVENT_RESET] = \"RESET\"");
    assert_null(strstr(text_of(output, LOOKUPS), "qapi-event.h"));
    assert_null(text_of(output, TYPES));
    qapi_output_free(output);
}

static void test_no_schema(void **state)
{
    const char *const tree[] = { "README", "", NULL };
    struct qapi_output *output = generate(tree);

    assert_gaps(output, 0);
    assert_int_equal(output->files->len, 0);
    qapi_output_free(output);
}

static void check_rejected(const char *schema, const char *gap)
{
    g_autofree char *whole =
        g_strconcat(schema, "\n{ 'enum': 'After', 'data': [ 'ok' ] }\n",
                    NULL);
    struct qapi_output *output = generate_schema(whole);

    assert_gap(output, gap);
    assert_nowhere(output, "EVIL");
    assert_nowhere(output, "/etc/");
    assert_nowhere(output, "..");
    /* What comes after is read all the same. */
    assert_has(output, TYPES, "AFTER_OK");
    qapi_output_free(output);
}

static void test_injection(void **state)
{
    static const char name[] = "is no name";

    check_rejected("{ 'enum': 'A; int EVIL', 'data': [] }", name);
    check_rejected("{ 'enum': 'A', 'data': [ 'x\"EVIL' ] }", name);
    check_rejected("{ 'enum': 'A', 'data': [ 'x*/EVIL' ] }", name);
    check_rejected("{ 'enum': 'A', 'prefix': 'B EVIL', 'data': [ 'x' ] }",
                   "no identifier");
    check_rejected("{ 'enum': '9EVIL', 'data': [] }", "no name of a type");
    check_rejected("{ 'struct': 'A', 'data': { 'x[EVIL]': 'int' } }", name);
    check_rejected("{ 'struct': 'A', 'data': { 'x': 'int EVIL' } }", name);
    check_rejected("{ 'struct': 'A', 'base': 'EVIL\"', 'data': {} }",
                   "is no struct");
    check_rejected("{ 'command': 'x()EVIL' }", name);
    check_rejected("{ 'command': 'x', 'returns': 'int EVIL' }", name);
    check_rejected("{ 'event': 'x\\\\EVIL' }", name);
    check_rejected("{ 'enum': 'A', 'data': [], 'features': [ 'x EVIL' ] }",
                   name);
}

static void test_condition_injection(void **state)
{
    static const char gap[] = "condition not understood";

    check_rejected("{ 'enum': 'A', 'data': [], 'if': 'X EVIL' }", gap);
    check_rejected("{ 'enum': 'A', 'data': [],"
                   " 'if': '__has_include(\"/etc/passwd\")' }", gap);
    check_rejected("{ 'enum': 'A', 'data': [], 'if': 'defined(X' }", gap);
    check_rejected("{ 'enum': 'A', 'data': [], 'if': { 'EVIL': 'X' } }", gap);
    check_rejected("{ 'enum': 'A', 'data': [], 'if': { 'all': [] } }", gap);
}

static void test_include_paths(void **state)
{
    static const char gap[] = "no plain path";

    check_rejected("{ 'include': '/etc/passwd.json' }", gap);
    check_rejected("{ 'include': '../x.json' }", gap);
    check_rejected("{ 'include': 'a/../../x.json' }", gap);
    check_rejected("{ 'include': 'x\\\\.json' }", gap);
    check_rejected("{ 'include': 'EVIL.h' }", gap);
    check_rejected("{ 'include': [ 'EVIL' ] }", gap);
    check_rejected("{ 'include': 'missing.json' }",
                   "qapi/missing.json: cannot be read");
}

static void test_inclusion_loop(void **state)
{
    const char *const tree[] = {
        "qapi/qapi-schema.json",
        "{ 'include': 'a.json' }\n{ 'enum': 'After', 'data': [ 'ok' ] }\n",
        "qapi/a.json", "{ 'include': 'b.json' }\n",
        "qapi/b.json", "{ 'include': 'a.json' }\n",
        NULL
    };
    struct qapi_output *output = generate(tree);

    assert_gaps(output, 1);
    assert_gap(output, "qapi/b.json:1: inclusion loop for 'a.json'");
    assert_has(output, TYPES, "AFTER_OK");
    qapi_output_free(output);
}

static void test_syntax(void **state)
{
    check_rejected("{ 'enum': 'A', 'data': [ 'x' }", "qapi-schema.json:1: ");
    check_rejected("{ 'enum': 'A\\n' }", "unknown escape");
    check_rejected("{ 'enum': 'A\x80' }", "funny character");
    check_rejected("{ 'enum': 'A", "funny character");
    check_rejected("{ 'enum' 'A' }", "':' expected");
    check_rejected("{ enum: 'A' }", "stray character");
    check_rejected("[ 'A' ]", "no dictionary");
    check_rejected("{ 'fruit': 'A' }", "not understood");
    check_rejected("{ 'struct': 'A', 'data': { 'x': 'Unknown' } }",
                   "unknown type 'Unknown'");
    check_rejected("{ 'enum': 'A', 'data': [] }\n"
                   "{ 'struct': 'A', 'data': { 'EVIL': 'int' } }",
                   "already defined");
    check_rejected("{ 'struct': 'int', 'data': { 'EVIL': 'int' } }",
                   "already defined");
}

static void test_nesting(void **state)
{
    g_autoptr(GString) deep = g_string_new("{ 'x': ");

    for (guint i = 0; i < 100000; i++) {
        g_string_append_c(deep, '[');
    }
    check_rejected(deep->str, "nested too deeply");
    g_string_assign(deep, "{ 'enum': 'A', 'data': [], 'if': '");
    for (guint i = 0; i < 100000; i++) {
        g_string_append_c(deep, i % 2 ? '!' : '(');
    }
    g_string_append(deep, "' }");
    check_rejected(deep->str, "condition not understood");
}

static void test_self_containment(void **state)
{
    check_rejected("{ 'struct': 'A', 'base': 'B', 'data': {} }\n"
                   "{ 'struct': 'B', 'base': 'A', 'data': {} }",
                   "nested too deeply");
    check_rejected("{ 'enum': 'K', 'data': [ 'x' ] }\n"
                   "{ 'union': 'U', 'base': { 'k': 'K' },\n"
                   "  'discriminator': 'k', 'data': { 'x': 'U' } }",
                   "'U' contains itself");
}

static void test_base_chain(void **state)
{
    g_autoptr(GString) chain =
        g_string_new("{ 'struct': 'S0', 'data': { 'x': 'int' } }\n");

    for (guint i = 1; i < 1000; i++) {
        g_string_append_printf(chain, "{ 'struct': 'S%u', 'base': 'S%u', "
                               "'data': {} }\n", i, i - 1);
    }
    check_rejected(chain->str, "nested too deeply");
}

static gsize output_size(const struct qapi_output *output)
{
    gsize size = 0;

    for (guint i = 0; i < output->files->len; i++) {
        const struct qapi_file *file = output->files->pdata[i];

        size += strlen(file->text);
    }
    return size;
}

/* Each struct repeats its base's members: output grows with the square. */
static void test_output_limit(void **state)
{
    g_autoptr(GString) big =
        g_string_new("{ 'struct': 'Big', 'data': {\n");

    for (guint i = 0; i < 20000; i++) {
        g_string_append_printf(big, "%s'member%u': 'int'", i ? "," : "", i);
    }
    g_string_append(big, "} }\n");
    for (guint i = 0; i < 5000; i++) {
        g_string_append_printf(big, "{ 'struct': 'S%u', 'base': 'Big', "
                               "'data': {} }\n", i);
    }
    struct qapi_output *output = generate_schema(big->str);
    assert_gap(output, "too large");
    assert_true(output_size(output) < 100 << 20);
    qapi_output_free(output);
}

static void test_gap_limit(void **state)
{
    g_autoptr(GString) bad = g_string_new(NULL);

    for (guint i = 0; i < 10000; i++) {
        g_string_append(bad, "{ 'fruit': 'apple' }\n");
    }
    struct qapi_output *output = generate_schema(bad->str);
    assert_true(output->gaps->len < 1000);
    assert_gap(output, "and more gaps");
    qapi_output_free(output);
}

static void test_order(void **state)
{
    struct qapi_output *output = generate_schema("");

    assert_gaps(output, 0);
    for (guint i = 1; i < output->files->len; i++) {
        const struct qapi_file *a = output->files->pdata[i - 1];
        const struct qapi_file *b = output->files->pdata[i];

        assert_true(strcmp(a->path, b->path) < 0);
    }
    qapi_output_free(output);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_enum),
        cmocka_unit_test(test_camel_case),
        cmocka_unit_test(test_struct),
        cmocka_unit_test(test_union),
        cmocka_unit_test(test_simple_union),
        cmocka_unit_test(test_alternate),
        cmocka_unit_test(test_calls),
        cmocka_unit_test(test_modules),
        cmocka_unit_test(test_conditions),
        cmocka_unit_test(test_monolithic),
        cmocka_unit_test(test_no_schema),
        cmocka_unit_test(test_injection),
        cmocka_unit_test(test_condition_injection),
        cmocka_unit_test(test_include_paths),
        cmocka_unit_test(test_inclusion_loop),
        cmocka_unit_test(test_syntax),
        cmocka_unit_test(test_nesting),
        cmocka_unit_test(test_self_containment),
        cmocka_unit_test(test_base_chain),
        cmocka_unit_test(test_output_limit),
        cmocka_unit_test(test_gap_limit),
        cmocka_unit_test(test_order),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
