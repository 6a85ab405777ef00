/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "load.h"

#include "extract/extract.h"
#include "qom/qom.h"

struct loader {
    struct load_options options;
    struct load_stats stats;
};

struct loader *loader_new(const struct load_options *options)
{
    struct loader *loader = g_new0(struct loader, 1);

    loader->options = *options;
    loader->stats.confined = true;
    return loader;
}

void loader_free(struct loader *loader)
{
    g_free(loader);
}

static struct facts *evaluate(const struct extract_source *extracted,
                              const struct revision *revision)
{
    struct facts *facts = facts_new();

    facts->revision = *revision;
    facts->files = extracted->units->len;
    qom_evaluate(extracted->units, facts);
    for (guint i = 0; i < extracted->gaps->len; i++) {
        const struct extract_gap *gap = &g_array_index(extracted->gaps,
                                                       struct extract_gap, i);

        facts_add_gap(facts, gap->file, 0, gap->reason);
    }
    facts_seal(facts);
    return facts;
}

bool loader_load(struct loader *loader, struct source *const *sources,
                 guint n, struct facts **ret_facts, GError **error)
{
    struct extract_options options = { .jobs = loader->options.jobs };
    g_autoptr(Extraction) e = extract_sources(sources, n, &options, error);
    struct load_stats *stats = &loader->stats;

    if (!e) {
        return false;
    }
    gint64 start = g_get_monotonic_time();

    for (guint i = 0; i < n; i++) {
        ret_facts[i] = evaluate(&e->sources[i], source_revision(sources[i]));
        stats->files += e->sources[i].units->len;
    }
    stats->parsed += e->parsed;
    stats->reused = stats->files - stats->parsed;
    stats->confined = stats->confined && e->confined;
    stats->confinement = e->confinement;
    stats->read_seconds += e->read_seconds;
    stats->parse_seconds += e->parse_seconds;
    stats->evaluate_seconds += (double)(g_get_monotonic_time() - start) /
                               G_USEC_PER_SEC;
    return true;
}

const struct load_stats *loader_stats(const struct loader *loader)
{
    return &loader->stats;
}
