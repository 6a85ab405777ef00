/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What an author probably meant.
 */
#ifndef QCOMPAT_CHECK_NEAREST_H
#define QCOMPAT_CHECK_NEAREST_H

#include "check/side.h"

/* The type whose name is closest to the driver of ENTRY and that has its
 * property, NULL where none is close. */
const char *nearest_type(const struct facts *facts,
                         const struct compat_entry *entry);
/* The only type that declares a property NAME (interned); NULL: none or
 * several do, or an abstract one. */
const char *only_declarer(const struct facts *facts, const char *name);
/* The property of TYPE whose name is closest to NAME, or NULL. */
const char *nearest_property(struct side *side, const struct qom_type *type,
                             const char *name);

#endif
