/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Properties that the code of one object sets on objects that it makes. */
#ifndef QCOMPAT_CHECK_GUEST_SETTINGS_H
#define QCOMPAT_CHECK_GUEST_SETTINGS_H

#include "check/guest-compare.h"
#include "check/guest-walk.h"

/* Adds to FOUND, struct guest_found *, what the walks set otherwise: as text,
 * NULL on a side that leaves the property alone. */
void guest_compare_settings(const struct effects *old,
                            const struct effects *new, GPtrArray *found);

/* Completes what guest_compare_settings() found, with what objects have that
 * are left alone on the machine types of OLD and NEW, and takes away what
 * comes to the same or is not known. */
void guest_judge_settings(const struct guest_code *old,
                          const struct guest_code *new, GPtrArray *found);

#endif
