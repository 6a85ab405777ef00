/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Entries without which every machine type would get the same values: what
 * they write is the default, or another entry always wins.
 */
#include "check/engine.h"

/* One entry under judgement. */
struct suspect {
    const struct engine *engine;
    const struct compat_array *array;
    const struct compat_entry *entry;
    /* On the newest machine type that has such a device, NULL: none has. */
    const struct machine *machine;
    struct reach reach;
    const struct compat_entry *other;    /* what is there without the entry,
                                            NULL: the default */
};

/* The properties of CPUs have defaults that the code of each model replaces;
 * where none is reported, code sets the value as well. */
static bool is_known(const struct suspect *suspect,
                     const struct qom_type *type,
                     const struct outcome *outcome)
{
    return outcome->entry ||
           (outcome->value.kind != VALUE_ABSENT &&
            outcome->value.kind != VALUE_UNEVALUATED &&
            !facts_type_is_a(suspect->engine->new->facts, type,
                             g_intern_static_string("cpu")));
}

/* Whether the entry makes a difference on machine type MACHINE_NO. */
static bool matters_on(struct suspect *suspect, const struct track *track,
                       guint machine_no)
{
    const struct side *side = suspect->engine->new;
    const struct machine *machine =
        g_ptr_array_index(side->facts->machines, machine_no);
    const struct property *property = track->reach.property;
    struct outcome with = track_outcome(track, side, machine_no);
    struct outcome without = track_outcome_without(track, side, machine_no,
                                                   suspect->entry);

    /* To say for the outer device what the one inside gets is a matter of
     * taste. */
    if (with.entry && with.entry->ref.entry == suspect->entry &&
        ((without.entry && without.entry->level > with.entry->level) ||
         !is_known(suspect, track->reach.level[0].type, &without) ||
         !value_equal(property->kind, &without.value, &with.value))) {
        return true;
    }
    if (!suspect->machine ||
        version_compare(&machine->version, &suspect->machine->version) > 0) {
        suspect->machine = machine;
        suspect->reach = track->reach;
        suspect->other = without.entry ? without.entry->ref.entry : NULL;
    }
    return false;
}

/* Whether the entry does something for devices of TYPE, good or bad. */
static bool matters_to(struct suspect *suspect, const struct qom_type *type)
{
    const struct engine *engine = suspect->engine;
    const GPtrArray *machines = engine->new->facts->machines;
    g_auto(Track) track = { 0 };

    track_init(&track, engine->new, type, suspect->entry->property);
    if (!track.found && !suspect->entry->optional) {
        return true;
    }
    for (guint i = 0; track.found && i < machines->len; i++) {
        if (side_applies(engine->new, i, suspect->array) &&
            facts_machine_has(engine->new->facts,
                              g_ptr_array_index(machines, i), type) &&
            matters_on(suspect, &track, i)) {
            return true;
        }
    }
    return false;
}

static bool is_dead(struct suspect *suspect, const GPtrArray *members)
{
    for (guint i = 0; i < members->len; i++) {
        if (matters_to(suspect, g_ptr_array_index(members, i))) {
            return false;
        }
    }
    return suspect->machine;
}

/* Two equal keys in one array are compat-duplicate's, and an entry for a type
 * beside one for its parent is a matter of taste. */
static bool has_company(const struct suspect *suspect)
{
    return suspect->other && g_ptr_array_find(suspect->array->entries,
                                              suspect->other, NULL);
}

static void judge(struct engine *engine, const struct compat_array *array,
                  const struct compat_entry *entry)
{
    const GPtrArray *members = side_members(engine->new, entry->driver);
    struct suspect suspect = {
        .engine = engine, .array = array, .entry = entry,
    };
    struct entry_issue *issue;

    if (!members || !is_dead(&suspect, members) || has_company(&suspect)) {
        return;
    }
    issue = engine_add_issue(engine, ENTRY_DEAD, array, entry);
    issue->property = suspect.reach.property;
    issue->owner = suspect.reach.owner;
    issue->other = suspect.other;
}

void engine_find_dead_entries(struct engine *engine)
{
    const GPtrArray *arrays = engine->new->facts->arrays;

    for (guint i = 0; i < arrays->len; i++) {
        const struct compat_array *array = g_ptr_array_index(arrays, i);

        for (guint k = 0; k < array->entries->len; k++) {
            const struct compat_entry *entry =
                g_ptr_array_index(array->entries, k);

            if (entry->driver && entry->property && entry->value &&
                engine_entry_is_new(engine, array, entry)) {
                judge(engine, array, entry);
            }
        }
    }
}
