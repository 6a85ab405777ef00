/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "extract/slice-internal.h"

#include <string.h>

struct slicer {
    struct names names;
    GHashTable *cut;             /* struct tree_content * → GArray of chunk */
    GHashTable *mentions;        /* struct tree_content * → GArray of names */
};

struct slicer *slicer_new(void)
{
    struct slicer *slicer = g_new0(struct slicer, 1);

    names_init(&slicer->names);
    slicer->cut = g_hash_table_new_full(NULL, NULL, NULL,
                                        (GDestroyNotify)g_array_unref);
    slicer->mentions = g_hash_table_new_full(NULL, NULL, NULL,
                                             (GDestroyNotify)g_array_unref);
    return slicer;
}

void slicer_free(struct slicer *slicer)
{
    if (slicer) {
        names_clear(&slicer->names);
        g_hash_table_unref(slicer->cut);
        g_hash_table_unref(slicer->mentions);
        g_free(slicer);
    }
}

static GArray *chunks_of(struct slicer *slicer, struct tree_content *content)
{
    GArray *chunks = g_hash_table_lookup(slicer->cut, content);

    if (!chunks) {
        gsize length;
        const char *text = g_bytes_get_data(content->bytes, &length);

        chunks = chunks_cut(&slicer->names, text ? text : "", length);
        g_hash_table_insert(slicer->cut, content, chunks);
    }
    return chunks;
}

static GArray *names_of(struct slicer *slicer, struct tree_content *content)
{
    GArray *names = g_hash_table_lookup(slicer->mentions, content);

    if (!names) {
        gsize length;
        const char *text = g_bytes_get_data(content->bytes, &length);

        names = chunks_names(&slicer->names, text ? text : "", length);
        g_hash_table_insert(slicer->mentions, content, names);
    }
    return names;
}

/* --- The graph of a tree --------------------------------------------------- */

static bool is_header(const struct tree_file *file)
{
    return g_str_has_suffix(file->path, ".h");
}

static void add_nodes(struct slices *s, struct tree_file *file)
{
    GArray *chunks = chunks_of(s->slicer, file->content);

    if (chunks->len) {
        g_hash_table_insert(s->of_file, (gpointer)file->path,
                            GUINT_TO_POINTER(s->nodes->len + 1));
    }
    for (guint i = 0; i < chunks->len; i++) {
        struct node node = {
            .chunk = &g_array_index(chunks, struct chunk, i),
            .file_no = s->n_files,
        };

        g_array_append_val(s->nodes, node);
    }
    s->n_files++;
}

/* Adds what NODE depends on to the sum at hand, once. */
static void add_digest(const struct slices *s, struct node *node,
                       GPtrArray *digests)
{
    if (node->round != s->round) {
        node->round = s->round;
        g_ptr_array_add(digests, node->digest);
    }
}

/* Counting sort of (name, node) pairs. */
static void index_names(struct slices *s)
{
    s->n_names = s->slicer->names.texts->len;
    s->first = g_new0(guint, s->n_names + 1);
    for (guint i = 0; i < s->nodes->len; i++) {
        const GArray *defines = slice_node(s, i)->chunk->defines;

        for (guint d = 0; d < defines->len; d++) {
            s->first[g_array_index(defines, guint32, d) + 1]++;
        }
    }
    for (guint n = 0; n < s->n_names; n++) {
        s->first[n + 1] += s->first[n];
    }
    g_autofree guint *fill = g_memdup2(s->first,
                                       s->n_names * sizeof(guint));

    s->defining = g_new(guint, s->first[s->n_names] + 1);
    for (guint i = 0; i < s->nodes->len; i++) {
        const GArray *defines = slice_node(s, i)->chunk->defines;

        for (guint d = 0; d < defines->len; d++) {
            s->defining[fill[g_array_index(defines, guint32, d)]++] = i;
        }
    }
}

/* --- Digests: strongly connected components, dependencies first ------------- */

/* Where a node's walk over its dependencies stands. */
struct visit {
    guint node;
    guint use;                   /* index in chunk->uses */
    guint at;                    /* index in defining, within that name */
};

struct tarjan {
    struct slices *s;
    GArray *visits;              /* struct visit: the depth-first path */
    GArray *stack;               /* guint */
    guint counter;
    GPtrArray *own, *outside;    /* digests of the component at hand */
    GChecksum *sum;
};

