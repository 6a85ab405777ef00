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
