/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Who calls or names whom, and what a function mentions: to tell without a
 * walk that it would find nothing.
 */
#include "effects/graph.h"

#include "base/borrow.h"

#include <string.h>

enum { MAX_DEPTH = 400 };        /* of expressions in each other */

struct graph {
    const struct code *world;
    GHashTable *callers;         /* struct code_function * → GPtrArray of
                                    struct code_function * */
    GHashTable *mentions;        /* name of a member → the same */
    GHashTable *shows;           /* struct code_function *, a set */
    GHashTable *sets;            /* the same, of those that set properties */
    GHashTable *setters;         /* property → GPtrArray of struct
                                    code_function * */
    GHashTable *above;           /* struct code_function * → a set of those
                                    that end up calling it; on demand */
};

static void append(GHashTable *table, const void *key,
                   const struct code_function *function)
{
    GPtrArray *list = g_hash_table_lookup(table, key);

    if (!list) {
        list = g_ptr_array_new();
        g_hash_table_insert(table, borrow(key), list);
    }
    if (!list->len || list->pdata[list->len - 1] != function) {
        g_ptr_array_add(list, borrow(function));
    }
}

/* Features are added by name, or to the variable that a function offers. */
static bool is_visible(const struct ir_node *node)
{
    return effects_is_visible(node->str) ||
           (node->kind == IR_REF && node->flags & IR_F_LOCAL &&
            g_str_has_suffix(node->str, "features"));
}

/* Any of its strings may be the name. */
static void read_setter(struct graph *graph,
                        const struct code_function *function,
                        const struct ir_node *call)
{
    g_hash_table_add(graph->sets, borrow(function));
    for (const struct ir_node *kid = call->kids; kid; kid = kid->next) {
        if (kid->kind == IR_STRING && kid->str) {
            append(graph->setters, kid->str, function);
        }
    }
}

static void read_node(struct graph *graph,
                      const struct code_function *function,
                      const struct ir_node *node, unsigned depth)
{
    for (; node && depth < MAX_DEPTH; node = node->next) {
        bool named = node->str && (node->kind == IR_REF ||
                                   node->kind == IR_MEMBER);

        if (named && is_visible(node)) {
            g_hash_table_add(graph->shows, borrow(function));
        }
        if (node->kind == IR_CALL && node->kids && node->kids->str &&
            effects_is_setter(node->kids->str)) {
            read_setter(graph, function, node);
        }
        if (named && node->kind == IR_MEMBER) {
            append(graph->mentions, node->str, function);
        } else if (named && node->flags & IR_F_FUNCTION) {
            const struct code_function *callee =
                code_find(graph->world, node->str, function->file);

            if (callee) {
                append(graph->callers, callee, function);
            }
        }
        read_node(graph, function, node->kids, depth + 1);
    }
}

/* Adds those that end up in one of SET to it. */
static void close_over(const struct graph *graph, GHashTable *set)
{
    g_autoptr(GPtrArray) todo = g_ptr_array_new();
    GHashTableIter iter;
    gpointer item;

    g_hash_table_iter_init(&iter, set);
    while (g_hash_table_iter_next(&iter, &item, NULL)) {
        g_ptr_array_add(todo, item);
    }
    while (todo->len) {
        const struct code_function *function =
            g_ptr_array_steal_index_fast(todo, todo->len - 1);
        const GPtrArray *callers = g_hash_table_lookup(graph->callers,
                                                       function);

        for (guint i = 0; callers && i < callers->len; i++) {
            if (g_hash_table_add(set, callers->pdata[i])) {
                g_ptr_array_add(todo, callers->pdata[i]);
            }
        }
    }
}

static void unref_list(gpointer list)
{
    g_ptr_array_unref(list);
}

static void unref_set(gpointer set)
{
    g_hash_table_unref(set);
}

struct graph *graph_new(const struct code *world)
{
    const GPtrArray *functions = code_functions(world);
    struct graph *graph = g_new0(struct graph, 1);

    graph->world = world;
    graph->callers = g_hash_table_new_full(NULL, NULL, NULL, unref_list);
    graph->mentions = g_hash_table_new_full(g_str_hash, g_str_equal, NULL,
                                            unref_list);
    graph->shows = g_hash_table_new(NULL, NULL);
    graph->sets = g_hash_table_new(NULL, NULL);
    graph->setters = g_hash_table_new_full(g_str_hash, g_str_equal, NULL,
                                           unref_list);
    graph->above = g_hash_table_new_full(NULL, NULL, NULL, unref_set);
    for (guint i = 0; i < functions->len; i++) {
        const struct code_function *function =
            g_ptr_array_index(functions, i);

        read_node(graph, function,
                  ir_unit_node(function->unit, function->index), 0);
    }
    close_over(graph, graph->shows);
    close_over(graph, graph->sets);
    return graph;
}

void graph_free(struct graph *graph)
{
    if (graph) {
        g_hash_table_unref(graph->callers);
        g_hash_table_unref(graph->mentions);
        g_hash_table_unref(graph->shows);
        g_hash_table_unref(graph->sets);
        g_hash_table_unref(graph->setters);
        g_hash_table_unref(graph->above);
        g_free(graph);
    }
}

bool graph_shows(const struct graph *graph,
                 const struct code_function *function)
{
    return g_hash_table_contains(graph->shows, function);
}

bool graph_sets(const struct graph *graph,
                const struct code_function *function)
{
    return g_hash_table_contains(graph->sets, function);
}

const GPtrArray *graph_setters(const struct graph *graph, const char *name)
{
    return g_hash_table_lookup(graph->setters, name);
}

bool graph_is_called(const struct graph *graph,
                     const struct code_function *function)
{
    return g_hash_table_contains(graph->callers, function);
}

static bool has_one_of(GHashTable *set, const GPtrArray *entries)
{
    for (guint i = 0; i < entries->len; i++) {
        if (g_hash_table_contains(set, entries->pdata[i])) {
            return true;
        }
    }
    return false;
}

bool graph_calls(struct graph *graph, const GPtrArray *entries,
                 const struct code_function *function)
{
    GHashTable *set = g_hash_table_lookup(graph->above, function);

    if (!set) {
        set = g_hash_table_new(NULL, NULL);
        g_hash_table_add(set, borrow(function));
        close_over(graph, set);
        g_hash_table_insert(graph->above, borrow(function), set);
    }
    return has_one_of(set, entries);
}

bool graph_reaches(const struct graph *graph, const GPtrArray *entries,
                   const char *member)
{
    const GPtrArray *direct = g_hash_table_lookup(graph->mentions, member);
    g_autoptr(GHashTable) set = g_hash_table_new(NULL, NULL);

    for (guint i = 0; direct && i < direct->len; i++) {
        g_hash_table_add(set, direct->pdata[i]);
    }
    close_over(graph, set);
    return has_one_of(set, entries);
}
