/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Sections that come, go, or change their name.
 */
#include "base/borrow.h"
#include "check/streams.h"

#include <string.h>

/* A section that only stands there in some states is nobody's surprise. */
static bool is_conditional(const struct vmstate *vmstate)
{
    return vmstate->needed && strcmp(vmstate->needed, "1") != 0;
}

static bool has_users(const struct facts *facts, const char *name)
{
    for (guint i = 0; i < facts->vmstates->len; i++) {
        const struct vmstate *vmstate = g_ptr_array_index(facts->vmstates, i);

        if (vmstate->name == name && vmstate->users->len) {
            return true;
        }
    }
    return false;
}

static bool find_kind(const struct streams *s, const struct vmstate *old,
                      const struct vmstate *new,
                      enum stream_change_kind *ret)
{
    if (old && old->unmigratable) {
        return false;
    }
    if (!old && new) {
        *ret = STREAM_SECTION_ADDED;
        return !new->unmigratable && !is_conditional(new) &&
               !has_users(s->old->facts, new->name);
    }
    if (old && !new) {
        *ret = STREAM_SECTION_REMOVED;
        return !is_conditional(old) && !has_users(s->new->facts, old->name);
    }
    *ret = STREAM_SECTION_RENAMED;
    return old && new && old->name && new->name && old->name != new->name;
}

/* Those of one cause are one change: NULL where there is none yet. */
static struct stream_change *find_change(const struct streams *s,
                                         enum stream_change_kind kind,
                                         const struct vmstate *old,
                                         const struct vmstate *new)
{
    for (guint i = 0; i < s->changes->len; i++) {
        struct stream_change *change = g_ptr_array_index(s->changes, i);

        if (change->kind == kind && change->old_state == old &&
            change->new_state == new) {
            return change;
        }
    }
    return NULL;
}

static void add_type(struct streams *s, enum stream_change_kind kind,
                     const struct vmstate *old, const struct vmstate *new,
                     const struct qom_type *type)
{
    struct stream_change *known = find_change(s, kind, old, new);
    g_autoptr(GPtrArray) types = g_ptr_array_new();
    struct stream_change *change;

    g_ptr_array_add(types, borrow(type));
    change = streams_add(s, kind, old, new, types);
    if (!change) {
        return;
    }
    streams_add_machines(s, known ? known : change, types);
    if (known) {
        g_ptr_array_add(known->devices, borrow(type));
        known->stable |= change->stable;
        g_ptr_array_remove_index(s->changes, s->changes->len - 1);
    }
}

/* virtio_save() puts what a device has here between its own fields: it is no
 * section, and nothing tells the receiver that it is there. */
#define VIRTIO_MEMBER "VirtioDeviceClass.vmsd"

static bool has_bytes(const struct vmstate *vmstate)
{
    for (guint i = 0; i < vmstate->fields->len; i++) {
        const struct vmstate_field *field =
            g_ptr_array_index(vmstate->fields, i);

        if (!field->test) {
            return true;
        }
    }
    return false;
}

static void judge_type(struct streams *s, const struct qom_type *type)
{
    const struct qom_type *before =
        facts_type(s->old->facts, type->name, type->targets);
    const struct vmstate *old, *new;
    enum stream_change_kind kind;

    if (!before || before->abstract) {
        return;
    }
    old = owners_section(s->old->facts, before, "DeviceClass.vmsd");
    new = owners_section(s->new->facts, type, "DeviceClass.vmsd");
    if ((old || new) && find_kind(s, old, new, &kind)) {
        add_type(s, kind, old, new, type);
    }
    old = owners_section(s->old->facts, before, VIRTIO_MEMBER);
    new = owners_section(s->new->facts, type, VIRTIO_MEMBER);
    if (!old != !new && has_bytes(old ? old : new)) {
        add_type(s, old ? STREAM_FIELD_REMOVED : STREAM_FIELD_ADDED, old, new,
                 type);
    }
}

/* --- Registered by a function --------------------------------------------- */

/* Whether HEAD puts a section of this name into some stream. */
static bool is_rooted(struct streams *s, const char *name)
{
    const GPtrArray *all = s->new->facts->vmstates;

    for (guint i = 0; i < all->len; i++) {
        const struct vmstate *vmstate = g_ptr_array_index(all, i);

        if (vmstate->name == name &&
            (owners_of(streams_new_owners(s), vmstate) || vmstate->unknown)) {
            return true;
        }
    }
    return false;
}

/* The new side's types among those of the old one. */
static GPtrArray *surviving(const struct streams *s, const GPtrArray *types)
{
    GPtrArray *list = g_ptr_array_new();

    for (guint i = 0; types && i < types->len; i++) {
        const struct qom_type *old = g_ptr_array_index(types, i);
        const struct qom_type *new =
            facts_type(s->new->facts, old->name, old->targets);

        if (new) {
            g_ptr_array_add(list, borrow(new));
        }
    }
    return list;
}

static void judge_registration(struct streams *s, const struct vmstate *old)
{
    const GPtrArray *types;
    g_autoptr(GPtrArray) left = NULL;
    struct stream_change *change;

    if (!old->name || old->unmigratable || is_conditional(old) ||
        is_rooted(s, old->name)) {
        return;
    }
    types = owners_of(streams_old_owners(s), old);
    left = surviving(s, types);
    if (types && types->len && !left->len) {
        return;                  /* it went with its devices */
    }
    change = streams_add(s, STREAM_SECTION_REMOVED, old, NULL, left);
    if (change) {
        change->registered = true;
        streams_add_machines(s, change, left);
    }
}

void streams_judge_sections(struct streams *s)
{
    for (guint i = 0; i < s->new->facts->types->len; i++) {
        const struct qom_type *type = facts_type_at(s->new->facts, i);

        if (!type->abstract) {
            judge_type(s, type);
        }
    }
    for (guint i = 0; i < s->old->facts->vmstates->len; i++) {
        const struct vmstate *old =
            g_ptr_array_index(s->old->facts->vmstates, i);

        if (old->users->len) {
            judge_registration(s, old);
        }
    }
}
