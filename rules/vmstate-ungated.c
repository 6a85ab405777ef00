/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "rules/words.h"

static const char *state_name(const struct stream_change *change)
{
    const struct vmstate *state = change->new_state ? change->new_state
                                                    : change->old_state;

    return state->name ? state->name : state->id;
}

static const struct vmstate_field *any_field(const struct stream_change *c)
{
    return c->new_field ? c->new_field : c->old_field;
}

/* --- What happened -------------------------------------------------------- */

/* "4 bytes", "8 times 2 bytes", "a list of vmstate_x"; free it. */
static char *layout_text(const struct vmstate_field *field)
{
    bool array = field->flags & STREAM_ARRAY;
    g_autofree char *times = array && field->num != STREAM_UNKNOWN
        ? g_strdup_printf("%" G_GINT64_FORMAT " times ", field->num)
        : g_strdup(field->flags & STREAM_VARRAY ? "any number of " : "");

    if (field->nested) {
        return g_strdup_printf("%s'%s'", times, field->nested);
    }
    if (field->size == STREAM_UNKNOWN || !field->size) {
        return g_strdup_printf("%s%s", times,
                               field->info ? field->info : "something else");
    }
    return g_strdup_printf("%s%" G_GINT64_FORMAT " byte%s", times,
                           field->size, field->size == 1 ? "" : "s");
}

static char *resized_text(const struct stream_change *c)
{
    g_autofree char *old = layout_text(c->old_field);
    g_autofree char *new = layout_text(c->new_field);

    if (g_str_equal(old, new)) {
        return g_strdup_printf("field '%s' of '%s' is there under another "
                               "condition", c->new_field->name,
                               state_name(c));
    }
    return g_strdup_printf("field '%s' of '%s' was %s and is %s",
                           c->new_field->name, state_name(c), old, new);
}

static char *version_text(const struct stream_change *c)
{
    int old = c->old_state->version_id;

    switch (c->kind) {
    case STREAM_VERSION_RAISED:
        return g_strdup_printf("version of '%s' goes from %d to %d: the "
                               "released QEMU refuses the new stream",
                               state_name(c), old, c->new_state->version_id);
    case STREAM_VERSION_LOWERED:
        return g_strdup_printf("version of '%s' goes from %d to %d: what the "
                               "released QEMU sends is refused",
                               state_name(c), old, c->new_state->version_id);
    default:
        return g_strdup_printf("minimum version of '%s' is %d: version %d, "
                               "which the released QEMU sends, is refused",
                               state_name(c),
                               c->new_state->minimum_version_id, old);
    }
}

static const char *new_part_text(const struct stream_change *c)
{
    return !c->new_state->needed ? "has no 'needed'" :
           c->gate ? "is needed on released machine types"
                   : "is always needed";
}

static char *part_text(const struct stream_change *c)
{
    switch (c->kind) {
    case STREAM_PART_ADDED:
        return g_strdup_printf("new subsection '%s' %s: the released QEMU "
                               "does not know it", state_name(c),
                               new_part_text(c));
    case STREAM_PART_REMOVED:
        return g_strdup_printf("subsection '%s' of '%s' is gone%s: the "
                               "released QEMU %s it", state_name(c),
                               c->parent->name,
                               c->lost ? ", its description is not" : "",
                               c->sometimes ? "may send" : "sends");
    default:
        return g_strdup_printf("name of subsection '%s' does not start with "
                               "'%s', the name of its parent: no QEMU can "
                               "load it", state_name(c), c->parent->name);
    }
}

/* No field: the description as a whole came or went inside a section. */
static char *field_text(const struct stream_change *c)
{
    const struct vmstate_field *field = any_field(c);
    bool added = c->kind == STREAM_FIELD_ADDED;

    if (!field) {
        return g_strdup_printf("the fields of '%s' %s their device's "
                               "migration stream", state_name(c),
                               added ? "are new in" : "are gone from");
    }
    return g_strdup_printf(added ? "new field '%s' in the migration stream "
                                   "of '%s'"
                                 : "field '%s' is gone from the migration "
                                   "stream of '%s'", field->name,
                           state_name(c));
}

