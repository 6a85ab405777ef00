/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Judges every case under fixtures/ with all rules and compares the findings
 * with the comments in the sources: fixtures/README.md.
 *
 * usage: run-fixtures SOURCE-ROOT
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>

#include "check/check.h"
#include "fixture.h"
#include "load.h"
#include "rules/rule.h"
#include "source/history.h"


struct fixture_case {
    char *name;              /* default-changed/reported */
    char *dir;
    char *base, *head, *released;    /* trees; released NULL: base */
    struct facts *facts[3];          /* base, head, released */
};

struct suite {
    char *root;              /* the project */
    char *scratch;
    GPtrArray *cases;        /* struct fixture_case * */
};

static const char *fixtures_of(const struct suite *suite)
{
    g_autofree char *path = g_build_filename(suite->root, "fixtures", NULL);

    return g_intern_string(path);
}

static bool is_dir(const char *dir, const char *name)
{
    g_autofree char *path = g_build_filename(dir, name, NULL);

    return g_file_test(path, G_FILE_TEST_IS_DIR);
}

/* --- Cases ----------------------------------------------------------------- */

static struct fixture_case *case_new(struct suite *suite, const char *rule,
                                     const char *name)
{
    struct fixture_case *c = g_new0(struct fixture_case, 1);
    g_autofree char *base = g_build_filename(fixtures_of(suite), "base", NULL);
    g_autofree char *work = g_strdup_printf("%s/%u", suite->scratch,
                                            suite->cases->len);

    c->name = g_strdup_printf("%s/%s", rule, name);
    c->dir = g_build_filename(fixtures_of(suite), rule, name, NULL);
    c->base = g_build_filename(work, "base", NULL);
    c->head = g_build_filename(work, "head", NULL);
    fixture_overlay(base, c->dir, "before", c->base);
    fixture_overlay(c->base, c->dir, "after", c->head);
    if (is_dir(c->dir, "released")) {
        c->released = g_build_filename(work, "released", NULL);
        fixture_overlay(base, c->dir, "released", c->released);
    }
    return c;
}

static void case_free(struct fixture_case *c)
{
    for (gsize i = 0; i < G_N_ELEMENTS(c->facts); i++) {
        if (c->facts[i]) {
            facts_free(c->facts[i]);
        }
    }
    g_free(c->name);
    g_free(c->dir);
    g_free(c->base);
    g_free(c->head);
    g_free(c->released);
    g_free(c);
}

static void find_cases(struct suite *suite)
{
    g_autoptr(GPtrArray) dirs = fixture_list(fixtures_of(suite));

    for (guint i = 0; i < dirs->len; i++) {
        const char *rule = g_ptr_array_index(dirs, i);
        g_autofree char *dir = g_build_filename(fixtures_of(suite), rule,
                                                NULL);
        g_autoptr(GPtrArray) names = NULL;

        if (!rule_find(rule)) {
            continue;
        }
        names = fixture_list(dir);
        for (guint j = 0; j < names->len; j++) {
            g_ptr_array_add(suite->cases,
                            case_new(suite, rule,
                                     g_ptr_array_index(names, j)));
        }
    }
}

/* All trees at once: what they share is parsed once. */
static void load_cases(struct suite *suite)
{
    const struct load_options options = { .no_cache = true };
    g_autoptr(Loader) loader = loader_new(&options);
    g_autoptr(GPtrArray) sources = g_ptr_array_new_with_free_func(
        (GDestroyNotify)source_free);
    g_autoptr(GError) error = NULL;
    g_autofree struct facts **facts = NULL;
    guint n = 0;

    for (guint i = 0; i < suite->cases->len; i++) {
        const struct fixture_case *c = g_ptr_array_index(suite->cases, i);
        const char *const trees[] = { c->base, c->head, c->released };

        for (gsize t = 0; t < G_N_ELEMENTS(trees) && trees[t]; t++) {
            struct source *source = source_open_dir(trees[t], &error);

            assert_null(error);
            g_ptr_array_add(sources, source);
        }
    }
    facts = g_new0(struct facts *, sources->len);
    loader_load(loader, (struct source *const *)sources->pdata, sources->len,
                facts, &error);
    assert_null(error);
    for (guint i = 0; i < suite->cases->len; i++) {
        struct fixture_case *c = g_ptr_array_index(suite->cases, i);

        c->facts[0] = facts[n++];
        c->facts[1] = facts[n++];
        c->facts[2] = c->released ? facts[n++] : NULL;
    }
}

/* --- The verdict ----------------------------------------------------------- */

