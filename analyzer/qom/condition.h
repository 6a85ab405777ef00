/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef QCOMPAT_QOM_CONDITION_H
#define QCOMPAT_QOM_CONDITION_H

#include "qom/interp.h"

/* What the function that NODE names returns, as an expression of
 * model/stream.h, interned; its second parameter is the version.  "?" where
 * that is not known. */
const char *condition_of(struct interp *in, const struct ir_node *node);

#endif
