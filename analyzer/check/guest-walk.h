/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The code of one device in one revision, and what it does. */
#ifndef QCOMPAT_CHECK_GUEST_WALK_H
#define QCOMPAT_CHECK_GUEST_WALK_H

#include "check/bodies.h"
#include "check/valuation.h"

struct guest_code {
    const struct code *code;
    const struct side *side;
    const struct qom_type *type;
    const struct machine *machine;
    GPtrArray *entries;          /* struct code_function * */
    GHashTable *get_features;    /* those that offer virtio features */
};

enum { MAX_SEEDS = 6 };

/* How many values of a switch, from 0 on, are worth a try. */
static inline uint64_t guest_tries(const struct property *property)
{
    return property->kind->syntax == SYNTAX_BOOL ? 2 : 4;
}

/* CODE may be NULL where no bodies were read; clear with
 * guest_code_clear(). */
struct guest_code guest_code_of(const struct code *code,
                                const struct side *side,
                                const struct qom_type *type);
void guest_code_clear(struct guest_code *v);

/*
 * Adds the functions of BODIES that make, plug and reset the device, and
 * those that its functions end up calling from files that were not parsed.
 * HEAD is the device in HEAD: what calls them there is the same everywhere.
 */
void guest_add_code(struct guest_code *v, const struct check_bodies *bodies,
                    const struct guest_code *head);
/* Whether a walk over that code could find anything. */
bool guest_shows(const struct guest_code *v);
/* Whether it could find a property that is set on some object. */
bool guest_sets(const struct guest_code *v);
/* What the class gives config space; how many of SEEDS were filled in. */
unsigned guest_seeds(const struct guest_code *v, struct effects_seed *seeds);
/* OLD is the released code, NULL where V is that; of MORE asked, gates,
 * current, option, override and value count. */
struct effects *guest_walk(const struct guest_code *v,
                           const struct guest_code *old,
                           const struct valuation *more);

#endif
