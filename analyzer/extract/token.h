/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Tokens of C as far as cutting a file needs them. */
#ifndef QCOMPAT_EXTRACT_TOKEN_H
#define QCOMPAT_EXTRACT_TOKEN_H

#include <glib.h>
#include <stdbool.h>

enum token_kind {
    TOKEN_END,
    TOKEN_NAME,          /* identifiers and keywords */
    TOKEN_OTHER,         /* numbers, literals, punctuation: first character
                            tells punctuation */
    TOKEN_HASH,          /* '#' that starts a directive */
    TOKEN_NEWLINE,       /* the end of a directive */
};

struct token {
    enum token_kind kind;
    const char *at;
    gsize length;
    bool line_start;     /* first of its line */
};

struct lexer {
    const char *at, *end;
    bool line_start;
    bool directive;      /* inside one: newlines are tokens */
};

static inline bool token_is(const struct token *token, char c)
{
    return token->kind == TOKEN_OTHER && token->length == 1 &&
           *token->at == c;
}

struct token lexer_next(struct lexer *lexer);

#endif
