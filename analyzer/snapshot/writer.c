/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "snapshot/writer.h"

/* A value follows: a comma, unless it is the first of its list. */
static void next(GString *out)
{
    char last = out->len ? out->str[out->len - 1] : '[';

    if (last != '[' && last != '{' && last != ':') {
        g_string_append_c(out, ',');
    }
}

static void append_escaped(GString *out, const char *text)
{
    for (;;) {
        const char *start = text;
        while ((unsigned char)*text >= ' ' && *text != '"' && *text != '\\') {
            text++;
        }
        g_string_append_len(out, start, text - start);
        if (!*text) {
            return;
        }
        if (*text == '"' || *text == '\\') {
            g_string_append_c(out, '\\');
            g_string_append_c(out, *text);
        } else {
            g_string_append_printf(out, "\\u%04x", (unsigned char)*text);
        }
        text++;
    }
}

void add_text(GString *out, const char *text)
{
    next(out);
    if (!text) {
        g_string_append(out, "null");
        return;
    }
    g_string_append_c(out, '"');
    if (g_utf8_validate(text, -1, NULL)) {
        append_escaped(out, text);
    } else {
        g_autofree char *valid = g_utf8_make_valid(text, -1);
        append_escaped(out, valid);
    }
    g_string_append_c(out, '"');
}

/* Some hundred thousand of them: printf() would be half of the time. */
void add_number(GString *out, bool negative, uint64_t magnitude)
{
    char digits[20];
    size_t at = sizeof(digits);

    next(out);
    if (negative) {
        g_string_append_c(out, '-');
    }
    do {
        digits[--at] = '0' + magnitude % 10;
        magnitude /= 10;
    } while (magnitude);
    g_string_append_len(out, digits + at, sizeof(digits) - at);
}

void add_bool(GString *out, bool boolean)
{
    next(out);
    g_string_append(out, boolean ? "true" : "false");
}

void begin(GString *out, char bracket)
{
    next(out);
    g_string_append_c(out, bracket);
}

void end(GString *out, char bracket)
{
    g_string_append_c(out, bracket);
}

/* A key of the contract: nothing in it needs escaping. */
void put_key(GString *out, const char *key)
{
    next(out);
    g_string_append_c(out, '"');
    g_string_append(out, key);
    g_string_append(out, "\":");
}

void put_text(GString *out, const char *key, const char *text)
{
    put_key(out, key);
    add_text(out, text);
}

/* A key that is a name of the tree. */
void put_named(GString *out, const char *name, const char *text)
{
    add_text(out, name);
    g_string_append_c(out, ':');
    add_text(out, text);
}

void put_int(GString *out, const char *key, int number)
{
    uint64_t magnitude = (uint64_t)number;

    put_key(out, key);
    add_number(out, number < 0, number < 0 ? -magnitude : magnitude);
}

void put_bool(GString *out, const char *key, bool boolean)
{
    put_key(out, key);
    add_bool(out, boolean);
}

void put_list(GString *out, const char *key, const GPtrArray *list,
              void (*add)(GString *out, const void *item))
{
    put_key(out, key);
    begin(out, '[');
    for (guint i = 0; i < list->len; i++) {
        add(out, g_ptr_array_index(list, i));
    }
    end(out, ']');
}

void put_targets(GString *out, target_set set)
{
    put_key(out, "targets");
    if (!set) {
        add_text(out, NULL);
        return;
    }
    begin(out, '[');
    for (; set; set &= set - 1) {
        add_text(out, target_first(set));
    }
    end(out, ']');
}
