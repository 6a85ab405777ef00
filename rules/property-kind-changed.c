/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "rules/words.h"

/* Switches, numbers, sizes, names, texts: within one of these only values at
 * the edge are refused. */
static bool changes_form(const struct kind_change *change)
{
    const struct property *old = change->old_property;
    enum value_syntax a = old->kind->syntax;
    enum value_syntax b = change->new_property->kind->syntax;

    if (value_is_switch(old->kind, &old->def) &&
        kind_is_on_off_auto(change->new_property->kind)) {
        return false;
    }
    a = a == SYNTAX_INT ? SYNTAX_UINT : a;
    b = b == SYNTAX_INT ? SYNTAX_UINT : b;
    return a != b;
}

static void set_level(struct finding *finding,
                      const struct kind_change *change)
{
    finding->severity = rule_property_kind_changed.severity;
    finding->confidence = rule_property_kind_changed.confidence;
    if (!change->entry && (!change->narrower || !changes_form(change))) {
        finding->severity = SEVERITY_NOTE;
    }
    if (!change->stable) {
        finding->severity = MIN(finding->severity, SEVERITY_NOTE);
        finding->confidence = CONFIDENCE_LOW;
    }
}

static char *message_of(const struct kind_change *change)
{
    const char *consequence =
        change->narrower ? "texts that it accepted are refused now"
                         : "it reads texts in another way now";
    g_autofree char *victim = change->entry
        ? g_strdup_printf("\"%s\" in '%s' no longer parses",
                          change->entry->value, change->array->id) : NULL;

    return g_strdup_printf("'%s' of %s was '%s' and became '%s': %s",
                           change->new_property->name, change->owner->name,
                           change->old_property->kind->name,
                           change->new_property->kind->name,
                           victim ? victim : consequence);
}

static void report(const struct change_set *changes,
                   const struct kind_change *change, GPtrArray *findings)
{
    struct finding *finding = finding_new(rule_property_kind_changed.id);
    g_autofree char *subject = g_strdup_printf(
        "%s.%s", change->owner->name, change->new_property->name);

    set_level(finding, change);
    finding->subject = g_intern_string(subject);
    finding->driver = change->owner->name;
    finding->property = change->new_property->name;
    finding->old_value = change->old_property->def;
    finding->new_value = change->new_property->def;
    finding->found_array = change->array ? change->array->id : NULL;
    finding->loc = change->new_property->loc;
    finding->message = message_of(change);
    finding->reason = g_strdup(
        change->entry ? "an entry that the old kind accepts is refused by "
                        "the new one"
                      : "the two kinds accept different texts");
    finding_add_related(finding, change->old_property->loc, "was '%s' here",
                        change->old_property->kind->name);
    if (change->entry) {
        finding_add_related(finding, change->entry->loc,
                            "the entry that no longer parses");
    }
    words_add_devices(finding, change->devices);
    words_add_machines(finding, change->machines);
    g_ptr_array_add(findings, finding);
}

static void check(const struct change_set *changes, GPtrArray *findings)
{
    changes_foreach(struct kind_change, change, changes->kinds) {
        if (change->devices->len) {
            report(changes, change, findings);
        }
    }
}

const struct rule rule_property_kind_changed = {
    .id = "property-kind-changed",
    .title = "A property of a released device became another kind of "
             "property",
    .severity = SEVERITY_WARNING,
    .confidence = CONFIDENCE_HIGH,
    .rationale =
        "The text of a compat entry, and of every command line in use, is\n"
        "parsed by the property's kind.  A kind that refuses what the old\n"
        "one accepted makes QEMU abort on old machine types and refuse old\n"
        "command lines.",
    .example =
        "-    DEFINE_PROP_BOOL(\"acpi\", Demo, acpi, true),\n"
        "+    DEFINE_PROP_UINT8(\"acpi\", Demo, acpi, 1),",
    .remedy =
        "Choose a kind that accepts what the old one did (a switch may\n"
        "become OnOffAuto), or add a new property beside the old one.  Bring\n"
        "the values of existing entries into the new form.",
    .limits =
        "What custom setters accept is not known; a change from or to one is\n"
        "not reported.  A note is a kind that accepts more than the old one, a\n"
        "number of another width or sign, and one that was 0 or 1 and becomes\n"
        "OnOffAuto, unless an entry no longer parses.",
    .check = check,
};
