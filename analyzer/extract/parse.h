/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One run of libclang, in a worker: nothing but memory is read. */
#ifndef QCOMPAT_EXTRACT_PARSE_H
#define QCOMPAT_EXTRACT_PARSE_H

#include "extract/tree.h"

/* A precompiled prefix of a tree and configuration. */
struct parse_prefix {
    struct tree_file *header;    /* its source, a generated file */
    GPtrArray *closure;          /* struct tree_file * it was built from */
    char *path;                  /* of the precompiled file, on disk */
    char *overlay;               /* of the file that hides the rest of it */
    bool built;
};

struct parse_unit {
    struct tree *tree;
    struct tree_config *config;
    struct tree_file *file;
    GPtrArray *closure;          /* struct tree_file *, FILE first */
    target_set targets;
    const struct parse_prefix *prefix;    /* or NULL */
    const char *overlay;         /* a file that hides the disk; NULL: there is
                                    no way to it anyhow */
    GHashTable *functions;       /* set of const char *: bodies to lower;
                                    NULL: what holds facts */
};

/* The bytes of the unit's IR; NULL and *ret_reason where clang gives no
 * translation unit. */
GBytes *parse_unit(const struct parse_unit *unit, char **ret_reason);

/*
 * The text of prefix->overlay: a virtual file system that holds the file NAME
 * in DIR and nothing else of the disk, so that not even the existence of a
 * file can be asked for.
 */
char *parse_overlay(const char *dir, const char *name);

/* Writes prefix->path; an empty result, or NULL and *ret_reason. */
GBytes *parse_prefix(struct tree_config *config,
                     const struct parse_prefix *prefix, char **ret_reason);

#endif
