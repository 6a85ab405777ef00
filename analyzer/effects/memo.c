/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "effects/memo.h"

#include <string.h>

#include "base/borrow.h"

/* Walks that begin at one function and are compared at most. */
#define MAX_ALIKE 32
/* Entries of a walk that is kept at most: a bit for each. */
#define MAX_ENTRIES 64

struct question {
    const char *record, *field;
    bool found;
    struct bits answer;
};

struct memo_walk {
    const struct effects_query *asked;   /* while the walk is made */
    struct effects_query query;          /* … the one that notes questions */
    GPtrArray *entries;          /* struct code_function * */
    GArray *seeds;               /* struct effects_seed */
    uint64_t features;           /* bit I: entry I is a get_features() */
    GHashTable *known;           /* "record\nfield", a set; while it is made */
    GArray *questions;           /* struct question */
    GStringChunk *strings;
    struct effects *effects;
};

struct memo {
    GHashTable *walks;           /* struct code_function *, the first entry →
                                    GPtrArray of struct memo_walk * */
};

static void walk_free(gpointer data)
{
    struct memo_walk *walk = data;

    g_clear_pointer(&walk->known, g_hash_table_unref);
    g_ptr_array_unref(walk->entries);
    g_array_unref(walk->seeds);
    g_array_unref(walk->questions);
    g_string_chunk_free(walk->strings);
    effects_free(walk->effects);
    g_free(walk);
}

struct memo *memo_new(void)
{
    struct memo *memo = g_new0(struct memo, 1);

    memo->walks = g_hash_table_new_full(NULL, NULL, NULL,
                                        (GDestroyNotify)g_ptr_array_unref);
    return memo;
}

void memo_free(struct memo *memo)
{
    if (memo) {
        g_hash_table_unref(memo->walks);
        g_free(memo);
    }
}

/* --- What a walk depends on ------------------------------------------------- */

static uint64_t features_of(const GPtrArray *entries,
                            const struct effects_query *query)
{
    uint64_t features = 0;

    for (guint i = 0; query->get_features && i < entries->len; i++) {
        if (g_hash_table_contains(query->get_features, entries->pdata[i])) {
            features |= UINT64_C(1) << i % MAX_ENTRIES;
        }
    }
    return features;
}

static bool same_seeds(const GArray *a, const struct effects_query *query)
{
    if (a->len != query->n_seeds) {
        return false;
    }
    for (guint i = 0; i < a->len; i++) {
        const struct effects_seed *x = &g_array_index(a, struct effects_seed,
                                                      i);
        const struct effects_seed *y = &query->seeds[i];

        if (x->offset != y->offset || x->size != y->size ||
            x->value != y->value || x->known != y->known ||
            g_strcmp0(x->name, y->name)) {
            return false;
        }
    }
    return true;
}

/* What the class gives is all that is found where it is written. */
static bool same_class(const struct memo_walk *walk,
                       const struct effects_query *query)
{
    const struct location *a = &walk->query.class_loc, *b = &query->class_loc;

    return same_seeds(walk->seeds, query) &&
           (!query->n_seeds || (a->file == b->file && a->line == b->line &&
                                a->column == b->column));
}

static bool same_start(const struct memo_walk *walk, const GPtrArray *entries,
                       const struct effects_query *query)
{
    return entries->len == walk->entries->len &&
           !memcmp(entries->pdata, walk->entries->pdata,
                   entries->len * sizeof(*entries->pdata)) &&
           !query->field == !walk->query.field &&
           query->any == walk->query.any && same_class(walk, query) &&
           walk->features == features_of(entries, query);
}

static bool same_answers(const struct memo_walk *walk,
                         const struct effects_query *query)
{
    for (guint i = 0; i < walk->questions->len; i++) {
        const struct question *q = &g_array_index(walk->questions,
                                                  struct question, i);
        struct bits answer = { 0, 0 };
        bool found = query->field(query->opaque, q->record, q->field,
                                  &answer);

        if (found != q->found ||
            (found && (answer.value != q->answer.value ||
                       answer.known != q->answer.known))) {
            return false;
        }
    }
    return true;
}

static GPtrArray *alike(const struct memo *memo, const GPtrArray *entries)
{
    return g_hash_table_lookup(memo->walks, entries->pdata[0]);
}

struct effects *memo_find(struct memo *memo, const GPtrArray *entries,
                          const struct effects_query *query)
{
    const GPtrArray *walks = entries->len <= MAX_ENTRIES
                             ? alike(memo, entries) : NULL;

    for (guint i = 0; walks && i < walks->len; i++) {
        const struct memo_walk *walk = walks->pdata[i];

        if (same_start(walk, entries, query) && same_answers(walk, query)) {
            return effects_ref(walk->effects);
        }
    }
    return NULL;
}

/* --- A walk that is made ----------------------------------------------------- */

static bool ask(void *opaque, const char *record, const char *field,
                struct bits *ret)
{
    struct memo_walk *walk = opaque;
    const struct effects_query *query = walk->asked;
    g_autofree char *name = g_strdup_printf("%s\n%s", record, field);
    struct question q = {
        .found = query->field(query->opaque, record, field, ret),
    };

    if (!g_hash_table_contains(walk->known, name)) {
        q.record = g_string_chunk_insert_const(walk->strings, record);
        q.field = g_string_chunk_insert_const(walk->strings, field);
        q.answer = *ret;
        g_array_append_val(walk->questions, q);
        g_hash_table_add(walk->known,
                         g_string_chunk_insert(walk->strings, name));
    }
    return q.found;
}

struct memo_walk *memo_begin(const GPtrArray *entries,
                             const struct effects_query *query)
{
    struct memo_walk *walk = g_new0(struct memo_walk, 1);

    walk->asked = query;
    walk->query = *query;
    walk->query.field = query->field ? ask : NULL;
    walk->query.opaque = walk;
    walk->entries = g_ptr_array_new();
    g_ptr_array_extend(walk->entries, (GPtrArray *)entries, NULL, NULL);
    walk->seeds = g_array_new(FALSE, FALSE, sizeof(struct effects_seed));
    g_array_append_vals(walk->seeds, query->seeds, query->n_seeds);
    walk->features = features_of(entries, query);
    walk->known = g_hash_table_new(g_str_hash, g_str_equal);
    walk->questions = g_array_new(FALSE, FALSE, sizeof(struct question));
    walk->strings = g_string_chunk_new(256);
    return walk;
}

const struct effects_query *memo_query(const struct memo_walk *walk)
{
    return &walk->query;
}

void memo_end(struct memo *memo, struct memo_walk *walk,
              struct effects *effects)
{
    const GPtrArray *entries = walk->entries;
    GPtrArray *walks = alike(memo, entries);

    g_clear_pointer(&walk->known, g_hash_table_unref);
    walk->effects = effects_ref(effects);
    if (entries->len > MAX_ENTRIES || (walks && walks->len >= MAX_ALIKE)) {
        walk_free(walk);
        return;
    }
    if (!walks) {
        walks = g_ptr_array_new_with_free_func(walk_free);
        g_hash_table_insert(memo->walks, entries->pdata[0], walks);
    }
    g_ptr_array_add(walks, walk);
}
