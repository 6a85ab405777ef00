/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Descriptions of migration streams.  Their fields are many: a key that would
 * be 0, false or null is left out. */
#include "snapshot/writer.h"

#include <limits.h>

static void put_number(GString *out, const char *key, int64_t number)
{
    if (number) {
        put_key(out, key);
        add_number(out, number < 0,
                   number < 0 ? -(uint64_t)number : (uint64_t)number);
    }
}

/* Absent: not known; these may well be 0. */
static void put_known(GString *out, const char *key, int64_t number)
{
    if (number >= 0 && number <= INT_MAX) {
        put_int(out, key, (int)number);
    }
}

static void put_given(GString *out, const char *key, const char *text)
{
    if (text) {
        put_text(out, key, text);
    }
}

static void put_flag(GString *out, const char *key, bool flag)
{
    if (flag) {
        put_bool(out, key, true);
    }
}

void put_vmstate_uses(GString *out, const struct qom_type *type)
{
    if (!type->vmstates->len) {
        return;
    }
    put_key(out, "vmstates");
    begin(out, '{');
    for (guint i = 0; i < type->vmstates->len; i++) {
        const struct vmstate_use *use = g_ptr_array_index(type->vmstates, i);

        put_named(out, use->member, use->id);
    }
    end(out, '}');
}

static void add_field(GString *out, const void *item)
{
    const struct vmstate_field *field = item;

    begin(out, '{');
    put_text(out, "name", field->name);
    put_given(out, "info", field->info);
    put_given(out, "vmstate", field->nested);
    put_number(out, "version_id", field->version_id);
    put_number(out, "struct_version_id", field->struct_version_id);
    put_known(out, "size", field->size);
    put_known(out, "num", field->num);
    put_number(out, "flags", field->flags);
    put_given(out, "test", field->test);
    put_given(out, "test_function", field->test_name);
    put_number(out, "line", field->line);
    end(out, '}');
}

static void add_name(GString *out, const void *item)
{
    add_text(out, item);
}

static void add_vmstate(GString *out, const struct facts *facts,
                        const struct vmstate *vmstate)
{
    begin(out, '{');
    put_text(out, "id", vmstate->id);
    put_text(out, "name", vmstate->name);
    put_targets(out, vmstate->targets);
    put_text(out, "file", vmstate->file);
    put_int(out, "line", vmstate->line);
    put_int(out, "column", vmstate->column);
    put_number(out, "version_id", vmstate->version_id);
    put_number(out, "minimum_version_id", vmstate->minimum_version_id);
    put_flag(out, "unmigratable", vmstate->unmigratable);
    put_flag(out, "early_setup", vmstate->early_setup);
    put_flag(out, "unterminated", vmstate->unterminated);
    put_flag(out, "unknown", vmstate->unknown);
    put_given(out, "needed", vmstate->needed);
    put_given(out, "needed_function", vmstate->needed_name);
    put_list(out, "fields", vmstate->fields, add_field);
    if (vmstate->subsections->len) {
        put_list(out, "subsections", vmstate->subsections, add_name);
    }
    if (vmstate->users->len) {
        put_list(out, "users", vmstate->users, add_name);
    }
    if (vmstate->savers->len) {
        put_list(out, "savers", vmstate->savers, add_name);
    }
    put_boards(out, facts, vmstate->boards);
    end(out, '}');
}

void put_vmstates(GString *out, const struct facts *facts)
{
    put_key(out, "vmstates");
    begin(out, '[');
    for (guint i = 0; i < facts->vmstates->len; i++) {
        add_vmstate(out, facts, g_ptr_array_index(facts->vmstates, i));
    }
    end(out, ']');
}
