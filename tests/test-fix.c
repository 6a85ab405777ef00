/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Repairs as text: one file with an array, one repair, the diff.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "fix/fix.h"

#define ARRAY_FILE "hw/core/machine.c"
#define HEADER_FILE "include/hw/demo.h"

struct world {
    const char *text;        /* of ARRAY_FILE */
    struct facts *facts;
    struct compat_array *array;
    struct finding *finding;
};

static GBytes *read_path(void *opaque, const char *path)
{
    const struct world *world = opaque;
    const char *text = strcmp(path, ARRAY_FILE) == 0 ? world->text
        : strcmp(path, HEADER_FILE) == 0
        ? "#define TYPE_DEMO \"demo\"\n#define TYPE_NEXT \"next\"\n" : NULL;

    return text ? g_bytes_new_static(text, strlen(text)) : NULL;
}

static const char *list_path(void *opaque, guint i)
{
    return i == 0 ? ARRAY_FILE : i == 1 ? HEADER_FILE : NULL;
}

static struct location place(const char *text, const char *needle)
{
    const char *at = strstr(text, needle);
    struct location loc = { g_intern_string(ARRAY_FILE), 1, 1 };

    assert_non_null(at);
    for (const char *p = text; p < at; p++) {
        loc.line += *p == '\n';
        loc.column = *p == '\n' ? 1 : loc.column + 1;
    }
    return loc;
}

/* TEXT has the array hw_compat_8_0; the entry at ENTRY, where not NULL, is
 * its only one. */
static struct world world_of(const char *text, const char *entry)
{
    struct world world = { text, facts_new(), NULL, finding_new("rule") };

    world.array = facts_add_array(world.facts,
                                  g_intern_string("hw_compat_8_0"));
    world.array->name = world.array->id;
    world.array->loc = place(text, "hw_compat_8_0");
    if (entry) {
        struct compat_entry *e = compat_array_add_entry(world.array);

        e->driver = g_intern_string("old");
        e->property = g_intern_string("size");
        e->value = g_intern_string("1");
        e->loc = place(text, entry);
    }
    facts_seal(world.facts);
    return world;
}

static void repair(struct world *world, enum repair_kind kind,
                   const char *driver, const char *property,
                   const char *value)
{
    struct repair r = {
        .kind = kind, .array = g_intern_string("hw_compat_8_0"),
        .driver = g_intern_string(driver),
        .property = g_intern_string(property),
        .value = g_intern_string(value),
    };

    if (kind == REPAIR_REPLACE || kind == REPAIR_REMOVE) {
        const struct compat_entry *entry = world->array->entries->pdata[0];

        r.at = entry->loc;
    }
    g_array_append_val(world->finding->repairs, r);
}

/* The lines of the diff that change something; NULL: no fix. */
static void assert_changes(struct world *world, const char *wanted)
{
    const struct fix_tree tree = { read_path, list_path, world };
    g_autoptr(Fix) fix = fix_new(world->facts, &tree);
    g_autofree char *diff = fix_add(fix, world->finding);
    g_auto(GStrv) lines = g_strsplit(diff ? diff : "", "\n", -1);
    g_autoptr(GString) changes = g_string_new(NULL);

    for (char **line = lines; *line; line++) {
        if (strchr("+-\\", **line) && **line &&
            !g_str_has_prefix(*line, "---") &&
            !g_str_has_prefix(*line, "+++")) {
            g_string_append_printf(changes, "%s\n", *line);
        }
    }
    if (wanted) {
        assert_string_equal(changes->str, wanted);
    } else {
        assert_null(diff);
    }
    finding_free(world->finding);
    facts_free(world->facts);
}

static void test_empty_array(void **state)
{
    struct world world = world_of("GlobalProperty hw_compat_8_0[] = {};\n",
                                  NULL);

    repair(&world, REPAIR_ADD, "demo", "size", "1");
    assert_changes(&world, "-GlobalProperty hw_compat_8_0[] = {};\n"
                           "+GlobalProperty hw_compat_8_0[] = {\n"
                           "+    { \"demo\", \"size\", \"1\" },\n"
                           "+};\n");
}

static void test_style_of_the_neighbour(void **state)
{
    struct world world = world_of("GlobalProperty hw_compat_8_0[] = {\n"
                                  "  {\"old\", \"size\", \"1\"},\n};\n",
                                  "{\"old");

    repair(&world, REPAIR_ADD, "demo", "size", "1");
    assert_changes(&world, "+  {\"demo\", \"size\", \"1\"},\n");
}

static void test_macro_where_neighbours_have_one(void **state)
{
    struct world world = world_of("#include \"hw/demo.h\"\n"
                                  "GlobalProperty hw_compat_8_0[] = {\n"
                                  "    { TYPE_OLD, \"size\", \"1\" },\n};\n",
                                  "{ TYPE_OLD");

    repair(&world, REPAIR_ADD, "demo", "size", "1");
    repair(&world, REPAIR_ADD, "no-macro", "size", "1");
    assert_changes(&world, "+    { TYPE_DEMO, \"size\", \"1\" },\n"
                           "+    { \"no-macro\", \"size\", \"1\" },\n");
}

