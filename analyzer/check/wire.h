/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What descriptions of migration streams put on the wire, compared as QEMU's
 * loader (migration/vmstate.c) would read it: names of fields are not in the
 * stream, their order, sizes and numbers are.  A nested struct is loaded with
 * the version that its own description has now, whatever the sender had.
 */
#ifndef QCOMPAT_CHECK_WIRE_H
#define QCOMPAT_CHECK_WIRE_H

#include "check/condition.h"

/* One side of a comparison. */
struct wire_side {
    struct situation at;
    const struct vmstate *vmstate;
};

enum wire_verdict {
    WIRE_SAME,
    WIRE_DIFFERS,
    WIRE_UNKNOWN,            /* something on it could not be evaluated */
};

struct wire_difference {
    /* Where the two part, NULL where one of them ends. */
    const struct vmstate_field *old_field, *new_field;
    /* The description that holds it: that of the side, or a nested one. */
    const struct vmstate *old_holder, *new_holder;
    bool moved;              /* the bytes agree, their order does not */
    bool unsure;             /* before that, a field that is there in some
                                states only was taken for absent on one side:
                                if it is not, the bytes may agree */
};

/* Whether A's and B's descriptions have been judged by themselves. */
typedef bool (*wire_paired_fn)(void *opaque, const struct vmstate *a,
                               const struct vmstate *b);

enum wire_verdict wire_compare(const struct wire_side *old,
                               const struct wire_side *new,
                               wire_paired_fn paired, void *opaque,
                               struct wire_difference *ret);

#endif
