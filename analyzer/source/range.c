/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The two ends of a change.
 */
#include "source/graph.h"
#include "source/history.h"

#include <string.h>

static struct commit *resolve(struct repository *repo, const char *rev,
                              GError **error)
{
    git_oid oid;

    if (!repository_resolve_commit(repo, rev, &oid, error)) {
        return NULL;
    }
    struct commit *commit = graph_commit(repo, &oid);
    if (!commit) {
        g_set_error(error, QC_ERROR, QC_ERROR_GIT,
                    "cannot read commit of '%s': %s", rev, git_reason());
    }
    return commit;
}

static struct commit *merge_base(struct repository *repo, struct commit *a,
                                 struct commit *b, const char *what,
                                 GError **error)
{
    g_autofree char *remote = repository_remote(repo);
    bool cut;
    struct commit *base = graph_merge_base(repo, a, b, &cut);

    if (!base && cut) {
        g_set_error(error, QC_ERROR, QC_ERROR_MISSING,
                    "the merge base of '%s' is not in this shallow clone: run "
                    "`git fetch --deepen=100 %s` or `git fetch --unshallow "
                    "%s`", what, remote, remote);
    } else if (!base) {
        g_set_error(error, QC_ERROR, QC_ERROR_GIT,
                    "'%s' have no common ancestor: give both ends as "
                    "BASE..HEAD", what);
    }
    return base;
}

/* BASE..HEAD, or their merge base..HEAD where SYMMETRIC. */
static bool from_ends(struct repository *repo, const char *base_rev,
                      const char *head_rev, bool symmetric,
                      struct commit **ret_base, struct commit **ret_head,
                      GError **error)
{
    struct commit *base = resolve(repo, *base_rev ? base_rev : "HEAD", error);
    struct commit *head = NULL;

    if (base) {
        head = resolve(repo, *head_rev ? head_rev : "HEAD", error);
    }
    if (!head) {
        return false;
    }
    if (symmetric) {
        g_autofree char *what = g_strconcat(base_rev, "...", head_rev, NULL);

        base = merge_base(repo, base, head, what, error);
        if (!base) {
            return false;
        }
    }
    *ret_base = base;
    *ret_head = head;
    return true;
}

/* Where a branch left the project's: what the user has not sent yet. */
static bool from_upstream(struct repository *repo, struct commit **ret_base,
                          struct commit **ret_head, GError **error)
{
    const char *const names[] = { "origin/master", "origin/HEAD",
                                  "origin/main" };

    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
        g_autoptr(git_object) object = NULL;

        if (!git_revparse_single(&object, repo->git, names[i])) {
            return from_ends(repo, names[i], "HEAD", true, ret_base,
                             ret_head, error);
        }
    }
    /* An empty repository deserves its own words. */
    if (resolve(repo, "HEAD", error)) {
        g_set_error(error, QC_ERROR, QC_ERROR_GIT,
                    "no branch 'origin/master' to compare HEAD with: name the "
                    "range, for example HEAD^..HEAD");
    }
    return false;
}

static bool from_text(struct repository *repo, const char *text,
                      struct commit **ret_base, struct commit **ret_head,
                      GError **error)
{
    const char *dots = strstr(text, "..");

    if (dots) {
        bool symmetric = dots[2] == '.';
        g_autofree char *base = g_strndup(text, dots - text);

        return from_ends(repo, base, dots + 2 + symmetric, symmetric,
                         ret_base, ret_head, error);
    }
    if (g_str_has_suffix(text, "^!")) {
        g_autofree char *head = g_strndup(text, strlen(text) - 2);
        g_autofree char *base = g_strconcat(head, "^", NULL);

        return from_ends(repo, base, head, false, ret_base, ret_head, error);
    }
    return from_ends(repo, text, "HEAD", false, ret_base, ret_head, error);
}

bool history_range(struct repository *repo, const char *text,
                   const char *head_text, char **ret_base, char **ret_head,
                   GError **error)
{
    struct commit *base, *head;
    bool ok;

    if (head_text && (!text || strstr(text, "..") ||
                      strstr(head_text, ".."))) {
        g_set_error(error, QC_ERROR, QC_ERROR_USAGE,
                    "two revisions or one range, not both: '%s' '%s'",
                    text ? text : "", head_text);
        return false;
    }
    if (head_text) {
        ok = from_ends(repo, text, head_text, false, &base, &head, error);
    } else if (text) {
        ok = from_text(repo, text, &base, &head, error);
    } else {
        ok = from_upstream(repo, &base, &head, error);
    }
    if (ok) {
        *ret_base = oid_text(&base->id);
        *ret_head = oid_text(&head->id);
    }
    return ok;
}

bool history_is_ancestor(struct repository *repo, const char *a,
                         const char *b)
{
    struct commit *x = resolve(repo, a, NULL);
    struct commit *y = x ? resolve(repo, b, NULL) : NULL;

    return y && graph_is_ancestor(repo, x, y, NULL);
}

static void message_free(void *data)
{
    struct history_message *message = data;

    g_free(message->commit);
    g_free(message->text);
    g_free(message);
}

GPtrArray *history_messages(struct repository *repo, const char *base,
                            const char *head, GError **error)
{
    struct commit *from = resolve(repo, base, error);
    struct commit *to = from ? resolve(repo, head, error) : NULL;

    if (!to) {
        return NULL;
    }
    g_autoptr(GPtrArray) commits = graph_between(repo, from, to);
    GPtrArray *messages = g_ptr_array_new_with_free_func(message_free);

    for (guint i = 0; i < commits->len; i++) {
        const struct commit *commit = g_ptr_array_index(commits, i);
        g_autoptr(git_commit) object = NULL;

        if (!git_commit_lookup(&object, repo->git, &commit->id)) {
            struct history_message *message =
                g_new(struct history_message, 1);

            message->commit = oid_text(&commit->id);
            message->text = g_strdup(git_commit_message(object));
            g_ptr_array_add(messages, message);
        }
    }
    return messages;
}
