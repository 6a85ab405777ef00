/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What extraction found of a tree, kept for trees that differ from it in the
 * text of a few units only: there nothing has to be read but those units and
 * what they include.
 *
 * A manifest is whole, or says of which other tree (its root) it is a copy but
 * for some files.
 */
#ifndef QCOMPAT_EXTRACT_MANIFEST_H
#define QCOMPAT_EXTRACT_MANIFEST_H

#include "cache/cache.h"
#include "extract/tree.h"
#include "ir/ir.h"

struct manifest;

/* A file that some parser of the tree may see. */
struct manifest_file {
    const char *path;            /* virtual, as in struct tree_file */
    const char *id;              /* of its content */
    bool generated;              /* not a file of the tree */
    bool shared;                 /* seen by other units, or an input */
    bool input;                  /* generated headers are made of it */
};

struct manifest_unit {
    const char *key;             /* of its IR in the cache; NULL: no unit, but
                                    a file that was replaced */
    const char *target;          /* the configuration it is parsed with */
    target_set targets;
    const guint32 *closure;      /* files, its own first */
    gsize n_closure;
    const guint8 *read;          /* by symbol: evaluation has read it */
    gsize n_read;
};

/* Where a line of the root's file is in the tree of the manifest. */
struct manifest_line {
    int from, to;
};

/* A file that says something else than the root's, or a unit that sees one. */
struct manifest_change {
    const char *path;            /* relative, interned as all here */
    const char *id;              /* of its content */
    const char *key;             /* of the unit; NULL: it is none */
    GArray *lines;               /* struct manifest_line; of lines that stand in
                                    facts */
};

void manifest_change_free(gpointer change);
struct manifest_change *manifest_change_copy(
    const struct manifest_change *change);

/* NULL where the cache has none, or it is damaged.  BY names what evaluates
 * units, TREE is a hex id; here and below. */
struct manifest *manifest_open(struct cache *cache, const char *by,
                               const char *tree);
void manifest_free(struct manifest *manifest);
typedef struct manifest Manifest;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Manifest, manifest_free)

/* The tree that the manifest is a copy of; its own where it is whole. */
const char *manifest_root(const struct manifest *manifest);
/* struct manifest_change *: what differs from the root; borrowed. */
const GPtrArray *manifest_changes(const struct manifest *manifest);

/* The file at a place of the tree (relative); false where no unit sees it. */
bool manifest_find(const struct manifest *manifest, const char *path,
                 struct manifest_file *ret);
struct manifest_file manifest_file(const struct manifest *manifest, guint32 i);
/* The relative path that a virtual one means, which may go down and up again;
 * NULL: it is no place of the tree.  Free it. */
char *manifest_place(const char *path);
bool manifest_has_file(const struct manifest *manifest, guint32 i);
/* The unit whose own file is at PATH (relative). */
bool manifest_unit(const struct manifest *manifest, const char *path,
                 struct manifest_unit *ret);
/* All units in the order of extraction; PATH is virtual. */
typedef void (*manifest_each_fn)(void *opaque, const char *path,
                               const struct manifest_unit *unit);
void manifest_each(const struct manifest *manifest, manifest_each_fn each,
                 void *opaque);

/* TREE is what the whole tree ROOT is, but for CHANGES (struct manifest_change
 * *). */
void manifest_keep_copy(struct cache *cache, const char *by,
                        const char *root, const char *tree,
                        const GPtrArray *changes);

/* --- Making one ----------------------------------------------------------- */

struct manifest_builder;

struct manifest_builder *manifest_builder_new(void);
void manifest_builder_free(struct manifest_builder *builder);
typedef struct manifest_builder ManifestBuilder;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ManifestBuilder, manifest_builder_free)

/* Files are known by their path.  TEXT: of a generated file that the cache may
 * lack, or NULL. */
guint32 manifest_builder_file(struct manifest_builder *builder,
                              const struct manifest_file *file, GBytes *text);
/* Notes that other units see it. */
void manifest_builder_share(struct manifest_builder *builder, guint32 file);
/* Notes that generated headers are made of it. */
void manifest_builder_input(struct manifest_builder *builder, guint32 file);
/* In the order of extraction; KEY is needed, and READ is what has been read of
 * IR, which must live until manifest_builder_keep(). */
void manifest_builder_unit(struct manifest_builder *builder,
                         const struct manifest_unit *unit,
                         const struct ir_unit *ir);
/* The unit that was added to OTHER as its I-th, with what it sees. */
void manifest_builder_take(struct manifest_builder *builder,
                           const struct manifest_builder *other, guint i);
void manifest_builder_keep(struct manifest_builder *builder,
                           struct cache *cache, const char *by,
                           const char *tree);

#endif
