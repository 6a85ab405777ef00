/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/error.h"
#include "snapshot/reader.h"

#include <limits.h>
#include <string.h>

static const char *const syntax_names[] = {
    [SYNTAX_OPAQUE] = "opaque",
    [SYNTAX_BOOL] = "bool",
    [SYNTAX_INT] = "int",
    [SYNTAX_UINT] = "uint",
    [SYNTAX_SIZE] = "size",
    [SYNTAX_ENUM] = "enum",
    [SYNTAX_STRING] = "string",
};

const char *syntax_name(enum value_syntax syntax)
{
    return syntax_names[syntax];
}

bool syntax_parse(const char *text, enum value_syntax *ret)
{
    for (size_t i = 0; i < G_N_ELEMENTS(syntax_names); i++) {
        if (strcmp(text, syntax_names[i]) == 0) {
            *ret = (enum value_syntax)i;
            return true;
        }
    }
    return false;
}

bool reader_refuse(struct reader *reader, const char *key,
                   const char *expected)
{
    g_set_error(reader->error, QC_ERROR, QC_ERROR_CONFIG,
                "no snapshot of facts: '%s' is not %s", key, expected);
    return false;
}

bool reader_text(struct reader *reader, struct jvalue *object,
                 const char *key, const char **ret)
{
    const struct jvalue *value = jvalue_get(object, key);

    if (value && value->type != J_STRING && value->type != J_NULL) {
        return reader_refuse(reader, key, "a string");
    }
    const char *text = jvalue_text(value);
    *ret = text ? g_intern_string(text) : NULL;
    return true;
}

bool reader_need_text(struct reader *reader, struct jvalue *object,
                      const char *key, const char **ret)
{
    return reader_text(reader, object, key, ret)
           && (*ret || reader_refuse(reader, key, "a string"));
}

bool reader_int(struct reader *reader, struct jvalue *object,
                const char *key, int absent, int *ret)
{
    const struct jvalue *value = jvalue_get(object, key);

    if (!value) {
        *ret = absent;
        return true;
    }
    if (value->type != J_NUMBER || value->negative
        || value->magnitude > INT_MAX) {
        return reader_refuse(reader, key, "a small number");
    }
    *ret = (int)value->magnitude;
    return true;
}

bool reader_bool(struct reader *reader, struct jvalue *object,
                 const char *key, bool *ret)
{
    const struct jvalue *value = jvalue_get(object, key);

    if (value && value->type != J_TRUE && value->type != J_FALSE) {
        return reader_refuse(reader, key, "true or false");
    }
    *ret = value && value->type == J_TRUE;
    return true;
}

bool reader_location(struct reader *reader, struct jvalue *object,
                     struct location *ret)
{
    return reader_text(reader, object, "file", &ret->file)
           && reader_int(reader, object, "line", 0, &ret->line)
           && reader_int(reader, object, "column", 0, &ret->column)
           && reader_move(reader, ret->file, &ret->line);
}

bool reader_move(struct reader *reader, const char *file, int *line)
{
    GHashTable *lines =
        reader->moves && file ? g_hash_table_lookup(reader->moves, file)
                              : NULL;

    if (!lines || !*line) {
        return true;
    }
    *line = GPOINTER_TO_INT(g_hash_table_lookup(lines,
                                                GINT_TO_POINTER(*line)));
    return *line || reader_refuse(reader, "line", "a line that has moved");
}

bool reader_targets(struct reader *reader, struct jvalue *object,
                    target_set *ret)
{
    const struct jvalue *names = jvalue_get(object, "targets");

    *ret = 0;
    if (!names || names->type == J_NULL) {
        return true;
    }
    if (names->type != J_ARRAY || !names->first) {
        return reader_refuse(reader, "targets", "a list of targets");
    }
    for (const struct jvalue *at = names->first; at; at = at->next) {
        target_set bit = jvalue_text(at) ? target_bit(at->text) : 0;
        if (!bit) {
            return reader_refuse(reader, "targets", "a list of targets");
        }
        *ret |= bit;
    }
    return true;
}

bool reader_version(struct reader *reader, struct jvalue *object,
                    bool *ret_known, struct version *ret)
{
    const char *text;

    if (!reader_text(reader, object, "version", &text)) {
        return false;
    }
    *ret_known = text != NULL;
    return !text || version_parse(text, ret)
           || reader_refuse(reader, "version", "a version");
}

static bool read_items(struct reader *reader, struct jvalue *object,
                       const char *key, bool objects, reader_item read,
                       void *owner)
{
    const struct jvalue *list = jvalue_get(object, key);

    if (!list || list->type != J_ARRAY) {
        return reader_refuse(reader, key, "a list");
    }
    for (struct jvalue *item = list->first; item; item = item->next) {
        if (objects && item->type != J_OBJECT) {
            return reader_refuse(reader, key, "a list of objects");
        }
        if (!read(reader, item, owner)) {
            return false;
        }
    }
    return true;
}

bool reader_list(struct reader *reader, struct jvalue *object,
                 const char *key, reader_item read, void *owner)
{
    return read_items(reader, object, key, false, read, owner);
}

bool reader_objects(struct reader *reader, struct jvalue *object,
                    const char *key, reader_item read, void *owner)
{
    return read_items(reader, object, key, true, read, owner);
}

bool reader_name(struct reader *reader, struct jvalue *item, void *owner)
{
    const char *name = jvalue_text(item);

    if (!name) {
        return reader_refuse(reader, "list of names", "all strings");
    }
    g_ptr_array_add(owner, (gpointer)(uintptr_t)g_intern_string(name));
    return true;
}
