/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A line on a terminal that says how far something is: only when it lasts,
 * and never anywhere else.
 */
#ifndef QCOMPAT_PROGRESS_H
#define QCOMPAT_PROGRESS_H

#include "options.h"

struct progress;

/* WHAT: "commits"; borrowed. */
struct progress *progress_new(const struct options *options, const char *what);
/* Takes the line away. */
void progress_free(struct progress *progress);
typedef struct progress Progress;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Progress, progress_free)

void progress_set(struct progress *progress, guint done, guint total);
/* Takes the line away until the next progress_set(): something is about to be
 * printed. */
void progress_hide(struct progress *progress);

#endif
