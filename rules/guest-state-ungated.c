/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "rules/words.h"

#define MAX_STATES 4

/* "PCI_ERR_UNCOR_MASK in config is 0x02400000, was 0x00000000". */
static void append_state(GString *out, const struct guest_state *state)
{
    if (state->old_value && state->new_value) {
        g_string_append_printf(out, "%s is %s and was %s", state->name,
                               state->new_value, state->old_value);
    } else if (state->new_value) {
        g_string_append_printf(out, "%s (%s) is new", state->name,
                               state->new_value);
        if (state->switched_by) {
            g_string_append_printf(out, ", whatever '%s' says",
                                   state->switched_by->name);
        }
    } else {
        g_string_append_printf(out, "%s (%s) is gone", state->name,
                               state->old_value);
    }
}

static char *states_text(const struct guest_change *change)
{
    GString *out = g_string_new(NULL);

    for (guint i = 0; i < change->states->len && i < MAX_STATES; i++) {
        g_string_append(out, i ? ", " : "");
        append_state(out, g_ptr_array_index(change->states, i));
    }
    if (change->states->len > MAX_STATES) {
        g_string_append_printf(out, " and %u more",
                               change->states->len - MAX_STATES);
    }
    return g_string_free(out, FALSE);
}

/* A feature that only something at run time decides may be there for those
 * alone who ask for it, unless it goes around the property that should have
 * decided. */
static bool is_asked_for(const struct guest_state *state)
{
    return state->aspect == GUEST_FEATURE && state->new_value &&
           !state->old_value && g_str_has_prefix(state->new_value, "on if ") &&
           !state->switched_by;
}

/* Whether migration refuses it, and it is certain that it is new. */
static bool is_serious(const struct guest_change *change)
{
    changes_foreach(struct guest_state, state, change->states) {
        if (state->migrated && state->doubt != GUEST_LOST &&
            !is_asked_for(state)) {
            return true;
        }
    }
    return false;
}

/* What nobody sets by accident, and what migration always compares. */
static bool is_structure(const struct guest_change *change)
{
    changes_foreach(struct guest_state, state, change->states) {
        if (state->aspect == GUEST_CAPABILITY || state->aspect == GUEST_BAR ||
            state->aspect == GUEST_CONFIG_SIZE) {
            return true;
        }
    }
    return false;
}

/* The nearest type that all DEVICES are. */
static const char *common_type(const struct facts *facts,
                               const GPtrArray *devices)
{
    const struct qom_type *type = g_ptr_array_index(devices, 0);

    for (; type; type = facts_parent(facts, type)) {
        bool all = true;

        changes_foreach(struct qom_type, device, devices) {
            all = all && facts_type_is_a(facts, device, type->name);
        }
        if (all) {
            return type->name;
        }
    }
    return g_intern_static_string("device");
}

static char *where(const struct guest_change *change)
{
    return change->function
        ? g_strdup_printf("%s()", change->function)
        : g_strdup("the class");
}

static void add_remedy(struct finding *finding,
                       const struct change_set *changes,
                       const struct guest_change *change)
{
    const char *driver = common_type(changes->head, change->devices);

    finding_add_related(
        finding, change->needed ? change->needed->loc : finding->loc,
        "a new property of %s that switches it, on by default, and an entry "
        "{ \"%s\", \"x-…\", \"off\" } in '%s'%s would keep released machine "
        "types as they were", driver, driver, change->needed_array,
        change->needed ? "" : ", which does not exist in this tree yet");
}

