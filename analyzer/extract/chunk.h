/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Cutting one file into chunks (slice.h). */
#ifndef QCOMPAT_EXTRACT_CHUNK_H
#define QCOMPAT_EXTRACT_CHUNK_H

#include <glib.h>
#include <stdbool.h>

/* Names as numbers, shared by all files of a run. */
struct names {
    GHashTable *by_text;         /* char * → id + 1 */
    GPtrArray *texts;            /* char *: by id */
    GArray *seen;                /* guint32 by id: in which set it was last */
    guint32 round;               /* the set at hand */
};

/* An empty one; names_clear() when done. */
void names_init(struct names *names);
void names_clear(struct names *names);

guint32 names_id(struct names *names, const char *text, gsize length);

struct chunk {
    guint8 hash[32];             /* of its tokens and conditions */
    GArray *uses;                /* guint32 */
    GArray *defines;             /* guint32 */
    bool always;                 /* concerns all that include the file */
};

/* struct chunk, in order of the file; free with g_array_unref(). */
GArray *chunks_cut(struct names *names, const char *text, gsize length);

/* Keys of hash tables: a chunk, or its hash. */
guint chunk_hash(gconstpointer chunk);
gboolean chunk_equal(gconstpointer a, gconstpointer b);
/* A set of these, which borrows from CHUNKS (or NULL: none). */
GHashTable *chunks_set(const GArray *chunks);

/* Every name that a file mentions, once, in no order: guint32. */
GArray *chunks_names(struct names *names, const char *text, gsize length);

#endif
