/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef QCOMPAT_BASE_NEAREST_H
#define QCOMPAT_BASE_NEAREST_H

#include <glib.h>

/* The word among N at WORDS that WORD was probably meant to be, or NULL. */
const char *nearest_word(const char *word, const char *const *words, guint n);

#endif
