/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "load.h"

#include "base/error.h"

struct loader {
    struct load_options options;
    struct load_stats stats;
};

struct loader *loader_new(const struct load_options *options)
{
    struct loader *loader = g_new0(struct loader, 1);
    loader->options = *options;
    return loader;
}

void loader_free(struct loader *loader)
{
    g_free(loader);
}

bool loader_load(struct loader *loader, struct source *const *sources,
                 guint n, struct facts **ret_facts, GError **error)
{
    g_set_error(error, QC_ERROR, QC_ERROR_INTERNAL,
                "cannot extract facts: no extractor is built in");
    return false;
}

const struct load_stats *loader_stats(const struct loader *loader)
{
    return &loader->stats;
}
