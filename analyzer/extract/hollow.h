/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A unit's text without the function bodies that cannot hold facts: half of
 * what the parser would do otherwise.
 *
 * What is left out is a guess by the text; lower_unit() notices when it wants
 * a body that is not there, and the unit is parsed again with all of them.  So
 * a wrong guess costs time, never a fact.  Whoever lowers functions for
 * another reason has to parse the whole text.
 */
#ifndef QCOMPAT_EXTRACT_HOLLOW_H
#define QCOMPAT_EXTRACT_HOLLOW_H

#include <glib.h>

struct hollow {
    char *text;          /* as long as the original, every line at its place */
    GArray *left_out;    /* guint: offsets of the '{' of what is blank now */
};

/* NULL where nothing can be left out. */
struct hollow *hollow_new(const char *text, gsize length);
void hollow_free(struct hollow *bodies);
typedef struct hollow Hollow;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Hollow, hollow_free)

#endif
