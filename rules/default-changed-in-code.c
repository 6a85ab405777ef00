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

/* "sets 'rate' of demo-probe to 500, where it was set to 250". */
static char *setting_text(const struct guest_state *state)
{
    if (state->old_set && state->new_set) {
        return g_strdup_printf("sets '%s' of %s to %s, where it was set to %s",
                               state->property, state->driver,
                               state->new_value, state->old_value);
    }
    return state->new_set
           ? g_strdup_printf("sets '%s' of %s to %s, where it was left at %s",
                             state->property, state->driver,
                             state->new_value, state->old_value)
           : g_strdup_printf("no longer sets '%s' of %s, which is %s and was "
                             "set to %s", state->property, state->driver,
                             state->new_value, state->old_value);
}

static void report_setting(const struct change_set *changes,
                           const struct guest_change *change,
                           GPtrArray *findings)
{
    const struct rule *rule = &rule_default_changed_in_code;
    const struct guest_state *state = g_ptr_array_index(change->states, 0);
    struct finding *finding = finding_new(rule->id);
    g_autofree char *text = setting_text(state);
    g_autofree char *released = words_released(changes);

    finding->severity = rule->severity;
    finding->confidence = rule->confidence;
    finding->driver = state->driver;
    finding->property = state->property;
    finding->subject = state->name;
    finding->old_value = value_string(state->old_value);
    finding->new_value = value_string(state->new_value);
    finding->needed_array = change->needed_array;
    finding->loc = change->loc;
    finding->message = g_strdup_printf(
        "%s() %s, on released machine types too", change->function, text);
    finding->reason = g_strdup_printf(
        "the code that makes the device was followed with the values that "
        "properties and class fields have on each machine type, here and in "
        "%s; what it sets counts for more than defaults and compat entries, "
        "and neither a property nor a field of the machine's class decides "
        "whether it does", released);
    words_add_devices(finding, change->devices);
    words_add_machines(finding, change->machines);
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
    changes_foreach(struct guest_change, change, changes->guests) {
        const struct guest_state *first =
            g_ptr_array_index(change->states, 0);

        if (first->aspect == GUEST_SETTING) {
            report_setting(changes, change, findings);
        }
    }
}

const struct rule rule_default_changed_in_code = {
    .id = "default-changed-in-code",
    .title = "What code puts in place of a default changed, and nothing keeps "
             "it on released machine types",
    .severity = SEVERITY_WARNING,
    .confidence = CONFIDENCE_MEDIUM,
    .rationale =
        "A subclass cannot declare a property of its ancestor again: it sets\n"
        "the field in instance_init instead, after the default and before\n"
        "compat entries.  That value is the default as far as the guest can\n"
        "tell, and the table does not show that it changed.\n"
        "\n"
        "A board, or a device, sets properties of the devices that it makes.\n"
        "Compat entries on these come before and are overridden.",
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
        "        { \"demo-fast\", \"queues\", \"4\" },\n"
        "\n"
        "What code sets on a device that it makes needs a field of the\n"
        "machine's class, or a property of the device around, that released\n"
        "machine types set:\n"
        "\n"
        "    if (!vmc->no_fast_probe) {\n"
        "        qdev_prop_set_uint32(probe, \"rate\", 500);",
    .limits =
        "Fields of numbers and flags that a property binds as a whole, and\n"
        "values that can be evaluated.  What realize or reset assigns to\n"
        "fields, and single bits are not seen; nor is what depends on the\n"
        "host.\n"
        "\n"
        "Of properties that are set on devices made in code (qdev_prop_set_…(),\n"
        "object_property_set_…() of numbers, flags and text): only where the\n"
        "text of such a call, or its indentation, changed in a file; where\n"
        "both sides make as many devices of the type, which a constant names;\n"
        "where each gets the same constant, or none, on no other condition\n"
        "than properties and class fields; and where no property of the\n"
        "device around passes it on.  What both sides leave to an array, a\n"
        "loop over objects or a helper of an unchanged file is not seen.",
    .check = check,
};
