/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "check/guest-changes.h"

#include <string.h>

#include "base/borrow.h"

void guest_change_free(struct guest_change *change)
{
    g_ptr_array_unref(change->states);
    g_ptr_array_unref(change->devices);
    g_ptr_array_unref(change->machines);
    g_free(change);
}

/* A place in HEAD: where it is done, or where it is no longer. */
static struct location place_of(const struct guest_device *d,
                                const struct guest_found *found)
{
    const struct code *code = d->versions[NEW].code;
    const struct code_function *function = NULL;

    if (!found->old_code) {
        return found->loc;
    }
    if (code && *found->function) {
        function = code_find(code, found->function, found->loc.file);
    }
    if (!function) {
        return d->versions[NEW].type->loc;
    }
    return (struct location) {
        .file = function->file, .line = (int)function->symbol->loc.line,
        .column = (int)function->symbol->loc.column,
    };
}

static struct guest_change *new_change(const struct guest_device *d,
                                       const struct guest_found *found)
{
    struct guest_change *change = g_new0(struct guest_change, 1);

    change->function = *found->function ? found->function : NULL;
    change->loc = place_of(d, found);
    change->option = found->option;
    change->gate = found->gate;
    change->gate_value = found->gate_value;
    change->states = g_ptr_array_new_with_free_func(g_free);
    change->devices = g_ptr_array_new();
    change->machines = g_ptr_array_new();
    return change;
}

static bool has_state(const struct guest_change *change,
                      const struct guest_state *state)
{
    for (guint i = 0; i < change->states->len; i++) {
        const struct guest_state *other =
            g_ptr_array_index(change->states, i);

        if (!memcmp(other, state, sizeof(*state))) {
            return true;
        }
    }
    return false;
}

static void add_once(GPtrArray *list, const void *item)
{
    if (!g_ptr_array_find(list, item, NULL)) {
        g_ptr_array_add(list, borrow(item));
    }
}

static bool is_setting(const struct guest_found *found)
{
    return found->state.aspect == GUEST_SETTING;
}

/* One piece of code, and devices for which it does the same; or one property
 * that it sets. */
static char *change_key(const GPtrArray *found,
                        const struct guest_found *like)
{
    const char *function = like->function;
    g_autoptr(GString) key = g_string_new(function);

    g_string_append_printf(key, "\n%s %" G_GUINT64_FORMAT " %s",
                           like->gate ? like->gate->name : "",
                           like->gate_value,
                           like->option ? like->option->name : "");
    for (guint i = 0; i < found->len; i++) {
        const struct guest_found *at = g_ptr_array_index(found, i);

        if (at == like || (at->function == function &&
                           at->gate == like->gate &&
                           at->option == like->option && !is_setting(at) &&
                           !is_setting(like))) {
            g_string_append_printf(key, "\n%d %s %s %s", at->state.aspect,
                                   at->state.name,
                                   at->state.old_value ?
                                   at->state.old_value : "",
                                   at->state.new_value ?
                                   at->state.new_value : "");
        }
    }
    return g_strdup(key->str);
}

static void add_change(struct guest_device *d, GHashTable *changes,
                       const struct guest_outcome *outcome,
                       const struct guest_found *found)
{
    g_autofree char *key = change_key(outcome->found, found);
    struct guest_change *change = g_hash_table_lookup(changes, key);

    if (!change) {
        change = new_change(d, found);
        g_hash_table_insert(changes, g_steal_pointer(&key), change);
        g_ptr_array_add(d->engine->changes.guests, change);
    }
    if (!has_state(change, &found->state)) {
        g_ptr_array_add(change->states, g_memdup2(&found->state,
                                                  sizeof(found->state)));
    }
    add_once(change->devices, found->device ? found->device
                                            : d->versions[NEW].type);
    for (guint i = 0; i < outcome->on->len; i++) {
        add_once(change->machines, g_ptr_array_index(outcome->on, i));
    }
}

void guest_add_changes(struct guest_device *d, GHashTable *changes)
{
    for (guint i = 0; i < d->seen->len; i++) {
        const struct guest_outcome *outcome = g_ptr_array_index(d->seen, i);

        for (guint f = 0; outcome->found && f < outcome->found->len; f++) {
            add_change(d, changes, outcome,
                       g_ptr_array_index(outcome->found, f));
        }
    }
}

/* --- Moves ---------------------------------------------------------------- */

static bool is_relative(const struct guest_state *state)
{
    return strchr(state->name, '+') != NULL;
}

/* Whether B gives back what A took. */
static bool is_reverse(const struct guest_state *a,
                       const struct guest_state *b)
{
    return a->aspect == b->aspect && a->old_value == b->new_value &&
           a->new_value == b->old_value &&
           (a->name == b->name || (is_relative(a) && is_relative(b)));
}

/* Where something went from A to B, the two do not compare. */
static bool is_move(const struct guest_change *a,
                    const struct guest_change *b)
{
    if (a == b || a->loc.file != b->loc.file) {
        return false;
    }
    changes_foreach(struct guest_state, state, a->states) {
        changes_foreach(struct guest_state, other, b->states) {
            if (is_reverse(state, other)) {
                return true;
            }
        }
    }
    return false;
}

void guest_cancel_moves(struct engine *engine)
{
    GPtrArray *changes = engine->changes.guests;
    g_autoptr(GHashTable) moved = g_hash_table_new(NULL, NULL);

    for (guint i = 0; i < changes->len; i++) {
        for (guint j = 0; j < changes->len; j++) {
            if (is_move(g_ptr_array_index(changes, i),
                        g_ptr_array_index(changes, j))) {
                g_hash_table_add(moved, g_ptr_array_index(changes, i));
            }
        }
    }
    for (guint i = changes->len; i-- > 0;) {
        if (g_hash_table_contains(moved, g_ptr_array_index(changes, i))) {
            g_ptr_array_remove_index(changes, i);
        }
    }
}

/* --- Options -------------------------------------------------------------- */

/* Whether WITHOUT has all that WITH needs an option for. */
static bool is_told(const struct guest_change *with,
                    const struct guest_change *without)
{
    if (without->option || without->loc.file != with->loc.file ||
        without->function != with->function) {
        return false;
    }
    changes_foreach(struct guest_state, state, with->states) {
        if (!has_state(without, state)) {
            return false;
        }
    }
    return true;
}

static bool is_told_by_any(const GPtrArray *changes,
                           const struct guest_change *with)
{
    for (guint i = 0; i < changes->len; i++) {
        if (is_told(with, g_ptr_array_index(changes, i))) {
            return true;
        }
    }
    return false;
}

void guest_cancel_options(struct engine *engine)
{
    GPtrArray *changes = engine->changes.guests;

    for (guint i = changes->len; i-- > 0;) {
        const struct guest_change *change = g_ptr_array_index(changes, i);

        if (change->option && is_told_by_any(changes, change)) {
            g_ptr_array_remove_index(changes, i);
        }
    }
}
