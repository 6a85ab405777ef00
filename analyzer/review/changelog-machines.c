/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Machine types, their class fields, and the compat arrays that they apply. */
#include "review/changelog-internal.h"

#include "base/borrow.h"

#include <string.h>

/* --- Machine types --------------------------------------------------------- */

static char *machine_words(const struct machine *machine)
{
    return g_strdup_printf("%s%s%s",
                           machine->alias ? "alias " : "no alias",
                           machine->alias ? machine->alias : "",
                           machine->deprecated ? ", deprecated" : "");
}

static void machine_difference(struct changelog_run *run,
                               const struct machine *machine,
                               enum change_act act, char *old, char *new)
{
    struct difference d = {
        .about = ABOUT_MACHINE, .act = act, .name = machine->name,
        .old = old, .new = new, .loc = machine->loc,
    };

    changelog_add(run, &d);
}

/* Texts for people, and what only tells machine types apart. */
static bool is_label(const char *name)
{
    static const char *const labels[] = {
        ".desc", ".name", ".alias", ".deprecation_reason", ".family",
        ".is_default",
    };

    for (gsize i = 0; i < G_N_ELEMENTS(labels); i++) {
        if (g_str_has_suffix(name, labels[i])) {
            return true;
        }
    }
    return false;
}

static void field_changed(struct changelog_run *run,
                          const struct machine *machine,
                          const struct class_field *old,
                          const struct class_field *new, bool successor)
{
    const struct class_field *field = new ? new : old;
    bool known = (!old || old->evaluated) && (!new || new->evaluated);
    g_autoptr(GPtrArray) machines = g_ptr_array_new();
    struct difference d = {
        .about = ABOUT_FIELD,
        .act = !old ? CHANGE_ADDED : !new ? CHANGE_REMOVED : CHANGE_CHANGED,
        .cover = successor ? COVER_NOT_ASKED
                 : known && old && new ? COVER_MISSING : COVER_UNSURE,
        .name = machine->name, .detail = field->name,
        .old = old ? g_strdup(old->value) : NULL,
        .new = new ? g_strdup(new->value) : NULL,
        .because = successor
            ? g_strdup("against the machine type before it") :
            known && old && new ? NULL :
            g_strdup("the field is new, gone or not evaluated"),
        .loc = field->loc, .machines = machines,
    };

    if (!successor) {
        g_ptr_array_add(machines, borrow(machine));
    }
    changelog_add(run, &d);
}

static void compare_fields(struct changelog_run *run,
                           const struct machine *old,
                           const struct machine *new, bool successor)
{
    for (guint i = 0; i < new->fields->len; i++) {
        const struct class_field *field = new->fields->pdata[i];
        const struct class_field *other = machine_field(old, field->name);

        if (!is_label(field->name) &&
            (!other || g_strcmp0(other->value, field->value))) {
            field_changed(run, new, other, field, successor);
        }
    }
    for (guint i = 0; i < old->fields->len; i++) {
        const struct class_field *field = old->fields->pdata[i];

        if (!is_label(field->name) && !machine_field(new, field->name)) {
            field_changed(run, new, field, NULL, successor);
        }
    }
}

/* The newest machine type of MACHINE's family that is older than it. */
static const struct machine *predecessor(const struct facts *facts,
                                         const struct machine *machine)
{
    const struct machine *best = NULL;

    for (guint i = 0; machine->versioned && i < facts->machines->len; i++) {
        const struct machine *other = facts->machines->pdata[i];

        if (other->versioned && other->family == machine->family &&
            targets_meet(other->targets, machine->targets) &&
            version_compare(&other->version, &machine->version) < 0 &&
            (!best ||
             version_compare(&other->version, &best->version) > 0)) {
            best = other;
        }
    }
    return best;
}

static void machine_added(struct changelog_run *run,
                          const struct machine *machine)
{
    const struct machine *before = predecessor(run->new->facts, machine);

    machine_difference(run, machine, CHANGE_ADDED, NULL,
                       machine_words(machine));
    if (before) {
        compare_fields(run, before, machine, true);
    }
}

static void machine_changed(struct changelog_run *run,
                            const struct machine *old,
                            const struct machine *new)
{
    g_autofree char *before = machine_words(old);
    g_autofree char *after = machine_words(new);

    if (!g_str_equal(before, after)) {
        machine_difference(run, new, CHANGE_CHANGED,
                           g_steal_pointer(&before),
                           g_steal_pointer(&after));
    }
}

static void compare_pairs(struct changelog_run *run)
{
    for (guint i = 0; i < run->pairs->len; i++) {
        const struct machine_index *pair = run->pairs->pdata[i];

        compare_fields(run, run->old->facts->machines->pdata[pair->old],
                       run->new->facts->machines->pdata[pair->new], false);
    }
}

