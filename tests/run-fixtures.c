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

#include "bodies.h"
#include "check/check.h"
#include "fix/fix.h"
#include "fixture.h"
#include "load.h"
#include "rules/rule.h"
#include "source/history.h"


struct fixture_case {
    char *name;              /* default-changed/reported */
    char *dir;
    char *base, *head, *released;    /* trees; released NULL: base */
    char *fixed;                     /* head with all fixes, NULL: none */
    GHashTable *fixable;             /* "rule subject" of what it mends */
    struct facts *facts[4];          /* base, head, released, fixed */
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
    g_free(c->fixed);
    g_clear_pointer(&c->fixable, g_hash_table_unref);
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

/* Trees FIRST to LAST of every case at once: what they share is parsed
 * once. */
static void load_cases(struct suite *suite, gsize first, gsize last)
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
        const char *const trees[] = { c->base, c->head, c->released,
                                      c->fixed };

        for (gsize t = first; t <= last; t++) {
            if (trees[t]) {
                struct source *source = source_open_dir(trees[t], &error);

                assert_null(error);
                g_ptr_array_add(sources, source);
            }
        }
    }
    facts = g_new0(struct facts *, sources->len);
    loader_load(loader, (struct source *const *)sources->pdata, sources->len,
                facts, &error);
    assert_null(error);
    for (guint i = 0; i < suite->cases->len; i++) {
        struct fixture_case *c = g_ptr_array_index(suite->cases, i);

        const bool has[] = { true, true, c->released, c->fixed };

        for (gsize t = first; t <= last; t++) {
            c->facts[t] = has[t] ? facts[n++] : NULL;
        }
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

static struct bodies *load_bodies(const struct fixture_case *c,
                                  struct loader *loader,
                                  const struct facts *head)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Source) base = source_open_dir(c->base, &error);
    g_autoptr(Source) new = source_open_dir(
        head == c->facts[1] ? c->head : c->fixed, &error);
    g_autoptr(Source) released = c->released ?
        source_open_dir(c->released, &error) : NULL;
    g_autoptr(GPtrArray) paths = bodies_changed_paths(base, new);
    const struct bodies_sides sides = {
        .base = base, .head = new, .released = released ? released : base,
        .released_facts = c->facts[2] ? c->facts[2] : c->facts[0],
        .head_facts = head, .paths = paths,
    };
    struct bodies *bodies = bodies_load(loader, &sides, &error);

    assert_null(error);
    return bodies;
}

static struct check_result *judge(const struct fixture_case *c,
                                  const struct facts *head)
{
    g_autoptr(GArray) fixes = fixes_of(c);
    g_autoptr(Loader) loader = loader_new(&(struct load_options) {
        .no_cache = true, .jobs = 1,
    });
    g_autoptr(Bodies) bodies = load_bodies(c, loader, head);
    const struct check_input input = {
        .released = c->facts[2],
        .base = c->facts[0],
        .head = head,
        .subtract_base = c->facts[2] != NULL,
        .fixes = (const struct check_fix *)(const void *)fixes->data,
        .n_fixes = fixes->len,
        .bodies = bodies_for_check(bodies),
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
    g_autoptr(CheckResult) result = judge(c, c->facts[1]);
    g_autoptr(GPtrArray) marks = fixture_marks(c->head, c->dir);

    for (guint i = 0; i < result->gaps->len; i++) {
        const struct gap *gap = g_ptr_array_index(result->gaps, i);

        fail_msg("gap: %s:%d: %s", gap->file, gap->line, gap->reason);
    }
    assert_int_equal(count_failures(marks, result->findings), 0);
}

/* --- Fixes ------------------------------------------------------------------ */

static GBytes *read_path(void *opaque, const char *path)
{
    const struct source_file *file = source_find(opaque, path);

    return file ? source_read(opaque, file, NULL) : NULL;
}

static const char *list_path(void *opaque, guint i)
{
    return i < source_n_files(opaque) ? source_file(opaque, i)->path : NULL;
}

/* Lays what FIX changes over a copy of the head. */
static void write_fixed(struct fixture_case *c, const struct fix *fix)
{
    g_autoptr(GPtrArray) files = fix_files(fix);

    c->fixed = g_strconcat(c->head, ".fixed", NULL);
    fixture_overlay(c->head, c->dir, "no-such-overlay", c->fixed);
    for (guint i = 0; i < files->len; i++) {
        const struct fixed_file *file = g_ptr_array_index(files, i);
        g_autofree char *path = g_build_filename(c->fixed, file->path, NULL);

        assert_true(g_file_set_contents(path, file->new->str,
                                        (gssize)file->new->len, NULL));
    }
}

/* Those of the findings that can be fixed, by rule and subject. */
static GHashTable *fix_case(struct fixture_case *c)
{
    g_autoptr(Source) source = source_open_dir(c->head, NULL);
    const struct fix_tree tree = { read_path, list_path, source };
    g_autoptr(Fix) fix = fix_new(c->facts[1], &tree);
    g_autoptr(CheckResult) result = judge(c, c->facts[1]);
    GHashTable *fixed = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
                                              NULL);

    for (guint i = 0; i < result->findings->len; i++) {
        const struct finding *finding =
            g_ptr_array_index(result->findings, i);
        g_autofree char *diff = fix_add(fix, finding);

        if (diff) {
            assert_true(g_str_has_prefix(diff, "--- a/"));
            g_hash_table_add(fixed, g_strdup_printf("%s %s", finding->rule,
                                                    finding->subject));
        }
    }
    if (g_hash_table_size(fixed)) {
        write_fixed(c, fix);
    }
    return fixed;
}

