/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Verdicts of ranges that need no look at the facts: what was judged before,
 * and what changes nothing that is evaluated or that a guest sees.
 */
#ifndef QCOMPAT_RECALL_H
#define QCOMPAT_RECALL_H

#include "check/check.h"
#include "judgement.h"
#include "snapshot/verdict.h"

/* NULL where the verdict is not known; it has everything that a report
 * needs. */
struct kept_verdict *recall_verdict(struct session *session,
                                    const struct judgement *judgement);

/* Keeps RESULT, whose findings have their fixes.  The judgement is loaded. */
void recall_keep(struct session *session, const struct judgement *judgement,
                 const struct check_result *result);

/* The scope of the judgement's bodies, for ranges to come: see bodies.h. */
struct bodies_scope;
void recall_keep_scope(struct session *session,
                       const struct judgement *judgement,
                       const struct bodies_scope *scope);

#endif
