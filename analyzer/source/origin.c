/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Which commit of a range made a line what it is.
 *
 * Like blame, but only as far as the range goes, and with three answers: this
 * commit and no other; more than one; none.
 */
#include "source/graph.h"
#include "source/history.h"

#include <string.h>

/* Longer hunks are no change of a line. */
#define MAX_HUNK 40

struct origins {
    struct repository *repo;
    struct commit *head;
    GHashTable *range;           /* struct commit * of BASE..HEAD */
    GHashTable *blobs;           /* path → (struct commit * → git_oid *) */
};

static struct commit *find(struct repository *repo, const char *rev)
{
    git_oid oid;

    return repository_resolve_commit(repo, rev, &oid, NULL)
           ? graph_commit(repo, &oid) : NULL;
}

struct origins *origins_new(struct repository *repo, const char *base,
                            const char *head)
{
    struct commit *from = find(repo, base), *to = find(repo, head);

    if (!from || !to) {
        return NULL;
    }
    struct origins *o = g_new0(struct origins, 1);
    g_autoptr(GPtrArray) between = graph_between(repo, from, to);

    o->repo = repo;
    o->head = to;
    o->range = g_hash_table_new(NULL, NULL);
    o->blobs = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
                                     (GDestroyNotify)g_hash_table_unref);
    for (guint i = 0; i < between->len; i++) {
        g_hash_table_add(o->range, between->pdata[i]);
    }
    return o;
}

void origins_free(struct origins *o)
{
    if (o) {
        g_hash_table_unref(o->range);
        g_hash_table_unref(o->blobs);
        g_free(o);
    }
}

/* --- Contents ----------------------------------------------------------------- */

static git_oid *read_blob_id(struct origins *o, struct commit *commit,
                             const char *path)
{
    git_oid *id = g_new0(git_oid, 1);
    g_autoptr(git_tree) tree = NULL;
    git_tree_entry *entry = NULL;

    if (!git_tree_lookup(&tree, o->repo->git, &commit->tree) &&
        !git_tree_entry_bypath(&entry, tree, path)) {
        if (git_tree_entry_type(entry) == GIT_OBJECT_BLOB) {
            *id = *git_tree_entry_id(entry);
        }
        git_tree_entry_free(entry);
    }
    return id;
}

/* Zero where COMMIT has no such file. */
static const git_oid *blob_id(struct origins *o, struct commit *commit,
                              const char *path)
{
    GHashTable *known = g_hash_table_lookup(o->blobs, path);

    if (!known) {
        known = g_hash_table_new_full(NULL, NULL, NULL, g_free);
        g_hash_table_insert(o->blobs, g_strdup(path), known);
    }
    git_oid *id = g_hash_table_lookup(known, commit);

    if (!id) {
        id = read_blob_id(o, commit, path);
        g_hash_table_insert(known, commit, id);
    }
    return id;
}

/* --- Lines -------------------------------------------------------------------- */

struct mapping {
    int line;                    /* in: of the new side; out: of the old */
    bool changed;                /* a hunk has it; then: */
    int old_start, old_lines;
    bool aligned;                /* old and new lines are as many */
};

static int on_hunk(const git_diff_delta *delta, const git_diff_hunk *hunk,
                   void *opaque)
{
    struct mapping *m = opaque;
    int start = hunk->new_start + (hunk->new_lines == 0);

    if (m->changed || start > m->line) {
        return 0;
    }
    if (m->line < start + hunk->new_lines) {
        m->changed = true;
        m->old_start = hunk->old_start;
        m->old_lines = hunk->old_lines;
        m->aligned = hunk->old_lines == hunk->new_lines;
        m->line = m->aligned ? hunk->old_start + m->line - start : 0;
    }
    return 0;
}

struct shift {
    int line, delta;
};

static int add_shift(const git_diff_delta *delta, const git_diff_hunk *hunk,
                     void *opaque)
{
    struct shift *s = opaque;

    if (hunk->new_start + (hunk->new_lines == 0) + hunk->new_lines <=
        s->line) {
        s->delta += hunk->old_lines - hunk->new_lines;
    }
    return 0;
}

