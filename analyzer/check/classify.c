/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "check/classify.h"

/* A table may be bound by every variant of a device on its own. */
static bool same_declaration(const struct property *a,
                             const struct property *b)
{
    return a == b || (a->name == b->name && a->loc.file &&
                      a->loc.file == b->loc.file &&
                      a->loc.line == b->loc.line);
}

static bool reaches(const struct engine *engine, const struct track *track,
                    const struct qom_type *type, const char *name)
{
    struct reach reach;

    return reach_find(engine->new->facts, type, name, &reach) &&
           same_declaration(reach.property, track->reach.property);
}

/* Whether DRIVER has the property that TRACK is about: the same declaration,
 * reached by the same name.  Aliases are known of concrete types only. */
static bool is_related(const struct engine *engine, const struct track *track,
                       const struct qom_type *driver, const char *name)
{
    const GPtrArray *members = side_members(engine->new, driver->name);

    if (!driver->abstract) {
        return reaches(engine, track, driver, name);
    }
    for (guint i = 0; members && i < members->len; i++) {
        if (reaches(engine, track, g_ptr_array_index(members, i), name)) {
            return true;
        }
    }
    return false;
}

static bool covers(const struct engine *engine, const struct track *track,
                   const struct compat_entry *entry)
{
    for (unsigned i = 0; i < track->reach.levels; i++) {
        if (track->reach.level[i].name == entry->property &&
            facts_type_is_a(engine->new->facts, track->reach.level[i].type,
                            entry->driver)) {
            return true;
        }
    }
    return false;
}

static void add_candidates(const struct engine *engine,
                           const struct track *track, const char *name,
                           bool only_added, GArray *out)
{
    const struct facts *head = engine->new->facts;
    const GArray *refs = side_entries(engine->new, name);

    for (guint i = 0; refs && i < refs->len; i++) {
        const struct entry_ref *ref =
            &g_array_index(refs, struct entry_ref, i);
        struct candidate candidate = { .ref = *ref };

        if (!ref->array->has_version ||
            (only_added &&
             !g_hash_table_contains(engine->added, ref->entry))) {
            continue;
        }
        const struct qom_type *driver =
            facts_type(head, ref->entry->driver,
                       track->reach.level[0].type->targets);
        candidate.covers = covers(engine, track, ref->entry);
        candidate.unknown_driver =
            !driver && !facts_type(head, ref->entry->driver, 0);
        if (candidate.covers || candidate.unknown_driver ||
            (driver && is_related(engine, track, driver, name))) {
            g_array_append_val(out, candidate);
        }
    }
}

GArray *classify_candidates(const struct engine *engine,
                            const struct track *track, bool only_added)
{
    GArray *out = g_array_new(FALSE, FALSE, sizeof(struct candidate));

    for (unsigned i = 0; i < track->reach.levels; i++) {
        const char *name = track->reach.level[i].name;

        if (i == 0 || name != track->reach.level[i - 1].name) {
            add_candidates(engine, track, name, only_added, out);
        }
    }
    return out;
}

const struct candidate *classify_newest(const GArray *candidates)
{
    const struct candidate *best = NULL;

    for (guint i = 0; i < candidates->len; i++) {
        const struct candidate *c =
            &g_array_index(candidates, struct candidate, i);

        if (!c->unknown_driver &&
            (!best || compare_release(&c->ref.array->version,
                                      &best->ref.array->version) > 0 ||
             (c->covers && !best->covers &&
              same_release(&c->ref.array->version,
                           &best->ref.array->version)))) {
            best = c;
        }
    }
    return best;
}

/* How well an entry explains that the machine type is not covered; larger is
 * better, 0 = not at all. */
static int weigh(const struct engine *engine, const struct candidate *c,
                 const struct machine *machine, guint machine_no,
                 enum break_cause *ret)
{
    bool applied = side_position(engine->new, machine_no,
                                 c->ref.array_no) >= 0;
    bool older = compare_release(&c->ref.array->version,
                                 &machine->version) < 0;

    if (c->unknown_driver) {
        *ret = CAUSE_UNKNOWN_DRIVER;
        return applied ? 5 : 1;
    }
    if (c->covers && !applied) {
        *ret = older ? CAUSE_WRONG_VERSION : CAUSE_FAMILY_MISSED;
        return 4;
    }
    if (!c->covers && applied) {
        *ret = CAUSE_NARROW_DRIVER;
        return 3;
    }
    if (!c->covers) {
        *ret = older ? CAUSE_WRONG_VERSION : CAUSE_FAMILY_MISSED;
        return 2;
    }
    return 0;
}

/* Whether BASE had the array, and the machine type without it. */
static bool was_omitted(const struct engine *engine,
                        const struct machine *machine,
                        const struct compat_array *array)
{
    const struct machine *before;
    const struct compat_array *then;

    if (!engine->prior) {
        return false;
    }
    before = facts_machine(engine->prior->facts, machine->name,
                           machine->targets);
    then = facts_array(engine->prior->facts, array->id);
    return before && then && engine_owes(engine->prior->facts, before, then);
}

/* Of arrays with the entry that the machine type does not apply, the one that
 * it ought to, and did not apply before the change either. */
static void find_omitted(const struct engine *engine,
                         const GArray *candidates,
                         const struct machine *machine, struct cause *cause)
{
    for (guint i = 0; i < candidates->len && !cause->omitted; i++) {
        const struct candidate *c =
            &g_array_index(candidates, struct candidate, i);

        if (c->covers &&
            engine_owes(engine->new->facts, machine, c->ref.array) &&
            was_omitted(engine, machine, c->ref.array)) {
            *cause = (struct cause){ CAUSE_FAMILY_MISSED, c->ref.entry,
                                     c->ref.array, .omitted = true };
        }
    }
}

struct cause classify_uncovered(const struct engine *engine,
                                const GArray *candidates, guint machine_no)
{
    const struct machine *machine =
        g_ptr_array_index(engine->new->facts->machines, machine_no);
    struct cause best = { .cause = CAUSE_NO_ENTRY };
    int best_weight = 0;

    for (guint i = 0; i < candidates->len; i++) {
        const struct candidate *c =
            &g_array_index(candidates, struct candidate, i);
        enum break_cause cause;
        int weight = weigh(engine, c, machine, machine_no, &cause);

        if (weight > best_weight ||
            (weight && weight == best_weight &&
             compare_release(&c->ref.array->version,
                             &best.array->version) > 0)) {
            best = (struct cause){ cause, c->ref.entry, c->ref.array, false };
            best_weight = weight;
        }
    }
    if (best.cause == CAUSE_FAMILY_MISSED) {
        find_omitted(engine, candidates, machine, &best);
    }
    return best;
}
