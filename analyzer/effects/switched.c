/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Flags that switch off, or on, what code does: under one of their values it
 * reads as it did without them.
 */
#include "effects/effects.h"

#include <string.h>

#include "base/borrow.h"
#include "effects/field.h"

enum { MAX_DEPTH = 400 };        /* of statements in each other */

/* A flag and its value; RECORD NULL: none. */
struct flag {
    const char *record, *member;
    bool value;
};

enum truth { FALSE_ALWAYS, TRUE_ALWAYS, UNKNOWN };

static enum truth truth_of(const struct flag *flag, const struct ir_node *node,
                           unsigned depth);

static bool does_something(const struct ir_node *node, unsigned depth)
{
    bool found = depth > MAX_DEPTH || node->kind == IR_CALL ||
                 (node->kind == IR_BINARY && node->op >= IR_OP_ASSIGN) ||
                 (node->op >= IR_OP_PREINC && node->op <= IR_OP_POSTDEC);

    for (const struct ir_node *kid = node->kids; kid && !found;
         kid = kid->next) {
        found = does_something(kid, depth + 1);
    }
    return found;
}

/* What the left side does is done before the right one decides. */
static enum truth truth_of_pair(const struct flag *flag,
                                const struct ir_node *node, enum truth ends,
                                unsigned depth)
{
    enum truth left = truth_of(flag, ir_kid(node, 0), depth + 1);
    enum truth right = truth_of(flag, ir_kid(node, 1), depth + 1);

    return left == ends ||
           (right == ends && !does_something(ir_kid(node, 0), depth)) ? ends
         : left == UNKNOWN || right == ends ? UNKNOWN : right;
}

static enum truth truth_of(const struct flag *flag, const struct ir_node *node,
                           unsigned depth)
{
    if (!node || depth > MAX_DEPTH) {
        return UNKNOWN;
    }
    if (field_is(node, flag->record, flag->member)) {
        return flag->value ? TRUE_ALWAYS : FALSE_ALWAYS;
    }
    if (node->kind == IR_UNARY && node->op == IR_OP_LNOT) {
        enum truth inner = truth_of(flag, ir_kid(node, 0), depth + 1);

        return inner == UNKNOWN ? inner
             : inner == TRUE_ALWAYS ? FALSE_ALWAYS : TRUE_ALWAYS;
    }
    if (node->kind == IR_BINARY && node->op == IR_OP_LAND) {
        return truth_of_pair(flag, node, FALSE_ALWAYS, depth);
    }
    if (node->kind == IR_BINARY && node->op == IR_OP_LOR) {
        return truth_of_pair(flag, node, TRUE_ALWAYS, depth);
    }
    return UNKNOWN;
}

/* What is left of an expression: the rest of "flag && rest". */
static const struct ir_node *reduced(const struct flag *flag,
                                     const struct ir_node *node)
{
    for (unsigned depth = 0; node && depth < MAX_DEPTH; depth++) {
        const struct ir_node *left = ir_kid(node, 0), *right = ir_kid(node, 1);
        enum truth known = truth_of(flag, left, depth);
        bool is_and = node->kind == IR_BINARY && node->op == IR_OP_LAND;
        bool is_or = node->kind == IR_BINARY && node->op == IR_OP_LOR;
        enum truth passes = is_and ? TRUE_ALWAYS : FALSE_ALWAYS;

        if (node->kind == IR_COND && known != UNKNOWN) {
            node = known == TRUE_ALWAYS ? right : ir_kid(node, 2);
        } else if ((is_and || is_or) && known == passes) {
            node = right;
        } else if ((is_and || is_or) &&
                   truth_of(flag, right, depth) == passes) {
            node = left;
        } else {
            return node;
        }
    }
    return node;
}

/* Appends NODE as it runs: blocks one after the other, branches that are
 * always taken alone.  False where it is too deep. */
static bool add_running(const struct flag *flag, const struct ir_node *node,
                        GPtrArray *out, unsigned depth)
{
    bool ok = depth < MAX_DEPTH;

    if (!node || node->kind == IR_NONE || !ok) {
        return ok;
    }
    enum truth known = node->kind == IR_IF
        ? truth_of(flag, ir_kid(node, 0), depth) : UNKNOWN;

    if (node->kind == IR_BLOCK) {
        for (const struct ir_node *kid = node->kids; kid && ok;
             kid = kid->next) {
            ok = add_running(flag, kid, out, depth + 1);
        }
    } else if (known != UNKNOWN) {
        ok = add_running(flag, ir_kid(node, known == TRUE_ALWAYS ? 1 : 2),
                         out, depth + 1);
    } else {
        g_ptr_array_add(out, borrow(reduced(flag, node)));
    }
    return ok;
}

static bool same(const struct flag *flag, const struct ir_node *new,
                 const struct ir_node *old, unsigned depth);

static bool same_node(const struct flag *flag, const struct ir_node *new,
                      const struct ir_node *old, unsigned depth)
{
    const struct ir_node *a = new->kids, *b = old->kids;

    if (new->kind != old->kind || new->op != old->op ||
        new->flags != old->flags || new->value != old->value ||
        new->value2 != old->value2 || g_strcmp0(new->str2, old->str2)) {
        return false;
    }
    if (new->kind == IR_INT) {   /* however it is written */
        return true;
    }
    if (g_strcmp0(new->str, old->str)) {
        return false;
    }
    for (; a && b; a = a->next, b = b->next) {
        if (!same(flag, a, b, depth + 1)) {
            return false;
        }
    }
    return a == b;
}

/* Whether NEW, under FLAG, reads as OLD. */
static bool same(const struct flag *flag, const struct ir_node *new,
                 const struct ir_node *old, unsigned depth)
{
    static const struct flag none = { NULL, NULL, false };
    g_autoptr(GPtrArray) a = g_ptr_array_new(), b = g_ptr_array_new();
    bool ok = add_running(flag, new, a, depth) &&
              add_running(&none, old, b, depth);

    for (guint i = 0; ok && a->len == b->len && i < a->len; i++) {
        ok = same_node(flag, a->pdata[i], b->pdata[i], depth);
    }
    return ok && a->len == b->len;
}

/* Code that is not understood may read what it mentions. */
static bool may_read(const struct flag *flag, const struct ir_node *node)
{
    return node->kind == IR_UNKNOWN && node->str &&
           strstr(node->str, field_last_name(flag->member));
}

static bool reads(const struct flag *flag, const struct ir_node *node,
                  unsigned depth)
{
    if (node && depth >= MAX_DEPTH) {
        return true;
    }
    for (; node; node = node->next) {
        if (field_is(node, flag->record, flag->member) ||
            may_read(flag, node) || reads(flag, node->kids, depth + 1)) {
            return true;
        }
    }
    return false;
}

static const struct ir_node *body_of(const struct code_function *function)
{
    return ir_unit_node(function->unit, function->index);
}

const struct code_function *code_switches(const struct code *old,
                                          const struct code *new,
                                          const char *record,
                                          const char *member, bool value)
{
    g_autoptr(GPtrArray) functions = code_functions_near(new, member);
    const struct flag flag = { record, member, value };
    const struct code_function *found = NULL;

    for (guint i = 0; i < functions->len; i++) {
        const struct code_function *function = functions->pdata[i], *before;
        const struct ir_node *body = body_of(function);

        if (!body || !reads(&flag, body->kids, 0)) {
            continue;
        }
        before = code_find(old, function->symbol->name, function->file);
        if (!before || !body_of(before) ||
            !same(&flag, body, body_of(before), 0)) {
            return NULL;
        }
        found = function;
    }
    return found;
}
