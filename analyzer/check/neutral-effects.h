/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef QCOMPAT_CHECK_NEUTRAL_EFFECTS_H
#define QCOMPAT_CHECK_NEUTRAL_EFFECTS_H

#include "check/bodies.h"
#include "check/side.h"
#include "rules/changes.h"

/*
 * The value of a new PROPERTY, which TYPE itself or an ancestor declares,
 * under which the code of the device does what the released code did, as far
 * as a guest sees.  False where that code says nothing: it was not parsed,
 * does not read the property, or does the same whatever it is.
 */
bool neutral_from_effects(const struct check_bodies *bodies,
                          const struct side *old, const struct side *new,
                          const struct qom_type *type,
                          const struct property *property,
                          struct neutral *ret);

#endif
