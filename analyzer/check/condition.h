/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a condition of a migration stream (model/stream.h) is on one machine
 * type: fields that properties bind have the value of the property there,
 * members of the machine's class struct that of its class.
 */
#ifndef QCOMPAT_CHECK_CONDITION_H
#define QCOMPAT_CHECK_CONDITION_H

#include "model/facts.h"

struct situation {
    const struct facts *facts;
    const struct machine *machine;       /* NULL: no machine in particular */
    const struct qom_type *device;       /* whose stream it is, or NULL */
    int version;                         /* of the description */
};

/* False where it depends on more than that. */
bool condition_value(const struct situation *at, const char *condition,
                     int64_t *ret);

/* Whether it reads something that properties or machine types set. */
bool condition_is_gated(const struct situation *at, const char *condition);

#endif
