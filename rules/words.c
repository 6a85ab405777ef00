/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "rules/words.h"

#include <string.h>

#include "base/borrow.h"

/* More entries than this are better written as one on the common ancestor. */
#define MAX_ENTRIES 4

/* A spelling worth showing beside the value: a macro, no literal. */
static bool is_telling(const char *spelling, const char *text)
{
    return spelling && g_ascii_isupper(spelling[0]) &&
           strcmp(spelling, text) != 0;
}

char *words_value(const struct property *property, const struct value *value)
{
    g_autofree char *text = NULL;

    if (value->kind == VALUE_ABSENT) {
        return g_strdup("no value");
    }
    text = value_to_text(value);
    if (property && property->def.kind == value->kind &&
        value->kind != VALUE_UNEVALUATED &&
        is_telling(property->spelling, text) &&
        value_equal(property->kind, &property->def, value)) {
        return g_strdup_printf("%s (%s)", text, property->spelling);
    }
    return *text ? g_steal_pointer(&text) : g_strdup("\"\"");
}

static const char *type_name(const GPtrArray *types, guint i)
{
    const struct qom_type *type = g_ptr_array_index(types, i);

    return type->name;
}

char *words_types(const GPtrArray *types)
{
    switch (types->len) {
    case 0:
        return g_strdup("no type");
    case 1:
        return g_strdup(type_name(types, 0));
    case 2:
        return g_strdup_printf("%s and %s", type_name(types, 0),
                               type_name(types, 1));
    case 3:
        return g_strdup_printf("%s, %s and %s", type_name(types, 0),
                               type_name(types, 1), type_name(types, 2));
    default:
        return g_strdup_printf("%s and %u more", type_name(types, 0),
                               types->len - 1);
    }
}

char *words_released(const struct change_set *changes)
{
    const struct revision *revision = &changes->released->revision;

    if (revision->rev && revision->commit &&
        strcmp(revision->rev, revision->commit) != 0) {
        return g_strdup(revision->rev);
    }
    return g_strdup_printf("%d.%d", changes->released_version.major,
                           changes->released_version.minor);
}

void words_add_devices(struct finding *finding, const GPtrArray *types)
{
    for (guint i = 0; i < types->len; i++) {
        g_ptr_array_add(finding->devices, borrow(type_name(types, i)));
    }
}

void words_add_machines(struct finding *finding, const GPtrArray *machines)
{
    for (guint i = 0; i < machines->len; i++) {
        g_ptr_array_add(finding->machines, g_ptr_array_index(machines, i));
    }
}

static const char *dotted(const char *driver, const char *property)
{
    g_autofree char *text = g_strdup_printf("%s.%s", driver, property);

    return g_intern_string(text);
}

struct finding *words_break(const struct rule *rule,
                            const struct compat_break *b)
{
    struct finding *finding = finding_new(rule->id);

    finding->severity = rule->severity;
    finding->confidence = rule->confidence;
    finding->driver = b->owner->name;
    finding->property = b->name;
    finding->subject = dotted(b->owner->name, b->name);
    finding->old_value = b->old_value;
    finding->new_value = b->new_value;
    finding->needed_array = b->needed_array;
    finding->found_array = b->array && !b->entry_gone ? b->array->id : NULL;
    finding->loc = b->new_property ? b->new_property->loc : b->owner->loc;
    if (b->doubt != DOUBT_NONE) {
        finding->severity = MIN(finding->severity, SEVERITY_WARNING);
        finding->confidence = CONFIDENCE_LOW;
    }
    if (!b->stable || b->host_side || b->doubt == DOUBT_MEANING) {
        finding->severity = MIN(finding->severity, SEVERITY_NOTE);
        finding->confidence = CONFIDENCE_LOW;
    }
    words_add_devices(finding, b->devices);
    words_add_machines(finding, b->machines);
    return finding;
}

static bool is_generic(const struct compat_array *array)
{
    return g_ascii_strncasecmp(array->id, "hw_compat_",
                               strlen("hw_compat_")) == 0;
}

