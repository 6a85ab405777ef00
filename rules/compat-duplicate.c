/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <string.h>

#include "rules/words.h"

static void report(const struct change_set *changes, guint index,
                   GPtrArray *findings)
{
    const struct entry_issue *issue =
        g_ptr_array_index(changes->entries, index);
    struct finding *finding =
        words_issue(&rule_compat_duplicate, changes, index);
    bool same = strcmp(issue->entry->value, issue->other->value) == 0;

    finding->message = g_strdup_printf(
        "'%s' sets '%s' of %s twice: %s", issue->array->id,
        issue->entry->property, issue->entry->driver,
        same ? "was another type or property meant?"
             : "the first entry has no effect");
    finding->reason = g_strdup("both entries have the same driver and "
                               "property, and the last one wins");
    finding->old_value = value_string(issue->other->value);
    finding_add_related(finding, issue->other->loc, "the first one");
    g_ptr_array_add(findings, finding);
}

static void check(const struct change_set *changes, GPtrArray *findings)
{
    for (guint i = 0; i < changes->entries->len; i++) {
        const struct entry_issue *issue =
            g_ptr_array_index(changes->entries, i);

        if (issue->kind == ENTRY_DUPLICATE && !words_is_repeat(changes, i)) {
            report(changes, i, findings);
        }
    }
}

const struct rule rule_compat_duplicate = {
    .id = "compat-duplicate",
    .title = "A compat array sets the same property of the same type twice",
    .severity = SEVERITY_NOTE,
    .confidence = CONFIDENCE_HIGH,
    .rationale =
        "The last entry wins, so the first one has no effect.  Mostly it is\n"
        "a copied line whose driver should have been edited: the device that\n"
        "was meant is then left without its entry.",
    .example =
        " GlobalProperty hw_compat_3_1[] = {\n"
        "     { \"usb-kbd\", \"serial\", \"42\" },\n"
        "     { \"usb-mouse\", \"serial\", \"42\" },\n"
        "+    { \"usb-kbd\", \"serial\", \"42\" },   /* usb-tablet */",
    .remedy = "Remove one of the two, or name what was meant.",
    .limits = "One array at a time: the same key in two arrays is normal.",
    .check = check,
};
