/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Fixes: trailers.
 */
#include "git-fixture.h"

/* Commits MESSAGE (printf format of the shell) on a branch of FROM. */
static void commit_message(const struct fixture *f, const char *from,
                           const char *message)
{
    g_free(sh(f, "repo", "git branch -f fix $(printf '%s' | git commit-tree "
              "-p %s %s^{tree})", message, from, from));
}

static GArray *fixes_of(const struct fixture *f, const char *from)
{
    g_autoptr(Repository) repo = open_repo(f, "repo");
    g_autoptr(GError) error = NULL;
    GArray *fixes = history_fixes(repo, from, "fix", &error);

    if (!fixes) {
        fail_msg("%s", error->message);
    }
    return fixes;
}

static void assert_fix(const GArray *fixes, guint i, const char *commit,
                       bool released, int major, int minor)
{
    assert_true(i < fixes->len);
    const struct fixes *fix = &g_array_index(fixes, struct fixes, i);

    assert_string_equal(fix->commit, commit);
    if (fix->released != released || fix->last_without.major != major ||
        fix->last_without.minor != minor || fix->last_without.micro != -1) {
        fail_msg("released %d, last without %d.%d.%d", fix->released,
                 fix->last_without.major, fix->last_without.minor,
                 fix->last_without.micro);
    }
}

/* What a trailer for the commit NAME says to a fix on top of FROM. */
static void check_fix(const struct fixture *f, const char *from,
                      const char *name, bool released, int major, int minor)
{
    g_autofree char *id = id_of(f, name);
    g_autofree char *message =
        g_strdup_printf("subject\\n\\nFixes: %.12s (\"%s\")\\n", id, name);

    commit_message(f, from, message);
    g_autoptr(GArray) fixes = fixes_of(f, from);
    assert_int_equal(fixes->len, 1);
    assert_fix(fixes, 0, id, released, major, minor);
}

static void check_fixes(const struct fixture *f)
{
    check_fix(f, "dev81", "dev72", true, 7, 1);
    check_fix(f, "dev81", "r72", true, 7, 1);
    check_fix(f, "dev81", "open80", true, 7, 2);
    check_fix(f, "dev81", "open81", false, 8, 0);
    check_fix(f, "rc80", "dev72", true, 7, 1);
    check_fix(f, "rc80", "open80", false, 7, 2);
    check_fix(f, "stable2", "dev72", true, 7, 1);
    check_fix(f, "stable2", "r721", true, 7, 2);
    /* Written on a candidate of 7.2, merged for 8.0. */
    check_fix(f, "dev81", "topic", true, 7, 2);
}

static void test_fixes_tagged(void **state)
{
    make_releases(*state, true);
    check_fixes(*state);
}

static void test_fixes_untagged(void **state)
{
    make_releases(*state, false);
    check_fixes(*state);
}

static void test_several_fixes(void **state)
{
    const struct fixture *f = *state;

    make_releases(f, true);
    g_autofree char *one = id_of(f, "dev72");
    g_autofree char *two = id_of(f, "open80");
    g_autofree char *message = g_strdup_printf(
        "subject\\n\\n  fixes: commit %.10s (\"a (b) %.12s c\"), %.12s\\n"
        "Fixes: %.7s\\nFixes: 0123456789ab (\"unknown\")\\n"
        "Fixes: https://example.org/%.12s\\nFixes: %.6s\\n"
        "Not-Fixes: %.12s\\n", one, two, two, one, two, two, two);

    commit_message(f, "dev81", message);
    g_autoptr(GArray) fixes = fixes_of(f, "dev81");
    assert_int_equal(fixes->len, 2);
    assert_fix(fixes, 0, one, true, 7, 1);
    assert_fix(fixes, 1, two, true, 7, 2);
}

/* Only the commits of the range speak. */
static void test_fixes_of_others(void **state)
{
    const struct fixture *f = *state;

    make_releases(f, true);
    g_autofree char *id = id_of(f, "dev72");
    g_autofree char *message = g_strdup_printf("x\\n\\nFixes: %s\\n", id);
    commit_message(f, "dev81", message);
    make(f, "repo", "git branch base fix");
    commit_message(f, "base", "nothing to say");
    g_autoptr(GArray) fixes = fixes_of(f, "base");
    assert_int_equal(fixes->len, 0);
}

static void test_message_fixes(void **state)
{
    g_autoptr(GArray) fixes = history_fixes_from_message(
        "subject\n\nFixes: 7.2\nFixes: v8.0 (\"9.9\")\nFixes: abcdef1\n"
        "See: 1.0\n");

    assert_int_equal(fixes->len, 2);
    assert_fix(fixes, 0, "", true, 7, 2);
    assert_fix(fixes, 1, "", true, 8, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        fixture_test(test_fixes_tagged),
        fixture_test(test_fixes_untagged),
        fixture_test(test_several_fixes),
        fixture_test(test_fixes_of_others),
        cmocka_unit_test(test_message_fixes),
    };

    fixture_isolate();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
