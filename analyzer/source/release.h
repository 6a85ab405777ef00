/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Releases as the history of the VERSION file and the tags tell them.
 */
#ifndef QCOMPAT_SOURCE_RELEASE_H
#define QCOMPAT_SOURCE_RELEASE_H

#include "source/graph.h"

/* One release.  COMMIT is NULL where history is too short to show it. */
struct release {
    struct version version;      /* micro -1 for X.Y.0 */
    struct commit *commit;
    char *tag;                   /* "v7.2.0": also what a fetch would bring;
                                    NULL where not even that is known */
    bool tagged;                 /* the tag exists and is that commit */
};
void release_clear(struct release *release);
typedef struct release Release;
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Release, release_clear)

/* VERSION of COMMIT, its first three numbers; false where there is none. */
bool release_version(struct repository *repo, struct commit *commit,
                     struct version *ret);

/* The newest release that COMMIT contains, itself included; false where
 * VERSION is missing or makes no sense there. */
bool release_at(struct repository *repo, struct commit *commit,
                struct release *ret);

/* The release that a change ending in COMMIT is judged against. */
bool release_before(struct repository *repo, struct commit *commit,
                    struct release *ret);

#endif
