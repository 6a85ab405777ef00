/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/facts.h"

struct vmstate *facts_add_vmstate(struct facts *facts, const char *id)
{
    struct vmstate *vmstate = g_new0(struct vmstate, 1);

    vmstate->id = id;
    vmstate->boards = ALL_BOARDS;
    vmstate->fields = g_ptr_array_new_with_free_func(g_free);
    vmstate->subsections = g_ptr_array_new();
    vmstate->users = g_ptr_array_new();
    vmstate->savers = g_ptr_array_new();
    g_ptr_array_add(facts->vmstates, vmstate);
    return vmstate;
}

void vmstate_free(struct vmstate *vmstate)
{
    g_ptr_array_unref(vmstate->fields);
    g_ptr_array_unref(vmstate->subsections);
    g_ptr_array_unref(vmstate->users);
    g_ptr_array_unref(vmstate->savers);
    g_free(vmstate);
}

struct vmstate_field *vmstate_add_field(struct vmstate *vmstate)
{
    struct vmstate_field *field = g_new0(struct vmstate_field, 1);

    field->size = field->num = STREAM_UNKNOWN;
    g_ptr_array_add(vmstate->fields, field);
    return field;
}

void qom_type_add_vmstate(struct qom_type *type, const char *member,
                          const char *id)
{
    struct vmstate_use *use = g_new0(struct vmstate_use, 1);

    use->member = member;
    use->id = id;
    g_ptr_array_add(type->vmstates, use);
}
