/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Trees of neighbouring commits: nearly all of one is the other.
 */
#include "extract/includes.h"
#include "extract/tree-internal.h"

#include <string.h>

/* GLib's containers know no const. */
static gpointer unconst(const void *p)
{
    return (gpointer)(uintptr_t)p;
}

struct tree_file *tree_own(const struct tree *tree, struct tree_file *file)
{
    if (!file || tree->root == tree) {
        return file;
    }
    const struct source_file *blob =
        file->blob ? g_hash_table_lookup(tree->changed, file->blob->path)
                   : NULL;

    if (!blob) {
        return g_hash_table_lookup(tree->root->files, file->path);
    }
    struct tree_file *own = g_hash_table_lookup(tree->replaced, file->path);

    if (!own) {
        own = g_new0(struct tree_file, 1);
        own->path = file->path;
        own->blob = blob;
        g_hash_table_insert(tree->replaced, unconst(own->path), own);
    }
    return own;
}

bool tree_is_bystander(const char *path)
{
    static const char *const dirs[] = {
        "docs/", "tests/", "roms/", "pc-bios/", "po/", "python/", ".gitlab",
        ".github/", "contrib/gitdm/",
    };
    static const char *const ends[] = {
        ".rst", ".md", ".rs", ".yml", ".txt", ".config", "/meson.build",
    };

    for (guint i = 0; i < G_N_ELEMENTS(dirs); i++) {
        if (g_str_has_prefix(path, dirs[i])) {
            return true;
        }
    }
    for (guint i = 0; i < G_N_ELEMENTS(ends); i++) {
        if (g_str_has_suffix(path, ends[i])) {
            return true;
        }
    }
    return false;
}

/* Whether PATH is nothing that a unit can include, nor a generated header is
 * made of (but for the scripts that make them). */
static bool is_no_source(const char *path)
{
    static const char *const ends[] = {
        ".py", ".sh", ".toml", ".wrap", ".lock", ".svg", ".json.in",
    };

    for (guint i = 0; i < G_N_ELEMENTS(ends); i++) {
        if (g_str_has_suffix(path, ends[i])) {
            return !g_str_has_prefix(path, "scripts/tracetool/");
        }
    }
    return tree_is_bystander(path);
}

/* Adds to CHANGED what NEW says otherwise than OLD; false where files came or
 * went. */
static bool compare(const struct source *old, const struct source *new,
                    GHashTable *changed)
{
    guint i = 0, j = 0;

    while (i < source_n_files(old) || j < source_n_files(new)) {
        const struct source_file *a =
            i < source_n_files(old) ? source_file(old, i) : NULL;
        const struct source_file *b =
            j < source_n_files(new) ? source_file(new, j) : NULL;
        int order = !a ? 1 : !b ? -1 : a->path == b->path ? 0
                                     : strcmp(a->path, b->path);

        if (order && !is_no_source(order < 0 ? a->path : b->path)) {
            return false;
        }
        if (!order && a->blob != b->blob) {
            g_hash_table_insert(changed, unconst(b->path), unconst(b));
        }
        i += order <= 0;
        j += order >= 0;
    }
    return true;
}

bool tree_same_includes(struct tree_file *a, struct tree_file *b)
{
    return includes_equal(tree_includes(a), tree_includes(b));
}

/* Whether what stands in one place, OLD or NEW, has a say in what other files
 * are. */
static bool decides_others(struct tree_file *old, struct tree_file *new)
{
    return !tree_same_includes(old, new) &&
           (includes_have_parts(tree_includes(old)) ||
            includes_have_parts(tree_includes(new)));
}

/* The file of TREE at PATH, which is relative; NULL where it cannot be
 * read. */
static struct tree_file *find(struct tree *tree, const char *path)
{
    g_autofree char *virtual = g_strconcat(TREE_ROOT, path, NULL);

    return tree_find(tree, virtual);
}

/* Adds the files that differ from MODEL's; false where one of them decides
 * what others are. */
static bool collect(struct tree *tree, struct tree *model,
                    GHashTable *differing, GPtrArray *files)
{
    GHashTableIter iter;
    gpointer path;

    g_hash_table_iter_init(&iter, differing);
    while (g_hash_table_iter_next(&iter, &path, NULL)) {
        if (tree_is_bystander(path)) {
            continue;
        }
        struct tree_file *new = find(tree, path);
        struct tree_file *old = find(model, path);

        if (!new || !old || !new->blob || !old->blob ||
            g_hash_table_contains(tree->root->inputs, new->path) ||
            decides_others(old, new)) {
            return false;
        }
        g_ptr_array_add(files, new);
    }
    return true;
}

static struct tree *make(struct tree *model, struct source *source)
{
    struct tree *tree = g_new0(struct tree, 1);

    tree->store = model->store;
    tree->source = source;
    tree->root = model->root;
    tree->changed = g_hash_table_new(NULL, NULL);
    tree->replaced = g_hash_table_new_full(NULL, NULL, NULL, g_free);
    tree->gaps = g_ptr_array_new_with_free_func(g_free);
    return tree;
}

static void copy_gaps(struct tree *tree)
{
    const GPtrArray *gaps = tree->root->gaps;

    for (guint i = 0; i < gaps->len; i++) {
        g_ptr_array_add(tree->gaps, g_strdup(gaps->pdata[i]));
    }
}

struct tree *tree_derive(struct tree *model, struct source *source,
                         GPtrArray **ret_changed)
{
    struct tree *tree = make(model, source);
    g_autoptr(GHashTable) differing = g_hash_table_new(NULL, NULL);
    g_autoptr(GPtrArray) files = g_ptr_array_new();

    if (!compare(tree->root->source, source, tree->changed) ||
        !compare(model->source, source, differing) ||
        !collect(tree, model, differing, files)) {
        tree_free(tree);
        return NULL;
    }
    copy_gaps(tree);
    *ret_changed = g_steal_pointer(&files);
    return tree;
}
