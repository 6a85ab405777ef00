/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Entries that cannot do what they say, whatever the released revision holds:
 * judged where the change wrote them, or where it took away what they name.
 */
#include <string.h>

#include "base/borrow.h"
#include "check/engine.h"
#include "check/nearest.h"

/* One array under judgement. */
struct judged {
    struct engine *engine;
    const struct compat_array *array;
    GPtrArray *machines;     /* that apply it */
};

static bool same_key(const struct compat_entry *a,
                     const struct compat_entry *b)
{
    return a->driver == b->driver && a->property == b->property;
}

/* The same array in the other revision: by id, or, where refactoring renamed
 * it, any array of its version that has no namesake. */
static bool is_counterpart(const struct engine *engine,
                           const struct compat_array *array,
                           const struct compat_array *other)
{
    return array->id == other->id ||
           (array->has_version && other->has_version &&
            version_compare(&array->version, &other->version) == 0 &&
            !facts_array(engine->prior->facts, array->id) &&
            !facts_array(engine->new->facts, other->id));
}

static unsigned count_in(const struct compat_array *array,
                         const struct compat_entry *like, bool with_value)
{
    unsigned n = 0;

    for (guint i = 0; i < array->entries->len; i++) {
        const struct compat_entry *entry =
            g_ptr_array_index(array->entries, i);

        n += same_key(entry, like) &&
             (!with_value || entry->value == like->value);
    }
    return n;
}

static unsigned count_before(const struct engine *engine,
                             const struct compat_array *array,
                             const struct compat_entry *entry,
                             bool with_value)
{
    const GPtrArray *arrays = engine->prior->facts->arrays;
    unsigned n = 0;

    for (guint i = 0; i < arrays->len; i++) {
        const struct compat_array *other = g_ptr_array_index(arrays, i);

        if (is_counterpart(engine, array, other)) {
            n += count_in(other, entry, with_value);
        }
    }
    return n;
}

bool engine_entry_is_new(const struct engine *engine,
                         const struct compat_array *array,
                         const struct compat_entry *entry)
{
    return !engine->prior || !count_before(engine, array, entry, true);
}

struct entry_issue *engine_add_issue(struct engine *engine,
                                     enum entry_issue_kind kind,
                                     const struct compat_array *array,
                                     const struct compat_entry *entry)
{
    struct entry_issue *issue = g_new0(struct entry_issue, 1);

    issue->kind = kind;
    issue->array = array;
    issue->entry = entry;
    issue->devices = g_ptr_array_new();
    issue->machines = side_appliers(engine->new, array);
    g_ptr_array_add(engine->changes.entries, issue);
    return issue;
}

/* Words of a name that say what it is about: "virtio", "gpu" is too short. */
static bool shares_a_word(const char *driver, const char *file)
{
    g_auto(GStrv) words = g_strsplit_set(driver, "-_.,", -1);

    for (gsize i = 0; words[i]; i++) {
        if (strlen(words[i]) >= 4 && strstr(file, words[i])) {
            return true;
        }
    }
    return g_str_has_suffix(driver, "-cpu") &&
           g_str_has_prefix(file, "target/");
}

/* A file that was not understood may register types: those that its name, or
 * what was not understood, has to do with. */
static bool types_may_be_missing(const struct side *side, const char *driver)
{
    for (guint i = 0; i < side->facts->gaps->len; i++) {
        const struct gap *gap = g_ptr_array_index(side->facts->gaps, i);

        if (strstr(gap->reason, driver) ||
            (gap->file && shares_a_word(driver, gap->file))) {
            return true;
        }
    }
    return false;
}

static void judge_driver(const struct judged *j,
                         const struct compat_entry *entry, bool is_new)
{
    struct engine *engine = j->engine;
    const struct qom_type *before = engine->prior
        ? facts_type(engine->prior->facts, entry->driver, 0) : NULL;
    struct entry_issue *issue;

    if (!is_new && !before) {
        return;
    }
    issue = engine_add_issue(engine, before ? ENTRY_DRIVER_GONE
                                            : ENTRY_UNKNOWN_DRIVER,
                             j->array, entry);
    issue->suggestion = nearest_type(engine->new->facts, entry);
    if (!before && !issue->suggestion) {
        issue->suggestion = only_declarer(engine->new->facts,
                                          entry->property);
    }
    issue->uncertain = before
        ? side_has_gap(engine->new, before->loc.file)
        : types_may_be_missing(engine->new, entry->driver);
    issue->harmless = issue->machines->len == 0;
}

/* Whether one of the machines that apply the array can have TYPE; arrays that
 * nobody applies yet are judged as if all did. */
static bool meets_appliers(const struct judged *j,
                           const struct qom_type *type)
{
    for (guint i = 0; i < j->machines->len; i++) {
        const struct machine *machine = g_ptr_array_index(j->machines, i);

        if (facts_machine_has(j->engine->new->facts, machine, type)) {
            return true;
        }
    }
    return j->machines->len == 0;
}

