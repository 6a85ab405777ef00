/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a killed run leaves in the temporary directory, the next one removes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "extract/scratch.h"

static guint count(void)
{
    g_autoptr(GDir) dir = g_dir_open(g_get_tmp_dir(), 0, NULL);
    guint n = 0;

    while (g_dir_read_name(dir)) {
        n++;
    }
    return n;
}

static void write_file(const struct scratch *scratch)
{
    g_autofree char *file = g_build_filename(scratch_path(scratch), "0.pch",
                                             NULL);

    assert_true(g_file_set_contents(file, "x", 1, NULL));
}

static void test_it_goes_with_its_files(void **state)
{
    struct scratch *scratch = scratch_new();

    assert_non_null(scratch);
    assert_true(g_path_is_absolute(scratch_path(scratch)));
    write_file(scratch);
    assert_int_equal(count(), 1);
    scratch_free(scratch);
    assert_int_equal(count(), 0);
}

static void test_what_the_killed_leave_goes(void **state)
{
    pid_t pid = fork();
    int status;

    if (pid == 0) {
        write_file(scratch_new());
        raise(SIGKILL);
    }
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFSIGNALED(status));
    assert_int_equal(count(), 1);
    struct scratch *next = scratch_new();

    assert_int_equal(count(), 1);
    write_file(next);
    scratch_free(next);
    assert_int_equal(count(), 0);
}

static void test_what_the_living_use_stays(void **state)
{
    struct scratch *first = scratch_new();
    struct scratch *second = scratch_new();

    assert_int_equal(count(), 2);
    write_file(first);
    scratch_free(second);
    scratch_free(first);
    assert_int_equal(count(), 0);
}

static void test_foreign_names_stay(void **state)
{
    g_autofree char *other = g_build_filename(g_get_tmp_dir(),
                                              "qcompat-notes", NULL);
    g_autofree char *link = g_build_filename(g_get_tmp_dir(),
                                             "qcompat-pch-link", NULL);

    assert_int_equal(g_mkdir(other, 0700), 0);
    assert_int_equal(symlink(other, link), 0);
    scratch_free(scratch_new());
    assert_int_equal(count(), 2);
    assert_int_equal(g_unlink(link), 0);
    assert_int_equal(g_rmdir(other), 0);
}

static void test_no_place_is_no_crash(void **state)
{
    g_autofree char *there = g_strdup(g_get_tmp_dir());
    pid_t pid = fork();
    int status;

    if (pid == 0) {
        g_rmdir(there);
        _exit(scratch_new() ? 1 : 0);
    }
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    assert_int_equal(g_mkdir(there, 0700), 0);
}

static int teardown(void **state)
{
    return g_rmdir(g_get_tmp_dir());
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_it_goes_with_its_files),
        cmocka_unit_test(test_what_the_killed_leave_goes),
        cmocka_unit_test(test_what_the_living_use_stays),
        cmocka_unit_test(test_foreign_names_stay),
        cmocka_unit_test(test_no_place_is_no_crash),
    };
    const char *given = g_getenv("TMPDIR");
    g_autofree char *own = g_build_filename(given ? given : P_tmpdir,
                                            "qcompat-test-XXXXXX", NULL);

    if (!g_mkdtemp(own)) {
        return 1;
    }
    g_setenv("TMPDIR", own, TRUE);
    return cmocka_run_group_tests_name("scratch", tests, NULL, teardown);
}
