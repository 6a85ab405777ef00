/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "rules/words.h"

static void report(const struct change_set *changes,
                   const struct compat_break *b, GPtrArray *findings)
{
    struct finding *finding = words_break(&rule_compat_wrong_value, b);
    g_autofree char *new = words_value(NULL, &b->new_value);
    g_autofree char *released = words_released(changes);

    finding->loc = b->entry->loc;
    if (b->old_property) {
        g_autofree char *old = words_value(b->old_property, &b->old_value);

        finding->message = g_strdup_printf(
            "entry in '%s' sets '%s' of %s to %s, but the machine types that "
            "apply it had %s in %s", b->array->id, b->name,
            b->entry->driver, new, old, released);
        finding->reason = g_strdup(
            "the value that the released revision gives these machine types "
            "is known and differs");
    } else {
        g_autofree char *neutral = words_value(NULL, &b->neutral.value);

        finding->message = g_strdup_printf(
            "entry in '%s' sets new property '%s' of %s to %s, but the "
            "neutral value is %s: %s", b->array->id, b->name,
            b->entry->driver, new, neutral, b->neutral.reason);
        finding->reason = g_strdup(b->neutral.reason);
        finding->confidence = MIN(finding->confidence, CONFIDENCE_MEDIUM);
    }
    words_repair_value(finding, b, b->old_property ? &b->old_value
                                                   : &b->neutral.value);
    words_was(finding, changes, b);
    g_ptr_array_add(findings, finding);
}

static void check(const struct change_set *changes, GPtrArray *findings)
{
    changes_foreach(struct compat_break, b, changes->breaks) {
        if (b->cause == CAUSE_WRONG_VALUE) {
            report(changes, b, findings);
        }
    }
}

const struct rule rule_compat_wrong_value = {
    .id = "compat-wrong-value",
    .title = "A compat entry does not restore the released value",
    .severity = SEVERITY_ERROR,
    .confidence = CONFIDENCE_HIGH,
    .rationale =
        "The entry is there and applies, but to another value than the one\n"
        "that the machine type was released with.  It looks like protection\n"
        "and is none.",
    .example =
        "-    DEFINE_PROP_UINT16(\"queue-size\", Demo, queue_size, 128),\n"
        "+    DEFINE_PROP_UINT16(\"queue-size\", Demo, queue_size, 256),\n"
        "...\n"
        "+    { \"demo\", \"queue-size\", \"64\" },",
    .remedy =
        "Write the value that the machine type had in the release; values\n"
        "are compared by meaning, \"off\" and \"false\" are the same.",
    .limits =
        "For a new property the entry's value is trusted unless the property\n"
        "binds a field that the released struct already had.",
    .check = check,
};
