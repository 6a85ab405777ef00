/* SPDX-License-Identifier: GPL-2.0-or-later */
/* From C to facts: ways of writing things down that only some trees have. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <glib/gstdio.h>
#include <string.h>

#include "extract/extract.h"
#include "qom/qom.h"

/* The little of QEMU's own headers that the trees here need. */
static const char osdep[] =
    "typedef unsigned long size_t; typedef _Bool bool;\n"
    "#define NULL ((void *)0)\n"
    "#define offsetof(t, m) __builtin_offsetof(t, m)\n"
    "#define ARRAY_SIZE(x) (sizeof(x) / sizeof((x)[0]))\n"
    "typedef struct Object { void *class; } Object;\n"
    "typedef struct ObjectClass { void *type; } ObjectClass;\n"
    "typedef struct TypeInfo {\n"
    "    const char *name, *parent; size_t instance_size; bool abstract;\n"
    "    void (*instance_init)(Object *);\n"
    "    void (*class_init)(ObjectClass *, void *); void *class_data;\n"
    "} TypeInfo;\n"
    "typedef struct GlobalProperty { const char *driver, *property, *value; }\n"
    "    GlobalProperty;\n"
    "typedef struct DeviceClass { ObjectClass parent_class; int x; }\n"
    "    DeviceClass;\n"
    "typedef struct MachineClass { ObjectClass parent_class;\n"
    "    const char *name; GlobalProperty *compat_props; } MachineClass;\n"
    "#define DEVICE_CLASS(c) ((DeviceClass *)(c))\n"
    "#define MACHINE_CLASS(c) ((MachineClass *)(c))\n"
    "typedef enum { MODULE_INIT_MACHINE, MODULE_INIT_QOM } module_init_type;\n"
    "void register_module_init(void (*fn)(void), module_init_type type);\n"
    "#define module_init(f, type) \\\n"
    "static void __attribute__((constructor)) do_qemu_init_ ## f(void) \\\n"
    "{ register_module_init(f, type); }\n"
    "#define machine_init(f) module_init(f, MODULE_INIT_MACHINE)\n"
    "#define type_init(f) module_init(f, MODULE_INIT_QOM)\n"
    "void *type_register(const TypeInfo *info);\n"
    "void *type_register_static(const TypeInfo *info);\n"
    "char *g_strconcat(const char *s, ...);\n"
    "void object_property_add_bool(Object *obj, const char *name, void *get,\n"
    "                              void *set);\n";

static const char roots[] =
    "#include \"qemu/osdep.h\"\n"
    "static void register_types(void)\n"
    "{\n"
    "    static const TypeInfo object = { .name = \"object\", .abstract = 1 };\n"
    "    static const TypeInfo device = {\n"
    "        .name = \"device\", .parent = \"object\", .abstract = 1 };\n"
    "    static const TypeInfo machine = {\n"
    "        .name = \"machine\", .parent = \"object\", .abstract = 1 };\n"
    "    type_register_static(&object);\n"
    "    type_register_static(&device);\n"
    "    type_register_static(&machine);\n"
    "}\n"
    "type_init(register_types)\n";

static void write_file(const char *dir, const char *name, const char *text)
{
    g_autofree char *path = g_build_filename(dir, name, NULL);
    g_autofree char *parent = g_path_get_dirname(path);

    g_mkdir_with_parents(parent, 0700);
    assert_true(g_file_set_contents(path, text, -1, NULL));
}

/* Facts of a tree: pairs of path and text, NULL. */
G_GNUC_NULL_TERMINATED
static struct facts *facts_of(const char *path, ...)
{
    g_autofree char *dir = g_dir_make_tmp("qcompat-test-XXXXXX", NULL);
    struct extract_options options = { .jobs = 1 };
    struct facts *facts = facts_new();
    va_list args;

    write_file(dir, "include/qemu/osdep.h", osdep);
    write_file(dir, "hw/core/roots.c", roots);
    va_start(args, path);
    for (; path; path = va_arg(args, const char *)) {
        write_file(dir, path, va_arg(args, const char *));
    }
    va_end(args);
    g_autoptr(Source) source = source_open_dir(dir, NULL);

    assert_non_null(source);
    g_autoptr(Extraction) e = extract_sources(
        (struct source *[]){ source }, 1, &options, NULL);

    assert_non_null(e);
    qom_evaluate(e->sources[0].units, facts);
    facts_seal(facts);
    return facts;
}

static const struct machine *machine(const struct facts *facts,
                                     const char *name)
{
    for (guint i = 0; i < facts->machines->len; i++) {
        const struct machine *m = g_ptr_array_index(facts->machines, i);

        if (!strcmp(m->name, name)) {
            return m;
        }
    }
    return NULL;
}

static const struct qom_type *type(const struct facts *facts,
                                   const char *name)
{
    return facts_type(facts, g_intern_string(name), 0);
}

