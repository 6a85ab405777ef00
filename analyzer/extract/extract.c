/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "extract/extract.h"

#include "base/borrow.h"
#include "extract/extractor-id.h"
#include "extract/plan.h"
#include "extract/pool.h"
#include "extract/prefix.h"

#include <clang-c/Index.h>
#include <malloc.h>
#include <string.h>

#define JOB_SECONDS 20
#define JOB_MEMORY ((size_t)4 << 30)

struct run {
    struct extraction *extraction;
    const struct extract_options *options;
    struct planner *planner;
    GPtrArray *units;            /* struct unit *, to be parsed */
    GPtrArray **of_source;       /* struct unit *, by path */
    struct tree **trees;
    GPtrArray *prefixes;         /* struct prefix *, to be built */
};

const char *extract_version(void)
{
    static gsize once;
    static const char *version;

    if (g_once_init_enter(&once)) {
        CXString clang = clang_getClangVersion();
        g_autofree char *both = g_strdup_printf(EXTRACTOR_ID " %s",
                                                clang_getCString(clang));

        version = g_intern_string(both);
        clang_disposeString(clang);
        g_once_init_leave(&once, 1);
    }
    return version;
}

bool extract_is_unit(const char *path, GBytes *bytes)
{
    struct tree_content content = { .bytes = bytes, .relevant = -1 };
    g_autofree char *virtual = g_strconcat(TREE_ROOT, path, NULL);
    const struct source_file blob = { .path = path };
    struct tree_file file = {
        .path = virtual, .blob = &blob, .content = &content,
    };
    bool is = tree_is_candidate(&file);

    g_clear_pointer(&content.includes, g_ptr_array_unref);
    return is;
}

/* --- Running ------------------------------------------------------------------ */

static GBytes *run_prefix(void *opaque, guint number, char **ret_reason)
{
    struct run *run = opaque;

    return prefix_build(run->prefixes->pdata[number], ret_reason);
}

static void prefix_end(void *opaque, guint number, GBytes *result,
                       const char *reason)
{
    struct run *run = opaque;

    prefix_done(run->prefixes->pdata[number], result);
}

static GBytes *run_unit(void *opaque, guint number, char **ret_reason)
{
    struct run *run = opaque;
    struct unit *unit = g_ptr_array_index(run->units, number);

    return parse_unit(&unit->parse, ret_reason);
}

static void unit_done(void *opaque, guint number, GBytes *result,
                      const char *reason)
{
    struct run *run = opaque;
    struct unit *unit = g_ptr_array_index(run->units, number);

    if (planner_learn(run->planner, unit, result)) {
        gsize length;
        const void *data = g_bytes_get_data(result, &length);

        cache_put(run->options->cache, "unit", unit->key, data, length);
    } else {
        unit->failure = g_strdup(reason ? reason : "damaged result");
    }
}

static bool run_jobs(struct run *run, GError **error)
{
    struct pool_options options = {
        .workers = run->options->jobs, .job_seconds = JOB_SECONDS,
        .memory = JOB_MEMORY, .progress = run->options->progress,
        .writable_dir = prefix_store_path(planner_prefixes(run->planner)),
    };
    struct extraction *e = run->extraction;
    bool confined = true;
    const char *why = NULL;

    e->confined = true;
    if (run->prefixes->len &&
        !pool_run(&options, run->prefixes->len, run_prefix, prefix_end, run,
                  &confined, &why, error)) {
        return false;
    }
    if (run->units->len &&
        !pool_run(&options, run->units->len, run_unit, unit_done, run,
                  &confined, &why, error)) {
        return false;
    }
    e->confined = confined;
    e->confinement = why;
    e->parsed = run->units->len;
    return true;
}

/* --- Results -------------------------------------------------------------------- */

static void add_gap(struct extract_source *source, const char *file,
                    const char *reason)
{
    struct extract_gap gap = { g_intern_string(file), g_strdup(reason) };

    g_array_append_val(source->gaps, gap);
}

static void clear_gap(gpointer data)
{
    g_free(((struct extract_gap *)data)->reason);
}

