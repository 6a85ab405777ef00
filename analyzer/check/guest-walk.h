/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The code of one device in one revision, and what it does. */
#ifndef QCOMPAT_CHECK_GUEST_WALK_H
#define QCOMPAT_CHECK_GUEST_WALK_H

#include "check/valuation.h"

struct guest_code {
    const struct code *code;
    const struct side *side;
    const struct qom_type *type;
    const struct machine *machine;
    GPtrArray *entries;          /* struct code_function * */
};

enum { MAX_SEEDS = 6 };

/* The functions that make, plug and reset the device, where they were
 * parsed. */
void guest_add_hooks(struct guest_code *v);
/* The function NAME, where it was parsed. */
void guest_add_entry(struct guest_code *v, const char *name,
                     const char *file);
/* Whether one of the device's functions is one of CALLERS (callers_find()),
 * wherever it is. */
bool guest_calls_indirectly(const struct guest_code *v, GHashTable *callers);
/* What the class gives config space; how many of SEEDS were filled in. */
unsigned guest_seeds(const struct guest_code *v, struct effects_seed *seeds);
/* OLD is the released code, NULL where V is that; of MORE asked, gates,
 * override and value count. */
struct effects *guest_walk(const struct guest_code *v,
                           const struct guest_code *old,
                           const struct valuation *more);

#endif
