/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Statements.  Where a condition is not known, both branches run and what
 * they leave behind is known only where they agree.
 */
#include "qom/interp.h"

static struct object *declare(struct interp *in, const struct ir_node *node)
{
    struct object *object = object_make(in, OBJECT_LOCAL);
    struct binding binding = { node->str, object };

    object->decl = node;
    object->sym = in->frame->function;
    g_array_append_val(in->bindings, binding);
    return object;
}

static void declare_static(struct interp *in, const struct ir_node *node)
{
    struct object *object = g_hash_table_lookup(in->static_locals, node);
    struct binding binding = { node->str, object };
    unsigned maybe = in->maybe;

    if (object) {
        g_array_append_val(in->bindings, binding);
        return;
    }
    object = declare(in, node);
    object->kind = OBJECT_VARIABLE;
    object->zeroed = node->kids && node->kids->kind != IR_NONE;
    g_hash_table_insert(in->static_locals, unconst(node), object);
    in->maybe = 0;
    memory_store_init(in, (struct place){ object, "" }, node->kids);
    in->maybe = maybe;
    arrays_note(in, object, node->str2);
}

static void exec_decl(struct interp *in, const struct ir_node *node)
{
    struct object *object;
    struct val v;

    if (node->flags & IR_F_STATIC) {
        declare_static(in, node);
        return;
    }
    object = declare(in, node);
    if (!node->kids || node->kids->kind == IR_NONE) {
        return;
    }
    if (node->kids->kind == IR_INIT) {
        memory_store_init(in, (struct place){ object, "" }, node->kids);
    } else {
        v = val_convert(eval(in, node->kids), node->str2);
        memory_store(in, (struct place){ object, "" }, v, node);
    }
}

/* The statement that LABEL stands before, among NODE's kids. */
static const struct ir_node *find_label(const struct ir_node *node,
                                        const char *label)
{
    for (const struct ir_node *kid = node->kids; kid; kid = kid->next) {
        if (kid->kind == IR_LABEL && kid->str == label) {
            return kid;
        }
    }
    return NULL;
}

static enum flow exec_block(struct interp *in, const struct ir_node *node)
{
    guint scope = in->bindings->len;
    const struct ir_node *kid = node->kids;
    enum flow flow = FLOW_NEXT;

    while (kid && flow == FLOW_NEXT && !in->exhausted) {
        flow = exec(in, kid);
        kid = kid->next;
        if (flow == FLOW_GOTO) {
            const struct ir_node *target = find_label(node, in->label);

            if (target && interp_step(in)) {
                kid = target;
                flow = FLOW_NEXT;
            }
        }
    }
    g_array_set_size(in->bindings, scope);
    return flow;
}

/* Runs a branch that may not be taken; its changes are undone. */
static enum flow exec_branch(struct interp *in, const struct ir_node *node,
                             GArray **ret_changes)
{
    guint mark = in->journal->len;
    enum flow flow = FLOW_NEXT;

    in->maybe++;
    if (node && node->kind != IR_NONE) {
        flow = exec(in, node);
    }
    *ret_changes = journal_take(in, mark);
    in->maybe--;
    return flow;
}

static enum flow exec_either(struct interp *in, const struct ir_node *then,
                             const struct ir_node *other)
{
    g_autoptr(GArray) a = NULL;
    g_autoptr(GArray) b = NULL;
    enum flow flow_a = exec_branch(in, then, &a);
    enum flow flow_b = exec_branch(in, other, &b);

    if (flow_a == FLOW_NEXT && flow_b != FLOW_NEXT) {
        journal_apply(in, a);
        return FLOW_NEXT;
    }
    if (flow_b == FLOW_NEXT && flow_a != FLOW_NEXT) {
        journal_apply(in, b);
        return FLOW_NEXT;
    }
    journal_merge(in, a, b);
    return flow_a;
}

static enum flow exec_if(struct interp *in, const struct ir_node *node)
{
    struct val cond = eval(in, node->kids);
    const struct ir_node *then = ir_kid(node, 1), *other = ir_kid(node, 2);

    switch (val_truth(&cond)) {
    case 1:
        return exec(in, then);
    case 0:
        return exec(in, other);
    default:
        return exec_either(in, then, other);
    }
}

/* One round of a loop; false when the loop ends.  A loop whose condition is
 * not known runs once. */
static bool loop_round(struct interp *in, const struct ir_node *cond,
                       const struct ir_node *body, enum flow *flow)
{
    struct val v = val_int(1);
    int truth;

    if (cond && cond->kind != IR_NONE) {
        v = eval(in, cond);
    }
    truth = val_truth(&v);
    if (truth < 0) {
        *flow = exec_either(in, body, NULL);
        return false;
    }
    if (!truth) {
        return false;
    }
    *flow = exec(in, body);
    return *flow == FLOW_NEXT || *flow == FLOW_CONTINUE;
}

/* What a loop makes of the way its body ended. */
static enum flow after_loop(enum flow flow)
{
    return flow == FLOW_BREAK || flow == FLOW_CONTINUE ? FLOW_NEXT : flow;
}

static enum flow exec_for(struct interp *in, const struct ir_node *node)
{
    guint scope = in->bindings->len;
    enum flow flow = FLOW_NEXT;

    exec(in, node->kids);
    while (interp_step(in) &&
           loop_round(in, ir_kid(node, 1), ir_kid(node, 3), &flow)) {
        const struct ir_node *increment = ir_kid(node, 2);

        if (increment && increment->kind != IR_NONE) {
            eval(in, increment);
        }
    }
    g_array_set_size(in->bindings, scope);
    return after_loop(flow);
}

