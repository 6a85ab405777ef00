/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "pool-run.h"

#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>

void run_on_done(void *opaque, guint job, GBytes *result,
                 const char *reason)
{
    struct run *run = opaque;

    assert_true(job < RUN_MAX_JOBS);
    assert_null(run->text[job]);
    assert_null(run->reason[job]);
    run->order[run->n_done++] = job;
    if (result) {
        gsize size;
        const char *data = g_bytes_get_data(result, &size);

        run->text[job] = g_strndup(size ? data : "", size);
        run->size[job] = size;
        assert_null(reason);
    } else {
        assert_non_null(reason);
        run->reason[job] = g_strdup(reason);
    }
}

GBytes *run_text_result(const char *text)
{
    return g_bytes_new(text, strlen(text));
}

void run_with(struct run *run, const struct pool_options *options,
              guint n, pool_job_fn job)
{
    g_autoptr(GError) error = NULL;

    assert_true(pool_run(options, n, job, run_on_done, run, &run->confined,
                         &run->why, &error));
    assert_null(error);
    assert_int_equal(run->n_done, n);
    /* no process is left behind */
    assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
    assert_int_equal(errno, ECHILD);
}

void run_jobs(struct run *run, unsigned workers, guint n,
                     pool_job_fn job)
{
    struct pool_options options = { .workers = workers, .job_seconds = 20 };

    run_with(run, &options, n, job);
}

void run_clear(struct run *run)
{
    for (guint i = 0; i < RUN_MAX_JOBS; i++) {
        g_free(run->text[i]);
        g_free(run->reason[i]);
    }
}

int *run_shared_memory(void)
{
    void *memory = mmap(NULL, 4096, PROT_READ | PROT_WRITE,
                        MAP_SHARED | MAP_ANONYMOUS, -1, 0);

    assert_ptr_not_equal(memory, MAP_FAILED);
    return memory;
}
