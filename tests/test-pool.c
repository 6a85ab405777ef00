/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The worker pool: results, workers that die, signals to the caller. */
#include "pool-run.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#ifndef __has_feature
#define __has_feature(x) 0
#endif
#if defined(__SANITIZE_ADDRESS__) || __has_feature(address_sanitizer)
#define WITH_ASAN true
#else
#define WITH_ASAN false
#endif

/* --- Results ------------------------------------------------------------ */

static GBytes *number_job(void *opaque, guint job, char **ret_reason)
{
    g_autofree char *text = g_strdup_printf("job %u", job);

    return run_text_result(text);
}

static void test_no_jobs(void **state)
{
    g_auto(Run) run = { .n_done = 0 };

    run_jobs(&run, 2, 0, number_job);
    assert_true(run.confined);
    assert_null(run.why);
}

static void test_results(void **state)
{
    g_auto(Run) run = { .n_done = 0 };

    run_jobs(&run, 3, RUN_MAX_JOBS, number_job);
    for (guint i = 0; i < RUN_MAX_JOBS; i++) {
        g_autofree char *expected = g_strdup_printf("job %u", i);

        assert_string_equal(run.text[i], expected);
    }
}

static void test_one_worker_keeps_order(void **state)
{
    g_auto(Run) run = { .n_done = 0 };

    run_jobs(&run, 1, RUN_MAX_JOBS, number_job);
    for (guint i = 0; i < RUN_MAX_JOBS; i++) {
        assert_int_equal(run.order[i], i);
    }
}

static void test_default_number_of_workers(void **state)
{
    g_auto(Run) run = { .n_done = 0 };

    run_jobs(&run, 0, 5, number_job);
    assert_string_equal(run.text[4], "job 4");
}

#define BIG (10u * 1024 * 1024)

static GBytes *big_job(void *opaque, guint job, char **ret_reason)
{
    char *data = g_malloc(BIG);

    memset(data, 'a' + (int)job, BIG);
    return g_bytes_new_take(data, BIG);
}

static void test_big_results(void **state)
{
    g_auto(Run) run = { .n_done = 0 };

    run_jobs(&run, 2, 6, big_job);
    for (guint i = 0; i < 6; i++) {
        assert_int_equal(run.size[i], BIG);
        for (gsize at = 0; at < BIG; at++) {
            if (run.text[i][at] != 'a' + (int)i) {
                fail_msg("job %u: byte %zu is damaged", i, at);
            }
        }
    }
}

static GBytes *empty_job(void *opaque, guint job, char **ret_reason)
{
    return g_bytes_new(NULL, 0);
}

static void test_empty_result_is_a_result(void **state)
{
    g_auto(Run) run = { .n_done = 0 };

    run_jobs(&run, 1, 2, empty_job);
    assert_string_equal(run.text[1], "");
}

static GBytes *refusing_job(void *opaque, guint job, char **ret_reason)
{
    if (job == 1) {
        *ret_reason = g_strdup("no such thing");
        return NULL;
    }
    return job == 2 ? NULL : run_text_result("fine");
}

static void test_reasons(void **state)
{
    g_auto(Run) run = { .n_done = 0 };

    run_jobs(&run, 2, 4, refusing_job);
    assert_string_equal(run.text[0], "fine");
    assert_string_equal(run.reason[1], "no such thing");
    assert_non_null(run.reason[2]);
    assert_string_equal(run.text[3], "fine");
}

/* --- Workers that die --------------------------------------------------- */

static GBytes *crashing_job(void *opaque, guint job, char **ret_reason)
{
    const struct run *run = opaque;

    __atomic_fetch_add(&run->shared[job], 1, __ATOMIC_SEQ_CST);
    if (job == 3) {
        abort();
    }
    if (job == 5) {
        raise(SIGSEGV);
    }
    if (job == 6) {
        _exit(7);
    }
    return run_text_result("fine");
}

static void check_crashes(unsigned workers)
{
    g_auto(Run) run = { .shared = run_shared_memory() };

    run_jobs(&run, workers, 30, crashing_job);
    for (guint i = 0; i < 30; i++) {
        if (i == 3 || i == 5 || i == 6) {
            assert_null(run.text[i]);
        } else {
            assert_string_equal(run.text[i], "fine");
        }
        /* each job is tried exactly once */
        assert_int_equal(run.shared[i], 1);
    }
    assert_true(g_str_has_prefix(run.reason[3], "killed by signal 6"));
    assert_true(g_str_has_prefix(run.reason[5], "killed by signal 11"));
    assert_string_equal(run.reason[6], "the worker left with status 7");
    munmap(run.shared, 4096);
}

static void test_crash_blames_its_job(void **state)
{
    check_crashes(1);
    check_crashes(2);
}

static GBytes *deadly_job(void *opaque, guint job, char **ret_reason)
{
    abort();
}

static void test_every_job_crashes(void **state)
{
    g_auto(Run) run = { .n_done = 0 };

    run_jobs(&run, 2, 40, deadly_job);
    for (guint i = 0; i < 40; i++) {
        assert_true(g_str_has_prefix(run.reason[i], "killed by signal 6"));
    }
}

static GBytes *slow_job(void *opaque, guint job, char **ret_reason)
{
    volatile unsigned spin = 1;

    while (job == 0) {
        pause();
    }
    while (job == 1 && spin) {
        spin |= 1;
    }
    return run_text_result("fine");
}

