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

bool reader_text(struct reader *reader, const json_t *object,
                 const char *key, const char **ret)
{
    const json_t *value = json_object_get(object, key);

    if (value && !json_is_string(value) && !json_is_null(value)) {
        return reader_refuse(reader, key, "a string");
    }
    const char *text = json_string_value(value);
    *ret = text ? g_intern_string(text) : NULL;
    return true;
}

bool reader_need_text(struct reader *reader, const json_t *object,
                      const char *key, const char **ret)
{
    return reader_text(reader, object, key, ret)
           && (*ret || reader_refuse(reader, key, "a string"));
}

bool reader_int(struct reader *reader, const json_t *object,
                const char *key, int absent, int *ret)
{
    const json_t *value = json_object_get(object, key);

    if (!value) {
        *ret = absent;
        return true;
    }
    json_int_t number = json_integer_value(value);
    if (!json_is_integer(value) || number < 0 || number > INT_MAX) {
        return reader_refuse(reader, key, "a small number");
    }
    *ret = (int)number;
    return true;
}

bool reader_bool(struct reader *reader, const json_t *object,
                 const char *key, bool *ret)
{
    const json_t *value = json_object_get(object, key);

    if (value && !json_is_boolean(value)) {
        return reader_refuse(reader, key, "true or false");
    }
    *ret = json_is_true(value);
    return true;
}

bool reader_location(struct reader *reader, const json_t *object,
                     struct location *ret)
{
    return reader_text(reader, object, "file", &ret->file)
           && reader_int(reader, object, "line", 0, &ret->line)
           && reader_int(reader, object, "column", 0, &ret->column);
}

bool reader_targets(struct reader *reader, const json_t *object,
                    target_set *ret)
{
    const json_t *names = json_object_get(object, "targets");

    *ret = 0;
    if (!names || json_is_null(names)) {
        return true;
    }
    if (!json_is_array(names) || json_array_size(names) == 0) {
        return reader_refuse(reader, "targets", "a list of targets");
    }
    for (size_t i = 0; i < json_array_size(names); i++) {
        const char *name = json_string_value(json_array_get(names, i));
        target_set bit = name ? target_bit(name) : 0;
        if (!bit) {
            return reader_refuse(reader, "targets", "a list of targets");
        }
        *ret |= bit;
    }
    return true;
}

bool reader_version(struct reader *reader, const json_t *object,
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

bool reader_list(struct reader *reader, const json_t *object,
                 const char *key, reader_item read, void *owner)
{
    const json_t *list = json_object_get(object, key);

    if (!json_is_array(list)) {
        return reader_refuse(reader, key, "a list");
    }
    for (size_t i = 0; i < json_array_size(list); i++) {
        if (!read(reader, json_array_get(list, i), owner)) {
            return false;
        }
    }
    return true;
}

bool reader_objects(struct reader *reader, const json_t *object,
                    const char *key, reader_item read, void *owner)
{
    const json_t *list = json_object_get(object, key);

    for (size_t i = 0; i < json_array_size(list); i++) {
        if (!json_is_object(json_array_get(list, i))) {
            return reader_refuse(reader, key, "a list of objects");
        }
    }
    return reader_list(reader, object, key, read, owner);
}

bool reader_name(struct reader *reader, const json_t *item, void *owner)
{
    const char *name = json_string_value(item);

    if (!name) {
        return reader_refuse(reader, "list of names", "all strings");
    }
    g_ptr_array_add(owner, (gpointer)(uintptr_t)g_intern_string(name));
    return true;
}
