/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "fix/scan.h"

#include <string.h>

static bool is_word(char c)
{
    return g_ascii_isalnum(c) || c == '_';
}

gssize scan_offset(struct text text, const struct location *loc)
{
    gssize at = 0;

    for (int line = 1; line < loc->line; line++) {
        at = scan_line_end(text, at);
        if (at >= text.length) {
            return -1;
        }
    }
    at += MAX(loc->column, 1) - 1;
    return loc->line > 0 && at < text.length ? at : -1;
}

static gssize skip_comment(struct text text, gssize at)
{
    if (text.data[at + 1] == '/') {
        return scan_line_end(text, at) - 1;
    }
    for (at += 2; at + 1 < text.length; at++) {
        if (text.data[at] == '*' && text.data[at + 1] == '/') {
            return at + 2;
        }
    }
    return text.length;
}

static gssize skip_literal(struct text text, gssize at)
{
    char quote = text.data[at];

    for (at++; at < text.length; at++) {
        if (text.data[at] == '\\') {
            at++;
        } else if (text.data[at] == quote || text.data[at] == '\n') {
            return at + 1;
        }
    }
    return text.length;
}

static bool is_first_of_line(struct text text, gssize at)
{
    return scan_line_start(text, at) + scan_indent(text, at) == at;
}

/* Up to the end of its last line. */
static gssize skip_directive(struct text text, gssize at)
{
    gssize end = scan_line_end(text, at);

    while (end < text.length && end >= 2 && text.data[end - 2] == '\\') {
        end = scan_line_end(text, end);
    }
    return MAX(end - 1, at + 1);
}

gssize scan_skip(struct text text, gssize at)
{
    char c = text.data[at];
    char next = at + 1 < text.length ? text.data[at + 1] : '\0';

    if (c == '/' && (next == '/' || next == '*')) {
        return MIN(skip_comment(text, at), text.length);
    }
    if (c == '"' || c == '\'') {
        return MIN(skip_literal(text, at), text.length);
    }
    if (c == '#' && is_first_of_line(text, at)) {
        return skip_directive(text, at);
    }
    return at + 1;
}

gssize scan_match(struct text text, gssize open)
{
    int depth = 0;

    for (gssize at = open; at < text.length; at = scan_skip(text, at)) {
        depth += strchr("([{", text.data[at]) && text.data[at];
        depth -= strchr(")]}", text.data[at]) && text.data[at];
        if (depth == 0) {
            return at;
        }
    }
    return -1;
}

gssize scan_find(struct text text, gssize at, gssize end, char c)
{
    for (; at >= 0 && at < end; at = scan_skip(text, at)) {
        if (text.data[at] == c) {
            return at;
        }
    }
    return -1;
}

gssize scan_last(struct text text, gssize at, gssize end)
{
    gssize last = -1;

    while (at < end) {
        gssize next = scan_skip(text, at);
        char c = text.data[at];
        bool literal = c == '"' || c == '\'';

        if (literal || (next == at + 1 && !g_ascii_isspace(c))) {
            last = next - 1;
        }
        at = next;
    }
    return last;
}

gssize scan_line_start(struct text text, gssize at)
{
    while (at > 0 && text.data[at - 1] != '\n') {
        at--;
    }
    return at;
}

gssize scan_line_end(struct text text, gssize at)
{
    const char *newline =
        memchr(text.data + at, '\n', (gsize)(text.length - at));

    return newline ? newline - text.data + 1 : text.length;
}

gssize scan_indent(struct text text, gssize at)
{
    gssize start = scan_line_start(text, at);
    gssize i = start;

    while (i < text.length && (text.data[i] == ' ' || text.data[i] == '\t')) {
        i++;
    }
    return i - start;
}

bool scan_is_blank(struct text text, gssize at, gssize end)
{
    return scan_last(text, at, end) < 0;
}

gssize scan_word(struct text text, gssize at, gssize end, const char *word)
{
    gssize length = (gssize)strlen(word);

    for (; at >= 0 && at + length <= end; at = scan_skip(text, at)) {
        if (text.data[at] == word[0] &&
            !memcmp(text.data + at, word, (gsize)length) &&
            (at == 0 || !is_word(text.data[at - 1])) &&
            (at + length >= text.length ||
             !is_word(text.data[at + length]))) {
            return at;
        }
    }
    return -1;
}

char *scan_identifier(struct text text, gssize at)
{
    gssize end = at;

    while (end < text.length && is_word(text.data[end])) {
        end++;
    }
    return g_strndup(text.data + at, (gsize)(end - at));
}
