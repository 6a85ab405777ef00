/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef QCOMPAT_REPORT_EXCERPT_H
#define QCOMPAT_REPORT_EXCERPT_H

#include "report/report.h"

/* Line LINE (from 1) of PATH without its end; NULL where the source cannot be
 * had or has no such line.  Free it. */
char *excerpt_line(const struct report *report, const char *path, int line);

/*
 * Appends the line that LOC names and a caret below its column, as compilers
 * do.  Nothing where the source cannot be had or has no such line; a window
 * around the column where the line is very long.
 */
void excerpt_append(GString *out, const struct report *report,
                    const struct style *style, const struct location *loc);

#endif
