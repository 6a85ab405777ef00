/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "report/ranges.h"

#include <string.h>

static void range_free(void *data)
{
    struct value_range *range = data;

    g_ptr_array_unref(range->machines);
    g_free(range);
}

/* By family, its newest first; arm and m68k both have a family "virt". */
static int by_family(const void *p, const void *q)
{
    const struct machine *a = *(const struct machine *const *)p;
    const struct machine *b = *(const struct machine *const *)q;
    int order = g_strcmp0(a->family, b->family);

    order = order ? order : (a->targets > b->targets) -
                            (a->targets < b->targets);
    order = order ? order : version_compare(&b->version, &a->version);
    return order ? order : strcmp(a->name, b->name);
}

static GPtrArray *versioned_machines(const struct facts *facts,
                                     const struct qom_type *type)
{
    GPtrArray *machines = g_ptr_array_new();

    for (guint i = 0; i < facts->machines->len; i++) {
        struct machine *machine = facts->machines->pdata[i];
        if (machine->versioned && facts_machine_has(facts, machine, type)) {
            g_ptr_array_add(machines, machine);
        }
    }
    g_ptr_array_sort(machines, by_family);
    return machines;
}

static bool same_family(const struct machine *a, const struct machine *b)
{
    return a->family == b->family && a->targets == b->targets;
}

static bool same_source(const struct effective *a, const struct effective *b)
{
    return a->property == b->property && a->entry == b->entry;
}

/* Adds MACHINE to the last range, or to a new one. */
static void add(GPtrArray *ranges, struct machine *machine,
                const struct effective *effective)
{
    struct value_range *last =
        ranges->len ? ranges->pdata[ranges->len - 1] : NULL;
    bool is_first =
        !last || !same_family(last->machines->pdata[0], machine);

    if (is_first || !same_source(&last->effective, effective)) {
        if (last) {
            last->to_oldest = is_first;
        }
        last = g_new0(struct value_range, 1);
        last->machines = g_ptr_array_new();
        last->effective = *effective;
        last->from_newest = is_first;
        g_ptr_array_add(ranges, last);
    }
    last->to_oldest = true;
    g_ptr_array_add(last->machines, machine);
}

GPtrArray *value_ranges(const struct facts *facts,
                        const struct qom_type *type, const char *property,
                        const struct machine *machine)
{
    GPtrArray *ranges = g_ptr_array_new_with_free_func(range_free);
    g_autoptr(GPtrArray) machines = machine ? g_ptr_array_new()
                                            : versioned_machines(facts, type);

    if (machine) {
        g_ptr_array_add(machines, (gpointer)(uintptr_t)machine);
    }
    for (guint i = 0; i < machines->len; i++) {
        struct effective effective;
        if (effective_value(facts, machines->pdata[i], type, property,
                            &effective)) {
            add(ranges, machines->pdata[i], &effective);
        }
    }
    return ranges;
}

/* Whether another architecture has a machine type of that name. */
static bool is_ambiguous(const struct facts *facts, const struct machine *m)
{
    for (guint i = 0; i < facts->machines->len; i++) {
        const struct machine *other = facts->machines->pdata[i];
        if (other->name == m->name && other->targets != m->targets) {
            return true;
        }
    }
    return false;
}

char *value_range_name(const struct value_range *range,
                       const struct facts *facts)
{
    guint n = range->machines->len;
    const struct machine *newest = range->machines->pdata[0];
    const struct machine *oldest = range->machines->pdata[n - 1];
    g_autoptr(GString) out = g_string_new(NULL);

    if (n == 1) {
        g_string_append(out, newest->name);
    } else if (range->from_newest && range->to_oldest) {
        g_string_append_printf(out, "all %s", newest->family);
    } else if (range->to_oldest) {
        g_string_append_printf(out, "%s and older", newest->name);
    } else if (range->from_newest) {
        g_string_append_printf(out, "%s and newer", oldest->name);
    } else {
        g_string_append_printf(out, "%s back to %s", newest->name,
                               oldest->name);
    }
    if (newest->targets && is_ambiguous(facts, newest)) {
        g_string_append_printf(out, " of %s", target_first(newest->targets));
    }
    return g_string_free(g_steal_pointer(&out), FALSE);
}
