/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "extract/plan-internal.h"

#include "base/borrow.h"
#include "base/sorted.h"
#include "extract/near.h"
#include "extract/tree-internal.h"

#include <string.h>

/* So many sources back a model is looked for: what is compared is kept in
 * memory until then. */
#define MAX_MODELS 4
/* More units than that pay for a tree and a precompiled prefix. */
#define MAX_NEAR 16

static void unit_free(gpointer data)
{
    struct unit *unit = data;

    g_ptr_array_unref(unit->parse.closure);
    g_free(unit->key);
    g_free(unit->failure);
    g_free(unit);
}

void plan_free(gpointer data)
{
    struct plan *plan = data;

    slices_free(plan->slices);
    g_clear_pointer(&plan->closures, g_ptr_array_unref);
    g_ptr_array_unref(plan->units);
    tree_free(plan->tree);
    near_free(plan->near);
    g_free(plan);
}

struct extract_memory *extract_memory_new(void)
{
    struct extract_memory *memory = g_new0(struct extract_memory, 1);

    memory->store = tree_store_new();
    memory->slicer = slicer_new();
    memory->prefixes = prefix_store_new();
    memory->keys = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
                                         g_free);
    return memory;
}

void extract_memory_free(struct extract_memory *memory)
{
    if (memory) {
        g_hash_table_unref(memory->keys);
        slicer_free(memory->slicer);
        prefix_store_free(memory->prefixes);
        tree_store_free(memory->store);
        g_free(memory);
    }
}

GBytes *extract_memory_read(struct extract_memory *memory,
                            struct source *source,
                            const struct source_file *file)
{
    struct tree_content *content =
        memory ? tree_store_find(memory->store, file->blob) : NULL;
    GBytes *bytes = content ? g_bytes_ref(content->bytes)
                            : source_read(source, file, NULL);

    if (memory && bytes && !content) {
        tree_store_add(memory->store, file->blob, g_bytes_ref(bytes));
    }
    return bytes;
}

struct planner *planner_new(const struct extract_options *options,
                            GPtrArray *ir)
{
    struct planner *planner = g_new0(struct planner, 1);

    planner->options = options;
    planner->ir = ir;
    planner->own = options->memory ? NULL : extract_memory_new();
    planner->memory = options->memory ? options->memory : planner->own;
    planner->plans = g_ptr_array_new_with_free_func(plan_free);
    planner->by_key = g_hash_table_new_full(g_str_hash, g_str_equal, NULL,
                                            unit_free);
    planner->unknown = g_ptr_array_new();
    return planner;
}

void planner_free(struct planner *planner)
{
    if (planner) {
        g_ptr_array_unref(planner->unknown);
        g_hash_table_unref(planner->by_key);
        g_ptr_array_unref(planner->plans);
        extract_memory_free(planner->own);
        g_free(planner);
    }
}

void planner_trim(struct planner *planner)
{
    for (guint i = 0; i < planner->plans->len; i++) {
        struct plan *plan = planner->plans->pdata[i];

        g_clear_pointer(&plan->slices, slices_free);
    }
    slicer_free(planner->memory->slicer);
    planner->memory->slicer = slicer_new();
}

struct prefix_store *planner_prefixes(struct planner *planner)
{
    return planner->memory->prefixes;
}

GPtrArray *planner_unknown(struct planner *planner)
{
    return planner->unknown;
}

bool planner_learn(struct planner *planner, struct unit *unit, GBytes *bytes)
{
    unit->ir = bytes ? ir_unit_new(bytes) : NULL;
    if (unit->ir) {
        g_ptr_array_add(planner->ir, unit->ir);
    }
    return unit->ir;
}

/* --- Keys -------------------------------------------------------------------- */

static void add_text(GChecksum *sum, const char *text)
{
    g_checksum_update(sum, (const guchar *)text, (gssize)strlen(text) + 1);
}

