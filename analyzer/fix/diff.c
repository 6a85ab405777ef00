/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A line diff of two texts that differ in few places: the differing lines are
 * found from both ends and, between them, by the next lines that are equal.
 */
#include "fix/diff.h"

#include <string.h>

#define CONTEXT 3
/* A run of equal lines that is worth being told apart from a change. */
#define ANCHOR 2

struct line {
    const char *text;
    gsize length;            /* with its newline, if it has one */
};

/* OLD_N lines at OLD become NEW_N lines at NEW. */
struct change {
    guint old, old_n, new, new_n;
};

struct sides {
    GArray *old, *new;       /* struct line */
};

static GArray *split(const char *text, gsize length)
{
    GArray *lines = g_array_new(FALSE, FALSE, sizeof(struct line));

    while (length) {
        const char *newline = memchr(text, '\n', length);
        struct line line = {
            text, newline ? (gsize)(newline - text) + 1 : length,
        };

        g_array_append_val(lines, line);
        text += line.length;
        length -= line.length;
    }
    return lines;
}

static const struct line *line_at(const GArray *lines, guint i)
{
    return &g_array_index(lines, struct line, i);
}

static bool equal(const struct sides *s, guint i, guint j)
{
    const struct line *a = line_at(s->old, i);
    const struct line *b = line_at(s->new, j);

    return a->length == b->length && !memcmp(a->text, b->text, a->length);
}

/* Whether ANCHOR lines are equal from I and J on, or all up to the end. */
static bool is_anchor(const struct sides *s, guint i, guint j)
{
    guint n = 0;

    while (n < ANCHOR && i + n < s->old->len && j + n < s->new->len &&
           equal(s, i + n, j + n)) {
        n++;
    }
    return n == ANCHOR || (i + n == s->old->len && j + n == s->new->len);
}

/* The next place at which both sides go on alike: the nearest one. */
static void find_anchor(const struct sides *s, guint *i, guint *j)
{
    guint left = s->old->len - *i, right = s->new->len - *j;

    for (guint sum = 1; sum < left + right; sum++) {
        for (guint a = 0; a <= MIN(sum, left); a++) {
            guint b = sum - a;

            if (b <= right && is_anchor(s, *i + a, *j + b)) {
                *i += a;
                *j += b;
                return;
            }
        }
    }
    *i = s->old->len;
    *j = s->new->len;
}

static GArray *find_changes(const struct sides *s)
{
    GArray *changes = g_array_new(FALSE, FALSE, sizeof(struct change));
    guint i = 0, j = 0;

    while (i < s->old->len || j < s->new->len) {
        if (i < s->old->len && j < s->new->len && equal(s, i, j)) {
            i++;
            j++;
            continue;
        }
        struct change change = { .old = i, .new = j };

        find_anchor(s, &i, &j);
        change.old_n = i - change.old;
        change.new_n = j - change.new;
        g_array_append_val(changes, change);
    }
    return changes;
}

static void append_lines(GString *out, char mark, const GArray *lines,
                         guint first, guint n)
{
    for (guint i = first; i < first + n; i++) {
        const struct line *line = line_at(lines, i);

        g_string_append_c(out, mark);
        g_string_append_len(out, line->text, (gssize)line->length);
        if (line->text[line->length - 1] != '\n') {
            g_string_append(out, "\n\\ No newline at end of file\n");
        }
    }
}

/* The line that says where we are: the last one before FIRST that starts in
 * its first column, as git shows it. */
static void append_heading(GString *out, const GArray *lines, guint first)
{
    for (guint i = first; i-- > 0;) {
        const struct line *line = line_at(lines, i);

        if (g_ascii_isalpha(line->text[0]) || line->text[0] == '_') {
            g_autofree char *text = g_strndup(line->text,
                                              MIN(line->length, 80));

            g_string_append_printf(out, " %s", g_strchomp(text));
            return;
        }
    }
}

static guint hunk_end(const GArray *changes, guint k)
{
    while (k + 1 < changes->len) {
        const struct change *a = &g_array_index(changes, struct change, k);
        const struct change *b =
            &g_array_index(changes, struct change, k + 1);

        if (b->old > a->old + a->old_n + 2 * CONTEXT) {
            break;
        }
        k++;
    }
    return k;
}

/* Git's way: an empty side starts at the line before. */
static void append_range(GString *out, char mark, guint first, guint n)
{
    g_string_append_printf(out, " %c%u", mark, n ? first + 1 : first);
    if (n != 1) {
        g_string_append_printf(out, ",%u", n);
    }
}

static void append_hunk(GString *out, const struct sides *s,
                        const GArray *changes, guint k, guint last)
{
    const struct change *a = &g_array_index(changes, struct change, k);
    const struct change *b = &g_array_index(changes, struct change, last);
    guint before = MIN(CONTEXT, a->old);
    guint after = MIN(CONTEXT, s->old->len - b->old - b->old_n);
    guint old = a->old - before;
    guint old_end = b->old + b->old_n + after;
    guint new_end = b->new + b->new_n + after;

    g_string_append(out, "@@");
    append_range(out, '-', old, old_end - old);
    append_range(out, '+', a->new - before, new_end - (a->new - before));
    g_string_append(out, " @@");
    append_heading(out, s->old, old);
    g_string_append_c(out, '\n');
    for (; k <= last; k++) {
        const struct change *c = &g_array_index(changes, struct change, k);

        append_lines(out, ' ', s->old, old, c->old - old);
        append_lines(out, '-', s->old, c->old, c->old_n);
        append_lines(out, '+', s->new, c->new, c->new_n);
        old = c->old + c->old_n;
    }
    append_lines(out, ' ', s->old, old, old_end - old);
}

void diff_append(GString *out, const struct fixed_file *file)
{
    gsize size;
    const char *data = g_bytes_get_data(file->old, &size);
    g_autoptr(GArray) old = split(data, size);
    g_autoptr(GArray) new = split(file->new->str, file->new->len);
    const struct sides s = { old, new };
    g_autoptr(GArray) changes = find_changes(&s);

    if (!changes->len) {
        return;
    }
    g_string_append_printf(out, "--- a/%s\n+++ b/%s\n", file->path,
                           file->path);
    for (guint k = 0; k < changes->len; k++) {
        guint last = hunk_end(changes, k);

        append_hunk(out, &s, changes, k, last);
        k = last;
    }
}
