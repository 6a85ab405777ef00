/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Descriptions of migration streams, from C to facts. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <glib/gstdio.h>
#include <string.h>

#include "extract/extract.h"
#include "qom/qom.h"

static const char header[] =
    "typedef unsigned char uint8_t; typedef unsigned uint32_t;\n"
    "typedef _Bool bool;\n"
    "typedef struct VMStateInfo { const char *name; } VMStateInfo;\n"
    "typedef struct VMStateDescription VMStateDescription;\n"
    "typedef struct VMStateField {\n"
    "    const char *name; long offset, size; int num;\n"
    "    const VMStateInfo *info; int flags;\n"
    "    const VMStateDescription *vmsd; int version_id;\n"
    "    bool (*field_exists)(void *opaque, int version_id);\n"
    "} VMStateField;\n"
    "struct VMStateDescription {\n"
    "    const char *name; int version_id, minimum_version_id;\n"
    "    int (*post_load)(void *opaque, int version_id);\n"
    "    bool (*needed)(void *opaque); const VMStateField *fields;\n"
    "    const VMStateDescription *const *subsections;\n"
    "};\n"
    "extern const VMStateInfo vmstate_info_uint32;\n"
    "enum { RING = 4 };\n"
    "#define RINGS (RING * 2)\n"
    "typedef struct Ring { uint32_t head; } Ring;\n"
    "typedef struct Proxy { uint32_t flags; } Proxy;\n"
    "typedef struct State { Proxy proxy; Ring rings[RINGS]; uint32_t a; bool\n"
    "    big; } State;\n"
    "void vmstate_register(void *obj, int id, const VMStateDescription *vmsd,\n"
    "                      void *opaque);\n";

static const char unit[] =
    "#include \"h.h\"\n"
    "static bool is_big(void *opaque, int version_id)\n"
    "{\n"
    "    State *s = opaque;\n"
    "    return version_id > 1 && s->big;\n"
    "}\n"
    "static bool has_flag(State *s)\n"
    "{\n"
    "    uint32_t bit = 1 << 3;\n"
    "    if (!bit) { return 0; }\n"
    "    return s->proxy.flags & bit;\n"
    "}\n"
    "static bool flag_needed(void *opaque) { return has_flag(opaque); }\n"
    "static bool always(void *opaque) { return 1; }\n"
    "static bool loops(void *opaque)\n"
    "{\n"
    "    State *s = opaque;\n"
    "    for (int i = 0; i < 4; i++) {\n"
    "        if (s->rings[i].head) { return 1; }\n"
    "    }\n"
    "    return 0;\n"
    "}\n"
    "static const VMStateDescription ring = {\n"
    "    .name = \"ring\", .version_id = 3, .minimum_version_id = 2,\n"
    "    .fields = (const VMStateField[]) {\n"
    "        { .name = \"head\", .info = &vmstate_info_uint32, .size = 4,\n"
    "          .flags = 1, .field_exists = is_big },\n"
    "        { .flags = 0x10000 } } };\n"
    "static const VMStateDescription flag = { .name = \"dev/flag\",\n"
    "    .needed = flag_needed, .fields = (const VMStateField[]) {\n"
    "        { .name = \"a\", .size = sizeof(uint32_t) } } };\n"
    "static const VMStateDescription all = { .name = \"dev/all\",\n"
    "    .needed = always };\n"
    "static const VMStateDescription some = { .name = \"dev/some\",\n"
    "    .needed = loops };\n"
    "static const VMStateDescription dev = {\n"
    "    .name = \"dev\",\n"
    "    .fields = (const VMStateField[]) {\n"
    "        { .name = \"rings\", .vmsd = &ring, .size = sizeof(Ring),\n"
    "          .num = RINGS, .flags = 4 | 8, .version_id = 2 },\n"
    "        {} },\n"
    "    .subsections = (const VMStateDescription *const []) {\n"
    "        &flag, &all, &some, 0 } };\n"
    "const VMStateDescription stub = {};\n"
    "static void realize(State *s)\n"
    "{\n"
    "    if (s->big) { vmstate_register(0, 0, &dev, s); }\n"
    "}\n";

static struct source *tree_of(const char *text)
{
    g_autofree char *dir = g_dir_make_tmp("qcompat-test-XXXXXX", NULL);
    g_autofree char *hw = g_build_filename(dir, "hw", NULL);
    g_autofree char *c = g_build_filename(hw, "a.c", NULL);
    g_autofree char *h = g_build_filename(hw, "h.h", NULL);

