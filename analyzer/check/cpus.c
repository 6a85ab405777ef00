/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * CPU models that tables describe: what a released machine type gets from a
 * model, or from a version of it, before and after.  An entry on the model's
 * type may repair what its table changed.
 */
#include "check/cpus.h"

#include <string.h>

#include "base/borrow.h"
#include "check/engine.h"

/* One value of one model that differs, ignoring entries. */
struct difference {
    const char *type;            /* the QOM type, of the model or a version */
    GPtrArray *names;            /* properties that set it, interned */
    bool is_bit;
    const char *old, *new;       /* NULL: the model does not say */
    const char *base;            /* the same of BASE */
};

void cpu_change_free(struct cpu_change *change)
{
    g_ptr_array_unref(change->gained);
    g_ptr_array_unref(change->lost);
    g_ptr_array_unref(change->machines);
    g_free(change);
}

/* --- Effective values ----------------------------------------------------- */

/* Whether code of the machine type takes the feature away. */
static bool is_limited(const struct side *side, const struct machine *machine,
                       const struct difference *d)
{
    const struct cpu_model *model =
        d->is_bit ? facts_cpu_model(side->facts, d->type) : NULL;

    for (guint n = 0; model && n < d->names->len; n++) {
        if (cpu_model_is_limited(model, machine,
                                 g_ptr_array_index(d->names, n))) {
            return true;
        }
    }
    return false;
}

/* The value that the last entry of the machine gives the model's type, or
 * code of the machine. */
static const char *entry_value(const struct side *side, guint machine_no,
                               const struct difference *d)
{
    const struct machine *machine =
        g_ptr_array_index(side->facts->machines, machine_no);
    const struct qom_type *type =
        facts_type(side->facts, d->type, machine->targets);
    const char *best = type && is_limited(side, machine, d) ? "off" : NULL;
    gint64 best_at = -1;

    for (guint n = 0; type && n < d->names->len; n++) {
        const GArray *refs =
            side_entries(side, g_ptr_array_index(d->names, n));

        for (guint i = 0; refs && i < refs->len; i++) {
            const struct entry_ref *ref =
                &g_array_index(refs, struct entry_ref, i);
            gint64 at = side_position(side, machine_no, ref->array_no);

            at = at < 0 ? -1 : (at << 32 | ref->index);
            if (at > best_at && facts_type_is_a(side->facts, type,
                                                ref->entry->driver)) {
                best_at = at;
                best = ref->entry->value;
            }
        }
    }
    return best;
}

static bool is_on(const char *text)
{
    return text && (!strcmp(text, "on") || !strcmp(text, "yes") ||
                    !strcmp(text, "true") || !strcmp(text, "y"));
}

static bool is_same(const struct difference *d, const char *a, const char *b)
{
    char *end_a, *end_b;

    if (d->is_bit) {
        return is_on(a) == is_on(b);
    }
    if (!a || !b || !strcmp(a, b)) {
        return a == b || (a && b);
    }
    gint64 x = g_ascii_strtoll(a, &end_a, 0);
    gint64 y = g_ascii_strtoll(b, &end_b, 0);
    return *a && *b && !*end_a && !*end_b && x == y;
}

/* Whether ENTRY is for the model and MACHINE, and in an array that no machine
 * type applies yet: that of a release before there is a newer one. */
static bool is_waiting(const struct side *side, const struct entry_ref *ref,
                       const struct machine *machine,
                       const struct qom_type *type)
{
    g_autoptr(GPtrArray) appliers = NULL;

    if (!ref->array->has_version ||
        compare_release(&ref->array->version, &machine->version) < 0 ||
        !facts_type_is_a(side->facts, type, ref->entry->driver)) {
        return false;
    }
    appliers = side_appliers(side, ref->array);
    return !appliers->len;
}

/* The array that is going to give MACHINE the released value, or NULL. */
static const struct compat_array *waiting_array(const struct engine *engine,
                                                const struct difference *d,
                                                const struct machine *machine,
                                                const char *old)
{
    const struct side *side = engine->new;
    const struct qom_type *type = facts_type(side->facts, d->type,
                                             machine->targets);

    for (guint n = 0; type && n < d->names->len; n++) {
        const GArray *refs =
            side_entries(side, g_ptr_array_index(d->names, n));

        for (guint i = 0; refs && i < refs->len; i++) {
            const struct entry_ref *ref =
                &g_array_index(refs, struct entry_ref, i);

            if (is_waiting(side, ref, machine, type) &&
                is_same(d, ref->entry->value, old)) {
                return ref->array;
            }
        }
    }
    return NULL;
}

