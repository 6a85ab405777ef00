/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What has to be looked at: machine types with a promise, devices that were
 * released, and the few properties that can differ at all.
 */
#include "base/borrow.h"
#include "check/engine.h"

#include <string.h>

#include "check/compare.h"

static int find_machine(const struct side *side, const struct machine *like)
{
    const struct machine *machine;
    guint no;

    if (!side) {
        return -1;
    }
    machine = facts_machine(side->facts, like->name, like->targets);
    if (!machine ||
        !g_ptr_array_find(side->facts->machines, machine, &no)) {
        return -1;
    }
    return (int)no;
}

/* Newer than the release is still free to change.  A downstream's versions
 * are not QEMU's: what it had released is what the release has. */
static bool is_compared(const struct engine *engine,
                        const struct machine *machine)
{
    const struct machine *only = engine->input->machine;

    if (only) {
        return machine->name == only->name &&
               targets_meet(machine->targets, only->targets);
    }
    for (guint i = 0; i < machine->compat->len; i++) {
        const struct compat_array *array =
            g_ptr_array_index(machine->compat, i);

        if (array->downstream) {
            return true;
        }
    }
    return machine->versioned &&
           compare_release(&machine->version,
                           &engine->released_version) <= 0;
}

void engine_find_machines(struct engine *engine)
{
    const GPtrArray *machines = engine->old->facts->machines;

    for (guint i = 0; i < machines->len; i++) {
        const struct machine *machine = g_ptr_array_index(machines, i);
        int new = is_compared(engine, machine)
            ? find_machine(engine->new, machine) : -1;

        if (new >= 0) {
            struct machine_pair pair = {
                .old = i, .new = (guint)new,
                .base = find_machine(engine->base, machine),
            };
            g_array_append_val(engine->pairs, pair);
        }
    }
}

const struct machine *engine_machine(const struct engine *engine,
                                     const struct machine_pair *pair)
{
    return g_ptr_array_index(engine->new->facts->machines, pair->new);
}

static void dirty_name(struct engine *engine, const char *name)
{
    if (name) {
        g_hash_table_add(engine->dirty, borrow(name));
    }
}

static const struct property *own_property(const struct qom_type *type,
                                           const char *name)
{
    for (guint i = 0; i < type->properties->len; i++) {
        const struct property *property =
            g_ptr_array_index(type->properties, i);

        if (property->name == name) {
            return property;
        }
    }
    return NULL;
}

static bool declared_alike(const struct property *a, const struct property *b)
{
    return a && b && a->kind->syntax == b->kind->syntax &&
           a->kind->bits == b->kind->bits &&
           values_same(a, &a->def, b, &b->def) == SAME_YES;
}

/* What instance code puts in place of a default. */
static void dirty_inits(struct engine *engine, const struct qom_type *a,
                        const struct qom_type *b)
{
    for (guint i = 0; i < a->slots->len; i++) {
        const struct class_slot *slot = g_ptr_array_index(a->slots, i);
        const struct class_slot *other;

        if (g_str_has_prefix(slot->name, "init:")) {
            other = qom_type_slot(b, slot->name);
            if (!other || other->known != slot->known ||
                other->number != slot->number) {
                dirty_name(engine,
                           g_intern_string(slot->name + strlen("init:")));
            }
        }
    }
}

static void dirty_declarations(struct engine *engine,
                               const struct qom_type *old,
                               const struct qom_type *new)
{
    for (guint i = 0; i < new->properties->len; i++) {
        const struct property *property =
            g_ptr_array_index(new->properties, i);

        if (!declared_alike(own_property(old, property->name), property)) {
            dirty_name(engine, property->name);
        }
    }
    for (guint i = 0; i < old->properties->len; i++) {
        const struct property *property =
            g_ptr_array_index(old->properties, i);

        if (!own_property(new, property->name)) {
            dirty_name(engine, property->name);
        }
    }
}

static void dirty_types(struct engine *engine)
{
    const struct facts *head = engine->new->facts;

    for (guint i = 0; i < head->types->len; i++) {
        const struct qom_type *new = facts_type_at(head, i);
        const struct qom_type *old =
            facts_type(engine->old->facts, new->name, new->targets);

        if (old) {
            dirty_declarations(engine, old, new);
            dirty_inits(engine, old, new);
            dirty_inits(engine, new, old);
        }
    }
}

