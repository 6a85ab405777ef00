/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Between the files of the comparison. */
#ifndef QCOMPAT_VERIFY_COMPARE_INTERNAL_H
#define QCOMPAT_VERIFY_COMPARE_INTERNAL_H

#include "verify/compare.h"

struct comparing {
    const struct facts *facts;
    const struct answers *answers;
    target_set target;
    struct comparison *result;
    GHashTable *groups;      /* key -> struct difference * */
};

/* Adds WHERE to the group of differences that are like PROTOTYPE. */
void add_difference(struct comparing *comparing,
                    const struct difference *prototype, const char *where);

void compare_machines(struct comparing *comparing);

#endif
