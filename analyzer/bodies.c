/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "bodies.h"

#include "base/borrow.h"
#include "check/compare.h"
#include "extract/bodies.h"
#include "extract/callers.h"
#include "extract/extract.h"

#include <string.h>

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

/* --- What to look at ---------------------------------------------------------- */

static bool is_bound(const struct facts *facts, const struct property *like)
{
    for (guint i = 0; i < facts->types->len; i++) {
        const struct qom_type *type = facts_type_at(facts, i);

        for (guint p = 0; p < type->properties->len; p++) {
            const struct property *other =
                g_ptr_array_index(type->properties, p);

            if (other->name == like->name && other->record == like->record) {
                return true;
            }
        }
    }
    return false;
}

/* Where an active property is new, what reads its field tells what it replaces. */
static void add_field(GHashTable *fields, const struct property *p)
{
    const char *dot = strrchr(p->field, '.');
    const char *name = dot ? dot + 1 : p->field;
    g_autofree char *plain = g_strndup(name, strcspn(name, "["));

    g_hash_table_add(fields, borrow(g_intern_string(plain)));
}

static GHashTable *new_fields(const struct bodies_sides *sides)
{
    GHashTable *fields = g_hash_table_new(g_str_hash, g_str_equal);
    const struct facts *head = sides->head_facts;

    for (guint i = 0; i < head->types->len; i++) {
        const struct qom_type *type = facts_type_at(head, i);
        const struct qom_type *old = facts_type(sides->released_facts,
                                                type->name, type->targets);

        for (guint p = 0; old && p < type->properties->len; p++) {
            const struct property *property =
                g_ptr_array_index(type->properties, p);

            if (property->record && property->field &&
                !value_is_zero(property->kind, &property->def) &&
                property->def.kind != VALUE_ABSENT &&
                !facts_own_property(sides->released_facts, old,
                                    property->name, NULL) &&
                !is_bound(sides->released_facts, property)) {
                add_field(fields, property);
            }
        }
    }
    for (guint i = 0; sides->properties && i < sides->properties->len; i++) {
        const struct property *property =
            g_ptr_array_index(sides->properties, i);

        if (property->field) {
            add_field(fields, property);
        }
    }
    return fields;
}

/* Files whose types no versioned machine type can have. */
static GHashTable *unreachable_files(const struct facts *facts)
{
    g_autoptr(GHashTable) reachable = g_hash_table_new(NULL, NULL);
    GHashTable *files = g_hash_table_new(NULL, NULL);
    GHashTableIter iter;
    gpointer file;

    for (guint i = 0; i < facts->types->len; i++) {
        const struct qom_type *type = facts_type_at(facts, i);

        if (type->loc.file && !type->abstract) {
            g_hash_table_add(type->boards ? reachable : files,
                             borrow(type->loc.file));
        }
    }
    g_hash_table_iter_init(&iter, reachable);
    while (g_hash_table_iter_next(&iter, &file, NULL)) {
        g_hash_table_remove(files, file);
    }
    return files;
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

static void find_callers(struct bodies *bodies, struct source *head)
{
    const GPtrArray *functions = code_functions(bodies->check.head);
    g_autoptr(Callers) callers = callers_new(head, bodies->files);

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

struct bodies *bodies_load(struct loader *loader,
                           const struct bodies_sides *sides, GError **error)
{
    struct source *sources[] = { sides->base, sides->head, sides->released };
    g_autoptr(GHashTable) fields = new_fields(sides);
    g_autoptr(GHashTable) skip = unreachable_files(sides->head_facts);
    const struct bodies_request request = {
        .sources = sources,
        .n = sides->released && sides->released != sides->base ? 3 : 2,
        .base = 0, .head = 1, .paths = sides->paths, .skip = skip,
        .is_visible = effects_is_visible, .fields = fields,
    };
    g_autoptr(Bodies) bodies = g_new0(struct bodies, 1);

    bodies->files = bodies_select(&request);
    bodies->check.callers = g_hash_table_new_full(
        NULL, NULL, NULL, (GDestroyNotify)g_hash_table_unref);
    if (!g_hash_table_size(bodies->files) ||
        !extract(bodies, loader, sources, request.n, error)) {
        return NULL;
    }
    find_callers(bodies, sides->head);
    return g_steal_pointer(&bodies);
}

void bodies_free(struct bodies *bodies)
{
    if (!bodies) {
        return;
    }
    for (guint i = 0; i < G_N_ELEMENTS(bodies->worlds); i++) {
        code_free(bodies->worlds[i]);
    }
    g_clear_pointer(&bodies->gaps, g_ptr_array_unref);
    extraction_free(bodies->extraction);
    g_hash_table_unref(bodies->files);
    g_hash_table_unref(bodies->check.callers);
    g_free(bodies);
}

const struct check_bodies *bodies_for_check(const struct bodies *bodies)
{
    return bodies ? &bodies->check : NULL;
}
