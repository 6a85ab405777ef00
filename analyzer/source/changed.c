/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Paths that differ between two trees.  Directories with one id on both sides
 * are never opened, so a small change costs a few objects, where libgit2's
 * own diff walks both trees whole.
 */
#include "source/history.h"
#include "source/repo.h"
#include "source/set.h"

#include <string.h>

struct compare {
    struct repository *repo;
    GPtrArray *paths;        /* const char *, interned */
    GString *dir;            /* "" or ends in '/' */
    unsigned depth;
    unsigned n_entries;
};

/* The order of entries in a tree: directories as if they ended in '/'. */
static int entry_order(const git_tree_entry *a, const git_tree_entry *b)
{
    const char *x = git_tree_entry_name(a), *y = git_tree_entry_name(b);
    size_t i = 0;

    while (x[i] && x[i] == y[i]) {
        i++;
    }
    unsigned char c = x[i], d = y[i];
    if (!c && git_tree_entry_type(a) == GIT_OBJECT_TREE) {
        c = '/';
    }
    if (!d && git_tree_entry_type(b) == GIT_OBJECT_TREE) {
        d = '/';
    }
    return c - d;
}

static const git_tree_entry *entry_at(const git_tree *tree, size_t i)
{
    return tree ? git_tree_entry_byindex(tree, i) : NULL;
}

static bool compare_trees(struct compare *compare, const git_oid *old_id,
                          const git_oid *new_id, GError **error);

static const git_oid *directory_id(const git_tree_entry *entry)
{
    return entry && git_tree_entry_type(entry) == GIT_OBJECT_TREE
           ? git_tree_entry_id(entry) : NULL;
}

static bool too_large(const struct compare *compare, GError **error)
{
    if (compare->depth <= SET_MAX_DEPTH &&
        compare->n_entries <= SET_MAX_ENTRIES) {
        return false;
    }
    g_set_error(error, QC_ERROR, QC_ERROR_GIT,
                "the trees to compare are too large or too deep at '%s'",
                compare->dir->str);
    return true;
}

/* One name; OLD or NEW may be NULL. */
static bool compare_entry(struct compare *compare, const git_tree_entry *old,
                          const git_tree_entry *new, GError **error)
{
    const git_oid *old_dir = directory_id(old), *new_dir = directory_id(new);
    gsize length = compare->dir->len;
    bool ok = true;

    compare->n_entries++;
    if (old && new && git_oid_equal(git_tree_entry_id(old),
                                    git_tree_entry_id(new)) &&
        git_tree_entry_filemode(old) == git_tree_entry_filemode(new)) {
        return true;
    }
    g_string_append(compare->dir, git_tree_entry_name(new ? new : old));
    if (old_dir || new_dir) {
        g_string_append_c(compare->dir, '/');
        compare->depth++;
        ok = compare_trees(compare, old_dir, new_dir, error);
        compare->depth--;
    } else {
        const char *path = g_intern_string(compare->dir->str);

        g_ptr_array_add(compare->paths, interned_key(path));
    }
    g_string_truncate(compare->dir, length);
    return ok;
}

static bool open_tree(struct compare *compare, const git_oid *id,
                      git_tree **ret, GError **error)
{
    int code = id ? git_tree_lookup(ret, compare->repo->git, id) : 0;

    if (code) {
        g_set_error(error, QC_ERROR, code == GIT_ENOTFOUND ? QC_ERROR_MISSING
                                                           : QC_ERROR_GIT,
                    "cannot read directory '%s': %s", compare->dir->str,
                    git_reason());
    }
    return code == 0;
}

/* OLD_ID or NEW_ID may be NULL: a directory that came or went. */
static bool compare_trees(struct compare *compare, const git_oid *old_id,
                          const git_oid *new_id, GError **error)
{
    g_autoptr(git_tree) old = NULL, new = NULL;
    size_t i = 0, j = 0;

    if (too_large(compare, error) ||
        !open_tree(compare, old_id, &old, error) ||
        !open_tree(compare, new_id, &new, error)) {
        return false;
    }
    for (;;) {
        const git_tree_entry *a = entry_at(old, i), *b = entry_at(new, j);

        if (!a && !b) {
            return true;
        }
        int order = !a ? 1 : !b ? -1 : entry_order(a, b);
        if (!compare_entry(compare, order <= 0 ? a : NULL,
                           order >= 0 ? b : NULL, error)) {
            return false;
        }
        i += order <= 0;
        j += order >= 0;
    }
}

static bool tree_id(struct repository *repo, const char *rev, git_oid *ret,
                    GError **error)
{
    g_autoptr(git_object) object = repository_resolve(repo, rev, error);
    g_autoptr(git_object) tree = NULL;

    if (!object) {
        return false;
    }
    if (git_object_peel(&tree, object, GIT_OBJECT_TREE)) {
        g_set_error(error, QC_ERROR, QC_ERROR_GIT,
                    "cannot read the tree of '%s': %s", rev, git_reason());
        return false;
    }
    *ret = *git_object_id(tree);
    return true;
}

static int compare_paths(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

GPtrArray *history_changed_paths(struct repository *repo, const char *base,
                                 const char *head, GError **error)
{
    g_autoptr(GPtrArray) paths = g_ptr_array_new();
    g_autoptr(GString) dir = g_string_new(NULL);
    struct compare compare = { .repo = repo, .paths = paths, .dir = dir };
    git_oid old, new;

    if (!tree_id(repo, base, &old, error) ||
        !tree_id(repo, head, &new, error) ||
        (!git_oid_equal(&old, &new) &&
         !compare_trees(&compare, &old, &new, error))) {
        return NULL;
    }
    g_ptr_array_sort(paths, compare_paths);
    return g_steal_pointer(&paths);
}
