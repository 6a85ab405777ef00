/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <string.h>

#include "rules/words.h"

/* The newest one: older ones mostly inherit its fault. */
static const struct machine *newest_machine(const GPtrArray *machines)
{
    const struct machine *newest = g_ptr_array_index(machines, 0);

    for (guint i = 1; i < machines->len; i++) {
        const struct machine *machine = g_ptr_array_index(machines, i);

        if (version_compare(&machine->version, &newest->version) > 0) {
            newest = machine;
        }
    }
    return newest;
}

/* A fault in the list of arrays explains the values that it breaks. */
static bool is_said(const struct change_set *changes,
                    const struct compat_break *b)
{
    changes_foreach(struct chain_issue, issue, changes->chains) {
        bool all = issue->array == b->array;

        for (guint i = 0; all && i < b->machines->len; i++) {
            all = g_ptr_array_find(issue->machines,
                                   g_ptr_array_index(b->machines, i), NULL);
        }
        if (all) {
            return true;
        }
    }
    return false;
}

static bool is_generic(const struct compat_array *array)
{
    return g_ascii_strncasecmp(array->id, "hw_compat_",
                               strlen("hw_compat_")) == 0;
}

/* An array of one family is right for a device that only this family has, or
 * has with the property.  Which families have a device that users do not
 * plug is not known. */
static bool may_be_of_one_family(const struct change_set *changes,
                                 const struct compat_break *b)
{
    for (guint i = 0; i < b->devices->len; i++) {
        const struct qom_type *type = g_ptr_array_index(b->devices, i);

        bool plugged = type->user_creatable &&
            !facts_type_is_a(changes->head, type,
                             g_intern_static_string("sys-bus-device"));

        if (is_generic(b->array) ||
            (plugged && !b->new_property->condition)) {
            return false;
        }
    }
    return true;
}

static void repair_apply(struct finding *finding, const char *array,
                         const struct machine *machine)
{
    const struct repair repair = {
        .kind = REPAIR_APPLY, .array = array, .machine = machine,
    };

    g_array_append_val(finding->repairs, repair);
}

/* Whether the array of all is beside the one that has the entry. */
static bool is_beside(const struct compat_break *b)
{
    return b->needed && b->needed->version.major == b->array->version.major &&
           b->needed->version.minor == b->array->version.minor;
}

/* An entry in the array of a family, or of some of a version, moves to the
 * one of all; where it is in the right one, that has to be applied. */
static void repair_break(struct finding *finding,
                         const struct change_set *changes,
                         const struct compat_break *b)
{
    if (b->omitted) {
        finding->needed_array = b->array->id;
        repair_apply(finding, b->array->id, newest_machine(b->machines));
        return;
    }
    words_needed(finding, changes, b);
    if (b->needed == b->array) {
        g_array_set_size(finding->repairs, 0);
        repair_apply(finding, b->array->id, newest_machine(b->machines));
    } else if (!is_generic(b->array) || is_beside(b)) {
        words_repair_remove(finding, changes, b);
    }
}

static void report_break(const struct change_set *changes,
                         const struct compat_break *b, GPtrArray *findings)
{
    struct finding *finding = words_break(&rule_compat_family_missed, b);
    const struct machine *machine = newest_machine(b->machines);
    g_autofree char *new = words_value(b->new_property, &b->new_value);

    finding->loc = b->entry->loc;
    /* Without a newer machine type the family has no place to apply it yet. */
    if (b->omitted) {
        finding->severity = MIN(finding->severity, SEVERITY_NOTE);
    } else if (may_be_of_one_family(changes, b) || machine->latest) {
        finding->severity = MIN(finding->severity, SEVERITY_NOTE);
        finding->confidence = CONFIDENCE_LOW;
    }
    finding->message = g_strdup_printf(
        "entry for '%s' of %s in '%s' does not reach %s%s, which get%s %s",
        b->name, b->entry->driver, b->array->id, machine->name,
        b->machines->len > 1 ? " and others" : "",
        b->machines->len > 1 ? "" : "s", new);
    finding->reason = g_strdup(
        b->omitted
        ? "these machine types ought to apply the array and did not do so "
          "before the change either: it is not to blame, and still changes "
          "them"
        : "the entry would apply to the device, but these machine types do "
          "not apply its array as their version requires");
    finding_add_related(finding, machine->loc,
                        "%s is defined here without '%s'", machine->name,
                        b->array->id);
    repair_break(finding, changes, b);
    g_ptr_array_add(findings, finding);
}

