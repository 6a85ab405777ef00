/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Repositories and the sets of files read from them.
 */
#include "git-fixture.h"

#include <string.h>
#include <unistd.h>

static struct source *open_rev(struct repository *repo, const char *rev)
{
    g_autoptr(GError) error = NULL;
    struct source *source = source_open_git(repo, rev, &error);

    if (!source) {
        fail_msg("%s", error->message);
    }
    return source;
}

/* Paths of a set, joined by spaces. */
static char *paths_of(const struct source *source)
{
    GString *paths = g_string_new(NULL);

    for (guint i = 0; i < source_n_files(source); i++) {
        g_string_append_printf(paths, "%s%s", i ? " " : "",
                               source_file(source, i)->path);
    }
    return g_string_free(paths, FALSE);
}

static void assert_paths(const struct source *source, const char *expected)
{
    g_autofree char *paths = paths_of(source);

    assert_string_equal(paths, expected);
}

static char *content_of(struct source *source, const char *path)
{
    const struct source_file *file = source_find(source, path);
    g_autoptr(GError) error = NULL;

    assert_non_null(file);
    g_autoptr(GBytes) bytes = source_read(source, file, &error);
    if (!bytes) {
        fail_msg("%s", error->message);
    }
    gsize size;
    const char *data = g_bytes_get_data(bytes, &size);
    return g_strndup(data ? data : "", size);
}

static void assert_content(struct source *source, const char *path,
                           const char *expected)
{
    g_autofree char *content = content_of(source, path);

    assert_string_equal(content, expected);
}

static const char some_files[] =
    "mkdir -p hw/core hw-a && echo 8.0.50 > VERSION && echo a > hw/a.c && "
    "echo b > hw/core/b.c && echo c > hw-a/c.c && : > empty && "
    "echo x > run && chmod +x run && ln -s /etc/passwd link && "
    "ln -s hw dirlink";

static void make_some_files(const struct fixture *f)
{
    make(f, "repo", some_files);
    make(f, "repo",
         "git add . && git update-index --add --cacheinfo "
         "160000,0123456789012345678901234567890123456789,sub && "
         "git commit -q -m files");
}

/* --- Sets of files. ---------------------------------------------------- */

static void test_git_set(void **state)
{
    const struct fixture *f = *state;

    make_some_files(f);
    g_autoptr(Repository) repo = open_repo(f, "repo");
    g_autoptr(Source) source = open_rev(repo, "HEAD");
    g_autofree char *commit = sh(f, "repo", "git rev-parse HEAD");
    g_autofree char *tree = sh(f, "repo", "git rev-parse HEAD^{tree}");
    g_autofree char *blob = sh(f, "repo", "git rev-parse HEAD:hw/a.c");

    assert_paths(source, "VERSION empty hw-a/c.c hw/a.c hw/core/b.c run");
    assert_string_equal(source_revision(source)->rev, "HEAD");
    assert_string_equal(source_revision(source)->commit, commit);
    assert_string_equal(source_revision(source)->tree, tree);
    assert_string_equal(source_revision(source)->version, "8.0.50");
    assert_string_equal(source_find(source, "hw/a.c")->blob, blob);
    assert_ptr_equal(source_find(source, "hw/a.c")->path,
                     g_intern_string("hw/a.c"));
    assert_content(source, "hw/core/b.c", "b\n");
    assert_content(source, "empty", "");
    assert_null(source_find(source, "hw"));
    assert_null(source_find(source, "link"));
    assert_null(source_find(source, "sub"));
    assert_null(source_find(source, "hw/nothing.c"));
}

/* One file is found without a list, and is the same with one. */
static void test_listed_later(void **state)
{
    const struct fixture *f = *state;

    make_some_files(f);
    g_autoptr(Repository) repo = open_repo(f, "repo");
    g_autoptr(Source) source = source_open_later(repo, "HEAD", NULL);

    assert_non_null(source);
    assert_string_equal(source_revision(source)->version, "8.0.50");
    const struct source_file *early = source_find(source, "hw/core/b.c");
    assert_content(source, "hw/core/b.c", "b\n");
    assert_null(source_find(source, "hw"));
    assert_null(source_find(source, "link"));
    assert_null(source_find(source, "sub"));
    assert_null(source_find(source, "hw/nothing.c"));
    assert_null(source_find(source, ""));
    assert_null(source_find(source, "/hw/a.c"));
    assert_paths(source, "VERSION empty hw-a/c.c hw/a.c hw/core/b.c run");
    assert_string_equal(source_find(source, "hw/core/b.c")->blob,
                        early->blob);
    assert_true(source_list(source, NULL));
}