static void add_bodies(const struct parse_unit *unit, GChecksum *sum)
{
    g_autoptr(GPtrArray) names = sorted_keys(unit->functions);

    for (guint i = 0; i < names->len; i++) {
        add_text(sum, g_ptr_array_index(names, i));
    }
}

/* Every file as it is: where there are no slices. */
static void add_closure(const GPtrArray *closure, GChecksum *sum)
{
    for (guint i = 0; i < closure->len; i++) {
        const struct tree_file *file = g_ptr_array_index(closure, i);

        add_text(sum, file->path);
        add_text(sum, file->content->id);
    }
}

static const struct slices *newest_slices(const struct planner *planner)
{
    for (guint i = planner->plans->len; i-- > 0;) {
        const struct plan *plan = planner->plans->pdata[i];

        if (plan->slices) {
            return plan->slices;
        }
    }
    return NULL;
}

/* Every file of every closure, once each, as it is in the plan's tree. */
static struct slices *make_slices(struct planner *planner,
                                  const struct plan *plan)
{
    g_autoptr(GHashTable) seen = g_hash_table_new(NULL, NULL);
    g_autoptr(GPtrArray) files = g_ptr_array_new();

    for (guint i = 0; i < plan->closures->len; i++) {
        const GPtrArray *closure = plan->closures->pdata[i];

        for (guint f = 0; f < closure->len; f++) {
            const struct tree_file *like = closure->pdata[f];
            struct tree_file *file =
                g_hash_table_add(seen, borrow(like->path))
                ? tree_find(plan->tree, like->path) : NULL;

            if (file) {
                g_ptr_array_add(files, file);
            }
        }
    }
    return slices_new(planner->memory->slicer, files, newest_slices(planner));
}

static struct slices *slices_of(struct planner *planner, struct plan *plan)
{
    while (plan->model) {
        plan = plan->model;
    }
    if (!plan->slices) {
        plan->slices = make_slices(planner, plan);
    }
    return plan->slices;
}

static void start_key(const struct parse_unit *unit, GChecksum *sum)
{
    add_text(sum, extract_version());
    for (char **arg = unit->config->arguments; *arg; arg++) {
        add_text(sum, *arg);
    }
}

/* What a unit is by all files that it may see: different ones may have one
 * key, equal ones have. */
static char *closure_digest(const struct parse_unit *unit)
{
    g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);

    start_key(unit, sum);
    add_closure(unit->closure, sum);
    return g_strdup(g_checksum_get_string(sum));
}

/* The same within this process, where a string has one address. */
static char *closure_mark(const struct parse_unit *unit)
{
    g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
    g_autofree const void **words = g_new(const void *,
                                          2 * unit->closure->len + 1);
    guint n = 0;

    words[n++] = unit->config->target;
    for (guint i = 0; i < unit->closure->len; i++) {
        const struct tree_file *file = unit->closure->pdata[i];

        words[n++] = file->path;
        words[n++] = file->content->id;
    }
    g_checksum_update(sum, (const guchar *)words,
                      (gssize)(n * sizeof(*words)));
    return g_strdup(g_checksum_get_string(sum));
}

static char *sliced_key(struct planner *planner, struct plan *plan,
                        const struct parse_unit *unit)
{
    g_autofree char *mark = closure_mark(unit);
    const char *known = g_hash_table_lookup(planner->memory->keys, mark);

    if (known) {
        return g_strdup(known);
    }
    g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);

    start_key(unit, sum);
    slices_add(slices_of(planner, plan), unit->closure, sum);
    char *key = g_strdup(g_checksum_get_string(sum));

    g_hash_table_insert(planner->memory->keys, g_steal_pointer(&mark),
                        g_strdup(key));
    return key;
}

static char *unit_key(struct planner *planner, struct plan *plan,
                      const struct parse_unit *unit)
{
    bool sliced = plan->tree && !planner->options->paths;
    g_autofree char *key = sliced ? sliced_key(planner, plan, unit)
                                  : closure_digest(unit);

    if (!unit->functions) {
        return g_steal_pointer(&key);
    }
    g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);

    add_text(sum, key);
    add_bodies(unit, sum);
    return g_strdup(g_checksum_get_string(sum));
}

