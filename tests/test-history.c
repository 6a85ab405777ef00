/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Ranges, releases and what changed.
 */
#include "git-fixture.h"

#include <string.h>

/* --- The release a change is judged against. --------------------------- */

struct released {
    char *commit, *name, *hint;
    struct version version;
};

static struct released released_of(struct repository *repo, const char *head)
{
    struct released r = { 0 };
    g_autoptr(GError) error = NULL;

    if (!history_released(repo, head, &r.commit, &r.name, &r.version,
                          &r.hint, &error)) {
        fail_msg("%s", error->message);
    }
    return r;
}

static void released_clear(struct released *r)
{
    g_free(r->commit);
    g_free(r->name);
    g_free(r->hint);
}

static const struct {
    const char *head;
    const char *expected;    /* branch of the release, NULL = none */
    struct version version;
} judged[] = {
    { "r71", NULL, { 0, 0, -1 } },
    { "open72", "r71", { 7, 1, -1 } },
    { "dev72", "r71", { 7, 1, -1 } },
    { "rc0", "r71", { 7, 1, -1 } },
    { "rc1", "r71", { 7, 1, -1 } },
    { "topic", "r71", { 7, 1, -1 } },
    { "r72", "r71", { 7, 1, -1 } },
    { "frozen", "r72", { 7, 2, -1 } },
    { "open80", "r72", { 7, 2, -1 } },
    { "merged", "r72", { 7, 2, -1 } },
    { "rc80", "r72", { 7, 2, -1 } },
    { "r80", "r72", { 7, 2, -1 } },
    { "open81", "r80", { 8, 0, -1 } },
    { "dev81", "r80", { 8, 0, -1 } },
    { "stable1", "r72", { 7, 2, -1 } },
    { "r721", "r72", { 7, 2, -1 } },
    { "r722", "r721", { 7, 2, 1 } },
    { "stable2", "r722", { 7, 2, 2 } },
    { "odd", "r722", { 7, 2, 2 } },
    { "odd1", "odd", { 7, 2, 2 } },
};

static void check_judged(const struct fixture *f, guint i, bool tags)
{
    g_autoptr(Repository) repo = open_repo(f, "repo");
    struct released r = released_of(repo, judged[i].head);

    if (version_compare(&r.version, &judged[i].version) ||
        r.version.micro != judged[i].version.micro) {
        fail_msg("%s: %d.%d.%d", judged[i].head, r.version.major,
                 r.version.minor, r.version.micro);
    }
    if (!judged[i].expected) {
        assert_null(r.commit);
        assert_null(r.name);
        assert_non_null(strstr(r.hint, "--released"));
    } else {
        g_autofree char *id = id_of(f, judged[i].expected);
        const char *name = id;

        for (guint j = 0; tags && j < N_RELEASE_STEPS; j++) {
            if (!strcmp(release_steps[j].name, judged[i].expected) &&
                release_steps[j].tag) {
                name = release_steps[j].tag;
            }
        }
        if (g_strcmp0(r.commit, id) || g_strcmp0(r.name, name)) {
            fail_msg("%s: %s (%s) is not %s (%s)", judged[i].head, r.name,
                     r.commit, judged[i].expected, id);
        }
        assert_null(r.hint);
    }
    released_clear(&r);
}

static void test_released_tagged(void **state)
{
    make_releases(*state, true);
    for (guint i = 0; i < G_N_ELEMENTS(judged); i++) {
        check_judged(*state, i, true);
    }
}

static void test_released_untagged(void **state)
{
    make_releases(*state, false);
    for (guint i = 0; i < G_N_ELEMENTS(judged); i++) {
        check_judged(*state, i, false);
    }
}

/* A tag of the right name on another line of history is not the release. */
static void test_foreign_tag(void **state)
{
    const struct fixture *f = *state;

    make_releases(f, false);
    make(f, "repo", "git tag v8.0.0 stable2");
    g_autoptr(Repository) repo = open_repo(f, "repo");
    g_autofree char *id = id_of(f, "r80");
    struct released r = released_of(repo, "dev81");
    assert_string_equal(r.commit, id);
    assert_string_equal(r.name, id);
    released_clear(&r);
}

