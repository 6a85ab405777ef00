/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Which function bodies are worth parsing: those that differ between
 * revisions, or are built on what differs in a header, and may change what a
 * guest sees; and what calls them in their file.  Works on text alone.
 */
#ifndef QCOMPAT_EXTRACT_BODIES_H
#define QCOMPAT_EXTRACT_BODIES_H

#include "extract/extract.h"

struct bodies_request {
    struct source *const *sources;
    guint n;
    guint base, head;            /* indices of the two that are compared */
    const GPtrArray *paths;      /* const char *: files that differ */
    GHashTable *skip;            /* paths not to look at; or NULL */
    /* Whether a name belongs to what a guest sees. */
    bool (*is_visible)(const char *name);
    /* … as an array of a PCI device: it counts where there are any. */
    bool (*is_space)(const char *name);
    /* Whether a call of that name sets a property, makes an object. */
    bool (*is_setter)(const char *name);
    bool (*is_maker)(const char *name);
    GHashTable *fields;          /* names that are worth a look on top of
                                    those; a set of const char * */
    struct extract_memory *memory;       /* of what was read; or NULL */
    unsigned jobs;               /* processes to share the work; 0 = one per
                                    processor */
};

/* path (interned) → set of names of functions (interned): what to lower of
 * that file, in every source that has it.  Free with g_hash_table_unref(). */
GHashTable *bodies_select(const struct bodies_request *request);

#endif