static void test_hang(void **state)
{
    struct pool_options options = { .workers = 2, .job_seconds = 1 };
    g_auto(Run) run = { .n_done = 0 };

    run_with(&run, &options, 8, slow_job);
    assert_string_equal(run.reason[0], "took longer than 1 s");
    assert_string_equal(run.reason[1], "took longer than 1 s");
    for (guint i = 2; i < 8; i++) {
        assert_string_equal(run.text[i], "fine");
    }
}

#define GIGABYTE ((size_t)1 << 30)

static GBytes *greedy_job(void *opaque, guint job, char **ret_reason)
{
    for (unsigned i = 0; job == 1 && i < 4; i++) {
        if (mmap(NULL, GIGABYTE, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1,
                 0) == MAP_FAILED) {
            abort();
        }
    }
    return run_text_result("fine");
}

static void test_memory(void **state)
{
    struct pool_options options = {
        .workers = 1, .job_seconds = 20, .memory = 2 * GIGABYTE,
    };
    g_auto(Run) run = { .n_done = 0 };
    g_auto(Run) unlimited = { .n_done = 0 };

    if (WITH_ASAN) {
        skip();
    }
    run_with(&run, &options, 3, greedy_job);
    assert_string_equal(run.text[0], "fine");
    assert_null(run.text[1]);
    assert_string_equal(run.text[2], "fine");

    options.memory = 0;
    run_with(&unlimited, &options, 2, greedy_job);
    assert_string_equal(unlimited.text[1], "fine");
}

/* --- Signals to the caller ---------------------------------------------- */

static GBytes *endless_job(void *opaque, guint job, char **ret_reason)
{
    const struct run *run = opaque;

    __atomic_store_n(&run->shared[job], getpid(), __ATOMIC_SEQ_CST);
    while (pause() != 0) {
        continue;
    }
    return NULL;
}

static bool is_gone(pid_t pid)
{
    for (unsigned i = 0; i < 1000; i++) {
        if (kill(pid, 0) != 0 && errno == ESRCH) {
            return true;
        }
        g_usleep(10 * 1000);
    }
    return false;
}

/* Has both workers taken a job? */
static void wait_for_workers(const struct run *run)
{
    for (guint i = 0; i < 2; i++) {
        while (!__atomic_load_n(&run->shared[i], __ATOMIC_SEQ_CST)) {
            g_usleep(1000);
        }
    }
}

/* A process that runs two endless jobs; SIGNUM is handled by HANDLER in it.
 * It leaves with 0 where pool_run() returns false. */
static pid_t start_caller(struct run *run, int signum,
                          void (*handler)(int))
{
    struct pool_options options = { .workers = 2, .job_seconds = 60 };
    pid_t caller = fork();

    if (caller == 0) {
        signal(signum, handler);
        _exit(pool_run(&options, 2, endless_job, run_on_done, run,
                       &run->confined, &run->why, NULL));
    }
    wait_for_workers(run);
    return caller;
}

static void check_signal(int signum)
{
    g_auto(Run) run = { .shared = run_shared_memory() };
    pid_t caller = start_caller(&run, signum, SIG_DFL);
    int status;

    kill(caller, signum);
    assert_int_equal(waitpid(caller, &status, 0), caller);
    assert_true(WIFSIGNALED(status));
    assert_int_equal(WTERMSIG(status), signum);
    assert_true(is_gone(run.shared[0]));
    assert_true(is_gone(run.shared[1]));
    munmap(run.shared, 4096);
}

static void nothing(int signum)
{
}

static void test_handled_signal_ends_the_run(void **state)
{
    g_auto(Run) run = { .shared = run_shared_memory() };
    pid_t caller = start_caller(&run, SIGTERM, nothing);
    int status;

    kill(caller, SIGTERM);
    assert_int_equal(waitpid(caller, &status, 0), caller);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
    assert_true(is_gone(run.shared[0]));
    assert_true(is_gone(run.shared[1]));
    munmap(run.shared, 4096);
}

static void test_ignored_signal_is_ignored(void **state)
{
    g_auto(Run) run = { .shared = run_shared_memory() };
    pid_t caller = start_caller(&run, SIGINT, SIG_IGN);

    kill(caller, SIGINT);
    g_usleep(50 * 1000);
    assert_int_equal(waitpid(caller, NULL, WNOHANG), 0);
    kill(caller, SIGKILL);
    assert_int_equal(waitpid(caller, NULL, 0), caller);
    munmap(run.shared, 4096);
}

static void test_signals_end_workers(void **state)
{
    check_signal(SIGTERM);
    check_signal(SIGINT);
}

static void test_workers_die_with_the_caller(void **state)
{
    check_signal(SIGKILL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_no_jobs),
        cmocka_unit_test(test_results),
        cmocka_unit_test(test_one_worker_keeps_order),
        cmocka_unit_test(test_default_number_of_workers),
        cmocka_unit_test(test_big_results),
        cmocka_unit_test(test_empty_result_is_a_result),
        cmocka_unit_test(test_reasons),
        cmocka_unit_test(test_crash_blames_its_job),
        cmocka_unit_test(test_every_job_crashes),
        cmocka_unit_test(test_hang),
        cmocka_unit_test(test_memory),
        cmocka_unit_test(test_handled_signal_ends_the_run),
        cmocka_unit_test(test_ignored_signal_is_ignored),
        cmocka_unit_test(test_signals_end_workers),
        cmocka_unit_test(test_workers_die_with_the_caller),
    };

    return cmocka_run_group_tests_name("pool", tests, NULL, NULL);
}
