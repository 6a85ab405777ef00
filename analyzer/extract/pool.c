/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "extract/pool.h"

#include "base/error.h"
#include "extract/worker.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

/* A worker has one job in hand and one waiting, so that it never waits for
 * us; only the one in hand is to blame when it dies. */
#define QUEUE_DEPTH 2

/* Forks that come to nothing, one after the other, before we give up. */
#define MAX_TROUBLES 8

/* On a busy machine a job takes longer than its processor time; that is no
 * fault of the job. */
#define WALL_FACTOR 3

#define READ_CHUNK (256 * 1024)

struct worker {
    pid_t pid;               /* 0: the place is free */
    int fd;
    bool ready;
    bool started;            /* queue[0] is in hand */
    guint queue[QUEUE_DEPTH];
    unsigned n_queued;
    gint64 deadline;         /* monotonic time, while it has work */
    GByteArray *in;          /* bytes of the message that is arriving */
};

struct pool {
    const struct pool_options *options;
    guint n_jobs;
    pool_job_fn job;
    pool_done_fn done;
    void *opaque;

    struct worker *workers;
    unsigned n_workers;
    guint next_job;
    GArray *returned;        /* guint: jobs that a dead worker never began */
    guint n_ended;
    unsigned n_troubles;
    bool ever_ready;
    const char *missing;     /* what a sandbox lacked */

    int signal_fd;
    sigset_t old_signals;
};

/* --- Signals to the caller ---------------------------------------------- */

/*
 * SIGINT and friends are held back while workers live: they stay pending and
 * reach the caller's own handler once the pool is gone.  Those that the caller
 * ignores are left alone.
 */
static void hold_signals(struct pool *pool)
{
    static const int held[] = { SIGINT, SIGTERM, SIGHUP };
    sigset_t set;

    sigemptyset(&set);
    for (size_t i = 0; i < G_N_ELEMENTS(held); i++) {
        struct sigaction action;

        if (sigaction(held[i], NULL, &action) == 0 &&
            action.sa_handler != SIG_IGN) {
            sigaddset(&set, held[i]);
        }
    }
    sigprocmask(SIG_BLOCK, &set, &pool->old_signals);
    pool->signal_fd = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
    if (pool->signal_fd < 0) {
        /* held back and unheard would be worse: workers follow us anyway */
        sigprocmask(SIG_SETMASK, &pool->old_signals, NULL);
    }
}

static void release_signals(struct pool *pool)
{
    if (pool->signal_fd >= 0) {
        close(pool->signal_fd);
    }
    sigprocmask(SIG_SETMASK, &pool->old_signals, NULL);
}

/* --- Jobs --------------------------------------------------------------- */

static guint n_waiting(const struct pool *pool)
{
    return pool->returned->len + (pool->n_jobs - pool->next_job);
}

static guint take_job(struct pool *pool)
{
    if (pool->returned->len) {
        guint job = g_array_index(pool->returned, guint, 0);

        g_array_remove_index(pool->returned, 0);
        return job;
    }
    return pool->next_job++;
}

static void end_job(struct pool *pool, guint job, GBytes *result,
                    const char *reason)
{
    pool->n_ended++;
    pool->done(pool->opaque, job, result, reason);
    if (pool->options->progress) {
        pool->options->progress->fn(pool->options->progress->opaque,
                                    pool->n_ended, pool->n_jobs);
    }
}

static void push_deadline(const struct pool *pool, struct worker *worker)
{
    worker->deadline = g_get_monotonic_time() +
        (gint64)pool->options->job_seconds * WALL_FACTOR * G_USEC_PER_SEC;
}

/* --- The life of a worker ----------------------------------------------- */

static void child(struct pool *pool, int fd, pid_t parent)
{
    struct worker_setup setup = {
        .options = pool->options,
        .job = pool->job,
        .opaque = pool->opaque,
        .parent = parent,
        .fd = fd,
        .signals = &pool->old_signals,
    };

    worker_main(&setup);
}

static bool spawn(struct pool *pool, struct worker *worker)
{
    pid_t parent = getpid();
    int fds[2];

    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fds) != 0) {
        return false;
    }

    pid_t pid = fork();

    if (pid == 0) {
        child(pool, fds[1], parent);
    }
    close(fds[1]);
    if (pid < 0) {
        close(fds[0]);
        return false;
    }
    *worker = (struct worker){
        .pid = pid, .fd = fds[0], .in = g_byte_array_new(),
    };
    return true;
}

/* Ends the process and frees its place; the wait status, -1 if unknown. */
static int bury(struct worker *worker)
{
    int status = -1;
    pid_t pid;

    kill(worker->pid, SIGKILL);
    do {
        pid = waitpid(worker->pid, &status, 0);
    } while (pid < 0 && errno == EINTR);
    close(worker->fd);
    g_byte_array_unref(worker->in);
    *worker = (struct worker){ .fd = -1 };
    return pid < 0 ? -1 : status;
}

static char *describe_timeout(const struct pool *pool)
{
    return g_strdup_printf("took longer than %u s",
                           pool->options->job_seconds);
}

