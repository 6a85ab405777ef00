/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Verdicts on single commits, as they come.  JSON has one object a line: one
 * for each commit, and one at the end.
 */
#ifndef QCOMPAT_REPORT_SWEEP_H
#define QCOMPAT_REPORT_SWEEP_H

#include "report/report.h"

struct sweep_entry {
    const char *commit, *parent; /* full ids */
    const char *subject;
    const char *released;        /* commit id, or NULL */
    struct report report;        /* of the commit's own findings */
    const GPtrArray *repaired;   /* struct finding * that the parent has;
                                    introduced_by where that is known */
};

/* One commit that introduced something, over the whole range. */
struct sweep_origin {
    const struct finding *finding;   /* introduced_by is set */
    const char *removed_by;      /* commit that repaired it, or NULL */
};

struct sweep_total {
    const char *tool_version;
    unsigned commits;
    struct report_counts counts;
    unsigned suppressed, repaired;
    const GArray *origins;       /* struct sweep_origin, in the order of their
                                    commits */
};

typedef void (*sweep_fn)(const struct sweep_entry *entry,
                         const struct style *style, GString *out);
typedef void (*sweep_end_fn)(const struct sweep_total *total, GString *out);

struct sweep_format {
    const char *name;
    sweep_fn write;
    sweep_end_fn end;            /* NULL: nothing is said at the end */
};

/* Ends with a row without a name. */
extern const struct sweep_format sweep_formats[];

#endif
