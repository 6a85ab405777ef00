/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cache/cache.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define CACHE_LIMIT ((uint64_t)256 << 20)
/* An entry is its checksum, then its data. */
#define CHECKSUM_BYTES 32

struct cache {
    char *dir;
    bool added;
};

struct cache *cache_open(void)
{
    g_autofree char *dir = g_build_filename(g_get_user_cache_dir(), "qcompat",
                                            NULL);

    if (g_mkdir_with_parents(dir, 0700) < 0) {
        return NULL;
    }
    struct cache *cache = g_new0(struct cache, 1);

    cache->dir = g_steal_pointer(&dir);
    return cache;
}

/* Two levels keep directories small: kind/ab/cdef…. */
static char *entry_path(struct cache *cache, const char *kind,
                        const char *key)
{
    return g_strdup_printf("%s/%s/%.2s/%s", cache->dir, kind, key, key + 2);
}

static void checksum(const guint8 *data, gsize length,
                     guint8 ret[CHECKSUM_BYTES])
{
    g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
    gsize size = CHECKSUM_BYTES;

    g_checksum_update(sum, data, (gssize)length);
    g_checksum_get_digest(sum, ret, &size);
}

/* Entries are touched once a day at most: age decides what is dropped. */
static void mark_used(const char *path)
{
    GStatBuf st;
    gint64 now = g_get_real_time() / G_USEC_PER_SEC;

    if (!g_stat(path, &st) && now - st.st_mtime > 24 * 3600) {
        utimensat(AT_FDCWD, path, NULL, 0);
    }
}

GBytes *cache_get(struct cache *cache, const char *kind, const char *key)
{
    if (!cache) {
        return NULL;
    }
    g_autofree char *path = entry_path(cache, kind, key);
    char *data;
    gsize length;

    if (!g_file_get_contents(path, &data, &length, NULL)) {
        return NULL;
    }
    guint8 sum[CHECKSUM_BYTES];
    g_autoptr(GBytes) whole = g_bytes_new_take(data, length);

    if (length < CHECKSUM_BYTES) {
        return NULL;
    }
    checksum((guint8 *)data + CHECKSUM_BYTES, length - CHECKSUM_BYTES, sum);
    if (memcmp(sum, data, CHECKSUM_BYTES)) {
        return NULL;
    }
    mark_used(path);
    return g_bytes_new_from_bytes(whole, CHECKSUM_BYTES,
                                  length - CHECKSUM_BYTES);
}

static bool write_all(int fd, const guint8 *data, gsize length)
{
    while (length) {
        ssize_t n = write(fd, data, length);

        if (n < 0 && errno == EINTR) {
            continue;
        }
        if (n <= 0) {
            return false;
        }
        data += n;
        length -= (gsize)n;
    }
    return true;
}

void cache_put(struct cache *cache, const char *kind, const char *key,
               const void *data, gsize length)
{
    if (!cache) {
        return;
    }
    g_autofree char *path = entry_path(cache, kind, key);
    g_autofree char *parent = g_path_get_dirname(path);
    g_autofree char *temporary = g_strdup_printf("%s/tmp-XXXXXX", cache->dir);
    guint8 sum[CHECKSUM_BYTES];

    if (g_mkdir_with_parents(parent, 0700) < 0) {
        return;
    }
    int fd = g_mkstemp(temporary);

    if (fd < 0) {
        return;
    }
    checksum(data, length, sum);
    bool ok = write_all(fd, sum, sizeof(sum)) && write_all(fd, data, length);

    if (close(fd) < 0 || !ok || g_rename(temporary, path) < 0) {
        g_unlink(temporary);
        return;
    }
    cache->added = true;
}

char *cache_key(const char *const *parts, guint n)
{
    g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);

    for (guint i = 0; i < n; i++) {
        g_checksum_update(sum, (const guchar *)parts[i],
                          (gssize)strlen(parts[i]) + 1);
    }
    return g_strdup(g_checksum_get_string(sum));
}

/* --- The whole ------------------------------------------------------------ */

struct entry {
    char *path;
    gint64 used;
    uint64_t bytes;
};

static void clear_entry(gpointer data)
{
    g_free(((struct entry *)data)->path);
}

/* What lies directly in DIR; DEPTH levels of directories below it too. */
static void list_entries(const char *dir, guint depth, GArray *entries)
{
    g_autoptr(GDir) handle = g_dir_open(dir, 0, NULL);
    const char *name;

    while (handle && (name = g_dir_read_name(handle))) {
        g_autofree char *path = g_build_filename(dir, name, NULL);
        GStatBuf st;

        if (g_lstat(path, &st)) {
            continue;
        }
        if (S_ISDIR(st.st_mode) && depth) {
            list_entries(path, depth - 1, entries);
        } else if (S_ISREG(st.st_mode)) {
            struct entry entry = { g_steal_pointer(&path), st.st_mtime,
                                   (uint64_t)st.st_size };

            g_array_append_val(entries, entry);
        }
    }
}

static GArray *all_entries(struct cache *cache)
{
    GArray *entries = g_array_new(FALSE, FALSE, sizeof(struct entry));

    g_array_set_clear_func(entries, clear_entry);
    list_entries(cache->dir, 2, entries);
    return entries;
}

static gint oldest_first(gconstpointer a, gconstpointer b)
{
    const struct entry *x = a, *y = b;

    return x->used != y->used ? (x->used < y->used ? -1 : 1) :
           strcmp(x->path, y->path);
}

static uint64_t total_bytes(const GArray *entries)
{
    uint64_t total = 0;

    for (guint i = 0; i < entries->len; i++) {
        total += g_array_index(entries, struct entry, i).bytes;
    }
    return total;
}

static void evict(struct cache *cache)
{
    g_autoptr(GArray) entries = all_entries(cache);
    uint64_t total = total_bytes(entries);

    if (total <= CACHE_LIMIT) {
        return;
    }
    g_array_sort(entries, oldest_first);
    for (guint i = 0; i < entries->len && total > CACHE_LIMIT / 4 * 3; i++) {
        struct entry *entry = &g_array_index(entries, struct entry, i);

        if (!g_unlink(entry->path)) {
            total -= entry->bytes;
        }
    }
}

void cache_close(struct cache *cache)
{
    if (!cache) {
        return;
    }
    if (cache->added) {
        evict(cache);
    }
    g_free(cache->dir);
    g_free(cache);
}

void cache_get_info(struct cache *cache, struct cache_info *ret)
{
    *ret = (struct cache_info){ .limit = CACHE_LIMIT };
    if (cache) {
        g_autoptr(GArray) entries = all_entries(cache);

        ret->path = g_strdup(cache->dir);
        ret->bytes = total_bytes(entries);
        ret->entries = entries->len;
    }
}

void cache_info_clear(struct cache_info *info)
{
    g_free(info->path);
}

guint cache_clear(struct cache *cache)
{
    guint n = 0;

    if (cache) {
        g_autoptr(GArray) entries = all_entries(cache);

        for (guint i = 0; i < entries->len; i++) {
            n += !g_unlink(g_array_index(entries, struct entry, i).path);
        }
    }
    return n;
}
