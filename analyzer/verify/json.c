/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "verify/json.h"

#include <string.h>

#define MARK "\001"
/* 2^63 has that many digits: what is shorter fits an int64_t. */
#define DIGITS_MIN 19

static bool is_number_end(char c)
{
    return !c || !strchr("0123456789.eE+-", c);
}

/* Appends N digits, as a marked string where they need 64 bits and no sign. */
static void append_number(GString *out, const char *digits, size_t n,
                          bool is_whole)
{
    g_autofree char *text = g_strndup(digits, n);

    if (!is_whole || n < DIGITS_MIN ||
        g_ascii_strtoull(text, NULL, 10) <= INT64_MAX) {
        g_string_append(out, text);
    } else {
        g_string_append_printf(out, "\"\\u0001%s\"", text);
    }
}

json_t *exact_json_parse(const char *line, size_t length)
{
    g_autofree char *text = g_strndup(line, length);
    g_autoptr(GString) out = g_string_sized_new(length + 1);
    bool is_string = false;
    char before = '\0';

    for (const char *at = text; *at;) {
        size_t n = is_string ? 0 : strspn(at, "0123456789");
        if (n) {
            append_number(out, at, n, before != '-' && before != '.' &&
                          is_number_end(at[n]));
            at += n;
            before = '0';
            continue;
        }
        is_string ^= *at == '"';
        if (is_string && *at == '\\' && at[1]) {
            g_string_append_c(out, *at++);
        }
        before = *at;
        g_string_append_c(out, *at++);
    }
    return json_loadb(out->str, out->len, 0, NULL);
}

struct value value_from_json(const json_t *json)
{
    if (json_is_boolean(json)) {
        return value_bool(json_is_true(json));
    }
    if (json_is_integer(json)) {
        json_int_t number = json_integer_value(json);

        return number < 0 ? value_int(number) : value_uint(number);
    }
    if (json_is_string(json)) {
        const char *text = json_string_value(json);

        return g_str_has_prefix(text, MARK)
               ? value_uint(g_ascii_strtoull(text + 1, NULL, 10))
               : value_string(text);
    }
    if (json_is_array(json) && !json_array_size(json)) {
        return value_list();
    }
    if (json) {
        g_autofree char *text = json_dumps(json, JSON_ENCODE_ANY);

        return value_unevaluated(text ? text : "?");
    }
    return value_absent();
}
