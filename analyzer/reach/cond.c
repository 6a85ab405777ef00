/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "reach/cond.h"

/* Deeper expressions are no real ones. */
#define MAX_DEPTH 200

enum op { OP_TRUE, OP_SYMBOL, OP_NOT, OP_AND, OP_OR };

struct node {
    enum op op;
    unsigned depth;
    guint a, b;
};

static const struct node *node_at(const struct conds *conds, cond c)
{
    return &g_array_index(conds->nodes, struct node, c);
}

static cond add_node(struct conds *conds, enum op op, guint a, guint b,
                     unsigned depth)
{
    struct node node = { op, depth, a, b };

    if (depth > MAX_DEPTH) {
        return COND_TRUE;
    }
    g_array_append_val(conds->nodes, node);
    return conds->nodes->len - 1;
}

struct conds *conds_new(void)
{
    struct conds *conds = g_new0(struct conds, 1);

    conds->nodes = g_array_new(FALSE, FALSE, sizeof(struct node));
    conds->texts = g_string_chunk_new(4096);
    conds->names = g_ptr_array_new();
    conds->symbols = g_hash_table_new(g_str_hash, g_str_equal);
    add_node(conds, OP_TRUE, 0, 0, 0);
    return conds;
}

void conds_free(struct conds *conds)
{
    g_array_unref(conds->nodes);
    g_string_chunk_free(conds->texts);
    g_ptr_array_unref(conds->names);
    g_hash_table_unref(conds->symbols);
    g_free(conds);
}

guint conds_symbol(struct conds *conds, const char *name)
{
    guint no = GPOINTER_TO_UINT(g_hash_table_lookup(conds->symbols, name));
    char *copy;

    if (no) {
        return no - 1;
    }
    copy = g_string_chunk_insert(conds->texts, name);
    g_ptr_array_add(conds->names, copy);
    no = conds->names->len;
    g_hash_table_insert(conds->symbols, copy, GUINT_TO_POINTER(no));
    return no - 1;
}

const char *conds_name(const struct conds *conds, guint symbol)
{
    return g_ptr_array_index(conds->names, symbol);
}

cond cond_symbol(struct conds *conds, const char *name)
{
    return add_node(conds, OP_SYMBOL, conds_symbol(conds, name), 0, 1);
}

cond cond_not(struct conds *conds, cond a)
{
    return add_node(conds, OP_NOT, a, 0, node_at(conds, a)->depth + 1);
}

static unsigned depth_above(const struct conds *conds, cond a, cond b)
{
    return MAX(node_at(conds, a)->depth, node_at(conds, b)->depth) + 1;
}

cond cond_and(struct conds *conds, cond a, cond b)
{
    if (a == COND_TRUE || b == COND_TRUE) {
        return a == COND_TRUE ? b : a;
    }
    return add_node(conds, OP_AND, a, b, depth_above(conds, a, b));
}

cond cond_or(struct conds *conds, cond a, cond b)
{
    if (a == COND_TRUE || b == COND_TRUE) {
        return COND_TRUE;
    }
    return add_node(conds, OP_OR, a, b, depth_above(conds, a, b));
}

/* SURELY: whether it holds whatever is still to be switched on. */
static bool evaluate(const struct conds *conds, cond c,
                     const struct values *values, bool surely)
{
    const struct node *node = node_at(conds, c);

    switch (node->op) {
    case OP_SYMBOL:
        return values->on[node->a] && (!surely || values->fixed[node->a]);
    case OP_NOT:
        return !evaluate(conds, node->a, values, !surely);
    case OP_AND:
        return evaluate(conds, node->a, values, surely) &&
               evaluate(conds, node->b, values, surely);
    case OP_OR:
        return evaluate(conds, node->a, values, surely) ||
               evaluate(conds, node->b, values, surely);
    default:
        return true;
    }
}

bool cond_holds(const struct conds *conds, cond c,
                const struct values *values)
{
    return evaluate(conds, c, values, false);
}

void cond_wanted(const struct conds *conds, cond c, GArray *symbols)
{
    const struct node *node = node_at(conds, c);

    if (node->op == OP_SYMBOL) {
        g_array_append_val(symbols, node->a);
    } else if (node->op == OP_AND || node->op == OP_OR) {
        cond_wanted(conds, node->a, symbols);
        cond_wanted(conds, node->b, symbols);
    }
}
