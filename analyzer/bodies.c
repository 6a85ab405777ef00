/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "bodies-scope.h"

#include "base/borrow.h"
#include "check/compare.h"
#include "extract/bodies.h"
#include "extract/callers.h"
#include "extract/extract.h"

#include <string.h>

/* A helper that more files than that call is everyone's. */
#define MAX_CALLING_FILES 24

struct bodies {
    struct check_bodies check;
    Extraction *extraction;
    Code *worlds[3];            /* base, head, released where it is another */
    GHashTable *files;           /* path → set of functions */
    GPtrArray *gaps;             /* struct gap *, of HEAD */
};

/* Both lists are sorted. */
GPtrArray *bodies_changed_paths(const struct source *old,
                                const struct source *new)
{
    GPtrArray *paths = g_ptr_array_new();
    guint i = 0;
    guint j = 0;
    while (i < source_n_files(old) || j < source_n_files(new)) {
        const struct source_file *a =
            i < source_n_files(old) ? source_file(old, i) : NULL;
        const struct source_file *b =
            j < source_n_files(new) ? source_file(new, j) : NULL;
        int order = !a ? 1 : !b ? -1 : strcmp(a->path, b->path);
        if (order || a->blob != b->blob) {
            const char *path = order <= 0 ? a->path : b->path;
            g_ptr_array_add(paths, (gpointer)(gintptr)path);
        }
        i += order <= 0;
        j += order >= 0;
    }
    return paths;
}

/* --- Helpers of unchanged callers ------------------------------------------------- */

static bool same_effects(const struct effects *a, const struct effects *b)
{
    if (a->list->len != b->list->len) {
        return false;
    }
    for (guint i = 0; i < a->list->len; i++) {
        const struct effect *x = g_ptr_array_index(a->list, i);
        const struct effect *y = g_ptr_array_index(b->list, i);

        if (x->kind != y->kind || strcmp(x->place, y->place) ||
            strcmp(x->guards, y->guards) || strcmp(x->value, y->value) ||
            x->byte.value != y->byte.value ||
            x->byte.known != y->byte.known) {
            return false;
        }
    }
    return true;
}

static struct effects *walk_alone(const struct code *world,
                                  const struct code_function *function)
{
    static const struct effects_query query = { 0 };
    g_autoptr(GPtrArray) entries = g_ptr_array_new();

    g_ptr_array_add(entries, borrow(function));
    return effects_walk(world, entries, &query);
}

static bool differs(const struct bodies *bodies,
                    const struct code_function *function)
{
    const struct code_function *before =
        code_find(bodies->check.base, function->symbol->name,
                   function->file);

    if (!before) {
        return false;
    }
    if (!code_shows(bodies->check.base, before) &&
        !code_shows(bodies->check.head, function)) {
        return false;
    }
    g_autoptr(Effects) new = walk_alone(bodies->check.head, function);
    g_autoptr(Effects) old = walk_alone(bodies->check.base, before);

    return !same_effects(old, new);
}

static void add_function(GHashTable *files, const char *path,
                         const char *function)
{
    GHashTable *functions = g_hash_table_lookup(files, path);

    if (!functions) {
        functions = g_hash_table_new(NULL, NULL);
        g_hash_table_insert(files, borrow(path), functions);
    }
    g_hash_table_add(functions, borrow(function));
}

static void find_callers(struct bodies *bodies, struct callers *callers)
{
    const GPtrArray *functions = code_functions(bodies->check.head);

    g_hash_table_remove_all(bodies->check.callers);
    for (guint i = 0; i < functions->len; i++) {
        const struct code_function *function =
            g_ptr_array_index(functions, i);
        const char *name = g_intern_string(function->symbol->name);

        if (!(function->symbol->flags & IR_F_STATIC) &&
            !g_hash_table_contains(bodies->check.callers, name) &&
            differs(bodies, function)) {
            g_hash_table_insert(bodies->check.callers, borrow(name),
                                callers_find(callers, name));
        }
    }
}

/* file → set of functions: of those that end up in a helper. */
static GHashTable *files_of_callers(const struct bodies *bodies)
{
    GHashTable *files = g_hash_table_new_full(
        NULL, NULL, NULL, (GDestroyNotify)g_hash_table_unref);
    GHashTableIter helpers, iter;
    gpointer callers, full;

    g_hash_table_iter_init(&helpers, bodies->check.callers);
    while (g_hash_table_iter_next(&helpers, NULL, &callers)) {
        g_hash_table_iter_init(&iter, callers);
        while (g_hash_table_iter_next(&iter, &full, NULL)) {
            const char *colon = strchr(full, ':');
            g_autofree char *path = colon
                ? g_strndup(full, (gsize)(colon - (char *)full)) : NULL;

            if (path) {
                add_function(files, g_intern_string(path),
                             g_intern_string(colon + 1));
            }
        }
    }
    return files;
}

/* Has the callers looked at too, so that what they ask before they call counts;
 * false where there are none, or too many. */
static bool add_callers(struct bodies *bodies)
{
    g_autoptr(GHashTable) files = files_of_callers(bodies);
    guint n = g_hash_table_size(files);
    GHashTableIter iter;
    gpointer path, functions;

    if (!n || n > MAX_CALLING_FILES) {
        return false;
    }
    g_hash_table_iter_init(&iter, files);
    while (g_hash_table_iter_next(&iter, &path, &functions)) {
        g_hash_table_insert(bodies->files, path,
                            g_hash_table_ref(functions));
    }
    return true;
}

