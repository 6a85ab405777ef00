/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The worker's side of the pool, and what the two sides say to each other.
 *
 * One socket joins a worker to the pool.  The pool sends job numbers
 * (guint32); the worker answers with messages: a header, then LENGTH bytes.
 */
#ifndef QCOMPAT_EXTRACT_WORKER_H
#define QCOMPAT_EXTRACT_WORKER_H

#include "extract/pool.h"

#include <signal.h>
#include <sys/types.h>

/* Longest result: what is longer is no unit but an accident. */
#define WORKER_MAX_RESULT (512u << 20)

enum worker_message_type {
    WORKER_READY,      /* once; the bytes say what the sandbox lacks, if
                          anything */
    WORKER_START,      /* the job is in hand now */
    WORKER_RESULT,     /* its result */
    WORKER_FAILED,     /* it returned no result; the bytes say why */
};

struct worker_message {
    guint32 type;
    guint32 job;
    guint32 length;
};

struct worker_setup {
    const struct pool_options *options;
    pool_job_fn job;
    void *opaque;
    pid_t parent;
    int fd;                      /* the worker's end of the socket */
    const sigset_t *signals;     /* mask of the caller */
};

/* The life of a forked worker. */
void worker_main(const struct worker_setup *setup) G_GNUC_NORETURN;

#endif
