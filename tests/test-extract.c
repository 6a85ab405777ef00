/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * From a tree of files to units: what is parsed, what is shared, what a
 * hostile file can see.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <glib/gstdio.h>
#include <string.h>

#include "extract/extract.h"

/* A tree on disk: NULL-terminated pairs of path and text. */
static struct source *tree(const char *const *files)
{
    g_autofree char *dir = g_dir_make_tmp("qcompat-test-XXXXXX", NULL);

    for (; *files; files += 2) {
        g_autofree char *path = g_build_filename(dir, files[0], NULL);
        g_autofree char *parent = g_path_get_dirname(path);

        g_mkdir_with_parents(parent, 0700);
        assert_true(g_file_set_contents(path, files[1], -1, NULL));
    }
    struct source *source = source_open_dir(dir, NULL);

    assert_non_null(source);
    return source;
}

static struct extraction *extract(struct source *const *sources, guint n,
                                  unsigned jobs)
{
    struct extract_options options = { .jobs = jobs };
    struct extraction *e = extract_sources(sources, n, &options, NULL);

    assert_non_null(e);
    return e;
}

/* How many units are parsed for a tree with HEADER and then for one with
 * CHANGED instead; both have two units, which do not mention each other's
 * names. */
static guint parsed_after(const char *header, const char *changed)
{
    static const char unit_a[] =
        "#include \"h.h\"\nint TypeInfo; int a = USED;\nused_t b;\n";
    static const char unit_b[] =
        "#include \"h.h\"\nint TypeInfo; int c = OTHER;\n";
    const char *const old[] = { "hw/a.c", unit_a, "hw/b.c", unit_b,
                                "hw/h.h", header, NULL };
    const char *const new[] = { "hw/a.c", unit_a, "hw/b.c", unit_b,
                                "hw/h.h", changed, NULL };
    g_autoptr(Source) before = tree(old), after = tree(new);
    struct source *both[] = { before, after };
    g_autoptr(Extraction) e = extract(both, 2, 1);

    assert_int_equal(e->sources[0].units->len, 2);
    assert_int_equal(e->sources[1].units->len, 2);
    return e->parsed;
}

#define HEADER(used, other, more) \
    "/* a header */\n" \
    "#ifndef H_H\n#define H_H\n" \
    "typedef struct used { int x; } used_t;\n" \
    "#define INNER " used "\n#define USED INNER\n" \
    "enum { FIRST, OTHER = " other " };\n" more "#endif\n"

static void test_a_change_costs_the_units_that_use_it(void **state)
{
    const char *same = HEADER("1", "2", "");

    assert_int_equal(parsed_after(same, same), 2);
    assert_int_equal(parsed_after(same, HEADER("1", "2", "int unused;\n")),
                     2);
    assert_int_equal(parsed_after(same, HEADER("1 /* one */", "2", "")), 2);
    assert_int_equal(parsed_after(same, HEADER("3", "2", "")), 3);
    assert_int_equal(parsed_after(same, HEADER("1", "3", "")), 3);
}

static void test_what_can_reach_a_unit_counts(void **state)
{
    const char *same = HEADER("1", "2", "");
    static const char *const changes[] = {
        HEADER("1", "2", "#define b c\n"),           /* a name it mentions */
        HEADER("1", "2", "#undef USED\n"),
        HEADER("1", "2", "PASTE(U, SED)\n"),         /* it may be any name */
    };

    for (guint i = 0; i < G_N_ELEMENTS(changes); i++) {
        assert_true(parsed_after(same, changes[i]) > 2);
    }
    /* A condition, a member, an attribute of what it uses, packing. */
    assert_int_equal(parsed_after(
        "#ifdef X\n#define USED 1\n#endif\ntypedef int used_t;\n"
        "#define OTHER 1\n",
        "#ifdef Y\n#define USED 1\n#endif\ntypedef int used_t;\n"
        "#define OTHER 1\n"), 3);
    assert_int_equal(parsed_after(
        "#define USED 1\ntypedef struct { int x; } used_t;\n"
        "#define OTHER 1\n",
        "#define USED 1\ntypedef struct { long x; } used_t;\n"
        "#define OTHER 1\n"), 3);
    assert_int_equal(parsed_after(
        "#define USED 1\n#define OTHER 1\ntypedef struct { int x; } used_t;\n",
        "#define USED 1\n#define OTHER 1\n#pragma pack(1)\n"
        "typedef struct { int x; } used_t;\n"), 3);
}

/* A header that loses an include sees less, whatever its text says. */
static void test_includes_count(void **state)
{
    static const char unit[] = "#include \"h.h\"\nint TypeInfo = USED;\n";
    const char *const old[] = {
        "hw/a.c", unit, "hw/h.h", "#include \"i.h\"\n#define USED INNER\n",
        "hw/i.h", "#define INNER 1\n", NULL,
    };
    const char *const new[] = {
        "hw/a.c", unit, "hw/h.h", "#define USED INNER\n",
        "hw/i.h", "#define INNER 1\n", NULL,
    };
    g_autoptr(Source) before = tree(old), after = tree(new);
    struct source *both[] = { before, after };
    g_autoptr(Extraction) e = extract(both, 2, 1);

    assert_int_equal(e->parsed, 2);
    assert_int_equal(ir_unit_n_gaps(g_ptr_array_index(
        e->sources[0].units, 0)), 0);
    assert_int_equal(ir_unit_n_gaps(g_ptr_array_index(
        e->sources[1].units, 0)), 1);
}