static char *message_of(const struct stream_change *c)
{
    switch (c->kind) {
    case STREAM_FIELD_ADDED:
    case STREAM_FIELD_REMOVED:
        return field_text(c);
    case STREAM_FIELD_RESIZED:
        return resized_text(c);
    case STREAM_FIELD_MOVED:
        return g_strdup_printf("field '%s' has another place in the "
                               "migration stream of '%s'",
                               c->new_field->name, state_name(c));
    case STREAM_FIELD_UNEXPECTED:
        return g_strdup_printf("new field '%s' of '%s' is there when it says "
                               "so itself: no receiver knows before it has "
                               "read it", c->new_field->name, state_name(c));
    case STREAM_FIELDS_DIFFER:
        return g_strdup_printf("the migration stream of '%s' has another "
                               "layout%s%s%s", state_name(c),
                               any_field(c) ? ", from field '" : "",
                               any_field(c) ? any_field(c)->name : "",
                               any_field(c) ? "' on" : "");
    case STREAM_SECTION_ADDED:
        return g_strdup_printf("new section '%s' in the migration stream: "
                               "the released QEMU does not know it",
                               state_name(c));
    case STREAM_SECTION_REMOVED:
        return g_strdup_printf("section '%s' is gone from the migration "
                               "stream: the released QEMU sends it",
                               state_name(c));
    case STREAM_SECTION_RENAMED:
        return g_strdup_printf("section '%s' of the migration stream is "
                               "called '%s' now", c->old_state->name,
                               c->new_state->name);
    case STREAM_VERSION_RAISED:
    case STREAM_VERSION_LOWERED:
    case STREAM_MINIMUM_RAISED:
        return version_text(c);
    default:
        return part_text(c);
    }
}

/* --- Why, and how bad ----------------------------------------------------- */

static char *reason_of(const struct stream_change *c)
{
    if (c->kept) {
        return g_strdup_printf("'%s' keeps the old stream on machine types of "
                               "the last release; where it does not, that is "
                               "a matter of compat entries", c->gate);
    }
    if (c->late_fix) {
        return g_strdup_printf("late fix: '%s' keeps the old stream on older "
                               "machine types, as a Fixes: trailer explains; "
                               "these no longer migrate to the release",
                               c->gate);
    }
    if (c->gate) {
        return g_strdup_printf("'%s' lets it through with the value that "
                               "released machine types have; off for those "
                               "would make this silent", c->gate);
    }
    if (c->registered) {
        return g_strdup("no function hands it to vmstate_register() or "
                        "saves it any more");
    }
    switch (c->kind) {
    case STREAM_PART_MISNAMED:
        return g_strdup("the loader takes what has another name for the end "
                        "of the section");
    case STREAM_PART_ADDED:
    case STREAM_PART_REMOVED:
        return g_strdup("a 'needed' that a property decides, or the state of "
                        "the guest, would make this silent");
    case STREAM_FIELD_UNEXPECTED:
        return g_strdup_printf("'%s' is asked on both sides, and reads what "
                               "the field brings; a subsection says in the "
                               "stream that it is there",
                               c->new_field->test_name
                               ? c->new_field->test_name : "its test");
    case STREAM_VERSION_RAISED:
        return g_strdup("old streams load, new ones do not: a subsection "
                        "works in both directions");
    case STREAM_SECTION_ADDED:
    case STREAM_SECTION_REMOVED:
    case STREAM_SECTION_RENAMED:
        return g_strdup("sections are found by their names");
    default:
        break;
    }
    return g_strdup_printf(
        "no test that a property or a machine class decides leaves it out on "
        "released machine types%s", c->nested
        ? "; a nested struct is loaded with its own version, so that a "
          "version does not help" : "");
}

