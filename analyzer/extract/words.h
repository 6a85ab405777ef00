/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which of some words a text mentions, comments and strings included. */
#ifndef QCOMPAT_EXTRACT_WORDS_H
#define QCOMPAT_EXTRACT_WORDS_H

#include <glib.h>
#include <stdbool.h>

struct words;

struct words *words_new(void);
void words_free(struct words *words);
void words_clear(struct words *words);

/* WORD is borrowed and a name of C; VALUE is not 0. */
void words_add(struct words *words, const char *word, guint32 value);

/* Says quickly that TEXT has none of them. */
bool words_may_occur(const struct words *words, const char *text,
                     gsize length);

/* The value of the first one at or behind *AT, which moves behind it; 0: there
 * is none up to END. */
guint32 words_next(const struct words *words, const char **at,
                   const char *end);

#endif
