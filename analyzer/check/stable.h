/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef QCOMPAT_CHECK_STABLE_H
#define QCOMPAT_CHECK_STABLE_H

#include "check/side.h"

/* What decides; those from STABLE_BOARDS on are stable. */
enum stability {
    STABLE_NOT_ABSTRACT,     /* no object is ever of the type */
    STABLE_NOT_FREE,         /* CXL, -cpu max or host: upstream changes it
                                freely */
    STABLE_NOT_MIGRATABLE,   /* it says so itself, or an ancestor */
    STABLE_NOT_BOARDS,       /* no board of a versioned machine type has it */
    STABLE_NOT_KNOWN,        /* nothing says that one has it */
    STABLE_BOARDS,           /* such boards have it */
    STABLE_LIKELY,           /* nothing says that none has it */
};

enum stability device_stability(const struct side *side,
                                const struct qom_type *type);

/*
 * Whether upstream keeps TYPE stable: only then is there a promise to break,
 * and a finding more than a note.
 *
 * What declares itself, or an ancestor, unmigratable is not, unless its
 * targets have versioned machine types only: the guest finds another device at
 * its next boot.  CXL devices are not, nor the CPU models
 * "max" and "host".  Where the tree says which boards can
 * have the type, one of a versioned machine type must be among them.  Where it
 * does not: CPU types of no target in particular are not; what users can plug
 * into any machine is, and what a versioned compat array has cared for, and
 * what only exists on targets whose machine types are versioned; the rest
 * belongs to boards without versions.
 */
bool device_is_stable(const struct side *side, const struct qom_type *type);
/* Whether TYPE, which is not migrated, has entries in versioned compat arrays
 * all the same: a guest finds the same device at its next boot. */
bool device_keeps_shape(const struct side *side, const struct qom_type *type);

#endif
