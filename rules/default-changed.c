/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "rules/words.h"

static bool is_mine(const struct compat_break *b)
{
    return b->cause == CAUSE_NO_ENTRY && b->old_property &&
           b->new_property && !b->in_code;
}

static const char *const reasons[] = {
    [DOUBT_NONE] = "both defaults are evaluated and no entry of an array that "
                   "these machine types apply sets the property",
    [DOUBT_VALUE] = "one of the two defaults could not be evaluated",
    [DOUBT_MEANING] = "one side reports no default, or the new one only says "
                      "that none was given, or 'auto' of what was on: both "
                      "may mean the same",
};

static void report(const struct change_set *changes,
                   const struct compat_break *b, GPtrArray *findings)
{
    struct finding *finding = words_break(&rule_default_changed, b);
    g_autofree char *old = words_value(b->old_property, &b->old_value);
    g_autofree char *new = words_value(b->new_property, &b->new_value);

    finding->message = g_strdup_printf(
        "default of '%s' of %s %s from %s to %s and no compat entry keeps "
        "the old value on released machine types", b->name, b->owner->name,
        b->doubt == DOUBT_VALUE ? "may have changed" : "changed", old, new);
    finding->reason = g_strdup(reasons[b->doubt]);
    words_was(finding, changes, b);
    words_needed(finding, changes, b);
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

const struct rule rule_default_changed = {
    .id = "default-changed",
    .title = "A property default changed and no compat entry keeps the old "
             "value on released machine types",
    .severity = SEVERITY_ERROR,
    .confidence = CONFIDENCE_HIGH,
    .rationale =
        "A versioned machine type is a promise: the guest sees the same\n"
        "hardware on every QEMU that offers it.  A default is part of that\n"
        "hardware.  When it changes for machine types that were released, a\n"
        "guest that migrates between the two versions finds another device\n"
        "on the other side: the stream is refused, or the device changes\n"
        "under a running driver.",
    .example =
        "-    DEFINE_PROP_UINT16(\"num-queues\", VirtIOBlock, conf.num_queues, 1),\n"
        "+    DEFINE_PROP_UINT16(\"num-queues\", VirtIOBlock, conf.num_queues,\n"
        "+                       VIRTIO_BLK_AUTO_NUM_QUEUES),",
    .remedy =
        "Add the old value to the array of the newest release, in the same\n"
        "commit:\n"
        "\n"
        "    GlobalProperty hw_compat_X_Y[] = {\n"
        "        { \"virtio-blk-device\", \"num-queues\", \"1\" },\n"
        "\n"
        "Machine types of the version under development keep the new default.",
    .limits =
        "What instance_init puts in place of a default is told by\n"
        "default-changed-in-code; what realize computes is not seen.\n"
        "A default that cannot be evaluated is reported as a warning of low\n"
        "confidence where its spelling changed.  A default that one revision\n"
        "does not report, a -1 that comes with a signed kind to say \"not\n"
        "given\", a zero to which code gives a value that depends (where it is\n"
        "the old number, nothing is reported), a flag that was on (or a number,\n"
        "1) and becomes 'auto', and one that goes from a device which only\n"
        "boards make, and which they give a value, are notes.",
    .check = check,
};