static void test_tree_alone(void **state)
{
    const struct fixture *f = *state;

    make_some_files(f);
    g_autoptr(Repository) repo = open_repo(f, "repo");
    g_autoptr(Source) source = open_rev(repo, "HEAD:hw");

    assert_paths(source, "a.c core/b.c");
    assert_null(source_revision(source)->commit);
    assert_non_null(source_revision(source)->tree);
    assert_null(source_revision(source)->version);
}

static void test_blob_is_no_revision(void **state)
{
    const struct fixture *f = *state;
    g_autoptr(GError) error = NULL;

    make_some_files(f);
    g_autoptr(Repository) repo = open_repo(f, "repo");
    assert_null(source_open_git(repo, "HEAD:hw/a.c", &error));
    assert_error(error, QC_ERROR_GIT, "neither a commit nor a tree");
}

static void test_content_outlives_set(void **state)
{
    const struct fixture *f = *state;

    make_some_files(f);
    struct repository *repo = open_repo(f, "repo");
    struct source *source = open_rev(repo, "HEAD");
    g_autoptr(GBytes) bytes =
        source_read(source, source_find(source, "hw/a.c"), NULL);

    source_free(source);
    repository_free(repo);
    assert_int_equal(g_bytes_get_size(bytes), 2);
    assert_memory_equal(g_bytes_get_data(bytes, NULL), "a\n", 2);
}

/* A plain directory says the same as the commit made of it. */
static void test_directory(void **state)
{
    const struct fixture *f = *state;
    g_autoptr(GError) error = NULL;

    make_some_files(f);
    make(f, "repo", "mkfifo pipe");
    g_autoptr(Repository) repo = open_repo(f, "repo");
    g_autoptr(Source) git = open_rev(repo, "HEAD");
    g_autoptr(Source) dir = source_open_dir(f->repo, &error);

    assert_non_null(dir);
    assert_paths(dir, "VERSION empty hw-a/c.c hw/a.c hw/core/b.c run");
    for (guint i = 0; i < source_n_files(git); i++) {
        assert_ptr_equal(source_file(git, i)->blob,
                         source_file(dir, i)->blob);
    }
    assert_content(dir, "hw/core/b.c", "b\n");
    assert_content(dir, "empty", "");
    assert_int_equal(source_find(dir, "hw/a.c")->size, 2);
    assert_null(source_revision(dir)->commit);
    assert_string_equal(source_revision(dir)->version, "8.0.50");
}

static void test_directory_is_read_once(void **state)
{
    const struct fixture *f = *state;

    make_some_files(f);
    g_autoptr(Source) dir = source_open_dir(f->repo, NULL);
    make(f, "repo", "echo changed > hw/a.c");
    assert_content(dir, "hw/a.c", "a\n");
}

static void test_no_directory(void **state)
{
    const struct fixture *f = *state;
    g_autofree char *path = g_build_filename(f->top, "nothing", NULL);
    g_autoptr(GError) error = NULL;

    assert_null(source_open_dir(path, &error));
    assert_error(error, QC_ERROR_IO, "cannot open directory");
}

/* --- Hostile repositories. --------------------------------------------- */

/* Appends an entry as a tree holds it; ID is hex. */
static void add_entry(GByteArray *tree, const char *mode, const char *name,
                      const char *id)
{
    g_byte_array_append(tree, (const guint8 *)mode, strlen(mode));
    g_byte_array_append(tree, (const guint8 *)" ", 1);
    g_byte_array_append(tree, (const guint8 *)name, strlen(name) + 1);
    for (; *id; id += 2) {
        guint8 byte =
            g_ascii_xdigit_value(id[0]) << 4 | g_ascii_xdigit_value(id[1]);

        g_byte_array_append(tree, &byte, 1);
    }
}

/* Stores the tree, whatever git thinks of it; its id, to free. */
static char *store_tree(const struct fixture *f, GByteArray *tree)
{
    g_autofree char *path = g_build_filename(f->top, "tree", NULL);

    assert_true(g_file_set_contents(path, (const char *)tree->data,
                                    tree->len, NULL));
    g_byte_array_set_size(tree, 0);
    return sh(f, "repo", "git hash-object -t tree -w --literally ../tree");
}

static char *store_blob(const struct fixture *f, const char *text)
{
    return sh(f, "repo", "printf '%s' | git hash-object -w --stdin", text);
}

static void assert_refused(const struct fixture *f, const char *tree,
                           const char *part)
{
    g_autoptr(Repository) repo = open_repo(f, "repo");
    g_autoptr(GError) error = NULL;

    assert_null(source_open_git(repo, tree, &error));
    assert_error(error, QC_ERROR_GIT, part);
}

