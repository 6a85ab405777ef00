/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A source that is nearly another: what sees no change is the other's.
 */
#include "extract/plan-internal.h"

struct derivation {
    struct planner *planner;
    struct plan *model;
    struct plan *plan;
    GHashTable *changed;         /* virtual paths of files that differ */
    bool headers;                /* one of them is a header, or there are
                                    others to be seen */
};

static bool is_header(const struct tree_file *file)
{
    return g_str_has_suffix(file->path, ".h");
}

static bool sees_change(const struct derivation *d, const struct unit *unit)
{
    const GPtrArray *closure = unit->parse.closure;

    for (guint i = 0; i < closure->len; i++) {
        const struct tree_file *file = closure->pdata[i];

        if (g_hash_table_contains(d->changed, file->path)) {
            return true;
        }
    }
    return false;
}

/* Those that were affected have closures of their own. */
static void drop(GArray *found, const GArray *affected)
{
    for (guint i = 0; i < found->len; i++) {
        if (g_array_index(affected, bool, i)) {
            g_ptr_array_unref(g_array_index(found, struct parse_unit,
                                            i).closure);
        }
    }
    g_array_unref(found);
}

static bool same_paths(const GPtrArray *a, const GPtrArray *b)
{
    for (guint i = 0; a->len == b->len && i < a->len; i++) {
        const struct tree_file *x = a->pdata[i], *y = b->pdata[i];

        if (x->path != y->path) {
            return false;
        }
    }
    return a->len == b->len;
}

/* The model's units with the closures that they have here: of those that see
 * no change the model's.  NULL where one of them has come or gone. */
static GArray *describe_again(struct derivation *d, GArray *affected)
{
    struct tree *tree = d->plan->tree;
    GArray *found = g_array_new(FALSE, FALSE, sizeof(struct parse_unit));

    for (guint i = 0; i < d->model->units->len; i++) {
        struct unit *unit = d->model->units->pdata[i];
        struct parse_unit parse = unit->parse;
        bool sees = sees_change(d, unit);
        struct tree_file *file = tree_find(tree, parse.file->path);

        if (sees && (!file || (file->blob && !tree_is_candidate(file)) ||
                     !plan_describe(tree, file, &parse))) {
            drop(found, affected);
            return NULL;
        }
        d->headers |= !same_paths(parse.closure, unit->parse.closure);
        g_array_append_val(found, parse);
        g_array_append_val(affected, sees);
    }
    return found;
}

/* Whether a file that is no unit of the model is one now. */
static bool has_new_unit(const struct derivation *d, const GPtrArray *changed)
{
    g_autoptr(GHashTable) units = g_hash_table_new(NULL, NULL);

    for (guint i = 0; i < d->model->units->len; i++) {
        const struct unit *unit = d->model->units->pdata[i];

        g_hash_table_add(units, (gpointer)unit->parse.file->path);
    }
    for (guint i = 0; i < changed->len; i++) {
        struct tree_file *file = changed->pdata[i];

        if (!g_hash_table_contains(units, file->path) &&
            tree_is_candidate(file)) {
            return true;
        }
    }
    return false;
}

/* Where no header differs the slices are the model's. */
static void keep_closures(const struct derivation *d, const GArray *found)
{
    if (!d->headers) {
        d->plan->model = d->model;
        return;
    }
    d->plan->closures = g_ptr_array_new_with_free_func(
        (GDestroyNotify)g_ptr_array_unref);
    for (guint i = 0; i < found->len; i++) {
        g_ptr_array_add(d->plan->closures, g_ptr_array_ref(
            g_array_index(found, struct parse_unit, i).closure));
    }
}

static void take_units(const struct derivation *d, const GArray *found,
                       const GArray *affected)
{
    for (guint i = 0; i < found->len; i++) {
        struct unit *unit = g_array_index(affected, bool, i)
            ? plan_want_unit(d->planner, d->plan,
                             &g_array_index(found, struct parse_unit, i))
            : d->model->units->pdata[i];

        g_ptr_array_add(d->plan->units, unit);
    }
}

static bool derive_units(struct derivation *d, const GPtrArray *changed)
{
    g_autoptr(GArray) affected = g_array_new(FALSE, FALSE, sizeof(bool));

    for (guint i = 0; i < changed->len; i++) {
        const struct tree_file *file = changed->pdata[i];

        g_hash_table_add(d->changed, (gpointer)file->path);
        d->headers |= is_header(file);
    }
    if (has_new_unit(d, changed)) {
        return false;
    }
    g_autoptr(GArray) found = describe_again(d, affected);

    if (!found) {
        return false;
    }
    keep_closures(d, found);
    take_units(d, found, affected);
    return true;
}

struct plan *plan_like(struct planner *planner, struct source *source,
                       struct plan *model)
{
    g_autoptr(GPtrArray) changed = NULL;
    struct tree *tree = model->tree
        ? tree_derive(model->tree, source, &changed) : NULL;

    if (!tree) {
        return NULL;
    }
    g_autoptr(GHashTable) paths = g_hash_table_new(NULL, NULL);
    struct plan *plan = g_new0(struct plan, 1);
    struct derivation d = {
        .planner = planner, .model = model, .plan = plan, .changed = paths,
    };

    plan->source = source;
    plan->tree = tree;
    plan->units = g_ptr_array_new();
    if (derive_units(&d, changed)) {
        return plan;
    }
    plan_free(plan);
    return NULL;
}
