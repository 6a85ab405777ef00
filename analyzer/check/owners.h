/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Whose streams a description is in: the devices whose class names it, those
 * at home in the file of a function that registers it, and those of every
 * description that it is a part of.
 */
#ifndef QCOMPAT_CHECK_OWNERS_H
#define QCOMPAT_CHECK_OWNERS_H

#include "model/facts.h"

struct owners;

struct owners *owners_new(const struct facts *facts);
void owners_free(struct owners *owners);

/* Concrete types, sorted by name; NULL where it is in no stream that is known
 * of.  Empty: it is, but of no type in particular. */
const GPtrArray *owners_of(const struct owners *owners,
                           const struct vmstate *vmstate);
/* Whether some struct field loads it with its own version. */
bool owners_is_nested(const struct owners *owners,
                      const struct vmstate *vmstate);
/* Whether the stream says its version: a section, or a subsection. */
bool owners_is_top(const struct owners *owners,
                   const struct vmstate *vmstate);
/* The description that MEMBER ("DeviceClass.vmsd") of the class of TYPE points
 * to, as it or an ancestor says; NULL where there is none. */
const struct vmstate *owners_section(const struct facts *facts,
                                     const struct qom_type *type,
                                     const char *member);

#endif
