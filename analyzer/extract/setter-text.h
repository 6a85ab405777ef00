/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The statements of a file that set properties of objects, as text. */
#ifndef QCOMPAT_EXTRACT_SETTER_TEXT_H
#define QCOMPAT_EXTRACT_SETTER_TEXT_H

#include <glib.h>
#include <stdbool.h>

/* Whether the two do not say the same, or under another indentation: in other
 * words, whether a property may be set otherwise.  A file that is new or gone
 * (NULL) does not count. */
bool setter_text_differs(GBytes *a, GBytes *b);

#endif
