/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Class fields of released machine types: what the machine's class code gives
 * them in HEAD, and what it gave them in the release.
 */
#include "check/fields.h"

#include <string.h>

#include "base/borrow.h"

/* --- Values --------------------------------------------------------------- */

static bool is_declared(const struct side *side, const char *name)
{
    const char *dot = strchr(name, '.');
    g_autofree char *record = dot ? g_strndup(name, dot - name) : NULL;

    return dot && side_has_field(side, g_intern_string(record), dot + 1);
}

struct field_value field_value_of(const struct side *side,
                                  const struct machine *machine,
                                  const char *name)
{
    const struct class_field *field = machine_field(machine, name);

    if (field) {
        return (struct field_value){ field->value, field->evaluated,
                                     field->loc };
    }
    /* Class structs start as zeroes. */
    return (struct field_value){
        is_declared(side, name) ? g_intern_static_string("0") : NULL, true,
        { NULL, 0, 0 },
    };
}

/* --- Fields that are no promise ------------------------------------------- */

/* What only describes the machine type to users. */
static bool is_description(const char *name)
{
    static const char *const fields[] = {
        "MachineClass.desc", "MachineClass.family", "MachineClass.is_default",
        "MachineClass.hot_add_cpu",
    };

    for (gsize i = 0; i < G_N_ELEMENTS(fields); i++) {
        if (strcmp(name, fields[i]) == 0) {
            return true;
        }
    }
    return false;
}

static const char *leaf_of(const char *name)
{
    const char *dot = strchr(name, '.');

    return dot ? dot + 1 : name;
}

const char *field_moved_from(const struct side *side,
                             const struct machine *machine, const char *name)
{
    const char *leaf = leaf_of(name);

    for (guint i = 0; i < machine->fields->len; i++) {
        const struct class_field *field =
            g_ptr_array_index(machine->fields, i);
        g_autofree char *record = g_strndup(
            field->name, strcspn(field->name, "."));

        if (side_has_field(side, g_intern_string(record), leaf)) {
            g_autofree char *path = g_strconcat(record, ".", leaf, NULL);

            return g_intern_string(path);
        }
    }
    return NULL;
}

bool field_is_harmless(const char *name)
{
    return is_description(name) || g_str_has_suffix(name, "_supported") ||
           g_str_has_suffix(name, "_allowed") ||
           g_str_has_suffix(name, ".max_cpus");
}

/* Tables that only some targets hand to their firmware. */
static bool is_of_other_targets(const char *name,
                                const struct machine *machine)
{
    static const char *const targets[] = {
        "i386", "x86_64", "arm", "aarch64", "loongarch64", "riscv32",
        "riscv64",
    };

    for (gsize i = 0; i < G_N_ELEMENTS(targets); i++) {
        if (machine->targets & target_bit(targets[i])) {
            return false;
        }
    }
    return machine->targets && strstr(name, ".smbios_");
}

static bool is_zero(const char *value)
{
    return strcmp(value, "0") == 0;
}

/* What may be asked of the machine: more of it changes no machine that could
 * be started before. */
static bool only_allows_more(const char *name, const char *old,
                             const char *new)
{
    if (g_str_has_suffix(name, "_supported") ||
        g_str_has_suffix(name, "_allowed")) {
        return is_zero(old);
    }
    return g_str_has_suffix(name, ".max_cpus") &&
           g_ascii_strtoll(old, NULL, 0) < g_ascii_strtoll(new, NULL, 0);
}

/* A number of CPUs that nobody gave is one. */
static bool is_same_count(const char *name, const char *old, const char *new)
{
    return g_str_has_suffix(name, "_cpus") &&
           ((is_zero(old) && !strcmp(new, "1")) ||
            (is_zero(new) && !strcmp(old, "1")));
}

/* Whether some machine type of FACTS has VALUE in the field. */
static bool is_used(const struct facts *facts, const char *name,
                    const char *value)
{
    for (guint i = 0; i < facts->machines->len; i++) {
        const struct class_field *field =
            machine_field(g_ptr_array_index(facts->machines, i), name);

        if (field && field->value == value) {
            return true;
        }
    }
    return false;
}

/* "&name": what is pointed to may have got another name, and a hook may have
 * come with what it does.  To take one that the release had for others, or to
 * drop one that others keep, is a change. */
static bool is_choice(const struct engine *engine, const char *name,
                      const char *old, const char *new)
{
    if (*new == '&') {
        return is_used(engine->old->facts, name, new);
    }
    return *old != '&' || is_used(engine->new->facts, name, old);
}

/* "default_cpu_type" may become "get_default_cpu_type": a function says what
 * the field did. */
static bool is_asked_for(const struct machine *old,
                         const struct machine *new, const char *name)
{
    const char *dot = strchr(name, '.');
    g_autofree char *getter = dot
        ? g_strdup_printf("%.*s.get_%s", (int)(dot - name), name, dot + 1)
        : NULL;

    return getter && !machine_field(old, g_intern_string(getter)) &&
           machine_field(new, g_intern_string(getter));
}

/* Whether a machine type that has NEW instead of OLD is another one. */
static bool field_differs(const struct engine *engine, const char *name,
                          const struct field_value *old,
                          const struct field_value *new)
{
    return old->text && new->text && old->text != new->text &&
           !is_description(name) &&
           !(old->evaluated && new->evaluated &&
             (only_allows_more(name, old->text, new->text) ||
              is_same_count(name, old->text, new->text))) &&
           is_choice(engine, name, old->text, new->text);
}

