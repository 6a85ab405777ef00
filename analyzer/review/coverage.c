/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Whether the machine types of both revisions keep what a property gave them.
 */
#include "review/changelog-internal.h"

#include "base/borrow.h"
#include "check/compare.h"
#include "check/neutral.h"
#include "check/stable.h"
#include "check/track.h"

void coverage_clear(struct coverage *coverage)
{
    g_free(coverage->because);
    g_clear_pointer(&coverage->machines, g_ptr_array_unref);
}

/* One device that both revisions have. */
struct subject {
    const struct changelog_run *run;
    const struct qom_type *old_type, *new_type;
    const char *name;
    struct track old, new;
    struct neutral neutral;
};

struct tally {
    guint devices, kept, lost, unclear;
    const struct compat_array *array;    /* that keeps them, if any does */
    char *reason;                        /* why none is needed */
    GPtrArray *machines;                 /* that are not kept */
};

static void note_machine(GPtrArray *machines, const struct machine *machine)
{
    if (!g_ptr_array_find(machines, machine, NULL)) {
        g_ptr_array_add(machines, borrow(machine));
    }
}

/* The value of a property that the old revision has not: what an entry gives
 * it is meant to be what was there before. */
static enum same keeps_new(struct subject *s, const struct outcome *new)
{
    if (s->neutral.verdict == NEUTRAL_SAME ||
        s->neutral.verdict == NEUTRAL_HOST_SIDE) {
        return SAME_YES;
    }
    if (s->neutral.verdict == NEUTRAL_KNOWN) {
        return values_same(s->new.reach.property, &new->value,
                           s->new.reach.property, &s->neutral.value);
    }
    return new->entry ? SAME_YES : SAME_UNKNOWN;
}

/* A default of -1 leaves it to the code what the device gets. */
static bool is_not_given(const struct subject *s, const struct outcome *new)
{
    return !new->entry &&
           value_is_all_ones(s->new.reach.property->kind, &new->value);
}

static enum same keeps(struct subject *s, const struct machine_index *pair,
                       const struct outcome *new)
{
    if (!s->old.found) {
        return keeps_new(s, new);
    }
    struct outcome old = track_outcome(&s->old, s->run->old, pair->old);

    enum same same = values_same(s->old.reach.property, &old.value,
                                 s->new.reach.property, &new->value);

    return same == SAME_NO && is_not_given(s, new) ? SAME_UNKNOWN : same;
}

static void tally_machines(struct subject *s, struct tally *tally)
{
    const struct facts *facts = s->run->new->facts;

    for (guint i = 0; i < s->run->pairs->len; i++) {
        const struct machine_index *pair = s->run->pairs->pdata[i];
        const struct machine *machine = facts->machines->pdata[pair->new];

        if (!facts_machine_has(facts, machine, s->new_type)) {
            continue;
        }
        struct outcome new = track_outcome(&s->new, s->run->new, pair->new);
        enum same same = keeps(s, pair, &new);

        tally->kept += same == SAME_YES;
        tally->lost += same == SAME_NO;
        tally->unclear += same == SAME_UNKNOWN;
        if (same == SAME_YES && new.entry) {
            tally->array = new.entry->ref.array;
        } else if (same != SAME_YES) {
            note_machine(tally->machines, machine);
        }
    }
}

static void tally_device(const struct changelog_run *run,
                         const struct qom_type *type, const char *name,
                         struct tally *tally)
{
    struct subject s = { .run = run, .new_type = type, .name = name };

    s.old_type = facts_type(run->old->facts, type->name, type->targets);
    if (!s.old_type || s.old_type->abstract ||
        !device_is_stable(run->new, type)) {
        return;
    }
    tally->devices++;
    track_init(&s.old, run->old, s.old_type, name);
    track_init(&s.new, run->new, type, name);
    if (!s.old.found && s.new.found) {
        s.neutral = neutral_decide(NULL, run->old, run->new, type,
                                   &s.new.reach);
        if (!tally->reason) {
            tally->reason = g_strdup(s.neutral.reason);
        }
    }
    if (s.new.found) {
        tally_machines(&s, tally);
    }
    g_free(s.neutral.reason);
    track_clear(&s.old);
    track_clear(&s.new);
}

static char *clause(const char *format, const char *reason)
{
    return reason ? g_strdup_printf(format, reason) : NULL;
}

struct coverage coverage_of_property(const struct changelog_run *run,
                                     const struct qom_type *owner,
                                     const char *name)
{
    const GPtrArray *members = side_members(run->new, owner->name);
    struct tally tally = { .machines = g_ptr_array_new() };
    struct coverage ret = { .machines = tally.machines };

    for (guint i = 0; members && i < members->len; i++) {
        tally_device(run, members->pdata[i], name, &tally);
    }
    if (!tally.devices) {
        ret.because = g_strdup("no versioned machine type of both revisions "
                               "has the device");
    } else if (tally.lost) {
        ret.cover = COVER_MISSING;
        ret.because = clause("%s", tally.reason);
    } else if (tally.unclear) {
        ret.cover = COVER_UNSURE;
        ret.because = tally.reason
            ? g_strdup(tally.reason)
            : g_strdup("the value leaves it to the code what the device "
                       "gets, or cannot be told");
    } else if (tally.array) {
        ret.cover = COVER_ENTRY;
        ret.array = tally.array->id;
    } else if (tally.kept) {
        ret.cover = COVER_NEUTRAL;
        ret.because = clause("%s", tally.reason);
    }
    g_free(tally.reason);
    return ret;
}
