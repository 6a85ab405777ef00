/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "source/virtual.h"

#include <git2/sys/commit.h>
#include <git2/sys/mempack.h>
#include <string.h>

#include "source/graph.h"

/* Before every backend of the repository's own. */
#define MEMORY_PRIORITY 1000

/* From here on new objects stay in memory.  Their parts need not be there: a
 * partial clone lacks most. */
static bool keep_in_memory(struct repository *repo, GError **error)
{
    git_odb_backend *memory = NULL;

    if (repo->in_memory) {
        return true;
    }
    git_libgit2_opts(GIT_OPT_ENABLE_STRICT_OBJECT_CREATION, 0);
    if (git_mempack_new(&memory) ||
        git_odb_add_backend(repo->odb, memory, MEMORY_PRIORITY)) {
        g_set_error(error, QC_ERROR, QC_ERROR_GIT,
                    "cannot keep objects in memory: %s", git_reason());
        return false;
    }
    repo->in_memory = true;
    return true;
}

static struct commit *find_commit(struct repository *repo, const char *rev,
                                  GError **error)
{
    git_oid id;
    struct commit *commit = repository_resolve_commit(repo, rev, &id, error)
                            ? graph_commit(repo, &id) : NULL;

    if (!commit && error && !*error) {
        g_set_error(error, QC_ERROR, QC_ERROR_GIT,
                    "cannot read commit of '%s': %s", rev, git_reason());
    }
    return commit;
}

/* A commit of TREE after PARENT, the same one every time. */
static struct commit *make_commit(struct repository *repo,
                                  const git_oid *tree, struct commit *parent,
                                  const char *message, GError **error)
{
    git_signature *who = NULL;
    const git_oid *parents[] = { &parent->id };
    git_oid id;
    int code = git_signature_new(&who, "qcompat", "qcompat@localhost",
                                 parent->date + 1, 0);

    if (!code) {
        code = git_commit_create_from_ids(&id, repo->git, NULL, who, who,
                                          NULL, message, tree, 1, parents);
    }
    git_signature_free(who);
    if (code) {
        g_set_error(error, QC_ERROR, QC_ERROR_GIT,
                    "cannot make a commit in memory: %s", git_reason());
        return NULL;
    }
    g_hash_table_add(repo->virtual, g_memdup2(&id, sizeof(id)));
    return graph_commit(repo, &id);
}

static bool write_tree(struct repository *repo, git_index *index,
                       const char *what, git_oid *ret, GError **error)
{
    if (git_index_has_conflicts(index)) {
        g_set_error(error, QC_ERROR, QC_ERROR_GIT,
                    "%s has conflicts that are not resolved", what);
        return false;
    }
    if (git_index_write_tree_to(ret, index, repo->git)) {
        g_set_error(error, QC_ERROR, QC_ERROR_GIT,
                    "cannot read %s: %s", what, git_reason());
        return false;
    }
    return true;
}

static void give_ids(const struct commit *base, const struct commit *head,
                     char **ret_base, char **ret_head)
{
    *ret_base = oid_text(&base->id);
    *ret_head = oid_text(&head->id);
}

/* --- The index and the work tree ------------------------------------------- */

/* A copy of the index without files that are only meant to be added. */
static git_index *copy_index(struct repository *repo, GError **error)
{
    g_autoptr(git_index) index = NULL;
    g_autoptr(git_index) copy = NULL;

    if (git_repository_index(&index, repo->git) || git_index_new(&copy)) {
        g_set_error(error, QC_ERROR, QC_ERROR_GIT,
                    "cannot read the index of '%s': %s", repo->name,
                    git_reason());
        return NULL;
    }
    for (size_t i = 0; i < git_index_entrycount(index); i++) {
        const git_index_entry *entry = git_index_get_byindex(index, i);

        if (!(entry->flags_extended & GIT_INDEX_ENTRY_INTENT_TO_ADD) &&
            git_index_add(copy, entry)) {
            g_set_error(error, QC_ERROR, QC_ERROR_GIT,
                        "cannot read the index of '%s': %s", repo->name,
                        git_reason());
            return NULL;
        }
    }
    return g_steal_pointer(&copy);
}

