/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/error.h"
#include "snapshot/snapshot.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define MARK '\001'
#define ESCAPED_MARK "\"\\u0001"
/* Shorter numbers fit jansson's integers, longer ones fit nothing. */
#define DIGITS_MIN 19
#define DIGITS_MAX 20

/* TEXT is nothing but N digits of a number above INT64_MAX. */
static bool is_big(const char *text, size_t n, uint64_t *ret)
{
    char digits[DIGITS_MAX + 1];

    if (n < DIGITS_MIN || n > DIGITS_MAX || text[0] == '0') {
        return false;
    }
    memcpy(digits, text, n);
    digits[n] = '\0';
    errno = 0;
    uint64_t number = strtoull(digits, NULL, 10);
    if (errno || number <= INT64_MAX
        || strspn(digits, "0123456789") != n) {
        return false;
    }
    *ret = number;
    return true;
}

json_t *uint_to_json(uint64_t number)
{
    if (number <= INT64_MAX) {
        return json_integer((json_int_t)number);
    }
    g_autofree char *text = g_strdup_printf("%c%" G_GUINT64_FORMAT, MARK,
                                            number);
    return json_string(text);
}

bool uint_from_json(const json_t *json, uint64_t *ret)
{
    if (json_is_integer(json)) {
        json_int_t number = json_integer_value(json);
        if (number >= 0) {
            *ret = (uint64_t)number;
        }
        return number >= 0;
    }
    const char *text = json_string_value(json);
    return text && text[0] == MARK
           && is_big(text + 1, json_string_length(json) - 1, ret);
}

/* "\u000118446744073709551615" -> 18446744073709551615 */
char *exact_json_dump(const json_t *json, size_t flags)
{
    char *text = json_dumps(json, flags);
    const size_t mark = strlen(ESCAPED_MARK);

    if (!text || !strstr(text, ESCAPED_MARK)) {
        return text;
    }
    char *out = text;
    for (const char *in = text; *in;) {
        uint64_t number;
        size_t n = 0;
        if (strncmp(in, ESCAPED_MARK, mark) == 0) {
            n = strspn(in + mark, "0123456789");
        }
        if (n && in[mark + n] == '"' && is_big(in + mark, n, &number)) {
            memmove(out, in + mark, n);
            out += n;
            in += mark + n + 1;
        } else {
            *out++ = *in++;
        }
    }
    *out = '\0';
    return text;
}

/* Behind the string that starts at TEXT. */
static const char *skip_string(const char *text, const char *end)
{
    for (text++; text < end && *text != '"'; text++) {
        if (*text == '\\') {
            text++;
        }
    }
    return text < end ? text + 1 : end;
}

static size_t count_digits(const char *text, const char *end)
{
    const char *at = text;

    while (at < end && g_ascii_isdigit(*at)) {
        at++;
    }
    return at - text;
}

/* The text with big numbers as marked strings, NULL where it has none. */
static GString *mark_numbers(const char *text, size_t length)
{
    const char *end = text + length, *copied = text;
    GString *out = NULL;

    for (const char *at = text; at < end;) {
        if (*at == '"') {
            at = skip_string(at, end);
            continue;
        }
        size_t n = count_digits(at, end);
        uint64_t number;
        bool plain = at == text || (at[-1] != '-' && at[-1] != '.');
        if (plain && is_big(at, n, &number)
            && (at + n == end || !strchr(".eE", at[n]))) {
            out = out ? out : g_string_sized_new(length + 64);
            g_string_append_len(out, copied, at - copied);
            g_string_append_printf(out, ESCAPED_MARK "%.*s\"", (int)n, at);
            copied = at + n;
        }
        at += MAX(n, 1);
    }
    if (out) {
        g_string_append_len(out, copied, end - copied);
    }
    return out;
}

json_t *exact_json_load(const char *text, size_t length, GError **error)
{
    GString *marked = mark_numbers(text, length);
    json_error_t reason;
    json_t *json = json_loadb(marked ? marked->str : text,
                              marked ? marked->len : length, 0, &reason);

    if (!json) {
        g_set_error(error, QC_ERROR, QC_ERROR_CONFIG,
                    "no JSON: line %d, column %d: %s", reason.line,
                    reason.column, reason.text);
    }
    if (marked) {
        g_string_free(marked, TRUE);
    }
    return json;
}
