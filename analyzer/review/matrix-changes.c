/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * From what the engine found on one machine type to what a migration would
 * make of it.
 */
#include "review/matrix-internal.h"

#include "check/compare.h"
#include "check/sent.h"

#include <string.h>

/* NULL: there is none that could be said. */
static char *setting(const struct value *value)
{
    return value->kind == VALUE_ABSENT || value->kind == VALUE_UNEVALUATED
           ? NULL : value_to_text(value);
}

static const char *subject_of(const struct compat_break *b)
{
    g_autofree char *name = g_strconcat(b->owner->name, ".", b->name, NULL);

    return g_intern_string(name);
}

/* What -global would have to say in the newer revision to get what the older
 * one does; a new property has a neutral value for it. */
static char *old_setting(const struct compat_break *b)
{
    if (!b->new_property) {
        return NULL;
    }
    if (b->old_property) {
        return setting(&b->old_value);
    }
    return b->neutral.verdict == NEUTRAL_KNOWN ? setting(&b->neutral.value)
                                               : NULL;
}

/* What a guest is given for it; a new property stands for what was done. */
static const struct value *old_value(const struct compat_break *b)
{
    return !b->old_property && b->neutral.verdict == NEUTRAL_KNOWN
           ? &b->neutral.value : &b->old_value;
}

/* VirtIOPCIProxy.nvectors of QEMU's virtio-pci: with vectors there is a MSI-X
 * capability, whose size they say, and without there is none; receivers
 * compare both.  DEV_NVECTORS_UNSPECIFIED is some number of them. */
static bool is_vectors(const struct compat_break *b)
{
    const struct property *property =
        b->new_property ? b->new_property : b->old_property;

    return !g_strcmp0(property->record, "VirtIOPCIProxy") &&
           !g_strcmp0(property->field, "nvectors");
}

static enum matrix_verdict property_verdict(const struct compat_break *b)
{
    const struct value *values[] = { old_value(b), &b->new_value };
    bool counted = true, none = false;

    if (!is_vectors(b)) {
        return MATRIX_DIFFERS;
    }
    for (gsize i = 0; i < G_N_ELEMENTS(values); i++) {
        const struct value *value = values[i];
        bool number = value->kind == VALUE_UINT || value->kind == VALUE_INT;

        counted &= number && value->uinteger < UINT32_MAX;
        none |= number && value->uinteger == 0;
    }
    return counted || none ? MATRIX_FAILS : MATRIX_MAY_FAIL;
}

static void add_break(struct matrix_pair *pair, const struct compat_break *b)
{
    const struct property *property =
        b->new_property ? b->new_property : b->old_property;
    enum matrix_verdict verdict = property_verdict(b);
    struct matrix_difference d = {
        .about = MATRIX_PROPERTY,
        .forward = verdict, .backward = verdict,
        .subject = subject_of(b),
        .older = setting(&b->old_value), .newer = setting(&b->new_value),
        .because = g_strdup(b->neutral.reason),
        .loc = property->loc, .devices = b->devices,
        .driver = b->owner->name, .property = b->name,
        .old_setting = old_setting(b),
        .new_setting = b->old_property ? setting(&b->new_value) : NULL,
    };

    matrix_add(pair, &d);
}

/* Values that may mean the same, or that only the host sees, are no
 * difference that anybody could act on; nor is a property of one side alone,
 * unless it is known what the other side does.  -1 leaves it to the code. */
static bool is_plain(const struct compat_break *b)
{
    bool given = !b->old_property || !b->new_property || is_vectors(b) ||
        !(value_is_all_ones(b->old_property->kind, &b->old_value) ||
          value_is_all_ones(b->new_property->kind, &b->new_value));
    bool known = b->old_property && b->new_property;

    if (!b->old_property) {
        known = b->neutral.verdict == NEUTRAL_KNOWN;
    } else if (!b->new_property) {
        known = b->field != FIELD_GONE;
    }
    return known && given && !b->host_side && b->doubt == DOUBT_NONE && b->stable;
}