/* Whether HEAD gives the machine what the release gave it, or what BASE gives
 * it: then the change did not do it. */
static bool is_kept(const struct engine *engine, const struct difference *d,
                    const struct machine_pair *pair, const char **ret_old,
                    const char **ret_new)
{
    const char *old = entry_value(engine->old, pair->old, d);
    const char *new = entry_value(engine->new, pair->new, d);
    const char *base;

    *ret_old = old ? old : d->old;
    *ret_new = new ? new : d->new;
    if (is_same(d, *ret_old, *ret_new)) {
        return true;
    }
    if (pair->base < 0) {
        return false;
    }
    base = entry_value(engine->base, (guint)pair->base, d);
    return is_same(d, base ? base : d->base, *ret_new);
}

/* --- Differences ---------------------------------------------------------- */

static void add_spellings(GPtrArray *names, const char *name)
{
    g_auto(GStrv) parts = g_strsplit(name, "|", -1);

    for (char **part = parts; *part; part++) {
        g_ptr_array_add(names, borrow(g_intern_string(*part)));
        if (strchr(*part, '_')) {
            g_strdelimit(*part, "_", '-');
            g_ptr_array_add(names, borrow(g_intern_string(*part)));
        }
    }
}

static void note_waiting(struct cpu_change *change,
                         const struct compat_array *array)
{
    change->uncovered |= !array;
    change->waiting = array ? array : change->waiting;
}

/* What the machine types of the pairs lose or gain by D; CHANGE gets them. */
static bool add_machines(const struct engine *engine,
                         struct cpu_change *change,
                         const struct difference *d)
{
    bool any = false;

    for (guint i = 0; i < engine->pairs->len; i++) {
        const struct machine_pair *pair =
            &g_array_index(engine->pairs, struct machine_pair, i);
        const struct machine *machine = engine_machine(engine, pair);
        const struct qom_type *type = facts_type(engine->new->facts, d->type,
                                                 machine->targets);
        const char *old, *new;

        if (!type || !facts_machine_has(engine->new->facts, machine, type) ||
            is_kept(engine, d, pair, &old, &new)) {
            continue;
        }
        any = true;
        note_waiting(change, waiting_array(engine, d, machine, old));
        if (!d->is_bit && !change->machines->len) {
            change->old_value = old;
            change->new_value = new;
        }
        if (!g_ptr_array_find(change->machines, machine, NULL)) {
            g_ptr_array_add(change->machines, borrow(machine));
        }
    }
    return any;
}

static bool contains_text(const GPtrArray *list, const char *text)
{
    return g_ptr_array_find(borrow(list), text, NULL);
}

/* The model in BASE, NULL: there is none, or nothing is subtracted. */
static const struct cpu_model *base_model(const struct engine *engine,
                                          const struct cpu_model *head)
{
    return engine->base ? facts_cpu_model(engine->base->facts, head->type)
                        : NULL;
}

static const char *base_value(const struct engine *engine,
                              const struct cpu_model *head, const char *name)
{
    const struct cpu_model *base = base_model(engine, head);

    return base ? cpu_values_get(base->values, name) : NULL;
}

/* Whether some entry on one of NAMES came, went or moved. */
static bool is_dirty(const struct engine *engine, const GPtrArray *names)
{
    for (guint i = 0; i < names->len; i++) {
        if (g_hash_table_contains(engine->dirty,
                                  g_ptr_array_index(names, i))) {
            return true;
        }
    }
    return false;
}

static struct cpu_change *change_new(const struct cpu_model *model,
                                     int version, const char *name)
{
    struct cpu_change *change = g_new0(struct cpu_change, 1);

    change->model = model;
    change->version = version;
    change->name = name;
    change->gained = g_ptr_array_new();
    change->lost = g_ptr_array_new();
    change->machines = g_ptr_array_new();
    return change;
}

static void keep_change(struct engine *engine, struct cpu_change *change)
{
    if (change->machines->len) {
        g_ptr_array_add(engine->changes.cpus, change);
    } else {
        cpu_change_free(change);
    }
}

/* --- Features ------------------------------------------------------------- */

/* "fpu/10:name": the bit, and its name. */
static GHashTable *parse_features(const char *text)
{
    GHashTable *bits = g_hash_table_new(NULL, NULL);
    g_auto(GStrv) words = g_strsplit(text ? text : "", " ", -1);

    for (char **word = words; *word; word++) {
        char *colon = strchr(*word, ':');
        const char *name = colon ? g_intern_string(colon + 1) : NULL;

        if (colon) {
            *colon = '\0';
        }
        g_hash_table_insert(bits, borrow(g_intern_string(*word)),
                            borrow(name));
    }
    return bits;
}

