/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Collects tuples of one cause into one break.
 */
#ifndef QCOMPAT_CHECK_GROUPS_H
#define QCOMPAT_CHECK_GROUPS_H

#include "check/classify.h"
#include "check/engine.h"

/* One broken tuple. */
struct tuple {
    const struct device_pair *device;
    const struct machine *machine;       /* HEAD's */
    const char *name, *old_name;
    const struct qom_type *owner;
    const struct property *old_property, *new_property;
    struct value old_value, new_value;
    struct cause cause;
    bool default_differs, late_fix, in_code;
    enum doubt doubt;
    enum field_fate field;
    const struct neutral *neutral;       /* NULL: no new property */
};

void groups_add(struct engine *engine, const struct tuple *tuple);
/* Orders the breaks and works out where their entries belong. */
void groups_finish(struct engine *engine);
void compat_break_free(struct compat_break *b);

#endif