static void test_macro_that_is_not_included(void **state)
{
    struct world world = world_of("GlobalProperty hw_compat_8_0[] = {\n"
                                  "    { TYPE_OLD, \"size\", \"1\" },\n};\n",
                                  "{ TYPE_OLD");

    repair(&world, REPAIR_ADD, "demo", "size", "1");
    assert_changes(&world, "+    { \"demo\", \"size\", \"1\" },\n");
}

static void test_missing_comma(void **state)
{
    struct world world = world_of("GlobalProperty hw_compat_8_0[] = {\n"
                                  "    { \"old\", \"size\", \"1\" } /* } */\n"
                                  "};\n", "{ \"old");

    repair(&world, REPAIR_ADD, "demo", "size", "1");
    assert_changes(&world,
                   "-    { \"old\", \"size\", \"1\" } /* } */\n"
                   "+    { \"old\", \"size\", \"1\" }, /* } */\n"
                   "+    { \"demo\", \"size\", \"1\" },\n");
}

static void test_text_is_escaped(void **state)
{
    struct world world = world_of("GlobalProperty hw_compat_8_0[] = {};\n",
                                  NULL);

    repair(&world, REPAIR_ADD, "de\"mo", "si\nze", "\\");
    assert_changes(&world, "-GlobalProperty hw_compat_8_0[] = {};\n"
                           "+GlobalProperty hw_compat_8_0[] = {\n"
                           "+    { \"de\\\"mo\", \"si\\nze\", \"\\\\\" },\n"
                           "+};\n");
}

static void test_replace_keeps_the_rest(void **state)
{
    struct world world = world_of(
        "GlobalProperty hw_compat_8_0[] = {\n"
        "    { .property = \"size\", .driver = F(a, b), .value = \"1\" },\n"
        "};\n", "{ .property");

    repair(&world, REPAIR_REPLACE, NULL, NULL, "2");
    assert_changes(
        &world,
        "-    { .property = \"size\", .driver = F(a, b), .value = \"1\" },\n"
        "+    { .property = \"size\", .driver = F(a, b), .value = \"2\" },\n");
}

static void test_remove_the_line(void **state)
{
    struct world world = world_of("GlobalProperty hw_compat_8_0[] = {\n"
                                  "    { \"old\", \"size\", \"1\" }, /* x */\n"
                                  "};\n", "{ \"old");

    repair(&world, REPAIR_REMOVE, NULL, NULL, NULL);
    assert_changes(&world, "-    { \"old\", \"size\", \"1\" }, /* x */\n");
}

static void test_last_line_without_end(void **state)
{
    struct world world = world_of("GlobalProperty hw_compat_8_0[] = {};",
                                  NULL);

    repair(&world, REPAIR_ADD, "demo", "size", "1");
    assert_changes(&world, "-GlobalProperty hw_compat_8_0[] = {};\n"
                           "\\ No newline at end of file\n"
                           "+GlobalProperty hw_compat_8_0[] = {\n"
                           "+    { \"demo\", \"size\", \"1\" },\n"
                           "+};\n"
                           "\\ No newline at end of file\n");
}

/* What is no array in the source gets no entry, and nothing runs astray. */
static void test_hostile_sources(void **state)
{
    static const char *const texts[] = {
        "HW_COMPAT(hw_compat_8_0) { }\n",
        "GlobalProperty hw_compat_8_0[] = {",
        "GlobalProperty hw_compat_8_0[] = { /*",
        "GlobalProperty hw_compat_8_0[] = { \"\\",
        "GlobalProperty hw_compat_8_0[] = { '",
        "GlobalProperty hw_compat_8_0",
        "#define X \\\nhw_compat_8_0[] = {\\",
    };

    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
        struct world world = world_of(texts[i], NULL);

        repair(&world, REPAIR_ADD, "demo", "size", "1");
        assert_changes(&world, NULL);
    }
}

static void test_one_entry_for_two_findings(void **state)
{
    struct world world = world_of("GlobalProperty hw_compat_8_0[] = {\n};\n",
                                  NULL);

    repair(&world, REPAIR_ADD, "demo", "size", "1");
    repair(&world, REPAIR_ADD, "demo", "size", "1");
    assert_changes(&world, "+    { \"demo\", \"size\", \"1\" },\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_empty_array),
        cmocka_unit_test(test_style_of_the_neighbour),
        cmocka_unit_test(test_macro_where_neighbours_have_one),
        cmocka_unit_test(test_macro_that_is_not_included),
        cmocka_unit_test(test_missing_comma),
        cmocka_unit_test(test_text_is_escaped),
        cmocka_unit_test(test_replace_keeps_the_rest),
        cmocka_unit_test(test_remove_the_line),
        cmocka_unit_test(test_last_line_without_end),
        cmocka_unit_test(test_hostile_sources),
        cmocka_unit_test(test_one_entry_for_two_findings),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
