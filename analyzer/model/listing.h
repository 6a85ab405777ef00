/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef QCOMPAT_MODEL_LISTING_H
#define QCOMPAT_MODEL_LISTING_H

#include "model/facts.h"

/*
 * The names of the properties that device-list-properties would give for TYPE
 * on one of TARGETS (0 = any): sorted, each once, const char * that are
 * interned.
 */
GPtrArray *listing_new(const struct facts *facts, const struct qom_type *type,
                       target_set targets);

/* Whether device-list-properties leaves out a property of this name. */
bool listing_hides(const char *name);

#endif
