/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Subsections: a sender adds one where `needed` says so, and a receiver finds
 * it by its name, which must go on from the name of its parent.
 */
#include "base/borrow.h"
#include "check/condition.h"
#include "check/streams.h"

#include <string.h>

static const struct vmstate *find_part(const struct facts *facts,
                                       const struct vmstate *parent,
                                       const char *name)
{
    for (guint i = 0; i < parent->subsections->len; i++) {
        const struct vmstate *part = facts_vmstate(
            facts, g_ptr_array_index(parent->subsections, i));

        if (part && part->name == name) {
            return part;
        }
    }
    return NULL;
}

struct part {
    const struct vmstate *state;
    const struct vmstate *parent;        /* HEAD's */
    const struct side *side;             /* the one that sends it */
    bool is_new;
};

/* Whether the part is sent on MACHINE by devices of TYPE (of the new side,
 * or NULL): 1, 0, -1 for sometimes. */
static int is_sent(const struct part *part, const struct qom_type *type,
                   const struct machine *machine)
{
    const struct facts *facts = part->side->facts;
    struct situation at = {
        .facts = facts, .machine = machine,
        .device = type ? facts_type(facts, type->name, type->targets) : NULL,
        .version = part->state->version_id,
    };
    int64_t value;

    if (!part->state->needed) {
        return 1;
    }
    return condition_value(&at, part->state->needed, &value) ? value != 0
                                                             : -1;
}

static bool is_constant(const struct vmstate *part)
{
    return !part->needed || !strcmp(part->needed, "1");
}

/* Machine types where it is sent, or may be. */
static GPtrArray *senders(struct streams *s, const struct part *part,
                          const GPtrArray *types, bool *ret_sometimes)
{
    GPtrArray *machines = g_ptr_array_new();

    *ret_sometimes = true;
    for (guint i = 0; i < s->engine->pairs->len; i++) {
        const struct machine *before;
        const struct machine *machine = streams_machine(s, i, &before);
        const struct qom_type *type =
            machine ? streams_device(s, types, machine) : NULL;
        int sent;

        if (!machine || !streams_has(s, part->parent, types, machine)) {
            continue;
        }
        sent = is_sent(part, type, part->is_new ? machine : before);
        if (sent > 0 || (sent < 0 && !part->is_new)) {
            *ret_sometimes &= sent < 0;
            g_ptr_array_add(machines, borrow(machine));
        }
    }
    return machines;
}

static void report(struct streams *s, enum stream_change_kind kind,
                   const struct part *part, const GPtrArray *types)
{
    g_autoptr(GPtrArray) machines = NULL;
    struct stream_change *change;
    bool sometimes;

    machines = senders(s, part, types, &sometimes);
    if (!machines->len) {
        return;
    }
    change = streams_add(s, kind, part->is_new ? NULL : part->state,
                         part->is_new ? part->state : NULL, types);
    if (!change) {
        return;
    }
    change->parent = part->parent;
    change->sometimes = sometimes;
    change->lost = !part->is_new &&
                   facts_vmstate(s->new->facts, part->state->id);
    change->gate = is_constant(part->state) || sometimes
                   ? NULL : part->state->needed_name;
    g_ptr_array_unref(change->machines);
    change->machines = g_steal_pointer(&machines);
}

static void report_misnamed(struct streams *s, const struct part *part,
                            const GPtrArray *types)
{
    struct stream_change *change =
        streams_add(s, STREAM_PART_MISNAMED, NULL, part->state, types);

    if (change) {
        change->parent = part->parent;
        streams_add_machines(s, change, types);
    }
}

static void judge_new(struct streams *s, const struct vmstate *old,
                      const struct vmstate *new, const GPtrArray *types)
{
    for (guint i = 0; i < new->subsections->len; i++) {
        struct part part = {
            facts_vmstate(s->new->facts,
                          g_ptr_array_index(new->subsections, i)),
            new, s->new, true,
        };

        if (!part.state || !part.state->name ||
            find_part(s->old->facts, old, part.state->name)) {
            continue;
        }
        if (!g_str_has_prefix(part.state->name, new->name) &&
            g_strcmp0(part.state->needed, "0")) {
            report_misnamed(s, &part, types);
        } else {
            report(s, STREAM_PART_ADDED, &part, types);
        }
    }
}

static void judge_old(struct streams *s, const struct vmstate *old,
                      const struct vmstate *new, const GPtrArray *types)
{
    for (guint i = 0; i < old->subsections->len; i++) {
        struct part part = {
            facts_vmstate(s->old->facts,
                          g_ptr_array_index(old->subsections, i)),
            new, s->old, false,
        };

        /* One of another name could never be loaded. */
        if (part.state && part.state->name &&
            g_str_has_prefix(part.state->name, old->name) &&
            !find_part(s->new->facts, new, part.state->name)) {
            report(s, STREAM_PART_REMOVED, &part, types);
        }
    }
}

static bool same_names(const struct streams *s, const struct vmstate *old,
                       const struct vmstate *new)
{
    if (old->subsections->len != new->subsections->len) {
        return false;
    }
    for (guint i = 0; i < old->subsections->len; i++) {
        const struct vmstate *a = facts_vmstate(
            s->old->facts, g_ptr_array_index(old->subsections, i));
        const struct vmstate *b = facts_vmstate(
            s->new->facts, g_ptr_array_index(new->subsections, i));

        if (!a || !b || a->name != b->name) {
            return false;
        }
    }
    return true;
}

void streams_judge_parts(struct streams *s)
{
    const GPtrArray *all = s->old->facts->vmstates;

    for (guint i = 0; i < all->len; i++) {
        const struct vmstate *old = g_ptr_array_index(all, i);
        const struct vmstate *new = g_hash_table_lookup(s->pair_of, old);
        const GPtrArray *types;

        if (!new || new->unknown || old->unknown ||
            same_names(s, old, new)) {
            continue;
        }
        types = owners_of(streams_new_owners(s), new);
        if (types && owners_of(streams_old_owners(s), old)) {
            judge_new(s, old, new, types);
            judge_old(s, old, new, types);
        }
    }
}
