/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a guest sees of released devices on released machine types, as their
 * code makes it with the values that properties and classes have there.
 */
#include <stdlib.h>
#include <string.h>

#include "base/borrow.h"
#include "check/bodies.h"
#include "check/engine.h"
#include "check/guest-changes.h"
#include "check/guest-options.h"
#include "check/guest-settings.h"
#include "check/needed.h"
#include "check/stable.h"
#include "model/effective.h"

static void outcome_free(gpointer data)
{
    struct guest_outcome *outcome = data;

    g_clear_pointer(&outcome->found, g_ptr_array_unref);
    g_ptr_array_unref(outcome->on);
    g_free(outcome);
}

static bool same_answer(const struct guest_code *v, const char *asked,
                        const struct machine *a, const struct machine *b)
{
    g_auto(GStrv) parts = g_strsplit(asked, "\n", 2);
    struct valuation x = { .facts = v->side->facts, .machine = a,
                           .type = v->type };
    struct valuation y = { .facts = v->side->facts, .machine = b,
                           .type = v->type };
    struct bits p, q;

    valuation_field(&x, parts[0], parts[1], &p);
    valuation_field(&y, parts[0], parts[1], &q);
    return p.known == q.known && p.value == q.value;
}

static bool same_values(const struct guest_device *d,
                        const struct guest_outcome *outcome)
{
    GHashTableIter iter;
    gpointer asked;

    g_hash_table_iter_init(&iter, d->asked);
    while (g_hash_table_iter_next(&iter, &asked, NULL)) {
        for (guint i = 0; i < d->n; i++) {
            if (!same_answer(&d->versions[i], asked, outcome->machines[i],
                             d->versions[i].machine)) {
                return false;
            }
        }
    }
    return true;
}

static bool is_known_already(const GPtrArray *before,
                             const struct guest_found *found)
{
    for (guint i = 0; i < before->len; i++) {
        const struct guest_found *other = g_ptr_array_index(before, i);

        if (other->state.aspect == found->state.aspect &&
            other->state.name == found->state.name &&
            other->state.new_value == found->state.new_value) {
            return true;
        }
    }
    return false;
}

static void subtract(GPtrArray *found, const GPtrArray *before)
{
    for (guint i = found->len; i-- > 0;) {
        if (is_known_already(before, g_ptr_array_index(found, i))) {
            g_ptr_array_remove_index(found, i);
        }
    }
}

static bool has_found(const GPtrArray *list, const struct guest_found *found)
{
    for (guint i = 0; i < list->len; i++) {
        const struct guest_found *other = g_ptr_array_index(list, i);

        if (!memcmp(&other->state, &found->state, sizeof(found->state))) {
            return true;
        }
    }
    return false;
}

/* Walks with GATE set to VALUE: what is no longer found has its gate. */
static void try_gate(struct guest_device *d, const struct effects *old,
                     const struct property *gate, uint64_t value,
                     GPtrArray *found)
{
    bool one = d->engine->input->machine != NULL;
    const struct valuation more = {
        .option = d->option,
        .override = gate, .value = { value, UINT64_MAX }, .current = one,
    };
    g_autoptr(Effects) new = guest_walk(&d->versions[NEW],
                                        &d->versions[OLD], &more);
    g_autoptr(GPtrArray) still = guest_compare(old, new);

    for (guint i = found->len; i-- > 0;) {
        struct guest_found *at = g_ptr_array_index(found, i);

        if (at->gate || has_found(still, at)) {
            continue;
        }
        if (one) {
            at->gate = gate;
            at->gate_value = value;
        } else {
            g_ptr_array_remove_index(found, i);
        }
    }
}

/* What is as released under some value of a new property has its gate: if
 * the value is wrong, that is for others to say.  On one machine type the
 * difference counts, and the gate says how to undo it. */
static void judge_gated(struct guest_device *d, const struct effects *old,
                        GPtrArray *found)
{
    GHashTableIter iter;
    gpointer gate;

    g_hash_table_iter_init(&iter, d->gates);
    while (found->len && g_hash_table_iter_next(&iter, &gate, NULL)) {
        for (uint64_t value = 0; value < guest_tries(gate); value++) {
            try_gate(d, old, gate, value, found);
        }
    }
}

/* The number of the feature that FOUND is about. */
static int feature_of(const struct guest_found *found)
{
    const char *digits = strpbrk(found->state.name, "0123456789");

    return digits ? atoi(digits) : -1;
}

