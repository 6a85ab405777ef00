/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "rules/words.h"

static void report(const struct change_set *changes,
                   const struct compat_break *b, GPtrArray *findings)
{
    struct finding *finding = words_break(&rule_default_changed_in_code, b);
    g_autofree char *old = words_value(b->old_property, &b->old_value);
    g_autofree char *new = words_value(b->new_property, &b->new_value);
    g_autofree char *types = words_types(b->devices);

    finding->message = g_strdup_printf(
        "'%s' of %s starts as %s and was %s: instance code takes the place of "
        "the declared default, and no compat entry keeps the old value",
        b->name, types, new, old);
    finding->reason = g_strdup(
        "the instance_init code of the type and its ancestors was evaluated "
        "on both sides, with the declared defaults in place; an entry on the "
        "device would override what it leaves in the field");
    words_needed(finding, changes, b);
    g_ptr_array_add(findings, finding);
}

static void check(const struct change_set *changes, GPtrArray *findings)
{
    changes_foreach(struct compat_break, b, changes->breaks) {
        if (b->cause == CAUSE_NO_ENTRY && b->old_property &&
            b->new_property && b->in_code) {
            report(changes, b, findings);
        }
    }
}

const struct rule rule_default_changed_in_code = {
    .id = "default-changed-in-code",
    .title = "What instance_init puts in place of a default changed, and no "
             "compat entry keeps it",
    .severity = SEVERITY_WARNING,
    .confidence = CONFIDENCE_MEDIUM,
    .rationale =
        "A subclass cannot declare a property of its ancestor again: it sets\n"
        "the field in instance_init instead, after the default and before\n"
        "compat entries.  That value is the default as far as the guest can\n"
        "tell, and the table does not show that it changed.",
    .example =
        " static void demo_fast_instance_init(Object *obj)\n"
        " {\n"
        "-    DEMO(obj)->queues = 4;\n"
        "+    DEMO(obj)->queues = 8;\n"
        " }",
    .remedy =
        "Add the old value to the array of the newest release:\n"
        "\n"
        "    GlobalProperty hw_compat_X_Y[] = {\n"
        "        { \"demo-fast\", \"queues\", \"4\" },",
    .limits =
        "Fields of numbers and flags that a property binds as a whole, and\n"
        "values that can be evaluated.  What realize or reset assigns, what a\n"
        "device sets on devices inside it or a board on devices it creates,\n"
        "and single bits are not seen; nor is what depends on the host.",
    .check = check,
};
