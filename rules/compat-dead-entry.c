/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "rules/words.h"

/* The array of HEAD that holds ENTRY; NULL: none. */
static const char *array_of(const struct change_set *changes,
                            const struct compat_entry *entry)
{
    changes_foreach(struct compat_array, array, changes->head->arrays) {
        if (g_ptr_array_find(array->entries, entry, NULL)) {
            return array->id;
        }
    }
    return NULL;
}

/* Whether the two entries write one value. */
static bool agree(const struct entry_issue *issue)
{
    const struct property_kind *kind = issue->property->kind;
    struct value mine, theirs;

    return value_parse(kind, issue->entry->value, &mine) &&
           value_parse(kind, issue->other->value, &theirs) &&
           value_equal(kind, &mine, &theirs);
}

static char *explain(const struct change_set *changes,
                     const struct entry_issue *issue)
{
    const char *text = *issue->entry->value ? issue->entry->value : "\"\"";

    if (!issue->other) {
        return g_strdup_printf("%s is the default", text);
    }
    if (agree(issue)) {
        return g_strdup_printf("the entry for %s in '%s' gives %s as well",
                               issue->other->driver,
                               array_of(changes, issue->other), text);
    }
    return g_strdup_printf("the entry for %s in '%s' always overrides it",
                           issue->other->driver,
                           array_of(changes, issue->other));
}

static void report(const struct change_set *changes, guint index,
                   GPtrArray *findings)
{
    const struct entry_issue *issue =
        g_ptr_array_index(changes->entries, index);
    struct finding *finding =
        words_issue(&rule_compat_dead_entry, changes, index);
    const struct compat_entry *entry = issue->entry;
    g_autofree char *why = explain(changes, issue);

    finding->message = g_strdup_printf(
        "entry for '%s' of %s in '%s' changes nothing: %s", entry->property,
        entry->driver, issue->array->id, why);
    finding->reason = g_strdup("every device that the entry applies to gets "
                               "the same value without it, on every machine "
                               "type");
    if (issue->other) {
        finding_add_related(finding, issue->other->loc, "that entry");
    }
    finding_add_related(finding, issue->property->loc,
                        "the property is declared here");
    g_ptr_array_add(findings, finding);
}

static void check(const struct change_set *changes, GPtrArray *findings)
{
    for (guint i = 0; i < changes->entries->len; i++) {
        const struct entry_issue *issue =
            g_ptr_array_index(changes->entries, i);

        if (issue->kind == ENTRY_DEAD && !words_is_repeat(changes, i)) {
            report(changes, i, findings);
        }
    }
}

const struct rule rule_compat_dead_entry = {
    .id = "compat-dead-entry",
    .title = "A compat entry changes nothing on any machine type",
    .severity = SEVERITY_NOTE,
    .confidence = CONFIDENCE_MEDIUM,
    .rationale =
        "The entry writes what the device has anyway: the default, or what\n"
        "an array that is applied with it has written before.  It is a\n"
        "leftover of a default that was put back, or it was copied.  Where\n"
        "it was meant to keep a released value, it does not.",
    .example =
        "     DEFINE_PROP_BOOL(\"fast\", DemoState, fast, false),\n"
        "…\n"
        " GlobalProperty hw_compat_8_0[] = {\n"
        "+    { \"demo\", \"fast\", \"off\" },",
    .remedy =
        "Remove the entry, or change the default that it was written for.",
    .limits =
        "A default that code sets later than the declaration is not seen, so\n"
        "CPU models are left alone, as are properties that report no default\n"
        "and arrays that no machine type applies.  So is an entry that says\n"
        "what another one in the same array says for the parent or for the\n"
        "device inside.",
    .check = check,
};
