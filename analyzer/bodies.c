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

enum { MAX_SIDES = 3 };

struct bodies {
    struct check_bodies check;
    GPtrArray *extractions;      /* struct extraction * */
    GPtrArray *units[MAX_SIDES]; /* struct ir_unit *, of all of them */
    Code *worlds[MAX_SIDES];     /* base, head, released where it is another */
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
        !code_shows(bodies->check.head, function) &&
        !code_sets(bodies->check.base, before) &&
        !code_sets(bodies->check.head, function)) {
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
static void add_gaps(GPtrArray *gaps, const struct extract_source *base,
                     const struct extract_source *head)
{
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
}

static struct bodies *bodies_new(void)
{
    struct bodies *bodies = g_new0(struct bodies, 1);

    bodies->extractions = g_ptr_array_new_with_free_func(
        (GDestroyNotify)extraction_free);
    for (guint i = 0; i < MAX_SIDES; i++) {
        bodies->units[i] = g_ptr_array_new();
    }
    bodies->gaps = g_ptr_array_new_with_free_func(g_free);
    bodies->check.gaps = bodies->gaps;
    bodies->check.callers = g_hash_table_new_full(
        NULL, NULL, NULL, (GDestroyNotify)g_hash_table_unref);
    return bodies;
}

/* Adds what FILES, path → set of functions, hold. */
static bool extract(struct bodies *bodies, struct loader *loader,
                    struct source *const *sources, guint n,
                    GHashTable *files, GError **error)
{
    struct extraction *e = loader_extract(loader, sources, n, files, error);

    if (!e) {
        return false;
    }
    g_ptr_array_add(bodies->extractions, e);
    for (guint i = 0; i < n; i++) {
        g_ptr_array_extend(bodies->units[i], e->sources[i].units, NULL, NULL);
        g_clear_pointer(&bodies->worlds[i], code_free);
        bodies->worlds[i] = code_new(bodies->units[i]);
    }
    add_gaps(bodies->gaps, &e->sources[0], &e->sources[1]);
    bodies->check.base = bodies->worlds[0];
    bodies->check.head = bodies->worlds[1];
    bodies->check.released = bodies->worlds[n < MAX_SIDES ? 0 : 2];
    bodies->check.files = bodies->units[1]->len;
    bodies->check.functions = code_functions(bodies->check.head)->len;
    return true;
}

/* Where callers are looked for no more. */
static void add_files(struct bodies *bodies, GHashTable *files)
{
    GHashTableIter iter;
    gpointer path, functions;

    g_hash_table_iter_init(&iter, files);
    while (g_hash_table_iter_next(&iter, &path, &functions)) {
        g_hash_table_insert(bodies->files, path,
                            g_hash_table_ref(functions));
    }
}

/* path → set of functions: what to look at. */
static GHashTable *select_bodies(const struct bodies_sides *sides,
                                 const struct bodies_scope *scope,
                                 struct source **sources,
                                 struct extract_memory *memory, unsigned jobs,
                                 guint *ret_n)
{
    sources[0] = sides->base;
    sources[1] = sides->head;
    sources[2] = sides->released;
    *ret_n = sides->released && sides->released != sides->base ? 3 : 2;
    const struct bodies_request request = {
        .sources = sources, .n = *ret_n, .base = 0, .head = 1,
        .paths = sides->paths, .skip = scope->skip,
        .is_visible = effects_is_visible, .is_space = effects_is_space,
        .is_setter = effects_is_setter, .is_maker = effects_is_maker,
        .fields = scope->fields,
        .memory = memory, .jobs = jobs,
    };

    return bodies_select(&request);
}

bool bodies_has_any(struct loader *loader, const struct bodies_sides *sides,
                    const struct bodies_scope *scope)
{
    struct source *sources[MAX_SIDES];
    guint n;
    g_autoptr(GHashTable) files = select_bodies(sides, scope, sources,
                                                loader_memory(loader), 1, &n);

    return g_hash_table_size(files);
}

struct bodies *bodies_load(struct loader *loader,
                           const struct bodies_sides *sides, GError **error)
{
    struct source *sources[MAX_SIDES];
    guint n;
    g_autoptr(BodiesScope) scope = bodies_scope_new(sides);
    g_autoptr(Bodies) bodies = bodies_new();

    bodies->files = select_bodies(sides, scope, sources,
                                  loader_memory(loader), loader_jobs(loader),
                                  &n);
    if (!g_hash_table_size(bodies->files) ||
        !extract(bodies, loader, sources, n, bodies->files, error)) {
        return NULL;
    }
    g_autoptr(Callers) callers = callers_new(sides->head, loader_memory(loader),
                                             bodies->files);

    find_callers(bodies, callers);
    g_autoptr(GHashTable) more = files_of_callers(bodies);
    guint n_more = g_hash_table_size(more);

    /* What they ask before they call counts, too. */
    if (n_more && n_more <= MAX_CALLING_FILES) {
        if (!extract(bodies, loader, sources, n, more, error)) {
            return NULL;
        }
        add_files(bodies, more);
        find_callers(bodies, callers);
    }
    return g_steal_pointer(&bodies);
}

void bodies_free(struct bodies *bodies)
{
    if (!bodies) {
        return;
    }
    for (guint i = 0; i < MAX_SIDES; i++) {
        code_free(bodies->worlds[i]);
        g_ptr_array_unref(bodies->units[i]);
    }
    g_ptr_array_unref(bodies->extractions);
    g_ptr_array_unref(bodies->gaps);
    g_clear_pointer(&bodies->files, g_hash_table_unref);
    g_hash_table_unref(bodies->check.callers);
    g_free(bodies);
}

const struct check_bodies *bodies_for_check(const struct bodies *bodies)
{
    return bodies ? &bodies->check : NULL;
}
