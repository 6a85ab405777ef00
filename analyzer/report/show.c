/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "report/show.h"

#include "report/ranges.h"
#include "report/sanitize.h"
#include "report/siblings.h"

#define LINE_WIDTH 79

static void append_value(GString *out, const struct value *value)
{
    g_autofree char *text = value_to_text(value);

    switch (value->kind) {
    case VALUE_ABSENT:
        g_string_append(out, "none");
        return;
    case VALUE_UNEVALUATED:
        g_string_append(out, "not evaluated: ");
        break;
    case VALUE_STRING:
        if (!*value->string) {
            g_string_append(out, "\"\"");
        }
        break;
    default:
        break;
    }
    sanitize_append(out, text, SANITIZE_WORD);
}

static void append_place(GString *out, const struct location *loc)
{
    if (loc->file) {
        g_string_append_printf(out, "%s:%d", loc->file, loc->line);
    } else {
        g_string_append(out, "unknown place");
    }
}

static void append_head(GString *out, const struct show *show,
                        const char *name, const struct property *property,
                        const struct qom_type *owner)
{
    sanitize_append(out, show->type->name, SANITIZE_WORD);
    g_string_append_c(out, '.');
    sanitize_append(out, name, SANITIZE_WORD);
    g_string_append(out, ": ");
    sanitize_append(out, property->kind->name, SANITIZE_WORD);
    g_string_append(out, ", default ");
    append_value(out, &property->def);
    g_string_append(out, " (");
    append_place(out, &property->loc);
    if (owner != show->type) {
        g_string_append(out, ", declared by ");
        sanitize_append(out, owner->name, SANITIZE_WORD);
        if (property->name != name) {
            g_string_append_c(out, '.');
            sanitize_append(out, property->name, SANITIZE_WORD);
        }
    }
    g_string_append(out, ")\n");
}

/* --- One property ------------------------------------------------------- */

/* Ranges of several families with one value from one place. */
struct group {
    const struct effective *effective;
    GPtrArray *ranges;
    struct version newest;
};

static void group_free(void *data)
{
    struct group *group = data;

    g_ptr_array_unref(group->ranges);
    g_free(group);
}

static struct group *find_group(GPtrArray *groups,
                                const struct effective *effective)
{
    struct group *group;

    for (guint i = 0; i < groups->len; i++) {
        group = groups->pdata[i];
        if (group->effective->entry == effective->entry &&
            group->effective->property == effective->property) {
            return group;
        }
    }
    group = g_new0(struct group, 1);
    group->effective = effective;
    group->ranges = g_ptr_array_new();
    g_ptr_array_add(groups, group);
    return group;
}

/* The default first, then from the newest machine types to the oldest. */
static int compare_groups(const void *p, const void *q)
{
    const struct group *a = *(const struct group *const *)p;
    const struct group *b = *(const struct group *const *)q;
    bool a_changed = a->effective->entry;
    bool b_changed = b->effective->entry;
    int order = a_changed - b_changed;

    order = order ? order : version_compare(&b->newest, &a->newest);
    return order || !a_changed ? order :
           a->effective->entry->loc.line - b->effective->entry->loc.line;
}

static GPtrArray *group_ranges(const GPtrArray *ranges)
{
    GPtrArray *groups = g_ptr_array_new_with_free_func(group_free);

    for (guint i = 0; i < ranges->len; i++) {
        struct value_range *range = ranges->pdata[i];
        const struct machine *machine = range->machines->pdata[0];
        struct group *group = find_group(groups, &range->effective);

        g_ptr_array_add(group->ranges, range);
        if (version_compare(&machine->version, &group->newest) > 0) {
            group->newest = machine->version;
        }
    }
    g_ptr_array_sort(groups, compare_groups);
    return groups;
}

static void append_source(GString *out, const struct effective *effective)
{
    g_string_append(out, " (");
    if (effective->entry) {
        sanitize_append(out, effective->array->id, SANITIZE_WORD);
        g_string_append(out, ", ");
        append_place(out, &effective->entry->loc);
    } else {
        g_string_append(out, "default");
    }
    g_string_append(out, effective->bad_value
                         ? "; does not parse, QEMU aborts)" : ")");
}

