/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Fields that code gives a value where they are zero, "not given". */
#include "effects/effects.h"

#include <string.h>

#include "effects/field.h"

enum { MAX_DEPTH = 400 };        /* of statements in each other */

struct filling {
    const char *record, *member;
    guint n;                     /* assignments */
    bool constant;               /* all of them to VALUE */
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

static void take_assignments(struct filling *f, const struct ir_node *node,
                             unsigned depth)
{
    for (; node && depth < MAX_DEPTH; node = node->next) {
        const struct ir_node *right = ir_kid(node, 1);

        if (node->kind == IR_BINARY && node->op == IR_OP_ASSIGN &&
            field_is(ir_kid(node, 0), f->record, f->member)) {
            bool constant = right->kind == IR_INT &&
                            (!f->n || (f->constant &&
                                       (uint64_t)right->value == f->value));

            f->n++;
            f->constant = constant;
            f->value = constant ? (uint64_t)right->value : 0;
        }
        take_assignments(f, node->kids, depth + 1);
    }
}

static void search(struct filling *f, const struct ir_node *node,
                   unsigned depth)
{
    for (; node && depth < MAX_DEPTH; node = node->next) {
        const struct ir_node *then = node->kind == IR_IF ? ir_kid(node, 1)
                                                         : NULL;

        if (then && asks_for_zero(f, ir_kid(node, 0))) {
            struct ir_node alone = *then;

            alone.next = NULL;
            take_assignments(f, &alone, depth + 1);
        }
        search(f, node->kids, depth + 1);
    }
}

const struct code_function *code_fills(const struct code *world,
                                       const char *record, const char *member,
                                       bool *ret_constant,
                                       uint64_t *ret_value)
{
    const GPtrArray *functions = code_functions(world);

    for (guint i = 0; i < functions->len; i++) {
        const struct code_function *function = functions->pdata[i];
        const struct ir_node *body = ir_unit_node(function->unit,
                                                  function->index);
        struct filling f = { .record = record, .member = member };

        search(&f, body ? body->kids : NULL, 0);
        if (f.n) {
            *ret_constant = f.constant;
            *ret_value = f.value;
            return function;
        }
    }
    return NULL;
}
