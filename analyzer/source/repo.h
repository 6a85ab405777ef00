/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the files of this layer share about a repository; nobody else includes
 * it.
 */
#ifndef QCOMPAT_SOURCE_REPO_H
#define QCOMPAT_SOURCE_REPO_H

#include "base/error.h"
#include "source/git-auto.h"
#include "source/source.h"

struct repository {
    git_repository *git;
    git_odb *odb;
    char *name;              /* as the user would call it, for messages */
    GHashTable *shallow;     /* git_oid: commits whose parents were not
                                fetched */
    GHashTable *virtual;     /* git_oid: commits that are in memory only */
    bool in_memory;          /* new objects are not written to disk */
    GHashTable *commits;     /* git_oid → struct commit (graph.h) */
};

guint oid_hash(gconstpointer oid);
gboolean oid_equal(gconstpointer a, gconstpointer b);
char *oid_text(const git_oid *oid);

/* libgit2 keeps the text of its last error per thread: take it at once. */
const char *git_reason(void);

bool repository_is_shallow(const struct repository *repo);

/* Name of the remote that a `git fetch` would ask; free it. */
char *repository_remote(const struct repository *repo);

/* The object that REV names.  Unknown: QC_ERROR_GIT; beyond the end of a
 * shallow clone: QC_ERROR_MISSING with the command that brings it. */
git_object *repository_resolve(struct repository *repo, const char *rev,
                               GError **error);
bool repository_resolve_commit(struct repository *repo, const char *rev,
                               git_oid *ret, GError **error);

#endif
