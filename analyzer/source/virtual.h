/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Commits that nobody has made yet: the index, the work tree, patches, a
 * change on another base.  They live in memory; nothing is ever written to
 * the repository.  Their ids serve wherever a commit is asked for.
 */
#ifndef QCOMPAT_SOURCE_VIRTUAL_H
#define QCOMPAT_SOURCE_VIRTUAL_H

#include "source/source.h"

/* What would be committed now.  *ret_base (HEAD) and *ret_head are full ids,
 * to free, here and below. */
bool virtual_index(struct repository *repo, char **ret_base, char **ret_head,
                   GError **error);
/* What would be committed with all changes of tracked files. */
bool virtual_worktree(struct repository *repo, char **ret_base,
                      char **ret_head, GError **error);

/* One change by mail. */
struct virtual_patch {
    const char *name;        /* how messages call it */
    const char *message;     /* of the commit */
    const char *diff;        /* in git's form */
    gsize length;
};

/* Applies N PATCHES to BASE in their order.  Where one does not apply, the
 * error names it, the file and the hunk. */
bool virtual_patches(struct repository *repo, const char *base,
                     const struct virtual_patch *patches, guint n,
                     char **ret_base, char **ret_head, GError **error);

/* What BASE..HEAD, called NAME in messages, changes, on top of ONTO; fails
 * where the two get into each other's way. */
bool virtual_onto(struct repository *repo, const char *base, const char *head,
                  const char *name, const char *onto, char **ret_base, char **ret_head,
                  GError **error);

#endif