/* The property of the device that switches FEATURE, or NULL. */
static const struct property *find_switch(const struct guest_code *v,
                                          int feature)
{
    for (const struct qom_type *type = v->type; type;
         type = facts_parent(v->side->facts, type)) {
        for (guint i = 0; i < type->properties->len; i++) {
            const struct property *property =
                g_ptr_array_index(type->properties, i);

            if (property->bit == feature && property->field &&
                g_str_has_suffix(property->field, "features")) {
                return property;
            }
        }
    }
    return NULL;
}

static bool is_switched_on(const struct guest_code *v, int feature)
{
    const struct property *property = find_switch(v, feature);
    struct effective effective;

    return property &&
           effective_value(v->side->facts, v->machine, v->type,
                           property->name, &effective) &&
           effective.value.kind == VALUE_BOOL && effective.value.boolean;
}

/* Whether the function that offers features was followed. */
static bool offers(const struct guest_code *v)
{
    return g_hash_table_size(v->get_features) > 0;
}

/* A feature that is gone from other code may still be offered where nobody
 * looked. */
static bool is_gone_elsewhere(const struct guest_device *d,
                              const struct guest_found *found)
{
    return found->state.aspect == GUEST_FEATURE && !found->state.new_value &&
           !(offers(&d->versions[OLD]) && offers(&d->versions[NEW]));
}

/* A feature that is no longer added one by one comes with the word of bits
 * that properties set: what they are worth is for others to compare.  One that
 * a property had on anyway is no news when code adds it. */
static bool is_of_switch(const struct guest_device *d,
                         const struct guest_found *found)
{
    int feature = feature_of(found);

    return found->state.aspect == GUEST_FEATURE &&
           (found->state.new_value
            ? !found->state.old_value &&
              g_str_has_prefix(found->state.new_value, "on") &&
              is_switched_on(&d->versions[OLD], feature)
            : find_switch(&d->versions[NEW], feature) != NULL);
}

static void remove_switched(const struct guest_device *d, GPtrArray *found)
{
    for (guint i = found->len; i-- > 0;) {
        const struct guest_found *at = g_ptr_array_index(found, i);

        if (is_of_switch(d, at) || is_gone_elsewhere(d, at)) {
            g_ptr_array_remove_index(found, i);
        }
    }
}

/* One that is added all the same goes around its property. */
static void name_switches(const struct guest_device *d, GPtrArray *found)
{
    for (guint i = 0; i < found->len; i++) {
        struct guest_found *at = g_ptr_array_index(found, i);

        if (at->state.aspect == GUEST_FEATURE) {
            at->state.switched_by = find_switch(&d->versions[NEW],
                                                feature_of(at));
        }
    }
}

static bool has_settings(const GPtrArray *found)
{
    for (guint i = 0; i < found->len; i++) {
        const struct guest_found *at = g_ptr_array_index(found, i);

        if (at->state.aspect == GUEST_SETTING) {
            return true;
        }
    }
    return false;
}

static void keep_settings(GPtrArray *found)
{
    for (guint i = found->len; i-- > 0;) {
        const struct guest_found *at = g_ptr_array_index(found, i);

        if (at->state.aspect != GUEST_SETTING) {
            g_ptr_array_remove_index(found, i);
        }
    }
}

/* BARs, and what says where in them the MSI-X tables are. */
static void keep_bars(GPtrArray *found)
{
    for (guint i = found->len; i-- > 0;) {
        const struct guest_found *at = g_ptr_array_index(found, i);

        if (at->state.aspect != GUEST_BAR &&
            !g_str_has_prefix(at->state.name, "msix_")) {
            g_ptr_array_remove_index(found, i);
        }
    }
}

static GPtrArray *compare_walks(struct guest_device *d,
                                struct effects *const *effects, guint side)
{
    GPtrArray *found = guest_compare(effects[OLD], effects[side]);

    if (d->settings_only) {
        keep_settings(found);
    }
    return found;
}

