/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cache/cache.h"

#include "cache/pack.h"
#include "cache/usage.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Entries are touched so often at most: age decides what is dropped. */
#define TOUCH_SECONDS 3600

struct cache {
    char *dir;
    uint64_t limit, added;
};

struct cache *cache_open(uint64_t limit)
{
    g_autofree char *dir = g_build_filename(g_get_user_cache_dir(), "qcompat",
                                            NULL);

    if (g_mkdir_with_parents(dir, 0700) < 0) {
        return NULL;
    }
    struct cache *cache = g_new0(struct cache, 1);

    cache->dir = g_steal_pointer(&dir);
    cache->limit = limit;
    return cache;
}

void cache_close(struct cache *cache)
{
    if (!cache) {
        return;
    }
    if (cache->added) {
        usage_add(cache->dir, cache->added, cache->limit);
    }
    g_free(cache->dir);
    g_free(cache);
}

/* Two levels keep directories small: kind/ab/cdef…. */
static char *entry_path(struct cache *cache, const char *kind,
                        const char *key)
{
    return g_strdup_printf("%s/%s/%.2s/%s", cache->dir, kind, key, key + 2);
}

static void mark_used(const char *path)
{
    GStatBuf st;
    gint64 now = g_get_real_time() / G_USEC_PER_SEC;

    if (!g_stat(path, &st) && now - st.st_mtime > TOUCH_SECONDS) {
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
    g_autoptr(GBytes) entry = g_bytes_new_take(data, length);
    GBytes *bytes = cache_unpack(entry);

    if (bytes) {
        mark_used(path);
    }
    return bytes;
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

/* A directory is made when the first entry wants to go there. */
static bool rename_into(const char *temporary, const char *path)
{
    if (!g_rename(temporary, path)) {
        return true;
    }
    g_autofree char *parent = g_path_get_dirname(path);

    return !g_mkdir_with_parents(parent, 0700) && !g_rename(temporary, path);
}

void cache_put(struct cache *cache, const char *kind, const char *key,
               const void *data, gsize length)
{
    if (!cache) {
        return;
    }
    g_autofree char *path = entry_path(cache, kind, key);
    g_autofree char *temporary =
        g_strdup_printf("%s/" USAGE_TEMPORARY "XXXXXX", cache->dir);
    g_autoptr(GBytes) entry = cache_pack(data, length);
    int fd = g_mkstemp_full(temporary, O_WRONLY | O_CLOEXEC, 0600);

    if (fd < 0) {
        return;
    }
    bool ok = write_all(fd, g_bytes_get_data(entry, NULL),
                        g_bytes_get_size(entry));

    if (close(fd) < 0 || !ok || !rename_into(temporary, path)) {
        g_unlink(temporary);
        return;
    }
    cache->added += g_bytes_get_size(entry);
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

static void clear_kind(gpointer data)
{
    g_free(((struct cache_kind *)data)->name);
}

static void count(struct cache *cache, bool drop, struct cache_info *ret)
{
    *ret = (struct cache_info){
        .limit = cache ? cache->limit : 0,
        .path = cache ? g_strdup(cache->dir) : NULL,
        .kinds = g_array_new(FALSE, FALSE, sizeof(struct cache_kind)),
    };
    g_array_set_clear_func(ret->kinds, clear_kind);
    if (cache) {
        usage_count(cache->dir, drop, ret);
    }
}

void cache_get_info(struct cache *cache, struct cache_info *ret)
{
    count(cache, false, ret);
}

void cache_clear(struct cache *cache, struct cache_info *ret)
{
    count(cache, true, ret);
}

void cache_info_clear(struct cache_info *info)
{
    g_free(info->path);
    g_clear_pointer(&info->kinds, g_array_unref);
}