static void append_group(GString *out, const struct show *show,
                         const struct group *group)
{
    g_string_append(out, "  ");
    append_value(out, &group->effective->value);
    append_source(out, group->effective);
    for (guint i = 0; i < group->ranges->len; i++) {
        g_autofree char *name =
            value_range_name(group->ranges->pdata[i], show->facts);
        g_string_append(out, i ? ", " : ": ");
        sanitize_append(out, name, SANITIZE_WORD);
    }
    g_string_append_c(out, '\n');
}

/* What PROPERTY is worth where; with CHANGES_ONLY, where an entry says so. */
static void append_groups(GString *out, const struct show *show,
                          const GPtrArray *groups, bool changes_only)
{
    for (guint i = 0; i < groups->len; i++) {
        const struct group *group = groups->pdata[i];
        if (!changes_only || group->effective->entry) {
            append_group(out, show, group);
        }
    }
}

static void append_one(GString *out, const struct show *show,
                       const char *name)
{
    const struct qom_type *owner;
    const struct property *property =
        facts_property(show->facts, show->type, name, &owner);
    g_autoptr(GPtrArray) ranges =
        value_ranges(show->facts, show->type, name, show->machine);
    g_autoptr(GPtrArray) groups = group_ranges(ranges);

    append_head(out, show, name, property, owner);
    append_groups(out, show, groups, false);
    if (!groups->len) {
        g_string_append(out, "  no versioned machine type can have it\n");
    } else if (!show->machine) {
        siblings_append(out, show, name);
    }
}

/* --- All properties ----------------------------------------------------- */

static bool is_changed(const GPtrArray *groups)
{
    const struct group *last = groups->len
        ? groups->pdata[groups->len - 1] : NULL;

    return last && last->effective->entry;
}

/* "name=value", and a new line before it where it is too long for this. */
static void append_word(GString *out, gsize *column, const char *name,
                        const struct value *value)
{
    g_autoptr(GString) word = g_string_new(NULL);

    sanitize_append(word, name, SANITIZE_WORD);
    if (value->kind != VALUE_ABSENT) {
        g_string_append_c(word, '=');
        append_value(word, value);
    }
    if (*column + word->len + 1 > LINE_WIDTH) {
        g_string_append(out, "\n ");
        *column = 1;
    }
    g_string_append_printf(out, " %s", word->str);
    *column += word->len + 1;
}

static void append_unchanged(GString *out, const struct show *show,
                             const GPtrArray *names)
{
    gsize column = LINE_WIDTH;

    g_string_append_printf(out, "the default everywhere (%u):", names->len);
    for (guint i = 0; i < names->len; i++) {
        const struct property *property =
            facts_property(show->facts, show->type, names->pdata[i], NULL);
        append_word(out, &column, names->pdata[i], &property->def);
    }
    g_string_append_c(out, '\n');
}

static void append_all(GString *out, const struct show *show)
{
    g_autoptr(GPtrArray) unchanged = g_ptr_array_new();

    for (guint i = 0; i < show->n_properties; i++) {
        const char *name = show->properties[i];
        const struct qom_type *owner;
        const struct property *property =
            facts_property(show->facts, show->type, name, &owner);
        g_autoptr(GPtrArray) ranges =
            value_ranges(show->facts, show->type, name, show->machine);
        g_autoptr(GPtrArray) groups = group_ranges(ranges);

        if (is_changed(groups) || show->verbose) {
            append_head(out, show, name, property, owner);
            append_groups(out, show, groups, true);
        } else {
            g_ptr_array_add(unchanged, (gpointer)(uintptr_t)name);
        }
    }
    if (unchanged->len) {
        append_unchanged(out, show, unchanged);
    }
    if (!show->n_properties) {
        sanitize_append(out, show->type->name, SANITIZE_WORD);
        g_string_append(out, " has no properties\n");
    }
}

/* Whether there is a promise to break at all. */
static void append_stability(GString *out, const struct show *show)
{
    sanitize_append(out, show->type->name, SANITIZE_WORD);
    g_string_append_printf(out, " is %smigration-stable: %s\n",
                           show->stable ? "" : "not ", show->stability);
    for (guint i = 0; i < show->reasons->len; i++) {
        g_string_append(out, "  ");
        sanitize_append(out, show->reasons->pdata[i], SANITIZE_WORD);
        g_string_append_c(out, '\n');
    }
}

void show_to_text(const struct show *show, GString *out)
{
    if (show->all) {
        append_stability(out, show);
        append_all(out, show);
        return;
    }
    for (guint i = 0; i < show->n_properties; i++) {
        append_one(out, show, show->properties[i]);
    }
}
