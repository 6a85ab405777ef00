/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "check/streams.h"

#include "base/borrow.h"
#include "check/stable.h"

#include <string.h>

void stream_change_free(struct stream_change *change)
{
    if (change) {
        g_ptr_array_unref(change->devices);
        g_ptr_array_unref(change->machines);
        g_free(change);
    }
}

const struct machine *streams_machine(const struct streams *s, guint no,
                                      const struct machine **ret_old)
{
    const struct machine_pair *pair =
        &g_array_index(s->engine->pairs, struct machine_pair, no);
    int new = s->is_base ? pair->base : (int)pair->new;

    *ret_old = g_ptr_array_index(s->old->facts->machines, pair->old);
    return new < 0 ? NULL : g_ptr_array_index(s->new->facts->machines, new);
}

const struct qom_type *streams_device(const struct streams *s,
                                      const GPtrArray *types,
                                      const struct machine *machine)
{
    for (guint i = 0; types && i < types->len; i++) {
        const struct qom_type *type = g_ptr_array_index(types, i);

        if (facts_machine_has(s->new->facts, machine, type)) {
            return type;
        }
    }
    return NULL;
}

/* A description of no type in particular is on the boards that build the code
 * which registers it. */
static bool has_code(const struct streams *s, const struct machine *machine,
                     const struct vmstate *vmstate)
{
    return !s->new->facts->boards->len || vmstate->boards == ALL_BOARDS ||
           vmstate->boards & machine->board;
}

bool streams_has(const struct streams *s, const struct vmstate *vmstate,
                 const GPtrArray *types, const struct machine *machine)
{
    return types && types->len ? streams_device(s, types, machine) != NULL
                               : has_code(s, machine, vmstate);
}

static const struct vmstate *any_state(const struct stream_change *change)
{
    return change->new_state ? change->new_state : change->old_state;
}

void streams_add_machines(const struct streams *s,
                          struct stream_change *change,
                          const GPtrArray *types)
{
    for (guint i = 0; change && i < s->engine->pairs->len; i++) {
        const struct machine *before;
        const struct machine *machine = streams_machine(s, i, &before);

        if (machine && streams_has(s, any_state(change), types, machine) &&
            !g_ptr_array_find(change->machines, machine, NULL)) {
            g_ptr_array_add(change->machines, borrow(machine));
        }
    }
}

const struct owners *streams_old_owners(struct streams *s)
{
    if (!s->old_owners) {
        s->old_owners = owners_new(s->old->facts);
    }
    return s->old_owners;
}

const struct owners *streams_new_owners(struct streams *s)
{
    if (!s->new_owners) {
        s->new_owners = owners_new(s->new->facts);
    }
    return s->new_owners;
}

/* --- Changes -------------------------------------------------------------- */

/* A type that was released, and on a machine type that was. */
static bool was_released(const struct streams *s, const struct qom_type *type)
{
    const struct qom_type *old = facts_type(s->old->facts, type->name,
                                            type->targets);

    for (guint i = 0; old && i < s->engine->pairs->len; i++) {
        const struct machine *before;
        const struct machine *machine = streams_machine(s, i, &before);

        if (machine && facts_machine_has(s->old->facts, before, old) &&
            facts_machine_has(s->new->facts, machine, type)) {
            return true;
        }
    }
    return false;
}

static bool is_unmigratable(const struct facts *facts,
                            const struct qom_type *type)
{
    for (; type; type = facts_parent(facts, type)) {
        if (type->unmigratable) {
            return true;
        }
    }
    return false;
}

/* Nobody could have sent the stream of such a device. */
static bool was_unmigratable(const struct streams *s,
                             const struct qom_type *type)
{
    return is_unmigratable(s->old->facts,
                           facts_type(s->old->facts, type->name,
                                      type->targets));
}

