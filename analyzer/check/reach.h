/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Where a property of an object really lives: declared by the type or an
 * ancestor, or by a device inside it that it aliases.
 */
#ifndef QCOMPAT_CHECK_REACH_H
#define QCOMPAT_CHECK_REACH_H

#include "model/facts.h"

#define REACH_LEVELS 4

/* Outermost object first; compat entries of an outer level win. */
struct reach {
    const struct property *property;
    const struct qom_type *owner;        /* who declares it */
    struct {
        const struct qom_type *type;
        const char *name;
    } level[REACH_LEVELS];
    unsigned levels;
};

/* False where objects of TYPE have no property NAME. */
bool reach_find(const struct facts *facts, const struct qom_type *type,
                const char *name, struct reach *ret);

#endif
