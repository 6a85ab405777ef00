/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/facts.h"

#include <string.h>

/* Decimal digits at *TEXT, which moves behind them; -1 where there are none
 * or more than any version has. */
static int parse_number(const char **text)
{
    const char *start = *text;
    int number = 0;

    for (; g_ascii_isdigit(**text); (*text)++) {
        if (*text - start == 6) {
            return -1;
        }
        number = number * 10 + (**text - '0');
    }
    return *text == start ? -1 : number;
}

/* X<separator>Y[<separator>Z], then the end. */
static bool parse_numbers(const char *text, char separator,
                          struct version *ret)
{
    int numbers[3] = { -1, -1, -1 };
    size_t n = 0;

    for (;;) {
        if (n == G_N_ELEMENTS(numbers)
            || (numbers[n++] = parse_number(&text)) < 0) {
            return false;
        }
        if (*text != separator) {
            break;
        }
        text++;
    }
    if (*text || n < 2) {
        return false;
    }
    *ret = (struct version) { numbers[0], numbers[1], numbers[2] };
    return true;
}

bool version_parse(const char *text, struct version *ret)
{
    return parse_numbers(text, '.', ret);
}

/* The longest tail "_X_Y" or "_X_Y_Z" of NAME. */
static bool parse_tail(const char *name, struct version *ret)
{
    const char *tails[3] = { NULL };

    for (const char *at = strchr(name, '_'); at; at = strchr(at + 1, '_')) {
        tails[0] = tails[1];
        tails[1] = tails[2];
        tails[2] = at + 1;
    }
    for (size_t i = 0; i < G_N_ELEMENTS(tails); i++) {
        if (tails[i] && parse_numbers(tails[i], '_', ret)) {
            return true;
        }
    }
    return false;
}

bool version_of_name(const char *name, struct version *ret)
{
    const char *dash = strrchr(name, '-');

    return (dash && version_parse(dash + 1, ret)) || parse_tail(name, ret);
}

bool version_in_name(const char *name, struct version *ret)
{
    g_autofree char *head = g_strdup(name);

    for (;;) {
        if (parse_tail(head, ret)) {
            return true;
        }
        char *last = strrchr(head, '_');
        if (!last) {
            return false;
        }
        *last = '\0';
    }
}

char *version_cut_from_name(const char *name, struct version *ret)
{
    const char *end = name + strlen(name);

    for (;;) {
        const char *dash = g_strrstr_len(name, end - name, "-");
        if (!dash) {
            return NULL;
        }
        g_autofree char *part = g_strndup(dash + 1, end - dash - 1);
        if (version_parse(part, ret)) {
            return g_strdup_printf("%.*s%s", (int)(dash - name), name, end);
        }
        end = dash;
    }
}

int version_compare(const struct version *a, const struct version *b)
{
    if (a->major != b->major) {
        return a->major < b->major ? -1 : 1;
    }
    if (a->minor != b->minor) {
        return a->minor < b->minor ? -1 : 1;
    }
    return MAX(a->micro, 0) - MAX(b->micro, 0);
}
