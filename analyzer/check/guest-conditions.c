/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "check/guest-conditions.h"

#include <string.h>

char *guest_effect_key(enum effect_kind kind, const char *place,
                       const char *value, unsigned number)
{
    return g_strdup_printf("%d\n%s\n%s\n%u", kind, place, value, number);
}

/* The one effect of a place, if it is one that a value tells apart. */
static struct effect *only_one(GHashTable *places, const char *place)
{
    const GPtrArray *list = g_hash_table_lookup(places, place);
    struct effect *effect = list && list->len == 1 ? list->pdata[0] : NULL;

    return effect && (effect->kind == EFFECT_BYTE ||
                      effect->kind == EFFECT_BAR) ? effect : NULL;
}

void guest_add_same_conditions(GHashTable *old, GHashTable *old_places,
                               GHashTable *new, GHashTable *new_places)
{
    GHashTableIter iter;
    gpointer place;

    g_hash_table_iter_init(&iter, old_places);
    while (g_hash_table_iter_next(&iter, &place, NULL)) {
        struct effect *a = only_one(old_places, place);
        struct effect *b = only_one(new_places, place);
        g_autofree char *key = NULL;

        if (!a || !b || a->kind != b->kind || strcmp(a->guards, b->guards)) {
            continue;
        }
        key = guest_effect_key(a->kind, place, "", 0);
        if (!g_hash_table_contains(old, key) &&
            !g_hash_table_contains(new, key)) {
            g_hash_table_insert(old, g_strdup(key), a);
            g_hash_table_insert(new, g_steal_pointer(&key), b);
        }
    }
}
