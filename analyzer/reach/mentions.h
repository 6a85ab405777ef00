/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Which QOM types a C file may make objects of, by its text: a name of a type
 * ("pl011", TYPE_PL011) that is passed to a function, assigned or returned.
 * And which it describes for a helper that registers them: a name that a
 * member of an initialiser gets (.generic_name = "virtio-vga").
 */
#ifndef QCOMPAT_REACH_MENTIONS_H
#define QCOMPAT_REACH_MENTIONS_H

#include <glib.h>

struct mentions {
    GHashTable *types;       /* interned names of the types to look for */
    GHashTable *macros;      /* TYPE_X → char *, its replacement */
};

/* TYPES: interned name → anything; must outlive the result. */
struct mentions *mentions_new(GHashTable *types);
void mentions_free(struct mentions *mentions);

/* Learns what "#define TYPE_X" says in the header or C file TEXT. */
void mentions_define(struct mentions *mentions, const char *text,
                     gsize length);

/* What TEXT, string literals and such macros in a row, stands for; NULL where
 * it holds anything else.  Caller frees. */
char *mentions_expand(const struct mentions *mentions, const char *text);

/* Adds the types (interned names) that the C file TEXT may make to MADE, and
 * those it describes to DESCRIBED. */
void mentions_find(const struct mentions *mentions, const char *text,
                   gsize length, GHashTable *made, GHashTable *described);

/* Adds to SUM all that the two calls above can depend on, whatever the types
 * are. */
void mentions_sum(const char *text, gsize length, GChecksum *sum);

#endif
