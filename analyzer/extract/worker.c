/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "extract/worker.h"

#include "extract/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

/* The socket's place once the rest is closed. */
#define WORKER_FD 3

/* The sanitizer's shadow is larger than any limit of the address space. */
#ifndef __has_feature
#define __has_feature(x) 0
#endif
#if defined(__SANITIZE_ADDRESS__) || __has_feature(address_sanitizer)
#define ADDRESS_SPACE_IS_OURS false
#else
#define ADDRESS_SPACE_IS_OURS true
#endif

static void follow_parent(pid_t parent)
{
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    /* it may have died before the kernel knew of our wish */
    if (getppid() != parent) {
        _exit(1);
    }
}

/* The caller's handlers are not for us; a Ctrl-C at the terminal reaches us
 * too, and to end us is the parent's business. */
static void reset_signals(const sigset_t *mask)
{
    for (int i = 1; i < NSIG; i++) {
        signal(i, SIG_DFL);
    }
    signal(SIGINT, SIG_IGN);
    signal(SIGHUP, SIG_IGN);
    signal(SIGTSTP, SIG_IGN);
    sigprocmask(SIG_SETMASK, mask, NULL);
}

static void close_files(int fd)
{
    int null = open("/dev/null", O_RDWR);
    int high = fcntl(fd, F_DUPFD, WORKER_FD + 1);

    for (int i = 0; i < WORKER_FD; i++) {
        if (null < 0) {
            close(i);
        } else {
            dup2(null, i);
        }
    }
    dup2(high, WORKER_FD);
    close_range(WORKER_FD + 1, ~0u, 0);
}

/* Nothing of the user's surroundings may reach the parser: neither variables
 * such as CPATH nor the directory that relative names start from. */
static void forget_surroundings(const char *writable_dir)
{
    clearenv();
    if (writable_dir) {
        setenv("TMPDIR", writable_dir, 1);
    }
    if (chdir("/") != 0) {
        _exit(1);
    }
}

static void set_limit(__rlimit_resource_t resource, rlim_t value)
{
    struct rlimit limit;

    if (getrlimit(resource, &limit) == 0) {
        limit.rlim_cur = MIN(value, limit.rlim_max);
        setrlimit(resource, &limit);
    }
}

static void limit_resources(const struct pool_options *options)
{
    struct rlimit none = { 0, 0 };

    setrlimit(RLIMIT_CORE, &none);
    prctl(PR_SET_DUMPABLE, 0);
    if (options->memory && ADDRESS_SPACE_IS_OURS) {
        set_limit(RLIMIT_AS, options->memory);
    }
}

/* The limit is on the life of the process: move it ahead for each job. */
static void limit_cpu(unsigned seconds)
{
    struct rusage usage;

    if (!seconds || getrusage(RUSAGE_SELF, &usage) != 0) {
        return;
    }
    set_limit(RLIMIT_CPU, usage.ru_utime.tv_sec + usage.ru_stime.tv_sec +
                          1 + seconds);
}

/* Without its socket a worker has nobody to work for. */
static void send_all(const void *data, size_t size)
{
    const char *at = data;

    while (size) {
        ssize_t n = send(WORKER_FD, at, size, MSG_NOSIGNAL);

        if (n < 0 && errno != EINTR) {
            _exit(1);
        }
        if (n > 0) {
            at += n;
            size -= n;
        }
    }
}

static void send_message(enum worker_message_type type, guint32 job,
                         const void *data, size_t size)
{
    struct worker_message message = { type, job, size };

    send_all(&message, sizeof(message));
    send_all(data, size);
}

static bool receive_job(guint32 *ret)
{
    char *at = (char *)ret;
    size_t size = sizeof(*ret);

    while (size) {
        ssize_t n = recv(WORKER_FD, at, size, 0);

        if (n == 0 || (n < 0 && errno != EINTR)) {
            return false;
        }
        if (n > 0) {
            at += n;
            size -= n;
        }
    }
    return true;
}

static void run_job(const struct worker_setup *setup, guint32 job)
{
    g_autofree char *reason = NULL;

    send_message(WORKER_START, job, NULL, 0);
    limit_cpu(setup->options->job_seconds);

    g_autoptr(GBytes) result = setup->job(setup->opaque, job, &reason);
    gsize size = 0;
    const void *data = result ? g_bytes_get_data(result, &size) : NULL;

    if (!result) {
        const char *why = reason ? reason : "failed without a reason";

        send_message(WORKER_FAILED, job, why, strlen(why));
    } else if (size > WORKER_MAX_RESULT) {
        const char *why = "its result is too large";

        send_message(WORKER_FAILED, job, why, strlen(why));
    } else {
        send_message(WORKER_RESULT, job, data, size);
    }
}

void worker_main(const struct worker_setup *setup)
{
    const char *missing = NULL;
    guint32 job;

    follow_parent(setup->parent);
    reset_signals(setup->signals);
    close_files(setup->fd);
    forget_surroundings(setup->options->writable_dir);
    limit_resources(setup->options);
    sandbox_enter(setup->options->writable_dir, &missing);
    send_message(WORKER_READY, 0, missing, missing ? strlen(missing) : 0);
    while (receive_job(&job)) {
        run_job(setup, job);
    }
    _exit(0);
}
