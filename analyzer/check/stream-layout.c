/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Fields and versions of descriptions that both sides have.
 */
#include "base/borrow.h"
#include "check/streams.h"
#include "check/wire.h"

#define MAX_NESTING 16

/* --- Whether there is anything to look at --------------------------------- */

static bool same_field(const struct vmstate_field *a,
                       const struct vmstate_field *b)
{
    return a->name == b->name && a->info == b->info &&
           a->flags == b->flags && a->version_id == b->version_id &&
           a->struct_version_id == b->struct_version_id &&
           a->num == b->num && a->test == b->test &&
           (a->size == b->size || a->nested) &&
           !a->nested == !b->nested;
}

/* Whether A and B, paired or not, say the same.  What their nested ones say is
 * another matter where those are each other's partners. */
static bool says_same(const struct streams *s, const struct vmstate *a,
                      const struct vmstate *b)
{
    if (a->fields->len != b->fields->len ||
        a->version_id != b->version_id ||
        a->minimum_version_id != b->minimum_version_id ||
        a->unknown != b->unknown) {
        return false;
    }
    for (guint i = 0; i < a->fields->len; i++) {
        const struct vmstate_field *x = g_ptr_array_index(a->fields, i);
        const struct vmstate_field *y = g_ptr_array_index(b->fields, i);

        if (!same_field(x, y) ||
            (x->nested &&
             g_hash_table_lookup(s->pair_of,
                                 facts_vmstate(s->old->facts, x->nested)) !=
             facts_vmstate(s->new->facts, y->nested))) {
            return false;
        }
    }
    return true;
}

static bool is_paired(void *opaque, const struct vmstate *a,
                      const struct vmstate *b)
{
    const struct streams *s = opaque;

    return g_hash_table_lookup(s->pair_of, a) == b;
}

/* --- What to call it ------------------------------------------------------ */

static const struct vmstate_field *find(const struct vmstate *vmstate,
                                        const char *name)
{
    const struct vmstate_field *found = NULL;

    for (guint i = 0; i < vmstate->fields->len; i++) {
        const struct vmstate_field *field =
            g_ptr_array_index(vmstate->fields, i);

        if (field->name == name) {
            if (found) {
                return NULL;
            }
            found = field;
        }
    }
    return found;
}

static bool has(const struct vmstate *vmstate, const char *name)
{
    for (guint i = 0; i < vmstate->fields->len; i++) {
        const struct vmstate_field *field =
            g_ptr_array_index(vmstate->fields, i);

        if (field->name == name) {
            return true;
        }
    }
    return false;
}

/* The first field of A that B has under no name. */
static const struct vmstate_field *only_in(const struct vmstate *a,
                                           const struct vmstate *b,
                                           bool tested)
{
    for (guint i = 0; i < a->fields->len; i++) {
        const struct vmstate_field *field = g_ptr_array_index(a->fields, i);

        if (field->name && !has(b, field->name) &&
            (field->test != NULL) == tested) {
            return field;
        }
    }
    return NULL;
}

static bool same_bytes(const struct vmstate_field *a,
                       const struct vmstate_field *b)
{
    unsigned count = STREAM_ARRAY | STREAM_VARRAY;

    return a->info == b->info && !a->nested == !b->nested &&
           (a->nested || a->size == b->size) &&
           (a->flags & count) == (b->flags & count) && a->num == b->num &&
           a->version_id == b->version_id && a->test == b->test;
}

static const struct vmstate_field *resized(const struct vmstate *old,
                                           const struct vmstate *new,
                                           const struct vmstate_field **ret)
{
    for (guint i = 0; i < new->fields->len; i++) {
        const struct vmstate_field *field =
            g_ptr_array_index(new->fields, i);
        const struct vmstate_field *before =
            field->name && find(new, field->name) == field
            ? find(old, field->name) : NULL;

        if (before && !same_bytes(before, field)) {
            *ret = before;
            return field;
        }
    }
    return NULL;
}

struct naming {
    enum stream_change_kind kind;
    const struct vmstate_field *old_field, *new_field;
};

/* The loader notices late what was wrong early: names say it better. */
static struct naming name_difference(const struct vmstate *old,
                                     const struct vmstate *new,
                                     const struct wire_difference *d)
{
    struct naming n = { STREAM_FIELDS_DIFFER, d->old_field, d->new_field };
    const struct vmstate_field *added = only_in(new, old, false);
    const struct vmstate_field *removed = only_in(old, new, false);
    const struct vmstate_field *before = NULL;

    if (d->moved) {
        n.kind = STREAM_FIELD_MOVED;
        return n;
    }
    if (!added && !removed) {
        added = only_in(new, old, true);
        removed = added ? NULL : only_in(old, new, true);
    }
    if (added && !removed) {
        return (struct naming){ STREAM_FIELD_ADDED, NULL, added };
    }
    if (removed && !added) {
        return (struct naming){ STREAM_FIELD_REMOVED, removed, NULL };
    }
    if (!added) {
        added = resized(old, new, &before);
        if (added) {
            return (struct naming){ STREAM_FIELD_RESIZED, before, added };
        }
    }
    return n;
}