static void add_devices(const struct streams *s,
                        struct stream_change *change,
                        const GPtrArray *types)
{
    for (guint i = 0; types && i < types->len; i++) {
        const struct qom_type *type = g_ptr_array_index(types, i);

        if (was_released(s, type) &&
            !is_unmigratable(s->new->facts, type) &&
            !was_unmigratable(s, type)) {
            g_ptr_array_add(change->devices, borrow(type));
            change->stable |= device_is_stable(s->new, type);
        }
    }
}

/* A description of no type in particular is where its code is.  Outside of
 * machines and migration (audio, record and replay) nothing is promised. */
static bool is_at_home(const struct streams *s, const struct vmstate *vmstate)
{
    static const char *const dirs[] = {
        "hw/", "target", "migration/", "softmmu/", "system/",
    };
    bool cared_for = vmstate->file && !strchr(vmstate->file, '/');

    for (gsize i = 0; vmstate->file && i < G_N_ELEMENTS(dirs); i++) {
        cared_for |= g_str_has_prefix(vmstate->file, dirs[i]);
    }
    return cared_for &&
           (!s->new->facts->boards->len || vmstate->boards != 0);
}

struct stream_change *streams_add(struct streams *s,
                                  enum stream_change_kind kind,
                                  const struct vmstate *old,
                                  const struct vmstate *new,
                                  const GPtrArray *types)
{
    struct stream_change *change = g_new0(struct stream_change, 1);
    const struct vmstate *any = new ? new : old;

    change->kind = kind;
    change->old_state = old;
    change->new_state = new;
    change->devices = g_ptr_array_new();
    change->machines = g_ptr_array_new();
    add_devices(s, change, types);
    if (!change->devices->len && ((types && types->len) ||
                                  any->unmigratable)) {
        stream_change_free(change);
        return NULL;
    }
    if (!change->devices->len) {
        change->stable = is_at_home(s, any);
    }
    g_ptr_array_add(s->changes, change);
    return change;
}

/* --- Which description is which ------------------------------------------- */

static GHashTable *by_name(const struct facts *facts)
{
    GHashTable *table = g_hash_table_new_full(
        NULL, NULL, NULL, (GDestroyNotify)g_ptr_array_unref);

    for (guint i = 0; i < facts->vmstates->len; i++) {
        struct vmstate *vmstate = g_ptr_array_index(facts->vmstates, i);
        GPtrArray *list;

        if (!vmstate->name) {
            continue;
        }
        list = g_hash_table_lookup(table, vmstate->name);
        if (!list) {
            list = g_ptr_array_new();
            g_hash_table_insert(table, borrow(vmstate->name), list);
        }
        g_ptr_array_add(list, vmstate);
    }
    return table;
}

/* "vmstate_x" of "hw/x.c:vmstate_x". */
static const char *variable_of(const struct vmstate *vmstate)
{
    const char *path = vmstate->file &&
                       g_str_has_prefix(vmstate->id, vmstate->file)
                       ? vmstate->id + strlen(vmstate->file) : NULL;

    return path && *path == ':' ? path + 1 : vmstate->id;
}

static int likeness(const struct vmstate *a, const struct vmstate *b)
{
    return (a->id == b->id) + 2 * (a->file == b->file) +
           4 * !strcmp(variable_of(a), variable_of(b)) +
           (a->targets == b->targets);
}

/* The most alike of NAMES that no other is more alike to. */
static const struct vmstate *partner(const struct vmstate *vmstate,
                                     const GPtrArray *list)
{
    const struct vmstate *best = NULL;
    int most = -1;

    for (guint i = 0; list && i < list->len; i++) {
        const struct vmstate *other = g_ptr_array_index(list, i);
        int alike = likeness(vmstate, other);

        if (alike > most) {
            best = other;
            most = alike;
        }
    }
    return best;
}

