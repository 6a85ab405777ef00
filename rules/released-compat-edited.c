/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "rules/words.h"

static char *message_of(const struct change_set *changes,
                        const struct compat_break *b)
{
    g_autofree char *new = words_value(NULL, &b->new_value);
    g_autofree char *old = words_value(NULL, &b->old_value);
    g_autofree char *released = words_released(changes);

    if (b->late_fix) {
        return g_strdup_printf(
            "late fix: '%s' now sets '%s' of %s to %s; machine types of that "
            "version and older leave what %s gave them and return to what "
            "they were before it", b->array->id, b->name, b->owner->name,
            new, released);
    }
    if (b->entry_gone) {
        return g_strdup_printf(
            "entry for '%s' of %s disappeared from '%s': released machine "
            "types get %s instead of %s", b->name, b->entry->driver,
            b->array->id, new, old);
    }
    return g_strdup_printf(
        "entry for '%s' of %s in '%s', an array of a released version, "
        "changed: released machine types get %s instead of %s", b->name,
        b->entry->driver, b->array->id, new, old);
}

/* The property got another name and the entry did not. */
static bool repair_name(struct finding *finding, const struct compat_break *b)
{
    for (guint i = 0; i < b->array->entries->len; i++) {
        const struct compat_entry *entry =
            g_ptr_array_index(b->array->entries, i);
        const struct repair rename = {
            .kind = REPAIR_REPLACE, .at = entry->loc, .property = b->name,
        };

        if (b->entry_gone && b->old_name && b->old_name != b->name &&
            entry->driver == b->entry->driver &&
            entry->property == b->old_name) {
            g_array_append_val(finding->repairs, rename);
            return true;
        }
    }
    return false;
}

/* Back to what was released. */
static void repair(struct finding *finding, const struct change_set *changes,
                   const struct compat_break *b)
{
    if (repair_name(finding, b)) {
        return;
    }
    if (b->entry_gone) {
        for (guint i = 0; i < b->entries->len; i++) {
            const struct compat_entry *entry =
                g_ptr_array_index(b->entries, i);
            const struct repair add = {
                .kind = REPAIR_ADD, .array = b->array->id,
                .driver = entry->driver, .property = entry->property,
                .value = entry->value,
            };

            g_array_append_val(finding->repairs, add);
        }
    } else if (words_was_entry(changes, b->array, b->entry)) {
        words_repair_value(finding, b, &b->old_value);
    } else {
        words_repair_remove(finding, changes, b);
    }
}

static void report(const struct change_set *changes,
                   const struct compat_break *b, GPtrArray *findings)
{
    struct finding *finding = words_break(&rule_released_compat_edited, b);

    finding->loc = b->entry_gone ? b->array->loc : b->entry->loc;
    finding->message = message_of(changes, b);
    if (b->late_fix) {
        finding->severity = MIN(finding->severity, SEVERITY_NOTE);
        finding->reason = g_strdup(
            "a Fixes: trailer names a commit of a release, and the array is "
            "one of those that may go without the repair");
    } else {
        finding->reason = g_strdup(
            "the declaration is as released, the entry is not");
        repair(finding, changes, b);
    }
    if (b->entry_gone) {
        finding_add_related(finding, b->entry->loc,
                            "the entry was here in the released revision");
    }
    if (b->new_property) {
        finding_add_related(finding, b->new_property->loc,
                            "the property is declared here");
    }
    g_ptr_array_add(findings, finding);
}

static void check(const struct change_set *changes, GPtrArray *findings)
{
    changes_foreach(struct compat_break, b, changes->breaks) {
        if (b->cause == CAUSE_EDITED) {
            report(changes, b, findings);
        }
    }
}

const struct rule rule_released_compat_edited = {
    .id = "released-compat-edited",
    .title = "A compat array of a released version changed, and released "
             "machine types change with it",
    .severity = SEVERITY_WARNING,
    .confidence = CONFIDENCE_HIGH,
    .rationale =
        "The arrays of released versions are what keeps released machine\n"
        "types the same.  An entry that is added, edited or removed there\n"
        "changes machine types that guests already run on.",
    .example =
        " GlobalProperty hw_compat_5_0[] = {\n"
        "-    { \"pci-host-bridge\", \"x-config-reg-migration-enabled\", \"off\" },",
    .remedy =
        "Leave released arrays alone.  To repair what a release broke, the\n"
        "entry in the older array is right; name the commit that broke it in\n"
        "a Fixes: trailer.  Guests of that machine type cannot migrate\n"
        "between the release that was wrong and the repaired one unless the\n"
        "property is set by hand on one side.",
    .limits =
        "Entries that only moved, or whose removal changes nothing because\n"
        "another entry or the default has the same value, are not reported.\n"
        "An entry that named one type and now covers others that share the\n"
        "declaration, with the same value, is a late fix without a trailer.",
    .check = check,
};
