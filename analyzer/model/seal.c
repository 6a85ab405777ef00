/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Brings facts into their documented order and derives what follows from
 * names.  Every comparison ends in the location, so that the order does not
 * depend on who added what first.
 */
#include "model/facts.h"

#include "model/cpus.h"
#include "model/index.h"

#include <string.h>

#define COMPARE(a, b) ((a) < (b) ? -1 : (a) > (b))

static int compare_text(const char *a, const char *b)
{
    return a == b ? 0 : g_strcmp0(a, b);
}

static int compare_location(const struct location *a,
                            const struct location *b)
{
    int order = compare_text(a->file, b->file);

    if (!order) {
        order = COMPARE(a->line, b->line);
    }
    return order ? order : COMPARE(a->column, b->column);
}

static int compare_named(const char *name_a, target_set targets_a,
                         const struct location *loc_a,
                         const char *name_b, target_set targets_b,
                         const struct location *loc_b)
{
    int order = compare_text(name_a, name_b);

    if (!order) {
        order = COMPARE(targets_a, targets_b);
    }
    return order ? order : compare_location(loc_a, loc_b);
}

static int compare_types(const void *p, const void *q)
{
    const struct qom_type *a = *(const struct qom_type *const *)p;
    const struct qom_type *b = *(const struct qom_type *const *)q;

    return compare_named(a->name, a->targets, &a->loc,
                         b->name, b->targets, &b->loc);
}

static int compare_properties(const void *p, const void *q)
{
    const struct property *a = *(const struct property *const *)p;
    const struct property *b = *(const struct property *const *)q;

    return compare_named(a->name, a->targets, &a->loc,
                         b->name, b->targets, &b->loc);
}

static int compare_slots(const void *p, const void *q)
{
    const struct class_slot *a = *(const struct class_slot *const *)p;
    const struct class_slot *b = *(const struct class_slot *const *)q;

    return compare_text(a->name, b->name);
}

static int compare_machines(const void *p, const void *q)
{
    const struct machine *a = *(const struct machine *const *)p;
    const struct machine *b = *(const struct machine *const *)q;

    return compare_named(a->name, a->targets, &a->loc,
                         b->name, b->targets, &b->loc);
}

static int compare_arrays(const void *p, const void *q)
{
    const struct compat_array *a = *(const struct compat_array *const *)p;
    const struct compat_array *b = *(const struct compat_array *const *)q;

    return compare_named(a->id, 0, &a->loc, b->id, 0, &b->loc);
}

static int compare_fields(const void *p, const void *q)
{
    const struct class_field *a = *(const struct class_field *const *)p;
    const struct class_field *b = *(const struct class_field *const *)q;

    return compare_text(a->name, b->name);
}

static int compare_records(const void *p, const void *q)
{
    const struct record *a = *(const struct record *const *)p;
    const struct record *b = *(const struct record *const *)q;

    return compare_text(a->name, b->name);
}

static int compare_enum_names(const char *const *a, const char *const *b)
{
    if (!a || !b) {
        return COMPARE(a != NULL, b != NULL);
    }
    while (*a && *a == *b) {
        a++;
        b++;
    }
    return compare_text(*a, *b);
}

static int compare_kinds(const void *p, const void *q)
{
    const struct property_kind *a = *(const struct property_kind *const *)p;
    const struct property_kind *b = *(const struct property_kind *const *)q;
    int order = compare_text(a->name, b->name);

    if (!order) {
        order = compare_text(a->info, b->info);
    }
    if (!order) {
        order = COMPARE(a->syntax, b->syntax);
    }
    if (!order) {
        order = COMPARE(a->bits, b->bits);
    }
    return order ? order : compare_enum_names(a->names, b->names);
}

static int compare_vmstates(const void *p, const void *q)
{
    const struct vmstate *a = *(const struct vmstate *const *)p;
    const struct vmstate *b = *(const struct vmstate *const *)q;

    return compare_text(a->id, b->id);
}

