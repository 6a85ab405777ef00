/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The schema language: JSON with single quotes and comments.
 */
#include "extract/qapi-schema.h"

#include <string.h>

enum token {
    TOKEN_END = 0,
    TOKEN_BAD = 1,
    TOKEN_STRING = '\'',
    TOKEN_TRUE = 't',
    TOKEN_FALSE = 'f',
    TOKEN_NULL = 'n',
};

static struct qapi_value *parse_value(struct qapi_parser *parser, int token,
                                      guint depth);

void qapi_parser_init(struct qapi_parser *parser, const char *text,
                      gsize length, GStringChunk *strings)
{
    *parser = (struct qapi_parser) {
        .pos = text,
        .end = text + length,
        .line = 1,
        .strings = strings,
    };
}

static int fail(struct qapi_parser *parser, const char *error)
{
    if (!parser->error) {
        parser->error = error;
        parser->error_line = parser->line;
    }
    return TOKEN_BAD;
}

static void skip_blank(struct qapi_parser *parser)
{
    while (parser->pos < parser->end) {
        char ch = *parser->pos;

        if (ch == '#') {
            while (parser->pos < parser->end && *parser->pos != '\n') {
                parser->pos++;
            }
            continue;
        }
        if (!g_ascii_isspace(ch)) {
            return;
        }
        parser->line += ch == '\n';
        parser->pos++;
    }
}

/* The only escape that schemas use is the backslash's own. */
static int lex_string(struct qapi_parser *parser)
{
    g_autoptr(GString) text = g_string_new(NULL);

    for (; parser->pos < parser->end; parser->pos++) {
        char ch = *parser->pos;

        if (ch == '\'') {
            parser->pos++;
            parser->string = g_string_chunk_insert_const(parser->strings,
                                                         text->str);
            return TOKEN_STRING;
        }
        if (ch == '\\') {
            if (++parser->pos == parser->end || *parser->pos != '\\') {
                return fail(parser, "unknown escape in a string");
            }
        }
        if (!g_ascii_isprint(ch)) {
            return fail(parser, "funny character in a string");
        }
        g_string_append_c(text, ch);
    }
    return fail(parser, "string without an end");
}

static bool lex_word(struct qapi_parser *parser, const char *word)
{
    gsize length = strlen(word);

    if ((gsize)(parser->end - parser->pos) < length ||
        memcmp(parser->pos, word, length)) {
        return false;
    }
    parser->pos += length;
    return true;
}

static int lex(struct qapi_parser *parser)
{
    skip_blank(parser);
    if (parser->pos == parser->end) {
        return TOKEN_END;
    }
    if (lex_word(parser, "true")) {
        return TOKEN_TRUE;
    }
    if (lex_word(parser, "false")) {
        return TOKEN_FALSE;
    }
    if (lex_word(parser, "null")) {
        return TOKEN_NULL;
    }
    if (*parser->pos && strchr("{}[]:,", *parser->pos)) {
        return *parser->pos++;
    }
    if (*parser->pos == '\'') {
        parser->pos++;
        return lex_string(parser);
    }
    return fail(parser, "stray character");
}

static struct qapi_value *value_new(struct qapi_parser *parser,
                                    enum qapi_value_kind kind)
{
    struct qapi_value *value = g_new0(struct qapi_value, 1);

    value->kind = kind;
    value->line = parser->line;
    return value;
}

static bool parse_key(struct qapi_parser *parser, int token,
                      struct qapi_value *dict)
{
    if (token != TOKEN_STRING) {
        fail(parser, "a key must be a string");
        return false;
    }
    g_ptr_array_add(dict->keys, parser->string);
    if (lex(parser) != ':') {
        fail(parser, "':' expected");
        return false;
    }
    return true;
}

/* After the opening bracket. */
static bool parse_items(struct qapi_parser *parser, struct qapi_value *value,
                        int close, guint depth)
{
    int token = lex(parser);

    while (token != close) {
        if (value->keys) {
            if (!parse_key(parser, token, value)) {
                return false;
            }
            token = lex(parser);
        }
        struct qapi_value *item = parse_value(parser, token, depth + 1);
        if (!item) {
            return false;
        }
        g_ptr_array_add(value->items, item);
        token = lex(parser);
        if (token == ',') {
            token = lex(parser);
        } else if (token != close) {
            fail(parser, "',' or the end of the list expected");
            return false;
        }
    }
    return true;
}

static void item_free(gpointer item)
{
    qapi_value_free(item);
}

static struct qapi_value *parse_container(struct qapi_parser *parser,
                                          int token, guint depth)
{
    bool dict = token == '{';
    g_autoptr(qapi_value) value =
        value_new(parser, dict ? QAPI_DICT : QAPI_LIST);

    value->items = g_ptr_array_new_with_free_func(item_free);
    if (dict) {
        value->keys = g_ptr_array_new();
    }
    if (!parse_items(parser, value, dict ? '}' : ']', depth)) {
        return NULL;
    }
    return g_steal_pointer(&value);
}

static struct qapi_value *parse_value(struct qapi_parser *parser, int token,
                                      guint depth)
{
    struct qapi_value *value;

    if (depth > QAPI_MAX_DEPTH) {
        fail(parser, "nested too deeply");
        return NULL;
    }
    switch (token) {
    case '{':
    case '[':
        return parse_container(parser, token, depth);
    case TOKEN_STRING:
        value = value_new(parser, QAPI_STRING);
        value->string = parser->string;
        return value;
    case TOKEN_TRUE:
    case TOKEN_FALSE:
        value = value_new(parser, QAPI_BOOL);
        value->boolean = token == TOKEN_TRUE;
        return value;
    case TOKEN_NULL:
        return value_new(parser, QAPI_NULL);
    default:
        fail(parser, "value expected");
        return NULL;
    }
}

/* To the next line that starts with an opening brace. */
static void resync(struct qapi_parser *parser)
{
    while (parser->pos < parser->end) {
        if (*parser->pos++ != '\n') {
            continue;
        }
        parser->line++;
        if (parser->pos < parser->end && *parser->pos == '{') {
            return;
        }
    }
}

struct qapi_value *qapi_parser_next(struct qapi_parser *parser)
{
    parser->error = NULL;
    int token = lex(parser);
    if (token == TOKEN_END) {
        return NULL;
    }
    struct qapi_value *value = parse_value(parser, token, 0);
    if (!value) {
        resync(parser);
    }
    return value;
}

void qapi_value_free(struct qapi_value *value)
{
    if (value) {
        g_clear_pointer(&value->keys, g_ptr_array_unref);
        g_clear_pointer(&value->items, g_ptr_array_unref);
        g_free(value);
    }
}

struct qapi_value *qapi_get(const struct qapi_value *value, const char *key)
{
    if (!value || value->kind != QAPI_DICT) {
        return NULL;
    }
    for (guint i = 0; i < value->keys->len; i++) {
        if (!strcmp(value->keys->pdata[i], key)) {
            return value->items->pdata[i];
        }
    }
    return NULL;
}

const char *qapi_get_string(const struct qapi_value *value, const char *key)
{
    const struct qapi_value *item = qapi_get(value, key);

    return item && item->kind == QAPI_STRING ? item->string : NULL;
}
