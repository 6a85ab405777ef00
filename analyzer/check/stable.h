/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef QCOMPAT_CHECK_STABLE_H
#define QCOMPAT_CHECK_STABLE_H

#include "check/side.h"

/*
 * Whether upstream keeps TYPE stable: only then is there a promise to break,
 * and a finding more than a note.
 *
 * What declares itself, or an ancestor, unmigratable is not, unless its
 * targets have versioned machine types only: the guest finds another device at
 * its next boot.  CXL devices are not.  Where the tree says which boards can
 * have the type, one of a versioned machine type must be among them.  Where it
 * does not: CPU types of no target in particular are not; what users can plug
 * into any machine is, and what a versioned compat array has cared for, and
 * what only exists on targets whose machine types are versioned; the rest
 * belongs to boards without versions.
 */
bool device_is_stable(const struct side *side, const struct qom_type *type);

#endif
