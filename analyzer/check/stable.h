/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef QCOMPAT_CHECK_STABLE_H
#define QCOMPAT_CHECK_STABLE_H

#include "model/facts.h"

/*
 * Whether upstream keeps TYPE migration-stable: only then is there a promise
 * to break, and a finding more than a note.  A type that declares itself or
 * an ancestor unmigratable promises nothing.
 */
bool device_is_stable(const struct facts *facts, const struct qom_type *type);

#endif
