/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * From findings to reports and an exit status: what `check` and `audit` have
 * in common.
 */
#ifndef QCOMPAT_VERDICT_H
#define QCOMPAT_VERDICT_H

#include "command.h"
#include "report/report.h"

/* The reports that are asked for (see outputs_resolve()); also fails where -W
 * names no rule. */
GArray *verdict_outputs(const struct options *options, GError **error);

/* Applies LEVELS (struct level_request *), the last match wins; returns what
 * is left. */
GPtrArray *verdict_apply_levels(const GPtrArray *levels, GPtrArray *findings);

bool verdict_write(const struct options *options, const GArray *outputs,
                   const struct report *judged, GError **error);

enum status verdict_status(const struct options *options,
                           const struct report *report);

/* A report_read_fn; OPAQUE is a struct source *. */
GBytes *verdict_read(void *opaque, const char *path);

#endif