/* d->option counts.  *ret_own: whether the answer is for this machine type alone. */
static GPtrArray *examine(struct guest_device *d, bool *ret_own)
{
    struct effects *effects[N_VERSIONS] = { NULL };
    bool exhausted = false;
    GPtrArray *found = NULL;

    for (guint i = 0; i < d->n; i++) {
        const struct valuation more = {
            .asked = d->asked, .gates = i == NEW ? d->gates : NULL,
            .current = d->engine->input->machine != NULL,
            .option = d->option,
        };

        effects[i] = guest_walk(&d->versions[i], i ? &d->versions[OLD] : NULL,
                                &more);
        exhausted |= effects[i]->exhausted;
    }
    if (!exhausted) {
        found = compare_walks(d, effects, NEW);
        *ret_own = has_settings(found);
        remove_switched(d, found);
        judge_gated(d, effects[OLD], found);
        guest_judge_settings(&d->versions[OLD], &d->versions[NEW], found);
        if (d->n > BASE) {
            g_autoptr(GPtrArray) before = compare_walks(d, effects, BASE);

            guest_judge_settings(&d->versions[OLD], &d->versions[BASE],
                                 before);
            subtract(found, before);
        }
        if (d->bars_only) {
            keep_bars(found);
        }
        name_switches(d, found);
    }
    if (!d->option) {
        guest_find_hidden(d, effects[NEW]);
    }
    for (guint i = 0; i < d->n; i++) {
        effects_free(effects[i]);
    }
    return found;
}

static void examine_option(struct guest_device *d,
                           const struct property *option, GPtrArray *found)
{
    g_autoptr(GPtrArray) more = NULL;
    bool own;

    d->option = option;
    more = examine(d, &own);
    d->option = NULL;
    for (guint i = 0; more && i < more->len; i++) {
        struct guest_found *at = g_ptr_array_index(more, i);

        if (at->state.aspect != GUEST_SETTING && !has_found(found, at)) {
            at = g_memdup2(at, sizeof(*at));
            at->option = option;
            g_ptr_array_add(found, at);
        }
    }
}

/* What only those see who asked for it is part of their machine as well. */
static void examine_options(struct guest_device *d, GPtrArray *found)
{
    for (const struct qom_type *type = d->versions[NEW].type;
         type && d->hidden->len;
         type = facts_parent(d->versions[NEW].side->facts, type)) {
        for (guint i = 0; i < type->properties->len; i++) {
            const struct property *property =
                g_ptr_array_index(type->properties, i);

            if (guest_option_matters(d, property)) {
                examine_option(d, property, found);
            }
        }
    }
}

static void examine_machine(struct guest_device *d,
                            const struct machine_pair *pair)
{
    const struct machine *machines[N_VERSIONS] = {
        g_ptr_array_index(d->versions[OLD].side->facts->machines, pair->old),
        engine_machine(d->engine, pair), NULL,
    };
    struct guest_outcome *outcome;

    if (d->n > BASE) {
        if (pair->base < 0) {
            return;
        }
        machines[BASE] = g_ptr_array_index(
            d->versions[BASE].side->facts->machines, (guint)pair->base);
    }
    for (guint i = 0; i < d->n; i++) {
        d->versions[i].machine = machines[i];
    }
    for (guint i = 0; i < d->seen->len; i++) {
        outcome = g_ptr_array_index(d->seen, i);
        if (!outcome->own && same_values(d, outcome)) {
            g_ptr_array_add(outcome->on, borrow(machines[NEW]));
            return;
        }
    }
    outcome = g_new0(struct guest_outcome, 1);
    memcpy(outcome->machines, machines, sizeof(machines));
    outcome->on = g_ptr_array_new();
    g_ptr_array_add(outcome->on, borrow(machines[NEW]));
    outcome->found = examine(d, &outcome->own);
    if (outcome->found && !d->settings_only && !d->engine->input->machine) {
        examine_options(d, outcome->found);
    }
    g_ptr_array_add(d->seen, outcome);
}

/* --- Devices, all of them ----------------------------------------------------- */

static bool same_ids(const struct guest_device *d)
{
    struct effects_seed a[MAX_SEEDS], b[MAX_SEEDS];
    unsigned n = guest_seeds(&d->versions[OLD], a);

    memset(a + n, 0, sizeof(*a) * (MAX_SEEDS - n));
    if (guest_seeds(&d->versions[NEW], b) != n) {
        return false;
    }
    for (unsigned i = 0; i < n; i++) {
        if (a[i].offset != b[i].offset || a[i].value != b[i].value ||
            a[i].known != b[i].known) {
            return false;
        }
    }
    return true;
}

