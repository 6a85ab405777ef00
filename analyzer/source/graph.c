/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "source/graph.h"

enum paint { PAINT_A = 1 << 0, PAINT_B = 1 << 1, PAINT_STALE = 1 << 2 };

void commit_free(gpointer opaque)
{
    struct commit *commit = opaque;

    g_free(commit->parents);
    g_free(commit);
}

static struct commit *intern(struct repository *repo, const git_oid *id)
{
    struct commit *commit = g_hash_table_lookup(repo->commits, id);

    if (!commit) {
        commit = g_new0(struct commit, 1);
        commit->id = *id;
        g_hash_table_insert(repo->commits, &commit->id, commit);
    }
    return commit;
}

static void load(struct repository *repo, struct commit *commit)
{
    g_autoptr(git_commit) object = NULL;

    if (commit->state != COMMIT_NEW) {
        return;
    }
    if (git_commit_lookup(&object, repo->git, &commit->id)) {
        commit->state = COMMIT_MISSING;
        return;
    }
    commit->state = COMMIT_LOADED;
    commit->tree = *git_commit_tree_id(object);
    commit->date = git_commit_time(object);
    if (g_hash_table_contains(repo->shallow, &commit->id)) {
        commit->cut = true;
        return;
    }
    commit->n_parents = git_commit_parentcount(object);
    commit->parents = g_new(struct commit *, commit->n_parents);
    for (guint i = 0; i < commit->n_parents; i++) {
        commit->parents[i] = intern(repo, git_commit_parent_id(object, i));
    }
}

struct commit *graph_commit(struct repository *repo, const git_oid *id)
{
    struct commit *commit = intern(repo, id);

    load(repo, commit);
    return commit->state == COMMIT_LOADED ? commit : NULL;
}

struct commit *graph_parent(struct repository *repo, struct commit *commit,
                            guint n)
{
    if (n >= commit->n_parents) {
        return NULL;
    }
    struct commit *parent = commit->parents[n];

    load(repo, parent);
    if (parent->state == COMMIT_MISSING) {
        commit->cut = true;
        return NULL;
    }
    return parent;
}

/* --- A queue of commits, newest first: a binary heap. ------------------ */

struct walk {
    struct repository *repo;
    GPtrArray *heap;         /* struct commit * */
    GPtrArray *touched;      /* whose paint must come off */
    guint n_fresh;           /* in the heap and not stale */
    bool cut;
};

static struct commit *heap_at(struct walk *walk, guint i)
{
    return g_ptr_array_index(walk->heap, i);
}

static void heap_swap(struct walk *walk, guint i, guint j)
{
    gpointer t = walk->heap->pdata[i];

    walk->heap->pdata[i] = walk->heap->pdata[j];
    walk->heap->pdata[j] = t;
}

static void heap_push(struct walk *walk, struct commit *commit)
{
    g_ptr_array_add(walk->heap, commit);
    for (guint i = walk->heap->len - 1; i > 0;) {
        guint up = (i - 1) / 2;

        if (heap_at(walk, up)->date >= heap_at(walk, i)->date) {
            break;
        }
        heap_swap(walk, i, up);
        i = up;
    }
}

static struct commit *heap_pop(struct walk *walk)
{
    struct commit *top = heap_at(walk, 0);
    guint i = 0;

    g_ptr_array_remove_index_fast(walk->heap, 0);
    for (;;) {
        guint kid = 2 * i + 1;

        if (kid + 1 < walk->heap->len &&
            heap_at(walk, kid + 1)->date > heap_at(walk, kid)->date) {
            kid++;
        }
        if (kid >= walk->heap->len ||
            heap_at(walk, i)->date >= heap_at(walk, kid)->date) {
            return top;
        }
        heap_swap(walk, i, kid);
        i = kid;
    }
}

/* --- Painting: what A reaches, what B reaches, what both do. ----------- */