/* Takes over what the file of DELTA holds now. */
static bool take_file(struct repository *repo, git_index *index,
                      const git_diff_delta *delta, GError **error)
{
    const char *path = delta->new_file.path;
    git_index_entry entry = { .path = path, .mode = delta->new_file.mode };
    int code;

    if (delta->status == GIT_DELTA_DELETED) {
        code = git_index_remove(index, delta->old_file.path, 0);
    } else if (entry.mode == GIT_FILEMODE_COMMIT ||
               delta->status == GIT_DELTA_CONFLICTED) {
        return true;
    } else {
        code = git_blob_create_from_workdir(&entry.id, repo->git, path);
        code = code ? code : git_index_add(index, &entry);
    }
    if (code) {
        g_set_error(error, QC_ERROR, QC_ERROR_GIT,
                    "cannot read '%s' in the work tree: %s", path,
                    git_reason());
    }
    return code == 0;
}

static bool take_work_tree(struct repository *repo, git_index *index,
                           GError **error)
{
    g_autoptr(git_diff) diff = NULL;
    git_diff_options options = GIT_DIFF_OPTIONS_INIT;

    options.flags = GIT_DIFF_INCLUDE_TYPECHANGE;
    if (!git_repository_workdir(repo->git)) {
        g_set_error(error, QC_ERROR, QC_ERROR_GIT,
                    "repository '%s' has no work tree", repo->name);
        return false;
    }
    if (git_diff_index_to_workdir(&diff, repo->git, NULL, &options)) {
        g_set_error(error, QC_ERROR, QC_ERROR_GIT,
                    "cannot read the work tree of '%s': %s", repo->name,
                    git_reason());
        return false;
    }
    for (size_t i = 0; i < git_diff_num_deltas(diff); i++) {
        if (!take_file(repo, index, git_diff_get_delta(diff, i), error)) {
            return false;
        }
    }
    return true;
}

static bool from_index(struct repository *repo, bool work_tree,
                       char **ret_base, char **ret_head, GError **error)
{
    struct commit *base = find_commit(repo, "HEAD", error);
    g_autoptr(git_index) index =
        base && keep_in_memory(repo, error) ? copy_index(repo, error) : NULL;
    struct commit *head;
    git_oid tree;

    if (!index || (work_tree && !take_work_tree(repo, index, error)) ||
        !write_tree(repo, index, "the index", &tree, error)) {
        return false;
    }
    head = make_commit(repo, &tree, base, "not committed yet\n", error);
    if (head) {
        give_ids(base, head, ret_base, ret_head);
    }
    return head;
}

bool virtual_index(struct repository *repo, char **ret_base, char **ret_head,
                   GError **error)
{
    return from_index(repo, false, ret_base, ret_head, error);
}

bool virtual_worktree(struct repository *repo, char **ret_base,
                      char **ret_head, GError **error)
{
    return from_index(repo, true, ret_base, ret_head, error);
}

/* --- Patches ----------------------------------------------------------------- */

/* Where libgit2 was when it gave up. */
struct progress {
    char *path;
    char *hunk;              /* "@@ -10,6 +10,8 @@ …" or NULL */
};

static int on_delta(const git_diff_delta *delta, void *opaque)
{
    struct progress *progress = opaque;
    const char *path = delta->old_file.path ? delta->old_file.path
                                            : delta->new_file.path;

    g_free(progress->path);
    g_clear_pointer(&progress->hunk, g_free);
    progress->path = g_strdup(path);
    return 0;
}

static int on_hunk(const git_diff_hunk *hunk, void *opaque)
{
    struct progress *progress = opaque;

    g_free(progress->hunk);
    progress->hunk = g_strndup(hunk->header, hunk->header_len);
    g_strchomp(progress->hunk);
    return 0;
}

static void does_not_apply(const struct virtual_patch *patch,
                           const char *base, const struct progress *progress,
                           GError **error)
{
    g_set_error(error, QC_ERROR, QC_ERROR_GIT,
                "%s does not apply to '%s'%s%s%s%s: %s", patch->name, base,
                progress->path ? ": " : "",
                progress->path ? progress->path : "",
                progress->hunk ? ": hunk " : "",
                progress->hunk ? progress->hunk : "", git_reason());
}

static bool apply_diff(struct repository *repo, const char *base_name,
                       struct commit *base, const struct virtual_patch *patch,
                       git_oid *ret_tree, GError **error)
{
    g_autoptr(git_diff) diff = NULL;
    g_autoptr(git_tree) tree = NULL;
    g_autoptr(git_index) index = NULL;
    struct progress progress = { 0 };
    git_apply_options options = GIT_APPLY_OPTIONS_INIT;
    int code = git_diff_from_buffer(&diff, patch->diff, patch->length);

    options.delta_cb = on_delta;
    options.hunk_cb = on_hunk;
    options.payload = &progress;
    if (code) {
        g_set_error(error, QC_ERROR, QC_ERROR_GIT,
                    "%s is no diff that git would read: %s", patch->name,
                    git_reason());
        return false;
    }
    code = git_tree_lookup(&tree, repo->git, &base->tree);
    code = code ? code : git_apply_to_tree(&index, repo->git, tree, diff,
                                           &options);
    if (code) {
        does_not_apply(patch, base_name, &progress, error);
    }
    g_free(progress.path);
    g_free(progress.hunk);
    return !code && write_tree(repo, index, patch->name, ret_tree, error);
}