/* The key of the only unit, of a tree like one where it did not include i.h
 * yet, which says VALUE. */
static const char *key_of_new_include(const char *value)
{
    static const char without[] = "int TypeInfo = 1;\n";
    static const char with[] = "#include \"i.h\"\nint TypeInfo = USED;\n";
    const char *const old[] = { "hw/a.c", without, "hw/i.h", value, NULL };
    const char *const new[] = { "hw/a.c", with, "hw/i.h", value, NULL };
    g_autoptr(Source) before = tree(old), after = tree(new);
    struct source *both[] = { before, after };
    g_autoptr(Extraction) e = extract(both, 2, 1);

    assert_int_equal(e->sources[1].units->len, 1);
    return e->sources[1].keys->pdata[0];
}

static void test_headers_that_come_into_sight_count(void **state)
{
    assert_string_not_equal(key_of_new_include("#define USED 1\n"),
                            key_of_new_include("#define USED 2\n"));
}

static const char unit_text[] =
    "typedef struct TypeInfo { const char *name; int size; } TypeInfo;\n"
    "#define NAME \"a-\" \"type\"\n"
    "static const TypeInfo info = { .name = NAME, .size = 1 << 4 };\n";

static void test_values_are_evaluated_and_spelled(void **state)
{
    const char *const files[] = { "hw/a.c", unit_text, NULL };
    g_autoptr(Source) source = tree(files);
    g_autoptr(Extraction) e = extract(&source, 1, 1);
    struct ir_unit *unit = g_ptr_array_index(e->sources[0].units, 0);

    assert_string_equal(ir_unit_path(unit), "hw/a.c");
    assert_int_equal(ir_unit_n_gaps(unit), 0);
    assert_int_equal(ir_unit_n_symbols(unit), 1);
    const struct ir_symbol *symbol = ir_unit_symbol(unit, 0);
    const struct ir_node *init = ir_unit_node(unit, 0);

    assert_string_equal(symbol->name, "info");
    assert_int_equal(symbol->loc.line, 3);
    assert_string_equal(ir_init_field(init, "name")->str, "a-type");
    assert_int_equal(ir_init_field(init, "size")->value, 16);
    assert_string_equal(ir_init_field(init, "size")->str, "1 << 4");
}

/* Gaps of the one unit of a tree whose header defines "first" for targets. */
static guint gaps_of(const char *unit)
{
    const char *const files[] = {
        "hw/a.c", unit,
        "hw/h.h", "#ifdef NEED_CPU_H\n#define first f(&all)\n"
                  "#define USE TARGET\nenum { TARGET = 1 };\n#endif\n", NULL
    };
    g_autoptr(Source) source = tree(files);
    g_autoptr(Extraction) e = extract(&source, 1, 1);

    return ir_unit_n_gaps(e->sources[0].units->pdata[0]);
}

/* Such code has names of its own that headers define where they are included
 * for a target; what parses neither way has its gap. */
static void test_code_for_no_target_is_tried_as_such(void **state)
{
    assert_int_equal(gaps_of("#include \"h.h\"\nint TypeInfo = USE;\n"), 0);
    assert_int_equal(gaps_of("#include \"h.h\"\nint TypeInfo;\n"
                             "int f(int first);\n"), 0);
    assert_true(gaps_of("#include \"h.h\"\nint TypeInfo = USE;\n"
                        "int f(int first);\n") > 0);
}

/* As the generated qapi-types.c had them before v2.11. */
static void test_plain_tables_of_names_are_lowered(void **state)
{
    const char *const files[] = {
        "hw/a.c",
        "int TypeInfo;\n"
        "const char *const Mode_lookup[] = { [0] = \"auto\", [1] = 0 };\n"
        "const char *const Mode_titles[] = { [0] = \"Auto\" };\n",
        NULL,
    };
    g_autoptr(Source) source = tree(files);
    g_autoptr(Extraction) e = extract(&source, 1, 1);
    struct ir_unit *unit = g_ptr_array_index(e->sources[0].units, 0);
    bool found = false;

    for (unsigned i = 0; i < ir_unit_n_symbols(unit); i++) {
        const char *name = ir_unit_symbol(unit, i)->name;

        assert_string_not_equal(name, "Mode_titles");
        found |= !strcmp(name, "Mode_lookup");
    }
    assert_true(found);
}