/* --- Changes -------------------------------------------------------------- */

void field_change_free(struct field_change *change)
{
    g_ptr_array_unref(change->machines);
    g_free(change);
}

struct field_change *field_add_change(struct engine *engine,
                                      enum field_change_kind kind,
                                      const char *name,
                                      const struct field_value *old,
                                      const struct field_value *new)
{
    GPtrArray *list = engine->changes.fields;
    struct field_change *change;

    for (guint i = 0; i < list->len; i++) {
        change = g_ptr_array_index(list, i);
        if (change->kind == kind && change->name == name &&
            change->old_value == old->text &&
            change->new_value == new->text) {
            return change;
        }
    }
    change = g_new0(struct field_change, 1);
    change->kind = kind;
    change->name = name;
    change->old_value = old->text;
    change->new_value = new->text;
    change->evaluated = old->evaluated && new->evaluated;
    change->machines = g_ptr_array_new();
    g_ptr_array_add(list, change);
    return change;
}

static bool is_newer(const struct machine *a, const struct machine *b)
{
    int order = version_compare(&a->version, &b->version);

    return order ? order > 0 : strcmp(a->name, b->name) < 0;
}

/* The newest machine type stands for all. */
static void add_machine(struct field_change *change,
                        const struct machine *machine,
                        const struct field_value *old,
                        const struct field_value *new)
{
    if (!change->newest || is_newer(machine, change->newest)) {
        change->newest = machine;
        change->loc = new->loc.file ? new->loc : machine->loc;
        change->old_loc = old->loc;
    }
    g_ptr_array_add(change->machines, borrow(machine));
}

/* BASE gives the machine what HEAD gives it. */
static bool is_old_news(const struct engine *engine,
                        const struct machine_pair *pair, const char *name,
                        const struct field_value *new)
{
    struct field_value base;

    if (pair->base < 0) {
        return false;
    }
    base = field_value_of(engine->base, g_ptr_array_index(
        engine->base->facts->machines, (guint)pair->base), name);
    return base.text == new->text;
}

static void compare_field(struct engine *engine,
                          const struct machine_pair *pair, const char *name)
{
    const struct machine *machine = engine_machine(engine, pair);
    const struct machine *before =
        g_ptr_array_index(engine->old->facts->machines, pair->old);
    struct field_value new = field_value_of(engine->new, machine, name);
    struct field_value old = field_value_of(engine->old, before, name);
    const char *from = old.text ? NULL
                                : field_moved_from(engine->old, before, name);
    struct field_change *change;

    if (field_is_global(name)) {
        return;
    }
    if (from) {
        old = field_value_of(engine->old, before, from);
    }
    if (!field_differs(engine, name, &old, &new) ||
        is_of_other_targets(name, machine) ||
        is_asked_for(before, machine, name) ||
        is_old_news(engine, pair, name, &new)) {
        return;
    }
    change = field_add_change(engine, from ? FIELD_MOVED : FIELD_CHANGED,
                              name, &old, &new);
    change->old_name = from;
    add_machine(change, machine, &old, &new);
}

static void add_names(GHashTable *seen, GPtrArray *names,
                      const struct machine *machine)
{
    for (guint i = 0; i < machine->fields->len; i++) {
        const struct class_field *field =
            g_ptr_array_index(machine->fields, i);

        if (g_hash_table_add(seen, borrow(field->name))) {
            g_ptr_array_add(names, borrow(field->name));
        }
    }
}

static void compare_fields(struct engine *engine,
                           const struct machine_pair *pair)
{
    g_autoptr(GHashTable) seen = g_hash_table_new(NULL, NULL);
    g_autoptr(GPtrArray) names = g_ptr_array_new();

    add_names(seen, names, engine_machine(engine, pair));
    add_names(seen, names,
              g_ptr_array_index(engine->old->facts->machines, pair->old));
    for (guint i = 0; i < names->len; i++) {
        compare_field(engine, pair, g_ptr_array_index(names, i));
    }
}

/* The value that the family of MACHINE has at the last release. */
static const char *value_of_release(const struct engine *engine,
                                    const struct machine *machine,
                                    const char *name)
{
    for (guint i = 0; i < engine->pairs->len; i++) {
        const struct machine *other = engine_machine(
            engine, &g_array_index(engine->pairs, struct machine_pair, i));

        if (other->family == machine->family &&
            other->targets == machine->targets &&
            same_release(&other->version, &engine->released_version)) {
            return field_value_of(engine->new, other, name).text;
        }
    }
    return NULL;
}

/* Older machine types alone get a value that newer ones do not have: somebody
 * wrote it for them.  One that they share with the newer ones is an override
 * that was lost. */
static bool is_meant(const struct engine *engine,
                     const struct field_change *change)
{
    return compare_release(&change->newest->version,
                           &engine->released_version) < 0 &&
           value_of_release(engine, change->newest, change->name) !=
           change->new_value;
}

void engine_find_field_changes(struct engine *engine)
{
    for (guint i = 0; i < engine->pairs->len; i++) {
        compare_fields(engine, &g_array_index(engine->pairs,
                                              struct machine_pair, i));
    }
    for (guint i = 0; i < engine->changes.fields->len; i++) {
        struct field_change *change =
            g_ptr_array_index(engine->changes.fields, i);

        change->late_fix = engine_is_late_fix(engine,
                                              &change->newest->version);
        change->meant = is_meant(engine, change);
    }
    fields_find_new(engine);
}
