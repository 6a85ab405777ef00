/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "check/track.h"

static void add_level(struct track *track, const struct side *side,
                      unsigned level)
{
    const struct qom_type *type = track->reach.level[level].type;
    const GArray *refs = side_entries(side, track->reach.level[level].name);
    const struct property_kind *kind = track->reach.property->kind;

    for (guint i = 0; refs && i < refs->len; i++) {
        const struct entry_ref *ref =
            &g_array_index(refs, struct entry_ref, i);

        if (!facts_type_is_a(side->facts, type, ref->entry->driver)) {
            continue;
        }
        struct track_entry found = {
            .ref = *ref, .level = level,
            .value = value_unevaluated(ref->entry->value),
        };
        value_parse(kind, ref->entry->value, &found.value);
        g_array_append_val(track->entries, found);
    }
}

/* What an object has before entries are applied. */
static void find_start(struct track *track)
{
    const struct value *def = &track->reach.property->def;
    unsigned last = track->reach.levels - 1;
    g_autofree char *name =
        g_strconcat("init:", track->reach.level[last].name, NULL);
    const struct class_slot *init = qom_type_slot(
        track->reach.level[last].type, g_intern_string(name));

    track->start = *def;
    track->in_code = init != NULL;
    if (init && !init->known) {
        track->start = value_unevaluated(
            g_intern_static_string("set by instance code"));
    } else if (init && def->kind == VALUE_BOOL) {
        track->start = value_bool(init->number != 0);
    } else if (init) {
        track->start.integer = init->number;
    }
}

void track_init(struct track *track, const struct side *side,
                const struct qom_type *type, const char *name)
{
    track->entries = NULL;
    track->found = type && reach_find(side->facts, type, name, &track->reach);
    if (!track->found) {
        return;
    }
    find_start(track);
    track->entries = g_array_new(FALSE, FALSE, sizeof(struct track_entry));
    for (unsigned level = 0; level < track->reach.levels; level++) {
        add_level(track, side, level);
    }
}

void track_clear(struct track *track)
{
    g_clear_pointer(&track->entries, g_array_unref);
}

/* Whether A, applied at place PA, beats B at PB: outer before inner, then the
 * later application, then the later line. */
static bool beats(const struct track_entry *a, int pa,
                  const struct track_entry *b, int pb)
{
    if (a->level != b->level) {
        return a->level < b->level;
    }
    if (pa != pb) {
        return pa > pb;
    }
    return a->ref.index > b->ref.index;
}

struct outcome track_outcome_without(const struct track *track,
                                     const struct side *side,
                                     guint machine_no,
                                     const struct compat_entry *skip)
{
    struct outcome outcome = { .value = track->start };
    int best = -1;

    for (guint i = 0; i < track->entries->len; i++) {
        const struct track_entry *entry =
            &g_array_index(track->entries, struct track_entry, i);
        int place = side_position(side, machine_no, entry->ref.array_no);

        if (place >= 0 && entry->ref.entry != skip &&
            (!outcome.entry || beats(entry, place, outcome.entry, best))) {
            outcome.entry = entry;
            outcome.value = entry->value;
            best = place;
        }
    }
    return outcome;
}

struct outcome track_outcome(const struct track *track,
                             const struct side *side, guint machine_no)
{
    return track_outcome_without(track, side, machine_no, NULL);
}