static char *describe_death(const struct pool *pool, int status)
{
    if (status == -1) {
        return g_strdup("the worker vanished");
    }
    if (WIFSIGNALED(status) && WTERMSIG(status) == SIGXCPU) {
        return describe_timeout(pool);
    }
    if (WIFSIGNALED(status)) {
        return g_strdup_printf("killed by signal %d (%s)", WTERMSIG(status),
                               g_strsignal(WTERMSIG(status)));
    }
    return g_strdup_printf("the worker left with status %d",
                           WEXITSTATUS(status));
}

/* REASON NULL: what the process itself died of. */
static void lose(struct pool *pool, struct worker *worker, const char *reason)
{
    bool blamed = worker->started;
    guint job = worker->queue[0];

    for (unsigned i = blamed; i < worker->n_queued; i++) {
        g_array_append_val(pool->returned, worker->queue[i]);
    }

    int status = bury(worker);

    if (blamed) {
        g_autofree char *why = reason ? g_strdup(reason)
                                      : describe_death(pool, status);
        end_job(pool, job, NULL, why);
    } else {
        pool->n_troubles++;
    }
}

/* --- What workers say --------------------------------------------------- */

static void on_ready(struct pool *pool, struct worker *worker,
                     const char *missing)
{
    worker->ready = true;
    pool->ever_ready = true;
    if (*missing) {
        pool->missing = g_intern_string(missing);
    }
}

static void on_end(struct pool *pool, struct worker *worker,
                   GBytes *result, const char *reason)
{
    guint job = worker->queue[0];

    worker->started = false;
    worker->n_queued--;
    memmove(worker->queue, worker->queue + 1,
            worker->n_queued * sizeof(worker->queue[0]));
    end_job(pool, job, result, reason);
}

static bool is_expected(const struct worker *worker,
                        const struct worker_message *message)
{
    bool has_job = worker->n_queued && message->job == worker->queue[0];

    switch (message->type) {
    case WORKER_READY:
        return !worker->ready;
    case WORKER_START:
        return worker->ready && has_job && !worker->started &&
               message->length == 0;
    case WORKER_RESULT:
    case WORKER_FAILED:
        return has_job && worker->started &&
               message->length <= WORKER_MAX_RESULT;
    default:
        return false;
    }
}

static void handle(struct pool *pool, struct worker *worker,
                   const struct worker_message *message, const guint8 *data)
{
    g_autofree char *text = NULL;
    g_autoptr(GBytes) result = NULL;

    switch (message->type) {
    case WORKER_READY:
        text = g_strndup((const char *)data, message->length);
        on_ready(pool, worker, text);
        break;
    case WORKER_START:
        worker->started = true;
        pool->n_troubles = 0;
        break;
    case WORKER_RESULT:
        result = g_bytes_new(data, message->length);
        on_end(pool, worker, result, NULL);
        break;
    case WORKER_FAILED:
        text = g_strndup((const char *)data, message->length);
        on_end(pool, worker, NULL, text);
        break;
    }
}

/* Handles what has arrived whole; false where the worker talks nonsense. */
static bool handle_messages(struct pool *pool, struct worker *worker)
{
    struct worker_message message;
    size_t at = 0;

    while (worker->in->len - at >= sizeof(message)) {
        const guint8 *data = worker->in->data + at + sizeof(message);

        memcpy(&message, worker->in->data + at, sizeof(message));
        if (!is_expected(worker, &message)) {
            return false;
        }
        if (worker->in->len - at - sizeof(message) < message.length) {
            break;
        }
        handle(pool, worker, &message, data);
        at += sizeof(message) + message.length;
    }
    if (at) {
        g_byte_array_remove_range(worker->in, 0, at);
    }
    return true;
}

/* Takes what the socket has now, so that nobody waits for one worker. */
static void listen_to(struct pool *pool, struct worker *worker)
{
    guint had = worker->in->len;

    g_byte_array_set_size(worker->in, had + READ_CHUNK);

    ssize_t n = recv(worker->fd, worker->in->data + had, READ_CHUNK,
                     MSG_DONTWAIT);

    g_byte_array_set_size(worker->in, had + MAX(n, 0));
    if (n > 0) {
        push_deadline(pool, worker);
        if (!handle_messages(pool, worker)) {
            lose(pool, worker, "the worker broke the protocol");
        }
    } else if (n == 0 || (errno != EINTR && errno != EAGAIN)) {
        lose(pool, worker, NULL);
    }
}

/* --- The pool ----------------------------------------------------------- */

/* Fills free places while there is work for them; the number of workers. */
static unsigned staff(struct pool *pool)
{
    unsigned n = 0;

    for (unsigned i = 0; i < pool->n_workers; i++) {
        struct worker *worker = &pool->workers[i];

        if (!worker->pid && pool->n_troubles < MAX_TROUBLES &&
            n_waiting(pool) && !spawn(pool, worker)) {
            pool->n_troubles++;
        }
        n += worker->pid != 0;
    }
    return n;
}

