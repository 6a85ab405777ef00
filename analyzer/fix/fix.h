/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * From the repairs of findings to changed sources: entries in the style of
 * their neighbours, arrays that are not there yet with their declaration and
 * the calls that apply them.  Pure: files come through callbacks and nothing
 * is written.
 */
#ifndef QCOMPAT_FIX_FIX_H
#define QCOMPAT_FIX_FIX_H

#include "model/finding.h"

/* The files of HEAD. */
struct fix_tree {
    /* Content of PATH, a new reference; NULL where there is none. */
    GBytes *(*read)(void *opaque, const char *path);
    /* Path number I, NULL past the last one. */
    const char *(*list)(void *opaque, guint i);
    void *opaque;
};

/* HEAD and TREE must outlive it. */
struct fix *fix_new(const struct facts *head, const struct fix_tree *tree);
void fix_free(struct fix *fix);
typedef struct fix Fix;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Fix, fix_free)

/*
 * Takes up all repairs of FINDING.  Returns what they are alone, as a unified
 * diff to free; NULL, and nothing is taken, where FINDING has none or one of
 * them cannot be carried out on these sources.
 */
char *fix_add(struct fix *fix, const struct finding *finding);

/* A file as it is and as it should be. */
struct fixed_file {
    const char *path;        /* interned */
    GBytes *old;
    GString *new;
};

/* What all repairs together change, by path; struct fixed_file *. */
GPtrArray *fix_files(const struct fix *fix);
/* The same as one unified diff; free it. */
char *fix_diff(const struct fix *fix);

#endif
