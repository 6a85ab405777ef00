/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Precompiled prefixes: when one is made and when it serves again, and that
 * units say the same with them.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "extract/clang-auto.h"
#include "extract/collide.h"
#include "extract/extract.h"

#define SHARED(size) "#ifndef SHARED_H\n#define SHARED_H\n" \
                     "#define SIZE " size "\n#define MARK 255\n#endif\n"

/* Temporary files are this test's alone. */
static int setup(void **state)
{
    const char *outer = g_getenv("TMPDIR");
    char *dir = g_build_filename(outer ? outer : P_tmpdir,
                                 "qcompat-test-XXXXXX", NULL);

    *state = g_mkdtemp(dir);
    return *state && g_setenv("TMPDIR", dir, TRUE) ? 0 : -1;
}

static int teardown(void **state)
{
    g_free(*state);
    return 0;
}

static void put(const char *dir, const char *name, const char *text)
{
    g_autofree char *path = g_build_filename(dir, name, NULL);
    g_autofree char *parent = g_path_get_dirname(path);

    g_mkdir_with_parents(parent, 0700);
    assert_true(g_file_set_contents(path, text, -1, NULL));
}

/* N units of hw/ that include HEADER, and hw/z.c, which says OTHER. */
static struct source *tree(guint n, const char *header, const char *other)
{
    g_autofree char *dir = g_dir_make_tmp("tree-XXXXXX", NULL);

    for (guint i = 0; i < n; i++) {
        g_autofree char *name = g_strdup_printf("hw/u%u.c", i);
        g_autofree char *text = g_strdup_printf(
            "#include \"qemu/osdep.h\"\n#include \"hw/shared.h\"\n"
            "int TypeInfo%u = SIZE;\n", i);

        put(dir, name, text);
    }
    put(dir, "include/qemu/osdep.h", "typedef int TypeInfo;\n");
    put(dir, "include/hw/shared.h", header);
    put(dir, "hw/z.c", other);
    struct source *source = source_open_dir(dir, NULL);

    assert_non_null(source);
    return source;
}

#define OTHER(value) "#include \"qemu/osdep.h\"\n" \
                     "enum { MARK = " value " };\nTypeInfo z = MARK;\n"

/* The value of the last unit's variable. */
static gint64 extract(struct source *source, struct extract_memory *memory)
{
    struct extract_options options = { .jobs = 1, .memory = memory };
    g_autoptr(Extraction) e = extract_sources(&source, 1, &options, NULL);

    assert_non_null(e);
    assert_int_equal(e->sources[0].gaps->len, 0);
    const GPtrArray *units = e->sources[0].units;
    struct ir_unit *last = units->pdata[units->len - 1];

    assert_string_equal(ir_unit_path(last), "hw/z.c");
    assert_int_equal(ir_unit_n_gaps(last), 0);
    return ir_unit_node(last, 0)->value;
}

/* Precompiled files that are there now. */
static guint n_files(const char *dir)
{
    g_autoptr(GDir) open = g_dir_open(dir, 0, NULL);
    const char *name;
    guint n = 0;

    while (open && (name = g_dir_read_name(open))) {
        g_autofree char *path = g_build_filename(dir, name, NULL);

        if (g_str_has_prefix(name, "qcompat-pch-")) {
            n += n_files(path);
        } else if (g_str_has_suffix(name, ".pch")) {
            n++;
        }
    }
    return n;
}

static void test_serves_while_headers_are_the_same(void **state)
{
    struct extract_memory *memory = extract_memory_new();
    g_autoptr(Source) first = tree(5, SHARED("1"), OTHER("7"));
    g_autoptr(Source) like = tree(5, SHARED("1"), OTHER("8"));
    g_autoptr(Source) changed = tree(5, SHARED("2"), OTHER("9"));

    assert_int_equal(extract(first, memory), 7);
    assert_int_equal(n_files(*state), 1);
    assert_int_equal(extract(like, memory), 8);
    assert_int_equal(n_files(*state), 1);
    assert_int_equal(extract(changed, memory), 9);
    assert_int_equal(n_files(*state), 2);
    extract_memory_free(memory);
    assert_int_equal(n_files(*state), 0);
}

static void test_few_units_make_none(void **state)
{
    struct extract_memory *memory = extract_memory_new();
    g_autoptr(Source) few = tree(2, SHARED("1"), OTHER("7"));

    assert_int_equal(extract(few, memory), 7);
    assert_int_equal(n_files(*state), 0);
    extract_memory_free(memory);
}

/* However many trees there are. */
static void test_few_are_kept(void **state)
{
    struct extract_memory *memory = extract_memory_new();

    for (guint i = 0; i < 6; i++) {
        g_autofree char *header = g_strdup_printf(SHARED("%u"), i);
        g_autoptr(Source) source = tree(5, header, OTHER("7"));

        assert_int_equal(extract(source, memory), 7);
    }
    assert_int_equal(n_files(*state), 3);
    extract_memory_free(memory);
    assert_int_equal(n_files(*state), 0);
}