/* Several may have one name ("timer"): each is the other's partner then. */
static void pair_up(struct streams *s)
{
    g_autoptr(GHashTable) old_names = by_name(s->old->facts);
    g_autoptr(GHashTable) new_names = by_name(s->new->facts);
    const GPtrArray *all = s->old->facts->vmstates;

    for (guint i = 0; i < all->len; i++) {
        const struct vmstate *old = g_ptr_array_index(all, i);
        const struct vmstate *new = old->name
            ? partner(old, g_hash_table_lookup(new_names, old->name)) : NULL;

        if (new && partner(new, g_hash_table_lookup(old_names, new->name)) ==
            old) {
            g_hash_table_insert(s->pair_of, borrow(old), borrow(new));
        }
    }
}

/* --- The two comparisons -------------------------------------------------- */

static void streams_init(struct streams *s, const struct engine *engine,
                         struct side *new)
{
    *s = (struct streams){
        .engine = engine, .old = engine->old, .new = new,
        .is_base = new != engine->new,
        .pair_of = g_hash_table_new(NULL, NULL),
        .changes = g_ptr_array_new_with_free_func(
            (GDestroyNotify)stream_change_free),
    };
    pair_up(s);
    streams_judge_layouts(s);
    streams_judge_tests(s);
    streams_judge_parts(s);
    streams_judge_sections(s);
}

static void streams_clear(struct streams *s)
{
    g_hash_table_unref(s->pair_of);
    g_ptr_array_unref(s->changes);
    owners_free(s->old_owners);
    owners_free(s->new_owners);
}

/* What both comparisons call the same change. */
static char *change_key(const struct stream_change *change)
{
    const struct vmstate_field *field = change->new_field
        ? change->new_field : change->old_field;
    const struct vmstate *state = change->old_state ? change->old_state
                                                    : change->new_state;
    int version = change->new_state ? change->new_state->version_id : 0;

    return g_strdup_printf("%d %s %s %d %s", change->kind, state->name,
                           field ? field->name : "",
                           change->kind == STREAM_VERSION_RAISED ? version
                                                                 : 0,
                           change->new_state ? change->new_state->name : "");
}

/* The newest machine type on which the gate keeps the old stream, or NULL. */
static const struct machine *newest_kept(const struct streams *s,
                                         const struct stream_change *change)
{
    const struct machine *newest = NULL;

    for (guint i = 0; change->gate && i < s->engine->pairs->len; i++) {
        const struct machine *before;
        const struct machine *machine = streams_machine(s, i, &before);

        if (machine && (!newest || compare_release(&machine->version,
                                                   &newest->version) > 0) &&
            streams_has(s, any_state(change), change->devices, machine) &&
            !g_ptr_array_find(change->machines, machine, NULL)) {
            newest = machine;
        }
    }
    return newest;
}

/* Where the gate keeps the old stream on some machine type of the newest
 * release the entry is there, and whom it misses is the matter of rules about
 * entries.  A late fix puts only older ones right. */
static void judge_gate(const struct streams *s, struct stream_change *change)
{
    const struct machine *newest = newest_kept(s, change);

    if (newest) {
        change->kept = same_release(&newest->version,
                                    &s->engine->released_version);
        change->late_fix = engine_is_repair(s->engine, &newest->version);
    }
}

void engine_find_stream_changes(struct engine *engine)
{
    g_autoptr(GHashTable) known = g_hash_table_new_full(
        g_str_hash, g_str_equal, g_free, NULL);
    struct streams s;

    if (engine->base) {
        streams_init(&s, engine, engine->base);
        for (guint i = 0; i < s.changes->len; i++) {
            g_hash_table_add(known,
                             change_key(g_ptr_array_index(s.changes, i)));
        }
        streams_clear(&s);
    }
    streams_init(&s, engine, engine->new);
    for (guint i = 0; i < s.changes->len; i++) {
        struct stream_change *change = g_ptr_array_index(s.changes, i);
        g_autofree char *key = change_key(change);

        if (!g_hash_table_contains(known, key)) {
            judge_gate(&s, change);
            g_ptr_array_add(engine->changes.streams, change);
            s.changes->pdata[i] = NULL;
        }
    }
    streams_clear(&s);
}
