/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "fix/fix.h"

#include <string.h>

#include "fix/chain.h"
#include "fix/edit.h"
#include "fix/entries.h"

struct fix {
    const struct facts *head;
    struct fix_tree tree;
    GArray *repairs;         /* struct repair */
};

struct fix *fix_new(const struct facts *head, const struct fix_tree *tree)
{
    struct fix *fix = g_new0(struct fix, 1);

    fix->head = head;
    fix->tree = *tree;
    fix->repairs = g_array_new(FALSE, FALSE, sizeof(struct repair));
    return fix;
}

void fix_free(struct fix *fix)
{
    if (fix) {
        g_array_unref(fix->repairs);
        g_free(fix);
    }
}

static const struct repair *repair_at(const GArray *repairs, guint i)
{
    return &g_array_index(repairs, struct repair, i);
}

static const struct compat_entry *entry_at(const struct compat_array *array,
                                           const struct location *at)
{
    for (guint i = 0; i < array->entries->len; i++) {
        const struct compat_entry *entry =
            g_ptr_array_index(array->entries, i);

        if (entry->loc.file == at->file && entry->loc.line == at->line &&
            entry->loc.column == at->column) {
            return entry;
        }
    }
    return NULL;
}

/* Whether an earlier repair leaves ARRAY with the entry that number I adds. */
static bool is_there(const struct facts *head, const GArray *repairs,
                     guint number)
{
    const struct repair *add = repair_at(repairs, number);
    const struct compat_array *array = facts_array(head, add->array);

    for (guint i = 0; i < repairs->len; i++) {
        const struct repair *r = repair_at(repairs, i);
        const struct compat_entry *entry = array && r->kind == REPAIR_REPLACE
                                           ? entry_at(array, &r->at) : NULL;

        if (i < number && r->kind == REPAIR_ADD && r->array == add->array &&
            r->driver == add->driver && r->property == add->property) {
            return true;
        }
        if (entry && (r->driver ? r->driver : entry->driver) == add->driver &&
            (r->property ? r->property : entry->property) == add->property) {
            return true;
        }
    }
    return false;
}

/* All entries that are added to ARRAY. */
static char *lines_of(const struct facts *head, const GArray *repairs,
                      const char *array, struct patch *patch,
                      const struct edited_file *file,
                      const struct entry_style *style)
{
    GString *lines = g_string_new(NULL);

    for (guint i = 0; i < repairs->len; i++) {
        const struct repair *repair = repair_at(repairs, i);

        if (repair->kind == REPAIR_ADD && repair->array == array &&
            !is_there(head, repairs, i)) {
            entries_append(lines, patch, file, style, repair);
        }
    }
    return g_string_free(lines, FALSE);
}

static bool add_entries(const struct facts *head, const GArray *repairs,
                        const char *name, struct patch *patch)
{
    const struct compat_array *array = facts_array(head, name);
    const struct compat_array *model = array ? array
                                             : chain_model(head, name);
    struct edited_file *file =
        model ? patch_file(patch, model->loc.file) : NULL;
    g_auto(EntryStyle) style = { 0 };
    g_autofree char *lines = NULL;

    if (!file) {
        return false;
    }
    entries_style(file, head, model, &style);
    lines = lines_of(head, repairs, name, patch, file, &style);
    if (!*lines) {
        return true;
    }
    return array ? entries_insert(file, array, lines)
                 : chain_create(patch, head, model, name, lines);
}

static bool is_first_of_array(const GArray *repairs, guint number)
{
    for (guint i = 0; i < number; i++) {
        const struct repair *r = repair_at(repairs, i);

        if (r->kind == REPAIR_ADD &&
            r->array == repair_at(repairs, number)->array) {
            return false;
        }
    }
    return true;
}

static bool carry_out(const struct facts *head, const GArray *repairs,
                      guint number, struct patch *patch)
{
    const struct repair *repair = repair_at(repairs, number);

    switch (repair->kind) {
    case REPAIR_ADD:
        return !is_first_of_array(repairs, number) ||
               add_entries(head, repairs, repair->array, patch);
    case REPAIR_APPLY:
        return chain_apply(patch, head, repair->machine, repair->array);
    case REPAIR_REPLACE:
    case REPAIR_REMOVE:
        return entries_change(patch, head, repair);
    }
    return false;
}

static struct patch *compile(const struct fix *fix, const GArray *repairs)
{
    g_autoptr(Patch) patch = patch_new(&fix->tree);

    for (guint i = 0; i < repairs->len; i++) {
        if (!carry_out(fix->head, repairs, i, patch)) {
            return NULL;
        }
    }
    return g_steal_pointer(&patch);
}

/* The property whose entry REMOVE takes away from the array of ADD, or
 * NULL. */
static const char *removed_from(const struct facts *head,
                                const struct repair *remove,
                                const struct repair *add)
{
    const struct compat_array *array = facts_array(head, add->array);
    const struct compat_entry *entry =
        array && remove->kind == REPAIR_REMOVE && add->kind == REPAIR_ADD
        ? entry_at(array, &remove->at) : NULL;

    return entry ? entry->property : NULL;
}

/* Two findings that want an entry gone and more of its kind. */
static bool disagrees(const struct fix *fix, const struct finding *finding)
{
    for (guint i = 0; i < fix->repairs->len; i++) {
        const struct repair *a = repair_at(fix->repairs, i);

        for (guint j = 0; j < finding->repairs->len; j++) {
            const struct repair *b = repair_at(finding->repairs, j);

            if ((a->property &&
                 removed_from(fix->head, b, a) == a->property) ||
                (b->property &&
                 removed_from(fix->head, a, b) == b->property)) {
                return true;
            }
        }
    }
    return false;
}

char *fix_add(struct fix *fix, const struct finding *finding)
{
    g_autoptr(Patch) alone = finding->repairs->len
                             ? compile(fix, finding->repairs) : NULL;
    guint before = fix->repairs->len;

    if (!alone || disagrees(fix, finding)) {
        return NULL;
    }
    g_array_append_vals(fix->repairs, finding->repairs->data,
                        finding->repairs->len);
    g_autoptr(Patch) together = compile(fix, fix->repairs);
    if (!together) {
        g_array_set_size(fix->repairs, before);
        return NULL;
    }
    return patch_diff(alone);
}

GPtrArray *fix_files(const struct fix *fix)
{
    g_autoptr(Patch) patch = compile(fix, fix->repairs);

    return patch_result(patch);
}

char *fix_diff(const struct fix *fix)
{
    g_autoptr(Patch) patch = compile(fix, fix->repairs);

    return patch_diff(patch);
}
