/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What is left out of a unit before it is parsed, and that no fact goes with
 * it.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <cmocka.h>
#include <string.h>

#include "extract/hollow.h"

#define LONG_BODY "{\n    work();\n    more(MARK);\n    rest();\n}\n"

/* Whether the body with MARK in it is gone from TEXT, of which ASKED is
 * wanted; all else has to be where it was. */
static bool loses_mark_of(const char *text, GHashTable *asked)
{
    gsize length = strlen(text);
    g_autoptr(Hollow) hollow = hollow_new(text, length, asked);

    if (!hollow) {
        return false;
    }
    assert_int_equal(strlen(hollow->text), length);
    for (gsize i = 0; i < length; i++) {
        if (hollow->text[i] != text[i]) {
            assert_int_equal(hollow->text[i], ' ');
            assert_int_not_equal(text[i], '\n');
        }
    }
    for (guint i = 0; i < hollow->left_out->len; i++) {
        assert_int_equal(text[g_array_index(hollow->left_out, guint, i)],
                         '{');
    }
    return !strstr(hollow->text, "MARK");
}

static bool loses_mark(const char *text)
{
    return loses_mark_of(text, NULL);
}

static void test_left_out(void **state)
{
    assert_true(loses_mark("static void rd(void *o)\n" LONG_BODY
                           "static const Ops ops = { .read = rd };\n"));
    assert_true(loses_mark("void dev_reset(DeviceState *d)\n" LONG_BODY));
    assert_true(loses_mark("void timer(void *opaque)\n" LONG_BODY));
    assert_true(loses_mark("static bool rd(void *opaque)\n" LONG_BODY
                           "static const Ops ops = { .read = rd };\n"));
    /* set, but not as what QOM calls */
    assert_true(loses_mark("static void re(DeviceState *d, Error **e)\n"
                           LONG_BODY
                           "static void ci(ObjectClass *c, void *d)\n"
                           "{\n    dc->realize = re;\n    a();\n}\n"
                           "static const TypeInfo t = "
                           "{ .class_init = ci };\n"));
    /* conditions that open and close in it */
    assert_true(loses_mark("int f(void)\n{\n#ifdef A\n    a();\n#else\n"
                           "    b();\n#endif\n    c(MARK); d(); e(); f();\n"
                           "    g(); h(); i(); j(); k();\n}\n"));
}

static void test_kept(void **state)
{
    static const char *const texts[] = {
        /* a hook, what a hook calls, what is called in turn */
        "static void ci(ObjectClass *c, void *d)\n" LONG_BODY
        "static const TypeInfo t = { .class_init = ci };\n",
        "static void in(int a)\n" LONG_BODY
        "static void help(int a)\n{\n    in(1);\n    in(2);\n}\n"
        "static void ci(ObjectClass *c, void *d)\n{\n    help(1);\n    x();\n}\n"
        "static const TypeInfo t = { .class_init = ci };\n",
        "static void late(int a);\n"
        "static void types(void)\n{\n    late(1);\n    late(2);\n}\n"
        "type_init(types)\n"
        "static void late(int a)\n" LONG_BODY,
        /* named by nobody: a macro pastes it */
        "static void thing_class_init(void)\n" LONG_BODY,
        "#define X(a) made(a)\nstatic void made(int a)\n" LONG_BODY
        "static void z(void)\n{\n}\n",
        /* other units may call it to register something */
        "void add_props(Object *obj, int n)\n" LONG_BODY,
        "void cpu_register(const CPUDef *d)\n" LONG_BODY,
        /* or name it as the test of a field, or as `needed` */
        "bool test(void *opaque, int version_id)\n" LONG_BODY,
        "bool needed(void *opaque)\n" LONG_BODY,
        "static void init(Object *obj)\n" LONG_BODY
        "static Model m[] = { { \"a\", init } };\n",
        /* of two branches the parser sees one */
        "bool big(void)\n{\n#if BIG\n    return MARK;\n#else\n"
        "    return 2;\n#endif\n}\n",
        "void f(S *s)\n{\n    vmstate_register(s, MARK);\n    b();\n"
        "    c();\n}\n",
        /* a directive that others depend on */
        "void f(S *s)\n{\n#define MARK 1\n    a();\n    b();\n}\n",
        "void f(S *s)\n{\n    a();\n#ifdef X\n    b(MARK);\n}\n"
        "#else\n    c();\n}\n#endif\n",
        /* braces that do not mean what they look like */
        "void f(S *s)\n{\n#if A\n    if (a) {\n#else\n    if (b) {\n#endif\n"
        "    x(MARK);\n    y();\n    z();\n    }\n}\nvoid g(void)\n{\n"
        "    x();\n    y();\n    z();\n}\n",
        "GLUE(name)(int a)\n" LONG_BODY,
        "MACRO(a)\n" LONG_BODY,
    };

    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
        if (loses_mark(texts[i])) {
            fail_msg("left out of:\n%s", texts[i]);
        }
    }
}

/* Functions that are asked for by name, and what they call. */
static void test_asked_for(void **state)
{
    g_autoptr(GHashTable) asked = g_hash_table_new(NULL, NULL);

    g_hash_table_add(asked, (gpointer)g_intern_string("realize"));
    assert_true(loses_mark_of("static void ci(ObjectClass *c, void *d)\n"
                              LONG_BODY
                              "static const TypeInfo t = "
                              "{ .class_init = ci };\n"
                              "static void realize(void)\n{\n}\n", asked));
    assert_true(loses_mark_of("static void realizes(void)\n" LONG_BODY,
                              asked));
    assert_false(loses_mark_of("static void realize(void)\n" LONG_BODY,
                               asked));
    assert_false(loses_mark_of("static void help(void)\n" LONG_BODY
                               "static void realize(void)\n"
                               "{\n    a();\n    b();\n    help();\n}\n",
                               asked));
}

/* Whatever a file holds, it is cut within its bounds. */
static void test_hostile(void **state)
{
    static const char *const texts[] = {
        "", "{", "}", "}}}}", "void f(void)\n{", "void f(void)\n{\n'", "((((",
        "))))(void) {\n}", "#", "#define", "void f(void)\n{\n#if\n}\n",
        "a(\n#endif\n{\n;;;\n}\n", "void f(void) { \"",
    };

    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
        assert_false(loses_mark(texts[i]) && strstr(texts[i], "MARK"));
    }
    assert_null(hollow_new("void f(void)\n{\n  \0 a(); b(); c();\n}\n", 38,
                           NULL));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_left_out),
        cmocka_unit_test(test_kept),
        cmocka_unit_test(test_asked_for),
        cmocka_unit_test(test_hostile),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
