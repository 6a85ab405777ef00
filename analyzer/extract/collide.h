/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Where a unit and the prefix that it is parsed with do not get along: the
 * prefix holds headers that the unit does not include itself.
 */
#ifndef QCOMPAT_EXTRACT_COLLIDE_H
#define QCOMPAT_EXTRACT_COLLIDE_H

#include <clang-c/Index.h>
#include <glib.h>

enum collision {
    COLLISION_NONE,      /* whatever fails would without the prefix, too */
    COLLISION_MACROS,    /* macros of the prefix replace names of the unit */
    COLLISION_OTHER,
};

/*
 * OWN: set of const char *, interned paths of what the unit includes.  Adds to
 * MACROS (set of const char *, interned) those that the unit would not see;
 * COLLISION_MACROS where some of them are new.
 */
enum collision collide(CXTranslationUnit tu, GHashTable *own,
                       GHashTable *macros);

/* Text that takes MACROS away again; caller frees. */
char *collide_undefine(GHashTable *macros);

#endif
