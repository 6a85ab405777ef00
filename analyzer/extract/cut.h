/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Files cut into chunks (chunk.h), and what in them is built on what. */
#ifndef QCOMPAT_EXTRACT_CUT_H
#define QCOMPAT_EXTRACT_CUT_H

#include "extract/bodies.h"
#include "extract/chunk.h"

/* A file in all revisions, cut; names are numbers within it. */
struct cut {
    struct names names;
    GArray **chunks;             /* by source: struct chunk; NULL: no file */
    GBytes **bytes;
    guint n;
};

/* PATH in all sources of R. */
void cut_file(const struct bodies_request *r, const char *path,
              struct cut *ret);
/* One text alone. */
void cut_bytes(struct cut *ret, GBytes *bytes);
void cut_clear(struct cut *cut);

static inline const struct chunk *chunk_at(const GArray *chunks, guint i)
{
    return &g_array_index(chunks, struct chunk, i);
}

/* The number of WORD, G_MAXUINT32 where nothing mentions it. */
guint32 cut_number(const struct cut *cut, const char *word);
bool chunk_uses(const struct chunk *chunk, guint32 id);
bool chunk_uses_any(const struct chunk *chunk, GHashTable *ids);
/* Adds what CHUNK defines to IDS; whether that was anything new. */
bool chunk_join(GHashTable *ids, const struct chunk *chunk);
/* Registration and tables name functions and do not call them. */
bool cut_is_registration(const struct cut *cut, const struct chunk *chunk);
/* IDS and what is built on it: chunks that use a member join. */
void cut_close_over(GHashTable *ids, const struct cut *cut,
                    const GArray *chunks);
/* Whether PATH may hold code of devices. */
bool cut_is_unit(const char *path);

#endif