static void test_hostile_names(void **state)
{
    const char *const names[] = {
        "..", ".", "", "a/b", "/etc/passwd", "../x", ".git", ".GIT",
        "new\nline", "esc\033[2J", "bad\xff.c",
    };
    const struct fixture *f = *state;
    g_autoptr(GByteArray) bytes = g_byte_array_new();
    g_autofree char *blob = store_blob(f, "x");

    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
        add_entry(bytes, "100644", names[i], blob);
        g_autofree char *tree = store_tree(f, bytes);
        assert_refused(f, tree, *names[i] ? "unsafe path" : tree);
    }
}

static void test_hostile_directories(void **state)
{
    const struct fixture *f = *state;
    g_autoptr(GByteArray) bytes = g_byte_array_new();
    g_autofree char *blob = store_blob(f, "x");

    add_entry(bytes, "100644", "x", blob);
    g_autofree char *inner = store_tree(f, bytes);
    add_entry(bytes, "40000", "..", inner);
    g_autofree char *tree = store_tree(f, bytes);
    assert_refused(f, tree, "unsafe path");
}

static void test_path_twice(void **state)
{
    const struct fixture *f = *state;
    g_autoptr(GByteArray) bytes = g_byte_array_new();
    g_autofree char *blob = store_blob(f, "x");

    add_entry(bytes, "100644", "a", blob);
    add_entry(bytes, "100644", "a", blob);
    g_autofree char *tree = store_tree(f, bytes);
    assert_refused(f, tree, "one path twice: 'a'");
}

static void test_file_and_directory(void **state)
{
    const struct fixture *f = *state;
    g_autoptr(GByteArray) bytes = g_byte_array_new();
    g_autofree char *blob = store_blob(f, "x");

    add_entry(bytes, "100644", "x", blob);
    g_autofree char *inner = store_tree(f, bytes);
    add_entry(bytes, "100644", "a", blob);
    add_entry(bytes, "100644", "a-b", blob);
    add_entry(bytes, "40000", "a", inner);
    g_autofree char *tree = store_tree(f, bytes);
    assert_refused(f, tree, "one path twice: 'a'");
}

/* WIDTH names for one and the same subtree, LEVELS deep. */
static char *store_bomb(const struct fixture *f, int levels, int width)
{
    g_autoptr(GByteArray) bytes = g_byte_array_new();
    char *id = store_blob(f, "x");

    for (int level = 0; level < levels; level++) {
        for (int i = 0; i < width; i++) {
            g_autofree char *name = g_strdup_printf("d%02d", i);

            add_entry(bytes, level ? "40000" : "100644", name, id);
        }
        g_free(id);
        id = store_tree(f, bytes);
    }
    return id;
}

static void test_too_many_files(void **state)
{
    const struct fixture *f = *state;
    g_autofree char *tree = store_bomb(f, 5, 40);

    assert_refused(f, tree, "too many files");
}

static void test_too_deep(void **state)
{
    const struct fixture *f = *state;
    g_autofree char *tree = store_bomb(f, 66, 1);

    assert_refused(f, tree, "deeper than");
}

/* A pack holds a file of this size in a few kilobytes. */
static void test_huge_file(void **state)
{
    const struct fixture *f = *state;
    g_autoptr(GError) error = NULL;

    make(f, "repo", "truncate -s 70M huge && git add huge && "
         "git commit -q -m huge");
    g_autoptr(Repository) repo = open_repo(f, "repo");
    g_autoptr(Source) source = open_rev(repo, "HEAD");
    assert_null(source_read(source, source_find(source, "huge"), &error));
    assert_error(error, QC_ERROR_GIT, "too large");
}

static void test_damaged_object(void **state)
{
    const struct fixture *f = *state;
    g_autoptr(GError) error = NULL;

    make_some_files(f);
    make(f, "repo", "id=$(git rev-parse HEAD:hw/a.c) && "
         "file=.git/objects/$(echo $id | sed 's,^..,&/,') && "
         "chmod +w $file && echo garbage > $file");
    g_autoptr(Repository) repo = open_repo(f, "repo");
    g_autoptr(Source) source = open_rev(repo, "HEAD");
    assert_null(source_read(source, source_find(source, "hw/a.c"), &error));
    assert_error(error, QC_ERROR_GIT, "cannot read file 'hw/a.c'");
}