/* --- Loading ----------------------------------------------------------------------- */

static void add_gap(GPtrArray *gaps, const char *file, const char *reason)
{
    struct gap *gap = g_new0(struct gap, 1);

    gap->file = g_intern_string(file);
    gap->reason = g_intern_string(reason);
    g_ptr_array_add(gaps, gap);
}

static bool has_gap(const struct extract_source *source,
                    const struct gap *gap)
{
    for (guint i = 0; i < source->gaps->len; i++) {
        const struct extract_gap *other = &g_array_index(
            source->gaps, struct extract_gap, i);

        if (!strcmp(other->file, gap->file)) {
            return true;
        }
    }
    return false;
}

/* What could not be parsed on one side would look unchanged, or new. */
static GPtrArray *find_gaps(const struct extract_source *base,
                            const struct extract_source *head)
{
    GPtrArray *gaps = g_ptr_array_new_with_free_func(g_free);

    for (guint i = 0; i < head->gaps->len; i++) {
        const struct extract_gap *gap = &g_array_index(
            head->gaps, struct extract_gap, i);

        add_gap(gaps, gap->file, gap->reason);
    }
    for (guint i = 0; i < base->gaps->len; i++) {
        const struct extract_gap *gap = &g_array_index(
            base->gaps, struct extract_gap, i);
        const struct gap like = { .file = gap->file };

        if (!has_gap(head, &like)) {
            add_gap(gaps, gap->file, gap->reason);
        }
    }
    return gaps;
}

static void forget_code(struct bodies *bodies)
{
    for (guint i = 0; i < G_N_ELEMENTS(bodies->worlds); i++) {
        g_clear_pointer(&bodies->worlds[i], code_free);
    }
    g_clear_pointer(&bodies->gaps, g_ptr_array_unref);
    g_clear_pointer(&bodies->extraction, extraction_free);
}

static bool extract(struct bodies *bodies, struct loader *loader,
                    struct source *const *sources, guint n, GError **error)
{
    bodies->extraction = loader_extract(loader, sources, n, bodies->files,
                                        error);
    if (!bodies->extraction) {
        return false;
    }
    for (guint i = 0; i < n; i++) {
        bodies->worlds[i] =
            code_new(bodies->extraction->sources[i].units);
    }
    bodies->check.base = bodies->worlds[0];
    bodies->check.head = bodies->worlds[1];
    bodies->check.released = bodies->worlds[n - 1 < 2 ? 0 : 2];
    bodies->gaps = find_gaps(&bodies->extraction->sources[0],
                             &bodies->extraction->sources[1]);
    bodies->check.gaps = bodies->gaps;
    bodies->check.files = bodies->extraction->sources[1].units->len;
    bodies->check.functions = code_functions(bodies->check.head)->len;
    return true;
}

/* path → set of functions: what to look at. */
static GHashTable *select_bodies(const struct bodies_sides *sides,
                                 const struct bodies_scope *scope,
                                 struct source **sources, guint *ret_n)
{
    sources[0] = sides->base;
    sources[1] = sides->head;
    sources[2] = sides->released;
    *ret_n = sides->released && sides->released != sides->base ? 3 : 2;
    const struct bodies_request request = {
        .sources = sources, .n = *ret_n, .base = 0, .head = 1,
        .paths = sides->paths, .skip = scope->skip,
        .is_visible = effects_is_visible, .fields = scope->fields,
    };

    return bodies_select(&request);
}

bool bodies_has_any(const struct bodies_sides *sides,
                    const struct bodies_scope *scope)
{
    struct source *sources[3];
    guint n;
    g_autoptr(GHashTable) files = select_bodies(sides, scope, sources, &n);

    return g_hash_table_size(files);
}

struct bodies *bodies_load(struct loader *loader,
                           const struct bodies_sides *sides, GError **error)
{
    struct source *sources[3];
    guint n;
    g_autoptr(BodiesScope) scope = bodies_scope_new(sides);
    g_autoptr(Bodies) bodies = g_new0(struct bodies, 1);

    bodies->files = select_bodies(sides, scope, sources, &n);
    bodies->check.callers = g_hash_table_new_full(
        NULL, NULL, NULL, (GDestroyNotify)g_hash_table_unref);
    if (!g_hash_table_size(bodies->files) ||
        !extract(bodies, loader, sources, n, error)) {
        return NULL;
    }
    g_autoptr(Callers) callers = callers_new(sides->head, bodies->files);

    find_callers(bodies, callers);
    if (add_callers(bodies)) {
        forget_code(bodies);
        if (!extract(bodies, loader, sources, n, error)) {
            return NULL;
        }
        find_callers(bodies, callers);
    }
    return g_steal_pointer(&bodies);
}

void bodies_free(struct bodies *bodies)
{
    if (!bodies) {
        return;
    }
    forget_code(bodies);
    g_hash_table_unref(bodies->files);
    g_hash_table_unref(bodies->check.callers);
    g_free(bodies);
}

const struct check_bodies *bodies_for_check(const struct bodies *bodies)
{
    return bodies ? &bodies->check : NULL;
}