/* The newest versioned array: beside it the missing one will be written. */
static const struct compat_array *newest_array(const struct facts *head)
{
    const struct compat_array *best = NULL;

    for (guint i = 0; i < head->arrays->len; i++) {
        const struct compat_array *array = g_ptr_array_index(head->arrays, i);

        if (array->has_version &&
            (!best || is_generic(array) > is_generic(best) ||
             (is_generic(array) == is_generic(best) &&
              version_compare(&array->version, &best->version) > 0))) {
            best = array;
        }
    }
    return best;
}

/* The value that the entry must have, where the property takes that. */
static char *entry_value(const struct compat_break *b)
{
    const struct value *value = &b->old_value;
    g_autofree char *text = NULL;
    struct value taken;

    if (!b->old_property && b->neutral.reason &&
        (b->neutral.verdict == NEUTRAL_KNOWN ||
         b->neutral.value.kind != VALUE_ABSENT)) {
        value = &b->neutral.value;
    } else if (!b->old_property && b->entry && !b->entry_gone &&
               b->entry->value) {
        return g_strdup(b->entry->value);    /* whoever wrote it knows */
    }
    if (value->kind == VALUE_ABSENT || value->kind == VALUE_UNEVALUATED) {
        return NULL;
    }
    text = value_to_text(value);
    return !b->new_property || value_parse(b->new_property->kind, text, &taken)
           ? g_steal_pointer(&text) : NULL;
}

static void add_repair(struct finding *finding, const char *array,
                       const char *driver, const char *name,
                       const char *value)
{
    const struct repair repair = {
        .kind = REPAIR_ADD, .array = array, .driver = driver,
        .property = name, .value = g_intern_string(value),
    };

    g_array_append_val(finding->repairs, repair);
}

void words_repair(struct finding *finding, const struct compat_break *b)
{
    g_autofree char *value = entry_value(b);

    if (!value) {
        return;
    }
    if (!b->owner->abstract || b->devices->len > MAX_ENTRIES) {
        add_repair(finding, b->needed_array, b->owner->name,
                   b->new_property ? b->new_property->name : b->name, value);
        return;
    }
    for (guint i = 0; i < b->devices->len; i++) {
        add_repair(finding, b->needed_array, type_name(b->devices, i),
                   b->name, value);
    }
}

/* ": { … }, { … }" of what words_repair() adds from repair FIRST on. */
static char *entries_text(const struct finding *finding, guint first)
{
    GString *out = g_string_new(NULL);

    for (guint i = first; i < finding->repairs->len; i++) {
        const struct repair *repair =
            &g_array_index(finding->repairs, struct repair, i);

        g_string_append_printf(out, "%s{ \"%s\", \"%s\", \"%s\" }",
                               out->len ? ", " : ": ", repair->driver,
                               repair->property, repair->value);
    }
    return g_string_free(out, FALSE);
}

void words_needed(struct finding *finding, const struct change_set *changes,
                  const struct compat_break *b)
{
    const struct compat_array *at =
        b->needed ? b->needed : newest_array(changes->head);
    guint first = finding->repairs->len;
    g_autofree char *entries = NULL;

    words_repair(finding, b);
    entries = entries_text(finding, first);
    finding_add_related(finding, at ? at->loc : finding->loc,
                        "the entry belongs in '%s'%s%s", b->needed_array,
                        b->needed ? ""
                                  : ", which does not exist in this tree yet",
                        entries);
}

void words_was(struct finding *finding, const struct change_set *changes,
               const struct compat_break *b)
{
    g_autofree char *released = words_released(changes);
    g_autofree char *value = NULL;

    if (b->old_property) {
        value = words_value(b->old_property, &b->old_property->def);
        finding_add_related(finding, b->old_property->loc,
                            "was %s here in %s", value, released);
    }
}

static bool same_issue(const struct entry_issue *a,
                       const struct entry_issue *b)
{
    return a->kind == b->kind && a->entry->driver == b->entry->driver &&
           a->entry->property == b->entry->property;
}

bool words_is_repeat(const struct change_set *changes, guint index)
{
    const struct entry_issue *issue =
        g_ptr_array_index(changes->entries, index);

    for (guint i = 0; i < index; i++) {
        if (same_issue(g_ptr_array_index(changes->entries, i), issue)) {
            return true;
        }
    }
    return false;
}