static void test_missing_object(void **state)
{
    const struct fixture *f = *state;
    g_autoptr(GError) error = NULL;

    make_some_files(f);
    make(f, ".", "git -C repo config uploadpack.allowFilter true && "
         "git clone -q --bare --filter=blob:none \"file://$PWD/repo\" part");
    g_autoptr(Repository) repo = open_repo(f, "part");
    assert_null(source_open_git(repo, "HEAD", &error));
    assert_error(error, QC_ERROR_MISSING, "git diff --shortstat");

    /* The advice helps. */
    const char *command = strchr(error->message, '`');
    g_autofree char *advice =
        g_strndup(command + 1, strcspn(command + 1, "`"));
    make(f, "part", advice);
    g_autoptr(Source) source = open_rev(repo, "HEAD");
    assert_content(source, "hw/core/b.c", "b\n");
}

/* --- Kinds of repositories. -------------------------------------------- */

static void assert_opens(const struct fixture *f, const char *dir)
{
    g_autoptr(Repository) repo = open_repo(f, dir);
    g_autoptr(Source) source = open_rev(repo, "HEAD");

    assert_content(source, "hw/a.c", "a\n");
}

static void test_places(void **state)
{
    const struct fixture *f = *state;

    make_some_files(f);
    make(f, ".", "git clone -q --bare repo bare.git && "
         "git clone -q --shared repo shared && "
         "git -C repo worktree add -q ../linked");
    assert_opens(f, "repo");
    assert_opens(f, "repo/hw/core");
    assert_opens(f, "repo/.git");
    assert_opens(f, "bare.git");
    assert_opens(f, "shared");
    assert_opens(f, "linked/hw");
}

/* Sparse check-outs and partial clones announce extensions. */
static void test_extensions(void **state)
{
    const struct fixture *f = *state;

    make_some_files(f);
    make(f, "repo", "git config core.repositoryFormatVersion 1 && "
         "git config extensions.worktreeConfig true && "
         "git config extensions.partialClone origin");
    assert_opens(f, "repo");
}

static void test_git_dir(void **state)
{
    const struct fixture *f = *state;
    g_autofree char *git_dir = g_build_filename(f->repo, ".git", NULL);

    make_some_files(f);
    g_setenv("GIT_DIR", git_dir, TRUE);
    g_autoptr(Repository) repo = repository_open(NULL, NULL);
    g_unsetenv("GIT_DIR");
    assert_non_null(repo);
    g_autoptr(Source) source = open_rev(repo, "HEAD");
    assert_content(source, "hw/a.c", "a\n");
}

static void test_named_beats_git_dir(void **state)
{
    const struct fixture *f = *state;

    make_some_files(f);
    g_setenv("GIT_DIR", "/nonexistent", TRUE);
    assert_opens(f, "repo");
    g_unsetenv("GIT_DIR");
}

static void assert_not_opened(const struct fixture *f, const char *dir,
                              const char *part)
{
    g_autofree char *path = g_build_filename(f->top, dir, NULL);
    g_autoptr(GError) error = NULL;

    assert_null(repository_open(path, &error));
    assert_error(error, QC_ERROR_GIT, part);
}

static void test_no_repository(void **state)
{
    const struct fixture *f = *state;

    make(f, ".", "mkdir plain");
    assert_not_opened(f, "plain", "not a git repository: '");
    assert_not_opened(f, "nothing", "not a git repository: '");
}

static void test_sha256(void **state)
{
    const struct fixture *f = *state;

    make(f, ".", "git init -q --object-format=sha256 new");
    assert_not_opened(f, "new", "SHA-256");
}

static void test_foreign_owner(void **state)
{
    const struct fixture *f = *state;

    if (geteuid() != 0) {
        skip();
    }
    make(f, ".", "chown -R 12345 repo");
    assert_not_opened(f, "repo",
                      "git config --global --add safe.directory /");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        fixture_test(test_git_set),
        fixture_test(test_listed_later),
        fixture_test(test_tree_alone),
        fixture_test(test_blob_is_no_revision),
        fixture_test(test_content_outlives_set),
        fixture_test(test_directory),
        fixture_test(test_directory_is_read_once),
        fixture_test(test_no_directory),
        fixture_test(test_hostile_names),
        fixture_test(test_hostile_directories),
        fixture_test(test_path_twice),
        fixture_test(test_file_and_directory),
        fixture_test(test_too_many_files),
        fixture_test(test_too_deep),
        fixture_test(test_huge_file),
        fixture_test(test_damaged_object),
        fixture_test(test_missing_object),
        fixture_test(test_places),
        fixture_test(test_extensions),
        fixture_test(test_git_dir),
        fixture_test(test_named_beats_git_dir),
        fixture_test(test_no_repository),
        fixture_test(test_sha256),
        fixture_test(test_foreign_owner),
    };

    fixture_isolate();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
