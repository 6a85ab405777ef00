/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The files of one revision, read without a checkout.
 *
 * One interface, two backends: a git tree (any repository libgit2 opens, bare
 * or not) and a plain directory.  Paths are relative, '/'-separated, never
 * absolute and never contain "..".  Symbolic links and submodules are not
 * followed: they are not part of the set.
 */
#ifndef QCOMPAT_SOURCE_SOURCE_H
#define QCOMPAT_SOURCE_SOURCE_H

#include "model/facts.h"

struct repository;
struct source;

struct source_file {
    const char *path;    /* interned */
    const char *blob;    /* hex object id of the content, interned; for plain
                            directories the id that git would give it */
    uint64_t size;       /* bytes; 0 where the backend does not know yet */
};

/* DIR NULL: the current directory; honours GIT_DIR like git does. */
struct repository *repository_open(const char *dir, GError **error);
void repository_free(struct repository *repo);
typedef struct repository Repository;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Repository, repository_free)

/* The directory of the work tree, NULL where there is none. */
const char *repository_workdir(const struct repository *repo);

/* Where git looks for hooks: core.hooksPath, or the usual place; free it. */
char *repository_hooks_dir(const struct repository *repo);

/* REV is any gitrevision(7) string that names a commit or tree.  The
 * repository must outlive the source. */
struct source *source_open_git(struct repository *repo, const char *rev,
                               GError **error);
/* The same, but the files are listed when they are first asked for: often
 * they never are.  source_list() says whether they can be; without it a set
 * that cannot be listed looks empty. */
struct source *source_open_later(struct repository *repo, const char *rev,
                                 GError **error);
bool source_list(struct source *source, GError **error);
struct source *source_open_dir(const char *dir, GError **error);
void source_free(struct source *source);
typedef struct source Source;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Source, source_free)

/* Content of PATH in REV alone; NULL where either does not exist. */
char *source_read_path(struct repository *repo, const char *rev,
                       const char *path);

/* rev, commit, tree, version of the set (version: VERSION, stripped). */
const struct revision *source_revision(const struct source *source);

/* Files sorted by path (strcmp). */
guint source_n_files(const struct source *source);
const struct source_file *source_file(const struct source *source, guint i);
/* NULL where the set has no such file. */
const struct source_file *source_find(const struct source *source,
                                      const char *path);

/* Content of FILE; a new reference.  Fails with QC_ERROR_MISSING where the
 * object is not in a partial clone, QC_ERROR_GIT where it is damaged. */
GBytes *source_read(struct source *source, const struct source_file *file,
                    GError **error);

#endif
