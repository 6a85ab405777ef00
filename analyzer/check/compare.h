/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Values of one property in two revisions, whose kinds may differ.
 */
#ifndef QCOMPAT_CHECK_COMPARE_H
#define QCOMPAT_CHECK_COMPARE_H

#include "model/facts.h"

enum same { SAME_NO, SAME_YES, SAME_UNKNOWN };

/* SAME_UNKNOWN: they look different, but one of them could not be evaluated
 * or is not reported. */
enum same values_same(const struct property *old, const struct value *a,
                      const struct property *new, const struct value *b);

/* What memory that nobody wrote holds: 0, off, the first name of an enum, no
 * text, no default at all. */
bool value_is_zero(const struct property_kind *kind, const struct value *v);

/* -1, and the greatest number of the kind: what stands for "not given". */
bool value_is_all_ones(const struct property_kind *kind,
                       const struct value *v);

#endif