void changelog_machines(struct changelog_run *run)
{
    const struct facts *old = run->old->facts;
    const struct facts *new = run->new->facts;

    for (guint i = 0; i < new->machines->len; i++) {
        const struct machine *machine = new->machines->pdata[i];
        const struct machine *before =
            facts_machine(old, machine->name, machine->targets);

        if (!before) {
            machine_added(run, machine);
        } else if (machine->versioned) {
            machine_changed(run, before, machine);
        }
    }
    compare_pairs(run);
    for (guint i = 0; i < old->machines->len; i++) {
        const struct machine *machine = old->machines->pdata[i];

        if (!facts_machine(new, machine->name, machine->targets)) {
            machine_difference(run, machine, CHANGE_REMOVED,
                               machine_words(machine), NULL);
        }
    }
}

/* --- Compat arrays ----------------------------------------------------------- */

static void array_difference(struct changelog_run *run,
                             const struct compat_array *array,
                             enum change_act act)
{
    const struct side *side = act == CHANGE_REMOVED ? run->old : run->new;
    g_autoptr(GPtrArray) appliers = side_appliers(side, array);
    char *text = g_strdup_printf("%u entr%s, applied by %u machine type%s",
                                 array->entries->len,
                                 array->entries->len == 1 ? "y" : "ies",
                                 appliers->len,
                                 appliers->len == 1 ? "" : "s");
    struct difference d = {
        .about = ABOUT_ARRAY, .act = act, .name = array->id,
        .old = act == CHANGE_REMOVED ? text : NULL,
        .new = act == CHANGE_ADDED ? text : NULL, .loc = array->loc,
    };

    changelog_add(run, &d);
}

static const struct compat_entry *find_entry(const struct compat_array *array,
                                             const struct compat_entry *like)
{
    const struct compat_entry *found = NULL;

    for (guint i = 0; array && i < array->entries->len; i++) {
        const struct compat_entry *entry = array->entries->pdata[i];

        if (entry->driver == like->driver &&
            entry->property == like->property) {
            found = entry;
        }
    }
    return found;
}

/* An entry of an array that both revisions have: released machine types may
 * not be what they were. */
static struct coverage judge_edit(struct changelog_run *run,
                                  const struct compat_array *other,
                                  const struct compat_entry *entry)
{
    const struct qom_type *driver =
        facts_type(run->new->facts, entry->driver, 0);

    return other && driver
           ? coverage_of_property(run, driver, entry->property)
           : (struct coverage){ .cover = COVER_NOT_ASKED };
}

static void entry_difference(struct changelog_run *run,
                             const struct compat_array *array,
                             const struct compat_array *other,
                             const struct compat_entry *old,
                             const struct compat_entry *new)
{
    const struct compat_entry *entry = new ? new : old;
    g_auto(Coverage) coverage = judge_edit(run, other, entry);
    bool harmless = coverage.cover == COVER_ENTRY;
    struct difference d = {
        .about = ABOUT_ENTRY,
        .act = !old ? CHANGE_ADDED : !new ? CHANGE_REMOVED : CHANGE_CHANGED,
        .cover = harmless ? COVER_NEUTRAL : coverage.cover,
        .name = entry->driver, .detail = entry->property, .array = array->id,
        .old = old ? g_strdup(old->value) : NULL,
        .new = new ? g_strdup(new->value) : NULL,
        .because = harmless
            ? g_strdup("machine types of both revisions keep their values")
            : g_steal_pointer(&coverage.because),
        .loc = entry->loc, .machines = coverage.machines,
    };

    changelog_add(run, &d);
}

/* Entries of ARRAY of one side that OTHER, of the other side, has not, or
 * with another value. */
static void compare_entries(struct changelog_run *run,
                            const struct compat_array *array,
                            const struct compat_array *other, bool is_new)
{
    for (guint i = 0; i < array->entries->len; i++) {
        const struct compat_entry *entry = array->entries->pdata[i];
        const struct compat_entry *match = find_entry(other, entry);

        if (find_entry(array, entry) != entry) {
            continue;        /* a later one of its key wins */
        }
        if (!match) {
            entry_difference(run, array, other, is_new ? NULL : entry,
                             is_new ? entry : NULL);
        } else if (is_new && match->value != entry->value) {
            entry_difference(run, array, other, match, entry);
        }
    }
}

void changelog_arrays(struct changelog_run *run)
{
    const GPtrArray *old = run->old->facts->arrays;
    const GPtrArray *new = run->new->facts->arrays;

    for (guint i = 0; i < new->len; i++) {
        const struct compat_array *array = new->pdata[i];
        const struct compat_array *other =
            facts_array(run->old->facts, array->id);

        if (!other) {
            array_difference(run, array, CHANGE_ADDED);
        }
        compare_entries(run, array, other, true);
    }
    for (guint i = 0; i < old->len; i++) {
        const struct compat_array *array = old->pdata[i];
        const struct compat_array *other =
            facts_array(run->new->facts, array->id);

        if (other) {
            compare_entries(run, array, other, false);
        } else {
            array_difference(run, array, CHANGE_REMOVED);
        }
    }
}