/* --- On every machine type ------------------------------------------------ */

struct pair {
    const struct vmstate *old, *new;
    const GPtrArray *types;
    int old_version, new_version;
};

static enum wire_verdict compare_on(struct streams *s, const struct pair *p,
                                    guint no, struct wire_difference *ret)
{
    const struct machine *before, *machine = streams_machine(s, no, &before);
    const struct qom_type *type = streams_device(s, p->types, machine);
    const struct qom_type *was = type
        ? facts_type(s->old->facts, type->name, type->targets) : NULL;
    struct wire_side old = {
        { s->old->facts, before, was, p->old_version }, p->old,
    };
    struct wire_side new = {
        { s->new->facts, machine, type, p->new_version }, p->new,
    };

    return wire_compare(&old, &new, is_paired, s, ret);
}

/* The test that lets the field through which makes the difference. */
static const char *gate_of(const struct streams *s, const struct pair *p,
                           const struct naming *n,
                           const struct machine *machine)
{
    const struct vmstate_field *field = n->new_field && n->new_field->test
                                        ? n->new_field : n->old_field;
    bool is_new = field && field == n->new_field;
    struct situation at = {
        .facts = is_new ? s->new->facts : s->old->facts,
        .machine = machine, .device = streams_device(s, p->types, machine),
    };

    return field && field->test && is_new &&
           condition_is_gated(&at, field->test) ? field->test_name : NULL;
}

/* True where it reported something. */
static bool judge_wire(struct streams *s, const struct pair *p, bool nested)
{
    struct stream_change *change = NULL;
    struct naming n = { STREAM_FIELDS_DIFFER, NULL, NULL };

    for (guint i = 0; i < s->engine->pairs->len; i++) {
        struct wire_difference d = { NULL };
        const struct machine *before;
        const struct machine *machine = streams_machine(s, i, &before);

        if (!machine || !streams_has(s, p->new, p->types, machine) ||
            compare_on(s, p, i, &d) != WIRE_DIFFERS) {
            continue;
        }
        if (!change) {
            n = name_difference(p->old, p->new, &d);
            change = streams_add(s, n.kind, p->old, p->new, p->types);
            if (!change) {
                return false;
            }
            change->old_field = n.old_field;
            change->new_field = n.new_field;
            change->nested = nested;
            change->unsure = d.unsure;
            change->gate = gate_of(s, p, &n, machine);
        }
        g_ptr_array_add(change->machines, borrow(machine));
    }
    return change != NULL;
}

/* --- Descriptions --------------------------------------------------------- */

static void judge_versions(struct streams *s, const struct vmstate *old,
                           const struct vmstate *new, const GPtrArray *types)
{
    struct pair p = { old, new, types, old->version_id, old->version_id };
    enum stream_change_kind kind;

    if (old->unknown || new->unknown) {
        return;
    }
    if (new->minimum_version_id > old->version_id) {
        kind = STREAM_MINIMUM_RAISED;
    } else if (new->version_id < old->version_id) {
        kind = STREAM_VERSION_LOWERED;
    } else if (judge_wire(s, &p, false) ||
               new->version_id == old->version_id) {
        return;
    } else {
        kind = STREAM_VERSION_RAISED;
    }
    streams_add_machines(s, streams_add(s, kind, old, new, types), types);
}

static void judge_pair(struct streams *s, const struct vmstate *old,
                       const struct vmstate *new)
{
    const struct owners *before = streams_old_owners(s);
    const struct owners *after = streams_new_owners(s);
    const GPtrArray *types = owners_of(after, new);
    struct pair p = { old, new, types, old->version_id, new->version_id };

    if (!types || !owners_of(before, old) || old->unmigratable) {
        return;
    }
    if (owners_is_nested(before, old) && owners_is_nested(after, new) &&
        judge_wire(s, &p, true)) {
        return;
    }
    if (owners_is_top(before, old) && owners_is_top(after, new)) {
        judge_versions(s, old, new, types);
    }
}

void streams_judge_layouts(struct streams *s)
{
    const GPtrArray *all = s->old->facts->vmstates;

    for (guint i = 0; i < all->len; i++) {
        const struct vmstate *old = g_ptr_array_index(all, i);
        const struct vmstate *new = g_hash_table_lookup(s->pair_of, old);

        if (new && !says_same(s, old, new)) {
            judge_pair(s, old, new);
        }
    }
}
