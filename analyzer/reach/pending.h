/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Compat arrays that wait for their machine types.  Before v4.0 an array is a
 * macro, and that of a release is written before there is a machine type to
 * apply it: until then no code expands it, and only its text tells what
 * released machine types are going to get.
 */
#ifndef QCOMPAT_REACH_PENDING_H
#define QCOMPAT_REACH_PENDING_H

#include "model/facts.h"
#include "reach/mentions.h"

struct pending;

struct pending *pending_new(void);
void pending_free(struct pending *pending);

/* Looks for such macros (PC_COMPAT_3_0) in the text of the file PATH, which
 * is interned, and for those who use them. */
void pending_scan(struct pending *pending, const char *path, const char *text,
                  gsize length);
/* Adds those that nobody uses to FACTS, as arrays that no machine applies. */
void pending_emit(const struct pending *pending,
                  const struct mentions *mentions, struct facts *facts);
/* Adds to SUM all of TEXT that the calls above can depend on. */
void pending_sum(const char *text, gsize length, GChecksum *sum);

#endif
