/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "load.h"

#include "facts-id.h"
#include "load-internal.h"
#include "near.h"
#include "qom/qom.h"
#include "reach/reach.h"
#include "relevance.h"
#include "snapshot/snapshot.h"

#include <string.h>

struct loader {
    struct load_options options;
    struct load_stats stats;
    struct cache *cache;         /* NULL: none */
    struct extract_memory *memory;   /* NULL: nothing was read */
    struct near_tree *near;      /* the last one, or NULL */
    bool in_child;
};

struct loader *loader_new(const struct load_options *options)
{
    struct loader *loader = g_new0(struct loader, 1);

    loader->options = *options;
    loader->stats.confined = true;
    loader->cache = options->no_cache ? NULL : cache_open(CACHE_LIMIT);
    return loader;
}

void loader_free(struct loader *loader)
{
    if (loader) {
        cache_close(loader->cache);
        near_tree_free(loader->near);
        extract_memory_free(loader->memory);
        g_free(loader);
    }
}

static struct extract_memory *memory_of(struct loader *loader)
{
    if (!loader->memory) {
        loader->memory = extract_memory_new();
    }
    return loader->memory;
}

struct extract_memory *loader_memory(const struct loader *loader)
{
    return loader->memory;
}

void loader_enter_child(struct loader *loader)
{
    loader->options.jobs = 1;
    loader->in_child = true;
}

const char *loader_facts_id(void)
{
    g_autofree char *both = g_strconcat(extract_version(), " ", FACTS_ID,
                                        NULL);

    return g_intern_string(both);
}

/* --- Snapshots ------------------------------------------------------------ */

static char *snapshot_key(const char *tree)
{
    const char *parts[] = { extract_version(), FACTS_ID, tree };

    return cache_key(parts, G_N_ELEMENTS(parts));
}

GBytes *load_snapshot(struct cache *cache, const char *tree)
{
    g_autofree char *key = snapshot_key(tree);

    return cache_get(cache, "facts", key);
}

struct cache *loader_cache(const struct loader *loader)
{
    return loader->cache;
}

struct facts *loader_known(struct loader *loader, struct source *source)
{
    const struct revision *revision = source_revision(source);

    /* A plain directory has no name that lasts. */
    if (!loader->cache || !revision->tree) {
        return NULL;
    }
    g_autoptr(GBytes) bytes = load_snapshot(loader->cache, revision->tree);
    gsize length = 0;
    const char *text = bytes ? g_bytes_get_data(bytes, &length) : NULL;
    struct facts *facts = bytes ? facts_from_text(text, length, NULL)
                                : near_recall(loader->cache, revision->tree);

    if (facts) {
        facts->revision = *revision;
    }
    return facts;
}

void load_keep(struct cache *cache, const struct facts *facts)
{
    if (cache && facts->revision.tree) {
        g_autofree char *key = snapshot_key(facts->revision.tree);
        g_autoptr(GString) text = g_string_new(NULL);

        facts_append_json(facts, text);
        cache_put(cache, "facts", key, text->str, text->len);
    }
}

/* --- Facts ------------------------------------------------------------------ */

/* A source, and what may be in memory of it. */
struct reading {
    struct source *source;
    struct extract_memory *memory;   /* or NULL */
};

static GBytes *read_reading(const char *path, void *opaque)
{
    const struct reading *reading = opaque;
    const struct source_file *file = source_find(reading->source, path);

    return file ? extract_memory_read(reading->memory, reading->source, file)
                : NULL;
}

static const char *list_reading(guint i, void *opaque)
{
    const struct reading *reading = opaque;

    return i < source_n_files(reading->source)
           ? source_file(reading->source, i)->path : NULL;
}

static GBytes *read_path(const char *path, void *opaque)
{
    const struct source_file *file = source_find(opaque, path);

    return file ? source_read(opaque, file, NULL) : NULL;
}

static const char *list_path(guint i, void *opaque)
{
    return i < source_n_files(opaque) ? source_file(opaque, i)->path : NULL;
}

struct reach_tree loader_tree(struct source *source)
{
    return (struct reach_tree){ read_path, list_path, source };
}

struct facts *load_evaluate(const struct extract_source *extracted,
                            struct source *source,
                            struct extract_memory *memory)
{
    struct reading reading = { source, memory };
    struct reach_tree tree = { read_reading, list_reading, &reading };
    struct facts *facts = facts_new();

