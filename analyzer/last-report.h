/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The findings of the last report about a tree: `accept` looks a fingerprint
 * up there.  Kept in $XDG_CACHE_HOME/qcompat-last, as blocks of acceptances.
 */
#ifndef QCOMPAT_LAST_REPORT_H
#define QCOMPAT_LAST_REPORT_H

#include "model/finding.h"
#include "source/source.h"

/* Where the files of the project lie: the work tree of REPO, or the current
 * directory where REPO is NULL or bare; free it. */
char *last_report_root(const struct repository *repo);

/* Failing to keep it is no error: `accept` will say that it is not there. */
void last_report_keep(const char *root, const GPtrArray *findings);
/* struct acceptance *; empty where there was no report. */
GPtrArray *last_report_read(const char *root);

#endif
