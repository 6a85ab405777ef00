/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The equation: for every released machine type, device and property, is the
 * value in HEAD the one of the release?  Each tuple that is not gets its
 * cause.
 */
#include <string.h>

#include "check/compare.h"
#include "check/engine.h"
#include "check/groups.h"
#include "check/host-side.h"
#include "check/neutral.h"
#include "model/cpus.h"

/* One property of one device on the sides. */
struct subject {
    struct engine *engine;
    const struct device_pair *device;
    const char *name, *old_name;
    struct track old, base, new;
    GArray *candidates;      /* struct candidate */
};

static void subject_clear(struct subject *s)
{
    track_clear(&s->old);
    track_clear(&s->base);
    track_clear(&s->new);
    g_clear_pointer(&s->candidates, g_array_unref);
}
typedef struct subject Subject;
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Subject, subject_clear)

static void subject_init(struct subject *s, struct engine *engine,
                         const struct device_pair *device,
                         const char *old_name, const char *name)
{
    *s = (struct subject){ engine, device, name, old_name };
    track_init(&s->old, engine->old, device->old, old_name);
    track_init(&s->new, engine->new, device->new, name);
    if (device->base) {
        track_init(&s->base, engine->base, device->base, name);
    }
}

#define foreach_pair(pair, subject)                                         \
    for (guint pair##_i = 0; pair##_i < (subject)->engine->pairs->len;      \
         pair##_i++)                                                        \
        for (const struct machine_pair *pair =                              \
                 &g_array_index((subject)->engine->pairs,                   \
                                struct machine_pair, pair##_i);             \
             pair && subject_meets(subject, pair); pair = NULL)

static bool has_property(const struct track *track,
                         const struct machine *machine)
{
    return !track->found || targets_meet(track->reach.property->targets,
                                         machine->targets);
}

static bool subject_meets(const struct subject *s,
                          const struct machine_pair *pair)
{
    const struct machine *machine = engine_machine(s->engine, pair);

    return facts_machine_has(s->engine->new->facts, machine,
                             s->device->new) &&
           has_property(&s->old, machine) && has_property(&s->new, machine);
}

/* Whether BASE already gives the machine what HEAD gives it: then the change
 * did not do it. */
static bool is_old_news(const struct subject *s,
                        const struct machine_pair *pair,
                        const struct value *value)
{
    struct outcome base;

    if (!s->device->base || pair->base < 0) {
        return false;
    }
    if (!s->base.found || !s->new.found) {
        return s->base.found == s->new.found;
    }
    base = track_outcome(&s->base, s->engine->base, (guint)pair->base);
    return values_same(s->base.reach.property, &base.value,
                       s->new.reach.property, value) == SAME_YES;
}

static struct tuple tuple_of(const struct subject *s,
                             const struct machine_pair *pair)
{
    return (struct tuple){
        .device = s->device,
        .machine = engine_machine(s->engine, pair),
        .name = s->name, .old_name = s->old_name,
        .owner = s->new.found ? s->new.reach.owner : s->old.reach.owner,
        .old_property = s->old.found ? s->old.reach.property : NULL,
        .new_property = s->new.found ? s->new.reach.property : NULL,
    };
}

/* The entry that made the released value and is no longer at work. */
static struct cause lost_entry(const struct engine *engine,
                               const struct outcome *old,
                               const struct machine_pair *pair)
{
    const struct compat_array *array = old->entry->ref.array;
    const struct compat_array *now =
        facts_array(engine->new->facts, array->id);
    bool applied = now && side_applies(engine->new, pair->new, now);

    for (guint i = 0; now && !applied && i < now->entries->len; i++) {
        const struct compat_entry *entry =
            g_ptr_array_index(now->entries, i);

        if (entry->driver == old->entry->ref.entry->driver &&
            entry->property == old->entry->ref.entry->property) {
            return (struct cause){ CAUSE_FAMILY_MISSED, entry, now, false };
        }
    }
    return (struct cause){ CAUSE_EDITED, old->entry->ref.entry,
                           now ? now : array, true };
}

static struct cause cause_of_change(const struct subject *s,
                                    const struct machine_pair *pair,
                                    const struct outcome *old,
                                    const struct outcome *new,
                                    bool default_differs)
{
    const struct engine *engine = s->engine;
    struct cause cause;

    if (new->entry &&
        g_hash_table_contains(engine->added, new->entry->ref.entry)) {
        const struct compat_array *before =
            facts_array(engine->old->facts, new->entry->ref.array->id);
        bool released = before &&
            side_applies(engine->old, pair->old, before);

        return (struct cause){
            released && !default_differs ? CAUSE_EDITED : CAUSE_WRONG_VALUE,
            new->entry->ref.entry, new->entry->ref.array, false,
        };
    }
    cause = classify_uncovered(engine, s->candidates, pair->new);
    if (cause.cause != CAUSE_NO_ENTRY) {
        return cause;
    }
    if (old->entry) {
        return lost_entry(engine, old, pair);
    }
    if (new->entry) {
        return (struct cause){ CAUSE_FAMILY_MISSED, new->entry->ref.entry,
                               new->entry->ref.array, false };
    }
    return cause;
}

/* Whether BEFORE, as it was released, gives a type with the same declaration
 * what ENTRY gives now. */
static bool had_sibling(const struct subject *s,
                        const struct compat_array *before,
                        const struct compat_entry *entry)
{
    const struct facts *facts = s->engine->old->facts;

    for (guint i = 0; i < before->entries->len; i++) {
        const struct compat_entry *old = before->entries->pdata[i];
        const struct qom_type *type =
            old->property == entry->property &&
            !g_strcmp0(old->value, entry->value)
            ? facts_type(facts, old->driver, 0) : NULL;
        const struct qom_type *owner = NULL;

        if (type && facts_own_property(facts, type, old->property, &owner) &&
            owner == s->old.reach.owner) {
            return true;
        }
    }
    return false;
}

/* An entry of a released array that named one sibling, and names others now,
 * which no entry had set. */
static bool is_widened(const struct subject *s, const struct outcome *old,
                       const struct cause *cause)
{
    const struct compat_array *before =
        facts_array(s->engine->old->facts, cause->array->id);

    return !old->entry && before && had_sibling(s, before, cause->entry);
}

static bool is_late_fix(const struct subject *s, const struct outcome *old,
                        const struct cause *cause)
{
    return cause->cause == CAUSE_EDITED && cause->array->has_version &&
           (engine_is_late_fix(s->engine, &cause->array->version) ||
            is_widened(s, old, cause));
}

/* -1 of a kind that came with it: a third state, beside those that the old
 * kind could express, for "as before unless told otherwise". */
static bool became_unset(const struct property *old, const struct property *new,
                         const struct value *value)
{
    return old->kind->syntax == SYNTAX_UINT &&
           new->kind->syntax == SYNTAX_INT &&
           value->kind == VALUE_INT && value->integer == -1;
}

/* A switch that was on and now is on wherever that is possible: another state
 * beside its two.  A number becomes that only where it was no more. */
static bool became_auto(const struct property *old, const struct value *was,
                        const struct property *new, const struct value *value)
{
    return value_is_switch(old->kind, was) && kind_is_on_off_auto(new->kind) &&
           value->kind == VALUE_STRING && !strcmp(value->string, "auto") &&
           was->kind != VALUE_UNEVALUATED && !value_is_zero(old->kind, was);
}

/* "Not given", on a device that boards make: they gave it something, and what
 * that was is not known. */
static bool was_for_boards(const struct qom_type *type,
                           const struct property *old,
                           const struct value *value)
{
    return !type->user_creatable && value_is_all_ones(old->kind, value);
}

/* Zero, "not given", where code says what that means; in TO, where it is one
 * number. */
static bool became_filled(const struct engine *engine,
                          const struct property *new,
                          const struct value *value, struct value *to)
{
    const struct check_bodies *bodies = engine->input->bodies;
    bool constant;
    uint64_t number;

    if (!bodies || !new->record || !new->field ||
        (value->kind != VALUE_INT && value->kind != VALUE_UINT) ||
        !value_is_zero(new->kind, value) ||
        !code_fills(bodies->head, new->record, new->field, &constant,
                    &number)) {
        return false;
    }
    *to = constant ? value_uint(number) : value_absent();
    return true;
}

static enum doubt doubt_about(enum same same, const struct qom_type *type,
                              const struct property *old,
                              const struct value *old_value,
                              const struct property *new,
                              const struct value *new_value)
{
    if (old_value->kind == VALUE_ABSENT || new_value->kind == VALUE_ABSENT ||
        was_for_boards(type, old, old_value) ||
        became_unset(old, new, new_value) ||
        became_auto(old, old_value, new, new_value)) {
        return DOUBT_MEANING;
    }
    return same == SAME_UNKNOWN ? DOUBT_VALUE : DOUBT_NONE;
}

static void examine_changed(struct subject *s)
{
    struct engine *engine = s->engine;
    const struct property *op = s->old.reach.property;
    const struct property *np = s->new.reach.property;
    bool default_differs =
        values_same(op, &s->old.start, np, &s->new.start) != SAME_YES;
    struct value filled;
    bool is_filled = default_differs &&
                     became_filled(engine, np, &s->new.start, &filled);

    foreach_pair(pair, s) {
        struct outcome old = track_outcome(&s->old, engine->old, pair->old);
        struct outcome new = track_outcome(&s->new, engine->new, pair->new);
        enum same same = is_filled && !new.entry
            ? values_same(op, &old.value, np, &filled)
            : values_same(op, &old.value, np, &new.value);

        /* A text that does not parse is compat-bad-value's.  What code
         * decides at run time may be what it was. */
        if (same == SAME_YES ||
            (same == SAME_UNKNOWN && (s->old.in_code || s->new.in_code)) ||
            (new.entry && new.value.kind == VALUE_UNEVALUATED) ||
            is_old_news(s, pair, &new.value)) {
            continue;
        }
        struct tuple t = tuple_of(s, pair);
        t.old_value = old.value;
        t.new_value = new.value;
        t.default_differs = default_differs;
        t.in_code = s->old.in_code || s->new.in_code;
        t.doubt = doubt_about(same, s->device->old, op, &old.value, np,
                              is_filled && !new.entry ? &filled : &new.value);
        t.cause = cause_of_change(s, pair, &old, &new, default_differs);
        t.late_fix = is_late_fix(s, &old, &t.cause);
        groups_add(engine, &t);
    }
}

/* What instance_init does after the default was set may undo it. */
static bool is_off_after_all(const struct subject *s,
                             const struct neutral *neutral,
                             const struct value *value)
{
    return neutral->verdict != NEUTRAL_KNOWN &&
           value_is_zero(s->new.reach.property->kind, value);
}

/* A new property without any entry: all released machine types see it. */
static void examine_unguarded(struct subject *s,
                              const struct neutral *neutral)
{
    struct engine *engine = s->engine;

    if (neutral->verdict == NEUTRAL_SAME ||
        neutral->verdict == NEUTRAL_HOST_SIDE) {
        return;
    }
    foreach_pair(pair, s) {
        struct outcome new = track_outcome(&s->new, engine->new, pair->new);
        struct tuple t = tuple_of(s, pair);

        if (new.entry || is_old_news(s, pair, &new.value) ||
            is_off_after_all(s, neutral, &new.value)) {
            continue;
        }
        t.old_value = value_absent();
        t.new_value = new.value;
        t.neutral = neutral;
        t.doubt = new.value.kind == VALUE_UNEVALUATED ? DOUBT_VALUE
                                                      : DOUBT_NONE;
        t.cause = classify_uncovered(engine, s->candidates, pair->new);
        groups_add(engine, &t);
    }
}

/* The entry is right for what a released mistake changed: the machine types
 * that it does reach leave what the last release gave them. */
static void examine_late_fix(struct subject *s,
                             const struct candidate *newest)
{
    struct engine *engine = s->engine;

    foreach_pair(pair, s) {
        struct outcome new = track_outcome(&s->new, engine->new, pair->new);
        struct tuple t = tuple_of(s, pair);

        if (!new.entry || is_old_news(s, pair, &new.value)) {
            continue;
        }
        t.old_value = value_absent();
        t.new_value = new.value;
        t.late_fix = true;
        t.cause = (struct cause){ CAUSE_EDITED, newest->ref.entry,
                                  newest->ref.array, false };
        groups_add(engine, &t);
    }
}

/* A new property that some entry holds: its value says what is neutral where
 * nothing better does. */
static void examine_guarded(struct subject *s, struct neutral *neutral,
                            const struct candidate *newest)
{
    struct engine *engine = s->engine;
    const struct property *property = s->new.reach.property;
    bool known = neutral->verdict == NEUTRAL_KNOWN;

    if (!known) {
        neutral->value = value_unevaluated(newest->ref.entry->value);
        value_parse(property->kind, newest->ref.entry->value,
                    &neutral->value);
    }
    foreach_pair(pair, s) {
        struct outcome new = track_outcome(&s->new, engine->new, pair->new);
        struct tuple t = tuple_of(s, pair);

        if ((new.entry && !known) ||
            values_same(property, &new.value, property,
                        &neutral->value) == SAME_YES ||
            is_old_news(s, pair, &new.value)) {
            continue;
        }
        t.old_value = value_absent();
        t.new_value = new.value;
        t.neutral = neutral;
        t.cause = new.entry
            ? (struct cause){ CAUSE_WRONG_VALUE, new.entry->ref.entry,
                              new.entry->ref.array, false }
            : classify_uncovered(engine, s->candidates, pair->new);
        groups_add(engine, &t);
    }
}

static void examine_new(struct subject *s)
{
    struct engine *engine = s->engine;
    const struct candidate *newest = classify_newest(s->candidates);
    struct neutral neutral = neutral_decide(engine->input->bodies,
                                            engine->old, engine->new,
                                            s->device->new, &s->new.reach);

    if (neutral.verdict == NEUTRAL_HOST_SIDE) {
        /* Neither an entry nor its absence matters. */
    } else if (!newest) {
        examine_unguarded(s, &neutral);
    } else if (compare_release(&newest->ref.array->version,
                               &engine->released_version) < 0 &&
               engine_is_repair(engine, &newest->ref.array->version)) {
        examine_late_fix(s, newest);
    } else {
        examine_guarded(s, &neutral, newest);
    }
    g_free(neutral.reason);
}

static enum field_fate fate_of_field(const struct subject *s)
{
    const struct property *property = s->old.reach.property;

    if (side_bound(s->engine->new, property)) {
        return FIELD_SHARED;
    }
    return property->bit < 0 && property->record && property->field &&
           side_has_field(s->engine->new, property->record, property->field)
           ? FIELD_UNWRITTEN : FIELD_GONE;
}

static void examine_removed(struct subject *s)
{
    struct engine *engine = s->engine;
    const struct property *property = s->old.reach.property;
    enum field_fate fate = fate_of_field(s);

    if (host_side_reason(s->old.reach.owner, property) ||
        side_may_hide(engine->new, s->device->new) ||
        side_has_gap(engine->new, property->loc.file)) {
        return;
    }
    foreach_pair(pair, s) {
        struct outcome old = track_outcome(&s->old, engine->old, pair->old);
        bool matters = fate != FIELD_GONE
            ? !value_is_zero(property->kind, &old.value)
            : old.entry && values_same(property, &old.value, property,
                                       &property->def) == SAME_NO;
        struct tuple t = tuple_of(s, pair);

        if (!matters || is_old_news(s, pair, NULL)) {
            continue;
        }
        t.old_value = old.value;
        t.new_value = value_absent();
        t.field = fate;
        t.cause = (struct cause){ CAUSE_REMOVED, NULL, NULL, false };
        groups_add(engine, &t);
    }
}

static bool binds_alike(const struct property *a, const struct property *b)
{
    return a->record && a->record == b->record && a->field == b->field &&
           a->bit == b->bit;
}

/* The name under which the other side has, and this side lacks, a property of
 * the same field: a rename.  NULL where there is none. */
static const char *find_renamed(struct side *from,
                                const struct qom_type *from_type,
                                struct side *to,
                                const struct qom_type *to_type,
                                const struct property *property)
{
    GHashTable *names = side_names(to, to_type);
    const char *found = NULL;
    GHashTableIter iter;
    gpointer name;

    if (!property->record || !property->field) {
        return NULL;
    }
    g_hash_table_iter_init(&iter, names);
    while (g_hash_table_iter_next(&iter, &name, NULL)) {
        struct reach reach;

        if (!g_hash_table_contains(side_names(from, from_type), name) &&
            reach_find(to->facts, to_type, name, &reach) &&
            binds_alike(reach.property, property) &&
            (!found || strcmp(name, found) < 0)) {
            found = name;
        }
    }
    return found;
}

/* An entry of the release sets it: QEMU would have aborted without it. */
static bool was_set(const struct subject *s)
{
    const struct engine *engine = s->engine;
    const GArray *refs = side_entries(engine->old, s->name);

    for (guint i = 0; refs && i < refs->len; i++) {
        const struct compat_entry *entry =
            g_array_index(refs, struct entry_ref, i).entry;

        if (!entry->optional && facts_type_is_a(engine->old->facts,
                                                s->device->old,
                                                entry->driver)) {
            return true;
        }
    }
    return false;
}

static bool new_may_be_old(const struct subject *s)
{
    const struct engine *engine = s->engine;

    return was_set(s) || side_may_hide(engine->old, s->device->old) ||
           side_has_gap(engine->old, s->new.reach.property->loc.file);
}

static void examine(struct engine *engine, const struct device_pair *device,
                    const char *name)
{
    g_auto(Subject) s = { 0 };
    const char *renamed;

    /* CPU models whose values a table tells are compared as such. */
    if (facts_cpu_table_tells(engine->new->facts, device->new->name, name)) {
        return;
    }
    subject_init(&s, engine, device, name, name);
    if (s.new.found && !s.old.found) {
        renamed = find_renamed(engine->new, device->new, engine->old,
                               device->old, s.new.reach.property);
        if (renamed) {
            subject_clear(&s);
            subject_init(&s, engine, device, renamed, name);
        }
    }
    if (s.new.found) {
        s.candidates = classify_candidates(engine, &s.new, s.old.found);
    }
    if (s.old.found && s.new.found) {
        examine_changed(&s);
    } else if (s.new.found && !new_may_be_old(&s)) {
        examine_new(&s);
    } else if (s.old.found &&
               !find_renamed(engine->old, device->old, engine->new,
                             device->new, s.old.reach.property)) {
        examine_removed(&s);
    }
}

void engine_find_breaks(struct engine *engine)
{
    const GPtrArray *types = engine->new->facts->types;

    for (guint i = 0; i < types->len; i++) {
        struct device_pair device;
        g_autoptr(GPtrArray) names = NULL;

        if (!engine_find_device(engine, g_ptr_array_index(types, i),
                                &device)) {
            continue;
        }
        names = engine_candidates(engine, &device);
        for (guint j = 0; j < names->len; j++) {
            examine(engine, &device, g_ptr_array_index(names, j));
        }
    }
    groups_finish(engine);
}
