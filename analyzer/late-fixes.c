/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "late-fixes.h"

#include "base/forks.h"
#include "check/check.h"
#include "verdict-id.h"

#include <string.h>

#define KIND "fixes"

struct late_search {
    struct repository *repo;
    struct cache *cache;
    const char *base, *head;
    char *key;                   /* NULL: not kept */
    struct fork_group *child;    /* NULL: not at work */
    GArray *fixes;               /* struct check_fix; NULL: not known */
};

static GArray *fixes_new(void)
{
    return g_array_new(FALSE, TRUE, sizeof(struct check_fix));
}

/* What is kept, as it is in memory: VERDICT_ID is part of the key. */
static GArray *fixes_from_bytes(GBytes *bytes)
{
    gsize size;
    const void *data = g_bytes_get_data(bytes, &size);
    GArray *fixes = fixes_new();

    if (data) {
        g_array_append_vals(fixes, data,
                            (guint)(size / sizeof(struct check_fix)));
    }
    return fixes;
}

GArray *late_fixes(struct repository *repo, const char *base,
                   const char *head, GError **error)
{
    g_autoptr(GArray) found = history_fixes(repo, base, head, error);
    GArray *fixes = found ? fixes_new() : NULL;

    for (guint i = 0; found && i < found->len; i++) {
        const struct fixes *fix = &g_array_index(found, struct fixes, i);
        const struct check_fix check = {
            .last_without = fix->last_without, .released = fix->released,
        };

        g_array_append_val(fixes, check);
    }
    return fixes;
}

/* --- Beside other work --------------------------------------------------------- */

static char *find_key(const struct late_search *search)
{
    if (!search->cache) {
        return NULL;
    }
    g_autofree char *releases = history_releases_id(search->repo);
    const char *parts[] = {
        VERDICT_ID, search->base, search->head, releases,
    };

    return cache_key(parts, G_N_ELEMENTS(parts));
}

static void learn(struct late_search *search, GArray *fixes)
{
    search->fixes = fixes;
    if (fixes && search->key) {
        cache_put(search->cache, KIND, search->key, fixes->data,
                  fixes->len * sizeof(struct check_fix));
    }
}

/* Where it fails the parent tries again, and says why. */
static void work(void *opaque, guint from, guint to, struct forks *forks)
{
    const struct late_search *search = opaque;
    g_autoptr(GArray) fixes = late_fixes(search->repo, search->base,
                                         search->head, NULL);

    if (fixes) {
        forks_put(forks, from, fixes->data,
                  fixes->len * sizeof(struct check_fix));
    }
}

static void take(void *opaque, guint i, GBytes *result)
{
    *(GArray **)opaque = fixes_from_bytes(result);
}

struct late_search *late_search_start(struct repository *repo,
                                      struct cache *cache, const char *base,
                                      const char *head)
{
    struct late_search *search = g_new0(struct late_search, 1);

    *search = (struct late_search) {
        .repo = repo, .cache = cache, .base = base, .head = head,
    };
    search->key = find_key(search);
    g_autoptr(GBytes) known = search->key
        ? cache_get(cache, KIND, search->key) : NULL;

    if (known) {
        search->fixes = fixes_from_bytes(known);
    } else if (!history_names_commits(repo, base, head)) {
        learn(search, fixes_new());
    } else {
        search->child = forks_start(1, 1, work, search);
    }
    return search;
}

const GArray *late_search_known(const struct late_search *search)
{
    return search->fixes;
}

const GArray *late_search_wait(struct late_search *search, GError **error)
{
    struct fork_group *child = g_steal_pointer(&search->child);
    GArray *fixes = NULL;

    if (search->fixes) {
        return search->fixes;
    }
    if (!forks_finish(child, take, &fixes, NULL)) {
        g_clear_pointer(&fixes, g_array_unref);
        fixes = late_fixes(search->repo, search->base, search->head, error);
    }
    learn(search, fixes);
    return fixes;
}

void late_search_free(struct late_search *search)
{
    if (search) {
        forks_abandon(search->child);
        g_clear_pointer(&search->fixes, g_array_unref);
        g_free(search->key);
        g_free(search);
    }
}
