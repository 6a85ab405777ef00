/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Units of a source whose manifest is known, described without its tree. */
#ifndef QCOMPAT_EXTRACT_NEAR_H
#define QCOMPAT_EXTRACT_NEAR_H

#include "extract/parse.h"
#include "extract/manifest.h"

/* What the descriptions of one source point to. */
struct near;

/* All are borrowed.  CHANGED (or NULL): the places (relative paths, by
 * g_str_hash()) where SOURCE says something else than MANIFEST. */
struct near *near_new(struct tree_store *store, struct source *source,
                      const struct manifest *manifest, GHashTable *changed,
                      struct cache *cache);
void near_free(struct near *near);

/*
 * The unit at PATH (relative) with what SOURCE says there, which may be
 * something else than the manifest knows.  False where that is not known to be
 * enough: it includes other files, or one of them has gone.  The caller sets
 * RET->functions and frees RET->closure.
 */
bool near_unit(struct near *near, const char *path,
                   struct parse_unit *ret);

/* What stands at PATH (relative); NULL where it cannot be read. */
struct tree_file *near_file(struct near *near, const char *path);
/* What stands at the place of the manifest's file I; NULL where it cannot be
 * read. */
struct tree_file *near_file_at(struct near *near, guint32 i);

#endif
