/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * New entries that name one variant of a device and leave its siblings with
 * another value: virtio-x-pci without virtio-x-pci-transitional.
 */
#include <string.h>

#include "base/borrow.h"
#include "check/compare.h"
#include "check/engine.h"
#include "model/cpus.h"

/* Types of one state struct are variants of one device, unless everybody
 * shares it, as all CPU models do. */
#define MOST_SIBLINGS 8

static const char *state_struct(const struct facts *facts,
                                const struct qom_type *type)
{
    for (int depth = 0; type && depth < 64; depth++) {
        if (type->instance_struct) {
            return type->instance_struct;
        }
        type = facts_parent(facts, type);
    }
    return NULL;
}

static GPtrArray *siblings(const struct engine *engine,
                           const struct qom_type *type)
{
    const struct facts *head = engine->new->facts;
    const char *wanted = state_struct(head, type);
    GPtrArray *out = g_ptr_array_new();

    for (guint i = 0; wanted && i < head->types->len; i++) {
        const struct qom_type *other = facts_type_at(head, i);

        if (other != type && !other->abstract &&
            state_struct(head, other) == wanted) {
            g_ptr_array_add(out, borrow(other));
        }
    }
    if (out->len >= MOST_SIBLINGS) {
        g_ptr_array_set_size(out, 0);
    }
    return out;
}

/* Whether a machine type of ARRAY's version was released with TYPE. */
static enum check_past was_released(const struct engine *engine,
                                    const struct qom_type *type,
                                    const struct compat_array *array)
{
    const struct check_input *input = engine->input;

    if (engine->old) {
        return facts_type(engine->old->facts, type->name, type->targets)
               ? PAST_HAD : PAST_LACKED;
    }
    return input->past ? input->past(input->opaque, type->name,
                                     &array->version)
                       : PAST_UNKNOWN;
}

/* Whether the entry that decides for DRIVER leaves SIBLING with another value
 * on some machine type. */
static bool leaves_behind(const struct engine *engine,
                          const struct compat_entry *entry,
                          const struct track *driver,
                          const struct track *sibling)
{
    const GPtrArray *machines = engine->new->facts->machines;

    for (guint i = 0; i < machines->len; i++) {
        const struct machine *machine = g_ptr_array_index(machines, i);
        struct outcome mine = track_outcome(driver, engine->new, i);
        struct outcome theirs;

        if (!mine.entry || mine.entry->ref.entry != entry ||
            !facts_machine_has(engine->new->facts, machine,
                               sibling->reach.level[0].type)) {
            continue;
        }
        theirs = track_outcome(sibling, engine->new, i);
        /* No value at all is another value than the one written. */
        if (values_same(driver->reach.property, &mine.value,
                        sibling->reach.property,
                        &theirs.value) != SAME_YES) {
            return true;
        }
    }
    return false;
}

/* Code of its own gives one of two variants another value than the other:
 * what one needs says nothing about the other. */
static bool start_apart(const struct side *side, const struct qom_type *a,
                        const struct qom_type *b, const char *name)
{
    g_auto(Track) x = { 0 }, y = { 0 };

    if (!side) {
        return false;
    }
    track_init(&x, side, facts_type(side->facts, a->name, a->targets), name);
    track_init(&y, side, facts_type(side->facts, b->name, b->targets), name);
    return x.found && y.found && (x.in_code || y.in_code) &&
           values_same(x.reach.property, &x.start, y.reach.property,
                       &y.start) != SAME_YES;
}

static void judge(struct engine *engine, const struct compat_array *array,
                  const struct compat_entry *entry,
                  const struct qom_type *driver)
{
    g_autoptr(GPtrArray) others = siblings(engine, driver);
    struct entry_issue *issue = NULL;
    g_auto(Track) mine = { 0 };

    if (facts_cpu_table_tells(engine->new->facts, driver->name,
                              entry->property)) {
        return;
    }
    track_init(&mine, engine->new, driver, entry->property);
    for (guint i = 0; mine.found && i < others->len; i++) {
        const struct qom_type *other = g_ptr_array_index(others, i);
        g_auto(Track) theirs = { 0 };
        enum check_past past;

        track_init(&theirs, engine->new, other, entry->property);
        if (!theirs.found ||
            theirs.reach.property != mine.reach.property ||
            start_apart(engine->new, driver, other, entry->property) ||
            start_apart(engine->old, driver, other, entry->property) ||
            !leaves_behind(engine, entry, &mine, &theirs)) {
            continue;
        }
        past = was_released(engine, other, array);
        if (past == PAST_LACKED) {
            continue;
        }
        if (!issue) {
            issue = engine_add_issue(engine, ENTRY_NARROW_DRIVER, array,
                                     entry);
            issue->property = mine.reach.property;
            issue->owner = mine.reach.owner;
        }
        issue->uncertain |= past == PAST_UNKNOWN;
        g_ptr_array_add(issue->devices, borrow(other));
    }
}

void engine_find_narrow_entries(struct engine *engine)
{
    const GPtrArray *arrays = engine->new->facts->arrays;

    for (guint i = 0; i < arrays->len; i++) {
        const struct compat_array *array = g_ptr_array_index(arrays, i);

        for (guint k = 0; array->has_version &&
                          k < array->entries->len; k++) {
            const struct compat_entry *entry =
                g_ptr_array_index(array->entries, k);
            const struct qom_type *driver = entry->driver
                ? facts_type(engine->new->facts, entry->driver, 0) : NULL;

            if (driver && !driver->abstract && entry->property &&
                entry->value && engine_entry_is_new(engine, array, entry)) {
                judge(engine, array, entry, driver);
            }
        }
    }
}
