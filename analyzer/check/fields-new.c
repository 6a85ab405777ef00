/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Class fields that the release does not have.  What the code did without
 * them is not known; but who is kept as it was is, and that line has to lie
 * between the newest release and the machine type that comes next.
 */
#include "check/fields.h"

#include <string.h>

#include "base/borrow.h"
#include "base/sorted.h"

/* The machine types of one family around the newest release; indices and
 * pointers of HEAD. */
struct family {
    const struct machine_pair *pair;     /* of `released` */
    const struct machine *released;
    const struct machine *older;         /* the one before it, or NULL */
    const struct machine *next;          /* not released yet, or NULL */
};

static bool is_kin(const struct machine *a, const struct machine *b)
{
    return a->family == b->family && a->targets == b->targets;
}

static void find_older(const struct engine *engine, struct family *family)
{
    for (guint i = 0; i < engine->pairs->len; i++) {
        const struct machine *other = engine_machine(
            engine, &g_array_index(engine->pairs, struct machine_pair, i));

        if (is_kin(other, family->released) &&
            compare_release(&other->version,
                            &family->released->version) < 0 &&
            (!family->older || version_compare(&other->version,
                                               &family->older->version) > 0)) {
            family->older = other;
        }
    }
}

static const struct machine *find_next(const struct facts *facts,
                                       const struct machine *released)
{
    for (guint i = 0; i < facts->machines->len; i++) {
        const struct machine *other = g_ptr_array_index(facts->machines, i);

        if (is_kin(other, released) && other->latest &&
            compare_release(&other->version, &released->version) > 0) {
            return other;
        }
    }
    return NULL;
}

static GArray *find_families(const struct engine *engine)
{
    GArray *families = g_array_new(FALSE, TRUE, sizeof(struct family));

    for (guint i = 0; i < engine->pairs->len; i++) {
        const struct machine_pair *pair = &g_array_index(
            engine->pairs, struct machine_pair, i);
        struct family family = { pair, engine_machine(engine, pair), NULL,
                                 NULL };

        if (family.released->versioned &&
            same_release(&family.released->version,
                         &engine->released_version)) {
            find_older(engine, &family);
            family.next = find_next(engine->new->facts, family.released);
            g_array_append_val(families, family);
        }
    }
    return families;
}

/* --- Who is kept ------------------------------------------------------------ */

static struct field_value value_on(const struct engine *engine,
                                   const struct machine *machine,
                                   const char *name)
{
    return machine ? field_value_of(engine->new, machine, name)
                   : (struct field_value){ NULL, false, { NULL, 0, 0 } };
}

static bool is_known(const struct field_value *v)
{
    return v->text && v->evaluated;
}

/* Whether BASE has VALUE on its machine type that is called like MACHINE. */
static bool base_has(const struct engine *engine,
                     const struct machine *machine, const char *name,
                     const char *value)
{
    const struct machine *before = engine->base
        ? facts_machine(engine->base->facts, machine->name, machine->targets)
        : NULL;

    return before &&
           field_value_of(engine->base, before, name).text == value;
}

static struct field_change *add(struct engine *engine,
                                enum field_change_kind kind,
                                const char *name,
                                const struct field_value *old,
                                const struct field_value *new,
                                const struct machine *machine)
{
    struct field_change *change = field_add_change(engine, kind, name, old,
                                                   new);

    change->newest = machine;
    g_ptr_array_add(change->machines, borrow(machine));
    return change;
}

/* Older machine types are kept as they were, the newest that was released
 * like that is not. */
static void judge_too_old(struct engine *engine, const struct family *f,
                          const char *name)
{
    struct field_value on = value_on(engine, f->released, name);
    struct field_value older = value_on(engine, f->older, name);
    struct field_value next = value_on(engine, f->next, name);
    struct field_change *change;

    if (!is_known(&on) || !is_known(&older) || on.text == older.text ||
        (f->next && next.text != on.text) ||
        (base_has(engine, f->released, name, on.text) &&
         base_has(engine, f->older, name, older.text))) {
        return;
    }
    change = add(engine, FIELD_TOO_OLD, name, &older, &on, f->released);
    change->other = f->older;
    change->loc = older.loc.file ? older.loc : f->older->loc;
    change->late_fix = engine_is_repair(engine, &f->older->version);
}

