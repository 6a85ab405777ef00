/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What bodies.c and bodies-scope.c share. */
#ifndef QCOMPAT_BODIES_SCOPE_H
#define QCOMPAT_BODIES_SCOPE_H

#include "bodies.h"

struct bodies_scope {
    GHashTable *fields;          /* names: what reads them is worth a look */
    GHashTable *skip;            /* interned paths: files whose types no
                                    versioned machine type can have */
};

#endif