    g_mkdir_with_parents(hw, 0700);
    assert_true(g_file_set_contents(c, text, -1, NULL));
    assert_true(g_file_set_contents(h, header, -1, NULL));
    return source_open_dir(dir, NULL);
}

static struct facts *facts_of(const char *text)
{
    struct extract_options options = { .jobs = 1 };
    g_autoptr(Source) source = tree_of(text);
    g_autoptr(Extraction) e = extract_sources(&source, 1, &options, NULL);
    struct facts *facts = facts_new();

    assert_non_null(e);
    qom_evaluate(e->sources[0].units, facts);
    facts_seal(facts);
    return facts;
}

static const struct vmstate *find(const struct facts *facts, const char *id)
{
    const struct vmstate *vmstate = facts_vmstate(facts, g_intern_string(id));

    assert_non_null(vmstate);
    return vmstate;
}

static void test_layout(void **state)
{
    g_autoptr(Facts) facts = facts_of(unit);
    const struct vmstate *dev = find(facts, "dev");
    const struct vmstate *ring = find(facts, "ring");
    const struct vmstate_field *rings = g_ptr_array_index(dev->fields, 0);
    const struct vmstate_field *head = g_ptr_array_index(ring->fields, 0);

    assert_int_equal(facts->gaps->len, 0);
    assert_int_equal(dev->fields->len, 1);
    assert_false(dev->unknown);
    assert_false(find(facts, "stub")->unknown);
    assert_string_equal(dev->file, "hw/a.c");
    assert_string_equal(rings->name, "rings");
    assert_int_equal(rings->num, 8);
    assert_int_equal(rings->size, 4);
    assert_int_equal(rings->flags, STREAM_ARRAY | STREAM_STRUCT);
    assert_int_equal(rings->version_id, 2);
    assert_string_equal(rings->nested, "ring");
    assert_string_equal(ring->name, "ring");
    assert_int_equal(ring->version_id, 3);
    assert_int_equal(ring->minimum_version_id, 2);
    assert_false(ring->unterminated);
    assert_string_equal(head->info, "vmstate_info_uint32");
    assert_true(find(facts, "flag")->unterminated);
}

static void test_conditions(void **state)
{
    g_autoptr(Facts) facts = facts_of(unit);
    const struct vmstate *ring = find(facts, "ring");
    const struct vmstate_field *head = g_ptr_array_index(ring->fields, 0);

    assert_string_equal(head->test, "(&& (> v 1) (field State.big))");
    assert_string_equal(head->test_name, "is_big");
    assert_string_equal(find(facts, "flag")->needed,
                        "(& (field State.proxy.flags Proxy.flags) 8)");
    assert_string_equal(find(facts, "all")->needed, "1");
    assert_string_equal(find(facts, "some")->needed, "?");
    assert_null(find(facts, "dev")->needed);
}

static void test_who_uses_them(void **state)
{
    g_autoptr(Facts) facts = facts_of(unit);
    const struct vmstate *dev = find(facts, "dev");

    assert_int_equal(dev->subsections->len, 3);
    assert_string_equal(g_ptr_array_index(dev->subsections, 0), "flag");
    assert_int_equal(dev->users->len, 1);
    assert_string_equal(g_ptr_array_index(dev->users, 0), "hw/a.c:realize");
    assert_int_equal(find(facts, "ring")->users->len, 0);
}

/* Ifs that each double what comes behind take neither for ever nor the
 * memory. */
static void test_hostile_condition(void **state)
{
    g_autoptr(GString) text = g_string_new("#include \"h.h\"\n"
        "static bool f(void *opaque) { State *s = opaque; int x = 0;\n");

    for (int i = 0; i < 60; i++) {
        g_string_append_printf(text, "if (s->a == %d) { if (s->big) "
                               "{ return %d; } x = %d; }\n", i, i & 1, i);
    }
    g_string_append(text, "return x; }\n"
        "static const VMStateDescription d = { .name = \"d\", .needed = f };");
    g_autoptr(Facts) facts = facts_of(text->str);

    assert_true(strlen(find(facts, "d")->needed) < 1000);
    assert_non_null(strchr(find(facts, "d")->needed, '?'));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_layout),
        cmocka_unit_test(test_conditions),
        cmocka_unit_test(test_who_uses_them),
        cmocka_unit_test(test_hostile_condition),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
