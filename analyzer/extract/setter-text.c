/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "extract/setter-text.h"

#include <string.h>

/* Kinds of values that QEMU's calls are named after, and that count. */
static const char *const kinds[] = {
    "bit(", "uint", "int", "bool(", "str", "enum(",
};

/* Whether qdev_prop_set_uint8() or the like has its "_set_" at MARK. */
static bool is_setter(const char *start, const char *mark, const char *end)
{
    static const char *const before[] = { "qdev_prop", "object_property" };
    bool known = false;

    for (gsize i = 0; i < G_N_ELEMENTS(before); i++) {
        gsize length = strlen(before[i]);

        known |= (gsize)(mark - start) >= length &&
                 !memcmp(mark - length, before[i], length);
    }
    mark += strlen("_set_");
    for (gsize i = 0; known && i < G_N_ELEMENTS(kinds); i++) {
        gsize length = strlen(kinds[i]);

        if ((gsize)(end - mark) >= length &&
            !memcmp(mark, kinds[i], length)) {
            return true;
        }
    }
    return false;
}

/* The next call from AT on, NULL: there is none. */
static const char *find_mark(const char *start, const char *at,
                             const char *end)
{
    while (at < end) {
        at = memmem(at, (size_t)(end - at), "_set_", strlen("_set_"));
        if (!at || is_setter(start, at, end)) {
            return at;
        }
        at++;
    }
    return NULL;
}

/* From the start of its line, so that what moved under a condition is
 * another one, up to the semicolon. */
static char *statement(const char *start, const char *mark, const char *end,
                       const char **ret_next)
{
    const char *line = mark;
    const char *stop = memchr(mark, ';', (size_t)(end - mark));
    g_autofree char *text = NULL;

    while (line > start && line[-1] != '\n') {
        line--;
    }
    stop = stop ? stop : end;
    *ret_next = stop;
    text = g_strndup(line, (gsize)(stop - line));
    for (char *c = text + (mark - line); *c; c++) {
        *c = *c == '\n' || *c == '\t' ? ' ' : *c;
    }
    return g_steal_pointer(&text);
}

static gint by_text(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static GPtrArray *statements(GBytes *bytes)
{
    GPtrArray *list = g_ptr_array_new_with_free_func(g_free);
    gsize length = 0;
    const char *start = bytes ? g_bytes_get_data(bytes, &length) : NULL;
    const char *end = start + length;

    for (const char *at = start; at && at < end;) {
        const char *mark = find_mark(start, at, end);

        if (!mark) {
            break;
        }
        g_ptr_array_add(list, statement(start, mark, end, &at));
    }
    g_ptr_array_sort(list, by_text);
    return list;
}

bool setter_text_differs(GBytes *a, GBytes *b)
{
    if (!a || !b || g_bytes_equal(a, b)) {
        return false;
    }
    g_autoptr(GPtrArray) x = statements(a);
    g_autoptr(GPtrArray) y = statements(b);
    bool same = x->len == y->len;

    for (guint i = 0; same && i < x->len; i++) {
        same = !strcmp(x->pdata[i], y->pdata[i]);
    }
    return !same;
}
