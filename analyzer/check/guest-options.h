/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Flags that are off and that a user may turn on. */
#ifndef QCOMPAT_CHECK_GUEST_OPTIONS_H
#define QCOMPAT_CHECK_GUEST_OPTIONS_H

#include "check/guest-changes.h"

/* Sets d->hidden: functions that differ and that the device would call, had
 * it been told to.  NEW: the walk without any option. */
void guest_find_hidden(struct guest_device *d, const struct effects *new);
/* Whether PROPERTY is such a flag, and the device calls one of d->hidden with
 * it on. */
bool guest_option_matters(const struct guest_device *d,
                          const struct property *property);

#endif
