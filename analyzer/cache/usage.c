/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cache/usage.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/*
 * Each process appends to this file how many bytes it added.  Their sum only
 * tells when it is time to count: it drifts where two processes count at once
 * or entries are written again.
 */
#define USAGE_FILE "usage"
#define MAX_RECORDS 1000

/* A temporary file that nobody has written to for so long is litter. */
#define LITTER_SECONDS 3600

struct entry {
    char *path;
    gint64 used;
    uint64_t bytes;
    bool temporary;
};

static void clear_entry(gpointer data)
{
    g_free(((struct entry *)data)->path);
}

static void add_entry(GArray *entries, char *path, const GStatBuf *st,
                      bool temporary)
{
    struct entry entry = { path, st->st_mtime, (uint64_t)st->st_size,
                           temporary };

    g_array_append_val(entries, entry);
}

/* kind/ab/cdef… below DIR, and temporary files in DIR itself. */
static void list_entries(const char *dir, guint depth, GArray *entries)
{
    g_autoptr(GDir) handle = g_dir_open(dir, 0, NULL);
    const char *name;

    while (handle && (name = g_dir_read_name(handle))) {
        g_autofree char *path = g_build_filename(dir, name, NULL);
        bool temporary = !depth && g_str_has_prefix(name, USAGE_TEMPORARY);
        GStatBuf st;

        if (g_lstat(path, &st)) {
            continue;
        }
        if (S_ISDIR(st.st_mode) && depth < 2) {
            list_entries(path, depth + 1, entries);
        } else if (S_ISREG(st.st_mode) && (temporary || depth == 2)) {
            add_entry(entries, g_steal_pointer(&path), &st, temporary);
        }
    }
}

static GArray *all_entries(const char *dir)
{
    GArray *entries = g_array_new(FALSE, FALSE, sizeof(struct entry));

    g_array_set_clear_func(entries, clear_entry);
    list_entries(dir, 0, entries);
    return entries;
}

static struct entry *entry_at(const GArray *entries, guint i)
{
    return &g_array_index(entries, struct entry, i);
}

/* --- Counting --------------------------------------------------------------- */

/* The name of the directory two levels above PATH. */
static char *kind_of(const char *path)
{
    g_autofree char *fan = g_path_get_dirname(path);
    g_autofree char *dir = g_path_get_dirname(fan);

    return g_path_get_basename(dir);
}

static gint by_name(gconstpointer a, gconstpointer b)
{
    const struct cache_kind *x = a, *y = b;

    return strcmp(x->name, y->name);
}

static struct cache_kind *find_kind(GArray *kinds, const char *path)
{
    g_autofree char *name = kind_of(path);

    for (guint i = 0; i < kinds->len; i++) {
        struct cache_kind *kind = &g_array_index(kinds, struct cache_kind, i);

        if (!strcmp(kind->name, name)) {
            return kind;
        }
    }
    struct cache_kind kind = { .name = g_steal_pointer(&name) };

    g_array_append_val(kinds, kind);
    return &g_array_index(kinds, struct cache_kind, kinds->len - 1);
}

void usage_count(const char *dir, bool drop, struct cache_info *ret)
{
    g_autoptr(GArray) entries = all_entries(dir);

    for (guint i = 0; i < entries->len; i++) {
        const struct entry *entry = entry_at(entries, i);

        if ((drop && g_unlink(entry->path)) || entry->temporary) {
            continue;
        }
        struct cache_kind *kind = find_kind(ret->kinds, entry->path);

        kind->entries++;
        kind->bytes += entry->bytes;
        ret->entries++;
        ret->bytes += entry->bytes;
    }
    g_array_sort(ret->kinds, by_name);
    if (drop) {
        g_autofree char *usage = g_build_filename(dir, USAGE_FILE, NULL);

        g_unlink(usage);
    }
}

/* --- Dropping ---------------------------------------------------------------- */

static gint oldest_first(gconstpointer a, gconstpointer b)
{
    const struct entry *x = a, *y = b;

    return x->used != y->used ? (x->used < y->used ? -1 : 1) :
           strcmp(x->path, y->path);
}

/* The next process need not count at once: a quarter becomes free. */
static uint64_t drop_oldest(GArray *entries, uint64_t total, uint64_t limit)
{
    if (total <= limit) {
        return total;
    }
    g_array_sort(entries, oldest_first);
    for (guint i = 0; i < entries->len && total > limit / 4 * 3; i++) {
        const struct entry *entry = entry_at(entries, i);

        if (!entry->temporary && !g_unlink(entry->path)) {
            total -= entry->bytes;
        }
    }
    return total;
}

static uint64_t recount(const char *dir, uint64_t limit)
{
    g_autoptr(GArray) entries = all_entries(dir);
    gint64 now = g_get_real_time() / G_USEC_PER_SEC;
    uint64_t total = 0;

    for (guint i = 0; i < entries->len; i++) {
        const struct entry *entry = entry_at(entries, i);

        if (!entry->temporary) {
            total += entry->bytes;
        } else if (now - entry->used > LITTER_SECONDS) {
            g_unlink(entry->path);
        }
    }
    return drop_oldest(entries, total, limit);
}

/* The sum of all records; false where it is better to count. */
static bool add_record(const char *path, uint64_t added, uint64_t *ret_sum)
{
    int fd = open(path, O_RDWR | O_APPEND | O_CLOEXEC | O_NOFOLLOW);
    uint64_t records[MAX_RECORDS];

    if (fd < 0) {
        return false;
    }
    bool ok = write(fd, &added, sizeof(added)) == sizeof(added) &&
              lseek(fd, 0, SEEK_SET) == 0;
    ssize_t n = ok ? read(fd, records, sizeof(records)) : -1;

    close(fd);
    *ret_sum = 0;
    for (ssize_t i = 0; i < n / (ssize_t)sizeof(records[0]); i++) {
        *ret_sum += records[i];
    }
    return n > 0 && n < (ssize_t)sizeof(records);
}

void usage_add(const char *dir, uint64_t added, uint64_t limit)
{
    g_autofree char *path = g_build_filename(dir, USAGE_FILE, NULL);
    uint64_t sum;

    if (!add_record(path, added, &sum) || sum > limit) {
        sum = recount(dir, limit);
        g_file_set_contents(path, (const char *)&sum, sizeof(sum), NULL);
    }
}
