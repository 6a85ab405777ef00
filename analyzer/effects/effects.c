/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "effects/walk.h"

#include "base/borrow.h"
#include "effects/field.h"
#include "effects/graph.h"
#include "effects/memo.h"

#include <string.h>

struct code {
    GHashTable *by_name;         /* name → struct code_function *, chained */
    GPtrArray *functions;
    struct graph *graph;
    struct memo *memo;
};

/* --- Functions ------------------------------------------------------------------- */

static void add_function(struct code *world, struct ir_unit *unit,
                         unsigned index, const struct ir_symbol *symbol)
{
    struct code_function *function = g_new0(struct code_function, 1);

    function->unit = unit;
    function->index = index;
    function->symbol = symbol;
    function->file = g_intern_string(ir_unit_path(unit));
    function->next = g_hash_table_lookup(world->by_name, symbol->name);
    g_hash_table_insert(world->by_name, borrow(symbol->name), function);
    g_ptr_array_add(world->functions, function);
}

static gint compare_functions(gconstpointer a, gconstpointer b)
{
    const struct code_function *x = *(struct code_function *const *)a;
    const struct code_function *y = *(struct code_function *const *)b;
    int order = strcmp(x->file, y->file);

    return order ? order : strcmp(x->symbol->name, y->symbol->name);
}

struct code *code_new(const GPtrArray *units)
{
    struct code *world = g_new0(struct code, 1);

    world->by_name = g_hash_table_new(g_str_hash, g_str_equal);
    world->functions = g_ptr_array_new_with_free_func(g_free);
    for (guint u = 0; u < units->len; u++) {
        struct ir_unit *unit = g_ptr_array_index(units, u);

        for (unsigned i = 0; i < ir_unit_n_symbols(unit); i++) {
            const struct ir_symbol *symbol = ir_unit_symbol(unit, i);

            if (symbol && symbol->name && symbol->kind == IR_SYM_FUNCTION) {
                add_function(world, unit, i, symbol);
            }
        }
    }
    g_ptr_array_sort(world->functions, compare_functions);
    world->graph = graph_new(world);
    world->memo = memo_new();
    return world;
}

void code_free(struct code *world)
{
    if (world) {
        graph_free(world->graph);
        memo_free(world->memo);
        g_hash_table_unref(world->by_name);
        g_ptr_array_unref(world->functions);
        g_free(world);
    }
}

const struct code_function *code_find(const struct code *world,
                                        const char *name, const char *file)
{
    const struct code_function *first =
        g_hash_table_lookup(world->by_name, name), *found = NULL;

    for (const struct code_function *f = first; f; f = f->next) {
        if (file && !strcmp(f->file, file)) {
            return f;
        }
        if (!(f->symbol->flags & IR_F_STATIC)) {
            found = f;
        }
    }
    return found;
}

const GPtrArray *code_functions(const struct code *world)
{
    return world->functions;
}

GPtrArray *code_functions_near(const struct code *world, const char *member)
{
    const char *name = field_last_name(member);
    GPtrArray *near = g_ptr_array_new();
    const struct ir_unit *unit = NULL;
    bool mentions = false;

    for (guint i = 0; i < world->functions->len; i++) {
        const struct code_function *function = world->functions->pdata[i];

        if (function->unit != unit) {
            unit = function->unit;
            mentions = ir_unit_mentions(unit, name);
        }
        if (mentions) {
            g_ptr_array_add(near, borrow(function));
        }
    }
    return near;
}

bool code_shows(const struct code *world,
                const struct code_function *function)
{
    return graph_shows(world->graph, function);
}

bool code_sets(const struct code *world, const struct code_function *function)
{
    return graph_sets(world->graph, function);
}

const GPtrArray *code_setters(const struct code *world, const char *name)
{
    return graph_setters(world->graph, name);
}

bool code_is_called(const struct code *world,
                    const struct code_function *function)
{
    return graph_is_called(world->graph, function);
}

bool code_calls(const struct code *world, const GPtrArray *entries,
                const struct code_function *function)
{
    return graph_calls(world->graph, entries, function);
}

bool code_reaches(const struct code *world, const GPtrArray *entries,
                  const char *member)
{
    return graph_reaches(world->graph, entries, member);
}

/* --- Walking --------------------------------------------------------------------- */

