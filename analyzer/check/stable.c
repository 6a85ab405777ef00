/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "check/stable.h"

/* Longer chains than this are loops. */
#define MAX_DEPTH 64

/* An ancestor of more types than this says nothing about one of them. */
#define MOST_MEMBERS 8

/* Of a target's machine types, so many of a hundred are versioned where the
 * target is taken for one of versioned machines: all but a few oddities. */
#define MOSTLY 90

/* Interfaces whose devices upstream changes freely. */
static const char *const free_interfaces[] = { "cxl-device" };

/* The CPU models that are whatever this QEMU, or this host, can do. */
static const char *const free_models[] = { "max-", "host-" };

static bool is_free_model(const struct facts *facts,
                          const struct qom_type *type)
{
    for (gsize i = 0; i < G_N_ELEMENTS(free_models); i++) {
        if (g_str_has_prefix(type->name, free_models[i]) &&
            g_str_has_suffix(type->name, "-cpu")) {
            return facts_type_is_a(facts, type,
                                   g_intern_static_string("cpu"));
        }
    }
    return false;
}

static bool is_free(const struct facts *facts, const struct qom_type *type)
{
    if (is_free_model(facts, type)) {
        return true;
    }
    for (gsize i = 0; i < G_N_ELEMENTS(free_interfaces); i++) {
        if (facts_type_is_a(facts, type,
                            g_intern_string(free_interfaces[i]))) {
            return true;
        }
    }
    g_auto(GStrv) words = g_strsplit(type->name, "-", -1);

    return g_strv_contains((const char *const *)words, "cxl");
}

static bool is_unmigratable(const struct facts *facts,
                            const struct qom_type *type)
{
    for (int depth = 0; type && depth < MAX_DEPTH; depth++) {
        if (type->unmigratable) {
            return true;
        }
        type = facts_parent(facts, type);
    }
    return false;
}

static bool has_versioned_entry(const struct side *side, const char *driver)
{
    return g_hash_table_contains(side->drivers, driver);
}

static bool is_cared_for(const struct side *side, const struct qom_type *type)
{
    for (int depth = 0; type && depth < MAX_DEPTH; depth++) {
        const GPtrArray *members = side_members(side, type->name);

        if (members && members->len > MOST_MEMBERS) {
            return false;
        }
        if (has_versioned_entry(side, type->name)) {
            return true;
        }
        type = facts_parent(side->facts, type);
    }
    return false;
}

static bool target_is_versioned(const struct facts *facts, target_set target)
{
    guint all = 0, versioned = 0;

    for (guint i = 0; i < facts->machines->len; i++) {
        const struct machine *machine = g_ptr_array_index(facts->machines, i);

        if (machine->targets & target) {
            all++;
            versioned += machine->versioned;
        }
    }
    return versioned * 100 >= all * MOSTLY && versioned;
}

static bool targets_are_versioned(const struct facts *facts,
                                  target_set targets)
{
    for (target_set rest = targets; rest; rest &= rest - 1) {
        if (!target_is_versioned(facts, rest & -rest)) {
            return false;
        }
    }
    return targets != 0;
}

enum stability device_stability(const struct side *side,
                                const struct qom_type *type)
{
    const struct facts *facts = side->facts;

    if (is_free(facts, type)) {
        return STABLE_NOT_FREE;
    }
    if (is_unmigratable(facts, type) &&
        !targets_are_versioned(facts, type->targets)) {
        return STABLE_NOT_MIGRATABLE;
    }
    /* Where the tree says which boards there are, it says it all. */
    if (facts->boards->len || type->boards != ALL_BOARDS) {
        return type->boards ? STABLE_BOARDS
               : type->abstract ? STABLE_NOT_ABSTRACT : STABLE_NOT_BOARDS;
    }
    if (facts_type_is_a(facts, type, g_intern_static_string("cpu"))) {
        return type->targets ? STABLE_LIKELY : STABLE_NOT_KNOWN;
    }
    return type->user_creatable ||
           !facts_type_is_a(facts, type, g_intern_static_string("device")) ||
           is_cared_for(side, type) ||
           targets_are_versioned(facts, type->targets)
           ? STABLE_LIKELY : STABLE_NOT_KNOWN;
}

bool device_is_stable(const struct side *side, const struct qom_type *type)
{
    return device_stability(side, type) >= STABLE_BOARDS;
}

bool device_keeps_shape(const struct side *side, const struct qom_type *type)
{
    return device_stability(side, type) == STABLE_NOT_MIGRATABLE &&
           is_cared_for(side, type);
}
