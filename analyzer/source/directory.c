/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The files below a plain directory.  Everything is read once, so that what
 * is judged is what was there when it was named; no link is followed, not
 * even one that appears while we look.
 */
#include "source/repo.h"
#include "source/set.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* More than that is a build directory, not a source tree. */
#define DIRECTORY_MAX_TOTAL (2048ull << 20)

struct scan {
    struct source *source;
    GString *dir;            /* "" or ends in '/' */
    uint64_t total;
};

static void scan_failed(const struct scan *scan, const char *name,
                        const char *reason, GError **error)
{
    g_autofree char *shown = g_strescape(name, NULL);

    g_set_error(error, QC_ERROR, QC_ERROR_IO, "cannot read '%s/%s%s': %s",
                scan->source->revision.rev, scan->dir->str, shown, reason);
}

static GBytes *read_all(int fd, size_t size)
{
    g_autofree char *data = g_malloc(size + 1);
    size_t used = 0;

    while (used < size) {
        ssize_t n = read(fd, data + used, size - used);

        if (n < 0 && errno == EINTR) {
            continue;
        }
        if (n < 0) {
            return NULL;
        }
        if (n == 0) {
            break;
        }
        used += n;
    }
    data[used] = '\0';
    return g_bytes_new_take(g_steal_pointer(&data), used);
}

static void keep(struct scan *scan, const char *path, GBytes *content)
{
    gsize size;
    const void *data = g_bytes_get_data(content, &size);
    g_autofree char *hex = NULL;
    git_oid oid;

    git_odb_hash(&oid, data ? data : "", size, GIT_OBJECT_BLOB);
    hex = oid_text(&oid);
    set_add_file(scan->source, path, g_intern_string(hex), size);
    g_hash_table_insert(scan->source->contents, interned_key(path),
                        g_bytes_ref(content));
}

static bool scan_file(struct scan *scan, int fd, const struct stat *st,
                      const char *name, GError **error)
{
    const char *path = set_claim(scan->source, scan->source->revision.rev,
                                 scan->dir, name, error);
    g_autoptr(GBytes) content = NULL;

    if (!path) {
        return false;
    }
    scan->total += st->st_size;
    if (scan->total > DIRECTORY_MAX_TOTAL) {
        scan_failed(scan, name, "the directory holds more than 2 GiB: name "
                    "the source tree, not a build directory", error);
        return false;
    }
    content = read_all(fd, st->st_size);
    if (!content) {
        scan_failed(scan, name, g_strerror(errno), error);
        return false;
    }
    keep(scan, path, content);
    return true;
}

static bool scan_directory(struct scan *scan, int fd, unsigned depth,
                           GError **error);

static bool scan_subdirectory(struct scan *scan, int fd, const char *name,
                              unsigned depth, GError **error)
{
    gsize length = scan->dir->len;

    if (!set_claim(scan->source, scan->source->revision.rev, scan->dir, name,
                   error)) {
        return false;
    }
    if (depth == SET_MAX_DEPTH) {
        scan_failed(scan, name, "too many levels of directories", error);
        return false;
    }
    g_string_append_printf(scan->dir, "%s/", name);
    bool ok = scan_directory(scan, fd, depth + 1, error);
    g_string_truncate(scan->dir, length);
    return ok;
}

/* Links, devices, pipes and sockets are not part of the set and are not even
 * opened: opening a device may have effects. */
static bool is_wanted(int parent, const char *name)
{
    struct stat st;

    return strcmp(name, ".git") &&
           !fstatat(parent, name, &st, AT_SYMLINK_NOFOLLOW) &&
           (S_ISREG(st.st_mode) || S_ISDIR(st.st_mode));
}

static bool scan_entry(struct scan *scan, int parent, const char *name,
                       unsigned depth, GError **error)
{
    struct stat st;
    bool ok = true;

    if (!is_wanted(parent, name)) {
        return true;
    }
    int fd = openat(parent, name,
                    O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    if (fd < 0 || fstat(fd, &st) < 0) {
        scan_failed(scan, name, g_strerror(errno), error);
        ok = false;
    } else if (S_ISREG(st.st_mode)) {
        ok = scan_file(scan, fd, &st, name, error);
    } else if (S_ISDIR(st.st_mode)) {
        ok = scan_subdirectory(scan, fd, name, depth, error);
    }
    if (fd >= 0) {
        close(fd);
    }
    return ok;
}

static GPtrArray *list(DIR *stream)
{
    GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
    const struct dirent *entry;

    while ((entry = readdir(stream))) {
        if (strcmp(entry->d_name, ".") && strcmp(entry->d_name, "..")) {
            g_ptr_array_add(names, g_strdup(entry->d_name));
        }
    }
    return names;
}

static bool scan_directory(struct scan *scan, int fd, unsigned depth,
                           GError **error)
{
    DIR *stream = fdopendir(dup(fd));

    if (!stream) {
        scan_failed(scan, "", g_strerror(errno), error);
        return false;
    }
    g_autoptr(GPtrArray) names = list(stream);
    closedir(stream);
    for (guint i = 0; i < names->len; i++) {
        if (!scan_entry(scan, fd, g_ptr_array_index(names, i), depth,
                        error)) {
            return false;
        }
    }
    return true;
}

struct source *source_open_dir(const char *dir, GError **error)
{
    g_autoptr(Source) source = set_new();
    g_autoptr(GString) path = g_string_new(NULL);
    struct scan scan = { .source = source, .dir = path };
    int fd = open(dir, O_RDONLY | O_CLOEXEC | O_DIRECTORY);

    if (fd < 0) {
        g_set_error(error, QC_ERROR, QC_ERROR_IO,
                    "cannot open directory '%s': %s", dir, g_strerror(errno));
        return NULL;
    }
    git_libgit2_init();    /* its hash */
    source->revision.rev = g_intern_string(dir);
    source->contents =
        g_hash_table_new_full(NULL, NULL, NULL,
                              (GDestroyNotify)g_bytes_unref);
    bool ok = scan_directory(&scan, fd, 0, error);
    close(fd);
    if (ok) {
        set_finish(source);
        ok = set_read_version(source, source_find(source, "VERSION"), error);
    }
    return ok ? g_steal_pointer(&source) : NULL;
}
