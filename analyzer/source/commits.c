/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The commits of a range, one by one.
 */
#include "source/graph.h"
#include "source/history.h"

#include <string.h>

static void range_commit_free(gpointer data)
{
    struct range_commit *commit = data;

    g_free(commit->id);
    g_free(commit->parent);
    g_free(commit->landing);
    g_free(commit->subject);
    g_free(commit);
}

struct collector {
    struct repository *repo;
    GHashTable *wanted;          /* struct commit *: not yet met */
    GPtrArray *stack;            /* struct commit *: the path of the walk */
    GPtrArray *commits;          /* struct range_commit * */
};

static char *subject_of(struct repository *repo, const struct commit *commit)
{
    g_autoptr(git_commit) object = NULL;
    const char *summary = NULL;

    if (!git_commit_lookup(&object, repo->git, &commit->id)) {
        summary = git_commit_summary(object);
    }
    return g_utf8_make_valid(summary ? summary : "", -1);
}

static void add_commit(struct collector *c, struct commit *commit,
                       const struct commit *landing)
{
    struct commit *parent = graph_parent(c->repo, commit, 0);
    struct range_commit *out = g_new0(struct range_commit, 1);

    out->id = oid_text(&commit->id);
    out->parent = parent ? oid_text(&parent->id) : NULL;
    out->landing = oid_text(&landing->id);
    out->subject = subject_of(c->repo, commit);
    out->date = commit->date;
    g_ptr_array_add(c->commits, out);
}

/* A parent of COMMIT that is wanted, the first ones first; NULL. */
static struct commit *next_parent(struct collector *c, struct commit *commit)
{
    for (guint i = 0; i < commit->n_parents; i++) {
        if (g_hash_table_remove(c->wanted, commit->parents[i])) {
            return commit->parents[i];
        }
    }
    return NULL;
}

/* What LANDING brought, parents first; merges have nothing of their own. */
static void collect(struct collector *c, struct commit *landing)
{
    if (!g_hash_table_remove(c->wanted, landing)) {
        return;
    }
    g_ptr_array_add(c->stack, landing);
    while (c->stack->len) {
        struct commit *top = c->stack->pdata[c->stack->len - 1];
        struct commit *parent = next_parent(c, top);

        if (parent) {
            g_ptr_array_add(c->stack, parent);
            continue;
        }
        g_ptr_array_set_size(c->stack, (gint)c->stack->len - 1);
        if (top->n_parents < 2) {
            add_commit(c, top, landing);
        }
    }
}

/* The chain of first parents from HEAD as far as it is wanted, oldest
 * first. */
static GPtrArray *main_line(struct collector *c, struct commit *head)
{
    GPtrArray *line = g_ptr_array_new();

    for (struct commit *at = head;
         at && g_hash_table_contains(c->wanted, at);
         at = graph_parent(c->repo, at, 0)) {
        g_ptr_array_insert(line, 0, at);
    }
    return line;
}

static struct commit *find(struct repository *repo, const char *rev,
                           GError **error)
{
    git_oid oid;

    return repository_resolve_commit(repo, rev, &oid, error)
           ? graph_commit(repo, &oid) : NULL;
}

GPtrArray *history_commits(struct repository *repo, const char *base,
                           const char *head, GError **error)
{
    struct commit *from = find(repo, base, error);
    struct commit *to = from ? find(repo, head, error) : NULL;

    if (!to) {
        return NULL;
    }
    g_autoptr(GPtrArray) between = graph_between(repo, from, to);
    g_autoptr(GHashTable) wanted = g_hash_table_new(NULL, NULL);
    g_autoptr(GPtrArray) stack = g_ptr_array_new();
    struct collector c = {
        .repo = repo, .wanted = wanted, .stack = stack,
        .commits = g_ptr_array_new_with_free_func(range_commit_free),
    };

    for (guint i = 0; i < between->len; i++) {
        g_hash_table_add(wanted, between->pdata[i]);
    }
    g_autoptr(GPtrArray) line = main_line(&c, to);

    for (guint i = 0; i < line->len; i++) {
        collect(&c, line->pdata[i]);
    }
    return c.commits;
}

static int newest_first(gconstpointer a, gconstpointer b)
{
    const struct range_commit *x = *(const struct range_commit *const *)a;
    const struct range_commit *y = *(const struct range_commit *const *)b;

    return x->date != y->date ? (x->date > y->date ? -1 : 1)
                              : strcmp(x->id, y->id);
}

void history_keep_newest(GPtrArray *commits, guint n)
{
    if (commits->len <= n) {
        return;
    }
    g_autoptr(GPtrArray) sorted = g_ptr_array_copy(commits, NULL, NULL);
    g_autoptr(GHashTable) kept = g_hash_table_new(NULL, NULL);

    g_ptr_array_set_free_func(sorted, NULL);
    g_ptr_array_sort(sorted, newest_first);
    for (guint i = 0; i < n; i++) {
        g_hash_table_add(kept, sorted->pdata[i]);
    }
    for (guint i = commits->len; i-- > 0;) {
        if (!g_hash_table_contains(kept, commits->pdata[i])) {
            g_ptr_array_remove_index(commits, i);
        }
    }
}

static int add_tag(git_reference *reference, void *opaque)
{
    const git_oid *id = git_reference_target(reference);
    char hex[GIT_OID_HEXSZ + 1];

    g_ptr_array_add(opaque, g_strdup_printf(
        "%s %s\n", git_reference_name(reference),
        id ? git_oid_tostr(hex, sizeof(hex), id) : ""));
    git_reference_free(reference);
    return 0;
}

static int compare_texts(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

char *history_releases_id(struct repository *repo)
{
    g_autoptr(GPtrArray) tags = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
    git_reference_iterator *iter;
    git_reference *reference;

    if (!git_reference_iterator_glob_new(&iter, repo->git, "refs/tags/v*")) {
        while (!git_reference_next(&reference, iter)) {
            add_tag(reference, tags);
        }
        git_reference_iterator_free(iter);
    }
    g_ptr_array_sort(tags, compare_texts);
    for (guint i = 0; i < tags->len; i++) {
        g_checksum_update(sum, tags->pdata[i], -1);
    }
    return g_strdup(g_checksum_get_string(sum));
}
