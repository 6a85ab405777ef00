/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Class fields of machine types on one side.
 */
#ifndef QCOMPAT_CHECK_FIELDS_H
#define QCOMPAT_CHECK_FIELDS_H

#include "check/engine.h"

/* TEXT NULL: the class has no such field. */
struct field_value {
    const char *text;            /* interned */
    bool evaluated;
    struct location loc;         /* the assignment, file NULL: none */
};

/* NULL: nothing assigns it. */
const struct class_field *machine_field(const struct machine *machine,
                                        const char *name);
/* What MACHINE has in the field NAME ("MachineClass.max_cpus"). */
struct field_value field_value(const struct side *side,
                               const struct machine *machine,
                               const char *name);
/* Whether a machine type that has NEW instead of OLD is another one. */
bool field_differs(const struct engine *engine, const char *name,
                   const struct field_value *old,
                   const struct field_value *new);
void field_change_free(struct field_change *change);

#endif
