/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The verdict in every format.  A format is a pure function from a report to
 * text: it decides nothing and prints nothing.
 */
#ifndef QCOMPAT_REPORT_REPORT_H
#define QCOMPAT_REPORT_REPORT_H

#include "model/finding.h"
#include "report/style.h"

/* Content of PATH in HEAD, a new reference; NULL where it cannot be had. */
typedef GBytes *(*report_read_fn)(void *opaque, const char *path);

/* What the formats say of a rule that may have found nothing. */
struct report_rule {
    const char *id;
    const char *title;
    const char *rationale;
    const char *help;                /* Markdown */
    enum severity severity;
};

struct report {
    const char *tool_version;
    const char *base_name;           /* as the user said it */
    const char *head_name;
    const struct facts *base;        /* NULL: HEAD alone was looked at */
    const struct facts *head;
    const struct facts *released;    /* NULL: judged against base */
    const char *released_name;       /* "v7.2.0", or NULL */
    struct version released_version;
    GPtrArray *findings;             /* struct finding *, in report order */
    GPtrArray *gaps;                 /* struct gap * of HEAD */
    GPtrArray *accepted;             /* struct finding * that somebody has
                                        accepted; NULL = none */
    unsigned suppressed;
    const struct report_rule *rules; /* all of them, by id */
    guint n_rules;
    int fail_on;                     /* least severity that fails */
    report_read_fn read;             /* NULL: no excerpts */
    void *opaque;
};

/* Findings by severity. */
struct report_counts {
    unsigned errors, warnings, notes;
    unsigned gaps_touching;
};
struct report_counts report_count(const struct report *report);

typedef void (*report_fn)(const struct report *report,
                          const struct style *style, GString *out);

struct report_format {
    const char *name;
    report_fn write;
};

/* Ends with a row without a name. */
extern const struct report_format report_formats[];

void report_text(const struct report *report, const struct style *style,
                 GString *out);
void report_terse(const struct report *report, const struct style *style,
                  GString *out);
void report_checkpatch(const struct report *report,
                       const struct style *style, GString *out);
void report_json(const struct report *report, const struct style *style,
                 GString *out);
void report_sarif(const struct report *report, const struct style *style,
                  GString *out);
void report_junit(const struct report *report, const struct style *style,
                  GString *out);
void report_gitlab(const struct report *report, const struct style *style,
                   GString *out);
void report_github(const struct report *report, const struct style *style,
                   GString *out);
void report_markdown(const struct report *report, const struct style *style,
                     GString *out);

#endif
