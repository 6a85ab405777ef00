/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Function bodies that differ, as the engine is given them. */
#ifndef QCOMPAT_CHECK_BODIES_H
#define QCOMPAT_CHECK_BODIES_H

#include "effects/effects.h"

struct check_bodies {
    const struct code *released, *base, *head;
    /* Functions with external linkage whose effects differ → a set of those
     * that end up calling them from files that were not parsed: "file:name",
     * "name" where that is enough.  Interned. */
    GHashTable *callers;
    guint files, functions;      /* looked at, in HEAD */
    const GPtrArray *gaps;       /* struct gap *: code of HEAD that could not
                                    be looked at; NULL = none */
};

#endif
