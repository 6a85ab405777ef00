/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Which types a release cannot have had, by the text of its sources: for an
 * audit, which has one tree and yet wants to know what is newer than an array.
 */
#ifndef QCOMPAT_BIRTHS_H
#define QCOMPAT_BIRTHS_H

#include "check/check.h"

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
 * Whether the release X.Y had a type TYPE: it spells the name out.  It had not
 * where HEAD spells it out and the release does not.  A release without a tag
 * is stood in for by the next newer one that has one.  OPAQUE is a struct
 * births.
 */
enum check_past births_past(void *opaque, const char *type,
                            const struct version *version);

#endif
