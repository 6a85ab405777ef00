/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Registered types → facts.
 */
#include "qom/interp.h"

#include <string.h>

/* --- What instance code gave, moved to the type it belongs to ------------ */

/* All runs of one type's instance code. */
struct owner_runs {
    guint n;
    GHashTable *names;           /* name → struct shared * */
};

struct shared {
    const struct property *first;
    guint n;
    bool same;
};

static void owner_runs_free(gpointer data)
{
    struct owner_runs *runs = data;

    g_hash_table_destroy(runs->names);
    g_free(runs);
}

static bool same_property(const struct property *a, const struct property *b)
{
    return a->name == b->name && a->kind == b->kind &&
           a->def.kind == b->def.kind &&
           (a->def.kind == VALUE_UNEVALUATED
            ? a->def.string == b->def.string
            : value_equal(a->kind, &a->def, &b->def));
}

static void count_property(struct owner_runs *runs,
                           const struct property *property)
{
    struct shared *shared = g_hash_table_lookup(runs->names, property->name);

    if (!shared) {
        shared = g_new0(struct shared, 1);
        shared->first = property;
        shared->same = true;
        g_hash_table_insert(runs->names, unconst(property->name), shared);
    }
    shared->n++;
    shared->same &= same_property(shared->first, property);
}

static void count_runs(GHashTable *owners, const struct qtype *type)
{
    for (guint i = 0; i < type->runs->len; i++) {
        struct instance_run *run = g_ptr_array_index(type->runs, i);
        struct owner_runs *runs = g_hash_table_lookup(owners, run->owner);

        if (!runs) {
            runs = g_new0(struct owner_runs, 1);
            runs->names = g_hash_table_new_full(NULL, NULL, NULL, g_free);
            g_hash_table_insert(owners, run->owner, runs);
        }
        runs->n++;
        for (guint p = 0; p < run->properties->len; p++) {
            count_property(runs, g_ptr_array_index(run->properties, p));
        }
    }
}

static bool has_property(const struct qtype *type, const char *name)
{
    for (guint i = 0; i < type->properties->len; i++) {
        const struct property *p = g_ptr_array_index(type->properties, i);

        if (p->name == name) {
            return true;
        }
    }
    return false;
}

static void place_alias(struct qtype *type, struct alias *alias)
{
    for (guint i = 0; i < type->aliases->len; i++) {
        const struct alias *other = g_ptr_array_index(type->aliases, i);

        if (other->name == alias->name && other->target == alias->target &&
            other->property == alias->property) {
            return;
        }
    }
    g_ptr_array_add(type->aliases, alias);
}

static void place_run(GHashTable *owners, struct qtype *type,
                      const struct instance_run *run)
{
    struct owner_runs *runs = g_hash_table_lookup(owners, run->owner);

    for (guint i = 0; i < run->properties->len; i++) {
        struct property *p = g_ptr_array_index(run->properties, i);
        struct shared *shared = g_hash_table_lookup(runs->names, p->name);
        struct qtype *to = shared->same && shared->n == runs->n ? run->owner
                                                                : type;

        if (!has_property(to, p->name)) {
            g_ptr_array_add(to->properties, p);
        }
    }
    for (guint i = 0; i < run->aliases->len; i++) {
        struct alias *alias = g_ptr_array_index(run->aliases, i);
        bool is_own = alias->target == run->owner->name;

        /* The embedded device may differ from leaf to leaf. */
        place_alias(is_own ? run->owner : type, alias);
    }
}

static void place_instance_properties(struct interp *in)
{
    g_autoptr(GHashTable) owners = g_hash_table_new_full(NULL, NULL, NULL,
                                                         owner_runs_free);

    for (guint i = 0; i < in->types->len; i++) {
        count_runs(owners, g_ptr_array_index(in->types, i));
    }
    for (guint i = 0; i < in->types->len; i++) {
        struct qtype *type = g_ptr_array_index(in->types, i);

        for (guint r = 0; r < type->runs->len; r++) {
            place_run(owners, type, g_ptr_array_index(type->runs, r));
        }
    }
}

/* --- Types --------------------------------------------------------------- */

static bool class_flag(struct interp *in, const struct qtype *type,
                       const char *field)
{
    struct place klass = { type->klass, "" };
    struct val v = memory_load(in, place_member(in, klass, field,
                                                "DeviceClass"));

    return val_truth(&v) == 1;
}

static bool is_unmigratable(struct interp *in, const struct qtype *type)
{
    struct place klass = { type->klass, "" };
    struct val v = memory_load(in, place_member(in, klass, "vmsd",
                                                "DeviceClass"));

    if (v.kind != VAL_POINTER) {
        return false;
    }
    v = memory_field(in, v.place, "unmigratable");
    return val_truth(&v) == 1;
}

/* Before v2.10 a flag said the opposite. */
static bool is_user_creatable(struct interp *in, const struct qtype *type)
{
    struct place klass = { type->klass, "" };
    struct place place = place_member(in, klass, "user_creatable",
                                      "DeviceClass");

    if (memory_find(place)) {
        return class_flag(in, type, "user_creatable");
    }
    return !class_flag(in, type, "cannot_instantiate_with_device_add_yet");
}

/* Those of TARGETS that have what SOME have, 0 being all; false: none. */
static bool narrow(target_set targets, target_set some, target_set *ret)
{
    *ret = targets && some ? targets & some : targets | some;
    return *ret || !(targets && some);
}

static void emit_properties(const struct qtype *type, struct qom_type *to)
{
    for (guint i = 0; i < type->properties->len; i++) {
        const struct property *from = g_ptr_array_index(type->properties, i);
        struct property *property;
        target_set targets;

        if (narrow(type->targets, from->targets, &targets)) {
            property = qom_type_add_property(to, from->name);
            *property = *from;
            property->targets = targets;
        }
    }
    for (guint i = 0; i < type->aliases->len; i++) {
        *qom_type_add_alias(to) =
            *(struct alias *)g_ptr_array_index(type->aliases, i);
    }
}

