/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Values that code refuses, whatever else a device is given. */
#include "effects/effects.h"

#include <string.h>

#include "effects/field.h"

enum { MAX_DEPTH = 400 };        /* of statements in each other */

struct refusal {
    const char *record, *member;
    uint64_t value;
    bool flag;                   /* 0 and 1 are all it can be */
    bool found;
};

static bool is_field(const struct refusal *r, const struct ir_node *node)
{
    return field_is(node, r->record, r->member);
}

/* !x where the flag x is 1, x != 44 where it is 44: true for every other value. */
static bool is_any_other(const struct refusal *r, const struct ir_node *node)
{
    if (node->kind == IR_UNARY && node->op == IR_OP_LNOT) {
        return r->flag && r->value == 1 && is_field(r, ir_kid(node, 0));
    }
    const struct ir_node *right = ir_kid(node, 1);

    return node->kind == IR_BINARY && node->op == IR_OP_NE &&
           is_field(r, ir_kid(node, 0)) && right && right->kind == IR_INT &&
           (uint64_t)right->value == r->value;
}

static bool calls_error(const struct ir_node *node, unsigned depth)
{
    bool found = false;

    for (; node && depth < MAX_DEPTH && !found; node = node->next) {
        found = (node->kind == IR_REF && node->str &&
                 g_str_has_prefix(node->str, "error_setg")) ||
                calls_error(node->kids, depth + 1);
    }
    return found;
}

static bool leaves(const struct ir_node *node, unsigned depth)
{
    bool found = false;

    for (; node && depth < MAX_DEPTH && !found; node = node->next) {
        found = node->kind == IR_RETURN || node->kind == IR_GOTO ||
                leaves(node->kids, depth + 1);
    }
    return found;
}

/* Conditions of "unless an option was given": the option is off by default. */
static bool is_default(const struct ir_node *condition)
{
    const struct ir_node *kid = ir_kid(condition, 0);

    return condition->kind == IR_UNARY && condition->op == IR_OP_LNOT && kid &&
           kid->kind == IR_MEMBER;
}

/* STATEMENTS that run for any device without options; what follows a return
 * that is no error may not. */
static void search(struct refusal *r, const struct ir_node *statements,
                   unsigned depth)
{
    for (const struct ir_node *s = statements;
         s && !r->found && depth < MAX_DEPTH; s = s->next) {
        if (s->kind == IR_BLOCK) {
            search(r, s->kids, depth + 1);
        }
        if (s->kind != IR_IF) {
            continue;
        }
        const struct ir_node *condition = ir_kid(s, 0), *then = ir_kid(s, 1);
        bool error = calls_error(then->kids, depth + 1);

        if (is_any_other(r, condition)) {
            r->found = error;
        } else if (is_default(condition)) {
            search(r, then->kind == IR_BLOCK ? then->kids : NULL, depth + 1);
        }
        if (!error && (then->kind == IR_RETURN ||
                       leaves(then->kids, depth + 1))) {
            return;
        }
    }
}

const struct code_function *code_refuses(const struct code *world,
                                         const char *record,
                                         const char *member, uint64_t value,
                                         bool flag)
{
    g_autoptr(GPtrArray) functions = code_functions_near(world, member);

    for (guint i = 0; i < functions->len; i++) {
        const struct code_function *function = functions->pdata[i];
        const struct ir_node *body = ir_unit_node(function->unit,
                                                  function->index);
        struct refusal r = { record, member, value, flag, false };

        search(&r, body ? body->kids : NULL, 0);
        if (r.found) {
            return function;
        }
    }
    return NULL;
}