/* What the file of MACHINE says: a trait of its family, unlike the value that
 * all machine types start with. */
static bool is_own(const struct machine *machine, const struct field_value *v)
{
    return v->loc.file && v->loc.file == machine->loc.file;
}

/* Another family goes on where F stays behind, and somebody wrote so. */
static void judge_too_new(struct engine *engine, const struct family *f,
                          const struct family *sister, const char *name)
{
    struct field_value next = value_on(engine, f->next, name);
    struct field_value on = value_on(engine, f->released, name);
    struct field_value ahead = value_on(engine, sister->next, name);
    struct field_value behind = value_on(engine, sister->released, name);
    struct field_change *change;

    if (!is_known(&next) || !next.loc.file || !is_known(&ahead) ||
        next.text != on.text || next.loc.line != on.loc.line ||
        behind.text != next.text || ahead.text == next.text ||
        is_own(sister->next, &ahead) ||
        base_has(engine, f->next, name, next.text)) {
        return;
    }
    change = add(engine, FIELD_TOO_NEW, name, &next, &ahead, f->next);
    change->other = sister->next;
    change->loc = next.loc;
}

static void judge(struct engine *engine, const GArray *families,
                  const struct family *f, const char *name)
{
    const struct machine *before = g_ptr_array_index(
        engine->old->facts->machines, f->pair->old);

    if (field_is_global(name) || field_is_harmless(name) ||
        field_value_of(engine->old, before, name).text ||
        field_moved_from(engine->old, before, name)) {
        return;
    }
    if (f->older) {
        judge_too_old(engine, f, name);
    }
    for (guint i = 0; f->next && i < families->len; i++) {
        const struct family *sister = &g_array_index(families, struct family,
                                                     i);

        if (sister != f && sister->next) {
            judge_too_new(engine, f, sister, name);
        }
    }
}

static void add_names(GHashTable *names, const struct machine *machine)
{
    for (guint i = 0; machine && i < machine->fields->len; i++) {
        const struct class_field *field =
            g_ptr_array_index(machine->fields, i);

        g_hash_table_add(names, borrow(field->name));
    }
}

/* --- Variables ---------------------------------------------------------------- */

static bool writes(const struct side *side, const struct machine *like,
                   const char *name)
{
    const struct machine *machine =
        side ? facts_machine(side->facts, like->name, like->targets) : NULL;

    return machine && machine_field(machine, name);
}

/* Class code runs for all machine types, whichever is chosen: what it writes
 * to a variable holds for all of them. */
static void find_globals(struct engine *engine, const struct machine *machine)
{
    const struct field_value none = { NULL, true, { NULL, 0, 0 } };

    for (guint i = 0; machine->versioned && i < machine->fields->len; i++) {
        const struct class_field *field =
            g_ptr_array_index(machine->fields, i);
        const struct field_value now = { field->value, true, field->loc };
        struct field_change *change;

        if (!field_is_global(field->name) ||
            writes(engine->old, machine, field->name) ||
            writes(engine->base, machine, field->name)) {
            continue;
        }
        change = field_add_change(engine, FIELD_GLOBAL, field->name, &none,
                                  &now);
        if (!change->newest || version_compare(&machine->version,
                                               &change->newest->version) > 0) {
            change->newest = machine;
            change->loc = field->loc;
        }
        g_ptr_array_add(change->machines, borrow(machine));
    }
}

void fields_find_new(struct engine *engine)
{
    g_autoptr(GArray) families = find_families(engine);

    if (engine->input->machine) {
        return;
    }
    for (guint i = 0; i < engine->new->facts->machines->len; i++) {
        find_globals(engine, g_ptr_array_index(engine->new->facts->machines,
                                               i));
    }
    for (guint i = 0; i < families->len; i++) {
        const struct family *f = &g_array_index(families, struct family, i);
        g_autoptr(GHashTable) names = g_hash_table_new(NULL, NULL);

        add_names(names, f->released);
        add_names(names, f->older);
        add_names(names, f->next);
        g_autoptr(GPtrArray) sorted = sorted_keys(names);

        for (guint n = 0; n < sorted->len; n++) {
            judge(engine, families, f, g_ptr_array_index(sorted, n));
        }
    }
}
