/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "check/stable.h"

/* Longer chains than this are loops. */
#define MAX_DEPTH 64

bool device_is_stable(const struct facts *facts, const struct qom_type *type)
{
    for (int depth = 0; type && depth < MAX_DEPTH; depth++) {
        if (type->unmigratable) {
            return false;
        }
        type = facts_parent(facts, type);
    }
    return true;
}