static void test_annotated_tag(void **state)
{
    const struct fixture *f = *state;

    make_releases(f, false);
    make(f, "repo", "git tag -a -m release v8.0.0 r80");
    g_autoptr(Repository) repo = open_repo(f, "repo");
    g_autofree char *id = id_of(f, "r80");
    struct released r = released_of(repo, "dev81");
    assert_string_equal(r.commit, id);
    assert_string_equal(r.name, "v8.0.0");
    released_clear(&r);
}

/* A tag that is not at the commit that set VERSION is the release all the
 * same. */
static void test_tag_after_version(void **state)
{
    const struct fixture *f = *state;

    make_releases(f, false);
    make(f, "repo", "git tag v7.2.0 frozen");
    g_autoptr(Repository) repo = open_repo(f, "repo");
    struct released r = released_of(repo, "open80");
    assert_string_equal(r.name, "v7.2.0");
    released_clear(&r);
    r = released_of(repo, "frozen");
    assert_true(r.version.major == 7 && r.version.minor == 1);
    released_clear(&r);
}

static void test_no_version(void **state)
{
    make_releases(*state, true);
    g_autoptr(Repository) repo = open_repo(*state, "repo");
    const char *const heads[] = { "none", "nonsense" };

    for (guint i = 0; i < G_N_ELEMENTS(heads); i++) {
        struct released r = released_of(repo, heads[i]);

        assert_null(r.commit);
        assert_non_null(strstr(r.hint, "VERSION"));
        released_clear(&r);
    }
}

/* --- Shallow clones. --------------------------------------------------- */

static void make_shallow(const struct fixture *f, const char *branch,
                         int depth, bool tags)
{
    make_releases(f, tags);
    g_free(sh(f, ".", "git clone -q --depth=%d --no-tags --branch=%s "
              "\"file://$PWD/repo\" shallow", depth, branch));
}

/* Runs the command that TEXT quotes first. */
static void follow_advice(const struct fixture *f, const char *text)
{
    const char *start = strchr(text, '`');

    assert_non_null(start);
    g_autofree char *command =
        g_strndup(start + 1, strcspn(start + 1, "`"));
    assert_true(g_str_has_prefix(command, "git fetch "));
    make(f, "shallow", command);
}

static void check_shallow_advice(const struct fixture *f, const char *name,
                                 const char *number)
{
    g_autoptr(Repository) before = open_repo(f, "shallow");
    struct released r = released_of(before, "HEAD");

    assert_null(r.commit);
    assert_non_null(strstr(r.hint, number));
    follow_advice(f, r.hint);
    released_clear(&r);

    g_autoptr(Repository) after = open_repo(f, "shallow");
    g_autofree char *id = id_of(f, name);
    r = released_of(after, "HEAD");
    assert_string_equal(r.commit, id);
    released_clear(&r);
}

static void test_shallow_development(void **state)
{
    make_shallow(*state, "dev81", 1, true);
    check_shallow_advice(*state, "r80", "8.0");
}

static void test_shallow_candidate(void **state)
{
    make_shallow(*state, "rc80", 2, true);
    check_shallow_advice(*state, "r72", "7.2");
}

static void test_shallow_stable(void **state)
{
    make_shallow(*state, "stable2", 1, true);
    check_shallow_advice(*state, "r722", "7.2.2");
}

/* The release itself, where the clone cannot tell what came before it. */
static void test_shallow_release(void **state)
{
    make_shallow(*state, "r80", 1, true);
    g_free(sh(*state, "shallow", "git fetch -q --depth=1 origin tag v8.0.0"));
    check_shallow_advice(*state, "r72", "unshallow");
}

static void assert_range_fails(const struct fixture *f, const char *dir,
                               const char *text, enum qc_error code,
                               const char *part)
{
    g_autoptr(Repository) repo = open_repo(f, dir);
    g_autoptr(GError) error = NULL;
    char *base = NULL, *head = NULL;

    assert_false(history_range(repo, text, NULL, &base, &head, &error));
    assert_error(error, code, part);
    assert_null(base);
    assert_null(head);
}