static int compare_uses(const void *p, const void *q)
{
    const struct vmstate_use *a = *(const struct vmstate_use *const *)p;
    const struct vmstate_use *b = *(const struct vmstate_use *const *)q;

    return compare_text(a->member, b->member);
}

static int compare_cpu_models(const void *p, const void *q)
{
    const struct cpu_model *a = *(const struct cpu_model *const *)p;
    const struct cpu_model *b = *(const struct cpu_model *const *)q;

    return compare_text(a->type, b->type);
}

static int compare_gaps(const void *p, const void *q)
{
    const struct gap *a = *(const struct gap *const *)p;
    const struct gap *b = *(const struct gap *const *)q;
    int order = compare_text(a->file, b->file);

    if (!order) {
        order = COMPARE(a->line, b->line);
    }
    return order ? order : compare_text(a->reason, b->reason);
}

static void sort_all(struct facts *facts)
{
    g_ptr_array_sort(facts->types, compare_types);
    g_ptr_array_sort(facts->arrays, compare_arrays);
    g_ptr_array_sort(facts->machines, compare_machines);
    g_ptr_array_sort(facts->records, compare_records);
    g_ptr_array_sort(facts->kinds, compare_kinds);
    g_ptr_array_sort(facts->vmstates, compare_vmstates);
    g_ptr_array_sort(facts->gaps, compare_gaps);
    g_ptr_array_sort(facts->cpu_models, compare_cpu_models);
    for (guint i = 0; i < facts->types->len; i++) {
        struct qom_type *type = g_ptr_array_index(facts->types, i);
        g_ptr_array_sort(type->properties, compare_properties);
        g_ptr_array_sort(type->vmstates, compare_uses);
        g_ptr_array_sort(type->slots, compare_slots);
    }
    for (guint i = 0; i < facts->machines->len; i++) {
        struct machine *machine = g_ptr_array_index(facts->machines, i);
        g_ptr_array_sort(machine->fields, compare_fields);
    }
}

/* hw_compat_7_1; of a local array: compat_7_1, else by its function. */
static void derive_array(struct compat_array *array)
{
    const char *slash = strrchr(array->id, '/');

    if (!array->name) {
        array->name = slash ? g_intern_string(slash + 1) : array->id;
    }
    if (array->has_version) {
        return;
    }
    array->has_version = version_of_name(array->name, &array->version);
    if (!array->has_version && slash) {
        g_autofree char *function = g_strndup(array->id, slash - array->id);
        array->has_version = version_in_name(function, &array->version);
    }
}

static void derive_machine(struct machine *machine)
{
    struct version version;
    g_autofree char *family = version_cut_from_name(machine->name, &version);

    if (family && !machine->versioned) {
        machine->versioned = true;
        machine->version = version;
    }
    if (!machine->family) {
        machine->family = family ? g_intern_string(family) : machine->name;
    }
}

static bool is_latest(const struct facts *facts, const struct machine *machine)
{
    for (guint i = 0; i < facts->machines->len; i++) {
        const struct machine *other = g_ptr_array_index(facts->machines, i);
        if (other->versioned && other->family == machine->family
            && targets_meet(other->targets, machine->targets)
            && version_compare(&other->version, &machine->version) > 0) {
            return false;
        }
    }
    return machine->versioned;
}

void facts_seal(struct facts *facts)
{
    g_assert(!facts->index);
    for (guint i = 0; i < facts->arrays->len; i++) {
        derive_array(g_ptr_array_index(facts->arrays, i));
    }
    for (guint i = 0; i < facts->machines->len; i++) {
        derive_machine(g_ptr_array_index(facts->machines, i));
    }
    sort_all(facts);
    for (guint i = 0; i < facts->machines->len; i++) {
        struct machine *machine = g_ptr_array_index(facts->machines, i);
        machine->latest = is_latest(facts, machine);
    }
    facts->index = facts_index_new(facts);
}
