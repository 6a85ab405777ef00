/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Branches that may or may not be taken: what they change is undone, and
 * afterwards known only where all of them agree.
 */
#include "qom/interp.h"

void journal_note(struct interp *in, struct place place,
                      const struct cell *old)
{
    struct undo undo = { .place = place, .had = old != NULL };

    if (!in->maybe) {
        return;
    }
    if (old) {
        undo.old = *old;
    }
    g_array_append_val(in->journal, undo);
}

static void restore(struct interp *in, const struct undo *undo)
{
    struct cell *cell = cell_own(undo->place.object, undo->place.path);

    if (!undo->had) {
        cell_remove(in, undo->place);
    } else if (cell) {
        *cell = undo->old;
    } else {
        *cell_make(in, undo->place) = undo->old;
    }
}

/* Entries of the result hold the new content in `old`. */
GArray *journal_take(struct interp *in, guint mark)
{
    GArray *changes = g_array_new(false, false, sizeof(struct undo));

    for (guint i = mark; i < in->journal->len; i++) {
        struct undo *undo = &g_array_index(in->journal, struct undo, i);
        struct cell *cell = cell_own(undo->place.object, undo->place.path);
        struct undo now = { .place = undo->place, .had = cell != NULL };

        if (cell) {
            now.old = *cell;
        }
        g_array_append_val(changes, now);
    }
    for (guint i = in->journal->len; i > mark; i--) {
        restore(in, &g_array_index(in->journal, struct undo, i - 1));
    }
    g_array_set_size(in->journal, mark);
    return changes;
}

static void apply(struct interp *in, const struct undo *change)
{
    if (change->had) {
        cell_put(in, change->place, &change->old);
    } else {
        journal_note(in, change->place, cell_own(change->place.object,
                                              change->place.path));
        cell_remove(in, change->place);
    }
}

void journal_apply(struct interp *in, const GArray *changes)
{
    for (guint i = 0; i < changes->len; i++) {
        apply(in, &g_array_index(changes, struct undo, i));
    }
}

/* After one of two branches: whatever it changed is known only if it was
 * that before, or the other branch did the same. */
static void apply_weakly(struct interp *in, const struct undo *change)
{
    struct val now = memory_load(in, change->place);
    struct cell content = change->old;

    if (!change->had || cell_is_marker(&content)) {
        if (change->had && !memory_find(change->place)) {
            cell_put(in, change->place, &content);
        }
        return;
    }
    if (!val_same(&now, &content.val)) {
        content.val = val_unknown(content.val.kind == VAL_UNKNOWN
                                  ? content.val.node : content.node);
        cell_put(in, change->place, &content);
    }
}

static guint place_hash(gconstpointer key)
{
    const struct place *place = key;

    return g_direct_hash(place->object) * 31 + g_direct_hash(place->path);
}

static gboolean place_equal(gconstpointer a, gconstpointer b)
{
    const struct place *x = a, *y = b;

    return x->object == y->object && x->path == y->path;
}

void journal_merge(struct interp *in, const GArray *a, const GArray *b)
{
    g_autoptr(GHashTable) in_a = g_hash_table_new(place_hash, place_equal);

    /* Both are undone: first b, strongly where a has a say too. */
    for (guint i = 0; i < a->len; i++) {
        g_hash_table_add(in_a, &g_array_index(a, struct undo, i).place);
    }
    for (guint i = 0; i < b->len; i++) {
        const struct undo *change = &g_array_index(b, struct undo, i);

        if (g_hash_table_contains(in_a, &change->place)) {
            apply(in, change);
        } else {
            apply_weakly(in, change);
        }
    }
    for (guint i = 0; i < a->len; i++) {
        apply_weakly(in, &g_array_index(a, struct undo, i));
    }
}
