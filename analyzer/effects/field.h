/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Fields of structs in IR. */
#ifndef QCOMPAT_EFFECTS_FIELD_H
#define QCOMPAT_EFFECTS_FIELD_H

#include "ir/ir.h"

/* Whether NODE (or NULL) is the field MEMBER ("conf.queues") of a struct
 * RECORD. */
bool field_is(const struct ir_node *node, const char *record,
              const char *member);
/* "queues" of "conf.queues". */
const char *field_last_name(const char *member);

#endif
