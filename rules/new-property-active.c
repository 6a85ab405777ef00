/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "rules/words.h"

static bool is_mine(const struct compat_break *b)
{
    return b->cause == CAUSE_NO_ENTRY && !b->old_property;
}

/* Certain only where the neutral value is known; a constant that became a
 * property is the usual harmless case, or what boards work out. */
static void set_level(struct finding *finding, const struct compat_break *b)
{
    switch (b->neutral.verdict) {
    case NEUTRAL_KNOWN:
        finding->confidence = MIN(finding->confidence,
                                  b->neutral.shared ? CONFIDENCE_HIGH
                                                    : CONFIDENCE_MEDIUM);
        break;
    case NEUTRAL_CONSTANT:
    case NEUTRAL_BOARD:
        finding->severity = MIN(finding->severity, SEVERITY_NOTE);
        finding->confidence = CONFIDENCE_LOW;
        break;
    default:
        finding->severity = MIN(finding->severity, SEVERITY_WARNING);
        finding->confidence = CONFIDENCE_LOW;
        break;
    }
}

static char *reason_of(const struct compat_break *b)
{
    g_autofree char *neutral = NULL;

    if (b->neutral.verdict != NEUTRAL_KNOWN) {
        return g_strdup_printf("the neutral value is not known: %s",
                               b->neutral.reason);
    }
    neutral = value_to_text(&b->neutral.value);
    return g_strdup_printf("the neutral value is %s: %s", neutral,
                           b->neutral.reason);
}

static void report(const struct change_set *changes,
                   const struct compat_break *b, GPtrArray *findings)
{
    struct finding *finding = words_break(&rule_new_property_active, b);
    g_autofree char *types = words_types(b->devices);
    g_autofree char *value = words_value(b->new_property, &b->new_value);

    set_level(finding, b);
    finding->reason = reason_of(b);
    finding->message = g_strdup_printf(
        "new property '%s' of %s is active by default (%s) on released "
        "machine types; %s", b->name, types, value, finding->reason);
    if (b->neutral.verdict != NEUTRAL_BOARD) {
        words_needed(finding, changes, b);
    }
    g_ptr_array_add(findings, finding);
}

static void check(const struct change_set *changes, GPtrArray *findings)
{
    changes_foreach(struct compat_break, b, changes->breaks) {
        if (is_mine(b)) {
            report(changes, b, findings);
        }
    }
}

const struct rule rule_new_property_active = {
    .id = "new-property-active",
    .title = "A new property of a released device is active by default on "
             "released machine types",
    .severity = SEVERITY_ERROR,
    .confidence = CONFIDENCE_HIGH,
    .rationale =
        "A property usually comes with new behaviour.  When its default\n"
        "switches that behaviour on, released machine types get it too: the\n"
        "guest sees other features, other config space or another number of\n"
        "interrupt vectors than on the QEMU that released the machine type,\n"
        "and migration between the two fails.",
    .example =
        " static Property virtio_x_properties[] = {\n"
        "+    DEFINE_PROP_UINT32(\"vectors\", VirtIOPCIProxy, nvectors, 2),",
    .remedy =
        "Give the property its neutral value in the array of the newest\n"
        "release: the value under which the device does what it did before.\n"
        "\n"
        "    GlobalProperty hw_compat_X_Y[] = {\n"
        "        { \"virtio-x-pci\", \"vectors\", \"0\" },\n"
        "\n"
        "Name every variant of the device, or their common ancestor.  If the\n"
        "default is neutral, accept the finding with the reason.",
    .limits =
        "The neutral value is certain where the code that reads the property\n"
        "does under one value what the released code did to PCI config space,\n"
        "BARs or virtio features, and something else under another; where the\n"
        "functions that read a flag are under one value what they were, line by\n"
        "line; and for a property that binds a field which the released struct\n"
        "already had: where the default is another value, that is an error. A\n"
        "number spelled by a macro, one of a device that only boards create,\n"
        "and an interrupt or port number are taken for constants that became\n"
        "properties and are notes, and so is what the code that makes such a\n"
        "device sets itself: no entry would change that. For the rest nothing\n"
        "in the declarations tells a new feature from an old one that became\n"
        "optional: a warning of low confidence. Silent: off and zero, be it\n"
        "that instance_init made it so, 'auto', defaults that mean 'not given',\n"
        "properties whose name says that on is the old behaviour, sub-options\n"
        "of a property that is off (foo-size of foo, or a number whose first\n"
        "word is in the name of a flag that comes with it), aliases of what a\n"
        "device inside had with that default, defaults beside which a function\n"
        "of the change refuses any other value unless another option is given,\n"
        "and a short list of properties that only the host sees.",
    .check = check,
};
