/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "rules/words.h"

static char *message_of(const struct compat_entry *entry,
                        const struct compat_array *array,
                        const char *suggestion)
{
    return g_strdup_printf(
        "entry in '%s' names no type: '%s' does not exist, QEMU ignores the "
        "entry silently%s%s%s", array->id, entry->driver,
        suggestion ? " (is '" : "", suggestion ? suggestion : "",
        suggestion ? "' meant?)" : "");
}

/* What the entry was meant to prevent happens: say where. */
static void add_breaks(struct finding *finding,
                       const struct change_set *changes,
                       const struct compat_entry *entry)
{
    changes_foreach(struct compat_break, b, changes->breaks) {
        if (b->cause == CAUSE_UNKNOWN_DRIVER && b->entry == entry) {
            finding->needed_array = b->needed_array;
            words_add_devices(finding, b->devices);
            finding_add_related(finding, b->new_property->loc,
                                "'%s' of %s is left as it is here", b->name,
                                b->owner->name);
        }
    }
}

static void report_issue(const struct change_set *changes, guint index,
                         GPtrArray *findings)
{
    const struct entry_issue *issue =
        g_ptr_array_index(changes->entries, index);
    struct finding *finding =
        words_issue(&rule_compat_unknown_driver, changes, index);

    finding->message = message_of(issue->entry, issue->array,
                                  issue->suggestion);
    finding->reason = g_strdup(
        issue->uncertain
        ? "no type of that name was found, but a file that might register "
          "it could not be read"
        : "no type of that name is registered anywhere in the tree, for any "
          "target");
    words_repair_issue(finding, changes, index, issue->suggestion, NULL);
    add_breaks(finding, changes, issue->entry);
    g_ptr_array_add(findings, finding);
}

static bool has_issue(const struct change_set *changes,
                      const struct compat_entry *entry)
{
    changes_foreach(struct entry_issue, issue, changes->entries) {
        if (issue->kind == ENTRY_UNKNOWN_DRIVER && issue->entry == entry) {
            return true;
        }
    }
    return false;
}

/* The entry is old, what it fails to prevent is new. */
static void report_break(const struct change_set *changes,
                         const struct compat_break *b, GPtrArray *findings)
{
    struct finding *finding = words_break(&rule_compat_unknown_driver, b);

    finding->loc = b->entry->loc;
    finding->message = message_of(b->entry, b->array, NULL);
    finding->reason = g_strdup("the only entry on the property names no "
                               "type");
    finding_add_related(finding, b->new_property->loc,
                        "'%s' of %s is left as it is here", b->name,
                        b->owner->name);
    words_needed(finding, changes, b);
    g_ptr_array_add(findings, finding);
}

static void check(const struct change_set *changes, GPtrArray *findings)
{
    for (guint i = 0; i < changes->entries->len; i++) {
        const struct entry_issue *issue =
            g_ptr_array_index(changes->entries, i);

        if (issue->kind == ENTRY_UNKNOWN_DRIVER &&
            !words_is_repeat(changes, i)) {
            report_issue(changes, i, findings);
        }
    }
    changes_foreach(struct compat_break, b, changes->breaks) {
        if (b->cause == CAUSE_UNKNOWN_DRIVER &&
            !has_issue(changes, b->entry)) {
            report_break(changes, b, findings);
        }
    }
}

const struct rule rule_compat_unknown_driver = {
    .id = "compat-unknown-driver",
    .title = "A compat entry names no QOM type, so QEMU ignores it",
    .severity = SEVERITY_ERROR,
    .confidence = CONFIDENCE_HIGH,
    .rationale =
        "An entry applies where its driver is the type of an object, an\n"
        "ancestor or an interface of it.  A name that is no type applies to\n"
        "nothing, and nothing ever says so: the machine types that the entry\n"
        "should protect are unprotected.",
    .example =
        " GlobalProperty hw_compat_4_0[] = {\n"
        "+    { \"virtio-gpu\", \"edid\", \"false\" },   /* virtio-gpu-device */",
    .remedy =
        "Write the name under which the type is registered; where there is a\n"
        "TYPE_ macro, use it.",
    .limits =
        "All targets and configurations count: a type that is not built is a\n"
        "type.  Where a whole file could not be read the level is lower.",
    .check = check,
};