static void examine_device(struct guest_device *d, GHashTable *changes)
{
    const struct check_bodies *bodies = d->engine->input->bodies;
    const struct facts *head = d->engine->new->facts;

    for (guint i = 0; bodies && i < d->n; i++) {
        guest_add_code(&d->versions[i], bodies, &d->versions[NEW]);
    }
    d->settings_only = !guest_shows(&d->versions[NEW]) &&
                       !guest_shows(&d->versions[OLD]) && same_ids(d);
    if (d->settings_only && !guest_sets(&d->versions[NEW]) &&
        !guest_sets(&d->versions[OLD])) {
        return;
    }
    for (guint i = 0; i < d->engine->pairs->len; i++) {
        const struct machine_pair *pair = &g_array_index(
            d->engine->pairs, struct machine_pair, i);

        if (facts_machine_has(head, engine_machine(d->engine, pair),
                              d->versions[NEW].type)) {
            examine_machine(d, pair);
        }
    }
    guest_add_changes(d, changes);
}

static struct guest_device device_new(struct engine *engine,
                                      const struct device_pair *pair)
{
    const struct check_bodies *bodies = engine->input->bodies;

    return (struct guest_device) {
        .engine = engine, .n = engine->base && pair->base ? 3 : 2,
        .versions = {
            [OLD] = guest_code_of(bodies ? bodies->released : NULL,
                                  engine->old, pair->old),
            [NEW] = guest_code_of(bodies ? bodies->head : NULL, engine->new,
                                  pair->new),
            [BASE] = guest_code_of(bodies ? bodies->base : NULL,
                                   engine->base, pair->base),
        },
        .asked = g_hash_table_new(NULL, NULL),
        .gates = g_hash_table_new(NULL, NULL),
        .seen = g_ptr_array_new_with_free_func(outcome_free),
        .hidden = g_ptr_array_new(),
    };
}

static void device_clear(struct guest_device *d)
{
    for (guint i = 0; i < N_VERSIONS; i++) {
        guest_code_clear(&d->versions[i]);
    }
    g_hash_table_unref(d->asked);
    g_hash_table_unref(d->gates);
    g_ptr_array_unref(d->seen);
    g_ptr_array_unref(d->hidden);
}

static void compare_device(struct engine *engine,
                           const struct device_pair *pair,
                           GHashTable *changes)
{
    struct guest_device d = device_new(engine, pair);

    d.bars_only = !device_is_stable(engine->new, pair->new);
    examine_device(&d, changes);
    device_clear(&d);
}

/* --- Machines: what they set on the devices that they make ---------------- */

static const struct qom_type *machine_type(const struct side *side,
                                           guint machine_no)
{
    const struct machine *machine =
        g_ptr_array_index(side->facts->machines, machine_no);

    return facts_type(side->facts, machine->type, machine->targets);
}

static void compare_machine(struct engine *engine,
                            const struct machine_pair *machines,
                            GHashTable *changes)
{
    const struct device_pair pair = {
        .old = machine_type(engine->old, machines->old),
        .new = machine_type(engine->new, machines->new),
        .base = engine->base && machines->base >= 0
            ? machine_type(engine->base, (guint)machines->base) : NULL,
    };

    if (!pair.old || !pair.new || (engine->base && !pair.base)) {
        return;
    }
    struct guest_device d = device_new(engine, &pair);

    d.settings_only = true;
    for (guint i = 0; i < d.n; i++) {
        guest_add_code(&d.versions[i], engine->input->bodies,
                       &d.versions[NEW]);
    }
    if (guest_sets(&d.versions[NEW]) || guest_sets(&d.versions[OLD])) {
        examine_machine(&d, machines);
        guest_add_changes(&d, changes);
    }
    device_clear(&d);
}

void engine_find_guest_changes(struct engine *engine)
{
    g_autoptr(GHashTable) changes = g_hash_table_new_full(
        g_str_hash, g_str_equal, g_free, NULL);
    const struct facts *head = engine->new->facts;

    for (guint i = 0; i < head->types->len; i++) {
        const struct qom_type *type = facts_type_at(head, i);
        struct device_pair pair;

        if (engine_find_device(engine, type, &pair) &&
            (device_is_stable(engine->new, type) ||
             (device_keeps_shape(engine->new, type) &&
              device_keeps_shape(engine->old, pair.old)))) {
            compare_device(engine, &pair, changes);
        }
    }
    for (guint i = 0; engine->input->bodies && i < engine->pairs->len; i++) {
        compare_machine(engine, &g_array_index(engine->pairs,
                                               struct machine_pair, i),
                        changes);
    }
    guest_cancel_moves(engine);
    guest_cancel_options(engine);
    for (guint i = 0; i < engine->changes.guests->len; i++) {
        struct guest_change *change =
            g_ptr_array_index(engine->changes.guests, i);

        change->needed_array = needed_array(
            head, &engine->released_version, change->machines,
            &change->needed);
    }
}
