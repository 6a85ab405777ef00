/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What one commit did, as the cache keeps it: its findings with all that a
 * report says about them, and what it repaired.
 */
#ifndef QCOMPAT_SNAPSHOT_VERDICT_H
#define QCOMPAT_SNAPSHOT_VERDICT_H

#include "model/finding.h"

/* What was looked at. */
struct kept_counts {
    unsigned files, types, properties, machines;
};

struct kept_verdict {
    GPtrArray *findings;         /* struct finding *, in report order */
    GPtrArray *repaired;         /* struct finding *: the base has them, HEAD
                                    does not */
    GPtrArray *gaps;             /* struct gap *; copies */
    struct kept_counts counts;
    struct facts *machines;      /* HEAD's machine types without anything
                                    else, where there are findings */
};

struct kept_verdict *kept_verdict_new(void);
void kept_verdict_free(struct kept_verdict *verdict);
typedef struct kept_verdict KeptVerdict;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(KeptVerdict, kept_verdict_free)

/* MACHINES: HEAD's facts, all of them are HEAD's. */
void kept_verdict_append(const struct kept_verdict *verdict,
                         const struct facts *machines, GString *out);
/* NULL where TEXT is none. */
struct kept_verdict *kept_verdict_from_text(const char *text, size_t length);

#endif
