/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "rules/words.h"

static bool is_one_family(const GPtrArray *machines)
{
    const struct machine *first = g_ptr_array_index(machines, 0);

    for (guint i = 1; i < machines->len; i++) {
        const struct machine *machine = g_ptr_array_index(machines, i);

        if (machine->family != first->family ||
            machine->targets != first->targets) {
            return false;
        }
    }
    return true;
}

static struct value value_of(const struct field_change *change,
                             const char *text)
{
    return change->evaluated ? value_string(text) : value_unevaluated(text);
}

static void report(const struct change_set *changes,
                   const struct field_change *change, GPtrArray *findings)
{
    struct finding *finding = finding_new(rule_machine_class_changed.id);
    g_autofree char *released = words_released(changes);
    g_autofree char *subject = NULL;

    finding->severity =
        change->evaluated && !change->late_fix && !change->meant
        ? SEVERITY_WARNING : SEVERITY_NOTE;
    finding->confidence = change->evaluated
        ? rule_machine_class_changed.confidence : CONFIDENCE_LOW;
    finding->driver = is_one_family(change->machines)
        ? change->newest->family : g_intern_static_string("machine");
    finding->property = change->name;
    subject = g_strdup_printf("%s: %s", finding->driver, change->name);
    finding->subject = g_intern_string(subject);
    finding->old_value = value_of(change, change->old_value);
    finding->new_value = value_of(change, change->new_value);
    finding->loc = change->loc;
    finding->message = g_strdup_printf(
        "'%s' of %s%s is %s and was %s in %s", change->name,
        change->newest->name,
        change->machines->len > 1 ? " and older machine types" : "",
        change->new_value, change->old_value, released);
    finding->reason = g_strdup(
        "the class code of the released machine types was evaluated on both "
        "sides; an assignment of the old value in the options function of "
        "the newest released version would restore it");
    if (change->old_loc.file) {
        finding_add_related(finding, change->old_loc, "was %s here in %s",
                            change->old_value, released);
    }
    finding_add_related(finding, change->newest->loc,
                        "the options function of %s is the place to set it "
                        "back to %s", change->newest->name,
                        change->old_value);
    words_add_machines(finding, change->machines);
    g_ptr_array_add(findings, finding);
}

static void check(const struct change_set *changes, GPtrArray *findings)
{
    changes_foreach(struct field_change, change, changes->fields) {
        report(changes, change, findings);
    }
}

const struct rule rule_machine_class_changed = {
    .id = "machine-class-changed",
    .title = "A class field of a released machine type has another value",
    .severity = SEVERITY_WARNING,
    .confidence = CONFIDENCE_MEDIUM,
    .rationale =
        "What no property holds, a field of the machine's class decides: the\n"
        "default CPU, the layout of memory, whether a device is created.  A\n"
        "newer machine type inherits from the code that all versions share,\n"
        "an older one through the newer, so an assignment that is meant for\n"
        "the next version reaches every released one unless the options\n"
        "function of the newest released version takes it back.",
    .example =
        " static void spapr_machine_class_init(ObjectClass *oc, void *data)\n"
        " {\n"
        "-    mc->default_cpu_type = POWERPC_CPU_TYPE_NAME(\"power9_v2.2\");\n"
        "+    mc->default_cpu_type = POWERPC_CPU_TYPE_NAME(\"power10_v2.0\");",
    .remedy =
        "Assign the old value in the options function of the newest released\n"
        "version, in the same commit: older versions inherit it from there.",
    .limits =
        "Fields are compared as all class code of the machine type leaves\n"
        "them.  Silent are: fields that came or went with the change (nothing\n"
        "says what the code did without them); desc, family and is_default,\n"
        "which describe; *_supported, *_allowed and max_cpus where they allow\n"
        "more than before; smbios_* where the target has no such tables; a\n"
        "hook or table that has another name, unless that name is one of two\n"
        "that both sides know.  A value that could not be\n"
        "evaluated is a note.  So is one that older machine types alone get,\n"
        "as whoever wrote it for them meant to, and what a released commit\n"
        "broke after the newest of the machine types, as a Fixes: trailer\n"
        "says.  What reads the field is not looked at: where that code changed\n"
        "its meaning in the same commit, the finding is wrong.",
    .check = check,
};
