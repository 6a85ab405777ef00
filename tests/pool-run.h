/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One run of the worker pool and what it brought, for its tests. */
#ifndef TESTS_POOL_RUN_H
#define TESTS_POOL_RUN_H

#include "extract/pool.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#define RUN_MAX_JOBS 64

/* What one run of the pool brought. */
struct run {
    const char *path;        /* for jobs that want a file */
    int fd;                  /* for jobs that want a descriptor */
    int *shared;             /* memory that workers and tests both see */
    guint n_done;
    guint order[RUN_MAX_JOBS];
    char *text[RUN_MAX_JOBS];       /* result, or NULL */
    char *reason[RUN_MAX_JOBS];
    gsize size[RUN_MAX_JOBS];
    bool confined;
    const char *why;
};

void run_clear(struct run *run);
typedef struct run Run;
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Run, run_clear)

/* For pool_run(). */
void run_on_done(void *opaque, guint job, GBytes *result,
                 const char *reason);

/* Runs N jobs; asserts that each ended once and that no process is left. */
void run_with(struct run *run, const struct pool_options *options, guint n,
              pool_job_fn job);
void run_jobs(struct run *run, unsigned workers, guint n, pool_job_fn job);

GBytes *run_text_result(const char *text);
/* A page that every worker forked from here shares. */
int *run_shared_memory(void);

#endif