static void give(struct pool *pool, struct worker *worker)
{
    guint32 job = take_job(pool);

    if (!worker->n_queued) {
        push_deadline(pool, worker);
    }
    worker->queue[worker->n_queued++] = job;
    /* a dead worker is noticed when its socket is read */
    while (send(worker->fd, &job, sizeof(job), MSG_NOSIGNAL) < 0 &&
           errno == EINTR) {
    }
}

/* Everyone gets a first job before anyone a second; near the end nobody
 * hoards what another could begin at once. */
static void hand_out(struct pool *pool)
{
    for (unsigned depth = 1; depth <= QUEUE_DEPTH; depth++) {
        for (unsigned i = 0; i < pool->n_workers; i++) {
            struct worker *worker = &pool->workers[i];
            guint waiting = n_waiting(pool);

            if (worker->pid && worker->n_queued < depth && waiting &&
                (depth == 1 || waiting > pool->n_workers)) {
                give(pool, worker);
            }
        }
    }
}

static int poll_timeout(const struct pool *pool)
{
    gint64 first = G_MAXINT64;

    if (!pool->options->job_seconds) {
        return -1;
    }
    for (unsigned i = 0; i < pool->n_workers; i++) {
        if (pool->workers[i].n_queued) {
            first = MIN(first, pool->workers[i].deadline);
        }
    }
    if (first == G_MAXINT64) {
        return -1;
    }

    gint64 left = (first - g_get_monotonic_time()) / 1000 + 1;

    return CLAMP(left, 0, G_MAXINT);
}

/* FDS are the result of a poll: who spoke in time is heard first. */
static void attend(struct pool *pool, const struct pollfd *fds)
{
    gint64 now = g_get_monotonic_time();
    bool limited = pool->options->job_seconds != 0;

    for (unsigned i = 0; i < pool->n_workers; i++) {
        struct worker *worker = &pool->workers[i];

        if (!worker->pid) {
            continue;
        }
        if (fds[i].revents) {
            listen_to(pool, worker);
        } else if (limited && worker->n_queued && worker->deadline <= now) {
            g_autofree char *why = describe_timeout(pool);

            lose(pool, worker, why);
        }
    }
}

/* One round of waiting; false where a signal asks the caller to end. */
static bool wait_for_news(struct pool *pool)
{
    g_autofree struct pollfd *fds = g_new0(struct pollfd,
                                           pool->n_workers + 1);

    for (unsigned i = 0; i < pool->n_workers; i++) {
        fds[i].fd = pool->workers[i].fd;
        fds[i].events = POLLIN;
    }
    fds[pool->n_workers].fd = pool->signal_fd;
    fds[pool->n_workers].events = POLLIN;

    if (poll(fds, pool->n_workers + 1, poll_timeout(pool)) < 0) {
        return true;   /* EINTR: the next round tells */
    }
    if (fds[pool->n_workers].revents) {
        return false;
    }
    attend(pool, fds);
    return true;
}

static void fail_the_rest(struct pool *pool)
{
    while (n_waiting(pool)) {
        end_job(pool, take_job(pool), NULL, "no worker could be started");
    }
}

static bool run(struct pool *pool, GError **error)
{
    while (pool->n_ended < pool->n_jobs) {
        if (staff(pool)) {
            hand_out(pool);
            if (!wait_for_news(pool)) {
                g_set_error(error, QC_ERROR, QC_ERROR_INTERNAL,
                            "interrupted by a signal");
                return false;
            }
        } else if (pool->n_troubles < MAX_TROUBLES) {
            g_usleep(20 * 1000);   /* the system is short of processes */
        } else if (pool->ever_ready) {
            fail_the_rest(pool);
        } else {
            g_set_error(error, QC_ERROR, QC_ERROR_INTERNAL,
                        "cannot start a worker process: out of processes, "
                        "files or memory");
            return false;
        }
    }
    return true;
}

static void dismiss(struct pool *pool)
{
    for (unsigned i = 0; i < pool->n_workers; i++) {
        if (pool->workers[i].pid) {
            bury(&pool->workers[i]);
        }
    }
    g_free(pool->workers);
    g_array_unref(pool->returned);
}

bool pool_run(const struct pool_options *options, guint n_jobs,
              pool_job_fn job, pool_done_fn done, void *opaque,
              bool *ret_confined, const char **ret_why, GError **error)
{
    unsigned wanted = options->workers ? options->workers
                                       : g_get_num_processors();
    struct pool pool = {
        .options = options,
        .n_jobs = n_jobs,
        .job = job,
        .done = done,
        .opaque = opaque,
        .n_workers = MIN(wanted, n_jobs),
        .returned = g_array_new(FALSE, FALSE, sizeof(guint)),
    };

    pool.workers = g_new0(struct worker, pool.n_workers);
    for (unsigned i = 0; i < pool.n_workers; i++) {
        pool.workers[i].fd = -1;
    }
    hold_signals(&pool);

    bool ok = run(&pool, error);

    dismiss(&pool);
    release_signals(&pool);
    *ret_confined = pool.missing == NULL;
    *ret_why = pool.missing;
    return ok;
}
