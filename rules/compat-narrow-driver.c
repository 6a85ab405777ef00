/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/borrow.h"
#include "rules/words.h"

static void report_break(const struct change_set *changes,
                         const struct compat_break *b, GPtrArray *findings)
{
    struct finding *finding = words_break(&rule_compat_narrow_driver, b);
    g_autofree char *types = words_types(b->devices);
    g_autofree char *new = words_value(b->new_property, &b->new_value);

    finding->loc = b->entry->loc;
    if (b->inside_only) {
        finding->severity = MIN(finding->severity, SEVERITY_NOTE);
    }
    finding->message = g_strdup_printf(
        "entry for '%s' in '%s' covers %s only: %s %s the property from %s "
        "and get%s %s on released machine types", b->name, b->array->id,
        b->entry->driver, types, b->devices->len == 1 ? "has" : "have",
        b->owner->name, b->devices->len == 1 ? "s" : "", new);
    finding->reason = g_strdup(
        b->inside_only
        ? "the types that hold these inside are covered; they are rarely "
          "plugged on their own"
        : "the types share the declaration whose value changed, and no entry "
          "applies to them");
    finding_add_related(finding, b->new_property->loc,
                        "the property is declared here");
    words_needed(finding, changes, b);
    g_ptr_array_add(findings, finding);
}

/* A break of the equation on the same declaration says more. */
static bool is_said(const struct change_set *changes,
                    const struct entry_issue *issue)
{
    changes_foreach(struct compat_break, b, changes->breaks) {
        if (b->cause == CAUSE_NARROW_DRIVER &&
            b->new_property == issue->property) {
            return true;
        }
    }
    return false;
}

/* What the variant has been given suits its siblings. */
static void repair_issue(struct finding *finding,
                         const struct entry_issue *issue)
{
    for (guint i = 0; i < issue->devices->len; i++) {
        const struct qom_type *device = g_ptr_array_index(issue->devices, i);
        const struct repair repair = {
            .kind = REPAIR_ADD, .array = issue->array->id,
            .driver = device->name, .property = issue->entry->property,
            .value = issue->entry->value,
        };

        g_array_append_val(finding->repairs, repair);
    }
}

static bool same_types(const GPtrArray *a, const GPtrArray *b)
{
    bool same = a->len == b->len;

    for (guint i = 0; same && i < a->len; i++) {
        same = g_ptr_array_index(a, i) == g_ptr_array_index(b, i);
    }
    return same;
}

/* Entries for several variants that leave the same ones out are one slip. */
static bool is_same_slip(const struct entry_issue *a,
                         const struct entry_issue *b)
{
    return b->kind == ENTRY_NARROW_DRIVER && a->array == b->array &&
           a->property == b->property &&
           a->entry->property == b->entry->property &&
           same_types(a->devices, b->devices);
}

static bool is_reported(const struct change_set *changes, guint index)
{
    const struct entry_issue *issue =
        g_ptr_array_index(changes->entries, index);

    for (guint i = 0; i < index; i++) {
        if (is_same_slip(issue, g_ptr_array_index(changes->entries, i))) {
            return true;
        }
    }
    return words_is_repeat(changes, index);
}

/* The drivers of the entries of one slip: "x", "x and y", ... */
static char *covered(const struct change_set *changes,
                     const struct entry_issue *issue)
{
    g_autoptr(GPtrArray) types = g_ptr_array_new();

    changes_foreach(struct entry_issue, other, changes->entries) {
        const struct qom_type *type =
            facts_type(changes->head, other->entry->driver, 0);

        if (type && is_same_slip(issue, other) &&
            !g_ptr_array_find(types, type, NULL)) {
            g_ptr_array_add(types, borrow(type));
        }
    }
    return words_types(types);
}

static void report_issue(const struct change_set *changes, guint index,
                         GPtrArray *findings)
{
    const struct entry_issue *issue =
        g_ptr_array_index(changes->entries, index);
    struct finding *finding =
        words_issue(&rule_compat_narrow_driver, changes, index);
    g_autofree char *drivers = covered(changes, issue);
    g_autofree char *types = words_types(issue->devices);

    repair_issue(finding, issue);
    /* Without the release nobody knows whether the sibling ever had another
     * value, or has any use for it; it may not even have been there. */
    if (!changes->released) {
        finding->severity = MIN(finding->severity, issue->uncertain
                                ? SEVERITY_NOTE : SEVERITY_WARNING);
    }
    finding->confidence = issue->uncertain ? CONFIDENCE_LOW
                                           : CONFIDENCE_MEDIUM;
    finding->needed_array = issue->array->id;
    finding->message = g_strdup_printf(
        "entry for '%s' in '%s' covers %s only: %s share%s the declaration "
        "and keep%s another value on the machine types that apply it",
        issue->entry->property, issue->array->id, drivers,
        types, issue->devices->len == 1 ? "s" : "",
        issue->devices->len == 1 ? "s" : "");
    finding->reason = g_strdup(
        "the types are variants of one device: same state struct, same "
        "declaration of the property");
    finding_add_related(finding, issue->property->loc,
                        "the property is declared here");
    g_ptr_array_add(findings, finding);
}

static void check(const struct change_set *changes, GPtrArray *findings)
{
    changes_foreach(struct compat_break, b, changes->breaks) {
        if (b->cause == CAUSE_NARROW_DRIVER) {
            report_break(changes, b, findings);
        }
    }
    for (guint i = 0; i < changes->entries->len; i++) {
        const struct entry_issue *issue =
            g_ptr_array_index(changes->entries, i);

        if (issue->kind == ENTRY_NARROW_DRIVER &&
            !is_said(changes, issue) && !is_reported(changes, i)) {
            report_issue(changes, i, findings);
        }
    }
}

const struct rule rule_compat_narrow_driver = {
    .id = "compat-narrow-driver",
    .title = "A compat entry covers one variant of a device and misses its "
             "siblings",
    .severity = SEVERITY_ERROR,
    .confidence = CONFIDENCE_HIGH,
    .rationale =
        "One device often has several types: -pci, -pci-transitional,\n"
        "-pci-non-transitional, -ccw.  They share the property, so the change\n"
        "reaches all of them, but an entry applies to the type that it names\n"
        "and to its descendants.  The siblings stay broken.",
    .example =
        " GlobalProperty hw_compat_7_1[] = {\n"
        "+    { \"virtio-rng-pci\", \"vectors\", \"0\" },\n"
        "     /* virtio-rng-pci-transitional: nothing */",
    .remedy =
        "Name the type that declares the property, a common ancestor, or\n"
        "every variant.",
    .limits =
        "Where the released value is not at stake (a late fix), siblings are\n"
        "recognised by their common state struct; device families with a\n"
        "struct of eight types or more, such as CPU models, are left alone.\n"
        "In an audit of one tree, siblings that are newer than the array are\n"
        "told by the text of that release; where the repository lacks its\n"
        "tag, the finding is a note.\n"
        "A device inside the covered ones (virtio-x-device in virtio-x-pci)\n"
        "is a note: only virtio-mmio takes it as it is.",
    .check = check,
};