static void walk_add(struct walk *walk, struct commit *commit, unsigned paint)
{
    bool was_stale = commit->paint & PAINT_STALE;

    if (!commit->paint) {
        g_ptr_array_add(walk->touched, commit);
    }
    commit->paint |= paint;
    bool stale = commit->paint & PAINT_STALE;
    if (!commit->queued) {
        commit->queued = true;
        heap_push(walk, commit);
        walk->n_fresh += !stale;
    } else if (stale && !was_stale) {
        walk->n_fresh--;
    }
}

static struct commit *walk_next(struct walk *walk)
{
    struct commit *commit = heap_pop(walk);

    commit->queued = false;
    walk->n_fresh -= !(commit->paint & PAINT_STALE);
    return commit;
}

static void walk_parents(struct walk *walk, struct commit *commit,
                         unsigned paint)
{
    for (guint i = 0; i < commit->n_parents; i++) {
        struct commit *parent = graph_parent(walk->repo, commit, i);

        if (parent && (parent->paint & paint) != paint) {
            walk_add(walk, parent, paint);
        }
    }
    walk->cut |= commit->cut;
}

/*
 * Paints until everything left is known to both sides.  Ends early once
 * UNTIL (may be NULL) is reached from B.  Returns the first commit that both
 * reach: newest first, so the best common ancestor.
 */
static struct commit *walk_run(struct walk *walk, struct commit *a,
                               struct commit *b, const struct commit *until)
{
    struct commit *common = NULL;

    walk_add(walk, a, PAINT_A);
    walk_add(walk, b, PAINT_B);
    while (walk->n_fresh) {
        struct commit *commit = walk_next(walk);
        unsigned paint = commit->paint;

        if (commit == until && (paint & PAINT_B)) {
            return commit;
        }
        if ((paint & PAINT_A) && (paint & PAINT_B)) {
            if (!common && !(paint & PAINT_STALE)) {
                common = commit;
            }
            paint |= PAINT_STALE;
        }
        walk_parents(walk, commit, paint);
    }
    return common;
}

static struct walk walk_init(struct repository *repo)
{
    return (struct walk){ .repo = repo, .heap = g_ptr_array_new(),
                          .touched = g_ptr_array_new() };
}

static void walk_clear(struct walk *walk)
{
    for (guint i = 0; i < walk->touched->len; i++) {
        struct commit *commit = g_ptr_array_index(walk->touched, i);

        commit->paint = 0;
        commit->queued = false;
    }
    g_ptr_array_unref(walk->touched);
    g_ptr_array_unref(walk->heap);
}

bool graph_is_ancestor(struct repository *repo, struct commit *a,
                       struct commit *b, bool *ret_cut)
{
    if (a == b) {
        return true;
    }
    struct walk walk = walk_init(repo);
    walk_run(&walk, a, b, a);
    bool found = a->paint & PAINT_B;
    if (ret_cut) {
        *ret_cut = !found && walk.cut;
    }
    walk_clear(&walk);
    return found;
}

struct commit *graph_merge_base(struct repository *repo, struct commit *a,
                                struct commit *b, bool *ret_cut)
{
    if (a == b) {
        return a;
    }
    struct walk walk = walk_init(repo);
    struct commit *common = walk_run(&walk, a, b, NULL);

    *ret_cut = !common && walk.cut;
    walk_clear(&walk);
    return common;
}

GPtrArray *graph_between(struct repository *repo, struct commit *base,
                         struct commit *head)
{
    GPtrArray *commits = g_ptr_array_new();

    if (base == head) {
        return commits;
    }
    struct walk walk = walk_init(repo);
    walk_run(&walk, base, head, NULL);
    for (guint i = 0; i < walk.touched->len; i++) {
        struct commit *commit = g_ptr_array_index(walk.touched, i);

        if (!(commit->paint & PAINT_A)) {
            g_ptr_array_add(commits, commit);
        }
    }
    walk_clear(&walk);
    return commits;
}