static void dirty_array(struct engine *engine,
                        const struct compat_array *array)
{
    for (guint i = 0; i < array->entries->len; i++) {
        const struct compat_entry *entry =
            g_ptr_array_index(array->entries, i);

        dirty_name(engine, entry->property);
    }
}

static bool same_entry(const struct compat_entry *a,
                       const struct compat_entry *b)
{
    return a->driver == b->driver && a->property == b->property &&
           a->value == b->value;
}

static bool array_holds(const struct compat_array *array,
                        const struct compat_entry *entry)
{
    for (guint i = 0; array && i < array->entries->len; i++) {
        if (same_entry(g_ptr_array_index(array->entries, i), entry)) {
            return true;
        }
    }
    return false;
}

/* Entries of ARRAY that OTHER lacks; they go to ADDED where it is given. */
static void dirty_difference(struct engine *engine,
                             const struct compat_array *array,
                             const struct compat_array *other,
                             GHashTable *added)
{
    for (guint i = 0; i < array->entries->len; i++) {
        struct compat_entry *entry = g_ptr_array_index(array->entries, i);

        if (array_holds(other, entry)) {
            continue;
        }
        dirty_name(engine, entry->property);
        if (added) {
            g_hash_table_add(added, entry);
        }
    }
}

static bool same_order(const struct compat_array *a,
                       const struct compat_array *b)
{
    for (guint i = 0; i < a->entries->len && i < b->entries->len; i++) {
        if (!same_entry(g_ptr_array_index(a->entries, i),
                        g_ptr_array_index(b->entries, i))) {
            return false;
        }
    }
    return a->entries->len == b->entries->len;
}

static void dirty_arrays(struct engine *engine)
{
    const struct facts *old = engine->old->facts;
    const struct facts *new = engine->new->facts;

    for (guint i = 0; i < new->arrays->len; i++) {
        const struct compat_array *array = g_ptr_array_index(new->arrays, i);
        const struct compat_array *other = facts_array(old, array->id);

        if (other && same_order(array, other)) {
            continue;
        }
        dirty_difference(engine, array, other, engine->added);
        if (other) {
            dirty_difference(engine, other, array, NULL);
        }
        /* Only the order changed: it matters where a key comes twice. */
        if (other && array->entries->len == other->entries->len) {
            dirty_array(engine, array);
        }
    }
    for (guint i = 0; i < old->arrays->len; i++) {
        const struct compat_array *array = g_ptr_array_index(old->arrays, i);

        if (!facts_array(new, array->id)) {
            dirty_array(engine, array);
        }
    }
}

/* The ids of a machine's arrays in order, those of OTHER only. */
static GPtrArray *common_ids(const struct machine *machine,
                             const struct machine *other)
{
    g_autoptr(GHashTable) theirs = g_hash_table_new(NULL, NULL);
    GPtrArray *ids = g_ptr_array_new();

    for (guint i = 0; i < other->compat->len; i++) {
        const struct compat_array *array =
            g_ptr_array_index(other->compat, i);

        g_hash_table_add(theirs, borrow(array->id));
    }
    for (guint i = 0; i < machine->compat->len; i++) {
        const struct compat_array *array =
            g_ptr_array_index(machine->compat, i);

        if (g_hash_table_contains(theirs, array->id)) {
            g_ptr_array_add(ids, borrow(array->id));
        }
    }
    return ids;
}

static void dirty_unshared(struct engine *engine, const struct machine *a,
                           const struct machine *b, GHashTable *seen,
                           bool all)
{
    g_autoptr(GPtrArray) common = common_ids(a, b);

    for (guint i = 0; i < a->compat->len; i++) {
        const struct compat_array *array = g_ptr_array_index(a->compat, i);

        if ((all || !g_ptr_array_find(common, array->id, NULL)) &&
            g_hash_table_add(seen, borrow(array))) {
            dirty_array(engine, array);
        }
    }
}

