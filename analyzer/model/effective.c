/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/effective.h"
#include "model/index.h"

/* The entry that is applied last to property NAME of an object, or NULL. */
static const struct entry_ref *last_entry(const struct facts *facts,
                                          const struct machine *machine,
                                          const struct reach *at)
{
    const guint *order = node_of_machine(machine)->order;
    const GArray *refs = g_hash_table_lookup(facts->index->entries, at->name);
    const struct entry_ref *last = NULL;
    guint last_order = 0;

    for (guint i = 0; refs && i < refs->len; i++) {
        const struct entry_ref *ref =
            &g_array_index(refs, struct entry_ref, i);
        guint place = order[ref->array->number];

        /* Entries of one array come in its order: a later one wins. */
        if (place && place >= last_order
            && index_is_a(at->node, ref->entry->driver)) {
            last = ref;
            last_order = place;
        }
    }
    return at->node->takes_compat ? last : NULL;
}

static void set_from_entry(struct effective *effective,
                           const struct entry_ref *ref)
{
    const char *text = ref->entry->value;

    effective->entry = ref->entry;
    effective->array = &ref->array->array;
    if (!value_parse(effective->property->kind, text, &effective->value)) {
        effective->value = value_unevaluated(text);
        effective->bad_value = true;
    }
}

bool effective_value(const struct facts *facts, const struct machine *machine,
                     const struct qom_type *type, const char *name,
                     struct effective *ret)
{
    struct effective effective = { .value = value_absent() };
    struct reach at = { node_of_type(type), name };
    const struct entry_ref *ref = NULL;
    target_set targets = type->targets;

    if (machine && machine->targets) {
        if (!targets_meet(machine->targets, targets)) {
            return false;
        }
        targets = targets ? targets & machine->targets : machine->targets;
    }
    /* From the outside in: an outer object's entries are applied last. */
    for (unsigned depth = 0; depth < REACH_DEPTH_MAX; depth++) {
        if (machine && !ref) {
            ref = last_entry(facts, machine, &at);
        }
        effective.property = index_own(at.node, at.name, targets,
                                       &effective.owner);
        if (effective.property) {
            break;
        }
        if (!index_follow_alias(facts, &at, targets)) {
            return false;
        }
    }
    if (!effective.property) {
        return false;
    }
    effective.value = effective.property->def;
    if (ref) {
        set_from_entry(&effective, ref);
    }
    *ret = effective;
    return true;
}