static bool had_type(const struct engine *engine, const struct qom_type *type,
                     const char *name, bool *ret_had_property)
{
    const struct qom_type *before = engine->prior
        ? facts_type(engine->prior->facts, type->name, type->targets) : NULL;
    struct reach reach;

    *ret_had_property = before && !before->abstract &&
        reach_find(engine->prior->facts, before, name, &reach);
    return before && !before->abstract;
}

static struct entry_issue *issue_once(const struct judged *j,
                                      struct entry_issue **issue,
                                      enum entry_issue_kind kind,
                                      const struct compat_entry *entry)
{
    if (!*issue) {
        *issue = engine_add_issue(j->engine, kind, j->array, entry);
    }
    return *issue;
}

/* Objects that lack the property: QEMU aborts when one is made. */
static void judge_property(const struct judged *j,
                           const struct compat_entry *entry, bool is_new,
                           const GPtrArray *members)
{
    struct engine *engine = j->engine;
    struct entry_issue *unknown = NULL, *gone = NULL;

    for (guint i = 0; i < members->len; i++) {
        const struct qom_type *type = g_ptr_array_index(members, i);
        struct entry_issue *issue;
        struct reach reach;
        bool had_property, had;

        if (reach_find(engine->new->facts, type, entry->property, &reach) ||
            !meets_appliers(j, type)) {
            continue;
        }
        had = had_type(engine, type, entry->property, &had_property);
        if (!is_new && had && !had_property) {
            continue;
        }
        issue = had_property
            ? issue_once(j, &gone, ENTRY_PROPERTY_GONE, entry)
            : issue_once(j, &unknown, ENTRY_UNKNOWN_PROPERTY, entry);
        issue->uncertain |= side_may_hide(engine->new, type);
        g_ptr_array_add(issue->devices, borrow(type));
    }
    if (unknown) {
        unknown->suggestion = nearest_property(
            engine->new, g_ptr_array_index(unknown->devices, 0),
            entry->property);
    }
}

static void judge_value(const struct judged *j,
                        const struct compat_entry *entry,
                        const GPtrArray *members)
{
    struct engine *engine = j->engine;
    struct entry_issue *issue = NULL;

    for (guint i = 0; i < members->len; i++) {
        const struct qom_type *type = g_ptr_array_index(members, i);
        struct reach reach;
        struct value value;

        if (!reach_find(engine->new->facts, type, entry->property, &reach) ||
            !meets_appliers(j, type) ||
            value_parse(reach.property->kind, entry->value, &value)) {
            continue;
        }
        issue_once(j, &issue, ENTRY_BAD_VALUE, entry);
        issue->property = reach.property;
        issue->owner = reach.owner;
        g_ptr_array_add(issue->devices, borrow(type));
    }
}

/* An earlier entry of the array on the same key, NULL: none. */
static const struct compat_entry *earlier(const struct compat_array *array,
                                          guint index)
{
    const struct compat_entry *entry =
        g_ptr_array_index(array->entries, index);

    for (guint i = 0; i < index; i++) {
        const struct compat_entry *other =
            g_ptr_array_index(array->entries, i);

        if (same_key(entry, other)) {
            return other;
        }
    }
    return NULL;
}

static void judge_duplicate(const struct judged *j, guint index)
{
    struct engine *engine = j->engine;
    const struct compat_entry *entry =
        g_ptr_array_index(j->array->entries, index);
    const struct compat_entry *first = earlier(j->array, index);

    if (first && (!engine->prior ||
                  count_in(j->array, entry, false) >
                  MAX(count_before(engine, j->array, entry, false), 1))) {
        engine_add_issue(engine, ENTRY_DUPLICATE, j->array, entry)->other =
            first;
    }
}

static void judge_entry(const struct judged *j, guint index)
{
    struct engine *engine = j->engine;
    const struct compat_entry *entry =
        g_ptr_array_index(j->array->entries, index);
    const GPtrArray *members;
    bool is_new;

    if (!entry->driver || !entry->property || !entry->value) {
        return;
    }
    judge_duplicate(j, index);
    is_new = engine_entry_is_new(engine, j->array, entry);
    members = side_members(engine->new, entry->driver);
    if (!members) {
        if (!facts_type(engine->new->facts, entry->driver, 0)) {
            judge_driver(j, entry, is_new);
        }
        return;
    }
    if (!entry->optional) {
        judge_property(j, entry, is_new, members);
    }
    if (is_new) {
        judge_value(j, entry, members);
    }
}

void engine_find_entry_issues(struct engine *engine)
{
    const GPtrArray *arrays = engine->new->facts->arrays;

    for (guint i = 0; i < arrays->len; i++) {
        const struct compat_array *array = g_ptr_array_index(arrays, i);
        g_autoptr(GPtrArray) machines = side_appliers(engine->new, array);
        struct judged judged = { engine, array, machines };

        for (guint k = 0; k < array->entries->len; k++) {
            judge_entry(&judged, k);
        }
    }
}