static bool has_value(GHashTable *table, gconstpointer value)
{
    GHashTableIter iter;
    gpointer at;

    g_hash_table_iter_init(&iter, table);
    while (g_hash_table_iter_next(&iter, NULL, &at)) {
        if (at == value) {
            return true;
        }
    }
    return false;
}

/* The named bits of FROM that OTHER has neither by place nor by name. */
static GPtrArray *named_only_in(GHashTable *from, GHashTable *other)
{
    GPtrArray *names = g_ptr_array_new();
    GHashTableIter iter;
    gpointer bit, name;

    g_hash_table_iter_init(&iter, from);
    while (g_hash_table_iter_next(&iter, &bit, &name)) {
        if (name && !g_hash_table_contains(other, bit) &&
            !has_value(other, name)) {
            g_ptr_array_add(names, name);
        }
    }
    return names;
}

static int by_text(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* What an instruction set that is off would have does not matter. */
static bool depends_on_what_is_off(const char *name, GHashTable *features)
{
    return g_str_has_prefix(name, "vmx-") &&
           !has_value(features, g_intern_static_string("vmx"));
}

static void add_limits(const struct cpu_model *model, GPtrArray *names)
{
    for (guint i = 0; i < model->limits->len; i++) {
        const struct cpu_limit *limit = g_ptr_array_index(model->limits, i);

        if (!contains_text(names, limit->feature)) {
            g_ptr_array_add(names, borrow(limit->feature));
        }
    }
}

/* What either takes away from some machine types. */
static GPtrArray *limited_names(const struct cpu_model *old,
                                const struct cpu_model *new)
{
    GPtrArray *names = g_ptr_array_new();

    add_limits(old, names);
    add_limits(new, names);
    g_ptr_array_sort(names, by_text);
    return names;
}

static void add_features(struct engine *engine, struct cpu_change *change,
                         GHashTable *from, GHashTable *other, bool on)
{
    g_autoptr(GPtrArray) names = named_only_in(from, other);
    g_autoptr(GHashTable) base = parse_features(
        base_value(engine, change->model, change->name));

    g_ptr_array_sort(names, by_text);
    for (guint i = 0; i < names->len; i++) {
        gpointer name = g_ptr_array_index(names, i);
        g_autoptr(GPtrArray) spellings = g_ptr_array_new();
        struct difference d = {
            change->model->type, spellings, true, on ? "off" : "on",
            on ? "on" : "off", has_value(base, name) ? "on" : "off",
        };

        add_spellings(spellings, name);
        if (!depends_on_what_is_off(name, from) &&
            add_machines(engine, change, &d)) {
            g_ptr_array_add(on ? change->gained : change->lost, name);
        }
    }
}

/* What both have, and code of machine types does not take away from the same
 * ones. */
static void add_limited(struct engine *engine, struct cpu_change *change,
                        const struct cpu_model *old, GHashTable *had,
                        GHashTable *has)
{
    g_autoptr(GPtrArray) names = limited_names(old, change->model);

    for (guint i = 0; i < names->len; i++) {
        const char *name = g_ptr_array_index(names, i);
        const struct version *before = cpu_model_limit(old, name);
        const struct version *after = cpu_model_limit(change->model, name);
        bool on = before && (!after || version_compare(after, before) < 0);
        g_autoptr(GPtrArray) spellings = g_ptr_array_new();
        struct difference d = {
            change->model->type, spellings, true, "on", "on", "on",
        };

        add_spellings(spellings, name);
        if (has_value(had, name) && has_value(has, name) &&
            add_machines(engine, change, &d)) {
            g_ptr_array_add(on ? change->gained : change->lost,
                            borrow(name));
        }
    }
}

static void compare_features(struct engine *engine,
                             const struct cpu_model *old,
                             const struct cpu_model *new)
{
    const char *name = g_intern_static_string("features");
    const char *before = cpu_values_get(old->values, name);
    const char *after = cpu_values_get(new->values, name);
    struct cpu_change *change;

    if (!before || !after || (before == after && !old->limits->len &&
                              !new->limits->len)) {
        return;
    }
    g_autoptr(GHashTable) had = parse_features(before);
    g_autoptr(GHashTable) has = parse_features(after);

    change = change_new(new, 0, name);
    add_features(engine, change, has, had, true);
    add_features(engine, change, had, has, false);
    add_limited(engine, change, old, had, has);
    keep_change(engine, change);
}

/* --- Values --------------------------------------------------------------- */

/* An entry may set the value, or the least that it is. */
static GPtrArray *properties_of(const char *name)
{
    g_autofree char *least = g_strconcat("min-", name, NULL);
    GPtrArray *names = g_ptr_array_new();

    g_ptr_array_add(names, borrow(name));
    if (g_str_has_suffix(name, "level") || g_str_has_suffix(name, "level2")) {
        g_ptr_array_add(names, borrow(g_intern_string(least)));
    }
    return names;
}

static void compare_value(struct engine *engine, const struct cpu_model *old,
                          const struct cpu_model *new, const char *name)
{
    g_autoptr(GPtrArray) names = properties_of(name);
    struct difference d = {
        new->type, names, false, cpu_values_get(old->values, name),
        cpu_values_get(new->values, name), base_value(engine, new, name),
    };
    struct cpu_change *change;

    /* A value that the table has learned to tell was something before. */
    if (!d.old || !d.new ||
        (is_same(&d, d.old, d.new) && !is_dirty(engine, names))) {
        return;
    }
    change = change_new(new, 0, name);
    add_machines(engine, change, &d);
    keep_change(engine, change);
}

/* --- Versions ------------------------------------------------------------- */

/* What the versions up to NUMBER set the property to, NULL: nothing. */
static const char *version_value(const struct cpu_model *model, int number,
                                 const char *name)
{
    const char *value = NULL;

    for (guint i = 0; i < model->versions->len; i++) {
        const struct cpu_version *version =
            g_ptr_array_index(model->versions, i);
        const char *own = cpu_values_get(version->props, name);

        value = own ? own : value;
        if (version->version == number) {
            break;
        }
    }
    return value;
}

static void add_prop_names(const struct cpu_model *model, GPtrArray *names)
{
    for (guint i = 0; i < model->versions->len; i++) {
        const struct cpu_version *version =
            g_ptr_array_index(model->versions, i);

        for (guint k = 0; k < version->props->len; k++) {
            const struct cpu_value *value =
                g_ptr_array_index(version->props, k);

            if (!contains_text(names, value->name)) {
                g_ptr_array_add(names, borrow(value->name));
            }
        }
    }
}

static const char *version_type(const struct cpu_model *model, int number)
{
    g_autofree char *type = g_strdup_printf("%s-v%d%s", model->name, number,
                                            model->type +
                                            strlen(model->name));

    return g_intern_string(type);
}

static void compare_prop(struct engine *engine, const struct cpu_model *old,
                         const struct cpu_model *new, int number,
                         const char *name)
{
    const struct cpu_model *base = base_model(engine, new);
    g_autoptr(GPtrArray) names = properties_of(name);
    struct difference d = {
        version_type(new, number), names, false,
        version_value(old, number, name), version_value(new, number, name),
        base ? version_value(base, number, name) : NULL,
    };
    struct cpu_change *change;

    if (d.old == d.new) {
        return;
    }
    change = change_new(new, number, name);
    add_machines(engine, change, &d);
    keep_change(engine, change);
}

static void compare_versions(struct engine *engine,
                             const struct cpu_model *old,
                             const struct cpu_model *new)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new();

    add_prop_names(old, names);
    add_prop_names(new, names);
    for (guint i = 0; i < new->versions->len; i++) {
        const struct cpu_version *version =
            g_ptr_array_index(new->versions, i);

        for (guint k = 0; k < names->len &&
                          cpu_model_version(old, version->version); k++) {
            compare_prop(engine, old, new, version->version,
                         g_ptr_array_index(names, k));
        }
    }
}

void engine_find_cpu_changes(struct engine *engine)
{
    const GPtrArray *models = engine->new->facts->cpu_models;

    for (guint i = 0; i < models->len; i++) {
        const struct cpu_model *new = g_ptr_array_index(models, i);
        const struct cpu_model *old =
            facts_cpu_model(engine->old->facts, new->type);

        for (guint k = 0; old && k < new->values->len; k++) {
            const struct cpu_value *value = g_ptr_array_index(new->values, k);

            if (strcmp(value->name, "features") == 0) {
                compare_features(engine, old, new);
            } else {
                compare_value(engine, old, new, value->name);
            }
        }
        if (old) {
            compare_versions(engine, old, new);
        }
    }
}