static gint compare_effects(gconstpointer a, gconstpointer b)
{
    const struct effect *x = *(struct effect *const *)a;
    const struct effect *y = *(struct effect *const *)b;
    int order = (int)x->kind - (int)y->kind;

    order = order ? order : strcmp(x->place, y->place);
    order = order ? order : strcmp(x->guards, y->guards);
    return order ? order : strcmp(x->value, y->value);
}

/* Bytes as they are at the end. */
static void take_bytes(struct walker *w)
{
    GHashTableIter iter;
    gpointer effect;

    g_hash_table_iter_init(&iter, w->seen);
    while (g_hash_table_iter_next(&iter, NULL, &effect)) {
        g_ptr_array_add(w->out->list, effect);
    }
}

static void walk_seeds(struct walker *w)
{
    for (unsigned i = 0; i < w->query->n_seeds; i++) {
        const struct effects_seed *seed = &w->query->seeds[i];
        struct sym to = { .space = "config", .offset = seed->offset };
        struct sym v = sym_number(seed->value);

        if (!seed->known) {
            v = sym_text(w, "of the class");
        }
        visible_write(w, &to, IR_OP_ASSIGN, &v, seed->size, seed->name);
    }
}

/* What virtio_bus_device_plugged() asks get_features() with. */
static struct sym host_features(struct walker *w)
{
    struct bits bits;

    if (!w->query->field ||
        !w->query->field(w->query->opaque, "VirtIODevice", "host_features",
                         &bits)) {
        return sym_text(w, "VirtIODevice.host_features");
    }
    return (struct sym) { .number = { bits.value & bits.known, bits.known } };
}

static void walk_entries(struct walker *w, const GPtrArray *entries)
{
    for (guint i = 0; i < entries->len; i++) {
        const struct code_function *entry = g_ptr_array_index(entries, i);

        w->entry = entry->symbol->name;
        g_hash_table_add(w->out->entries, borrow(w->entry));
        if (w->query->get_features &&
            g_hash_table_contains(w->query->get_features, entry)) {
            struct sym args[] = { sym_text(w, "vdev"), host_features(w) };

            walk_call(w, entry, args, G_N_ELEMENTS(args));
        } else {
            walk_call(w, entry, NULL, 0);
        }
    }
}

static struct effects *make_walk(const struct code *world,
                                 const GPtrArray *entries,
                                 const struct effects_query *query)
{
    struct effects *out = g_new0(struct effects, 1);
    struct walker w = {
        .world = world, .query = query, .out = out,
        .seen = g_hash_table_new(g_str_hash, g_str_equal),
        .heap = g_hash_table_new(g_str_hash, g_str_equal),
        .guards = g_ptr_array_new(), .entry = "",
    };

    out->refs = 1;
    out->list = g_ptr_array_new();
    out->entries = g_hash_table_new(g_str_hash, g_str_equal);
    out->visited = g_hash_table_new(NULL, NULL);
    out->made = g_hash_table_new(g_str_hash, g_str_equal);
    out->world = world;
    out->strings = g_string_chunk_new(4096);
    out->blocks = g_ptr_array_new_with_free_func(g_free);
    walk_seeds(&w);
    walk_entries(&w, entries);
    take_bytes(&w);
    g_ptr_array_sort(out->list, compare_effects);
    g_hash_table_unref(w.seen);
    g_hash_table_unref(w.heap);
    g_ptr_array_unref(w.guards);
    return out;
}

struct effects *effects_walk(const struct code *world,
                             const GPtrArray *entries,
                             const struct effects_query *query)
{
    if (!entries->len) {         /* there may be no world either */
        return make_walk(world, entries, query);
    }
    struct effects *effects = memo_find(world->memo, entries, query);

    if (!effects) {
        struct memo_walk *walk = memo_begin(entries, query);

        effects = make_walk(world, entries, memo_query(walk));
        memo_end(world->memo, walk, effects);
    }
    return effects;
}

struct effects *effects_ref(struct effects *effects)
{
    effects->refs++;
    return effects;
}

void effects_free(struct effects *effects)
{
    if (effects && !--effects->refs) {
        g_ptr_array_unref(effects->list);
        g_hash_table_unref(effects->entries);
        g_hash_table_unref(effects->visited);
        g_hash_table_unref(effects->made);
        g_string_chunk_free(effects->strings);
        g_ptr_array_unref(effects->blocks);
        g_free(effects);
    }
}
