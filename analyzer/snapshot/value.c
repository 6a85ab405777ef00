/* SPDX-License-Identifier: GPL-2.0-or-later */
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

json_t *text_to_json(const char *text)
{
    if (!text) {
        return json_null();
    }
    json_t *json = json_string(text);
    if (!json) {
        g_autofree char *valid = g_utf8_make_valid(text, -1);
        json = json_string(valid);
    }
    return json;
}

json_t *value_to_json(const struct value *value)
{
    switch (value->kind) {
    case VALUE_BOOL:
        return json_boolean(value->boolean);
    case VALUE_INT:
        return json_integer(value->integer);
    case VALUE_UINT:
        return uint_to_json(value->uinteger);
    case VALUE_STRING:
        return text_to_json(value->string);
    case VALUE_LIST:
        return json_array();
    case VALUE_UNEVALUATED:
        return json_pack("{s:o}", "unevaluated", text_to_json(value->string));
    case VALUE_ABSENT:
        break;
    }
    return json_null();
}