/* Whether TYPE is an interface, not whether it implements one. */
static bool is_interface(struct interp *in, struct qtype *type)
{
    while (type && strcmp(type->name, "interface")) {
        type = type->parent;
    }
    return type != NULL;
}

static struct qom_type *emit_type(struct interp *in, struct facts *facts,
                                  struct qtype *type)
{
    struct qom_type *to = facts_add_type(facts, type->name);

    to->parent = type->parent_name;
    to->instance_struct = type->instance_struct;
    to->abstract = type->abstract || is_interface(in, type);
    to->targets = type->targets;
    to->loc = type->loc;
    if (qtype_is_a(in, type, "device")) {
        to->user_creatable = !to->abstract && is_user_creatable(in, type);
        to->unmigratable = is_unmigratable(in, type);
        slots_emit(in, type, to);
    } else if (qtype_is_a(in, type, "machine")) {
        slots_emit_machine(in, type, to);
    }
    for (guint i = 0; i < type->interfaces->len; i++) {
        g_ptr_array_add(to->interfaces,
                        g_ptr_array_index(type->interfaces, i));
    }
    emit_properties(type, to);
    streams_read_class(in->streams, type, to);
    return to;
}

static bool same_arrays(const GPtrArray *a, const GPtrArray *b,
                        bool (*same)(gconstpointer, gconstpointer))
{
    if (a->len != b->len) {
        return false;
    }
    for (guint i = 0; i < a->len; i++) {
        if (!same(g_ptr_array_index(a, i), g_ptr_array_index(b, i))) {
            return false;
        }
    }
    return true;
}

static bool same_pointer(gconstpointer a, gconstpointer b)
{
    return a == b;
}

static bool same_declaration(gconstpointer a, gconstpointer b)
{
    const struct property *x = a, *y = b;

    return same_property(x, y) && x->record == y->record &&
           x->field == y->field && x->bit == y->bit;
}

static bool same_alias(gconstpointer a, gconstpointer b)
{
    const struct alias *x = a, *y = b;

    return x->name == y->name && x->target == y->target &&
           x->property == y->property;
}

static gint compare_uses(gconstpointer p, gconstpointer q)
{
    const struct vmstate_use *a = *(const struct vmstate_use *const *)p;
    const struct vmstate_use *b = *(const struct vmstate_use *const *)q;

    return strcmp(a->member, b->member);
}

static bool same_use(gconstpointer a, gconstpointer b)
{
    const struct vmstate_use *x = a, *y = b;

    return x->member == y->member && x->id == y->id;
}

/* They come in no order. */
static bool same_uses(GPtrArray *a, GPtrArray *b)
{
    g_ptr_array_sort(a, compare_uses);
    g_ptr_array_sort(b, compare_uses);
    return same_arrays(a, b, same_use);
}

/* Two boards of one name are two types even where nothing else differs. */
static bool same_type(const struct qom_type *a, const struct qom_type *b)
{
    return a->loc.file == b->loc.file && a->loc.line == b->loc.line &&
           a->parent == b->parent && a->abstract == b->abstract &&
           a->instance_struct == b->instance_struct &&
           a->user_creatable == b->user_creatable &&
           a->unmigratable == b->unmigratable &&
           same_arrays(a->interfaces, b->interfaces, same_pointer) &&
           same_arrays(a->properties, b->properties, same_declaration) &&
           same_arrays(a->aliases, b->aliases, same_alias) &&
           same_uses(a->vmstates, b->vmstates);
}

/* A type of several targets in which nothing differs is one type: the one
 * among EMITTED that TYPE is the same as, or NULL. */
static struct qom_type *find_twin(struct interp *in, const GPtrArray *emitted,
                                  struct qtype *type)
{
    g_autoptr(Facts) scratch = NULL;
    const struct qom_type *draft;

    if (!emitted->len) {
        return NULL;
    }
    scratch = facts_new();
    draft = emit_type(in, scratch, type);
    for (guint i = 0; i < emitted->len; i++) {
        struct qom_type *other = g_ptr_array_index(emitted, i);

        if (same_type(other, draft)) {
            return other;
        }
    }
    return NULL;
}

static void add_targets(struct qom_type *to, const struct qtype *type)
{
    to->targets |= type->targets;
    for (guint i = 0; i < to->properties->len; i++) {
        struct property *property = g_ptr_array_index(to->properties, i);

        for (guint k = 0; k < type->properties->len; k++) {
            const struct property *from =
                g_ptr_array_index(type->properties, k);

            if (from->name == property->name) {
                narrow(to->targets, from->targets, &property->targets);
            }
        }
    }
}

static void emit_name(struct interp *in, struct qtype *first)
{
    g_autoptr(GPtrArray) emitted = g_ptr_array_new();

    for (struct qtype *type = first; type; type = type->next) {
        struct qom_type *twin = find_twin(in, emitted, type);

        if (twin) {
            add_targets(twin, type);
        } else {
            g_ptr_array_add(emitted, emit_type(in, in->facts, type));
        }
        if (qtype_is_a(in, type, "machine")) {
            machines_emit(in, type);
        }
        cpus_emit(in, type);
    }
}

void types_emit(struct interp *in)
{
    place_instance_properties(in);
    in->streams = streams_new(in);
    for (guint i = 0; i < in->types->len; i++) {
        struct qtype *type = g_ptr_array_index(in->types, i);

        if (g_hash_table_lookup(in->types_by_name, type->name) == type) {
            emit_name(in, type);
        }
    }
    streams_free(in->streams);
}
