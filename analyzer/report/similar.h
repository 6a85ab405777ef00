/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef QCOMPAT_REPORT_SIMILAR_H
#define QCOMPAT_REPORT_SIMILAR_H

#include <glib.h>

/*
 * "did you mean 'a', 'b' or 'c'?" on a line of its own, led by a newline:
 * what is most like WORD among the const char * of NAMES.  "" where nothing
 * is; free it.
 */
char *similar_hint(const char *word, const GPtrArray *names);

#endif
