/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/forks.h"

#include "base/error.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#define READ_CHUNK 65536

struct header {
    guint32 item, length;
};

struct child {
    pid_t pid;
    int fd;                      /* -1: it has said all */
    GByteArray *in;
};

struct fork_group {
    struct child *children;
    guint n_children;
    guint n;                     /* items */
};

struct forks {
    int fd;                      /* a child's end */
};

/* --- In a child --------------------------------------------------------------- */

static void write_whole(int fd, const guint8 *data, gsize length)
{
    while (length) {
        ssize_t n = write(fd, data, length);

        if (n < 0 && errno != EINTR) {
            _exit(1);            /* nobody listens any more */
        }
        data += MAX(n, 0);
        length -= (gsize)MAX(n, 0);
    }
}

void forks_put(struct forks *forks, guint i, const void *data, gsize length)
{
    const struct header header = { i, (guint32)length };

    write_whole(forks->fd, (const guint8 *)&header, sizeof(header));
    write_whole(forks->fd, data, length);
}

static bool start_child(struct child *child, guint from, guint to,
                        forks_work_fn work, void *opaque)
{
    pid_t parent = getpid();
    int fds[2];

    if (pipe(fds)) {
        return false;
    }
    child->pid = fork();
    if (child->pid == 0) {
        struct forks forks = { fds[1] };

        prctl(PR_SET_PDEATHSIG, SIGKILL);
        if (getppid() == parent) {
            work(opaque, from, to, &forks);
        }
        _exit(0);
    }
    close(fds[1]);
    if (child->pid < 0) {
        close(fds[0]);
        return false;
    }
    child->fd = fds[0];
    child->in = g_byte_array_new();
    return true;
}

/* --- In the caller ------------------------------------------------------------ */

/* Takes the results that have come whole; how many there were. */
static guint take(struct child *child, forks_done_fn done, void *opaque)
{
    struct header header;
    gsize at = 0;
    guint n = 0;

    while (child->in->len - at >= sizeof(header)) {
        memcpy(&header, child->in->data + at, sizeof(header));
        if (child->in->len - at - sizeof(header) < header.length) {
            break;
        }
        g_autoptr(GBytes) result = g_bytes_new(
            child->in->data + at + sizeof(header), header.length);

        done(opaque, header.item, result);
        at += sizeof(header) + header.length;
        n++;
    }
    g_byte_array_remove_range(child->in, 0, (guint)at);
    return n;
}

static void listen_to(struct child *child)
{
    guint had = child->in->len;

    g_byte_array_set_size(child->in, had + READ_CHUNK);
    ssize_t n = read(child->fd, child->in->data + had, READ_CHUNK);

    g_byte_array_set_size(child->in, had + (guint)MAX(n, 0));
    if (n == 0 || (n < 0 && errno != EINTR)) {
        close(child->fd);
        child->fd = -1;
    }
}

static guint gather(struct child *children, guint n, forks_done_fn done,
                    void *opaque)
{
    g_autofree struct pollfd *fds = g_new0(struct pollfd, n);
    guint n_done = 0;

    for (;;) {
        bool open = false;

        for (guint i = 0; i < n; i++) {
            fds[i] = (struct pollfd){ children[i].fd, POLLIN, 0 };
            open |= children[i].fd >= 0;
        }
        if (!open) {
            return n_done;
        }
        if (poll(fds, n, -1) < 0) {
            continue;            /* EINTR */
        }
        for (guint i = 0; i < n; i++) {
            if (fds[i].revents) {
                listen_to(&children[i]);
                n_done += take(&children[i], done, opaque);
            }
        }
    }
}

/* Waits for the children and frees GROUP. */
static void bury(struct fork_group *group)
{
    for (guint i = 0; i < group->n_children; i++) {
        struct child *child = &group->children[i];

        while (child->pid > 0 && waitpid(child->pid, NULL, 0) < 0 &&
               errno == EINTR) {
        }
        g_byte_array_unref(child->in);
    }
    g_free(group->children);
    g_free(group);
}

struct fork_group *forks_start(guint n, unsigned processes,
                               forks_work_fn work, void *opaque)
{
    guint wanted = processes ? processes : g_get_num_processors();
    guint n_children = MIN(wanted, n);
    struct fork_group *group = g_new0(struct fork_group, 1);

    group->n = n;
    group->children = g_new0(struct child, n_children);
    for (; group->n_children < n_children; group->n_children++) {
        struct child *child = &group->children[group->n_children];
        guint64 i = group->n_children;

        child->fd = -1;
        if (!start_child(child, (guint)(i * n / n_children),
                         (guint)((i + 1) * n / n_children), work, opaque)) {
            break;
        }
    }
    return group;
}

bool forks_finish(struct fork_group *group, forks_done_fn done, void *opaque,
                  GError **error)
{
    guint n_done = gather(group->children, group->n_children, done, opaque);
    bool ok = n_done == group->n;

    bury(group);
    if (!ok) {
        g_set_error(error, QC_ERROR, QC_ERROR_INTERNAL,
                    "a helper process ended before its work was done: out of "
                    "memory or processes?");
    }
    return ok;
}

void forks_abandon(struct fork_group *group)
{
    if (!group) {
        return;
    }
    for (guint i = 0; i < group->n_children; i++) {
        kill(group->children[i].pid, SIGKILL);
        close(group->children[i].fd);
    }
    bury(group);
}