static void add_repeats(struct finding *finding,
                        const struct change_set *changes, guint index)
{
    const struct entry_issue *issue =
        g_ptr_array_index(changes->entries, index);

    for (guint i = index + 1; i < changes->entries->len; i++) {
        const struct entry_issue *other =
            g_ptr_array_index(changes->entries, i);

        if (same_issue(other, issue)) {
            finding_add_related(finding, other->entry->loc,
                                "the same in '%s'", other->array->id);
        }
    }
}

struct finding *words_issue(const struct rule *rule,
                            const struct change_set *changes, guint index)
{
    const struct entry_issue *issue =
        g_ptr_array_index(changes->entries, index);
    struct finding *finding = finding_new(rule->id);

    finding->severity = rule->severity;
    finding->confidence = rule->confidence;
    finding->driver = issue->entry->driver;
    finding->property = issue->entry->property;
    finding->subject = dotted(issue->entry->driver, issue->entry->property);
    finding->old_value = value_absent();
    finding->new_value = value_string(issue->entry->value);
    finding->found_array = issue->array->id;
    finding->loc = issue->entry->loc;
    if (issue->uncertain) {
        finding->severity = MIN(finding->severity, SEVERITY_WARNING);
        finding->confidence = CONFIDENCE_LOW;
    }
    words_add_devices(finding, issue->devices);
    words_add_machines(finding, issue->machines);
    add_repeats(finding, changes, index);
    return finding;
}

bool words_was_entry(const struct change_set *changes,
                     const struct compat_array *array,
                     const struct compat_entry *entry)
{
    const struct compat_array *old =
        changes->released ? facts_array(changes->released, array->id) : NULL;

    for (guint i = 0; old && i < old->entries->len; i++) {
        const struct compat_entry *other =
            g_ptr_array_index(old->entries, i);

        if (other->driver == entry->driver &&
            other->property == entry->property) {
            return true;
        }
    }
    return false;
}

/* The array of HEAD that holds ENTRY, which is the one of B mostly. */
static const struct compat_array *array_of(const struct change_set *changes,
                                           const struct compat_entry *entry)
{
    const GPtrArray *arrays = changes->head->arrays;

    for (guint i = 0; i < arrays->len; i++) {
        const struct compat_array *array = g_ptr_array_index(arrays, i);

        if (g_ptr_array_find(array->entries, entry, NULL)) {
            return array;
        }
    }
    return NULL;
}

void words_repair_remove(struct finding *finding,
                         const struct change_set *changes,
                         const struct compat_break *b)
{
    for (guint i = 0; i < b->entries->len; i++) {
        const struct compat_entry *entry = g_ptr_array_index(b->entries, i);
        const struct compat_array *array = array_of(changes, entry);
        const struct repair repair = {
            .kind = REPAIR_REMOVE, .at = entry->loc,
        };

        if (array && !words_was_entry(changes, array, entry)) {
            g_array_append_val(finding->repairs, repair);
        }
    }
}

void words_repair_value(struct finding *finding, const struct compat_break *b,
                        const struct value *value)
{
    g_autofree char *text = value_to_text(value);

    if (value->kind == VALUE_ABSENT || value->kind == VALUE_UNEVALUATED) {
        return;
    }
    for (guint i = 0; i < b->entries->len; i++) {
        const struct compat_entry *entry = g_ptr_array_index(b->entries, i);
        const struct repair repair = {
            .kind = REPAIR_REPLACE, .at = entry->loc,
            .value = g_intern_string(text),
        };

        g_array_append_val(finding->repairs, repair);
    }
}

void words_repair_issue(struct finding *finding,
                        const struct change_set *changes, guint index,
                        const char *driver, const char *property)
{
    const struct entry_issue *issue =
        g_ptr_array_index(changes->entries, index);

    for (guint i = index;
         (driver || property) && i < changes->entries->len; i++) {
        const struct entry_issue *other =
            g_ptr_array_index(changes->entries, i);
        const struct repair repair = {
            .kind = REPAIR_REPLACE, .at = other->entry->loc,
            .driver = driver, .property = property,
        };

        if (same_issue(other, issue)) {
            g_array_append_val(finding->repairs, repair);
        }
    }
}
