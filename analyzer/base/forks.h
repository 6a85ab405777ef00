/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Work on what is in memory, shared among processes.  (Not for what has to be
 * kept from the disk: extract/pool.h.)
 */
#ifndef QCOMPAT_FORKS_H
#define QCOMPAT_FORKS_H

#include <glib.h>
#include <stdbool.h>

struct forks;

/* Hands in a result of item I, in a child. */
void forks_put(struct forks *forks, guint i, const void *data, gsize length);

/* Runs in a child: items FROM … TO - 1, each of which must be put. */
typedef void (*forks_work_fn)(void *opaque, guint from, guint to,
                              struct forks *forks);
/* Runs in the caller, in no order. */
typedef void (*forks_done_fn)(void *opaque, guint i, GBytes *result);

struct fork_group;

/*
 * N items in as many runs of neighbours as there are PROCESSES (0 = one per
 * processor), each in a child that is at work when this returns.
 */
struct fork_group *forks_start(guint n, unsigned processes,
                               forks_work_fn work, void *opaque);
/* Hands all results to DONE and frees GROUP.  False where a child did not do
 * all of its items; no child is left behind. */
bool forks_finish(struct fork_group *group, forks_done_fn done, void *opaque,
                  GError **error);
/* Ends the children of GROUP (may be NULL), whose results nobody wants any
 * more, and frees it. */
void forks_abandon(struct fork_group *group);

#endif
