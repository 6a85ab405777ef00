/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "report/wrap.h"

#include <string.h>

/* Columns of the LENGTH bytes at TEXT on a terminal. */
static guint columns(const char *text, gsize length)
{
    const char *end = text + length;
    guint n = 0;

    while (text < end) {
        if (*text == '\033') {
            const char *m = memchr(text, 'm', (gsize)(end - text));

            text = m ? m + 1 : end;
            continue;
        }
        gunichar c = g_utf8_get_char(text);

        n += g_unichar_iszerowidth(c) ? 0 : g_unichar_iswide(c) ? 2 : 1;
        text = g_utf8_next_char(text);
    }
    return n;
}

/* The blanks of TEXT and the word behind them. */
static gsize piece_length(const char *text)
{
    gsize blanks = strspn(text, " ");

    return blanks + strcspn(text + blanks, " \n");
}

void wrap_append(GString *out, const char *text, guint width, guint indent)
{
    guint column = 0;

    if (!width) {
        g_string_append(out, text);
        return;
    }
    while (*text && *text != '\n') {
        gsize length = piece_length(text);
        gsize blanks = strspn(text, " ");
        guint needed = columns(text, length);

        if (column > indent && column + needed > width) {
            g_string_append_printf(out, "\n%*s", (int)indent, "");
            g_string_append_len(out, text + blanks,
                                (gssize)(length - blanks));
            column = indent + needed - (guint)blanks;
        } else {
            g_string_append_len(out, text, (gssize)length);
            column += needed;
        }
        text += length;
    }
    g_string_append(out, text);
}
