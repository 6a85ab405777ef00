/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "extract/token.h"

#include <string.h>

static bool is_name_char(char c)
{
    return g_ascii_isalnum(c) || c == '_' || c == '$';
}

static const char *skip_comment(const char *at, const char *end)
{
    if (at[1] == '/') {
        while (at < end && *at != '\n') {
            at += *at == '\\' && at + 1 < end ? 2 : 1;
        }
        return MIN(at, end);
    }
    for (at += 2; at + 1 < end; at++) {
        if (at[0] == '*' && at[1] == '/') {
            return at + 2;
        }
    }
    return end;
}

static gsize continuation(const char *at, const char *end)
{
    if (end - at >= 2 && at[0] == '\\' && at[1] == '\n') {
        return 2;
    }
    return end - at >= 3 && !memcmp(at, "\\\r\n", 3) ? 3 : 0;
}

/* To the next token; stops at the newline that ends a directive. */
static void skip_blank(struct lexer *lexer)
{
    while (lexer->at < lexer->end) {
        char c = *lexer->at;
        gsize joined = continuation(lexer->at, lexer->end);

        if (joined) {
            lexer->at += joined;
        } else if (c == '\n') {
            if (lexer->directive) {
                return;
            }
            lexer->line_start = true;
            lexer->at++;
        } else if (g_ascii_isspace(c)) {
            lexer->at++;
        } else if (c == '/' && lexer->end - lexer->at > 1 &&
                   (lexer->at[1] == '/' || lexer->at[1] == '*')) {
            lexer->at = skip_comment(lexer->at, lexer->end);
        } else {
            return;
        }
    }
}

static const char *skip_literal(const char *at, const char *end)
{
    char quote = *at++;

    while (at < end && *at != quote && *at != '\n') {
        at += *at == '\\' && at + 1 < end ? 2 : 1;
    }
    return at < end && *at == quote ? at + 1 : MIN(at, end);
}

static const char *token_end(const char *at, const char *end,
                             enum token_kind *ret_kind)
{
    *ret_kind = TOKEN_OTHER;
    if (*at == '"' || *at == '\'') {
        return skip_literal(at, end);
    }
    if (!is_name_char(*at)) {
        return at + 1;
    }
    if (!g_ascii_isdigit(*at)) {
        *ret_kind = TOKEN_NAME;
    }
    while (at < end && is_name_char(*at)) {
        at++;
    }
    return at;
}

struct token lexer_next(struct lexer *lexer)
{
    struct token token = { .kind = TOKEN_END };

    skip_blank(lexer);
    token.line_start = lexer->line_start;
    token.at = lexer->at;
    if (lexer->at >= lexer->end) {
        if (lexer->directive) {
            lexer->directive = false;
            token.kind = TOKEN_NEWLINE;
        }
        return token;
    }
    if (*lexer->at == '\n') {
        lexer->directive = false;
        lexer->line_start = true;
        lexer->at++;
        token.kind = TOKEN_NEWLINE;
        return token;
    }
    lexer->line_start = false;
    if (*lexer->at == '#' && token.line_start && !lexer->directive) {
        lexer->directive = true;
        lexer->at++;
        token.kind = TOKEN_HASH;
        return token;
    }
    lexer->at = token_end(lexer->at, lexer->end, &token.kind);
    token.length = (gsize)(lexer->at - token.at);
    return token;
}