static GArray *fixes_of(const struct fixture_case *c)
{
    g_autofree char *path = g_build_filename(c->dir, "message", NULL);
    g_autofree char *message = NULL;
    g_autoptr(GArray) fixes = NULL;
    GArray *out = g_array_new(FALSE, FALSE, sizeof(struct check_fix));

    if (!g_file_get_contents(path, &message, NULL, NULL)) {
        return out;
    }
    fixes = history_fixes_from_message(message);
    for (guint i = 0; i < fixes->len; i++) {
        const struct fixes *fix = &g_array_index(fixes, struct fixes, i);
        struct check_fix check = { fix->last_without, fix->released };

        g_array_append_val(out, check);
    }
    return out;
}

static struct check_result *judge(const struct fixture_case *c)
{
    g_autoptr(GArray) fixes = fixes_of(c);
    const struct check_input input = {
        .released = c->facts[2],
        .base = c->facts[0],
        .head = c->facts[1],
        .subtract_base = c->facts[2] != NULL,
        .fixes = (const struct check_fix *)(const void *)fixes->data,
        .n_fixes = fixes->len,
        .rules = rules_all(),
    };

    return check_run(&input);
}

/* --- Expectations ---------------------------------------------------------- */

static bool same_place(const struct fixture_mark *mark,
                       const struct finding *finding)
{
    return mark->gone || (finding->loc.file &&
                          strcmp(mark->file, finding->loc.file) == 0 &&
                          mark->line == finding->loc.line);
}

static bool mark_matches(const struct fixture_mark *mark,
                         const struct finding *finding)
{
    g_autofree char *text = g_strdup_printf("%s: %s",
                                            severity_name(finding->severity),
                                            finding->message);

    return strcmp(mark->rule, finding->rule) == 0 &&
           same_place(mark, finding) &&
           fixture_pattern_matches(mark->pattern, text);
}

static void report_finding(const struct finding *finding)
{
    print_message("not expected: %s:%d: %s: %s [%s]\n",
                  finding->loc.file ? finding->loc.file : "?",
                  finding->loc.line, severity_name(finding->severity),
                  finding->message, finding->rule);
}

/* Gives the finding to the first free mark that matches. */
static bool claim(GPtrArray *marks, const struct finding *finding)
{
    for (guint i = 0; i < marks->len; i++) {
        struct fixture_mark *mark = g_ptr_array_index(marks, i);

        if (!mark->used && strcmp(mark->word, "expect") == 0 &&
            mark_matches(mark, finding)) {
            mark->used = true;
            return true;
        }
    }
    return false;
}

static guint count_failures(GPtrArray *marks, const GPtrArray *findings)
{
    guint failures = 0;

    for (guint i = 0; i < findings->len; i++) {
        const struct finding *finding = g_ptr_array_index(findings, i);

        if (!claim(marks, finding)) {
            report_finding(finding);
            failures++;
        }
    }
    for (guint i = 0; i < marks->len; i++) {
        const struct fixture_mark *mark = g_ptr_array_index(marks, i);

        if (strcmp(mark->word, "expect") == 0 && !mark->used) {
            print_message("missing: %s:%d: %s: %s\n", mark->file, mark->line,
                          mark->rule, mark->pattern);
            failures++;
        }
        if (!rule_find(mark->rule)) {
            print_message("%s:%d: no rule '%s'\n", mark->file, mark->line,
                          mark->rule);
            failures++;
        }
    }
    return failures;
}

static void test_case(void **state)
{
    const struct fixture_case *c = *state;
    g_autoptr(CheckResult) result = judge(c);
    g_autoptr(GPtrArray) marks = fixture_marks(c->head, c->dir);

    for (guint i = 0; i < result->gaps->len; i++) {
        const struct gap *gap = g_ptr_array_index(result->gaps, i);

        fail_msg("gap: %s:%d: %s", gap->file, gap->line, gap->reason);
    }
    assert_int_equal(count_failures(marks, result->findings), 0);
}

/* --- Completeness ---------------------------------------------------------- */

static void assert_rule_has_cases(const struct suite *suite,
                                  const struct rule *rule)
{
    guint reported = 0, silent = 0;

    for (guint i = 0; i < suite->cases->len; i++) {
        const struct fixture_case *c = g_ptr_array_index(suite->cases, i);
        g_autofree char *prefix = g_strdup_printf("%s/", rule->id);
        g_autoptr(GPtrArray) marks = NULL;
        bool expected = false;

        if (!g_str_has_prefix(c->name, prefix)) {
            continue;
        }
        marks = fixture_marks(c->head, c->dir);
        for (guint k = 0; k < marks->len; k++) {
            const struct fixture_mark *mark = g_ptr_array_index(marks, k);

            expected |= strcmp(mark->word, "expect") == 0 &&
                        strcmp(mark->rule, rule->id) == 0;
        }
        reported += expected;
        silent += !expected;
    }
    if (reported < 1 || silent < 2) {
        fail_msg("%s: %u cases are reported, %u are not: at least 1 and 2 "
                 "are needed", rule->id, reported, silent);
    }
}

