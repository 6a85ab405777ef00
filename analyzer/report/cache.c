/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "report/cache.h"

#include "report/json.h"
#include "snapshot/snapshot.h"

static void append_row(GString *out, const char *name, guint entries,
                       uint64_t bytes)
{
    g_string_append_printf(out, "  %-10s %7u entr%s %8.1f MiB\n", name,
                           entries, entries == 1 ? "y  " : "ies",
                           (double)bytes / (1 << 20));
}

static const struct cache_kind *kind_at(const struct cache_info *info, guint i)
{
    return &g_array_index(info->kinds, struct cache_kind, i);
}

void report_cache_text(const struct cache_info *info, bool cleared,
                       GString *out)
{
    if (!info->path) {
        g_string_append(out, "there is no cache\n");
        return;
    }
    g_string_append_printf(out, "%s%s:\n", cleared ? "removed from " : "",
                           info->path);
    for (guint i = 0; i < info->kinds->len; i++) {
        const struct cache_kind *kind = kind_at(info, i);

        append_row(out, kind->name, kind->entries, kind->bytes);
    }
    append_row(out, "all", info->entries, info->bytes);
    if (!cleared) {
        g_string_append_printf(out, "  at most %36.1f MiB\n",
                               (double)info->limit / (1 << 20));
    }
}

void report_cache_json(const struct cache_info *info, bool cleared,
                       GString *out)
{
    json_t *kinds = json_array();

    for (guint i = 0; i < info->kinds->len; i++) {
        const struct cache_kind *kind = kind_at(info, i);

        json_array_append_new(kinds, json_pack(
            "{s:o, s:i, s:I}", "kind", text_to_json(kind->name),
            "entries", (int)kind->entries,
            "bytes", (json_int_t)kind->bytes));
    }
    json_append(out, json_pack(
        "{s:i, s:o, s:b, s:i, s:I, s:I, s:o}",
        "schema", 1,
        "path", text_to_json(info->path),
        "cleared", cleared,
        "entries", (int)info->entries,
        "bytes", (json_int_t)info->bytes,
        "limit", (json_int_t)info->limit,
        "kinds", kinds), JSON_INDENT(1));
}
