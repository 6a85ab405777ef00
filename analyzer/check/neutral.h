/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The neutral value of a new property: the one under which the device does
 * what it did in the released revision, which had no such property.
 */
#ifndef QCOMPAT_CHECK_NEUTRAL_H
#define QCOMPAT_CHECK_NEUTRAL_H

#include "check/bodies.h"
#include "check/reach.h"
#include "check/side.h"
#include "rules/changes.h"

/* REACH is a property of objects of TYPE in NEW that OLD does not have.  BODIES
 * may be NULL. */
struct neutral neutral_decide(const struct check_bodies *bodies,
                              const struct side *old, const struct side *new,
                              const struct qom_type *type,
                              const struct reach *reach);

#endif