struct unit *plan_want_unit(struct planner *planner, struct plan *plan,
                            const struct parse_unit *parse)
{
    g_autofree char *key = unit_key(planner, plan, parse);
    struct unit *unit = g_hash_table_lookup(planner->by_key, key);

    if (unit) {
        g_ptr_array_unref(parse->closure);
        return unit;
    }
    unit = g_new0(struct unit, 1);
    unit->parse = *parse;
    unit->key = g_steal_pointer(&key);
    g_hash_table_insert(planner->by_key, unit->key, unit);
    g_autoptr(GBytes) known = cache_get(planner->options->cache, "unit", unit->key);

    if (!planner_learn(planner, unit, known)) {
        g_ptr_array_add(planner->unknown, unit);
    }
    return unit;
}

/* --- A source by itself --------------------------------------------------------- */

bool plan_describe(struct tree *tree, struct tree_file *file,
                     struct parse_unit *ret)
{
    *ret = (struct parse_unit){ .tree = tree, .file = file };
    ret->config = tree_config_for(tree, file, &ret->targets);
    if (!ret->config) {
        return false;
    }
    ret->closure = tree_closure(tree, ret->config, file);
    return true;
}

/* Those of PATHS that the tree has. */
static GPtrArray *find_named(struct tree *tree, const GPtrArray *paths)
{
    GPtrArray *files = g_ptr_array_new();

    for (guint i = 0; i < paths->len; i++) {
        g_autofree char *path = g_strconcat(
            TREE_ROOT, g_ptr_array_index(paths, i), NULL);
        struct tree_file *file = tree_find(tree, path);

        if (file && file->content) {
            g_ptr_array_add(files, file);
        }
    }
    return files;
}

static GPtrArray *find_wanted(struct tree *tree,
                              const struct extract_options *options)
{
    if (options->paths) {
        return find_named(tree, options->paths);
    }
    if (!options->bodies) {
        return tree_candidates(tree);
    }
    g_autoptr(GPtrArray) paths = sorted_keys(options->bodies);

    return find_named(tree, paths);
}

static GArray *describe_all(struct tree *tree,
                            const struct extract_options *options)
{
    g_autoptr(GPtrArray) wanted = find_wanted(tree, options);
    GArray *found = g_array_new(FALSE, FALSE, sizeof(struct parse_unit));

    for (guint i = 0; i < wanted->len; i++) {
        struct parse_unit parse;

        if (plan_describe(tree, wanted->pdata[i], &parse)) {
            if (options->bodies) {
                parse.functions = g_hash_table_lookup(
                    options->bodies, parse.file->blob->path);
            }
            g_array_append_val(found, parse);
        }
    }
    return found;
}

static struct plan *plan_alone(struct planner *planner, struct source *source)
{
    struct plan *plan = g_new0(struct plan, 1);

    plan->source = source;
    plan->tree = tree_new(planner->memory->store, source);
    plan->units = g_ptr_array_new();
    g_autoptr(GArray) found = describe_all(plan->tree, planner->options);

    plan->closures = g_ptr_array_new_with_free_func(
        (GDestroyNotify)g_ptr_array_unref);
    for (guint i = 0; i < found->len; i++) {
        g_ptr_array_add(plan->closures, g_ptr_array_ref(
            g_array_index(found, struct parse_unit, i).closure));
    }
    for (guint i = 0; i < found->len; i++) {
        g_ptr_array_add(plan->units,
                        plan_want_unit(planner, plan,
                                       &g_array_index(found,
                                                      struct parse_unit, i)));
    }
    return plan;
}

/* --- A source whose manifest is known ------------------------------------------- */

