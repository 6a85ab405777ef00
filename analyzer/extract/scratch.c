/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "extract/scratch.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdbool.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define PREFIX "qcompat-pch-"

/* Losing the race for one's own directory so often is no accident. */
#define MAX_TRIES 4

struct scratch {
    char *path;
    int fd;                      /* of the directory, holds the lock */
    pid_t owner;
};

/* Locks the directory PATH of this user; -1 where it is none, or somebody
 * else has it. */
static int lock(const char *path)
{
    int fd = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    struct stat st;

    if (fd >= 0 && (fstat(fd, &st) || st.st_uid != geteuid() ||
                    flock(fd, LOCK_EX | LOCK_NB))) {
        close(fd);
        return -1;
    }
    return fd;
}

/* There are no directories in it. */
static void remove_all(const char *path)
{
    g_autoptr(GDir) dir = g_dir_open(path, 0, NULL);
    const char *name;

    while (dir && (name = g_dir_read_name(dir))) {
        g_autofree char *file = g_build_filename(path, name, NULL);

        g_unlink(file);
    }
    g_rmdir(path);
}

static void remove_litter(void)
{
    g_autoptr(GDir) dir = g_dir_open(g_get_tmp_dir(), 0, NULL);
    const char *name;

    while (dir && (name = g_dir_read_name(dir))) {
        if (!g_str_has_prefix(name, PREFIX)) {
            continue;
        }
        g_autofree char *path = g_build_filename(g_get_tmp_dir(), name, NULL);
        int fd = lock(path);

        if (fd >= 0) {
            remove_all(path);
            close(fd);
        }
    }
}

/* Between its birth and the lock somebody may take the directory for
 * litter. */
static bool is_there(int fd, const char *path)
{
    struct stat own, named;

    return !fstat(fd, &own) && !stat(path, &named) &&
           own.st_ino == named.st_ino && own.st_dev == named.st_dev;
}

struct scratch *scratch_new(void)
{
    remove_litter();
    for (int i = 0; i < MAX_TRIES; i++) {
        g_autofree char *path = g_dir_make_tmp(PREFIX "XXXXXX", NULL);
        int fd = path ? lock(path) : -1;

        if (fd >= 0 && is_there(fd, path)) {
            struct scratch *scratch = g_new(struct scratch, 1);

            *scratch = (struct scratch){
                g_steal_pointer(&path), fd, getpid(),
            };
            return scratch;
        }
        if (fd >= 0) {
            close(fd);
        }
    }
    return NULL;
}

const char *scratch_path(const struct scratch *scratch)
{
    return scratch->path;
}

void scratch_free(struct scratch *scratch)
{
    if (scratch) {
        if (scratch->owner == getpid()) {
            remove_all(scratch->path);
        }
        close(scratch->fd);
        g_free(scratch->path);
        g_free(scratch);
    }
}
