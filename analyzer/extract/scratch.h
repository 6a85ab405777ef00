/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A private directory for precompiled headers, below the directory for
 * temporary files.
 *
 * It is locked for as long as its process lives.  A process that is killed
 * leaves it behind without the lock; the next one that makes such a directory
 * finds it and removes it.
 */
#ifndef QCOMPAT_EXTRACT_SCRATCH_H
#define QCOMPAT_EXTRACT_SCRATCH_H

#include <glib.h>

struct scratch;

/* NULL where none can be made. */
struct scratch *scratch_new(void);
/* Absolute. */
const char *scratch_path(const struct scratch *scratch);
/* Removes the directory and all files in it; a child of the process that made
 * it only lets go of it. */
void scratch_free(struct scratch *scratch);

#endif
