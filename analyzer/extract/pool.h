/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Jobs in worker processes that have given up the file system.
 *
 * A worker is forked from the caller, so it sees everything that was in
 * memory at that time; nothing is sent to it but job numbers.  Before the
 * first job it confines itself (sandbox.h) and sets its limits.  A job that
 * crashes, hangs or exceeds its memory kills its worker only: the job is
 * reported as failed with a reason, a fresh worker takes the next.
 */
#ifndef QCOMPAT_EXTRACT_POOL_H
#define QCOMPAT_EXTRACT_POOL_H

#include <glib.h>
#include <stdbool.h>

/* Called in the caller whenever a job has ended. */
struct pool_progress {
    void (*fn)(void *opaque, guint done, guint total);
    void *opaque;
};

struct pool_options {
    const struct pool_progress *progress;    /* NULL: nobody waits */
    unsigned workers;            /* 0 = one per processor */
    unsigned job_seconds;        /* CPU limit of one job, 0 = none.  By the
                                    clock it may take thrice that: a busy
                                    machine is no fault of the job */
    size_t memory;               /* address space of a worker, bytes; 0 = no
                                    limit */
    const char *writable_dir;    /* absolute; a worker may read and write
                                    below it and finds it in TMPDIR; or NULL:
                                    the disk looks empty to a worker */
};

/* Runs in the worker: no environment, no open file, working directory "/",
 * no fork or exec, but threads.  Returns the result (owned by the pool), NULL
 * = the job failed, and may set *ret_reason (g_strdup) to say why. */
typedef GBytes *(*pool_job_fn)(void *opaque, guint job, char **ret_reason);

/* Runs in the caller, in the order in which jobs end.  RESULT is borrowed and
 * NULL where the job failed; REASON then says why ("killed by signal 11",
 * "took longer than 20 s"). */
typedef void (*pool_done_fn)(void *opaque, guint job, GBytes *result,
                             const char *reason);

/*
 * Runs jobs 0 … N_JOBS-1, handing them out in order to whichever worker is
 * free.  False where no worker could be started at all.  Leaves no process
 * behind, whatever happens, SIGINT and SIGTERM to the caller included.
 * *ret_confined says whether the sandbox was in force in every worker; where
 * it is false *ret_why (static text) says what was missing.
 */
bool pool_run(const struct pool_options *options, guint n_jobs,
              pool_job_fn job, pool_done_fn done, void *opaque,
              bool *ret_confined, const char **ret_why, GError **error);

#endif