/* False where PATH is none of the manifest's, or the source's, units now. */
static bool add_near(struct planner *planner, struct plan *plan,
                         const char *path, GHashTable *functions)
{
    struct parse_unit parse;

    if (!near_unit(plan->near, path, &parse)) {
        return false;
    }
    parse.functions = functions;
    g_ptr_array_add(plan->units, plan_want_unit(planner, plan, &parse));
    return true;
}

static bool add_near_bodies(struct planner *planner, struct plan *plan,
                                GHashTable *bodies)
{
    g_autoptr(GPtrArray) paths = sorted_keys(bodies);

    for (guint i = 0; i < paths->len; i++) {
        if (source_find(plan->source, paths->pdata[i]) &&
            !add_near(planner, plan, paths->pdata[i],
                          g_hash_table_lookup(bodies, paths->pdata[i]))) {
            return false;
        }
    }
    return true;
}

static struct plan *plan_near(struct planner *planner,
                                  struct source *source,
                                  const struct manifest *manifest)
{
    const struct extract_options *options = planner->options;
    struct plan *plan = g_new0(struct plan, 1);
    bool ok = true;

    plan->source = source;
    plan->units = g_ptr_array_new();
    plan->near = near_new(planner->memory->store, source, manifest,
                          options->changed, options->cache);
    for (guint i = 0; options->paths && ok && i < options->paths->len; i++) {
        ok = add_near(planner, plan, options->paths->pdata[i], NULL);
    }
    if (options->bodies) {
        ok = add_near_bodies(planner, plan, options->bodies);
    }
    if (!ok) {
        g_clear_pointer(&plan, plan_free);
    }
    return plan;
}

/* --- All of them ----------------------------------------------------------- */

static struct plan *model_of(struct plan *plan)
{
    while (plan->model) {
        plan = plan->model;
    }
    return plan;
}

/* Slices are large, and needed by those only that are like this one. */
static void forget_old_slices(struct planner *planner)
{
    guint n = planner->plans->len;
    g_autoptr(GHashTable) kept = g_hash_table_new(NULL, NULL);

    for (guint i = n > MAX_MODELS ? n - MAX_MODELS : 0; i < n; i++) {
        g_hash_table_add(kept, model_of(planner->plans->pdata[i]));
    }
    for (guint i = 0; i < n; i++) {
        struct plan *plan = planner->plans->pdata[i];

        if (!g_hash_table_contains(kept, plan)) {
            g_clear_pointer(&plan->slices, slices_free);
        }
    }
}

/* How many units are asked for by name. */
static guint n_named(const struct extract_options *options)
{
    return options->paths ? options->paths->len
         : options->bodies ? g_hash_table_size(options->bodies) : G_MAXUINT;
}

static struct plan *find_plan(struct planner *planner, struct source *source,
                              const struct manifest *manifest)
{
    const struct extract_options *options = planner->options;
    guint n = planner->plans->len;
    bool named = options->paths || options->bodies;
    struct plan *plan = NULL;

    if (manifest && !options->resolve && n_named(options) <= MAX_NEAR) {
        plan = plan_near(planner, source, manifest);
        if (!plan && options->paths) {
            return NULL;
        }
    }
    /* Of single units there is little to take over. */
    for (guint i = 1; i <= MIN(n, MAX_MODELS) && !plan && !named; i++) {
        plan = plan_like(planner, source, planner->plans->pdata[n - i]);
    }
    if (!plan) {
        plan = plan_alone(planner, source);
    }
    if (options->paths && plan->units->len < options->paths->len) {
        g_clear_pointer(&plan, plan_free);
    }
    return plan;
}

GPtrArray *planner_add(struct planner *planner, struct source *source,
                       const struct manifest *manifest, struct tree **ret_tree)
{
    struct plan *plan = find_plan(planner, source, manifest);

    if (!plan) {
        return NULL;
    }
    g_ptr_array_add(planner->plans, plan);
    forget_old_slices(planner);
    *ret_tree = plan->tree;
    return plan->units;
}
