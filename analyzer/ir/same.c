/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ir/ir.h"

#include <string.h>

/* Strings are interned. */
static bool same_node(const struct ir_node *a, const struct ir_node *b)
{
    if (a->kind != b->kind || a->op != b->op || a->flags != b->flags ||
        a->value != b->value || a->value2 != b->value2 || a->str != b->str ||
        a->str2 != b->str2) {
        return false;
    }
    const struct ir_node *x = a->kids, *y = b->kids;

    for (; x && y; x = x->next, y = y->next) {
        if (!same_node(x, y)) {
            return false;
        }
    }
    return !x && !y;
}

static bool same_params(const char *const *a, const char *const *b)
{
    for (guint i = 0;; i++) {
        const char *x = a ? a[i] : NULL, *y = b ? b[i] : NULL;

        if (x != y) {
            return false;
        }
        if (!x) {
            return true;
        }
    }
}

static bool same_symbol(const struct ir_unit *a, const struct ir_symbol *x,
                        const struct ir_unit *b, const struct ir_symbol *y)
{
    return x->kind == y->kind && x->flags == y->flags &&
           x->name == y->name && x->type == y->type &&
           x->condition == y->condition && same_params(x->params, y->params) &&
           ir_unit_file(a, x->loc.file) == ir_unit_file(b, y->loc.file);
}

static bool same_tables(const struct ir_unit *a, const struct ir_unit *b)
{
    if (strcmp(ir_unit_path(a), ir_unit_path(b)) ||
        ir_unit_targets(a) != ir_unit_targets(b) ||
        ir_unit_n_symbols(a) != ir_unit_n_symbols(b) ||
        ir_unit_n_gaps(a) != ir_unit_n_gaps(b)) {
        return false;
    }
    for (unsigned i = 0; i < ir_unit_n_symbols(a); i++) {
        if (!same_symbol(a, ir_unit_symbol(a, i), b, ir_unit_symbol(b, i))) {
            return false;
        }
    }
    for (unsigned i = 0; i < ir_unit_n_gaps(a); i++) {
        if (strcmp(ir_unit_gap(a, i).reason, ir_unit_gap(b, i).reason)) {
            return false;
        }
    }
    return true;
}

bool ir_unit_same_where_read(struct ir_unit *a, struct ir_unit *b)
{
    if (a == b) {
        return true;
    }
    if (!same_tables(a, b)) {
        return false;
    }
    for (unsigned i = 0; i < ir_unit_n_symbols(a); i++) {
        if (ir_unit_is_read(a, i) &&
            !same_node(ir_unit_node(a, i), ir_unit_node(b, i))) {
            return false;
        }
    }
    return true;
}

/* --- Where things stand ------------------------------------------------------ */

struct move {
    struct ir_unit *a, *b;
    GHashTable *lines;
};

static bool move_loc(const struct move *m, const struct ir_loc *from,
                     const struct ir_loc *to)
{
    if (!from->line || !to->line) {
        return from->line == to->line;
    }
    const char *file = ir_unit_file(m->a, from->file);

    if (from->column != to->column || file != ir_unit_file(m->b, to->file)) {
        return false;
    }
    if (strcmp(file, ir_unit_path(m->a))) {
        return from->line == to->line;
    }
    gpointer key = GUINT_TO_POINTER(from->line);
    guint known = GPOINTER_TO_UINT(g_hash_table_lookup(m->lines, key));

    g_hash_table_insert(m->lines, key, GUINT_TO_POINTER(to->line));
    return !known || known == to->line;
}

static bool move_node(const struct move *m, const struct ir_node *a,
                      const struct ir_node *b)
{
    bool ok = move_loc(m, &a->loc, &b->loc);

    for (a = a->kids, b = b->kids; ok && a && b; a = a->next, b = b->next) {
        ok = move_node(m, a, b);
    }
    return ok;
}

static bool move_symbol(const struct move *m, unsigned i, bool read)
{
    const struct ir_symbol *a = ir_unit_symbol(m->a, i);
    const struct ir_symbol *b = ir_unit_symbol(m->b, i);

    if (!move_loc(m, &a->loc, &b->loc) || !move_loc(m, &a->end, &b->end)) {
        return false;
    }
    if (!read) {
        return true;
    }
    const struct ir_node *x = ir_unit_node(m->a, i);
    const struct ir_node *y = ir_unit_node(m->b, i);

    return same_node(x, y) && move_node(m, x, y);
}

bool ir_unit_has_moved(struct ir_unit *a, struct ir_unit *b,
                       const guint8 *read, gsize n, GHashTable *lines)
{
    struct move m = { a, b, lines };

    if (n != ir_unit_n_symbols(a) || !same_tables(a, b)) {
        return false;
    }
    for (unsigned i = 0; i < n; i++) {
        if (!move_symbol(&m, i, read[i])) {
            return false;
        }
    }
    for (unsigned i = 0; i < ir_unit_n_gaps(a); i++) {
        struct ir_gap x = ir_unit_gap(a, i), y = ir_unit_gap(b, i);

        if (!move_loc(&m, &x.loc, &y.loc)) {
            return false;
        }
    }
    return true;
}
