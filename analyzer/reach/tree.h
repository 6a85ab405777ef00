/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The files of a revision as this layer sees them.
 */
#ifndef QCOMPAT_REACH_TREE_H
#define QCOMPAT_REACH_TREE_H

#include <glib.h>

struct reach_tree {
    /* Content of PATH, a new reference; NULL where there is none. */
    GBytes *(*read)(const char *path, void *opaque);
    /* Path of the I-th file, interned; NULL behind the last. */
    const char *(*list)(guint i, void *opaque);
    void *opaque;
};

/* Content of PATH as text, or NULL. */
static inline char *tree_text(const struct reach_tree *tree, const char *path)
{
    g_autoptr(GBytes) bytes = tree->read(path, tree->opaque);
    gsize length = 0;
    const char *data = bytes ? g_bytes_get_data(bytes, &length) : NULL;

    return bytes ? g_strndup(data ? data : "", length) : NULL;
}

#endif