static gint compare_digests(gconstpointer a, gconstpointer b)
{
    return memcmp(*(const guint8 *const *)a, *(const guint8 *const *)b,
                  DIGEST);
}

/* Sorted and once each, so that order does not matter. */
static void sum_digests(GChecksum *sum, GPtrArray *digests)
{
    const guint8 *last = NULL;

    g_ptr_array_sort(digests, compare_digests);
    for (guint i = 0; i < digests->len; i++) {
        const guint8 *digest = g_ptr_array_index(digests, i);

        if (!last || memcmp(last, digest, DIGEST)) {
            g_checksum_update(sum, digest, DIGEST);
        }
        last = digest;
    }
}

static void collect_outside(struct tarjan *t, const struct node *node)
{
    const struct slices *s = t->s;
    const GArray *uses = node->chunk->uses;

    for (guint u = 0; u < uses->len; u++) {
        guint32 name = g_array_index(uses, guint32, u);

        for (guint d = s->first[name]; d < s->first[name + 1]; d++) {
            struct node *to = slice_node(s, s->defining[d]);

            if (to->component != node->component) {
                add_digest(s, to, t->outside);
            }
        }
    }
}

/* All members of a component depend on each other: one digest for all. */
static void finish_component(struct tarjan *t, guint root)
{
    guint first = t->stack->len;
    struct node *node;

    t->s->round++;
    g_ptr_array_set_size(t->own, 0);
    g_ptr_array_set_size(t->outside, 0);
    do {
        node = slice_node(t->s, g_array_index(t->stack, guint, --first));
        node->on_stack = false;
        node->component = root + 1;
        g_ptr_array_add(t->own, (gpointer)node->chunk->hash);
    } while (node != slice_node(t->s, root));
    for (guint i = first; i < t->stack->len; i++) {
        collect_outside(t, slice_node(t->s, g_array_index(t->stack, guint, i)));
    }
    g_checksum_reset(t->sum);
    sum_digests(t->sum, t->own);
    g_checksum_update(t->sum, (const guchar *)"|", 1);
    sum_digests(t->sum, t->outside);
    guint8 digest[DIGEST];
    gsize size = DIGEST;

    g_checksum_get_digest(t->sum, digest, &size);
    for (guint i = first; i < t->stack->len; i++) {
        memcpy(slice_node(t->s, g_array_index(t->stack, guint, i))->digest,
               digest, DIGEST);
    }
    g_array_set_size(t->stack, first);
}

static void enter(struct tarjan *t, guint i)
{
    struct visit visit = { .node = i };
    struct node *node = slice_node(t->s, i);

    node->index = node->low = ++t->counter;
    node->on_stack = true;
    g_array_append_val(t->stack, i);
    g_array_append_val(t->visits, visit);
}

/* The next dependency of the visit at the top; false where it has no more. */
static bool next_dependency(struct slices *s, struct visit *visit,
                            guint *ret_node)
{
    const GArray *uses = slice_node(s, visit->node)->chunk->uses;

    while (visit->use < uses->len) {
        guint32 name = g_array_index(uses, guint32, visit->use);
        guint at = s->first[name] + visit->at;

        if (at < s->first[name + 1]) {
            visit->at++;
            *ret_node = s->defining[at];
            return true;
        }
        visit->use++;
        visit->at = 0;
    }
    return false;
}

static void leave(struct tarjan *t)
{
    guint i = g_array_index(t->visits, struct visit,
                            t->visits->len - 1).node;
    struct node *node = slice_node(t->s, i);

    if (node->low == node->index) {
        finish_component(t, i);
    }
    g_array_set_size(t->visits, t->visits->len - 1);
    if (t->visits->len) {
        guint from = g_array_index(t->visits, struct visit,
                                   t->visits->len - 1).node;
        struct node *up = slice_node(t->s, from);

        up->low = MIN(up->low, node->low);
    }
}

static void walk_from(struct tarjan *t, guint start)
{
    enter(t, start);
    while (t->visits->len) {
        struct visit *visit = &g_array_index(t->visits, struct visit,
                                             t->visits->len - 1);
        struct node *node = slice_node(t->s, visit->node);
        guint to;

        if (!next_dependency(t->s, visit, &to)) {
            leave(t);
        } else if (!slice_node(t->s, to)->index) {
            enter(t, to);
        } else if (slice_node(t->s, to)->on_stack) {
            node->low = MIN(node->low, slice_node(t->s, to)->index);
        }
    }
}

