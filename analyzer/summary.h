/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The last lines on stderr: what was looked at, what could not be, and the
 * verdict.  Silence has to be explained: a linter that quietly read nothing
 * looks like a clean tree.
 */
#ifndef QCOMPAT_SUMMARY_H
#define QCOMPAT_SUMMARY_H

#include "check/check.h"
#include "command.h"
#include "report/report.h"
#include "session.h"

struct summary {
    const struct options *options;
    const struct session *session;
    const struct report *report;
    const struct check_result *result;
    const char *released_hint;   /* how to get at the release, or NULL */
    double seconds;
};

void summary_of_check(const struct summary *summary, enum status status);
void summary_of_facts(const struct options *options,
                      const struct session *session, const struct side *side);
void summary_of_audit(const struct options *options,
                      const struct session *session, const struct side *side,
                      const struct check_result *result,
                      const struct report *report);
/* How reading went, for what has a summary of its own or none. */
void summary_of_load(const struct options *options,
                     const struct session *session);

#endif