static char *chain_message(const struct chain_issue *issue)
{
    const struct machine *machine = newest_machine(issue->machines);

    switch (issue->kind) {
    case CHAIN_TOO_OLD:
        return g_strdup_printf(
            "%s applies '%s', which is for machine types older than itself",
            machine->name, issue->array->id);
    case CHAIN_ORDER:
        return g_strdup_printf(
            "%s applies '%s' after an older array: the last entry wins, so "
            "newer values override older ones", machine->name,
            issue->array->id);
    case CHAIN_MISSING:
        return g_strdup_printf(
            "%s does not apply '%s', which %s does", machine->name,
            issue->array->id, issue->other->name);
    }
    return NULL;
}

static void report_chain(const struct chain_issue *issue,
                         GPtrArray *findings)
{
    struct finding *finding = finding_new(rule_compat_family_missed.id);
    const struct machine *machine = newest_machine(issue->machines);
    g_autofree char *subject =
        g_strdup_printf("%s+%s", machine->name, issue->array->id);

    finding->severity = rule_compat_family_missed.severity;
    finding->confidence = rule_compat_family_missed.confidence;
    finding->subject = g_intern_string(subject);
    finding->driver = machine->name;
    finding->property = issue->array->id;
    finding->old_value = value_absent();
    finding->new_value = value_absent();
    finding->loc = machine->loc;
    finding->message = chain_message(issue);
    finding->reason = g_strdup("a machine type applies the arrays of its own "
                               "version and of all newer ones, newest first");
    *(issue->kind == CHAIN_MISSING ? &finding->needed_array
                                   : &finding->found_array) =
        issue->array->id;
    if (issue->kind == CHAIN_MISSING) {
        repair_apply(finding, issue->array->id, machine);
    }
    finding_add_related(finding, issue->array->loc, "the array is here");
    words_add_machines(finding, issue->machines);
    g_ptr_array_add(findings, finding);
}

static void check(const struct change_set *changes, GPtrArray *findings)
{
    changes_foreach(struct compat_break, b, changes->breaks) {
        if (b->cause == CAUSE_FAMILY_MISSED && !is_said(changes, b)) {
            report_break(changes, b, findings);
        }
    }
    changes_foreach(struct chain_issue, issue, changes->chains) {
        report_chain(issue, findings);
    }
}

const struct rule rule_compat_family_missed = {
    .id = "compat-family-missed",
    .title = "A machine family does not apply a compat array, or applies it "
             "in the wrong order or version",
    .severity = SEVERITY_ERROR,
    .confidence = CONFIDENCE_HIGH,
    .rationale =
        "Every versioned family (pc-i440fx, pc-q35, virt, pseries,\n"
        "s390-ccw-virtio) keeps its own list of arrays.  A machine type\n"
        "applies the arrays of its version and of all newer ones, newest\n"
        "first.  One forgotten line, or one line copied into the function of\n"
        "the next version, and a whole family behaves like another version.",
    .example =
        " static void virt_machine_8_0_options(MachineClass *mc)\n"
        " {\n"
        "     virt_machine_8_1_options(mc);\n"
        "-    compat_props_add(mc->compat_props, hw_compat_8_0,\n"
        "-                     hw_compat_8_0_len);\n"
        " }",
    .remedy =
        "Apply the array in the options function of its version, after the\n"
        "call of the next newer one.  An entry that every family needs\n"
        "belongs in the generic array, not in that of one family.",
    .limits =
        "Lists are judged as they result, not by the names of the functions\n"
        "that build them; arrays without a version in their name are not\n"
        "judged.  An entry in an array of one family is a note where users do\n"
        "not plug the device: only that family may have it.  It is a note as\n"
        "well where the machine types ought to apply its array and did not do\n"
        "so before the change, unless another array was at hand: the change\n"
        "is right, what it builds on is not.",
    .check = check,
};
