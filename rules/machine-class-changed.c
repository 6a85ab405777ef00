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
    return !text ? value_absent()
         : change->evaluated ? value_string(text) : value_unevaluated(text);
}

static void word_changed(struct finding *finding,
                         const struct field_change *change,
                         const char *released)
{
    finding->message = g_strdup_printf(
        "'%s' of %s%s is %s and was %s in %s%s%s", change->name,
        change->newest->name,
        change->machines->len > 1 ? " and older machine types" : "",
        change->new_value, change->old_value, released,
        change->old_name ? ", where it was " : "",
        change->old_name ? change->old_name : "");
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
}

/* "" or " and 2 more". */
static char *others(const struct field_change *change)
{
    return change->machines->len > 1
           ? g_strdup_printf(" and %u more", change->machines->len - 1)
           : g_strdup("");
}

static void word_too_old(struct finding *finding,
                         const struct field_change *change,
                         const char *released)
{
    g_autofree char *more = others(change);

    finding->message = g_strdup_printf(
        "'%s' is new since %s and keeps %s and older machine types as they "
        "were (%s), but not %s%s (%s)", change->name, released,
        change->other->name, change->old_value, change->newest->name, more,
        change->new_value);
    finding->reason = g_strdup(
        "what is new since the release has to stay away from all machine "
        "types that were released, the newest of them included; a Fixes: "
        "trailer that names what the newest release broke would make this a "
        "note");
    finding_add_related(finding, change->newest->loc,
                        "the options function of %s is the place to set it "
                        "to %s", change->newest->name, change->old_value);
}

static void word_too_new(struct finding *finding,
                         const struct field_change *change)
{
    g_autofree char *more = others(change);

    finding->message = g_strdup_printf(
        "'%s' of %s%s, which is not released yet, is %s as it is for "
        "released machine types; %s has %s", change->name,
        change->newest->name, more, change->old_value, change->other->name,
        change->new_value);
    finding->reason = g_strdup(
        "another family has the old value up to the "
        "newest release only; an assignment that is meant for released "
        "machine types belongs in the options function of the newest of "
        "them");
}

static void word_global(struct finding *finding,
                        const struct field_change *change)
{
    g_autofree char *more = others(change);

    finding->message = g_strdup_printf(
        "class code of %s%s sets the variable '%s' to %s: for all machine "
        "types, whichever is used", change->newest->name, more, change->name,
        change->new_value);
    finding->reason = g_strdup(
        "QEMU runs the class code of all machine types when it looks for one; "
        "a field of the class or of the machine keeps them apart");
}

static void word_kind(struct finding *finding,
                      const struct change_set *changes,
                      const struct field_change *change)
{
    g_autofree char *released = words_released(changes);

    switch (change->kind) {
    case FIELD_TOO_OLD:
        word_too_old(finding, change, released);
        return;
    case FIELD_TOO_NEW:
        word_too_new(finding, change);
        return;
    case FIELD_GLOBAL:
        word_global(finding, change);
        return;
    default:
        word_changed(finding, change, released);
    }
}

static void report(const struct change_set *changes,
                   const struct field_change *change, GPtrArray *findings)
{
    struct finding *finding = finding_new(rule_machine_class_changed.id);
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
    finding->old_value = value_of(change, change->kind == FIELD_TOO_OLD
                                  ? NULL : change->old_value);
    finding->new_value = value_of(change, change->new_value);
    finding->loc = change->loc;
    word_kind(finding, changes, change);
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
        "them.  A field that went to another class is the one of the same\n"
        "name.  Of one that is new nothing says what the code did without it:\n"
        "it speaks where the line between machine types that are kept and\n"
        "those that are not is one release too early, or where the next\n"
        "machine type of one family is told to keep what another family keeps\n"
        "for released ones only, and the next of that one has what all machine\n"
        "types start with.  A variable that class code writes a number to is\n"
        "reported as well: that code runs for all machine types.\n"
        "Silent are: fields that went; desc, family and is_default, which\n"
        "describe; *_supported, *_allowed and max_cpus where they allow more\n"
        "than before; smbios_* where the target has no such tables; a hook or\n"
        "table that has another name, unless that name is one of two that both\n"
        "sides know.  A value that could not be evaluated is a note.  So is\n"
        "one that older machine types alone get, as whoever wrote it for them\n"
        "meant to, and what a released commit broke after the newest of the\n"
        "machine types, as a Fixes: trailer says.  What reads the field is not\n"
        "looked at: where that code changed its meaning in the same commit,\n"
        "the finding is wrong.",
    .check = check,
};