    facts->revision = *source_revision(source);
    facts->files = extracted->units->len;
    qom_evaluate(extracted->units, facts);
    reach_assign(facts, &tree);
    for (guint i = 0; i < extracted->gaps->len; i++) {
        const struct extract_gap *gap = &g_array_index(extracted->gaps,
                                                       struct extract_gap, i);

        facts_add_gap(facts, gap->file, 0, g_intern_string(gap->reason));
    }
    facts_seal(facts);
    return facts;
}

static void add_failed(struct load_stats *stats, const struct extraction *e)
{
    for (guint i = 0; i < e->n_sources; i++) {
        stats->failed += e->sources[i].gaps->len;
    }
}

void load_add_stats(struct load_stats *stats, const struct extraction *e)
{
    add_failed(stats, e);
    stats->parsed += e->parsed;
    stats->confined = stats->confined && e->confined;
    stats->confinement = e->confinement;
    stats->read_seconds += e->read_seconds;
    stats->parse_seconds += e->parse_seconds;
}

/* A source that cannot be listed must not look like an empty one. */
static struct extraction *extract(struct source *const *sources, guint n,
                                  const struct extract_options *options,
                                  GError **error)
{
    for (guint i = 0; i < n; i++) {
        if (!source_list(sources[i], error)) {
            return NULL;
        }
    }
    return extract_sources(sources, n, options, error);
}

static bool extract_missing(struct loader *loader,
                            struct source *const *sources, guint n,
                            struct facts **ret_facts, GError **error)
{
    struct extract_options options = { .jobs = loader->options.jobs,
                                       .progress = loader->options.progress,
                                       .cache = loader->cache,
                                       .memory = memory_of(loader),
                                       .draft = loader->cache };
    g_autoptr(Extraction) e = extract(sources, n, &options, error);
    struct load_stats *stats = &loader->stats;

    if (!e) {
        return false;
    }
    gint64 start = g_get_monotonic_time();

    for (guint i = 0; i < n; i++) {
        const struct extract_source *source = &e->sources[i];

        ret_facts[i] = load_evaluate(source, sources[i], loader->memory);
        if (!source->gaps->len) {
            load_keep(loader->cache, ret_facts[i]);    /* nothing failed */
        }
        if (source->draft && ret_facts[i]->revision.tree) {
            manifest_builder_keep(source->draft, loader->cache, FACTS_ID,
                                  ret_facts[i]->revision.tree);
        }
    }
    load_add_stats(stats, e);
    stats->evaluate_seconds += (double)(g_get_monotonic_time() - start) /
                               G_USEC_PER_SEC;
    return true;
}

bool loader_load(struct loader *loader, struct source *const *sources,
                 guint n, struct facts **ret_facts, GError **error)
{
    g_autofree struct source **missing = g_new0(struct source *, n);
    g_autofree struct facts **found = g_new0(struct facts *, n);
    guint n_missing = 0;

    for (guint i = 0; i < n; i++) {
        ret_facts[i] = loader_known(loader, sources[i]);
        if (!ret_facts[i]) {
            ret_facts[i] = near_load(&(struct near_request) {
                loader->cache, memory_of(loader), &loader->near,
                sources[i], loader->options.jobs, &loader->stats,
            });
        }
        if (!ret_facts[i]) {
            missing[n_missing++] = sources[i];
        }
    }
    if (n_missing &&
        !extract_missing(loader, missing, n_missing, found, error)) {
        for (guint i = 0; i < n; i++) {
            g_clear_pointer(&ret_facts[i], facts_free);
        }
        return false;
    }
    for (guint i = 0, next = 0; i < n; i++) {
        if (!ret_facts[i]) {
            ret_facts[i] = found[next++];
        }
        loader->stats.files += ret_facts[i]->files;
    }
    loader->stats.reused = loader->stats.files - loader->stats.parsed;
    return true;
}

const char *loader_same_facts(struct loader *loader, struct source *base,
                              struct source *head)
{
    const struct near_request request = {
        loader->cache, memory_of(loader), &loader->near, head,
        loader->options.jobs, &loader->stats,
    };
    const char *tree = source_revision(base)->tree;

    return tree ? near_same(&request, tree) : NULL;
}

/* --- Many revisions --------------------------------------------------------- */

struct loader_trees {
    struct extraction *extraction;
    struct source **sources;
    struct extract_memory *memory;   /* the loader's */
};