static void test_shallow_range(void **state)
{
    const struct fixture *f = *state;

    make_shallow(f, "dev81", 2, true);
    g_autofree char *old = id_of(f, "r72");
    assert_range_fails(f, "shallow", "HEAD~2..HEAD", QC_ERROR_MISSING,
                       "`git fetch --deepen=100 origin`");
    assert_range_fails(f, "shallow", old, QC_ERROR_MISSING, old);
    assert_range_fails(f, "shallow", "nothing", QC_ERROR_GIT,
                       "unknown revision 'nothing'");
}

static void test_shallow_merge_base(void **state)
{
    const struct fixture *f = *state;

    make_shallow(f, "dev81", 1, true);
    make(f, "shallow", "git fetch -q --depth=1 origin r722:other");
    assert_range_fails(f, "shallow", "other...HEAD", QC_ERROR_MISSING,
                       "`git fetch --deepen=100 origin`");
}

/* --- Ranges. ----------------------------------------------------------- */

static void check_range(const struct fixture *f, struct repository *repo,
                        const char *text, const char *head_text,
                        const char *base_name, const char *head_name)
{
    g_autofree char *base_id = id_of(f, base_name);
    g_autofree char *head_id = id_of(f, head_name);
    g_autofree char *base = NULL, *head = NULL;
    g_autoptr(GError) error = NULL;

    if (!history_range(repo, text, head_text, &base, &head, &error)) {
        fail_msg("%s", error->message);
    }
    if (strcmp(base, base_id) || strcmp(head, head_id)) {
        fail_msg("'%s' '%s': %s..%s is not %s..%s", text, head_text, base,
                 head, base_name, head_name);
    }
}

static void test_ranges(void **state)
{
    const struct fixture *f = *state;

    make_releases(f, true);
    make(f, "repo", "git checkout -q -f dev81");
    g_autoptr(Repository) repo = open_repo(f, "repo");
    check_range(f, repo, "r72..r80", NULL, "r72", "r80");
    check_range(f, repo, "r72", "r80", "r72", "r80");
    check_range(f, repo, "v7.2.0", NULL, "r72", "dev81");
    check_range(f, repo, "v7.2.0..", NULL, "r72", "dev81");
    check_range(f, repo, "..r80", NULL, "dev81", "r80");
    check_range(f, repo, "r80^..r80", NULL, "rc80", "r80");
    check_range(f, repo, "r80^!", NULL, "rc80", "r80");
    check_range(f, repo, "@~1..@", NULL, "open81", "dev81");
    check_range(f, repo, "stable2...r80", NULL, "r72", "r80");
    check_range(f, repo, "stable2..r80", NULL, "stable2", "r80");
    check_range(f, repo, "r72...r80", NULL, "r72", "r80");
    check_range(f, repo, "r80...r72", NULL, "r72", "r72");
    check_range(f, repo, "merged^2...frozen", NULL, "rc1", "frozen");
}

static void test_default_range(void **state)
{
    const struct fixture *f = *state;

    make_releases(f, true);
    make(f, "repo", "git checkout -q -f stable2 && "
         "git update-ref refs/remotes/origin/master dev81");
    g_autoptr(Repository) repo = open_repo(f, "repo");
    check_range(f, repo, NULL, NULL, "r72", "stable2");
}

static void test_no_default_range(void **state)
{
    make_releases(*state, true);
    make(*state, "repo", "git checkout -q -f dev81");
    assert_range_fails(*state, "repo", NULL, QC_ERROR_GIT, "origin/master");
}

static void test_two_ways_of_range(void **state)
{
    g_autoptr(GError) error = NULL;
    char *base, *head;

    make_releases(*state, true);
    g_autoptr(Repository) repo = open_repo(*state, "repo");
    assert_false(history_range(repo, "r71..r72", "r80", &base, &head,
                               &error));
    assert_error(error, QC_ERROR_USAGE, "r80");
}