/* What would keep the stream that the release has; NULL: there is no one way. */
static const char *advice_of(const struct stream_change *c)
{
    if (c->gate) {
        return "a property that decides it, and that compat entries switch "
               "off for released machine types, would keep the old stream";
    }
    if (c->registered) {
        return NULL;
    }
    switch (c->kind) {
    case STREAM_FIELD_ADDED:
    case STREAM_FIELD_UNEXPECTED:
        return "a subsection that is needed only where a property says so, "
               "and a compat entry that switches the property off, would "
               "keep released machine types as they were";
    case STREAM_FIELD_REMOVED:
        return "VMSTATE_UNUSED of the same size in its place would keep the "
               "layout";
    case STREAM_FIELD_RESIZED:
    case STREAM_FIELD_MOVED:
    case STREAM_FIELDS_DIFFER:
        return "the fields as they were, with what is new in a subsection, "
               "would keep the layout";
    case STREAM_VERSION_RAISED:
        return "a subsection instead of a new version would work in both "
               "directions";
    case STREAM_VERSION_LOWERED:
    case STREAM_MINIMUM_RAISED:
        return "the numbers as they were would let it load what the release "
               "sends";
    case STREAM_PART_ADDED:
        return "a 'needed' that asks for a property, which compat entries "
               "switch off for released machine types, would keep it out";
    case STREAM_PART_REMOVED:
    case STREAM_SECTION_REMOVED:
        return "the description has to stay as long as released machine "
               "types may send it";
    case STREAM_PART_MISNAMED:
        return "its name has to begin with that of its parent and a '/'";
    case STREAM_SECTION_RENAMED:
        return "the old name in the description would be found";
    case STREAM_SECTION_ADDED:
        break;
    }
    return NULL;
}

static void set_level(struct finding *finding, const struct stream_change *c)
{
    finding->severity = SEVERITY_ERROR;
    finding->confidence = CONFIDENCE_HIGH;
    if (c->kind == STREAM_VERSION_RAISED ||
        c->kind == STREAM_SECTION_ADDED ||
        c->kind == STREAM_FIELD_UNEXPECTED || c->gate || c->registered ||
        c->sometimes) {
        finding->severity = SEVERITY_WARNING;
        finding->confidence = CONFIDENCE_MEDIUM;
    }
    if (!c->stable || c->kept || c->late_fix ||
        (c->sometimes && !c->lost)) {
        finding->severity = SEVERITY_NOTE;
        finding->confidence = CONFIDENCE_LOW;
    }
}

static struct location location_of(const struct change_set *changes,
                                   const struct stream_change *c)
{
    const struct vmstate *state = c->new_state;
    int line = c->new_field ? c->new_field->line : 0;

    if (!state) {
        state = c->parent ? c->parent
                          : facts_vmstate(changes->head, c->old_state->id);
    }
    if (state) {
        return (struct location){ state->file, line ? line : state->line,
                                  line ? 1 : MAX(state->column, 1) };
    }
    if (c->devices->len) {
        const struct qom_type *type = g_ptr_array_index(c->devices, 0);

        return type->loc;
    }
    return (struct location){ c->old_state->file, c->old_state->line, 1 };
}

static const char *subject_of(const struct stream_change *c)
{
    const struct vmstate_field *field = any_field(c);
    const struct qom_type *type = c->devices->len == 1
        ? g_ptr_array_index(c->devices, 0) : NULL;
    g_autofree char *text = g_strdup_printf(
        "%s%s%s%s%s", type ? type->name : "", type ? ":" : "", state_name(c),
        field ? "." : "", field ? field->name : "");

    return g_intern_string(text);
}

static void add_old_place(struct finding *finding,
                          const struct change_set *changes,
                          const struct stream_change *c)
{
    g_autofree char *released = words_released(changes);
    int line = c->old_field ? c->old_field->line : 0;

    if (c->old_state) {
        finding_add_related(finding, (struct location){
            c->old_state->file, line ? line : c->old_state->line, 1,
        }, "as it was in %s", released);
    }
}

