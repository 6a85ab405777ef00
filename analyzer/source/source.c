/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The files of a git tree, and reading them.
 */
#include "source/repo.h"
#include "source/set.h"

#include <string.h>

static const char *intern_oid(const git_oid *oid)
{
    char hex[GIT_OID_HEXSZ + 1];

    return g_intern_string(git_oid_tostr(hex, sizeof(hex), oid));
}

/*
 * A batch of objects comes to a partial clone when git compares the tree with
 * the empty one (which every repository knows); a fetch alone brings nothing.
 */
static void missing_object(const struct source *source, const char *what,
                           const git_oid *id, GError **error)
{
    char hex[GIT_OID_HEXSZ + 1];

    g_set_error(error, QC_ERROR, QC_ERROR_MISSING,
                "object %s (%s) is not in repository '%s': if it is a "
                "partial clone, run `git diff --shortstat "
                "4b825dc642cb6eb9a060e54bf8d69288fbee4904 %s`, else `git "
                "fsck` tells more",
                git_oid_tostr(hex, sizeof(hex), id), what, source->repo->name,
                source->revision.tree);
}

static git_tree *read_tree(const struct source *source, const char *path,
                           const git_oid *id, GError **error)
{
    git_tree *tree = NULL;
    int code = git_tree_lookup(&tree, source->repo->git, id);
    const char *what = *path ? path : "the root directory";

    if (code == GIT_ENOTFOUND) {
        missing_object(source, what, id, error);
    } else if (code) {
        g_set_error(error, QC_ERROR, QC_ERROR_GIT,
                    "cannot read directory '%s' of '%s': %s", what,
                    source->revision.rev, git_reason());
    }
    return tree;
}

static bool add_tree(struct source *source, GString *dir, unsigned depth,
                     const git_oid *id, GError **error);

static bool add_directory(struct source *source, GString *dir,
                          const char *name, unsigned depth,
                          const git_oid *id, GError **error)
{
    gsize length = dir->len;

    if (depth == SET_MAX_DEPTH) {
        g_set_error(error, QC_ERROR, QC_ERROR_GIT,
                    "'%s' has directories deeper than %d levels",
                    source->revision.rev, SET_MAX_DEPTH);
        return false;
    }
    g_string_append_printf(dir, "%s/", name);
    bool ok = add_tree(source, dir, depth + 1, id, error);
    g_string_truncate(dir, length);
    return ok;
}

static bool add_entry(struct source *source, GString *dir, unsigned depth,
                      const git_tree_entry *entry, GError **error)
{
    const char *name = git_tree_entry_name(entry);
    const char *path =
        set_claim(source, source->revision.rev, dir, name, error);

    if (!path) {
        return false;
    }
    switch (git_tree_entry_filemode(entry)) {
    case GIT_FILEMODE_TREE:
        return add_directory(source, dir, name, depth,
                             git_tree_entry_id(entry), error);
    case GIT_FILEMODE_BLOB:
    case GIT_FILEMODE_BLOB_EXECUTABLE:
        set_add_file(source, path, intern_oid(git_tree_entry_id(entry)), 0);
        return true;
    default:
        return true;    /* a symbolic link or a submodule */
    }
}

static bool add_tree(struct source *source, GString *dir, unsigned depth,
                     const git_oid *id, GError **error)
{
    g_autoptr(git_tree) tree = read_tree(source, dir->str, id, error);

    if (!tree) {
        return false;
    }
    for (size_t i = 0; i < git_tree_entrycount(tree); i++) {
        if (!add_entry(source, dir, depth, git_tree_entry_byindex(tree, i),
                       error)) {
            return false;
        }
    }
    return true;
}

/* Fills in what REV is: a commit and its tree, or a tree alone. */
static bool set_revision(struct source *source, const char *rev,
                         git_oid *ret_tree, GError **error)
{
    g_autoptr(git_object) object =
        repository_resolve(source->repo, rev, error);
    g_autoptr(git_object) commit = NULL, tree = NULL;

    if (!object) {
        return false;
    }
    source->revision.rev = g_intern_string(rev);
    if (!git_object_peel(&commit, object, GIT_OBJECT_COMMIT)) {
        if (!g_hash_table_contains(source->repo->virtual,
                                   git_object_id(commit))) {
            source->revision.commit = intern_oid(git_object_id(commit));
        }
        *ret_tree =
            *git_commit_tree_id((const git_commit *)(const void *)commit);
    } else if (!git_object_peel(&tree, object, GIT_OBJECT_TREE)) {
        *ret_tree = *git_object_id(tree);
    } else {
        g_set_error(error, QC_ERROR, QC_ERROR_GIT,
                    "revision '%s' is neither a commit nor a tree", rev);
        return false;
    }
    source->revision.tree = intern_oid(ret_tree);
    return true;
}

