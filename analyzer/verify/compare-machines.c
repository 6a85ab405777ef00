/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "verify/compare-internal.h"

/* "virtio-mem.unplugged-inaccessible=off", or NULL. */
static const char *entry_text(const struct compat_entry *entry)
{
    if (!entry) {
        return NULL;
    }
    g_autofree char *text = g_strdup_printf("%s.%s=%s", entry->driver,
                                            entry->property, entry->value);
    return g_intern_string(text);
}

/* The entries that the facts say MACHINE applies, in order. */
static GPtrArray *entries_of(const struct machine *machine)
{
    GPtrArray *entries = g_ptr_array_new();

    for (guint i = 0; i < machine->compat->len; i++) {
        const struct compat_array *array = machine->compat->pdata[i];
        for (guint k = 0; k < array->entries->len; k++) {
            g_ptr_array_add(entries, array->entries->pdata[k]);
        }
    }
    return entries;
}

static void compare_chain(struct comparing *comparing,
                          const struct answer_machine *theirs,
                          const struct machine *ours)
{
    g_autoptr(GPtrArray) entries = entries_of(ours);
    guint n = MAX(entries->len, theirs->compat->len);

    comparing->result->n_chains++;
    for (guint i = 0; i < n; i++) {
        const struct compat_entry *mine =
            i < entries->len ? entries->pdata[i] : NULL;
        const struct compat_entry *other =
            i < theirs->compat->len ? theirs->compat->pdata[i] : NULL;
        const struct difference found = {
            .kind = DIFFERENCE_COMPAT,
            .subject = ours->family,
            .ours = entry_text(mine),
            .theirs = entry_text(other),
            .loc = mine ? mine->loc : ours->loc,
        };
        if (found.ours != found.theirs) {
            add_difference(comparing, &found, theirs->name);
            return;
        }
    }
}

static void compare_machine(struct comparing *comparing,
                            const struct answer_machine *theirs,
                            const struct machine *ours)
{
    struct difference found = {
        .subject = theirs->name,
        .loc = ours->loc,
    };

    if (theirs->alias != ours->alias) {
        found.kind = DIFFERENCE_MACHINE_ALIAS;
        found.ours = ours->alias;
        found.theirs = theirs->alias;
        add_difference(comparing, &found, theirs->name);
    }
    if (theirs->deprecated != ours->deprecated) {
        found.kind = DIFFERENCE_MACHINE_DEPRECATED;
        found.subject = ours->family ? ours->family : theirs->name;
        found.ours = ours->deprecated ? "deprecated" : "not deprecated";
        found.theirs = theirs->deprecated ? "deprecated" : "not deprecated";
        add_difference(comparing, &found, theirs->name);
    }
    if (theirs->compat) {
        compare_chain(comparing, theirs, ours);
    }
}

/* A binary has a family or has it not: one version alone cannot be left
 * out by its configuration. */
static bool has_family(const struct comparing *comparing,
                       const struct machine *machine)
{
    const struct facts *facts = comparing->facts;

    for (guint i = 0; i < facts->machines->len; i++) {
        const struct machine *other = facts->machines->pdata[i];
        if (other->versioned && other->family == machine->family &&
            targets_meet(other->targets, comparing->target) &&
            answers_machine(comparing->answers, other->name)) {
            return true;
        }
    }
    return false;
}

static void find_extra(struct comparing *comparing)
{
    const struct facts *facts = comparing->facts;

    for (guint i = 0; i < facts->machines->len; i++) {
        const struct machine *machine = facts->machines->pdata[i];
        if (!machine->versioned ||
            !targets_meet(machine->targets, comparing->target) ||
            answers_machine(comparing->answers, machine->name) ||
            !has_family(comparing, machine)) {
            continue;
        }
        const struct difference found = {
            .kind = DIFFERENCE_MACHINE_EXTRA,
            .subject = machine->name,
            .ours = machine->type,
            .loc = machine->loc,
        };
        add_difference(comparing, &found, machine->name);
    }
}

/* It is what every QEMU has for questions like ours, and no machine. */
static bool is_none(const char *name)
{
    return g_str_equal(name, "none");
}

void compare_machines(struct comparing *comparing)
{
    const GPtrArray *machines = comparing->answers->machines;

    for (guint i = 0; i < machines->len; i++) {
        const struct answer_machine *theirs = machines->pdata[i];
        const struct machine *ours =
            facts_machine(comparing->facts, theirs->name, comparing->target);
        if (is_none(theirs->name)) {
            continue;
        }
        comparing->result->n_machines++;
        if (ours) {
            compare_machine(comparing, theirs, ours);
            continue;
        }
        const struct difference found = {
            .kind = DIFFERENCE_MACHINE_MISSING,
            .subject = theirs->name,
        };
        add_difference(comparing, &found, theirs->name);
    }
    find_extra(comparing);
}
