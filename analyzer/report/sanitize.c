/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "report/sanitize.h"

#include <stdbool.h>
#include <string.h>

/* Bidirectional controls, zero-width characters and line separators: text
 * that is not where, or not what, it seems to be. */
static bool is_deceptive(gunichar c)
{
    return c == 0x061c || c == 0x00ad || c == 0xfeff ||
           (c >= 0x200b && c <= 0x200f) || (c >= 0x2028 && c <= 0x202e) ||
           (c >= 0x2060 && c <= 0x206f) || (c >= 0xe0000 && c <= 0xe0fff);
}

static bool is_control(gunichar c, enum sanitize_mode mode)
{
    if (mode == SANITIZE_LINES && (c == '\n' || c == '\t')) {
        return false;
    }
    return c < 0x20 || (c >= 0x7f && c < 0xa0);
}

void sanitize_append_len(GString *out, const char *text, gsize length,
                         enum sanitize_mode mode)
{
    const char *end = text + length;
    while (text < end) {
        gunichar c = g_utf8_get_char_validated(text, end - text);
        bool valid = c != (gunichar)-1 && c != (gunichar)-2;
        if (!valid || is_control(c, mode)) {
            g_string_append_printf(out, "\\x%02x",
                                   valid ? c : (guchar)*text);
            text += valid ? g_unichar_to_utf8(c, NULL) : 1;
            continue;
        }
        if (is_deceptive(c)) {
            g_string_append_printf(out, "\\u{%04x}", c);
        } else {
            g_string_append_unichar(out, c);
        }
        text += g_unichar_to_utf8(c, NULL);
    }
}

void sanitize_append(GString *out, const char *text, enum sanitize_mode mode)
{
    if (text) {
        sanitize_append_len(out, text, strlen(text), mode);
    }
}