bool source_list(struct source *source, GError **error)
{
    g_autoptr(GString) dir = g_string_new(NULL);
    git_oid tree;

    if (source->listed) {
        return true;
    }
    g_hash_table_remove_all(source->names);    /* of an attempt that failed */
    g_array_set_size(source->files, 0);
    git_oid_fromstr(&tree, source->revision.tree);
    if (!add_tree(source, dir, 0, &tree, error)) {
        return false;
    }
    set_finish(source);
    return true;
}

struct source_file *set_look_up(const struct source *source,
                                const char *path)
{
    g_autoptr(git_tree) tree = NULL;
    git_tree_entry *entry = NULL;
    struct source_file *file = NULL;
    git_oid id;

    git_oid_fromstr(&id, source->revision.tree);
    tree = read_tree(source, "", &id, NULL);
    if (!tree || git_tree_entry_bypath(&entry, tree, path)) {
        return NULL;
    }
    if (git_tree_entry_type(entry) == GIT_OBJECT_BLOB &&
        git_tree_entry_filemode(entry) != GIT_FILEMODE_LINK) {
        file = g_new0(struct source_file, 1);
        file->path = g_intern_string(path);
        file->blob = intern_oid(git_tree_entry_id(entry));
    }
    git_tree_entry_free(entry);
    return file;
}

struct source *source_open_later(struct repository *repo, const char *rev,
                                 GError **error)
{
    g_autoptr(Source) source = set_new();
    git_oid tree;

    source->repo = repo;
    if (!set_revision(source, rev, &tree, error)) {
        return NULL;
    }
    g_autoptr(git_tree) root = read_tree(source, "", &tree, error);
    if (!root || !set_read_version(source, source_find(source, "VERSION"),
                                   error)) {
        return NULL;
    }
    return g_steal_pointer(&source);
}

struct source *source_open_git(struct repository *repo, const char *rev,
                               GError **error)
{
    g_autoptr(Source) source = source_open_later(repo, rev, error);

    return source && source_list(source, error) ? g_steal_pointer(&source)
                                                : NULL;
}

/* Size first: a few kilobytes of a pack can inflate to gigabytes. */
static bool check_size(const struct source *source,
                       const struct source_file *file, const git_oid *id,
                       GError **error)
{
    git_object_t type;
    size_t size;

    if (git_odb_read_header(&size, &type, source->repo->odb, id)) {
        return true;    /* reading tells why */
    }
    if (type != GIT_OBJECT_BLOB || size > SET_MAX_FILE_SIZE) {
        g_set_error(error, QC_ERROR, QC_ERROR_GIT,
                    "file '%s' of '%s' is %s", file->path,
                    source->revision.rev,
                    type != GIT_OBJECT_BLOB ? "no blob" : "too large");
        return false;
    }
    return true;
}

static void release_object(gpointer object)
{
    git_odb_object_free(object);
}

static GBytes *read_blob(struct source *source,
                         const struct source_file *file, GError **error)
{
    git_odb_object *object = NULL;
    git_oid id;

    git_oid_fromstr(&id, file->blob);
    if (!check_size(source, file, &id, error)) {
        return NULL;
    }
    int code = git_odb_read(&object, source->repo->odb, &id);
    if (code == GIT_ENOTFOUND) {
        missing_object(source, file->path, &id, error);
        return NULL;
    }
    if (code) {
        g_set_error(error, QC_ERROR, QC_ERROR_GIT,
                    "cannot read file '%s' of '%s': %s", file->path,
                    source->revision.rev, git_reason());
        return NULL;
    }
    return g_bytes_new_with_free_func(git_odb_object_data(object),
                                      git_odb_object_size(object),
                                      release_object, object);
}

GBytes *source_read(struct source *source, const struct source_file *file,
                    GError **error)
{
    if (source->repo) {
        return read_blob(source, file, error);
    }
    return g_bytes_ref(g_hash_table_lookup(source->contents, file->path));
}

char *source_read_path(struct repository *repo, const char *rev,
                       const char *path)
{
    g_autofree char *spec = g_strdup_printf("%s:%s", rev, path);
    g_autoptr(git_object) object = NULL;

    if (git_revparse_single(&object, repo->git, spec) ||
        git_object_type(object) != GIT_OBJECT_BLOB) {
        return NULL;
    }
    const git_blob *blob = (const git_blob *)(const void *)object;

    return git_blob_rawsize(blob) > SET_MAX_FILE_SIZE ? NULL
           : g_strndup(git_blob_rawcontent(blob), git_blob_rawsize(blob));
}
