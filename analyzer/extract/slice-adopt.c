/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Between trees that differ in a few headers most chunks depend on the same:
 * their digests need not be computed again.
 */
#include "extract/slice-internal.h"

#include <string.h>

/* Nodes of NEW that may depend on something else than they did in OLD. */
struct doubt {
    struct slices *new;
    const struct slices *old;
    bool *nodes;                 /* by number in NEW */
    bool *names;                 /* who defines them, or how, has changed */
};

static void doubt_defines(struct doubt *d, const struct chunk *chunk)
{
    for (guint i = 0; i < chunk->defines->len; i++) {
        d->names[g_array_index(chunk->defines, guint32, i)] = true;
    }
}

static void doubt_node(struct doubt *d, guint i)
{
    d->nodes[i] = true;
    doubt_defines(d, slice_node(d->new, i)->chunk);
}

/* The node behind the last one of the file that starts with FIRST. */
static guint end_of_file(const struct slices *s, guint first)
{
    guint no = slice_node(s, first)->file_no;
    guint end = first;

    while (end < s->nodes->len && slice_node(s, end)->file_no == no) {
        end++;
    }
    return end;
}

static void take_over(struct node *node, guint i, const struct node *like)
{
    memcpy(node->digest, like->digest, DIGEST);
    node->index = 1;             /* not to be visited */
    node->component = i + 1;
}

/* chunk → node of S + 1, of the file that starts with node FIRST. */
static GHashTable *index_chunks(const struct slices *s, guint first)
{
    GHashTable *index = g_hash_table_new(chunk_hash, chunk_equal);

    for (guint i = first, end = end_of_file(s, first); i < end; i++) {
        g_hash_table_insert(index, (gpointer)slice_node(s, i)->chunk,
                            GUINT_TO_POINTER(i + 1));
    }
    return index;
}

/* A file that says something else: what is not in both is in doubt. */
static void compare_chunks(struct doubt *d, guint old, guint new)
{
    g_autoptr(GHashTable) before = index_chunks(d->old, old);
    g_autoptr(GHashTable) after = index_chunks(d->new, new);

    for (guint i = new, end = end_of_file(d->new, new); i < end; i++) {
        struct node *node = slice_node(d->new, i);
        guint like = GPOINTER_TO_UINT(
            g_hash_table_lookup(before, node->chunk));

        if (like) {
            take_over(node, i, slice_node(d->old, like - 1));
        } else {
            doubt_node(d, i);
        }
    }
    for (guint i = old, end = end_of_file(d->old, old); i < end; i++) {
        const struct chunk *chunk = slice_node(d->old, i)->chunk;

        if (!g_hash_table_contains(after, chunk)) {
            doubt_defines(d, chunk);
        }
    }
}

/* OLD and NEW are first nodes of one file, plus 1; 0: it is not there. */
static void compare_file(struct doubt *d, guint old, guint new)
{
    if (!new) {
        for (guint i = old - 1, end = end_of_file(d->old, i); i < end; i++) {
            doubt_defines(d, slice_node(d->old, i)->chunk);
        }
    } else if (!old) {
        for (guint i = new - 1, end = end_of_file(d->new, i); i < end; i++) {
            doubt_node(d, i);
        }
    } else if (slice_node(d->old, old - 1)->chunk !=
               slice_node(d->new, new - 1)->chunk) {
        compare_chunks(d, old - 1, new - 1);
    } else {
        for (guint i = new - 1, end = end_of_file(d->new, i); i < end; i++) {
            take_over(slice_node(d->new, i), i,
                      slice_node(d->old, old - new + i));
        }
    }
}

static void compare_files(struct doubt *d)
{
    GHashTableIter iter;
    gpointer path, first;

    g_hash_table_iter_init(&iter, d->new->of_file);
    while (g_hash_table_iter_next(&iter, &path, &first)) {
        compare_file(d, GPOINTER_TO_UINT(g_hash_table_lookup(
                             d->old->of_file, path)),
                     GPOINTER_TO_UINT(first));
    }
    g_hash_table_iter_init(&iter, d->old->of_file);
    while (g_hash_table_iter_next(&iter, &path, &first)) {
        if (!g_hash_table_contains(d->new->of_file, path)) {
            compare_file(d, GPOINTER_TO_UINT(first), 0);
        }
    }
}

static bool uses_doubtful(const struct doubt *d, const struct chunk *chunk)
{
    for (guint i = 0; i < chunk->uses->len; i++) {
        if (d->names[g_array_index(chunk->uses, guint32, i)]) {
            return true;
        }
    }
    return false;
}

/* Who uses what is in doubt is in doubt. */
static void spread_doubt(struct doubt *d)
{
    bool more = true;

    while (more) {
        more = false;
        for (guint i = 0; i < d->new->nodes->len; i++) {
            if (!d->nodes[i] &&
                uses_doubtful(d, slice_node(d->new, i)->chunk)) {
                doubt_node(d, i);
                more = true;
            }
        }
    }
}

void slices_adopt(struct slices *s, const struct slices *old)
{
    struct doubt d = {
        .new = s, .old = old,
        .nodes = g_new0(bool, s->nodes->len),
        .names = g_new0(bool, s->n_names),
    };

    compare_files(&d);
    spread_doubt(&d);
    for (guint i = 0; i < s->nodes->len; i++) {
        if (d.nodes[i]) {
            slice_node(s, i)->index = 0;
            slice_node(s, i)->component = 0;
        }
    }
    g_free(d.nodes);
    g_free(d.names);
}
