/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "report/facts.h"
#include "report/items.h"
#include "report/json.h"
#include "report/sanitize.h"
#include "snapshot/snapshot.h"

/* One difference: OLD NULL = added, NEW NULL = removed. */
typedef void (*difference_fn)(void *opaque, const struct item *old,
                              const struct item *new);

/* Both lists are sorted alike: one pass over the two. */
static void walk_differences(const GPtrArray *old, const GPtrArray *new,
                             difference_fn report, void *opaque)
{
    guint i = 0;
    guint j = 0;
    while (i < old->len || j < new->len) {
        struct item *a = i < old->len ? old->pdata[i] : NULL;
        struct item *b = j < new->len ? new->pdata[j] : NULL;
        int order = !a ? 1 : !b ? -1 : item_compare(a, b);
        if (order < 0) {
            report(opaque, a, NULL);
        } else if (order > 0) {
            report(opaque, NULL, b);
        } else if (!json_equal(a->attributes, b->attributes)) {
            report(opaque, a, b);
        }
        i += order <= 0;
        j += order >= 0;
    }
}

struct text_diff {
    GString *out;
    const struct style *style;
};

static void append_change(GString *out, const char *name, const json_t *old,
                          const json_t *new)
{
    g_string_append_printf(out, " %s: ", name);
    if (old) {
        item_append_value(out, old);
    } else {
        g_string_append(out, "(none)");
    }
    g_string_append(out, " -> ");
    if (new) {
        item_append_value(out, new);
    } else {
        g_string_append(out, "(none)");
    }
}

static void append_changes(GString *out, json_t *old, json_t *new)
{
    const char *name;
    json_t *value;
    json_object_foreach(old, name, value) {
        const json_t *other = json_object_get(new, name);
        if (!other || !json_equal(value, other)) {
            append_change(out, name, value, other);
        }
    }
    json_object_foreach(new, name, value) {
        if (!json_object_get(old, name)) {
            append_change(out, name, NULL, value);
        }
    }
}

static void text_difference(void *opaque, const struct item *old,
                            const struct item *new)
{
    const struct text_diff *diff = opaque;
    const struct item *item = new ? new : old;
    const char *color = !old ? "\033[32m" : !new ? "\033[31m" : "\033[33m";
    g_string_append(diff->out, diff->style->color ? color : "");
    g_string_append_printf(diff->out, "%c %s ",
                           !old ? '+' : !new ? '-' : '~', item->fact);
    sanitize_append(diff->out, item->key, SANITIZE_WORD);
    g_string_append(diff->out, diff->style->color ? "\033[0m" : "");
    if (old && new) {
        append_changes(diff->out, old->attributes, new->attributes);
    } else {
        item_append_attributes(diff->out, item);
    }
    g_string_append_c(diff->out, '\n');
}

void diff_to_text(const struct facts *old, const struct facts *new,
                  const struct style *style, GString *out)
{
    g_autoptr(GPtrArray) old_items = items_of_facts(old);
    g_autoptr(GPtrArray) new_items = items_of_facts(new);
    struct text_diff diff = { .out = out, .style = style };
    walk_differences(old_items, new_items, text_difference, &diff);
}

struct json_diff {
    json_t *changes;
    int added, removed, changed;
};

static void json_difference(void *opaque, const struct item *old,
                            const struct item *new)
{
    struct json_diff *diff = opaque;
    const struct item *item = new ? new : old;
    diff->added += !old;
    diff->removed += !new;
    diff->changed += old && new;
    json_array_append_new(diff->changes, json_pack(
        "{s:s, s:s, s:o, s:O?, s:O?, s:o, s:i}",
        "change", !old ? "added" : !new ? "removed" : "changed",
        "fact", item->fact,
        "key", text_to_json(item->key),
        "old", old ? old->attributes : NULL,
        "new", new ? new->attributes : NULL,
        "file", text_to_json(item->loc.file),
        "line", item->loc.line));
}

void diff_to_json(const struct facts *old, const struct facts *new,
                  const char *tool_version, GString *out)
{
    g_autoptr(GPtrArray) old_items = items_of_facts(old);
    g_autoptr(GPtrArray) new_items = items_of_facts(new);
    struct json_diff diff = { .changes = json_array() };
    walk_differences(old_items, new_items, json_difference, &diff);
    json_append(out, json_pack(
        "{s:i, s:o, s:o, s:o, s:{s:i, s:i, s:i}, s:o}",
        "schema", 1,
        "tool", json_tool(tool_version),
        "old", json_revision(old->revision.rev, old),
        "new", json_revision(new->revision.rev, new),
        "summary",
        "added", diff.added,
        "removed", diff.removed,
        "changed", diff.changed,
        "changes", diff.changes), JSON_INDENT(1));
}
