/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a unit depends on, finer than whole files.
 *
 * A header is cut into chunks: macro definitions and top-level declarations,
 * each with the names it may define and the names it uses.  A unit depends on
 * the chunks that define a name which it uses and its includes can see, on
 * what those use in turn, and so on; a change elsewhere in a header leaves it
 * alone.  Everything errs towards depending on more: a file that cannot be
 * cut is one chunk, a macro invocation that may paste names concerns every
 * unit that includes it, and conditions count as used by what they guard.
 */
#ifndef QCOMPAT_EXTRACT_SLICE_H
#define QCOMPAT_EXTRACT_SLICE_H

#include "extract/tree.h"

/* Chunks by content; one a run. */
struct slicer;

struct slicer *slicer_new(void);
void slicer_free(struct slicer *slicer);

/* How the chunks of one tree depend on each other. */
struct slices;

/* FILES: struct tree_file *, every file of any closure of the tree.  LIKE, of
 * the same slicer, or NULL: those of a tree that is like it, which makes it
 * faster. */
struct slices *slices_new(struct slicer *slicer, const GPtrArray *files,
                          const struct slices *like);
void slices_free(struct slices *slices);

/* Adds what the unit CLOSURE (its own file first) depends on to SUM.  It may
 * be of another tree whose headers are the same. */
void slices_add(struct slices *slices, const GPtrArray *closure,
                GChecksum *sum);

#endif
