/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "extract/extract.h"

#include "base/borrow.h"
#include "extract/extractor-id.h"
#include "extract/plan.h"
#include "extract/pool.h"
#include "extract/scratch.h"

#include <clang-c/Index.h>
#include <malloc.h>
#include <string.h>

/* A prefix is worth its price from so many units on. */
#define PREFIX_MIN_UNITS 4
/* A header belongs into the prefix when one in so many units includes it,
 * and so many at least. */
#define PREFIX_SHARE 40
#define PREFIX_MIN_USES 3

#define JOB_SECONDS 20
#define JOB_MEMORY ((size_t)4 << 30)

struct run {
    struct extraction *extraction;
    const struct extract_options *options;
    struct planner *planner;
    GPtrArray *units;            /* struct unit *, to be parsed */
    GPtrArray **of_source;       /* struct unit *, by path */
    struct tree **trees;
    GPtrArray *prefixes;         /* struct prefix_job * */
    struct scratch *scratch;     /* for precompiled prefixes, or NULL */
    char *overlay;               /* a file in it */
};

struct prefix_job {
    struct parse_prefix prefix;
    struct tree *tree;
    struct tree_config *config;
    GPtrArray *units;            /* struct unit * */
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

/* --- Prefixes ---------------------------------------------------------------- */

static void prefix_job_free(gpointer data)
{
    struct prefix_job *job = data;

    g_clear_pointer(&job->prefix.closure, g_ptr_array_unref);
    g_free(job->prefix.path);
    g_ptr_array_unref(job->units);
    g_free(job);
}

static GPtrArray *group_units(struct run *run)
{
    GPtrArray *jobs = g_ptr_array_new_with_free_func(prefix_job_free);

    for (guint i = 0; i < run->units->len; i++) {
        struct unit *unit = g_ptr_array_index(run->units, i);
        struct prefix_job *job = NULL;

        if (!unit->parse.tree) {
            continue;            /* there is no more than what it includes */
        }

        for (guint j = 0; j < jobs->len && !job; j++) {
            struct prefix_job *other = g_ptr_array_index(jobs, j);

            if (other->tree == unit->parse.tree &&
                other->config == unit->parse.config) {
                job = other;
            }
        }
        if (!job) {
            job = g_new0(struct prefix_job, 1);
            job->tree = unit->parse.tree;
            job->config = unit->parse.config;
            job->units = g_ptr_array_new();
            g_ptr_array_add(jobs, job);
        }
        g_ptr_array_add(job->units, unit);
    }
    return jobs;
}

struct header_count {
    const char *name;            /* with delimiters */
    guint count;
};

static gint by_count(gconstpointer a, gconstpointer b)
{
    const struct header_count *x = a, *y = b;

    return x->count != y->count ? (x->count < y->count ? 1 : -1) :
           strcmp(x->name, y->name);
}

static GArray *count_headers(struct prefix_job *job)
{
    g_autoptr(GHashTable) counts = g_hash_table_new(NULL, NULL);
    GArray *sorted = g_array_new(FALSE, FALSE, sizeof(struct header_count));
    GHashTableIter iter;
    gpointer name, count;

    for (guint i = 0; i < job->units->len; i++) {
        struct unit *unit = g_ptr_array_index(job->units, i);
        GPtrArray *names = tree_includes(unit->parse.file);

        for (guint n = 0; n < names->len; n++) {
            name = g_ptr_array_index(names, n);
            count = g_hash_table_lookup(counts, name);
            g_hash_table_insert(counts, name,
                                GUINT_TO_POINTER(GPOINTER_TO_UINT(count) +
                                                 1));
        }
    }
    g_hash_table_iter_init(&iter, counts);
    while (g_hash_table_iter_next(&iter, &name, &count)) {
        struct header_count entry = { name, GPOINTER_TO_UINT(count) };

        g_array_append_val(sorted, entry);
    }
    g_array_sort(sorted, by_count);
    return sorted;
}

/* Headers of include/ only: what lies beside a unit is its own, and a
 * target's headers fill the name space of every unit. */
static char *prefix_text(struct prefix_job *job)
{
    g_autoptr(GArray) headers = count_headers(job);
    struct unit *first = g_ptr_array_index(job->units, 0);
    GString *text = g_string_new("#include \"qemu/osdep.h\"\n");

    for (guint i = 0; i < headers->len; i++) {
        struct header_count *header = &g_array_index(headers,
                                                     struct header_count, i);

        if (header->count * PREFIX_SHARE < job->units->len ||
            header->count < PREFIX_MIN_USES) {
            break;
        }
        struct tree_file *file = tree_resolve(job->tree, job->config,
                                              first->parse.file,
                                              header->name);

        if (file && g_str_has_prefix(file->path, TREE_ROOT "include/")) {
            g_string_append_printf(text, "#include %s\n", header->name);
        }
    }
    return g_string_free(text, FALSE);
}

static void plan_prefix(struct run *run, struct prefix_job *job, guint number)
{
    g_autofree char *text = prefix_text(job);
    g_autofree char *header = g_strdup_printf(TREE_GEN "prefix-%u.h", number);

    job->prefix.header = tree_add_text(job->tree, header, text);
    job->prefix.closure = tree_closure(job->tree, job->config,
                                       job->prefix.header);
    job->prefix.path = g_strdup_printf("%s/%u.pch",
                                       scratch_path(run->scratch), number);
    job->prefix.overlay = run->overlay;
    for (guint i = 0; i < job->units->len; i++) {
        struct unit *unit = g_ptr_array_index(job->units, i);

        unit->parse.prefix = &job->prefix;
    }
}

/* A place for N prefixes; without one everything is parsed whole. */
static bool make_scratch(struct run *run, guint n)
{
    run->scratch = scratch_new();
    if (!run->scratch) {
        return false;
    }
    g_autofree char *text = parse_overlay(scratch_path(run->scratch), n);

    run->overlay = g_strdup_printf("%s/overlay.yaml",
                                   scratch_path(run->scratch));
    return g_file_set_contents(run->overlay, text, -1, NULL);
}

static void plan_prefixes(struct run *run)
{
    g_autoptr(GPtrArray) jobs = group_units(run);

    run->prefixes = g_ptr_array_new_with_free_func(prefix_job_free);
    while (jobs->len) {
        struct prefix_job *job = g_ptr_array_steal_index(jobs, 0);

        if (job->units->len < PREFIX_MIN_UNITS) {
            prefix_job_free(job);
        } else {
            g_ptr_array_add(run->prefixes, job);
        }
    }
    if (run->prefixes->len && !make_scratch(run, run->prefixes->len)) {
        g_ptr_array_set_size(run->prefixes, 0);
    }
    for (guint i = 0; i < run->prefixes->len; i++) {
        plan_prefix(run, g_ptr_array_index(run->prefixes, i), i);
    }
}

/* --- Running ------------------------------------------------------------------ */

static GBytes *run_prefix(void *opaque, guint number, char **ret_reason)
{
    struct run *run = opaque;
    struct prefix_job *job = g_ptr_array_index(run->prefixes, number);

    return parse_prefix(job->config, &job->prefix, ret_reason);
}

/* A prefix that cannot be built costs time, not facts. */
static void prefix_done(void *opaque, guint number, GBytes *result,
                        const char *reason)
{
    struct run *run = opaque;
    struct prefix_job *job = g_ptr_array_index(run->prefixes, number);

    job->prefix.built = result != NULL;
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
        .writable_dir = run->scratch ? scratch_path(run->scratch) : NULL,
    };
    struct extraction *e = run->extraction;
    bool confined = true;
    const char *why = NULL;

    e->confined = true;
    if (run->prefixes->len &&
        !pool_run(&options, run->prefixes->len, run_prefix, prefix_done, run,
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
    planner_free(run->planner);
    scratch_free(run->scratch);
    g_free(run->overlay);
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
    plan_prefixes(run);
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