static void add_field(struct matrix_pair *pair, const struct field_change *f)
{
    struct matrix_difference d = {
        .about = MATRIX_FIELD,
        .forward = MATRIX_DIFFERS, .backward = MATRIX_DIFFERS,
        .subject = f->name,
        .older = g_strdup(f->old_value), .newer = g_strdup(f->new_value),
        .loc = f->loc,
    };

    matrix_add(pair, &d);
}

/* --- The migration stream ------------------------------------------------- */

/* A stream that has the part in every state of the guest is refused where it
 * is not understood, another one may be. */
static enum matrix_verdict badness(const struct matrix_pair *pair,
                                   const struct stream_change *c, bool forward)
{
    const struct facts *facts = forward ? pair->older : pair->newer;
    const struct vmstate *state = forward ? c->old_state : c->new_state;
    const struct qom_type *device =
        c->devices->len ? g_ptr_array_index(c->devices, 0) : NULL;
    bool sure = !c->sometimes && !c->registered && !c->unsure &&
                c->kind != STREAM_FIELD_UNEXPECTED;

    if (device) {
        device = facts_type(facts, device->name, device->targets);
    }
    return sure && stream_is_always_sent(facts, forward ? pair->old_machine
                                                        : pair->new_machine,
                                         device, state)
           ? MATRIX_FAILS : MATRIX_MAY_FAIL;
}

/* How a change of the stream's layout hits the two directions. */
static void set_directions(const struct matrix_pair *pair,
                           struct matrix_difference *d,
                           const struct stream_change *c)
{
    switch (c->kind) {
    case STREAM_VERSION_RAISED:      /* the older one refuses what it gets */
    case STREAM_PART_ADDED:
    case STREAM_PART_MISNAMED:
    case STREAM_SECTION_ADDED:
        d->backward = badness(pair, c, false);
        return;
    case STREAM_VERSION_LOWERED:     /* the newer one does */
    case STREAM_PART_REMOVED:
    case STREAM_SECTION_REMOVED:
        d->forward = badness(pair, c, true);
        return;
    case STREAM_FIELD_ADDED:
    case STREAM_FIELD_REMOVED:
        if (!c->old_state || !c->new_state) {    /* of a virtio device */
            d->forward = d->backward = badness(pair, c, c->old_state);
            return;
        }
        break;
    case STREAM_MINIMUM_RAISED:      /* above what the older one knows */
    case STREAM_FIELD_RESIZED:
    case STREAM_FIELD_MOVED:
    case STREAM_FIELDS_DIFFER:
    case STREAM_FIELD_UNEXPECTED:
    case STREAM_SECTION_RENAMED:
        break;
    }
    d->forward = badness(pair, c, true);
    d->backward = badness(pair, c, false);
}

static const char *stream_words(enum stream_change_kind kind)
{
    switch (kind) {
    case STREAM_FIELD_ADDED:
        return "a field came";
    case STREAM_FIELD_REMOVED:
        return "a field went";
    case STREAM_FIELD_RESIZED:
        return "a field has another size";
    case STREAM_FIELD_MOVED:
        return "a field has another place";
    case STREAM_FIELDS_DIFFER:
    case STREAM_FIELD_UNEXPECTED:
        return "the layout is another one";
    case STREAM_VERSION_RAISED:
    case STREAM_VERSION_LOWERED:
        return "the version changed";
    case STREAM_MINIMUM_RAISED:
        return "the older version is no longer accepted";
    case STREAM_PART_ADDED:
        return "a subsection came";
    case STREAM_PART_REMOVED:
        return "a subsection went";
    case STREAM_PART_MISNAMED:
        return "no receiver finds the subsection";
    case STREAM_SECTION_ADDED:
        return "a section came";
    case STREAM_SECTION_REMOVED:
        return "a section went";
    case STREAM_SECTION_RENAMED:
        return "the section has another name";
    }
    return NULL;
}

static char *layout_of(const struct vmstate *state,
                       const struct vmstate_field *field)
{
    if (!state) {
        return NULL;
    }
    return field && field->size != STREAM_UNKNOWN
        ? g_strdup_printf("version %d, %s of %" G_GINT64_FORMAT " bytes",
                          state->version_id, field->name, field->size)
        : g_strdup_printf("version %d", state->version_id);
}

