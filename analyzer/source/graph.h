/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The commit graph as far as it has been looked at.
 *
 * libgit2 1.5 knows nothing of the end of a shallow clone and fails there;
 * here a walk ends, and says that it was cut short: "not an ancestor" and
 * "cannot tell" are two answers.
 */
#ifndef QCOMPAT_SOURCE_GRAPH_H
#define QCOMPAT_SOURCE_GRAPH_H

#include "source/repo.h"

struct commit {
    git_oid id;
    git_oid tree;
    gint64 date;
    guint n_parents;
    struct commit **parents;     /* nodes that may not be loaded yet */
    enum { COMMIT_NEW, COMMIT_LOADED, COMMIT_MISSING } state;
    bool cut;                    /* it has parents that are not here */
    bool queued;
    unsigned paint;
    bool version_known;
    git_oid version;             /* blob of VERSION, zero = none */
};

void commit_free(gpointer commit);

/* NULL where the repository does not have it. */
struct commit *graph_commit(struct repository *repo, const git_oid *id);
/* Parent N, NULL where there is none or it is not here. */
struct commit *graph_parent(struct repository *repo, struct commit *commit,
                            guint n);

/* Whether A is B or an ancestor of it.  *ret_cut (may be NULL) is set where
 * the answer is no because history ends early. */
bool graph_is_ancestor(struct repository *repo, struct commit *a,
                       struct commit *b, bool *ret_cut);
/* The best common ancestor, NULL where there is none. */
struct commit *graph_merge_base(struct repository *repo, struct commit *a,
                                struct commit *b, bool *ret_cut);
/* Commits that HEAD has and BASE lacks, as the walk met them; struct
 * commit *. */
GPtrArray *graph_between(struct repository *repo, struct commit *base,
                         struct commit *head);

#endif
