/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * 'if' of the schema → condition of an #if.
 *
 * Before v6.2 it is C text, since then an identifier or a tree of all, any
 * and not.  Either way it is read and written anew: nothing but defined(),
 * operators, parentheses and checked identifiers comes out.
 */
#include "extract/qapi-schema.h"

#include <string.h>

struct reader {
    const char *pos;
    guint depth;
};

static char *read_or(struct reader *reader);
static char *condition_of(const struct qapi_value *value, guint depth);

static bool accept(struct reader *reader, const char *token)
{
    while (g_ascii_isspace(*reader->pos)) {
        reader->pos++;
    }
    if (!g_str_has_prefix(reader->pos, token)) {
        return false;
    }
    reader->pos += strlen(token);
    return true;
}

static char *read_identifier(struct reader *reader)
{
    accept(reader, "");
    gsize length = 0;
    while (g_ascii_isalnum(reader->pos[length]) ||
           reader->pos[length] == '_') {
        length++;
    }
    g_autofree char *name = g_strndup(reader->pos, length);
    if (!qapi_identifier_ok(name)) {
        return NULL;
    }
    reader->pos += length;
    return g_steal_pointer(&name);
}

/* defined(X), defined X, or X alone: all mean that X is configured. */
static char *read_defined(struct reader *reader)
{
    g_autofree char *name = read_identifier(reader);

    if (name && !strcmp(name, "defined")) {
        bool open = accept(reader, "(");

        g_free(name);
        name = read_identifier(reader);
        if (open && !accept(reader, ")")) {
            return NULL;
        }
    }
    return name ? g_strdup_printf("defined(%s)", name) : NULL;
}

static char *read_primary(struct reader *reader)
{
    g_autofree char *inner = NULL;
    char *out = NULL;

    if (++reader->depth > QAPI_MAX_DEPTH) {
        return NULL;
    }
    if (accept(reader, "!")) {
        inner = read_primary(reader);
        out = inner ? g_strconcat("!", inner, NULL) : NULL;
    } else if (accept(reader, "(")) {
        inner = read_or(reader);
        out = inner && accept(reader, ")")
              ? g_strdup_printf("(%s)", inner) : NULL;
    } else {
        out = read_defined(reader);
    }
    reader->depth--;
    return out;
}

static char *read_infix(struct reader *reader, const char *operator,
                        char *(*read)(struct reader *))
{
    g_autoptr(GString) out = g_string_new(NULL);

    do {
        g_autofree char *operand = read(reader);

        if (!operand) {
            return NULL;
        }
        if (out->len) {
            g_string_append_printf(out, " %s ", operator);
        }
        g_string_append(out, operand);
    } while (accept(reader, operator));
    return g_string_free(g_steal_pointer(&out), FALSE);
}

static char *read_and(struct reader *reader)
{
    return read_infix(reader, "&&", read_primary);
}

static char *read_or(struct reader *reader)
{
    return read_infix(reader, "||", read_and);
}

static char *condition_of_string(const char *text)
{
    struct reader reader = { .pos = text };
    g_autofree char *out = read_or(&reader);

    accept(&reader, "");
    return *reader.pos ? NULL : g_steal_pointer(&out);
}

static char *condition_of_list(const struct qapi_value *list,
                               const char *operator, guint depth)
{
    g_autoptr(GString) out = g_string_new(NULL);

    if (list->kind != QAPI_LIST || !list->items->len) {
        return NULL;
    }
    for (guint i = 0; i < list->items->len; i++) {
        g_autofree char *operand = condition_of(list->items->pdata[i],
                                                depth + 1);
        if (!operand) {
            return NULL;
        }
        g_string_append_printf(out, "%s(%s)", i ? operator : "", operand);
    }
    return g_string_free(g_steal_pointer(&out), FALSE);
}

static char *condition_of_dict(const struct qapi_value *dict, guint depth)
{
    const char *key = dict->keys->len == 1 ? dict->keys->pdata[0] : "";

    if (!strcmp(key, "all")) {
        return condition_of_list(dict->items->pdata[0], " && ", depth);
    }
    if (!strcmp(key, "any")) {
        return condition_of_list(dict->items->pdata[0], " || ", depth);
    }
    if (!strcmp(key, "not")) {
        g_autofree char *inner = condition_of(dict->items->pdata[0],
                                              depth + 1);
        return inner ? g_strdup_printf("!(%s)", inner) : NULL;
    }
    return NULL;
}

static char *condition_of(const struct qapi_value *value, guint depth)
{
    if (depth > QAPI_MAX_DEPTH) {
        return NULL;
    }
    switch (value->kind) {
    case QAPI_STRING:
        return condition_of_string(value->string);
    case QAPI_LIST:
        return condition_of_list(value, " && ", depth);
    case QAPI_DICT:
        return condition_of_dict(value, depth);
    default:
        return NULL;
    }
}

char *qapi_condition(const struct qapi_value *value, bool *ret_bad)
{
    char *out = value ? condition_of(value, 0) : NULL;

    *ret_bad = value && !out;
    return out;
}
