/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Which types a release cannot have had, by the text of its sources: for an
 * audit, which has one tree and yet wants to know what is newer than an array.
 */
#ifndef QCOMPAT_BIRTHS_H
#define QCOMPAT_BIRTHS_H

#include "model/facts.h"

struct births;
struct repository;
struct source;

/* All are borrowed and must outlive the result.  HEAD is the source of
 * FACTS. */
struct births *births_new(struct repository *repo, struct source *head,
                          const struct facts *facts);
void births_free(struct births *births);
typedef struct births Births;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Births, births_free)

/*
 * Whether the release X.Y certainly had no type TYPE: HEAD spells the name out
 * and the release, or where it has no tag the next newer one that has, does
 * not.  False where that cannot be told.  OPAQUE is a struct births.
 */
bool births_lacks(void *opaque, const char *type,
                  const struct version *version);

#endif
