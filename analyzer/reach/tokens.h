/* SPDX-License-Identifier: GPL-2.0-or-later */
/* C text as words, for tables that are simple enough to be read as such. */
#ifndef QCOMPAT_REACH_TOKENS_H
#define QCOMPAT_REACH_TOKENS_H

#include <glib.h>

struct tokens {
    GPtrArray *list;         /* const char *, interned: a name, a number, a
                                string without its quotes but for the first,
                                or one sign; without directives */
    GArray *lines;           /* int: the line of each, from 1 */
    GHashTable *macros;      /* name → GPtrArray of the same: what #define
                                gives to names without parameters */
};

struct tokens *tokens_new(const char *text);
void tokens_free(struct tokens *tokens);
typedef struct tokens Tokens;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Tokens, tokens_free)

/* The token at I, "" behind the last. */
static inline const char *token_at(const struct tokens *tokens, guint i)
{
    return i < tokens->list->len ? tokens->list->pdata[i] : "";
}

#endif
