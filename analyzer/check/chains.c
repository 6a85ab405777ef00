/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The lists of arrays that machine types apply: newer arrays first, none
 * older than the machine type, and everything that the next newer machine
 * type of the family applies.
 */
#include "base/borrow.h"
#include "check/engine.h"
#include "check/needed.h"

typedef const struct compat_array *find_fault(const struct facts *facts,
                                              const struct machine *machine,
                                              const struct machine **ret);

static const struct compat_array *array_at(const struct machine *machine,
                                           guint i)
{
    return g_ptr_array_index(machine->compat, i);
}

static bool applies(const struct machine *machine, const char *id)
{
    for (guint i = 0; i < machine->compat->len; i++) {
        if (array_at(machine, i)->id == id) {
            return true;
        }
    }
    return false;
}

static const struct compat_array *too_old(const struct facts *facts,
                                          const struct machine *machine,
                                          const struct machine **ret)
{
    for (guint i = 0; i < machine->compat->len; i++) {
        const struct compat_array *array = array_at(machine, i);

        if (array->has_version &&
            compare_release(&array->version, &machine->version) < 0) {
            return array;
        }
    }
    return NULL;
}

static const struct compat_array *out_of_order(const struct facts *facts,
                                               const struct machine *machine,
                                               const struct machine **ret)
{
    const struct compat_array *last = NULL;

    for (guint i = 0; i < machine->compat->len; i++) {
        const struct compat_array *array = array_at(machine, i);

        if (!array->has_version) {
            continue;
        }
        if (last && version_compare(&array->version, &last->version) > 0) {
            return array;
        }
        last = array;
    }
    return NULL;
}

static bool is_newer_sibling(const struct machine *other,
                             const struct machine *machine)
{
    return other->versioned && other->family == machine->family &&
           other->targets == machine->targets &&
           version_compare(&other->version, &machine->version) > 0;
}

/* The machine type of the family that follows MACHINE, NULL: it is the
 * newest. */
static const struct machine *next_newer(const struct facts *facts,
                                        const struct machine *machine)
{
    const struct machine *next = NULL;

    for (guint i = 0; i < facts->machines->len; i++) {
        const struct machine *other = g_ptr_array_index(facts->machines, i);

        if (is_newer_sibling(other, machine) &&
            (!next ||
             version_compare(&other->version, &next->version) < 0)) {
            next = other;
        }
    }
    return next;
}

/* Whether the family of MACHINE has gone past VERSION. */
static bool family_is_past(const struct facts *facts,
                           const struct machine *machine,
                           const struct version *version)
{
    for (guint i = 0; i < facts->machines->len; i++) {
        const struct machine *other = g_ptr_array_index(facts->machines, i);

        if (is_newer_sibling(other, machine) &&
            compare_release(&other->version, version) > 0) {
            return true;
        }
    }
    return false;
}

/* A versioned machine type that applies ARRAY, preferably one of its own
 * version. */
static const struct machine *some_applier(const struct facts *facts,
                                          const struct compat_array *array)
{
    const struct machine *found = NULL;

    for (guint i = 0; i < facts->machines->len; i++) {
        const struct machine *machine = g_ptr_array_index(facts->machines, i);

        if (machine->versioned && applies(machine, array->id) &&
            (!found || same_release(&machine->version, &array->version))) {
            found = machine;
        }
    }
    return found;
}

/* Whether ARRAY is a generic one that MACHINE, having siblings newer than the
 * array, would have to apply where other families do. */
static bool owes_generic(const struct facts *facts,
                         const struct machine *machine,
                         const struct compat_array *array)
{
    return array_is_generic(array) &&
           compare_release(&array->version, &machine->version) >= 0 &&
           !applies(machine, array->id) &&
           family_is_past(facts, machine, &array->version);
}

/* Whether a newer machine type of the family applies ARRAY, and MACHINE does
 * not: each applies what the next newer one does. */