/* A section that belongs to no device may be one of another machine type. */
static void add_stream(struct matrix_pair *pair,
                       const struct stream_change *c)
{
    const struct vmstate *state = c->new_state ? c->new_state : c->old_state;
    const struct vmstate_field *field = c->new_field ? c->new_field
                                                     : c->old_field;
    g_autofree char *subject = g_strdup_printf(
        "%s%s%s", state->name ? state->name : state->id, field ? "." : "",
        field ? field->name : "");
    struct matrix_difference d = {
        .about = MATRIX_STREAM, .subject = g_intern_string(subject),
        .older = layout_of(c->old_state, c->old_field),
        .newer = layout_of(c->new_state, c->new_field),
        .because = g_strdup_printf("%s%s", stream_words(c->kind),
                                   c->sometimes ? "; it is sent in some "
                                   "states of the guest only" : ""),
        .loc = { state->file, field && field->line ? field->line
                                                   : state->line, 1 },
        .devices = c->devices,
    };

    set_directions(pair, &d, c);
    matrix_add(pair, &d);
}

/* --- What a guest sees ---------------------------------------------------- */

/* Who refuses what only one side was seen to do may be wrong about it. */
static void set_state_directions(struct matrix_difference *d,
                                 const struct guest_state *state)
{
    enum matrix_verdict bad = state->doubt == GUEST_SURE ? MATRIX_FAILS
                                                         : MATRIX_MAY_FAIL;

    d->forward = d->backward = MATRIX_DIFFERS;
    switch (state->aspect) {
    case GUEST_CONFIG:
    case GUEST_CAPABILITY:
        d->forward = state->new_refuses ? bad : MATRIX_DIFFERS;
        d->backward = state->old_refuses ? bad : MATRIX_DIFFERS;
        return;
    case GUEST_BAR:
        d->forward = d->backward = MATRIX_MAY_FAIL;
        return;
    case GUEST_FEATURE:              /* matters once the guest uses it */
    case GUEST_MASK:
    case GUEST_CONFIG_SIZE:
    case GUEST_SETTING:
        return;
    }
}

static char *gate_setting(const struct guest_change *change)
{
    if (!change->gate) {
        return NULL;
    }
    return change->gate->kind->syntax == SYNTAX_BOOL
           ? g_strdup(change->gate_value ? "on" : "off")
           : g_strdup_printf("%" G_GUINT64_FORMAT, change->gate_value);
}

static const char *gate_owner(const struct matrix_pair *pair,
                              const struct guest_change *change)
{
    const struct qom_type *owner = NULL;

    if (change->gate) {
        facts_property(pair->newer, change->devices->pdata[0],
                       change->gate->name, &owner);
    }
    return owner ? owner->name : NULL;
}

static void add_state(struct matrix_pair *pair,
                      const struct guest_change *change,
                      const struct guest_state *state)
{
    g_autofree char *because = change->function
        ? g_strdup_printf("%s() does it", change->function) : NULL;
    struct matrix_difference d = {
        .about = MATRIX_STATE, .subject = state->name,
        .older = g_strdup(state->old_value),
        .newer = g_strdup(state->new_value),
        .because = g_steal_pointer(&because), .loc = change->loc,
        .devices = change->devices,
        .driver = gate_owner(pair, change),
        .property = change->gate ? change->gate->name : NULL,
        .old_setting = gate_setting(change),
    };

    set_state_directions(&d, state);
    matrix_add(pair, &d);
}

void matrix_add_changes(struct matrix_pair *pair,
                        const struct change_set *changes)
{
    changes_foreach(struct compat_break, b, changes->breaks) {
        if (is_plain(b)) {
            add_break(pair, b);
        }
    }
    changes_foreach(struct field_change, f, changes->fields) {
        if (f->evaluated) {
            add_field(pair, f);
        }
    }
    changes_foreach(struct cpu_change, c, changes->cpus) {
        matrix_add_cpu(pair, c);
    }
    changes_foreach(struct stream_change, c, changes->streams) {
        add_stream(pair, c);
    }
    changes_foreach(struct guest_change, change, changes->guests) {
        changes_foreach(struct guest_state, state, change->states) {
            if (state->doubt != GUEST_LOST) {
                add_state(pair, change, state);
            }
        }
    }
}
