/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Whether what one side alone was seen to do says something of the other. */
#ifndef QCOMPAT_CHECK_GUEST_DOUBT_H
#define QCOMPAT_CHECK_GUEST_DOUBT_H

#include "effects/effects.h"
#include "rules/changes.h"

/* A place whose expression was too long to be kept: the other side may spell
 * it in another way. */
bool guest_is_nameless(const struct effect *effect);

/* EFFECT is of one side, and OTHER, the walk over the other side's device, has
 * none like it. */
enum guest_doubt guest_doubt(const struct effect *effect,
                             const struct effects *other);

#endif
