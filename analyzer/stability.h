/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Whether upstream keeps a type stable, and why, for `show`.
 */
#ifndef QCOMPAT_STABILITY_H
#define QCOMPAT_STABILITY_H

#include "model/facts.h"
#include "source/source.h"

struct stability_report {
    bool stable;
    const char *verdict;     /* one clause */
    GPtrArray *reasons;      /* char *: a line for each board; may be empty */
};

/* SOURCE is where FACTS come from, NULL where that is not at hand. */
void stability_describe(const struct facts *facts, struct source *source,
                        const struct qom_type *type,
                        struct stability_report *ret);
void stability_clear(struct stability_report *report);
typedef struct stability_report StabilityReport;
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(StabilityReport, stability_clear)

#endif