static void test_rules_have_cases(void **state)
{
    for (const struct rule *const *rule = rules_all(); *rule; rule++) {
        assert_rule_has_cases(*state, *rule);
    }
}

static void test_rules_have_files_and_pages(void **state)
{
    const struct suite *suite = *state;

    for (const struct rule *const *rule = rules_all(); *rule; rule++) {
        g_autofree char *file = g_strdup_printf("%s/rules/%s.c", suite->root,
                                                (*rule)->id);
        g_autofree char *page = g_strdup_printf("%s/docs/rules/%s.md",
                                                suite->root, (*rule)->id);
        g_autofree char *wanted = rule_to_markdown(*rule);
        g_autofree char *found = NULL;

        assert_true(g_file_test(file, G_FILE_TEST_EXISTS));
        if (!g_file_get_contents(page, &found, NULL, NULL) ||
            strcmp(found, wanted) != 0) {
            fail_msg("docs/rules/%s.md is not what `qcompat rules --markdown "
                     "%s` prints", (*rule)->id, (*rule)->id);
        }
    }
}

/* A directory that belongs to no rule is never run; nor is a rule's file that
 * the list forgot. */
static void test_nothing_is_forgotten(void **state)
{
    const struct suite *suite = *state;
    g_autofree char *rules = g_build_filename(suite->root, "rules", NULL);
    g_autofree char *pages = g_build_filename(suite->root, "docs", "rules",
                                              NULL);
    g_autoptr(GPtrArray) cases = fixture_list(fixtures_of(suite));
    g_autoptr(GPtrArray) files = fixture_files(rules, ".c");
    g_autoptr(GPtrArray) docs = fixture_files(pages, ".md");
    static const char *const helpers[] = { "prose", "registry", "words",
                                           NULL };

    for (guint i = 0; i < cases->len; i++) {
        const char *name = g_ptr_array_index(cases, i);

        if (strcmp(name, "base") != 0 && !rule_find(name)) {
            fail_msg("fixtures/%s belongs to no rule", name);
        }
    }
    for (guint i = 0; i < files->len; i++) {
        const char *name = g_ptr_array_index(files, i);

        if (!rule_find(name) && !g_strv_contains(helpers, name)) {
            fail_msg("rules/%s.c is not in rules.list", name);
        }
    }
    for (guint i = 0; i < docs->len; i++) {
        assert_non_null(rule_find(g_ptr_array_index(docs, i)));
    }
}

/* --- Running ---------------------------------------------------------------- */

static int run(struct suite *suite)
{
    static const struct CMUnitTest fixed[] = {
        cmocka_unit_test(test_rules_have_cases),
        cmocka_unit_test(test_rules_have_files_and_pages),
        cmocka_unit_test(test_nothing_is_forgotten),
    };
    guint n = suite->cases->len;
    g_autofree struct CMUnitTest *tests =
        g_new0(struct CMUnitTest, n + G_N_ELEMENTS(fixed));

    for (guint i = 0; i < n; i++) {
        struct fixture_case *c = g_ptr_array_index(suite->cases, i);

        tests[i] = (struct CMUnitTest){ .name = c->name,
                                        .test_func = test_case,
                                        .initial_state = c };
    }
    for (gsize i = 0; i < G_N_ELEMENTS(fixed); i++) {
        tests[n + i] = fixed[i];
        tests[n + i].initial_state = suite;
    }
    return _cmocka_run_group_tests("fixtures", tests,
                                   n + G_N_ELEMENTS(fixed), NULL, NULL);
}

int main(int argc, char **argv)
{
    struct suite suite = {
        .scratch = g_dir_make_tmp("qcompat-fixtures-XXXXXX", NULL),
        .cases = g_ptr_array_new_with_free_func((GDestroyNotify)case_free),
    };
    int result;

    if (argc != 2 || !suite.scratch) {
        fprintf(stderr, "usage: run-fixtures SOURCE-ROOT\n");
        return 2;
    }
    suite.root = g_strdup(argv[1]);
    find_cases(&suite);
    load_cases(&suite);
    result = run(&suite);
    g_ptr_array_unref(suite.cases);
    fixture_remove(suite.scratch);
    g_free(suite.scratch);
    g_free(suite.root);
    return result;
}
