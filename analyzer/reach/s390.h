/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The CPU models of s390x, which no table of a unit describes as a whole. */
#ifndef QCOMPAT_REACH_S390_H
#define QCOMPAT_REACH_S390_H

#include "model/facts.h"
#include "reach/tree.h"

/* Adds the models to FACTS, which are not sealed.  A tree without their
 * sources, or before v4.1, changes nothing; sources that are not understood
 * become a gap. */
void s390_add_models(struct facts *facts, const struct reach_tree *tree);

/* Whether PATH is one of those sources. */
bool s390_is_source(const char *path);
/* What s390_add_models() reads of such a source that says TEXT. */
void s390_sum(const char *path, const char *text, GChecksum *sum);

#endif