static void add_tree_gaps(struct extract_source *source, struct tree *tree)
{
    GPtrArray *gaps = tree_gaps(tree);

    for (guint i = 0; i < gaps->len; i++) {
        g_auto(GStrv) parts = g_strsplit(g_ptr_array_index(gaps, i), ": ", 2);

        add_gap(source, parts[0], parts[1] ? parts[1] : "cannot be read");
    }
}

static void hand_over(struct run *run, guint s)
{
    struct extract_source *source = &run->extraction->sources[s];

    source->units = g_ptr_array_new();
    source->keys = g_ptr_array_new();
    source->gaps = g_array_new(FALSE, FALSE, sizeof(struct extract_gap));
    g_array_set_clear_func(source->gaps, clear_gap);
    for (guint i = 0; i < run->of_source[s]->len; i++) {
        struct unit *unit = g_ptr_array_index(run->of_source[s], i);

        if (unit->ir) {
            g_ptr_array_add(source->units, unit->ir);
            g_ptr_array_add(source->keys, borrow(g_intern_string(unit->key)));
        } else {
            add_gap(source, unit->parse.file->blob ?
                    unit->parse.file->blob->path : unit->parse.file->path,
                    unit->failure ? unit->failure : "not parsed");
        }
    }
    if (run->trees[s]) {
        add_tree_gaps(source, run->trees[s]);
    }
    if (run->options->draft && run->trees[s] && !source->gaps->len) {
        source->draft = planner_draft(run->planner, s);
    }
}

static void run_clear(struct run *run)
{
    g_clear_pointer(&run->prefixes, g_ptr_array_unref);
    g_free(run->of_source);
    g_free(run->trees);
    prefix_store_trim(planner_prefixes(run->planner));
    planner_free(run->planner);
}

static bool run_all(struct run *run, struct source *const *sources,
                    GError **error)
{
    struct extraction *e = run->extraction;
    gint64 start = g_get_monotonic_time();

    for (guint s = 0; s < e->n_sources; s++) {
        const struct manifest *manifest =
            run->options->manifests ? run->options->manifests[s] : NULL;

        run->of_source[s] = planner_add(run->planner, sources[s], manifest,
                                        &run->trees[s]);
        if (!run->of_source[s]) {
            return false;
        }
    }
    if (!run->options->more) {
        planner_trim(run->planner);
        malloc_trim(0);          /* what children would start with */
    }
    run->units = planner_unknown(run->planner);
    run->prefixes = prefix_store_plan(planner_prefixes(run->planner),
                                      run->units);
    gint64 planned = g_get_monotonic_time();
    bool ok = run_jobs(run, error);

    for (guint s = 0; s < e->n_sources && ok; s++) {
        hand_over(run, s);
    }
    e->read_seconds = (double)(planned - start) / G_USEC_PER_SEC;
    e->parse_seconds = (double)(g_get_monotonic_time() - planned) /
                       G_USEC_PER_SEC;
    return ok;
}

struct extraction *extract_sources(struct source *const *sources, guint n,
                                   const struct extract_options *options,
                                   GError **error)
{
    g_autoptr(Extraction) e = g_new0(struct extraction, 1);
    struct run run = {
        .extraction = e, .options = options,
        .of_source = g_new0(GPtrArray *, n),
        .trees = g_new0(struct tree *, n),
    };

    e->sources = g_new0(struct extract_source, n);
    e->n_sources = n;
    e->units = g_ptr_array_new_with_free_func((GDestroyNotify)ir_unit_free);
    run.planner = planner_new(options, e->units);
    bool ok = run_all(&run, sources, error);

    run_clear(&run);
    return ok ? g_steal_pointer(&e) : NULL;
}

void extraction_free(struct extraction *e)
{
    if (!e) {
        return;
    }
    for (guint s = 0; s < e->n_sources; s++) {
        g_clear_pointer(&e->sources[s].units, g_ptr_array_unref);
        g_clear_pointer(&e->sources[s].keys, g_ptr_array_unref);
        g_clear_pointer(&e->sources[s].gaps, g_array_unref);
        manifest_builder_free(e->sources[s].draft);
    }
    g_free(e->sources);
    g_clear_pointer(&e->units, g_ptr_array_unref);
    g_free(e);
}