static void dirty_lists(struct engine *engine)
{
    g_autoptr(GHashTable) seen = g_hash_table_new(NULL, NULL);

    for (guint i = 0; i < engine->pairs->len; i++) {
        const struct machine_pair *pair =
            &g_array_index(engine->pairs, struct machine_pair, i);
        const struct machine *old =
            g_ptr_array_index(engine->old->facts->machines, pair->old);
        const struct machine *new = engine_machine(engine, pair);
        g_autoptr(GPtrArray) a = common_ids(old, new);
        g_autoptr(GPtrArray) b = common_ids(new, old);
        bool reordered = a->len != b->len ||
            (a->len && memcmp(a->pdata, b->pdata,
                              a->len * sizeof(gpointer)) != 0);

        dirty_unshared(engine, old, new, seen, reordered);
        dirty_unshared(engine, new, old, seen, reordered);
    }
}

void engine_find_dirty(struct engine *engine)
{
    dirty_types(engine);
    dirty_arrays(engine);
    dirty_lists(engine);
}

bool engine_find_device(const struct engine *engine,
                        const struct qom_type *type, struct device_pair *ret)
{
    const struct qom_type *old;

    if (type->abstract || !side_takes_compat(engine->new, type)) {
        return false;
    }
    old = facts_type(engine->old->facts, type->name, type->targets);
    if (!old || old->abstract) {
        return false;
    }
    ret->old = old;
    ret->new = type;
    ret->base = engine->base
        ? facts_type(engine->base->facts, type->name, type->targets) : NULL;
    return true;
}

static bool same_alias(const struct alias *a, const struct alias *b)
{
    return a->name == b->name && a->target == b->target &&
           a->property == b->property;
}

static bool alike(const struct engine *engine, const struct qom_type *old,
                  const struct qom_type *new, GHashTable *seen);

/* The aliases of one type, and what the devices behind them are made of. */
static bool aliases_alike(const struct engine *engine,
                          const struct qom_type *old,
                          const struct qom_type *new, GHashTable *seen)
{
    if (old->aliases->len != new->aliases->len) {
        return false;
    }
    for (guint i = 0; i < old->aliases->len; i++) {
        const struct alias *a = g_ptr_array_index(old->aliases, i);
        const struct alias *b = g_ptr_array_index(new->aliases, i);

        if (!same_alias(a, b) ||
            (a->target &&
             !alike(engine,
                    facts_type(engine->old->facts, a->target, old->targets),
                    facts_type(engine->new->facts, a->target, new->targets),
                    seen))) {
            return false;
        }
    }
    return true;
}

/* What a type is made of: its ancestors and the devices it aliases.  SEEN
 * holds the types of the released side that were looked at. */
static bool alike(const struct engine *engine, const struct qom_type *old,
                  const struct qom_type *new, GHashTable *seen)
{
    while (old && new) {
        if (!g_hash_table_add(seen, borrow(old))) {
            return true;
        }
        if (old->name != new->name ||
            !aliases_alike(engine, old, new, seen)) {
            return false;
        }
        old = facts_parent(engine->old->facts, old);
        new = facts_parent(engine->new->facts, new);
    }
    return !old && !new;
}

/* Where that changed, any of a device's properties may have come or gone. */
static bool same_shape(const struct engine *engine,
                       const struct device_pair *device)
{
    g_autoptr(GHashTable) seen = g_hash_table_new(NULL, NULL);

    return alike(engine, device->old, device->new, seen);
}

static int by_name(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void add_candidates(GPtrArray *out, GHashTable *names,
                           GHashTable *dirty, GHashTable *except)
{
    GHashTableIter iter;
    gpointer name;

    g_hash_table_iter_init(&iter, names);
    while (g_hash_table_iter_next(&iter, &name, NULL)) {
        if ((!dirty || g_hash_table_contains(dirty, name)) &&
            (!except || !g_hash_table_contains(except, name))) {
            g_ptr_array_add(out, name);
        }
    }
}

GPtrArray *engine_candidates(const struct engine *engine,
                             const struct device_pair *device)
{
    GHashTable *old = side_names(engine->old, device->old);
    GHashTable *new = side_names(engine->new, device->new);
    GHashTable *dirty = same_shape(engine, device) ? engine->dirty : NULL;
    GPtrArray *out = g_ptr_array_new();

    add_candidates(out, new, dirty, NULL);
    add_candidates(out, old, dirty, new);
    g_ptr_array_sort(out, by_name);
    return out;
}
