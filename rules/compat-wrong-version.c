/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "rules/words.h"

/* Patches wait a release or two; who names an array older than that means
 * it, as where a property takes the place of other compat code. */
#define LONGEST_WAIT 2

/* Boards make such a device, and may well set the property themselves: the
 * declared default is then what no machine type had. */
static bool is_of_boards(const struct change_set *changes,
                         const struct compat_break *b)
{
    const char *sysbus = g_intern_static_string("sys-bus-device");

    for (guint i = 0; i < b->devices->len; i++) {
        const struct qom_type *type = g_ptr_array_index(b->devices, i);

        if (!facts_type_is_a(changes->head, type, sysbus)) {
            return false;
        }
    }
    return b->old_property != NULL;
}

/* Of a new property only history tells a late fix from a mistake; where a
 * trailer claims one without naming the right commit, be milder. */
static void set_level(struct finding *finding,
                      const struct change_set *changes,
                      const struct compat_break *b)
{
    if (is_of_boards(changes, b) ||
        (!b->old_property && b->lag > LONGEST_WAIT)) {
        finding->severity = MIN(finding->severity, SEVERITY_NOTE);
        finding->confidence = CONFIDENCE_LOW;
    } else if (!b->old_property && b->has_trailer) {
        finding->severity = MIN(finding->severity, SEVERITY_WARNING);
        finding->confidence = MIN(finding->confidence, CONFIDENCE_MEDIUM);
    }
}

/* The entries themselves go where they belong; what they say is right unless
 * the release says otherwise. */
static void repair(struct finding *finding, const struct change_set *changes,
                   const struct compat_break *b)
{
    words_repair_remove(finding, changes, b);
    for (guint i = 0; !b->old_property && i < b->entries->len; i++) {
        const struct compat_entry *entry = g_ptr_array_index(b->entries, i);
        const struct repair add = {
            .kind = REPAIR_ADD, .array = b->needed_array,
            .driver = entry->driver, .property = entry->property,
            .value = entry->value,
        };

        g_array_append_val(finding->repairs, add);
    }
    if (b->old_property) {
        words_repair(finding, b);
    }
}

static void report(const struct change_set *changes,
                   const struct compat_break *b, GPtrArray *findings)
{
    struct finding *finding = words_break(&rule_compat_wrong_version, b);
    g_autofree char *new = words_value(b->new_property, &b->new_value);
    const struct value *want = b->old_property ? &b->old_value
                                               : &b->neutral.value;
    g_autofree char *old = words_value(b->old_property, want);

    set_level(finding, changes, b);
    finding->loc = b->entry->loc;
    finding->message = g_strdup_printf(
        "entry for '%s' of %s is in '%s', which is older than the newest "
        "release %d.%d: released machine types without it get %s instead of "
        "%s; it belongs in '%s'", b->name, b->entry->driver, b->array->id,
        changes->released_version.major, changes->released_version.minor,
        new, old, b->needed_array);
    finding->reason = g_strdup_printf(
        "%d.%d is the newest release and lacks the change, so its machine "
        "types need the entry as well%s", changes->released_version.major,
        changes->released_version.minor,
        b->old_property ? ""
        : b->has_trailer ? "; no Fixes: trailer names a commit that came "
                           "after the array's release"
                         : "; no Fixes: trailer says that a released change "
                           "is repaired");
    finding_add_related(finding, b->new_property->loc,
                        "the property is declared here");
    words_needed(finding, changes, b);
    g_array_set_size(finding->repairs, 0);
    repair(finding, changes, b);
    g_ptr_array_add(findings, finding);
}

static void check(const struct change_set *changes, GPtrArray *findings)
{
    changes_foreach(struct compat_break, b, changes->breaks) {
        if (b->cause == CAUSE_WRONG_VERSION) {
            report(changes, b, findings);
        }
    }
}

const struct rule rule_compat_wrong_version = {
    .id = "compat-wrong-version",
    .title = "A compat entry sits in the array of an older version than the "
             "newest release",
    .severity = SEVERITY_ERROR,
    .confidence = CONFIDENCE_HIGH,
    .rationale =
        "An entry protects the machine types that apply its array: those of\n"
        "the array's version and older.  A change that is written before a\n"
        "release and merged after it often keeps its old array, and then the\n"
        "machine types of the release in between are left without the entry.",
    .example =
        " GlobalProperty hw_compat_8_1[] = {};\n"
        " GlobalProperty hw_compat_8_0[] = {\n"
        "+    { \"virtio-net-device\", \"host_uso\", \"off\" },   /* 8.1 is out */",
    .remedy =
        "Move the entry to the array of the newest release.  Where the array\n"
        "does not exist yet, the machine types of the next version have to\n"
        "be added first.\n"
        "\n"
        "If the commit repairs what an earlier release broke, the older\n"
        "array is right: say so with a Fixes: trailer that names the commit\n"
        "which broke it.  The array is then that of the release before it, or\n"
        "any later one that two newer releases follow: one release alone may\n"
        "have come out while the patch waited.",
    .limits =
        "Whether a new property repairs a released mistake is told by the\n"
        "Fixes: trailer alone; without one the entry is taken for misplaced,\n"
        "unless its array is more than two releases old: that is a note.  So\n"
        "is a changed default of a system bus device: boards make it, and may\n"
        "have set the property to something else all along.",
    .check = check,
};