static void fix_cases(struct suite *suite)
{
    for (guint i = 0; i < suite->cases->len; i++) {
        struct fixture_case *c = g_ptr_array_index(suite->cases, i);

        c->fixable = fix_case(c);
    }
}

static bool has_finding(const GPtrArray *findings, const struct finding *f)
{
    for (guint i = 0; i < findings->len; i++) {
        const struct finding *other = g_ptr_array_index(findings, i);

        if (strcmp(other->rule, f->rule) == 0 &&
            strcmp(other->subject, f->subject) == 0) {
            return true;
        }
    }
    return false;
}

/* What has a fix is gone with it, and nothing has come in its place. */
static void test_fixes(void **state)
{
    const struct suite *suite = *state;

    for (guint i = 0; i < suite->cases->len; i++) {
        const struct fixture_case *c = g_ptr_array_index(suite->cases, i);
        g_autoptr(CheckResult) before = judge(c, c->facts[1]);
        g_autoptr(CheckResult) after =
            c->fixed ? judge(c, c->facts[3]) : NULL;

        for (guint k = 0; after && k < after->findings->len; k++) {
            const struct finding *finding =
                g_ptr_array_index(after->findings, k);
            g_autofree char *key = g_strdup_printf("%s %s", finding->rule,
                                                   finding->subject);

            if (g_hash_table_contains(c->fixable, key) ||
                !has_finding(before->findings, finding)) {
                fail_msg("%s: after the fix: %s: %s", c->name, key,
                         finding->message);
            }
        }
    }
}

/* Rules that can say what to write, each with a case that shows it. */
static void test_rules_are_fixable(void **state)
{
    static const char *const rules[] = {
        "compat-family-missed", "compat-narrow-driver",
        "compat-unknown-driver", "compat-unknown-property",
        "compat-wrong-value", "compat-wrong-version", "default-changed",
        "new-property-active", "property-removed", "released-compat-edited",
    };
    const struct suite *suite = *state;

    for (gsize r = 0; r < G_N_ELEMENTS(rules); r++) {
        g_autofree char *prefix = g_strdup_printf("%s ", rules[r]);
        bool found = false;

        for (guint i = 0; i < suite->cases->len; i++) {
            const struct fixture_case *c = g_ptr_array_index(suite->cases, i);
            GHashTableIter iter;
            gpointer key;

            g_hash_table_iter_init(&iter, c->fixable);
            while (g_hash_table_iter_next(&iter, &key, NULL)) {
                found |= g_str_has_prefix(key, prefix);
            }
        }
        if (!found) {
            fail_msg("no case in which %s can be fixed", rules[r]);
        }
    }
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
        cmocka_unit_test(test_fixes),
        cmocka_unit_test(test_rules_are_fixable),
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
    load_cases(&suite, 0, 2);
    fix_cases(&suite);
    load_cases(&suite, 3, 3);
    result = run(&suite);
    g_ptr_array_unref(suite.cases);
    fixture_remove(suite.scratch);
    g_free(suite.scratch);
    g_free(suite.root);
    return result;
}