static void compute_digests(struct slices *s)
{
    struct tarjan t = {
        .s = s,
        .visits = g_array_new(FALSE, FALSE, sizeof(struct visit)),
        .stack = g_array_new(FALSE, FALSE, sizeof(guint)),
        .own = g_ptr_array_new(),
        .outside = g_ptr_array_new(),
        .sum = g_checksum_new(G_CHECKSUM_SHA256),
    };

    for (guint i = 0; i < s->nodes->len; i++) {
        if (!slice_node(s, i)->index) {
            walk_from(&t, i);
        }
    }
    g_array_unref(t.visits);
    g_array_unref(t.stack);
    g_ptr_array_unref(t.own);
    g_ptr_array_unref(t.outside);
    g_checksum_free(t.sum);
}

struct slices *slices_new(struct slicer *slicer, const GPtrArray *files,
                          const struct slices *like)
{
    struct slices *s = g_new0(struct slices, 1);

    s->slicer = slicer;
    s->nodes = g_array_new(FALSE, FALSE, sizeof(struct node));
    s->of_file = g_hash_table_new(NULL, NULL);
    for (guint i = 0; i < files->len; i++) {
        struct tree_file *file = g_ptr_array_index(files, i);

        if (is_header(file)) {
            add_nodes(s, file);
        }
    }
    s->visible = g_new0(guint, s->n_files);
    index_names(s);
    if (like) {
        slices_adopt(s, like);
    }
    compute_digests(s);
    return s;
}

void slices_free(struct slices *s)
{
    if (s) {
        g_array_unref(s->nodes);
        g_free(s->defining);
        g_free(s->first);
        g_hash_table_unref(s->of_file);
        g_free(s->visible);
        g_free(s);
    }
}

/* --- Units -------------------------------------------------------------------- */

static void add_text(GChecksum *sum, const char *text)
{
    g_checksum_update(sum, (const guchar *)text, (gssize)strlen(text) + 1);
}

/* Chunks that concern everyone who includes their file, which starts with node
 * FIRST - 1. */
static void add_always(struct slices *s, guint first, GPtrArray *digests)
{
    guint no = first ? slice_node(s, first - 1)->file_no : 0;

    for (guint i = first; first && i - 1 < s->nodes->len &&
         slice_node(s, i - 1)->file_no == no; i++) {
        if (slice_node(s, i - 1)->chunk->always) {
            add_digest(s, slice_node(s, i - 1), digests);
        }
    }
}

static void add_mentioned(struct slices *s, struct tree_file *file,
                          GPtrArray *digests)
{
    GArray *names = names_of(s->slicer, file->content);

    for (guint i = 0; i < names->len; i++) {
        guint32 name = g_array_index(names, guint32, i);

        for (guint d = name < s->n_names ? s->first[name] : 0;
             name < s->n_names && d < s->first[name + 1]; d++) {
            struct node *node = slice_node(s, s->defining[d]);

            if (s->visible[node->file_no] == s->round) {
                add_digest(s, node, digests);
            }
        }
    }
}

void slices_add(struct slices *s, const GPtrArray *closure, GChecksum *sum)
{
    g_autoptr(GPtrArray) digests = g_ptr_array_new();
    g_autofree guint *first = g_new(guint, closure->len);

    s->round++;
    for (guint i = 0; i < closure->len; i++) {
        const struct tree_file *file = g_ptr_array_index(closure, i);

        first[i] = GPOINTER_TO_UINT(g_hash_table_lookup(s->of_file,
                                                       file->path));
        if (first[i]) {
            s->visible[slice_node(s, first[i] - 1)->file_no] = s->round;
        }
    }
    for (guint i = 0; i < closure->len; i++) {
        struct tree_file *file = g_ptr_array_index(closure, i);

        /* Who includes whom decides what a header itself can see. */
        add_text(sum, file->path);
        if (i && is_header(file)) {
            add_always(s, first[i], digests);
            continue;
        }
        /* The unit itself, and what is included as text of it. */
        add_text(sum, file->content->id);
        add_mentioned(s, file, digests);
    }
    sum_digests(sum, digests);
}