bool virtual_patches(struct repository *repo, const char *base,
                     const struct virtual_patch *patches, guint n,
                     char **ret_base, char **ret_head, GError **error)
{
    struct commit *start = find_commit(repo, base, error);
    struct commit *head = start;

    if (!start || !keep_in_memory(repo, error)) {
        return false;
    }
    for (guint i = 0; i < n && head; i++) {
        git_oid tree;

        if (!apply_diff(repo, base, head, &patches[i], &tree, error)) {
            return false;
        }
        head = make_commit(repo, &tree, head, patches[i].message, error);
    }
    if (head) {
        give_ids(start, head, ret_base, ret_head);
    }
    return head;
}

/* --- Another base ------------------------------------------------------------ */

static char *messages_between(struct repository *repo, struct commit *base,
                              struct commit *head)
{
    g_autoptr(GPtrArray) commits = graph_between(repo, base, head);
    GString *messages = g_string_new(NULL);

    for (guint i = 0; i < commits->len; i++) {
        const struct commit *commit = g_ptr_array_index(commits, i);
        g_autoptr(git_commit) object = NULL;

        if (!git_commit_lookup(&object, repo->git, &commit->id)) {
            g_string_append_printf(messages, "%s\n",
                                   git_commit_message(object));
        }
    }
    return g_string_free(messages, FALSE);
}

static void report_conflict(git_index *index, const char *name,
                            const char *onto, GError **error)
{
    git_index_conflict_iterator *iterator = NULL;
    const git_index_entry *ancestor = NULL, *ours = NULL, *theirs = NULL;
    const char *path = "?";

    if (!git_index_conflict_iterator_new(&iterator, index) &&
        !git_index_conflict_next(&ancestor, &ours, &theirs, iterator)) {
        path = ours ? ours->path : theirs ? theirs->path : ancestor->path;
    }
    g_set_error(error, QC_ERROR, QC_ERROR_GIT,
                "the change of '%s' conflicts with '%s' in '%s': rebase it "
                "first", name, onto, path);
    git_index_conflict_iterator_free(iterator);
}

static bool merge_trees(struct repository *repo, struct commit *base,
                        struct commit *onto, struct commit *head,
                        git_index **ret, GError **error)
{
    g_autoptr(git_tree) ancestor = NULL;
    g_autoptr(git_tree) ours = NULL;
    g_autoptr(git_tree) theirs = NULL;

    if (git_tree_lookup(&ancestor, repo->git, &base->tree) ||
        git_tree_lookup(&ours, repo->git, &onto->tree) ||
        git_tree_lookup(&theirs, repo->git, &head->tree) ||
        git_merge_trees(ret, repo->git, ancestor, ours, theirs, NULL)) {
        g_set_error(error, QC_ERROR, QC_ERROR_GIT,
                    "cannot put the change on another base: %s",
                    git_reason());
        return false;
    }
    return true;
}

bool virtual_onto(struct repository *repo, const char *base, const char *head,
                  const char *name, const char *onto, char **ret_base, char **ret_head,
                  GError **error)
{
    struct commit *from = find_commit(repo, base, error);
    struct commit *to = from ? find_commit(repo, head, error) : NULL;
    struct commit *new_base = to ? find_commit(repo, onto, error) : NULL;
    g_autoptr(git_index) index = NULL;
    git_oid tree;

    if (!new_base || !keep_in_memory(repo, error) ||
        !merge_trees(repo, from, new_base, to, &index, error)) {
        return false;
    }
    if (git_index_has_conflicts(index)) {
        report_conflict(index, name, onto, error);
        return false;
    }
    if (!write_tree(repo, index, "the merged tree", &tree, error)) {
        return false;
    }
    g_autofree char *message = messages_between(repo, from, to);
    struct commit *result = make_commit(repo, &tree, new_base, message,
                                        error);

    if (result) {
        give_ids(new_base, result, ret_base, ret_head);
    }
    return result;
}
