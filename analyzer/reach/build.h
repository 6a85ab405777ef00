/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Which files are built when: what meson.build files (v5.2 and later) or
 * Makefile.objs files say, read without running them.
 *
 * A source set of meson, or a directory of the Makefiles, is a set: its files
 * are built where the set is in use and their own condition holds.
 */
#ifndef QCOMPAT_REACH_BUILD_H
#define QCOMPAT_REACH_BUILD_H

#include "reach/cond.h"
#include "reach/tree.h"

struct build {
    struct conds *conds;     /* shared with Kconfig */
    GHashTable *files;       /* interned path → GArray of struct member */
    GPtrArray *sets;         /* GArray of struct member: where the set is a
                                part; empty: always in use */
};

/* Part of SET where WHEN holds. */
struct member {
    guint set;
    cond when;
};

/* The set that is always in use. */
#define BUILD_ROOT 0u

struct build *build_new(struct conds *conds);
void build_free(struct build *build);

guint build_add_set(struct build *build);
void build_add_part(struct build *build, guint set, struct member member);
/* DIR/NAME is built; ".." in NAME is followed. */
void build_add_file(struct build *build, const char *dir, const char *name,
                    struct member member);

/* The path DIR/NAME, or NULL where it leaves the tree. */
char *build_path(const char *dir, const char *name);

/* The sets in use: one byte for each; to be freed. */
guint8 *build_sets_in_use(const struct build *build,
                          const struct values *values);
/* Whether PATH is built; files that no build file mentions are. */
bool build_has(const struct build *build, const char *path,
               const struct values *values, const guint8 *sets);

/* meson.c: from the top directory's meson.build on. */
void build_read_meson(struct build *build, const struct reach_tree *tree);
/* makefile.c: every Makefile.objs of the tree. */
void build_read_makefiles(struct build *build,
                          const struct reach_tree *tree);
/* The symbols that default-configs/NAME.mak sets; adds to SYMBOLS (guint). */
void build_read_mak(struct build *build, const struct reach_tree *tree,
                    const char *name, GArray *symbols);

#endif