static void test_bad_ranges(void **state)
{
    const struct fixture *f = *state;

    make_releases(f, true);
    make(f, "repo", "git checkout -q -f dev81 && git branch alone "
         "$(git commit-tree -m alone dev81^{tree})");
    assert_range_fails(f, "repo", "nothing..dev81", QC_ERROR_GIT,
                       "unknown revision 'nothing'");
    assert_range_fails(f, "repo", "dev81..nothing", QC_ERROR_GIT,
                       "unknown revision 'nothing'");
    assert_range_fails(f, "repo", "dev81^{tree}..dev81", QC_ERROR_GIT,
                       "is no commit");
    assert_range_fails(f, "repo", "r71^..r71", QC_ERROR_GIT,
                       "unknown revision 'r71^'");
    assert_range_fails(f, "repo", "alone...dev81", QC_ERROR_GIT,
                       "no common ancestor");
}

static void test_empty_repository(void **state)
{
    const struct fixture *f = *state;

    assert_range_fails(f, "repo", "HEAD^..HEAD", QC_ERROR_GIT,
                       "no commits yet");
    assert_range_fails(f, "repo", NULL, QC_ERROR_GIT, "no commits yet");
}

static void test_ancestors(void **state)
{
    make_releases(*state, true);
    g_autoptr(Repository) repo = open_repo(*state, "repo");

    assert_true(history_is_ancestor(repo, "r71", "r80"));
    assert_true(history_is_ancestor(repo, "r80", "r80"));
    assert_true(history_is_ancestor(repo, "topic", "r80"));
    assert_false(history_is_ancestor(repo, "r80", "r71"));
    assert_false(history_is_ancestor(repo, "topic", "frozen"));
    assert_false(history_is_ancestor(repo, "stable1", "dev81"));
    assert_false(history_is_ancestor(repo, "nothing", "dev81"));
}

/* --- Changed paths. ---------------------------------------------------- */

static void test_changed_paths(void **state)
{
    const struct fixture *f = *state;
    g_autoptr(GString) text = g_string_new(NULL);

    make(f, "repo", "mkdir -p same hw/old hw-x a && echo 1 | tee same/x "
         "hw/old/x hw/y hw-x/z a/b mode gone >/dev/null && git add . && "
         "git commit -q -m one");
    make(f, "repo", "echo 2 > hw/y && git rm -q -r hw/old gone a && "
         "mkdir -p new/deep && echo 3 > new/deep/x && echo 4 > a && "
         "chmod +x mode && git add . && git commit -q -m two");
    g_autoptr(Repository) repo = open_repo(f, "repo");
    g_autoptr(GPtrArray) paths =
        history_changed_paths(repo, "HEAD^", "HEAD", NULL);

    assert_non_null(paths);
    for (guint i = 0; i < paths->len; i++) {
        g_string_append_printf(text, "%s ",
                               (char *)g_ptr_array_index(paths, i));
    }
    assert_string_equal(text->str,
                        "a a/b gone hw/old/x hw/y mode new/deep/x ");
    g_autoptr(GPtrArray) none =
        history_changed_paths(repo, "HEAD", "HEAD", NULL);
    assert_int_equal(none->len, 0);
}

static void test_changed_paths_unknown(void **state)
{
    g_autoptr(GError) error = NULL;

    make_releases(*state, true);
    g_autoptr(Repository) repo = open_repo(*state, "repo");
    assert_null(history_changed_paths(repo, "nothing", "dev81", &error));
    assert_error(error, QC_ERROR_GIT, "unknown revision 'nothing'");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        fixture_test(test_released_tagged),
        fixture_test(test_released_untagged),
        fixture_test(test_foreign_tag),
        fixture_test(test_annotated_tag),
        fixture_test(test_tag_after_version),
        fixture_test(test_no_version),
        fixture_test(test_shallow_development),
        fixture_test(test_shallow_candidate),
        fixture_test(test_shallow_stable),
        fixture_test(test_shallow_release),
        fixture_test(test_shallow_range),
        fixture_test(test_shallow_merge_base),
        fixture_test(test_ranges),
        fixture_test(test_default_range),
        fixture_test(test_no_default_range),
        fixture_test(test_two_ways_of_range),
        fixture_test(test_bad_ranges),
        fixture_test(test_empty_repository),
        fixture_test(test_ancestors),
        fixture_test(test_changed_paths),
        fixture_test(test_changed_paths_unknown),
    };

    fixture_isolate();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