/* Up to v2.4 a board is a record; its class takes name and compat entries,
 * an array without a name, from there. */
static void test_machine_records(void **state)
{
    g_autoptr(Facts) facts = facts_of(
        "include/hw/boards.h",
        "typedef struct QEMUMachine {\n"
        "    const char *name; GlobalProperty *compat_props; } QEMUMachine;\n"
        "void register_board(QEMUMachine *m);\n",
        "vl.c",
        "#include \"qemu/osdep.h\"\n#include \"hw/boards.h\"\n"
        "static void board_class_init(ObjectClass *oc, void *data)\n"
        "{\n"
        "    MachineClass *mc = MACHINE_CLASS(oc);\n"
        "    QEMUMachine *m = data;\n"
        "    mc->name = m->name;\n"
        "    mc->compat_props = m->compat_props;\n"
        "}\n"
        "void register_board(QEMUMachine *m)\n"
        "{\n"
        "    TypeInfo ti = { .name = g_strconcat(\"board-\", m->name, NULL),\n"
        "                    .parent = \"machine\", .class_data = m,\n"
        "                    .class_init = board_class_init };\n"
        "    type_register(&ti);\n"
        "}\n",
        "hw/i386/boards.c",
        "#include \"qemu/osdep.h\"\n#include \"hw/boards.h\"\n"
        "static QEMUMachine old = { .name = \"pc-1.0\",\n"
        "    .compat_props = (GlobalProperty[]) {\n"
        "        { \"demo\", \"a\", \"1\" }, { \"demo\", \"b\", \"2\" }, { } } };\n"
        "static QEMUMachine new = { .name = \"pc-1.1\" };\n"
        "static void boards_init(void)\n"
        "{ register_board(&old); register_board(&new); }\n"
        "machine_init(boards_init);\n", NULL);
    const struct machine *old = machine(facts, "pc-1.0");

    assert_int_equal(facts->gaps->len, 0);
    assert_int_equal(facts->machines->len, 2);
    assert_non_null(machine(facts, "pc-1.1"));
    assert_non_null(old);
    assert_int_equal(old->compat->len, 1);
    const struct compat_array *array = g_ptr_array_index(old->compat, 0);
    const struct compat_entry *entry = g_ptr_array_index(array->entries, 1);

    assert_string_equal(array->id, "pc-1.0/compat_props");
    assert_int_equal(array->entries->len, 2);
    assert_string_equal(entry->property, "b");
}

/* CPU models: the table, its length and the code that registers them lie in
 * three files, of which one is no unit by itself. */
static void test_tables_of_other_units(void **state)
{
    static const char def[] =
        "typedef struct Def { int id; const char *name; } Def;\n"
        "extern const Def defs[]; extern const int n_defs;\n";
    g_autoptr(Facts) facts = facts_of(
        "target/mips/cpu.c",
        "#include \"qemu/osdep.h\"\n#include \"def.h\"\n"
        "static void register_models(void)\n"
        "{\n"
        "    for (int i = 0; i < n_defs; i++) {\n"
        "        TypeInfo ti = { .name = defs[i].name, .parent = \"device\" };\n"
        "        type_register(&ti);\n"
        "    }\n"
        "}\n"
        "type_init(register_models)\n",
        "target/mips/def.h", def,
        "target/mips/translate.c",
        "#include \"qemu/osdep.h\"\n#include \"def.h\"\n"
        "#define SECRET 7\n#include \"translate_init.c\"\n",
        "target/mips/translate_init.c",
        "/* No TypeInfo. */\n"
        "const Def defs[] = { { SECRET, \"m4k\" }, { 2, \"m5k\" } };\n"
        "const int n_defs = ARRAY_SIZE(defs);\n", NULL);

    assert_int_equal(facts->gaps->len, 0);
    assert_non_null(type(facts, "m4k"));
    assert_non_null(type(facts, "m5k"));
}

/* A unit that includes itself, as a template of its own, stays a unit. */
static void test_own_template(void **state)
{
    g_autoptr(Facts) facts = facts_of(
        "hw/block/chip.c",
        "#ifndef SIZE\n"
        "#include \"qemu/osdep.h\"\n"
        "static const TypeInfo info = {\n"
        "    .name = \"chip\", .parent = \"device\" };\n"
        "static void register_chip(void) { type_register_static(&info); }\n"
        "type_init(register_chip)\n"
        "#define SIZE 256\n#include \"chip.c\"\n"
        "#else\nint size_of_chip = SIZE;\n#endif\n", NULL);

    assert_int_equal(facts->gaps->len, 0);
    assert_non_null(type(facts, "chip"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_machine_records),
        cmocka_unit_test(test_tables_of_other_units),
        cmocka_unit_test(test_own_template),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
