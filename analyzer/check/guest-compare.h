/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What differs between two walks over the code of one device. */
#ifndef QCOMPAT_CHECK_GUEST_COMPARE_H
#define QCOMPAT_CHECK_GUEST_COMPARE_H

#include "effects/effects.h"
#include "rules/changes.h"

/* A state that differs, and the code that makes it so. */
struct guest_found {
    struct guest_state state;    /* strings interned */
    const char *function;        /* interned */
    struct location loc;
    bool old_code;               /* `loc` is in the old tree */
    const struct qom_type *device; /* of HEAD, whose state it is; NULL: the
                                    one that was walked */
    const struct property *gate; /* NULL: none is known */
    uint64_t gate_value;
    const struct property *option; /* NULL: without being asked for */
};

/* struct guest_found *; free with g_ptr_array_unref(). */
GPtrArray *guest_compare(const struct effects *old,
                         const struct effects *new);

#endif
