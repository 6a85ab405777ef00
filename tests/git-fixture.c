/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "git-fixture.h"

#include <string.h>

static char *run(const char *cwd, const char *command)
{
    const char *argv[] = { "/bin/sh", "-ec", command, NULL };
    g_autofree char *out = NULL, *err = NULL;
    int status = -1;

    g_spawn_sync(cwd, (char **)(void *)argv, NULL, G_SPAWN_DEFAULT, NULL,
                 NULL, &out, &err, &status, NULL);
    if (status != 0) {
        fail_msg("'%s' failed: %s", command, err);
    }
    return g_strstrip(g_steal_pointer(&out));
}

char *sh(const struct fixture *f, const char *dir, const char *format, ...)
{
    g_autofree char *cwd = g_build_filename(f->top, dir, NULL);
    va_list ap;

    va_start(ap, format);
    g_autofree char *command = g_strdup_vprintf(format, ap);
    va_end(ap);
    return run(cwd, command);
}

void make(const struct fixture *f, const char *dir, const char *command)
{
    g_free(sh(f, dir, "%s", command));
}

void fixture_isolate(void)
{
    const char *const unset[] = {
        "GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_COMMON_DIR",
        "GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES",
        "GIT_CEILING_DIRECTORIES", "GIT_NAMESPACE", "XDG_CONFIG_HOME",
    };

    for (size_t i = 0; i < G_N_ELEMENTS(unset); i++) {
        g_unsetenv(unset[i]);
    }
    g_setenv("HOME", "/nonexistent", TRUE);
    g_setenv("GIT_CONFIG_NOSYSTEM", "1", TRUE);
    g_setenv("GIT_AUTHOR_NAME", "A", TRUE);
    g_setenv("GIT_AUTHOR_EMAIL", "a@example.org", TRUE);
    g_setenv("GIT_COMMITTER_NAME", "C", TRUE);
    g_setenv("GIT_COMMITTER_EMAIL", "c@example.org", TRUE);
}

int fixture_setup(void **state)
{
    struct fixture *f = g_new0(struct fixture, 1);

    f->top = g_dir_make_tmp("qcompat-test-XXXXXX", NULL);
    assert_non_null(f->top);
    f->repo = g_build_filename(f->top, "repo", NULL);
    *state = f;
    make(f, ".", "git init -q -b master repo");
    return 0;
}

int fixture_teardown(void **state)
{
    struct fixture *f = *state;
    g_autofree char *command = g_strdup_printf("rm -rf '%s'", f->top);

    g_free(run("/", command));
    g_free(f->repo);
    g_free(f->top);
    g_free(f);
    return 0;
}

struct repository *open_repo(const struct fixture *f, const char *dir)
{
    g_autofree char *path = g_build_filename(f->top, dir, NULL);
    g_autoptr(GError) error = NULL;
    struct repository *repo = repository_open(path, &error);

    if (!repo) {
        fail_msg("%s", error->message);
    }
    return repo;
}

void assert_error(const GError *error, enum qc_error code, const char *part)
{
    assert_non_null(error);
    assert_true(error->domain == QC_ERROR);
    if (error->code != (int)code || !strstr(error->message, part)) {
        fail_msg("error %d '%s' is not %d '%s'", error->code, error->message,
                 code, part);
    }
}

/* --- A history that releases like QEMU. -------------------------------- */

const struct release_step release_steps[N_RELEASE_STEPS] = {
    { "r71", NULL, NULL, "7.1.0", "v7.1.0" },
    { "open72", NULL, NULL, "7.1.50", NULL },
    { "dev72", NULL, NULL, "7.1.50", NULL },
    { "rc0", NULL, NULL, "7.1.90", NULL },
    { "rc1", NULL, NULL, "7.1.91", NULL },
    { "r72", NULL, NULL, "7.2.0", "v7.2.0" },
    { "frozen", NULL, NULL, "7.2.0", NULL },
    { "topic", "rc1", NULL, "7.1.91", NULL },
    { "open80", "frozen", NULL, "7.2.50", NULL },
    { "merged", "open80", "topic", "7.2.50", NULL },
    { "rc80", NULL, NULL, "7.2.90", NULL },
    { "r80", NULL, NULL, "8.0.0", "v8.0.0" },
    { "open81", NULL, NULL, "8.0.50", NULL },
    { "dev81", NULL, NULL, "8.0.50", NULL },
    { "stable1", "r72", NULL, "7.2.0", NULL },
    { "r721", NULL, NULL, "7.2.1", "v7.2.1" },
    { "r722", NULL, NULL, "7.2.2", "v7.2.2" },
    { "stable2", NULL, NULL, "7.2.2", NULL },
    { "odd", "stable2", NULL, "7.2.2.1", NULL },
    { "odd1", NULL, NULL, "7.2.2.1", NULL },
    { "none", "dev81", NULL, "", NULL },
    { "nonsense", "dev81", NULL, "tomorrow", NULL },
};

static void stream_step(GString *stream, const struct release_step *step,
                        const char *above, guint n)
{
    const char *from = step->from ? step->from : above;

    g_string_append_printf(stream, "commit refs/heads/%s\n"
                           "committer C <c@example.org> %u +0000\n"
                           "data %zu\n%s\n", step->name, 1000000000 + n * 60,
                           strlen(step->name), step->name);
    if (from) {
        g_string_append_printf(stream, "from refs/heads/%s\n", from);
    }
    if (step->merge) {
        g_string_append_printf(stream, "merge refs/heads/%s\n",
                               step->merge);
    }
    if (*step->version) {
        g_string_append_printf(stream, "M 100644 inline VERSION\n"
                               "data %zu\n%s\n\n", strlen(step->version) + 1,
                               step->version);
    } else {
        g_string_append(stream, "D VERSION\n");
    }
    g_string_append_printf(stream, "M 100644 inline file\ndata 3\n%03u\n", n);
}

void make_releases(const struct fixture *f, bool tags)
{
    g_autoptr(GString) stream = g_string_new(NULL);
    g_autofree char *path = g_build_filename(f->top, "stream", NULL);

    for (guint i = 0; i < N_RELEASE_STEPS; i++) {
        stream_step(stream, &release_steps[i],
                    i ? release_steps[i - 1].name : NULL, i);
    }
    for (guint i = 0; tags && i < N_RELEASE_STEPS; i++) {
        if (release_steps[i].tag) {
            g_string_append_printf(stream, "reset refs/tags/%s\n"
                                   "from refs/heads/%s\n\n",
                                   release_steps[i].tag, release_steps[i].name);
        }
    }
    assert_true(g_file_set_contents(path, stream->str, stream->len, NULL));
    make(f, "repo", "git fast-import --quiet < ../stream");
}

char *id_of(const struct fixture *f, const char *rev)
{
    return sh(f, "repo", "git rev-parse '%s^{commit}'", rev);
}
