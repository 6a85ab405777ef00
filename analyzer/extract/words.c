/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "extract/words.h"

#include "base/borrow.h"

#include <string.h>

#define FILTER_BITS 16
/* Words that are shorter need no memory of their own to be looked up. */
#define MAX_SHORT 128
/* To look for each of so few words is faster than to look at all words. */
#define MAX_SEARCHED 6

struct words {
    GHashTable *values;          /* const char * → value */
    guint64 filter[(1 << FILTER_BITS) / 64];     /* by filter_bit() */
    gsize longest;
};

struct words *words_new(void)
{
    struct words *words = g_new0(struct words, 1);

    words->values = g_hash_table_new(g_str_hash, g_str_equal);
    return words;
}

void words_free(struct words *words)
{
    if (words) {
        g_hash_table_unref(words->values);
        g_free(words);
    }
}

void words_clear(struct words *words)
{
    g_hash_table_remove_all(words->values);
    memset(words->filter, 0, sizeof(words->filter));
    words->longest = 0;
}

/* Bytes that names are made of. */
static const bool name_char[256] = {
    ['$'] = true, ['_'] = true, ['0' ... '9'] = true, ['A' ... 'Z'] = true,
    ['a' ... 'z'] = true,
};

/* Of the first bytes, the last ones and the length. */
static inline guint32 filter_bit(const char *word, gsize length)
{
    guint64 head = 0, tail = 0;

    if (length < sizeof(head)) {
        memcpy(&head, word, length);
    } else {
        memcpy(&head, word, sizeof(head));
        memcpy(&tail, word + length - sizeof(tail), sizeof(tail));
    }
    head = (head ^ length) * G_GUINT64_CONSTANT(0x9e3779b97f4a7c15);
    head = (head ^ tail) * G_GUINT64_CONSTANT(0xc2b2ae3d27d4eb4f);
    return (guint32)(head >> (64 - FILTER_BITS));
}

void words_add(struct words *words, const char *word, guint32 value)
{
    guint32 bit = filter_bit(word, strlen(word));

    words->filter[bit / 64] |= G_GUINT64_CONSTANT(1) << (bit % 64);
    words->longest = MAX(words->longest, strlen(word));
    g_hash_table_insert(words->values, borrow(word),
                        GUINT_TO_POINTER(value));
}

static guint32 look_up(const struct words *words, const char *word,
                       gsize length)
{
    char buffer[MAX_SHORT];
    g_autofree char *heap = NULL;
    char *key = buffer;

    if (length > words->longest) {
        return 0;
    }
    if (length >= sizeof(buffer)) {
        key = heap = g_malloc(length + 1);
    }
    memcpy(key, word, length);
    key[length] = '\0';
    return GPOINTER_TO_UINT(g_hash_table_lookup(words->values, key));
}

/* Whether TEXT has a word somewhere, be it as a part of another. */
static bool has_any(const struct words *words, const char *text, gsize length)
{
    GHashTableIter iter;
    gpointer word;

    g_hash_table_iter_init(&iter, words->values);
    while (g_hash_table_iter_next(&iter, &word, NULL)) {
        if (memmem(text, length, word, strlen(word))) {
            return true;
        }
    }
    return false;
}

bool words_may_occur(const struct words *words, const char *text,
                     gsize length)
{
    return g_hash_table_size(words->values) > MAX_SEARCHED ||
           has_any(words, text, length);
}

guint32 words_next(const struct words *words, const char **at,
                   const char *end)
{
    const char *c = *at;

    while (c < end) {
        while (c < end && !name_char[(guchar)*c]) {
            c++;
        }
        const char *start = c;

        while (c < end && name_char[(guchar)*c]) {
            c++;
        }
        gsize length = (gsize)(c - start);
        guint32 bit = filter_bit(start, length);
        guint32 value = words->filter[bit / 64] >> (bit % 64) & 1
            ? look_up(words, start, length) : 0;

        if (value) {
            *at = c;
            return value;
        }
    }
    *at = end;
    return 0;
}
