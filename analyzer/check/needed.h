/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef QCOMPAT_CHECK_NEEDED_H
#define QCOMPAT_CHECK_NEEDED_H

#include "model/facts.h"

/* hw_compat_X_Y, which every versioned family applies. */
bool array_is_generic(const struct compat_array *array);
/* Whether all of MACHINES (const struct machine *) apply ARRAY. */
bool array_reaches(const struct compat_array *array,
                   const GPtrArray *machines);

/*
 * The array of HEAD that carries what machine types of VERSION and older
 * need, by name; it need not exist yet, then *ret_array is NULL.  MACHINES
 * (const struct machine *) are those that need it: where the generic array
 * does not reach them all, one of their own that does is chosen.
 */
const char *needed_array(const struct facts *head,
                         const struct version *version,
                         const GPtrArray *machines,
                         const struct compat_array **ret_array);

#endif