static void report(const struct change_set *changes,
                   const struct stream_change *c, GPtrArray *findings)
{
    struct finding *finding = finding_new(rule_vmstate_ungated.id);
    const struct vmstate_field *field = any_field(c);

    set_level(finding, c);
    finding->subject = subject_of(c);
    finding->driver = c->devices->len == 1
        ? ((const struct qom_type *)g_ptr_array_index(c->devices, 0))->name
        : NULL;
    finding->property = field ? field->name
                              : g_intern_string(state_name(c));
    if (c->kind == STREAM_VERSION_RAISED ||
        c->kind == STREAM_VERSION_LOWERED) {
        finding->old_value = value_int(c->old_state->version_id);
        finding->new_value = value_int(c->new_state->version_id);
    }
    finding->loc = location_of(changes, c);
    finding->message = message_of(c);
    finding->reason = reason_of(c);
    add_old_place(finding, changes, c);
    if (finding->severity != SEVERITY_NOTE && advice_of(c)) {
        finding_add_related(finding, finding->loc, "%s", advice_of(c));
    }
    words_add_devices(finding, c->devices);
    words_add_machines(finding, c->machines);
    g_ptr_array_add(findings, finding);
}

static void check(const struct change_set *changes, GPtrArray *findings)
{
    changes_foreach(struct stream_change, change, changes->streams) {
        if (change->machines->len) {
            report(changes, change, findings);
        }
    }
}

const struct rule rule_vmstate_ungated = {
    .id = "vmstate-ungated",
    .title = "The migration stream of a released device changed, and nothing "
             "that a machine type decides keeps the old one",
    .severity = SEVERITY_ERROR,
    .confidence = CONFIDENCE_HIGH,
    .rationale =
        "A VMStateDescription is the layout of bytes on the wire.  The names\n"
        "of its fields are not in the stream: their order, sizes and numbers\n"
        "are, so that a field which one side has and the other has not shifts\n"
        "all that follows, and the migration fails or loads nonsense.  A\n"
        "version only helps at the top of a section or subsection, and only\n"
        "from old to new: a QEMU refuses a version newer than its own.  A\n"
        "nested struct is loaded with the version that its description has\n"
        "now, whatever was sent.",
    .example =
        "     .fields = (const VMStateField[]) {\n"
        "         VMSTATE_UINT32(ctrl, DemoState),\n"
        "+        VMSTATE_BOOL(paused, DemoState),\n"
        "         VMSTATE_END_OF_LIST()",
    .remedy =
        "Put new state into a subsection whose 'needed' is false while the\n"
        "guest cannot tell the difference, or is decided by a property that a\n"
        "compat entry switches off for released machine types.  Where a\n"
        "subsection is not possible, use a VMSTATE_*_TEST on such a property;\n"
        "in a nested struct VMSTATE_VSTRUCT helps too.  Replace a field that\n"
        "is no longer of use with VMSTATE_UNUSED of the same size.  Start the\n"
        "name of a subsection with the name of its parent.",
    .limits =
        "Compared are whole layouts, each with the tests as they are on every\n"
        "released machine type: renames, moves between files, other types of\n"
        "equal size and VMSTATE_UNUSED are silent, and so is what a test or a\n"
        "'needed' makes depend on the state of the guest: whether that state\n"
        "is common is not known.  The exception is a new field whose test\n"
        "asks for what that field brings.  A test is followed where its file\n"
        "has types, properties or descriptions itself.\n"
        "A property is taken to have the value that its default and the\n"
        "compat entries give it, whatever the device does to it later.\n"
        "What VMStateInfo code of a device, pre_save, post_load and\n"
        "register_savevm_live() do with the bytes is not seen, nor that a\n"
        "field has another meaning.  A section that functions register is of\n"
        "the devices in the same file; whether the call is conditional is not\n"
        "looked at, so that its loss is a warning.  A raised version is a\n"
        "warning: it breaks migration back only.  A note is what a property\n"
        "keeps away from some machine type of the last release (whom its entry\n"
        "misses is the matter of other rules) or, with a Fixes: trailer, from\n"
        "older ones, and a dropped subsection that only some states of the\n"
        "guest need: whether any has such a state is not known.  Where its\n"
        "description is still there it is a warning: nobody meant to drop it.",
    .check = check,
};
