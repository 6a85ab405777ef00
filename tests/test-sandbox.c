/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a worker of the pool can reach: the sandbox, seen from inside. */
#include "pool-run.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

/* --- The sandbox -------------------------------------------------------- */

static GBytes *reading_job(void *opaque, guint job, char **ret_reason)
{
    const struct run *run = opaque;
    const char *path = job == 0 ? run->path
                     : job == 1 ? "/etc/passwd" : "/proc/self/maps";
    g_autofree char *content = NULL;

    if (!g_file_get_contents(path, &content, NULL, NULL)) {
        *ret_reason = g_strdup("cannot read");
        return NULL;
    }
    return run_text_result(content);
}

static char *plant_file(void)
{
    g_autoptr(GError) error = NULL;
    char *path = NULL;
    int fd = g_file_open_tmp("qcompat-XXXXXX", &path, &error);

    assert_true(fd >= 0);
    assert_int_equal(write(fd, "secret", 6), 6);
    close(fd);
    return path;
}

static void check_host_is_hidden(const char *writable_dir)
{
    struct pool_options options = {
        .workers = 1, .job_seconds = 20, .writable_dir = writable_dir,
    };
    g_autofree char *path = plant_file();
    g_autofree char *content = NULL;
    g_auto(Run) run = { .path = path };

    /* the parent can read it, so nothing but the sandbox hides it */
    assert_true(g_file_get_contents(path, &content, NULL, NULL));
    assert_string_equal(content, "secret");
    run_with(&run, &options, 3, reading_job);
    g_unlink(path);
    if (!run.confined) {
        assert_non_null(run.why);
        print_message("no sandbox here: %s\n", run.why);
        skip();
    }
    assert_null(run.why);
    for (guint i = 0; i < 3; i++) {
        assert_null(run.text[i]);
        assert_string_equal(run.reason[i], "cannot read");
    }
}

static void test_host_file_is_hidden(void **state)
{
    check_host_is_hidden(NULL);
}

static void test_host_file_is_hidden_beside_directory(void **state)
{
    g_autofree char *dir = g_dir_make_tmp("qcompat-XXXXXX", NULL);

    assert_non_null(dir);
    check_host_is_hidden(dir);
    g_rmdir(dir);
}

static GBytes *looking_job(void *opaque, guint job, char **ret_reason)
{
    struct stat status;

    if (stat("/", &status) == 0 || access("/etc", F_OK) == 0) {
        return run_text_result("sees the disk");
    }
    return run_text_result(errno == ENOENT ? "empty" : "forbidden");
}

static void test_disk_looks_empty(void **state)
{
    g_auto(Run) run = { .n_done = 0 };

    run_jobs(&run, 1, 1, looking_job);
    if (!run.confined) {
        skip();
    }
    assert_string_equal(run.text[0], "empty");
}

static GBytes *writing_job(void *opaque, guint job, char **ret_reason)
{
    const struct run *run = opaque;
    g_autofree char *old = g_build_filename(run->path, "in", NULL);
    g_autofree char *new = g_build_filename(g_getenv("TMPDIR"), "out", NULL);
    g_autofree char *content = NULL;

    if (!g_file_get_contents(old, &content, NULL, NULL) ||
        !g_file_set_contents(new, content, -1, NULL)) {
        *ret_reason = g_strdup(g_strerror(errno));
        return NULL;
    }
    return run_text_result("written");
}

static void test_writable_directory(void **state)
{
    g_autofree char *dir = g_dir_make_tmp("qcompat-XXXXXX", NULL);
    g_autofree char *in = g_build_filename(dir, "in", NULL);
    g_autofree char *out = g_build_filename(dir, "out", NULL);
    g_autofree char *content = NULL;
    struct pool_options options = {
        .workers = 1, .job_seconds = 20, .writable_dir = dir,
    };
    g_auto(Run) run = { .path = dir };

    assert_true(g_file_set_contents(in, "hello", -1, NULL));
    run_with(&run, &options, 1, writing_job);
    assert_null(run.reason[0]);
    assert_true(g_file_get_contents(out, &content, NULL, NULL));
    assert_string_equal(content, "hello");
    g_unlink(in);
    g_unlink(out);
    g_rmdir(dir);
}

