/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "reach/meson-lex.h"

#include <string.h>

static void token_clear(gpointer data)
{
    struct token *token = data;

    g_free(token->text);
}

static void add(GArray *tokens, enum token_kind kind, char punct,
                const char *start, gsize length)
{
    struct token token = { kind, punct,
                           start ? g_strndup(start, length) : NULL };

    g_array_append_val(tokens, token);
}

/* Behind the closing quote; a text that does not end, ends with its line or
 * file. */
static const char *lex_text(GArray *tokens, const char *at)
{
    const char *end;

    if (g_str_has_prefix(at, "'''")) {
        end = strstr(at + 3, "'''");
        end = end ? end : at + strlen(at);
        add(tokens, TOKEN_TEXT, 0, at + 3, (gsize)(end - at - 3));
        return *end ? end + 3 : end;
    }
    end = at + 1;
    while (*end && *end != '\'' && *end != '\n') {
        end += end[0] == '\\' && end[1] ? 2 : 1;
    }
    add(tokens, TOKEN_TEXT, 0, at + 1, (gsize)(end - at - 1));
    return *end == '\'' ? end + 1 : end;
}

static const char *lex_name(GArray *tokens, const char *at)
{
    const char *end = at;

    while (g_ascii_isalnum(*end) || *end == '_') {
        end++;
    }
    add(tokens, TOKEN_NAME, 0, at, (gsize)(end - at));
    return end;
}

static const char *lex_punct(GArray *tokens, const char *at, int *depth)
{
    if (strchr("([{", *at)) {
        (*depth)++;
    } else if (strchr(")]}", *at) && *depth > 0) {
        (*depth)--;
    }
    if (at[1] == '=' && strchr("+=!<>", at[0])) {
        add(tokens, TOKEN_PUNCT, at[0] == '+' ? 'a' : '~', NULL, 0);
        return at + 2;
    }
    add(tokens, TOKEN_PUNCT, *at, NULL, 0);
    return at + 1;
}

GArray *meson_lex(const char *text)
{
    GArray *tokens = g_array_new(FALSE, TRUE, sizeof(struct token));
    const char *at = text;
    int depth = 0;

    g_array_set_clear_func(tokens, token_clear);
    while (*at) {
        if (*at == '\n') {
            if (depth == 0) {
                add(tokens, TOKEN_NEWLINE, 0, NULL, 0);
            }
            at++;
        } else if (*at == '#') {
            at += strcspn(at, "\n");
        } else if (*at == '\\' && at[1] == '\n') {
            at += 2;
        } else if (g_ascii_isspace(*at)) {
            at++;
        } else if (*at == '\'') {
            at = lex_text(tokens, at);
        } else if (g_ascii_isalnum(*at) || *at == '_') {
            at = lex_name(tokens, at);
        } else {
            at = lex_punct(tokens, at, &depth);
        }
    }
    add(tokens, TOKEN_NEWLINE, 0, NULL, 0);
    add(tokens, TOKEN_END, 0, NULL, 0);
    return tokens;
}
