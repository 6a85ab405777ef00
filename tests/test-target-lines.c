/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Whose lines are whose under conditions on the target. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "extract/target-lines.h"
#include "model/facts.h"

/* Whether the line that says "here" is TARGET's. */
static bool has_line(const char *text, const char *target)
{
    g_autoptr(GArray) lines = target_lines_find(text, strlen(text));
    const char *here = strstr(text, "here");
    unsigned line = 1;
    uint64_t targets;

    assert_non_null(here);
    for (const char *at = text; at < here; at++) {
        line += *at == '\n';
    }
    targets = target_lines_at(lines, line);
    return !targets || targets & target_bit(target);
}

/* x86_64, i386, aarch64, ppc64, in this order: 'y' or 'n'. */
#define assert_lines(text, wanted) check_lines(text, wanted, __LINE__)

static void check_lines(const char *text, const char *wanted, int line)
{
    static const char *const targets[] = { "x86_64", "i386", "aarch64",
                                           "ppc64" };
    char got[G_N_ELEMENTS(targets) + 1] = "";

    for (guint i = 0; i < G_N_ELEMENTS(targets); i++) {
        got[i] = has_line(text, targets[i]) ? 'y' : 'n';
    }
    _assert_string_equal(got, wanted, __FILE__, line);
}

static void conditions_name_targets(void **state)
{
    assert_lines("here\n", "yyyy");
    assert_lines("#ifdef TARGET_X86_64\nhere\n#endif\n", "ynnn");
    assert_lines("#ifdef TARGET_I386\nhere\n#endif\n", "yynn");
    assert_lines("#ifndef TARGET_ARM\nhere\n#endif\n", "yyny");
    assert_lines("#if defined(TARGET_PPC64) || defined TARGET_AARCH64\n"
                 "here\n#endif\n", "nnyy");
    assert_lines("#if !(defined(TARGET_PPC64) && 1)\nhere\n#endif\n", "yyyn");
    assert_lines("#if defined(TARGET_PPC64) || \\\n    defined(TARGET_ARM) "
                 "/* both */\nhere\n#endif\n", "nnyy");
    assert_lines("#ifdef TARGET_X86_64\n#endif\nhere\n", "yyyy");
}

static void branches_exclude_each_other(void **state)
{
    assert_lines("#ifdef TARGET_I386\n#else\nhere\n#endif\n", "nnyy");
    assert_lines("#if defined(TARGET_I386)\n#elif defined(TARGET_ARM)\nhere\n"
                 "#endif\n", "nnyn");
    assert_lines("#if defined(TARGET_I386)\n#elif defined(TARGET_ARM)\n"
                 "#else\nhere\n#endif\n", "nnny");
    assert_lines("#ifdef TARGET_I386\n#ifdef TARGET_X86_64\nhere\n#endif\n"
                 "#endif\n", "ynnn");
    assert_lines("#ifdef TARGET_I386\n#ifdef TARGET_X86_64\n#else\nhere\n"
                 "#endif\n#endif\n", "nynn");
}

static void macros_of_the_file_count(void **state)
{
    assert_lines("#if defined(TARGET_I386)\n#define OLD\n#endif\n"
                 "#ifdef OLD\nhere\n#endif\n", "yynn");
    assert_lines("#ifndef TARGET_I386\n# define NEW 1\n#endif\n"
                 "#if !defined(NEW)\nhere\n#endif\n", "yynn");
    assert_lines("#define OLD\n#ifdef TARGET_ARM\n#undef OLD\n#endif\n"
                 "#ifdef OLD\nhere\n#endif\n", "yyny");
}

/* What is not known hides nothing. */
static void the_unknown_hides_nothing(void **state)
{
    assert_lines("#ifdef CONFIG_KVM\nhere\n#endif\n/* TARGET_ARM */\n",
                 "yyyy");
    assert_lines("#if defined(CONFIG_KVM) || defined(TARGET_ARM)\nhere\n"
                 "#endif\n", "yyyy");
    assert_lines("#if defined(CONFIG_KVM) && defined(TARGET_ARM)\nhere\n"
                 "#endif\n", "nnyn");
    assert_lines("#if defined(CONFIG_KVM)\n#elif defined(TARGET_ARM)\nhere\n"
                 "#endif\n", "nnyn");
    assert_lines("#if TARGET_LONG_BITS == 64\nhere\n#endif\n", "yyyy");
    assert_lines("#if defined(TARGET_ARM\nhere\n#endif\n", "yyyy");
    assert_lines("#ifdef TARGET_BIG_ENDIAN\nhere\n#endif\n", "yyyy");
    assert_lines("#ifdef CONFIG_KVM\n#define OLD\n#endif\n#ifdef OLD\nhere\n"
                 "#endif\n/* TARGET_ARM */", "yyyy");
    assert_lines("#ifndef OLD\n#define OLD\n#endif\n#ifdef OLD\nhere\n"
                 "#endif\n/* TARGET_ARM */", "yyyy");
}

static void nonsense_does_no_harm(void **state)
{
    g_autoptr(GString) deep = g_string_new(NULL);
    g_autoptr(GString) nested = g_string_new("#if ");

    for (int i = 0; i < 200; i++) {
        g_string_append(deep, "#ifdef TARGET_ARM\n");
        g_string_append(nested, "!(");
    }
    g_string_append(nested, "defined(TARGET_ARM)\nhere\n#endif\n");
    assert_lines(nested->str, "yyyy");
    for (int i = 0; i < 200; i++) {
        g_string_append(deep, "#endif\n");
    }
    g_string_append(deep, "#endif\n#else\nhere\n");
    assert_lines(deep->str, "yyyy");
    assert_lines("#\n# \n#if\n#elif TARGET_ARM\nhere", "yyyy");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(conditions_name_targets),
        cmocka_unit_test(branches_exclude_each_other),
        cmocka_unit_test(macros_of_the_file_count),
        cmocka_unit_test(the_unknown_hides_nothing),
        cmocka_unit_test(nonsense_does_no_harm),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
