/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Trees that a source is likely to differ little from.
 */
#include "source/near.h"

#include "source/graph.h"
#include "source/history.h"
#include "source/set.h"

GPtrArray *source_trees_before(struct source *source, guint max)
{
    GPtrArray *trees = g_ptr_array_new();
    git_oid id;

    if (!source->repo ||
        !repository_resolve_commit(source->repo, source->revision.rev, &id,
                                   NULL)) {
        return trees;
    }
    struct commit *commit = graph_commit(source->repo, &id);

    while (commit && trees->len < max) {
        commit = graph_parent(source->repo, commit, 0);
        if (commit) {
            g_autofree char *tree = oid_text(&commit->tree);

            g_ptr_array_add(trees, interned_key(g_intern_string(tree)));
        }
    }
    return trees;
}

GPtrArray *source_paths_since(struct source *source, const char *tree)
{
    return source->repo && source->revision.tree
        ? history_changed_paths(source->repo, tree, source->revision.tree,
                                NULL)
        : NULL;
}

GBytes *source_read_in(struct source *source, const char *tree,
                       const char *path)
{
    struct source other = { .revision = { .tree = tree },
                            .repo = source->repo };
    g_autofree struct source_file *file = set_look_up(&other, path);

    return file ? source_read(&other, file, NULL) : NULL;
}
