/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The set of files behind both backends; nobody outside this layer includes
 * it.
 */
#ifndef QCOMPAT_SOURCE_SET_H
#define QCOMPAT_SOURCE_SET_H

#include "base/error.h"
#include "source/source.h"

struct source {
    struct revision revision;
    GArray *files;               /* struct source_file, by path */
    GHashTable *names;           /* interned path → index + 1, 0 for
                                    directories */
    struct repository *repo;     /* git backend, borrowed */
    bool listed;                 /* files and names are filled in */
    GHashTable *found;           /* interned path → struct source_file *,
                                    asked for before that */
    GHashTable *contents;        /* directory backend: interned path →
                                    GBytes */
};

/* Deeper or larger sets are refused: a few objects of a git tree can spell
 * out billions of paths. */
#define SET_MAX_DEPTH 64
#define SET_MAX_ENTRIES 200000

/* A file larger than that is no source. */
#define SET_MAX_FILE_SIZE (64u << 20)

/* GLib's containers know no const; interned strings are never written. */
static inline gpointer interned_key(const char *interned)
{
    return (gpointer)(uintptr_t)interned;
}

struct source *set_new(void);

/* The git backend's file PATH, whether there is a list or not. */
struct source_file *set_look_up(const struct source *source,
                                const char *path);

/* Whether NAME may be one component of a path: what git would not check out,
 * or a terminal would not show, is refused. */
bool set_name_is_safe(const char *name, size_t length);

/* Claims PATH + NAME for one file or directory; returns it interned, or NULL
 * and an error that calls the set SUBJECT where it is unsafe or taken. */
const char *set_claim(struct source *source, const char *subject,
                      const GString *dir, const char *name, GError **error);
void set_add_file(struct source *source, const char *path, const char *blob,
                  uint64_t size);

/* Sorts the files and fills in the index: the set is listed. */
void set_finish(struct source *source);
/* Reads VERSION from FILE (NULL: there is none). */
bool set_read_version(struct source *source, const struct source_file *file,
                      GError **error);

#endif
