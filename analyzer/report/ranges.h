/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a property is worth on machine types, with those that get the same
 * value from the same place taken together.
 */
#ifndef QCOMPAT_REPORT_RANGES_H
#define QCOMPAT_REPORT_RANGES_H

#include "model/effective.h"

struct value_range {
    GPtrArray *machines;     /* const struct machine *: neighbours of one
                                family, newest first */
    bool from_newest;        /* nothing of the family is newer */
    bool to_oldest;          /* nothing of the family is older */
    struct effective effective;
};

/*
 * struct value_range *, by family, newest first: PROPERTY of TYPE on MACHINE,
 * or where MACHINE is NULL on every versioned machine type that can have such
 * a device.
 */
GPtrArray *value_ranges(const struct facts *facts,
                        const struct qom_type *type, const char *property,
                        const struct machine *machine);

/* "pc-q35-7.1 and older", "pc-q35-8.0 and newer", "pc-q35-8.0 back to
 * pc-q35-7.2", "all pc-q35"; free it. */
char *value_range_name(const struct value_range *range,
                       const struct facts *facts);

#endif
