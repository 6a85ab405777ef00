/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "snapshot/reader.h"

#include <limits.h>

/* Any number that an int holds; 0 where there is no such key. */
static bool read_number(struct reader *reader, struct jvalue *item,
                        const char *key, int *ret)
{
    const struct jvalue *value = jvalue_get(item, key);

    *ret = 0;
    if (!value) {
        return true;
    }
    if (value->type != J_NUMBER || value->magnitude > INT_MAX) {
        return reader_refuse(reader, key, "a small number");
    }
    *ret = value->negative ? -(int)value->magnitude : (int)value->magnitude;
    return true;
}

/* Zero and up; STREAM_UNKNOWN where there is no such key. */
static bool read_known(struct reader *reader, struct jvalue *item,
                       const char *key, int64_t *ret)
{
    int number;

    if (!reader_int(reader, item, key, -1, &number)) {
        return false;
    }
    *ret = number < 0 ? STREAM_UNKNOWN : number;
    return true;
}

bool reader_vmstate_uses(struct reader *reader, struct jvalue *item,
                         struct qom_type *type)
{
    const struct jvalue *uses = jvalue_get(item, "vmstates");

    if (!uses) {
        return true;
    }
    if (uses->type != J_OBJECT) {
        return reader_refuse(reader, "vmstates", "an object");
    }
    for (const struct jvalue *at = uses->first; at; at = at->next) {
        const char *id = jvalue_text(at);

        if (!id && at->type != J_NULL) {
            return reader_refuse(reader, "vmstates", "all strings");
        }
        qom_type_add_vmstate(type, g_intern_string(at->key),
                             g_intern_string(id));
    }
    return true;
}

static bool read_field(struct reader *reader, struct jvalue *item, void *owner)
{
    struct vmstate_field *field = vmstate_add_field(owner);
    int flags;

    if (!reader_text(reader, item, "name", &field->name)
        || !reader_text(reader, item, "info", &field->info)
        || !reader_text(reader, item, "vmstate", &field->nested)
        || !read_number(reader, item, "version_id", &field->version_id)
        || !read_number(reader, item, "struct_version_id",
                        &field->struct_version_id)
        || !read_known(reader, item, "size", &field->size)
        || !read_known(reader, item, "num", &field->num)
        || !reader_int(reader, item, "flags", 0, &flags)
        || !reader_text(reader, item, "test", &field->test)
        || !reader_text(reader, item, "test_function", &field->test_name)
        || !reader_int(reader, item, "line", 0, &field->line)
        || !reader_move(reader, ((struct vmstate *)owner)->file,
                        &field->line)) {
        return false;
    }
    field->flags = (unsigned)flags;
    return true;
}

/* A list of names that may be left out. */
static bool read_names(struct reader *reader, struct jvalue *item,
                       const char *key, GPtrArray *names)
{
    return !jvalue_get(item, key)
           || reader_list(reader, item, key, reader_name, names);
}

static bool read_vmstate(struct reader *reader, struct jvalue *item,
                         void *owner)
{
    const char *id;

    if (!reader_need_text(reader, item, "id", &id)) {
        return false;
    }
    struct vmstate *vmstate = facts_add_vmstate(reader->facts, id);
    return reader_text(reader, item, "name", &vmstate->name)
           && reader_targets(reader, item, &vmstate->targets)
           && reader_text(reader, item, "file", &vmstate->file)
           && reader_int(reader, item, "line", 0, &vmstate->line)
           && reader_int(reader, item, "column", 0, &vmstate->column)
           && reader_move(reader, vmstate->file, &vmstate->line)
           && read_number(reader, item, "version_id", &vmstate->version_id)
           && read_number(reader, item, "minimum_version_id",
                          &vmstate->minimum_version_id)
           && reader_bool(reader, item, "unmigratable",
                          &vmstate->unmigratable)
           && reader_bool(reader, item, "early_setup", &vmstate->early_setup)
           && reader_bool(reader, item, "unterminated",
                          &vmstate->unterminated)
           && reader_bool(reader, item, "unknown", &vmstate->unknown)
           && reader_text(reader, item, "needed", &vmstate->needed)
           && reader_text(reader, item, "needed_function",
                          &vmstate->needed_name)
           && reader_objects(reader, item, "fields", read_field, vmstate)
           && read_names(reader, item, "subsections", vmstate->subsections)
           && read_names(reader, item, "users", vmstate->users)
           && read_names(reader, item, "savers", vmstate->savers)
           && reader_boards(reader, item, &vmstate->boards);
}

bool reader_vmstates(struct reader *reader, struct jvalue *root)
{
    return !jvalue_get(root, "vmstates")
           || reader_objects(reader, root, "vmstates", read_vmstate, NULL);
}