/* Bytes of all units, in order. */
static GByteArray *everything(struct source *source, unsigned jobs)
{
    g_autoptr(Extraction) e = extract(&source, 1, jobs);
    GByteArray *all = g_byte_array_new();

    for (guint i = 0; i < e->sources[0].units->len; i++) {
        struct ir_unit *unit = g_ptr_array_index(e->sources[0].units, i);

        for (unsigned s = 0; s < ir_unit_n_symbols(unit); s++) {
            g_autofree char *text = ir_to_text(ir_unit_node(unit, s));
            const char *name = ir_unit_symbol(unit, s)->name;

            g_byte_array_append(all, (const guint8 *)name,
                                (guint)strlen(name));
            g_byte_array_append(all, (const guint8 *)text,
                                (guint)strlen(text));
        }
    }
    return all;
}

static void test_the_number_of_workers_does_not_matter(void **state)
{
    g_autoptr(Source) source = source_open_dir(FIXTURES "/base", NULL);

    assert_non_null(source);
    g_autoptr(GByteArray) one = everything(source, 1);
    g_autoptr(GByteArray) many = everything(source, 8);

    assert_true(one->len > 1000);
    assert_int_equal(one->len, many->len);
    assert_memory_equal(one->data, many->data, one->len);
}

/* Enough units for a precompiled prefix: the disk must be hidden then too. */
static void test_the_host_cannot_be_seen(void **state)
{
    g_autofree char *planted = g_build_filename(g_get_tmp_dir(),
                                                "qcompat-planted.h", NULL);
    g_autoptr(GPtrArray) files = g_ptr_array_new_with_free_func(g_free);

    assert_true(g_file_set_contents(planted, "int planted = 1;\n", -1, NULL));
    for (guint i = 0; i < 20; i++) {
        g_ptr_array_add(files, g_strdup_printf("hw/u%02u.c", i));
        g_ptr_array_add(files, g_strdup_printf(
            "#include \"qemu/osdep.h\"\n"
            "int TypeInfo;\n"
            "#if __has_include(\"%s\")\nint seen = 1;\n#endif\n"
            "#include \"%s\"\n", planted, planted));
    }
    g_ptr_array_add(files, g_strdup("include/qemu/osdep.h"));
    g_ptr_array_add(files, g_strdup("#define OSDEP 1\n"));
    g_ptr_array_add(files, NULL);
    g_autoptr(Source) source = tree((const char *const *)files->pdata);
    g_autoptr(Extraction) e = extract(&source, 1, 2);

    g_unlink(planted);
    assert_int_equal(e->sources[0].units->len, 20);
    for (guint i = 0; i < 20; i++) {
        struct ir_unit *unit = g_ptr_array_index(e->sources[0].units, i);

        assert_true(ir_unit_n_gaps(unit) > 0);    /* the file is missing */
        for (unsigned s = 0; s < ir_unit_n_symbols(unit); s++) {
            const char *name = ir_unit_symbol(unit, s)->name;

            assert_string_not_equal(name, "seen");
            assert_string_not_equal(name, "planted");
        }
    }
}

static void test_includes_that_go_round_end(void **state)
{
    const char *const files[] = {
        "hw/a.c", "#include \"x/a.h\"\nint TypeInfo;\n",
        "hw/x/a.h", "#include \"../y/b.h\"\n#include \"a.h\"\n",
        "hw/y/b.h", "#include \"../x/a.h\"\n", NULL,
    };
    g_autoptr(Source) source = tree(files);
    g_autoptr(Extraction) e = extract(&source, 1, 1);
    struct ir_unit *unit = g_ptr_array_index(e->sources[0].units, 0);

    assert_true(ir_unit_n_gaps(unit) > 0);
}

static void test_hostile_nesting_is_no_crash(void **state)
{
    g_autoptr(GString) deep = g_string_new("int TypeInfo = ");

    for (guint i = 0; i < 100000; i++) {
        g_string_append(deep, "(");
    }
    const char *const files[] = { "hw/a.c", deep->str, "hw/b.c", unit_text,
                                  NULL };
    g_autoptr(Source) source = tree(files);
    g_autoptr(Extraction) e = extract(&source, 1, 1);
    const struct extract_source *s = &e->sources[0];
    struct ir_unit *last = g_ptr_array_index(s->units, s->units->len - 1);

    assert_string_equal(ir_unit_path(last), "hw/b.c");
    if (s->units->len == 2) {
        assert_true(ir_unit_n_gaps(g_ptr_array_index(s->units, 0)) > 0);
    } else {
        assert_int_equal(s->gaps->len, 1);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_change_costs_the_units_that_use_it),
        cmocka_unit_test(test_what_can_reach_a_unit_counts),
        cmocka_unit_test(test_includes_count),
        cmocka_unit_test(test_headers_that_come_into_sight_count),
        cmocka_unit_test(test_values_are_evaluated_and_spelled),
        cmocka_unit_test(test_code_for_no_target_is_tried_as_such),
        cmocka_unit_test(test_plain_tables_of_names_are_lowered),
        cmocka_unit_test(test_the_number_of_workers_does_not_matter),
        cmocka_unit_test(test_the_host_cannot_be_seen),
        cmocka_unit_test(test_includes_that_go_round_end),
        cmocka_unit_test(test_hostile_nesting_is_no_crash),
    };

    return cmocka_run_group_tests_name("extract", tests, NULL, NULL);
}