static enum flow exec_while(struct interp *in, const struct ir_node *node)
{
    enum flow flow = FLOW_NEXT;

    while (interp_step(in) &&
           loop_round(in, node->kids, ir_kid(node, 1), &flow)) {
    }
    return after_loop(flow);
}

static enum flow exec_do(struct interp *in, const struct ir_node *node)
{
    enum flow flow;
    struct val v;

    do {
        flow = exec(in, node->kids);
        if (flow != FLOW_NEXT && flow != FLOW_CONTINUE) {
            break;
        }
        v = eval(in, ir_kid(node, 1));
    } while (interp_step(in) && val_truth(&v) == 1);
    return after_loop(flow);
}

/* --- switch -------------------------------------------------------------- */

/* Whether a case label among those before a statement is VALUE; labels may
 * stand before each other. */
static int case_matches(struct interp *in, const struct ir_node *label,
                        const struct val *value, bool *ret_default)
{
    int result = 0;

    while (label && (label->kind == IR_CASE || label->kind == IR_DEFAULT)) {
        if (label->kind == IR_DEFAULT) {
            *ret_default = true;
            label = label->kids;
            continue;
        }
        struct val v = eval(in, label->kids);

        if (v.kind != VAL_INT || value->kind != VAL_INT) {
            return -1;
        }
        if (v.number == value->number) {
            result = 1;
        }
        label = ir_kid(label, 1);
    }
    return result;
}

static enum flow exec_from(struct interp *in, const struct ir_node *kid)
{
    enum flow flow = FLOW_NEXT;

    for (; kid && flow == FLOW_NEXT; kid = kid->next) {
        flow = exec(in, kid);
    }
    return flow;
}

/* Every case in turn, each as a branch that may not be taken. */
static enum flow exec_unknown_switch(struct interp *in,
                                     const struct ir_node *body)
{
    for (const struct ir_node *kid = body->kids; kid; kid = kid->next) {
        g_autoptr(GArray) none = g_array_new(false, false,
                                             sizeof(struct undo));
        g_autoptr(GArray) changes = NULL;
        guint mark = in->journal->len;
        enum flow flow;

        if (kid->kind != IR_CASE && kid->kind != IR_DEFAULT) {
            continue;
        }
        in->maybe++;
        flow = exec_from(in, kid);
        changes = journal_take(in, mark);
        in->maybe--;
        if (flow == FLOW_NEXT || flow == FLOW_BREAK) {
            journal_merge(in, changes, none);
        }
    }
    return FLOW_NEXT;
}

static enum flow exec_switch(struct interp *in, const struct ir_node *node)
{
    struct val value = eval(in, node->kids);
    const struct ir_node *body = ir_kid(node, 1), *fallback = NULL;
    guint scope = in->bindings->len;
    enum flow flow = FLOW_NEXT;

    if (!body || body->kind != IR_BLOCK) {
        return FLOW_NEXT;
    }
    for (const struct ir_node *kid = body->kids; kid; kid = kid->next) {
        bool is_default = false;
        int match = case_matches(in, kid, &value, &is_default);

        if (match < 0) {
            flow = exec_unknown_switch(in, body);
            g_array_set_size(in->bindings, scope);
            return flow;
        }
        if (match) {
            fallback = kid;
            break;
        }
        fallback = is_default ? kid : fallback;
    }
    flow = exec_from(in, fallback);
    g_array_set_size(in->bindings, scope);
    return flow == FLOW_BREAK ? FLOW_NEXT : flow;
}

/* --- The rest ------------------------------------------------------------ */

static enum flow exec_return(struct interp *in, const struct ir_node *node)
{
    struct frame *frame = in->frame;
    struct val v = val_unknown(node);

    if (node->kids && node->kids->kind != IR_NONE) {
        v = eval(in, node->kids);
    }
    /* A return under an unknown condition may have happened before. */
    if (frame->has_result && !val_same(&frame->result, &v)) {
        v = val_unknown(node);
    }
    frame->result = v;
    frame->has_result = true;
    return FLOW_RETURN;
}

static enum flow exec_plain(struct interp *in, const struct ir_node *node)
{
    switch (node->kind) {
    case IR_NONE:
        return FLOW_NEXT;
    case IR_BLOCK:
        return exec_block(in, node);
    case IR_DECL:
        exec_decl(in, node);
        return FLOW_NEXT;
    case IR_IF:
        return exec_if(in, node);
    case IR_FOR:
        return exec_for(in, node);
    case IR_WHILE:
        return exec_while(in, node);
    case IR_DO:
        return exec_do(in, node);
    case IR_SWITCH:
        return exec_switch(in, node);
    case IR_CASE:
        return exec(in, ir_kid(node, 1));
    case IR_DEFAULT:
    case IR_LABEL:
        return exec(in, node->kids);
    case IR_RETURN:
        return exec_return(in, node);
    case IR_BREAK:
        return FLOW_BREAK;
    case IR_CONTINUE:
        return FLOW_CONTINUE;
    case IR_GOTO:
        in->label = node->str;
        return FLOW_GOTO;
    default:
        in->last = eval(in, node);
        return FLOW_NEXT;
    }
}

enum flow exec(struct interp *in, const struct ir_node *node)
{
    enum flow flow;

    if (!node || in->nesting >= MAX_NESTING || !interp_step(in)) {
        return FLOW_NEXT;
    }
    in->nesting++;
    if (node->loc.line) {
        in->loc = node->loc;
    }
    flow = exec_plain(in, node);
    in->nesting--;
    return flow;
}
