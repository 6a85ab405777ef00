/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Text from the tree under test on its way to a terminal.  The tree is an
 * untrusted patch: an escape sequence in a property name or a source line
 * must not move the cursor, change the title or hide what follows.
 */
#ifndef QCOMPAT_REPORT_SANITIZE_H
#define QCOMPAT_REPORT_SANITIZE_H

#include <glib.h>

enum sanitize_mode {
    SANITIZE_WORD,       /* control characters are all escaped */
    SANITIZE_LINES,      /* newline and tab pass */
};

/* Appends TEXT.  Control characters and bytes that are no UTF-8 come out as
 * \xNN; characters that reorder or hide text as \u{NNNN}.  NULL = nothing. */
void sanitize_append(GString *out, const char *text, enum sanitize_mode mode);

/* The same of LENGTH bytes, which may hold NUL. */
void sanitize_append_len(GString *out, const char *text, gsize length,
                         enum sanitize_mode mode);

#endif
