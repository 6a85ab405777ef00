/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A unit's text without the function bodies that nobody wants: half of what
 * the parser would do otherwise.
 *
 * What is left out is a guess by the text; lower_unit() notices when it wants
 * a body that is not there, and the unit is parsed again with all of them.  So
 * a wrong guess costs time, never a fact.
 */
#ifndef QCOMPAT_EXTRACT_HOLLOW_H
#define QCOMPAT_EXTRACT_HOLLOW_H

#include <glib.h>

struct hollow {
    char *text;          /* as long as the original, every line at its place */
    GArray *left_out;    /* guint: offsets of the '{' of what is blank now */
};

/* ASKED: interned names of the functions that are wanted, with what they call;
 * NULL: those that hold facts.  NULL where nothing can be left out. */
struct hollow *hollow_new(const char *text, gsize length, GHashTable *asked);
void hollow_free(struct hollow *bodies);
typedef struct hollow Hollow;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Hollow, hollow_free)

#endif