static bool owes_as_sibling(const struct facts *facts,
                            const struct machine *machine,
                            const struct compat_array *array)
{
    for (guint i = 0; i < facts->machines->len; i++) {
        const struct machine *other = g_ptr_array_index(facts->machines, i);

        if (is_newer_sibling(other, machine) && applies(other, array->id)) {
            return array->has_version && !applies(machine, array->id);
        }
    }
    return false;
}

bool engine_owes(const struct facts *facts, const struct machine *machine,
                 const struct compat_array *array)
{
    return (owes_generic(facts, machine, array) &&
            some_applier(facts, array)) ||
           owes_as_sibling(facts, machine, array);
}

static const struct compat_array *missing_generic(
    const struct facts *facts, const struct machine *machine,
    const struct machine **ret)
{
    for (guint i = 0; i < facts->arrays->len; i++) {
        const struct compat_array *array = g_ptr_array_index(facts->arrays, i);

        if (!owes_generic(facts, machine, array)) {
            continue;
        }
        *ret = some_applier(facts, array);
        if (*ret) {
            return array;
        }
    }
    return NULL;
}

static const struct compat_array *missing(const struct facts *facts,
                                          const struct machine *machine,
                                          const struct machine **ret)
{
    const struct machine *next = next_newer(facts, machine);
    const struct compat_array *array = missing_generic(facts, machine, ret);

    if (array) {
        return array;
    }
    for (guint i = 0; next && i < next->compat->len; i++) {
        array = array_at(next, i);
        if (array->has_version && !applies(machine, array->id)) {
            *ret = next;
            return array;
        }
    }
    return NULL;
}

static find_fault *const faults[] = {
    [CHAIN_TOO_OLD] = too_old,
    [CHAIN_ORDER] = out_of_order,
    [CHAIN_MISSING] = missing,
};

/* Whether the revision before the change had the same fault. */
static bool is_old_news(const struct engine *engine,
                        const struct machine *machine,
                        enum chain_issue_kind kind,
                        const struct compat_array *array)
{
    const struct machine *before, *other;
    const struct compat_array *then;

    if (!engine->prior) {
        return false;
    }
    before = facts_machine(engine->prior->facts, machine->name,
                           machine->targets);
    then = before ? faults[kind](engine->prior->facts, before, &other) : NULL;
    return then && then->id == array->id;
}

static struct chain_issue *find_issue(struct engine *engine,
                                      enum chain_issue_kind kind,
                                      const char *family,
                                      const struct compat_array *array)
{
    GPtrArray *chains = engine->changes.chains;
    struct chain_issue *issue;

    for (guint i = 0; i < chains->len; i++) {
        issue = g_ptr_array_index(chains, i);
        if (issue->kind == kind && issue->family == family &&
            issue->array == array) {
            return issue;
        }
    }
    issue = g_new0(struct chain_issue, 1);
    issue->kind = kind;
    issue->family = family;
    issue->array = array;
    issue->machines = g_ptr_array_new();
    g_ptr_array_add(chains, issue);
    return issue;
}

static void judge(struct engine *engine, const struct machine *machine,
                  enum chain_issue_kind kind)
{
    const struct machine *other = NULL;
    const struct compat_array *array =
        faults[kind](engine->new->facts, machine, &other);
    struct chain_issue *issue;

    if (!array || is_old_news(engine, machine, kind, array)) {
        return;
    }
    issue = find_issue(engine, kind, machine->family, array);
    issue->other = other;
    g_ptr_array_add(issue->machines, borrow(machine));
}

void engine_find_chain_issues(struct engine *engine)
{
    const GPtrArray *machines = engine->new->facts->machines;

    for (guint i = 0; i < machines->len; i++) {
        const struct machine *machine = g_ptr_array_index(machines, i);

        for (guint kind = 0; machine->versioned &&
                             kind < G_N_ELEMENTS(faults); kind++) {
            judge(engine, machine, kind);
        }
    }
}
