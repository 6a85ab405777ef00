/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A section is sent unless it says when; what is in it, where the conditions
 * on the way there hold whatever state the guest is in.
 */
#include "check/sent.h"

#include "check/condition.h"

#include <string.h>

#define MAX_DEPTH 16

struct search {
    struct situation at;
    const struct vmstate *wanted;
};

static bool holds(const struct search *s, const char *condition, int version)
{
    struct situation at = s->at;
    int64_t value;

    at.version = version;
    return !condition || (condition_value(&at, condition, &value) && value);
}

static bool is_below(const struct search *s, const struct vmstate *vmstate,
                     unsigned depth)
{
    if (depth >= MAX_DEPTH ||
        !holds(s, vmstate->needed, vmstate->version_id)) {
        return false;
    }
    if (vmstate == s->wanted) {
        return true;
    }
    for (guint i = 0; i < vmstate->fields->len; i++) {
        const struct vmstate_field *field =
            g_ptr_array_index(vmstate->fields, i);
        const struct vmstate *nested = field->nested
            ? facts_vmstate(s->at.facts, field->nested) : NULL;

        if (nested && nested != vmstate &&
            holds(s, field->test, vmstate->version_id) &&
            is_below(s, nested, depth + 1)) {
            return true;
        }
    }
    for (guint i = 0; i < vmstate->subsections->len; i++) {
        const struct vmstate *part = facts_vmstate(
            s->at.facts, g_ptr_array_index(vmstate->subsections, i));

        if (part && is_below(s, part, depth + 1)) {
            return true;
        }
    }
    return false;
}

static bool is_in_class(const struct search *s)
{
    const struct qom_type *type = s->at.device;

    for (int depth = 0; type && depth < MAX_DEPTH; depth++) {
        for (guint i = 0; i < type->vmstates->len; i++) {
            const struct vmstate_use *use =
                g_ptr_array_index(type->vmstates, i);
            const struct vmstate *root = facts_vmstate(s->at.facts, use->id);

            if (root && is_below(s, root, 0)) {
                return true;
            }
        }
        type = facts_parent(s->at.facts, type);
    }
    return false;
}

/* What a function registers or saves is taken to be its device's. */
static bool is_registered(const struct search *s)
{
    const GPtrArray *all = s->at.facts->vmstates;

    for (guint i = 0; i < all->len; i++) {
        const struct vmstate *root = g_ptr_array_index(all, i);

        if ((root->users->len || root->savers->len) && is_below(s, root, 0)) {
            return true;
        }
    }
    return false;
}

bool stream_is_always_sent(const struct facts *facts,
                           const struct machine *machine,
                           const struct qom_type *device,
                           const struct vmstate *vmstate)
{
    const struct search s = {
        .at = { .facts = facts, .machine = machine, .device = device },
        .wanted = vmstate,
    };

    return is_in_class(&s) || is_registered(&s);
}