static bool try_fork(void)
{
    pid_t pid = fork();

    if (pid == 0) {
        _exit(0);
    }
    return pid > 0;
}

/* What a parser has no business doing; each is refused. */
static bool try_forbidden(guint job)
{
    char *argv[] = { g_strdup("true"), NULL };

    switch (job) {
    case 0:
        return execv("/bin/true", argv) == 0;
    case 1:
        return try_fork();
    case 2:
        return socket(AF_INET, SOCK_STREAM, 0) >= 0;
    case 3:
        return socket(AF_UNIX, SOCK_STREAM, 0) >= 0;
    case 4:
        return kill(getppid(), 0) == 0;
    default:
        return chmod("/", 0755) == 0;
    }
}

static GBytes *forbidden_job(void *opaque, guint job, char **ret_reason)
{
    return run_text_result(try_forbidden(job) ? "allowed" : "refused");
}

static void test_forbidden_calls(void **state)
{
    g_auto(Run) run = { .n_done = 0 };

    run_jobs(&run, 1, 6, forbidden_job);
    if (!run.confined) {
        skip();
    }
    for (guint i = 0; i < 6; i++) {
        assert_non_null(run.text[i]);
        assert_string_equal(run.text[i], "refused");
    }
}

static void *thread_main(void *opaque)
{
    return opaque;
}

static GBytes *thread_job(void *opaque, guint job, char **ret_reason)
{
    pthread_t thread;
    void *result = NULL;

    if (pthread_create(&thread, NULL, thread_main, opaque) != 0 ||
        pthread_join(thread, &result) != 0) {
        return NULL;
    }
    return run_text_result(result == opaque ? "threads" : "lost");
}

static void test_threads_are_allowed(void **state)
{
    g_auto(Run) run = { .n_done = 0 };

    run_jobs(&run, 1, 1, thread_job);
    assert_string_equal(run.text[0], "threads");
}

static GBytes *environment_job(void *opaque, guint job, char **ret_reason)
{
    g_auto(GStrv) names = g_listenv();
    g_autofree char *text = g_strjoinv(" ", names);

    return run_text_result(text);
}

static void test_environment_is_empty(void **state)
{
    g_auto(Run) run = { .n_done = 0 };

    g_setenv("CPATH", "/usr/include", TRUE);
    g_setenv("LIBCLANG_DISABLE_CRASH_RECOVERY", "1", TRUE);
    run_jobs(&run, 1, 1, environment_job);
    assert_string_equal(run.text[0], "");
    assert_string_equal(g_getenv("CPATH"), "/usr/include");
    g_unsetenv("CPATH");
    g_unsetenv("LIBCLANG_DISABLE_CRASH_RECOVERY");
}

static bool is_null_device(int fd)
{
    struct stat status;

    return fstat(fd, &status) == 0 && S_ISCHR(status.st_mode) &&
           status.st_rdev == makedev(1, 3);
}

static GBytes *descriptor_job(void *opaque, guint job, char **ret_reason)
{
    const struct run *run = opaque;

    if (!is_null_device(0) || !is_null_device(1) || !is_null_device(2)) {
        return run_text_result("standard streams are open");
    }
    if (fcntl(run->fd, F_GETFD) >= 0) {
        return run_text_result("a file of the caller is open");
    }
    return run_text_result("closed");
}

static void test_descriptors_are_closed(void **state)
{
    g_auto(Run) run = { .fd = open("/dev/null", O_RDONLY) };

    run.fd = fcntl(run.fd, F_DUPFD, 100);
    assert_true(run.fd >= 100);
    run_jobs(&run, 1, 1, descriptor_job);
    assert_string_equal(run.text[0], "closed");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_host_file_is_hidden),
        cmocka_unit_test(test_host_file_is_hidden_beside_directory),
        cmocka_unit_test(test_disk_looks_empty),
        cmocka_unit_test(test_writable_directory),
        cmocka_unit_test(test_forbidden_calls),
        cmocka_unit_test(test_threads_are_allowed),
        cmocka_unit_test(test_environment_is_empty),
        cmocka_unit_test(test_descriptors_are_closed),
    };

    return cmocka_run_group_tests_name("sandbox", tests, NULL, NULL);
}
