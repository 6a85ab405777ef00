/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Which units a change of what they include concerns: found from the chunks
 * that differ (slice.h), without the slices of the tree.
 */
#ifndef QCOMPAT_EXTRACT_TOUCHED_H
#define QCOMPAT_EXTRACT_TOUCHED_H

#include "extract/extract.h"

/* A file of the tree that says something else than the manifest knows. */
struct touched_file {
    const char *path;            /* relative, interned */
    GBytes *old, *new;           /* owned */
};

struct touched_request {
    struct extract_memory *memory;
    struct cache *cache;
    struct source *source;
    const struct manifest *manifest;
    const GArray *files;         /* struct touched_file */
};

void touched_file_clear(gpointer file);
/* Whether it includes what it did. */
bool touched_same_includes(const struct touched_file *file);
/* Whether it includes units as text, which are none then (or did). */
bool touched_has_parts(const struct touched_file *file);

/* A generated header that says something else than the manifest knows. */
struct touched_text {
    const char *path, *id;       /* virtual, interned; of its content */
    GBytes *text;                /* owned */
};

void touched_text_clear(gpointer text);

/* Adds the paths of the units that may not be what the manifest says (const
 * char *, interned) to UNITS, and what is generated otherwise to TEXTS (struct
 * touched_text); false where these are not known, or the units are too many
 * for it to be worth while.  The source is listed. */
bool touched_units(const struct touched_request *request, GPtrArray *units,
                   GArray *texts);

#endif