static void report(const struct change_set *changes,
                   const struct guest_change *change, GPtrArray *findings)
{
    const struct rule *rule = &rule_guest_state_ungated;
    const struct guest_state *first = g_ptr_array_index(change->states, 0);
    struct finding *finding = finding_new(rule->id);
    g_autofree char *types = words_types(change->devices);
    g_autofree char *states = states_text(change);
    g_autofree char *code = where(change);
    g_autofree char *released = words_released(changes);
    g_autofree char *subject = NULL;

    finding->severity = is_serious(change) ? rule->severity : SEVERITY_NOTE;
    finding->confidence = is_structure(change) ? CONFIDENCE_HIGH
                                               : rule->confidence;
    finding->driver = common_type(changes->head, change->devices);
    finding->property = first->name;
    subject = g_strdup_printf("%s: %s", finding->driver, first->name);
    finding->subject = g_intern_string(subject);
    finding->old_value = first->old_value ? value_string(first->old_value)
                                          : value_absent();
    finding->new_value = first->new_value ? value_string(first->new_value)
                                          : value_absent();
    finding->needed_array = change->needed_array;
    finding->loc = change->loc;
    finding->message = g_strdup_printf(
        "%s changes what a guest sees of %s on released machine types%s%s%s: "
        "%s; no property gates it", code, types,
        change->option ? " where '" : "",
        change->option ? change->option->name : "",
        change->option ? "' is on" : "", states);
    finding->reason = g_strdup_printf(
        "the code that makes, plugs and resets the device was followed with "
        "the values that its properties and class fields have on each "
        "machine type, and the result is not that of %s; looked for: a "
        "condition on a field or bit that a property binds, or on a field of "
        "the machine's class", released);
    add_remedy(finding, changes, change);
    words_add_devices(finding, change->devices);
    words_add_machines(finding, change->machines);
    g_ptr_array_add(findings, finding);
}

static void check(const struct change_set *changes, GPtrArray *findings)
{
    changes_foreach(struct guest_change, change, changes->guests) {
        const struct guest_state *first =
            g_ptr_array_index(change->states, 0);

        if (first->aspect != GUEST_SETTING) {
            report(changes, change, findings);
        }
    }
}

const struct rule rule_guest_state_ungated = {
    .id = "guest-state-ungated",
    .title = "What a guest sees of a released device changed, and no "
             "property guards it",
    .severity = SEVERITY_WARNING,
    .confidence = CONFIDENCE_MEDIUM,
    .rationale =
        "PCI config space, its write masks, capabilities, BARs and virtio\n"
        "features are part of the machine.  Migration compares config space\n"
        "and refuses a stream that does not fit; a guest that keeps running\n"
        "finds registers that were not there.  New behaviour must be\n"
        "switched by a property, so that compat entries can switch it off on\n"
        "machine types that were released without it.",
    .example =
        " int pcie_aer_init(PCIDevice *dev, …)\n"
        " {\n"
        "+    pci_set_long(dev->config + offset + PCI_ERR_UNCOR_MASK,\n"
        "+                 PCI_ERR_UNC_MASK_DEFAULT);",
    .remedy =
        "Put the new behaviour under a property that is on by default, and\n"
        "switch it off in the array of the newest release:\n"
        "\n"
        "    DEFINE_PROP_BIT(\"x-pcie-err-unc-mask\", PCIDevice, cap_present,\n"
        "                    QEMU_PCIE_ERR_UNC_MASK_BITNR, true),\n"
        "\n"
        "    if (dev->cap_present & QEMU_PCIE_ERR_UNC_MASK) {\n"
        "        pci_set_long(…);\n"
        "\n"
        "    GlobalProperty hw_compat_X_Y[] = {\n"
        "        { \"pci-device\", \"x-pcie-err-unc-mask\", \"off\" },",
    .limits =
        "Only the functions that make, plug and reset a device are followed,\n"
        "and only those that the change touches, itself or through a macro,\n"
        "an enumerator or a config struct of a header; a helper that other\n"
        "files call is compared by itself and the devices that end up in it\n"
        "are named.  Silent where what is done hangs on anything else than\n"
        "properties and class fields (a feature of the host, state at run\n"
        "time), unless both sides do it once and on the same condition; where\n"
        "a value is not known on one side, for devices that upstream does not\n"
        "keep stable, and for registers of a device outside of config space.\n"
        "Two conditions at run time do speak: a capability that became one of\n"
        "one kind of bus (pci_bus_is_express()), and a virtio feature that the\n"
        "release never offered.  Registers of the config header that migration\n"
        "does not compare are notes, and so are a feature under a condition\n"
        "that no property of its own replaces, and what another object of the\n"
        "same file may have done before.  An option that is off counts where a\n"
        "function that differs is called only with it on, as the machine of\n"
        "who asked for it is another one; options called x-… do not.  Of\n"
        "devices that are never migrated only BARs are compared, and only\n"
        "where compat entries keep something of them.",
    .check = check,
};
