/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What was worked out before, by content: snapshots of revisions, units of IR
 * and verdicts below $XDG_CACHE_HOME/qcompat.
 *
 * A key names everything that decides the value, so an entry is never wrong,
 * only absent.  Entries are packed, written under a temporary name and
 * renamed, and carry a checksum: several processes may share the cache, and a
 * damaged, read-only, full or missing one costs time, nothing else.  All calls
 * accept NULL for "no cache".
 */
#ifndef QCOMPAT_CACHE_CACHE_H
#define QCOMPAT_CACHE_CACHE_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

struct cache;

/* Bytes on disk that a user is thought to spare. */
#define CACHE_LIMIT ((uint64_t)256 << 20)

/* NULL where there is no place for a cache.  LIMIT: bytes that it may take. */
struct cache *cache_open(uint64_t limit);
/* When what all processes added has outgrown the limit, drops the entries that
 * were not used for longest. */
void cache_close(struct cache *cache);
typedef struct cache Cache;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Cache, cache_close)

/* KIND is a word ("unit"), KEY a hex digest.  A new reference, NULL where
 * there is no such entry or it is damaged. */
GBytes *cache_get(struct cache *cache, const char *kind, const char *key);
void cache_put(struct cache *cache, const char *kind, const char *key,
               const void *data, gsize length);

/* Hex SHA-256 over the parts, which are kept apart; free it. */
char *cache_key(const char *const *parts, guint n);

struct cache_kind {
    char *name;
    guint entries;
    uint64_t bytes;              /* on disk */
};

struct cache_info {
    char *path;                  /* NULL: there is no cache */
    uint64_t bytes, limit;
    guint entries;
    GArray *kinds;               /* struct cache_kind, by name */
};
void cache_get_info(struct cache *cache, struct cache_info *ret);
/* Removes every entry, and what killed processes have left; tells in RET what
 * went. */
void cache_clear(struct cache *cache, struct cache_info *ret);
void cache_info_clear(struct cache_info *info);
typedef struct cache_info CacheInfo;
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(CacheInfo, cache_info_clear)

#endif
