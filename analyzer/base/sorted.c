/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/sorted.h"

#include <string.h>

gint sorted_compare(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

GPtrArray *sorted_keys(GHashTable *set)
{
    GPtrArray *keys = g_ptr_array_new();
    GHashTableIter iter;
    gpointer key;

    g_hash_table_iter_init(&iter, set);
    while (g_hash_table_iter_next(&iter, &key, NULL)) {
        g_ptr_array_add(keys, key);
    }
    g_ptr_array_sort(keys, sorted_compare);
    return keys;
}
