/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Fields that code gives a value where they are zero, "not given". */
#include "effects/effects.h"

#include <string.h>

#include "effects/field.h"

enum { MAX_DEPTH = 400 };        /* of statements in each other */

struct filling {
    const char *record, *member;
    const struct code_function *function;   /* the first that does it */
    bool constant;               /* always, and to VALUE */
    uint64_t value;
};

/* !x, x == 0 */
static bool asks_for_zero(const struct filling *f, const struct ir_node *node)
{
    const struct ir_node *right = ir_kid(node, 1);

    if (!field_is(ir_kid(node, 0), f->record, f->member)) {
        return false;
    }
    return (node->kind == IR_UNARY && node->op == IR_OP_LNOT) ||
           (node->kind == IR_BINARY && node->op == IR_OP_EQ && right &&
            right->kind == IR_INT && right->value == 0);
}

static void take(struct filling *f, const struct code_function *function,
                 const struct ir_node *value, bool always)
{
    bool constant = always && value->kind == IR_INT;

    f->constant = constant && (!f->function ||
                               (f->constant &&
                                (uint64_t)value->value == f->value));
    f->value = constant ? (uint64_t)value->value : 0;
    f->function = f->function ? f->function : function;
}

/* ASKED: the field is known to be zero; ALWAYS: nothing else has to hold. */
static void search(struct filling *f, const struct code_function *function,
                   const struct ir_node *node, bool asked, bool always,
                   unsigned depth)
{
    if (depth > MAX_DEPTH) {
        return;
    }
    if (asked && node->kind == IR_BINARY && node->op == IR_OP_ASSIGN &&
        field_is(ir_kid(node, 0), f->record, f->member)) {
        take(f, function, ir_kid(node, 1), always);
    }
    bool asks = node->kind == IR_IF && asks_for_zero(f, ir_kid(node, 0));
    guint i = 0;

    for (const struct ir_node *kid = node->kids; kid; kid = kid->next, i++) {
        bool then = asks && i == 1;

        search(f, function, kid, asked || then,
               always && (then || node->kind == IR_BLOCK), depth + 1);
    }
}

const struct code_function *code_fills(const struct code *world,
                                       const char *record, const char *member,
                                       bool *ret_constant,
                                       uint64_t *ret_value)
{
    g_autoptr(GPtrArray) functions = code_functions_near(world, member);
    struct filling f = { .record = record, .member = member };

    for (guint i = 0; i < functions->len; i++) {
        const struct code_function *function = functions->pdata[i];
        const struct ir_node *body = ir_unit_node(function->unit,
                                                  function->index);

        if (body) {
            search(&f, function, body, false, true, 0);
        }
    }
    *ret_constant = f.constant;
    *ret_value = f.value;
    return f.function;
}
