/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "rules/words.h"

static const enum severity levels[] = {
    [FIELD_GONE] = SEVERITY_NOTE,
    [FIELD_UNWRITTEN] = SEVERITY_WARNING,
    [FIELD_SHARED] = SEVERITY_ERROR,
};

static const char *const reasons[] = {
    [FIELD_GONE] = "a released machine type gave it another value than the "
                   "default; what it controlled seems to be gone with it",
    [FIELD_UNWRITTEN] = "the field that it wrote is still there, and zero "
                        "unless code writes it now",
    [FIELD_SHARED] = "the field that it wrote is still there, properties of "
                     "other types write it, and this type's holds zero now",
};

static void report_break(const struct change_set *changes,
                         const struct compat_break *b, GPtrArray *findings)
{
    struct finding *finding = words_break(&rule_property_removed, b);
    const struct qom_type *device = g_ptr_array_index(b->devices, 0);
    g_autofree char *types = words_types(b->devices);
    g_autofree char *old = words_value(b->old_property, &b->old_value);
    g_autofree char *released = words_released(changes);

    /* Owner and declaration are the released revision's. */
    finding->loc = device->loc;
    finding->severity = MIN(finding->severity, levels[b->field]);
    finding->message = g_strdup_printf(
        "property '%s' of %s is gone: released machine types had %s in %s",
        b->name, types, old, released);
    finding->reason = g_strdup(reasons[b->field]);
    finding->needed_array = NULL;
    words_was(finding, changes, b);
    g_ptr_array_add(findings, finding);
}

/* An entry that still sets it makes QEMU abort: that says more. */
static bool is_said(const struct change_set *changes,
                    const struct compat_break *b)
{
    changes_foreach(struct entry_issue, issue, changes->entries) {
        if (issue->kind == ENTRY_PROPERTY_GONE &&
            issue->entry->property == b->name &&
            g_ptr_array_find(issue->devices,
                             g_ptr_array_index(b->devices, 0), NULL)) {
            return true;
        }
    }
    return false;
}

static void report_property(const struct change_set *changes, guint index,
                            GPtrArray *findings)
{
    const struct entry_issue *issue =
        g_ptr_array_index(changes->entries, index);
    struct finding *finding =
        words_issue(&rule_property_removed, changes, index);
    g_autofree char *types = words_types(issue->devices);

    words_repair_issue(finding, changes, index, NULL, issue->suggestion);
    finding->message = g_strdup_printf(
        "property '%s' of %s is gone or renamed, but the entry in '%s' still "
        "sets it: QEMU aborts when one is created", issue->entry->property,
        types, issue->array->id);
    finding->reason = g_strdup("the types had the property before the change "
                               "and have it no longer");
    g_ptr_array_add(findings, finding);
}

/* An entry without its type does no harm by itself; where a renamed type
 * took the old one's place it no longer protects anything. */
static void report_driver(const struct change_set *changes, guint index,
                          GPtrArray *findings)
{
    const struct entry_issue *issue =
        g_ptr_array_index(changes->entries, index);
    struct finding *finding =
        words_issue(&rule_property_removed, changes, index);

    finding->message = g_strdup_printf(
        "type '%s' is gone or renamed, but the entry for '%s' in '%s' still "
        "names it and is ignored silently%s%s%s", issue->entry->driver,
        issue->entry->property, issue->array->id,
        issue->suggestion ? " (now '" : "",
        issue->suggestion ? issue->suggestion : "",
        issue->suggestion ? "'?)" : "");
    finding->reason = g_strdup("the type was there before the change");
    words_repair_issue(finding, changes, index, issue->suggestion, NULL);
    if (!issue->suggestion) {
        finding->severity = MIN(finding->severity, SEVERITY_NOTE);
    }
    g_ptr_array_add(findings, finding);
}

static void check(const struct change_set *changes, GPtrArray *findings)
{
    changes_foreach(struct compat_break, b, changes->breaks) {
        if (b->cause == CAUSE_REMOVED && !is_said(changes, b)) {
            report_break(changes, b, findings);
        }
    }
    for (guint i = 0; i < changes->entries->len; i++) {
        const struct entry_issue *issue =
            g_ptr_array_index(changes->entries, i);

        if (issue->uncertain || words_is_repeat(changes, i)) {
            continue;
        }
        if (issue->kind == ENTRY_PROPERTY_GONE) {
            report_property(changes, i, findings);
        } else if (issue->kind == ENTRY_DRIVER_GONE) {
            report_driver(changes, i, findings);
        }
    }
}

const struct rule rule_property_removed = {
    .id = "property-removed",
    .title = "A property or type that a compat entry or a released machine "
             "type still needs is gone or renamed",
    .severity = SEVERITY_ERROR,
    .confidence = CONFIDENCE_HIGH,
    .rationale =
        "A compat entry on a property that no longer exists makes QEMU abort\n"
        "when such a device is created.  A property that vanishes while its\n"
        "field stays leaves the field at zero, whatever the default was.",
    .example =
        "-    DEFINE_PROP_BOOL(\"x-old-name\", Demo, flag, true),\n"
        "+    DEFINE_PROP_BOOL(\"new-name\", Demo, flag, true),\n"
        "...\n"
        "     { \"demo\", \"x-old-name\", \"off\" },   /* still there */",
    .remedy =
        "Rename the entries together with the property.  Remove a property\n"
        "only together with the last machine type that needs it.  Check that\n"
        "a class_init which runs later does not replace the property table.",
    .limits =
        "A property whose field went with it is taken for removed on purpose:\n"
        "nothing, or a note where a machine type gave it another value than\n"
        "the default.  Code that writes the field instead is not seen, so a\n"
        "field that no other type's property writes is a warning.\n"
        "Silent where something in a file of the type was not understood.",
    .check = check,
};