/* A child uses what is there, and leaves nothing of its own behind. */
static void test_children_leave_it_alone(void **state)
{
    struct extract_memory *memory = extract_memory_new();
    g_autoptr(Source) first = tree(5, SHARED("1"), OTHER("7"));
    g_autoptr(Source) changed = tree(5, SHARED("2"), OTHER("9"));
    int status;

    assert_int_equal(extract(first, memory), 7);
    pid_t child = fork();

    if (!child) {
        bool right = extract(first, memory) == 7 &&
                     extract(changed, memory) == 9;

        extract_memory_free(memory);
        _exit(right && n_files(*state) == 1 ? 0 : 1);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    assert_int_equal(n_files(*state), 1);
    assert_int_equal(extract(first, memory), 7);
    extract_memory_free(memory);
}

/* The directory of the files is open to units that have no prefix. */
static void test_the_disk_is_hidden_from_others(void **state)
{
    struct extract_memory *memory = extract_memory_new();
    g_autofree char *planted = g_build_filename(*state, "planted.h", NULL);
    g_autofree char *text = g_strdup_printf(
        "#include \"qemu/osdep.h\"\n#if __has_include(\"%s\")\n"
        "TypeInfo z = 1;\n#else\nTypeInfo z = 2;\n#endif\n", planted);
    g_autoptr(Source) first = tree(5, SHARED("1"), OTHER("7"));
    g_autoptr(Source) spy = tree(1, SHARED("2"), text);

    assert_true(g_file_set_contents(planted, "\n", -1, NULL));
    assert_int_equal(extract(first, memory), 7);
    assert_int_equal(extract(spy, memory), 2);
    extract_memory_free(memory);
}

/* --- Getting along ---------------------------------------------------------------- */

#define OWN "/t/own.c"
#define FOREIGN "/t/foreign.h"

/* Of a unit with TEXT, for which FOREIGN stands for the prefix. */
static enum collision collision_of(const char *foreign, const char *text,
                                   GHashTable *macros)
{
    static const char *const args[] = { "-include", FOREIGN };
    struct CXUnsavedFile files[] = {
        { OWN, text, strlen(text) }, { FOREIGN, foreign, strlen(foreign) },
    };
    g_autoptr(GHashTable) own = g_hash_table_new(NULL, NULL);
    g_auto(CXIndex) index = clang_createIndex(1, 0);
    g_auto(CXTranslationUnit) tu = clang_parseTranslationUnit(
        index, OWN, args, G_N_ELEMENTS(args), files, G_N_ELEMENTS(files), 0);

    assert_non_null(tu);
    g_hash_table_add(own, (gpointer)g_intern_string(OWN));
    return collide(tu, own, macros);
}

static void test_what_is_missing_is_no_collision(void **state)
{
    g_autoptr(GHashTable) macros = g_hash_table_new(NULL, NULL);

    assert_int_equal(collision_of("int a;\n", "int b = sizeof(a);\n",
                                  macros), COLLISION_NONE);
    assert_int_equal(collision_of("", "struct s { int x; } s;\nmissing c;\n"
                                  "void f(void)\n{\n    a = s.y;\n}\n"
                                  "#include \"gone.h\"\n", macros),
                     COLLISION_NONE);
    assert_int_equal(g_hash_table_size(macros), 0);
}

static void test_macros_are_taken_away(void **state)
{
    g_autoptr(GHashTable) macros = g_hash_table_new(NULL, NULL);
    static const char foreign[] = "#define MARK 255\n#define JOIN MARK\n"
                                  "#define FINE 1\n";
    static const char text[] = "enum { MARK };\nint FINE2 = FINE;\n"
                               "#define NAME(a) R_##a\nint NAME(X);\n";
    g_autofree char *undefine = NULL;

    assert_int_equal(collision_of(foreign, text, macros), COLLISION_MACROS);
    undefine = collide_undefine(macros);
    assert_string_equal(undefine, "#undef MARK\n");
    /* It did not help. */
    assert_int_equal(collision_of(foreign, text, macros), COLLISION_OTHER);
    /* Pasted together. */
    assert_int_equal(collision_of("#define R_X 5\n", text, macros),
                     COLLISION_MACROS);
    assert_true(g_hash_table_contains(macros, g_intern_string("R_X")));
    /* Its own are none. */
    assert_int_equal(collision_of("", "#define MINE 4\nint MINE;\n", macros),
                     COLLISION_OTHER);
}

static void test_what_is_there_twice_collides(void **state)
{
    g_autoptr(GHashTable) macros = g_hash_table_new(NULL, NULL);

    assert_int_equal(collision_of("enum e { A };\n", "enum e { B };\n",
                                  macros), COLLISION_OTHER);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_serves_while_headers_are_the_same),
        cmocka_unit_test(test_few_units_make_none),
        cmocka_unit_test(test_few_are_kept),
        cmocka_unit_test(test_children_leave_it_alone),
        cmocka_unit_test(test_the_disk_is_hidden_from_others),
        cmocka_unit_test(test_what_is_missing_is_no_collision),
        cmocka_unit_test(test_macros_are_taken_away),
        cmocka_unit_test(test_what_is_there_twice_collides),
    };

    return cmocka_run_group_tests_name("prefix", tests, setup, teardown);
}
