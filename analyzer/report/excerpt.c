/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "report/excerpt.h"

#include "report/sanitize.h"

#include <string.h>

/* Widest piece of a line that is shown where nothing else limits it, and what
 * "12345 | " takes. */
#define WINDOW 160
#define MARGIN 8

/* Line LINE (from 1) of the LENGTH bytes at TEXT, NULL where there is none. */
static const char *find_line(const char *text, gsize length, int line,
                             gsize *ret_length)
{
    const char *end = text + length;
    for (int i = 1; i < line && text; i++) {
        text = memchr(text, '\n', end - text);
        text = text ? text + 1 : NULL;
    }
    if (!text || text == end) {
        return NULL;
    }
    const char *newline = memchr(text, '\n', end - text);
    *ret_length = (newline ? newline : end) - text;
    return text;
}

char *excerpt_line(const struct report *report, const char *path, int line)
{
    g_autoptr(GBytes) bytes =
        report->read && path ? report->read(report->opaque, path) : NULL;
    gsize size = 0;
    const char *data = bytes ? g_bytes_get_data(bytes, &size) : NULL;
    gsize length;
    const char *text =
        data && line > 0 ? find_line(data, size, line, &length) : NULL;
    if (text && length && text[length - 1] == '\r') {
        length--;
    }
    return text ? g_strndup(text, length) : NULL;
}

static bool is_continuation(char c)
{
    return ((guchar)c & 0xc0) == 0x80;
}

/* Cuts a long line down to a window around COLUMN (bytes from 0). */
static const char *cut_window(const char *text, const struct style *style,
                              gsize *length, gsize *column)
{
    gsize window = style->width ? style->width - MARGIN : WINDOW;
    gsize before = window / 3;
    gsize whole = *length;
    gsize start = 0;
    if (*length > window && *column > before) {
        start = *column - before;
        while (start < *column && is_continuation(text[start])) {
            start++;
        }
    }
    *column -= start;
    *length = MIN(*length - start, window);
    while (*length && start + *length < whole &&
           is_continuation(text[start + *length])) {
        (*length)--;
    }
    return text + start;
}

static void append_caret(GString *out, const struct style *style,
                         const char *text, gsize column)
{
    g_autoptr(GString) before = g_string_new(NULL);
    g_string_append(out, "      | ");
    for (gsize i = 0; i < column; i++) {
        if (text[i] == '\t') {
            g_string_append_c(out, '\t');
            continue;
        }
        gsize n = 1;
        while (i + n < column && is_continuation(text[i + n])) {
            n++;
        }
        g_string_truncate(before, 0);
        sanitize_append_len(before, text + i, n, SANITIZE_LINES);
        for (glong k = g_utf8_strlen(before->str, -1); k > 0; k--) {
            g_string_append_c(out, ' ');
        }
        i += n - 1;
    }
    g_string_append(out, style->color ? "\033[1;32m^\033[0m\n" : "^\n");
}

void excerpt_append(GString *out, const struct report *report,
                    const struct style *style, const struct location *loc)
{
    if (!report->read || !loc->file || loc->line < 1) {
        return;
    }
    g_autoptr(GBytes) bytes = report->read(report->opaque, loc->file);
    gsize size = 0;
    const char *data = bytes ? g_bytes_get_data(bytes, &size) : NULL;
    gsize length;
    const char *line = data ? find_line(data, size, loc->line, &length) : NULL;
    if (!line) {
        return;
    }
    if (length && line[length - 1] == '\r') {
        length--;
    }
    gsize column = loc->column > 0 ? loc->column - 1 : 0;
    column = MIN(column, length);
    line = cut_window(line, style, &length, &column);
    g_string_append_printf(out, "%5d | ", loc->line);
    sanitize_append_len(out, line, length, SANITIZE_LINES);
    g_string_append_c(out, '\n');
    if (loc->column > 0) {
        append_caret(out, style, line, column);
    }
}
