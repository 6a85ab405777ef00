/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "report/similar.h"

#include <string.h>

#define SHOWN 4
/* Longer words are no names. */
#define WORD_MAX 80

struct candidate {
    const char *name;
    double distance;         /* 0 = the same, 1 = nothing in common */
};

static guint edits(const char *a, const char *b)
{
    gsize n = strlen(b);
    g_autofree guint *row = g_new(guint, n + 1);

    for (gsize j = 0; j <= n; j++) {
        row[j] = j;
    }
    for (gsize i = 1; a[i - 1]; i++) {
        guint diagonal = row[0];
        row[0] = i;
        for (gsize j = 1; j <= n; j++) {
            guint changed = diagonal + (a[i - 1] != b[j - 1]);
            diagonal = row[j];
            row[j] = MIN(MIN(row[j], row[j - 1]) + 1, changed);
        }
    }
    return row[n];
}

static double distance(const char *word, const char *name)
{
    gsize length = strlen(word);
    gsize other = strlen(name);
    gsize longest = MAX(length, other);

    /* A part of the name is meant to be it: virtio-rng, vectors. */
    if (length >= 3 && strstr(name, word)) {
        return 0.5 * (other - length) / other;
    }
    return other > WORD_MAX ? 1 : (double)edits(word, name) / longest;
}

static int compare_candidates(const void *p, const void *q)
{
    const struct candidate *a = p;
    const struct candidate *b = q;
    int order = (a->distance > b->distance) - (a->distance < b->distance);

    return order ? order : strcmp(a->name, b->name);
}

static GArray *find(const char *word, const GPtrArray *names)
{
    GArray *found = g_array_new(FALSE, FALSE, sizeof(struct candidate));

    for (guint i = 0; i < names->len && strlen(word) <= WORD_MAX; i++) {
        struct candidate candidate = { .name = names->pdata[i] };
        candidate.distance = distance(word, candidate.name);
        if (candidate.distance <= 0.34) {
            g_array_append_val(found, candidate);
        }
    }
    g_array_sort(found, compare_candidates);
    return found;
}

char *similar_hint(const char *word, const GPtrArray *names)
{
    g_autoptr(GArray) found = find(word, names);
    g_autoptr(GString) out = g_string_new(NULL);
    guint n = MIN(found->len, SHOWN);

    for (guint i = 0; i < n; i++) {
        const char *before = i == 0 ? "\ndid you mean " :
                             i == n - 1 ? " or " : ", ";
        g_string_append_printf(
            out, "%s'%s'", before,
            g_array_index(found, struct candidate, i).name);
    }
    g_string_append(out, n ? "?" : "");
    return g_string_free(g_steal_pointer(&out), FALSE);
}
