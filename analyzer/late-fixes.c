/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "late-fixes.h"

#include "check/check.h"
#include "verdict-id.h"

#include <string.h>

#define KIND "fixes"

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

static GArray *find(struct repository *repo, const char *base,
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

GArray *late_fixes(struct repository *repo, struct cache *cache,
                   const char *base, const char *head, GError **error)
{
    g_autofree char *releases = cache ? history_releases_id(repo) : NULL;
    const char *parts[] = { VERDICT_ID, base, head, releases };
    g_autofree char *key = cache ? cache_key(parts, G_N_ELEMENTS(parts))
                                 : NULL;
    g_autoptr(GBytes) known = key ? cache_get(cache, KIND, key) : NULL;

    if (known) {
        return fixes_from_bytes(known);
    }
    GArray *fixes = find(repo, base, head, error);

    if (fixes && key) {
        cache_put(cache, KIND, key, fixes->data,
                  fixes->len * sizeof(struct check_fix));
    }
    return fixes;
}
