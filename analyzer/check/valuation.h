/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What properties and classes give the fields of one device on one machine
 * type: the answers that a walk over its code asks for. */
#ifndef QCOMPAT_CHECK_VALUATION_H
#define QCOMPAT_CHECK_VALUATION_H

#include "check/side.h"
#include "effects/effects.h"

struct valuation {
    const struct facts *facts;
    const struct machine *machine;   /* NULL: defaults */
    const struct qom_type *type;
    /* What a property is worth that the released device had: the comparison
     * of values is not the business of who looks at code.  NULL: none. */
    const struct facts *old_facts;
    const struct machine *old_machine;
    const struct qom_type *old_type;
    bool current;                /* values count as they are, after all: the
                                    old side only tells what is new */
    GHashTable *asked;           /* interned "record\nfield" that a property
                                    or class decides; may be NULL */
    GHashTable *gates;           /* struct property * that are new and were
                                    asked for; may be NULL */
    /* A flag that somebody turns on, new or not; NULL: none. */
    const struct property *option;
    /* One property may be given another value; NULL: none. */
    const struct property *override;
    struct bits value;
};

/* An effects_field_fn; OPAQUE is a struct valuation. */
bool valuation_field(void *opaque, const char *record, const char *field,
                     struct bits *ret);

/* The number that a value of a property is in its field. */
bool valuation_number(const struct property *property,
                      const struct value *value, uint64_t *ret);

#endif
