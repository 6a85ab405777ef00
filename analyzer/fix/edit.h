/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Edits of files that are still what they were, and what comes of them.
 */
#ifndef QCOMPAT_FIX_EDIT_H
#define QCOMPAT_FIX_EDIT_H

#include "fix/fix.h"
#include "fix/scan.h"

struct edited_file {
    const char *path;        /* interned */
    GBytes *bytes;
    struct text text;
    GArray *edits;           /* struct edit */
};

struct patch {
    const struct fix_tree *tree;
    GPtrArray *files;        /* struct edited_file *; also those that were
                                only looked at */
};

struct patch *patch_new(const struct fix_tree *tree);
void patch_free(struct patch *patch);
typedef struct patch Patch;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Patch, patch_free)

/* NULL where the tree has no such file. */
struct edited_file *patch_file(struct patch *patch, const char *path);

/* Puts INSERT in the place of LENGTH bytes at AT.  Edits at one place stand
 * in the order in which they came; false, and nothing is done, where one
 * would overlap an earlier one. */
bool edit_add(struct edited_file *file, gssize at, gssize length,
              const char *insert);
bool edit_is_free(const struct edited_file *file, gssize at, gssize length);

/* Files that have edits, by path; struct fixed_file *. */
GPtrArray *patch_result(const struct patch *patch);
/* As a unified diff; free it. */
char *patch_diff(const struct patch *patch);

#endif
