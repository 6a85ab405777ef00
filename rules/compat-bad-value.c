/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "rules/words.h"

static void report(const struct change_set *changes, guint index,
                   GPtrArray *findings)
{
    const struct entry_issue *issue =
        g_ptr_array_index(changes->entries, index);
    struct finding *finding =
        words_issue(&rule_compat_bad_value, changes, index);
    g_autofree char *types = words_types(issue->devices);

    finding->message = g_strdup_printf(
        "value \"%s\" in '%s' is no %s: QEMU aborts when %s with '%s' is "
        "created", issue->entry->value, issue->array->id,
        issue->property->kind->name, types, issue->entry->property);
    finding->reason = g_strdup("the text is parsed as the setter of the "
                               "property would parse it");
    finding_add_related(finding, issue->property->loc,
                        "the property is declared here");
    g_ptr_array_add(findings, finding);
}

static void report_redeclared(const struct redeclaration *found,
                              GPtrArray *findings)
{
    struct finding *finding = finding_new(rule_compat_bad_value.id);
    g_autofree char *subject =
        g_strdup_printf("%s.%s", found->type->name, found->property->name);

    finding->severity = rule_compat_bad_value.severity;
    finding->confidence = rule_compat_bad_value.confidence;
    finding->driver = found->type->name;
    finding->property = found->property->name;
    finding->subject = g_intern_string(subject);
    finding->old_value = found->inherited->def;
    finding->new_value = found->property->def;
    finding->loc = found->property->loc;
    finding->message = g_strdup_printf(
        "%s declares '%s', which its ancestor %s has declared already: QEMU "
        "aborts when the class is made", found->type->name,
        found->property->name, found->owner->name);
    finding->reason = g_strdup("a class has one property of a name, its "
                               "ancestors' included");
    finding_add_related(finding, found->inherited->loc,
                        "declared here for %s", found->owner->name);
    g_ptr_array_add(findings, finding);
}

static void check(const struct change_set *changes, GPtrArray *findings)
{
    changes_foreach(struct redeclaration, found, changes->redeclared) {
        report_redeclared(found, findings);
    }
    for (guint i = 0; i < changes->entries->len; i++) {
        const struct entry_issue *issue =
            g_ptr_array_index(changes->entries, i);

        if (issue->kind == ENTRY_BAD_VALUE &&
            !words_is_repeat(changes, i)) {
            report(changes, i, findings);
        }
    }
}

const struct rule rule_compat_bad_value = {
    .id = "compat-bad-value",
    .title = "The value of a compat entry does not parse for the property's "
             "kind, or a property is declared twice",
    .severity = SEVERITY_ERROR,
    .confidence = CONFIDENCE_HIGH,
    .rationale =
        "Entries are text.  A text that the property's setter refuses makes\n"
        "QEMU abort when the device is created, even where the entry is\n"
        "optional.  It aborts as well where a type declares a property that\n"
        "one of its ancestors has.",
    .example =
        " GlobalProperty hw_compat_8_0[] = {\n"
        "+    { \"demo\", \"queue-size\", \"off\" },   /* a number */",
    .remedy =
        "Write a value of the property's kind: on/off for switches, a number\n"
        "in range, one of the names of an enumeration.  A subclass that needs\n"
        "another default of an inherited property sets it in code.",
    .limits = "What custom setters accept is not known; their values pass.",
    .check = check,
};