struct loader_trees *loader_parse(struct loader *loader,
                                  struct source *const *sources, guint n,
                                  GError **error)
{
    struct extract_options options = { .jobs = loader->options.jobs,
                                       .cache = loader->cache,
                                       .memory = memory_of(loader),
                                       .more = true };
    struct extraction *e = extract(sources, n, &options, error);

    if (!e) {
        return NULL;
    }
    struct loader_trees *trees = g_new0(struct loader_trees, 1);

    load_add_stats(&loader->stats, e);
    trees->extraction = e;
    trees->memory = loader->memory;
    trees->sources = g_memdup2(sources, n * sizeof(*sources));
    return trees;
}

void loader_trees_free(struct loader_trees *trees)
{
    if (trees) {
        extraction_free(trees->extraction);
        g_free(trees->sources);
        g_free(trees);
    }
}

struct facts *loader_evaluate(struct loader_trees *trees, guint i)
{
    return load_evaluate(&trees->extraction->sources[i], trees->sources[i],
                         trees->memory);
}

bool loader_failed(const struct loader_trees *trees, guint i)
{
    return trees->extraction->sources[i].gaps->len;
}

static bool same_gaps(const GArray *a, const GArray *b)
{
    for (guint i = 0; a->len == b->len && i < a->len; i++) {
        const struct extract_gap *x = &g_array_index(a, struct extract_gap, i);
        const struct extract_gap *y = &g_array_index(b, struct extract_gap, i);

        if (x->file != y->file || strcmp(x->reason, y->reason)) {
            return false;
        }
    }
    return a->len == b->len;
}

static bool same_units(const GPtrArray *a, const GPtrArray *b)
{
    for (guint i = 0; a->len == b->len && i < a->len; i++) {
        if (!ir_unit_same_where_read(a->pdata[i], b->pdata[i])) {
            return false;
        }
    }
    return a->len == b->len;
}

static bool same_file(const struct loader_trees *trees, guint a, guint b,
                      const char *path)
{
    g_autoptr(GBytes) old = read_path(path, trees->sources[a]);
    g_autoptr(GBytes) new = read_path(path, trees->sources[b]);

    return old && new && reach_same_file(path, old, new);
}

bool loader_same(struct loader_trees *trees, guint a, guint b,
                 const GPtrArray *paths)
{
    const struct extract_source *x = &trees->extraction->sources[a];
    const struct extract_source *y = &trees->extraction->sources[b];

    for (guint i = 0; i < paths->len; i++) {
        if (path_matters(paths->pdata[i]) &&
            !same_file(trees, a, b, paths->pdata[i])) {
            return false;
        }
    }
    return same_gaps(x->gaps, y->gaps) && same_units(x->units, y->units);
}

static void free_manifest(gpointer manifest)
{
    manifest_free(manifest);
}

/* What is known of each source, NULL where nothing is. */
static GPtrArray *open_manifests(const struct loader *loader,
                                 struct source *const *sources, guint n)
{
    GPtrArray *manifests = g_ptr_array_new_with_free_func(free_manifest);

    for (guint i = 0; i < n; i++) {
        const char *tree = source_revision(sources[i])->tree;

        g_ptr_array_add(manifests, tree && loader->cache
                        ? manifest_open(loader->cache, FACTS_ID, tree)
                        : NULL);
    }
    return manifests;
}

struct extraction *loader_extract(struct loader *loader,
                                  struct source *const *sources, guint n,
                                  GHashTable *bodies, GError **error)
{
    g_autoptr(GPtrArray) manifests = open_manifests(loader, sources, n);
    struct extract_options options = {
        .jobs = loader->options.jobs, .cache = loader->cache,
        .bodies = bodies, .memory = memory_of(loader),
        .more = loader->in_child,    /* to free is to copy first */
        .manifests = (struct manifest *const *)manifests->pdata,
    };
    gint64 start = g_get_monotonic_time();
    struct extraction *e = extract(sources, n, &options, error);
    struct load_stats *stats = &loader->stats;

    if (e) {
        stats->confined = stats->confined && e->confined;
        stats->confinement = e->confinement ? e->confinement
                                            : stats->confinement;
        add_failed(stats, e);
    }
    stats->body_seconds += (double)(g_get_monotonic_time() - start) /
                           G_USEC_PER_SEC;
    return e;
}

void loader_add_reused(struct loader *loader, unsigned files)
{
    loader->stats.files += files;
    loader->stats.reused = loader->stats.files - loader->stats.parsed;
}

unsigned loader_jobs(const struct loader *loader)
{
    return loader->options.jobs;
}

const struct load_stats *loader_stats(const struct loader *loader)
{
    return &loader->stats;
}
