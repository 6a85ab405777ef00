/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "rules/words.h"

/* Machine types without a version make no promise to old guests. */
static bool is_versioned(const struct entry_issue *issue)
{
    for (guint i = 0; i < issue->machines->len; i++) {
        const struct machine *machine =
            g_ptr_array_index(issue->machines, i);

        if (machine->versioned) {
            return true;
        }
    }
    return issue->machines->len == 0;
}

static void report(const struct change_set *changes, guint index,
                   GPtrArray *findings)
{
    const struct entry_issue *issue =
        g_ptr_array_index(changes->entries, index);
    struct finding *finding =
        words_issue(&rule_compat_unknown_property, changes, index);
    g_autofree char *types = words_types(issue->devices);

    if (!is_versioned(issue)) {
        finding->severity = MIN(finding->severity, SEVERITY_WARNING);
    }
    finding->message = g_strdup_printf(
        "entry in '%s' sets '%s' on %s, but %s %s no such property: QEMU "
        "aborts when one is created%s%s%s", issue->array->id,
        issue->entry->property, issue->entry->driver, types,
        issue->devices->len == 1 ? "has" : "have",
        issue->suggestion ? " (is '" : "",
        issue->suggestion ? issue->suggestion : "",
        issue->suggestion ? "' meant?)" : "");
    finding->reason = g_strdup(
        issue->uncertain
        ? "the property was not found, but something in a file of the type "
          "was not understood"
        : "neither the types nor their ancestors declare or alias it, and "
          "the entry is not optional");
    words_repair_issue(finding, changes, index, NULL, issue->suggestion);
    g_ptr_array_add(findings, finding);
}

static void check(const struct change_set *changes, GPtrArray *findings)
{
    for (guint i = 0; i < changes->entries->len; i++) {
        const struct entry_issue *issue =
            g_ptr_array_index(changes->entries, i);

        /* What is not understood may well declare it. */
        if (issue->kind == ENTRY_UNKNOWN_PROPERTY && !issue->uncertain &&
            !words_is_repeat(changes, i)) {
            report(changes, i, findings);
        }
    }
}

const struct rule rule_compat_unknown_property = {
    .id = "compat-unknown-property",
    .title = "A compat entry sets a property that the type, or one of its "
             "descendants, does not have",
    .severity = SEVERITY_ERROR,
    .confidence = CONFIDENCE_HIGH,
    .rationale =
        "QEMU aborts when it creates an object that lacks the property of an\n"
        "entry which applies to it: at start-up, or at device_add in a\n"
        "running guest.  An entry on a type applies to all its descendants,\n"
        "so all of them must have the property.",
    .example =
        " GlobalProperty hw_compat_10_0[] = {\n"
        "+    { \"vfio-pci\", \"use-legacy-x86-rom\", \"true\" },\n"
        "     /* declared by vfio-pci-nohotplug, the child */",
    .remedy =
        "Name the type that declares the property.  Where only some of the\n"
        "descendants have it, name those, or mark the entry optional:\n"
        "\n"
        "    { \"virtio-pci\", \"disable-legacy\", \"on\", .optional = true },",
    .limits =
        "Silent where something in a file of the type was not understood.\n"
        "Properties that code adds to single objects may be missed.",
    .check = check,
};
