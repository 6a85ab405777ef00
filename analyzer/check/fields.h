/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Class fields of machine types on one side.
 */
#ifndef QCOMPAT_CHECK_FIELDS_H
#define QCOMPAT_CHECK_FIELDS_H

#include "check/engine.h"

#include <string.h>

/* TEXT NULL: the class has no such field. */
struct field_value {
    const char *text;            /* interned */
    bool evaluated;
    struct location loc;         /* the assignment, file NULL: none */
};

/* What MACHINE has in the field NAME ("MachineClass.max_cpus"). */
struct field_value field_value_of(const struct side *side,
                                  const struct machine *machine,
                                  const char *name);
/* Whether no guest can tell what NAME is. */
bool field_is_harmless(const char *name);
/* The field that was called NAME before it went to another class: one of the
 * same name that MACHINE has in SIDE; NULL: none. */
const char *field_moved_from(const struct side *side,
                             const struct machine *machine,
                             const char *name);
struct field_change *field_add_change(struct engine *engine,
                                      enum field_change_kind kind,
                                      const char *name,
                                      const struct field_value *old,
                                      const struct field_value *new);
void field_change_free(struct field_change *change);

/* Whether NAME is a variable and no field. */
static inline bool field_is_global(const char *name)
{
    return !strchr(name, '.');
}

/* fields-new.c: fields that the release does not have. */
void fields_find_new(struct engine *engine);

#endif
