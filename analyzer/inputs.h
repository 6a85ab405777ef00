/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a range is made of when it is no pair of commits: the index, the work
 * tree, patches, another base, what CI says.
 */
#ifndef QCOMPAT_INPUTS_H
#define QCOMPAT_INPUTS_H

#include "session.h"

/* Two ends of a range: full commit ids and how the user knows them. */
struct input_range {
    char *base, *head;
    char *base_name, *head_name;
};
void input_range_clear(struct input_range *range);
typedef struct input_range InputRange;
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(InputRange, input_range_clear)

/* What the options and operands name in the repository of SESSION. */
bool inputs_find_range(struct session *session, struct input_range *ret,
                       GError **error);

#endif
