/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The words of a meson.build file.
 */
#ifndef QCOMPAT_REACH_MESON_LEX_H
#define QCOMPAT_REACH_MESON_LEX_H

#include <glib.h>
#include <stdbool.h>

enum token_kind {
    TOKEN_END, TOKEN_NEWLINE, TOKEN_NAME, TOKEN_TEXT, TOKEN_PUNCT,
};

struct token {
    enum token_kind kind;
    char punct;              /* 'a' for "+=", '~' for comparisons */
    char *text;              /* of names and texts */
};

/* Newlines within brackets are left out.  Ends with a TOKEN_END. */
GArray *meson_lex(const char *text);

#endif