static bool map_line(struct origins *o, const git_oid *old_id,
                     const git_oid *new_id, int line, struct mapping *ret)
{
    g_autoptr(git_blob) old = NULL, new = NULL;
    git_diff_options options = GIT_DIFF_OPTIONS_INIT;
    struct shift shift = { line, 0 };

    options.context_lines = 0;
    *ret = (struct mapping){ .line = line };
    if (git_blob_lookup(&old, o->repo->git, old_id) ||
        git_blob_lookup(&new, o->repo->git, new_id) ||
        git_diff_blobs(old, NULL, new, NULL, &options, NULL, NULL, on_hunk,
                       NULL, ret) ||
        git_diff_blobs(old, NULL, new, NULL, &options, NULL, NULL, add_shift,
                       NULL, &shift)) {
        return false;
    }
    if (!ret->changed) {
        ret->line += shift.delta;
    }
    return true;
}

/* --- History ------------------------------------------------------------------ */

struct place {
    struct commit *commit;
    int line;
};

enum step { STEP_ON, STEP_HERE, STEP_LOST };

/* From AT to the parent that has the line as it is, if there is one. */
static enum step step_back(struct origins *o, const char *path,
                           struct place *at, struct mapping *ret)
{
    const git_oid *id = blob_id(o, at->commit, path);

    for (guint i = 0; i < at->commit->n_parents; i++) {
        struct commit *parent = graph_parent(o->repo, at->commit, i);

        if (parent && git_oid_equal(blob_id(o, parent, path), id)) {
            at->commit = parent;
            return STEP_ON;
        }
    }
    for (guint i = 0; i < at->commit->n_parents; i++) {
        struct commit *parent = graph_parent(o->repo, at->commit, i);
        const git_oid *old = parent ? blob_id(o, parent, path) : NULL;

        if (!old || git_oid_is_zero(old) ||
            !map_line(o, old, id, at->line, ret)) {
            return STEP_LOST;    /* new, moved here, or damaged */
        }
        if (!ret->changed) {
            *at = (struct place){ parent, ret->line };
            return STEP_ON;
        }
    }
    return at->commit->n_parents ? STEP_HERE : STEP_LOST;
}

/* The commit that changed the line at AT, which it becomes; NULL where none of
 * the range did, *ret_lost where that cannot be told. */
static struct commit *trace(struct origins *o, const char *path,
                            struct place *at, struct mapping *ret,
                            bool *ret_lost)
{
    while (g_hash_table_contains(o->range, at->commit)) {
        switch (step_back(o, path, at, ret)) {
        case STEP_ON:
            break;
        case STEP_HERE:
            return at->commit;
        case STEP_LOST:
            *ret_lost = true;
            return NULL;
        }
    }
    return NULL;
}

/* Whether what stood in the place of MAPPING before COMMIT came from before
 * the range too. */
static bool was_older(struct origins *o, const char *path,
                      struct commit *commit, const struct mapping *mapping)
{
    int first = mapping->aligned ? mapping->line : mapping->old_start;
    int n = mapping->aligned ? 1 : mapping->old_lines;
    struct commit *parent = graph_parent(o->repo, commit, 0);

    if (!parent || n > MAX_HUNK) {
        return false;
    }
    for (int i = 0; i < n; i++) {
        struct place at = { parent, first + i };
        struct mapping other;
        bool lost = false;

        if (trace(o, path, &at, &other, &lost) || lost) {
            return false;
        }
    }
    return true;
}

char *origins_of_line(struct origins *o, const char *path, int line)
{
    struct place at = { o->head, line };
    struct mapping mapping;
    bool lost = false;
    struct commit *commit = trace(o, path, &at, &mapping, &lost);

    return commit && was_older(o, path, commit, &mapping)
           ? oid_text(&commit->id) : NULL;
}
