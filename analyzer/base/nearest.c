/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/nearest.h"

#include <string.h>

static guint edit_distance(const char *a, const char *b)
{
    size_t n = strlen(b);
    g_autofree guint *row = g_new(guint, n + 1);
    for (size_t j = 0; j <= n; j++) {
        row[j] = j;
    }
    for (size_t i = 1; a[i - 1]; i++) {
        guint diagonal = row[0];
        row[0] = i;
        for (size_t j = 1; j <= n; j++) {
            guint substituted = diagonal + (a[i - 1] != b[j - 1]);
            diagonal = row[j];
            row[j] = MIN(MIN(row[j], row[j - 1]) + 1, substituted);
        }
    }
    return row[n];
}

const char *nearest_word(const char *word, const char *const *words, guint n)
{
    const char *best = NULL;
    guint best_distance = 3;
    if (strlen(word) > 64) {
        return NULL;
    }
    for (guint i = 0; i < n; i++) {
        guint distance = edit_distance(word, words[i]);
        if (distance < best_distance && distance < strlen(words[i])) {
            best = words[i];
            best_distance = distance;
        }
    }
    return best;
}
