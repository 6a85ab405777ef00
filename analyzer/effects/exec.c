/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Statements and calls. */
#include "effects/walk.h"

#include "base/borrow.h"

#include <string.h>

/* --- Branches ----------------------------------------------------------------- */

static GHashTable *copy_table(GHashTable *from)
{
    GHashTable *to = g_hash_table_new(g_str_hash, g_str_equal);
    GHashTableIter iter;
    gpointer key, value;

    g_hash_table_iter_init(&iter, from);
    while (g_hash_table_iter_next(&iter, &key, &value)) {
        g_hash_table_insert(to, key, value);
    }
    return to;
}

/* What is stored where a branch may have been taken. */
struct memory {
    GHashTable *locals, *heap;
};

static struct memory memory_copy(const struct walker *w)
{
    return (struct memory) { copy_table(w->frame->locals),
                             copy_table(w->heap) };
}

/* Takes MEMORY. */
static void memory_use(struct walker *w, struct memory memory)
{
    g_hash_table_unref(w->frame->locals);
    g_hash_table_unref(w->heap);
    w->frame->locals = memory.locals;
    w->heap = memory.heap;
}

static void memory_drop(struct memory memory)
{
    g_hash_table_unref(memory.locals);
    g_hash_table_unref(memory.heap);
}

/* What nothing was assigned to yet is what it was before all code. */
static bool field_before(struct walker *w, const char *key, struct sym *ret)
{
    const char *dot = strchr(key, '.');
    g_autofree char *record = dot ? g_strndup(key, dot - key) : NULL;

    return record && walk_field(w, record, dot + 1, ret);
}

/* A word of flags has those that are the same both ways.  Of a variable the
 * condition itself is wanted: it is what a feature hangs on. */
static bool merge_bits(const struct sym *a, const struct sym *b,
                       struct sym *ret)
{
    uint64_t known = a->number.known & b->number.known &
                     ~(a->number.value ^ b->number.value);

    *ret = (struct sym) { .number = { a->number.value & known, known } };
    return sym_is_number(a) && sym_is_number(b) && known &&
           !(sym_is_known(a) && sym_is_known(b));
}

/* B becomes what it is when CONDITION decides between A and B. */
static void merge_table(struct walker *w, const char *condition,
                        GHashTable *a, GHashTable *b)
{
    GHashTableIter iter;
    gpointer key, value;

    g_hash_table_iter_init(&iter, a);
    while (g_hash_table_iter_next(&iter, &key, &value)) {
        const struct sym *other = g_hash_table_lookup(b, key);
        const struct sym *mine = value;

        if (other == mine || (other && sym_same(w, mine, other))) {
            continue;
        }
        struct sym *merged = walk_alloc(w, sizeof(*merged)), before;

        if (!strchr(key, '.') ||
            !(other || field_before(w, key, &before)) ||
            !merge_bits(mine, other ? other : &before, merged)) {
            *merged = sym_text(w, "(%s?%s:%s)", condition,
                               sym_to_text(w, mine),
                               other ? sym_to_text(w, other) : "");
        }
        g_hash_table_insert(b, key, merged);
    }
}

static void push_guard(struct walker *w, bool holds, const char *condition)
{
    g_autofree char *text = g_strdup_printf("%s%s", holds ? "" : "!",
                                            condition);

    g_ptr_array_add(w->guards, borrow(walk_string(w, text)));
}

static void pop_guards(struct walker *w, guint length)
{
    if (w->guards->len > length) {
        g_ptr_array_set_size(w->guards, (gint)length);
    }
}

/* --- Errors ------------------------------------------------------------------- */

static bool names_error(const struct ir_node *node)
{
    static const char *const names[] = {
        "err", "errp", "local_err", "ret", "rc", "error_abort",
    };

    if (node->kind == IR_REF && node->str) {
        if (g_str_has_prefix(node->str, "error_") ||
            g_str_has_prefix(node->str, "warn_report")) {
            return true;
        }
        for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
            if (!strcmp(node->str, names[i])) {
                return true;
            }
        }
    }
    return node->kind == IR_RETURN && node->kids &&
           node->kids->kind == IR_INT && node->kids->value < 0;
}

static bool is_error(const struct ir_node *node, unsigned depth)
{
    if (!node || depth > WALK_MAX_NESTING) {
        return false;
    }
    if (names_error(node)) {
        return true;
    }
    for (const struct ir_node *kid = node->kids; kid; kid = kid->next) {
        if (is_error(kid, depth + 1)) {
            return true;
        }
    }
    return false;
}

/* "pos < 0" of what a call returned: that is how functions say that they
 * failed. */
static bool tests_failure(const struct ir_node *node)
{
    const struct ir_node *what = ir_kid(node, 0);
    const struct ir_node *limit = ir_kid(node, 1);

    if (node->kind != IR_BINARY || node->op != IR_OP_LT ||
        !limit || limit->kind != IR_INT || limit->value) {
        return false;
    }
    while (what && what->kind == IR_CAST) {
        what = what->kids;
    }
    return what && (what->kind == IR_CALL ||
                    (what->kind == IR_BINARY && what->op == IR_OP_ASSIGN) ||
                    (what->kind == IR_REF && what->flags & IR_F_LOCAL));
}

/* --- if ------------------------------------------------------------------------ */

/* What follows a branch that left the function runs only where it was not
 * taken, unless it left for an error: then there is no device. */
static void leave_guard(struct walker *w, const struct ir_node *node,
                        const char *condition, bool then_left)
{
    if (!(then_left && tests_failure(ir_kid(node, 0))) &&
        !is_error(ir_kid(node, 0), 0) &&
        !is_error(ir_kid(node, then_left ? 1 : 2), 0)) {
        push_guard(w, !then_left, condition);
    }
}

static enum flow exec_both(struct walker *w, const struct ir_node *node,
                           const char *condition)
{
    guint mark = w->guards->len;
    struct memory before = memory_copy(w), after;
    enum flow yes, no;

    push_guard(w, true, condition);
    yes = walk_exec(w, ir_kid(node, 1));
    pop_guards(w, mark);
    after = memory_copy(w);
    memory_use(w, before);
    push_guard(w, false, condition);
    no = walk_exec(w, ir_kid(node, 2));
    pop_guards(w, mark);
    if (yes == FLOW_NEXT && no != FLOW_NEXT) {
        memory_use(w, after);
        leave_guard(w, node, condition, false);
        return FLOW_NEXT;
    }
    if (yes == FLOW_NEXT) {
        merge_table(w, condition, after.locals, w->frame->locals);
        merge_table(w, condition, after.heap, w->heap);
    } else if (no == FLOW_NEXT) {
        leave_guard(w, node, condition, true);
    }
    memory_drop(after);
    return no == FLOW_NEXT ? FLOW_NEXT : no;
}

static enum flow exec_if(struct walker *w, const struct ir_node *node)
{
    struct sym condition = walk_eval(w, ir_kid(node, 0));
    int truth = sym_truth(&condition);

    if (truth >= 0) {
        return walk_exec(w, ir_kid(node, truth ? 1 : 2));
    }
    return exec_both(w, node, sym_to_text(w, &condition));
}

/* --- Loops ----------------------------------------------------------------------- */

/* What the body assigns is not known before it. */
static void forget(struct walker *w, const struct ir_node *node,
                   unsigned depth)
{
    if (!node || depth > WALK_MAX_NESTING) {
        return;
    }
    if ((node->kind == IR_BINARY && node->op >= IR_OP_ASSIGN) ||
        (node->kind == IR_UNARY && node->op >= IR_OP_PREINC &&
         node->op <= IR_OP_POSTDEC)) {
        const struct ir_node *to = node->kids;

        if (to && to->kind == IR_REF && to->str) {
            walk_assign(w, to, sym_text(w, "%s@", to->str));
        }
    }
    for (const struct ir_node *kid = node->kids; kid; kid = kid->next) {
        forget(w, kid, depth + 1);
    }
}

static enum flow exec_once(struct walker *w, const struct ir_node *loop,
                           const struct ir_node *condition,
                           const struct ir_node *body)
{
    guint mark = w->guards->len;
    struct sym v;

    forget(w, loop, 0);
    v = walk_eval(w, condition);
    push_guard(w, true, sym_to_text(w, &v));
    walk_exec(w, body);
    pop_guards(w, mark);
    return FLOW_NEXT;
}

/* Follows a loop whose turns are known; -1 where they are not. */
static int follow(struct walker *w, const struct ir_node *node)
{
    const struct ir_node *condition = ir_kid(node, 1);

    for (unsigned turn = 0; turn < WALK_MAX_LOOP && walk_step(w); turn++) {
        struct sym v = walk_eval(w, condition);
        int truth = condition->kind == IR_NONE ? 1 : sym_truth(&v);
        enum flow flow;

        if (truth <= 0) {
            return truth == 0 ? FLOW_NEXT : -1;
        }
        flow = walk_exec(w, ir_kid(node, 3));
        if (flow == FLOW_BREAK || flow == FLOW_RETURN) {
            return flow == FLOW_BREAK ? FLOW_NEXT : FLOW_RETURN;
        }
        walk_eval(w, ir_kid(node, 2));
    }
    return -1;
}

static enum flow exec_for(struct walker *w, const struct ir_node *node)
{
    const struct ir_node *init = ir_kid(node, 0);
    struct sym v;
    int flow;

    if (init->kind != IR_NONE) {
        walk_exec(w, init);
    }
    v = walk_eval(w, ir_kid(node, 1));
    flow = sym_truth(&v) >= 0 ? follow(w, node) : -1;
    return flow >= 0 ? (enum flow)flow
                     : exec_once(w, node, ir_kid(node, 1), ir_kid(node, 3));
}

/* --- switch ---------------------------------------------------------------------- */

/* The statements of a case are its own and its siblings. */
struct cases {
    const struct sym *value;
    bool running;                /* a case whose statements run */
    bool taken;                  /* some case is known to be it */
    guint mark;
};

static bool enter_case(struct walker *w, struct cases *c,
                       const struct ir_node *node, bool only_default)
{
    struct sym label, same;
    int truth;

    if (node->kind == IR_DEFAULT) {
        truth = sym_is_known(c->value) ? (only_default ? 1 : 0) : -1;
        label = sym_text(w, "default");
    } else {
        label = walk_eval(w, ir_kid(node, 0));
        same = sym_binary(w, IR_OP_EQ, *c->value, label);
        truth = sym_truth(&same);
    }
    if (truth < 0) {
        g_autofree char *text = g_strdup_printf("%s==%s",
                                                sym_to_text(w, c->value),
                                                sym_to_text(w, &label));

        pop_guards(w, c->mark);
        push_guard(w, true, text);
    }
    c->taken |= truth == 1;
    return truth != 0;
}

static const struct ir_node *case_statement(const struct ir_node *node)
{
    return ir_kid(node, node->kind == IR_CASE ? 1 : 0);
}

static enum flow exec_cases(struct walker *w, struct cases *c,
                            const struct ir_node *body, bool only_default)
{
    for (const struct ir_node *kid = body->kids; kid; kid = kid->next) {
        const struct ir_node *at = kid;

        while (at && (at->kind == IR_CASE || at->kind == IR_DEFAULT)) {
            c->running |= enter_case(w, c, at, only_default);
            at = case_statement(at);
        }
        enum flow flow = c->running && at ? walk_exec(w, at) : FLOW_NEXT;

        if (flow == FLOW_BREAK || flow == FLOW_RETURN) {
            bool known = sym_is_known(c->value);

            c->running = false;
            pop_guards(w, c->mark);
            if (known) {
                return flow == FLOW_RETURN ? flow : FLOW_NEXT;
            }
        }
    }
    return FLOW_NEXT;
}

static enum flow exec_switch(struct walker *w, const struct ir_node *node)
{
    struct sym value = walk_eval(w, ir_kid(node, 0));
    const struct ir_node *body = ir_kid(node, 1);
    struct cases c = { .value = &value, .mark = w->guards->len };
    enum flow flow;

    if (!body || body->kind != IR_BLOCK) {
        return FLOW_NEXT;
    }
    if (!sym_is_known(&value)) {
        forget(w, body, 0);
    }
    flow = exec_cases(w, &c, body, false);
    if (sym_is_known(&value) && !c.taken && flow == FLOW_NEXT) {
        c.running = false;
        flow = exec_cases(w, &c, body, true);
    }
    pop_guards(w, c.mark);
    return flow;
}

/* --- Statements ------------------------------------------------------------------- */

static enum flow exec_block(struct walker *w, const struct ir_node *node)
{
    for (const struct ir_node *kid = node->kids; kid; kid = kid->next) {
        enum flow flow = walk_exec(w, kid);

        if (flow != FLOW_NEXT) {
            return flow;
        }
    }
    return FLOW_NEXT;
}

/* -errno: where it is returned there is no device, and what another return
 * says is the result. */
static bool is_failure(const struct sym *v)
{
    return sym_is_known(v) && v->number.value >= (uint64_t)-4095;
}

static enum flow exec_return(struct walker *w, const struct ir_node *node)
{
    if (node->kids && node->kids->kind != IR_NONE) {
        struct sym v = walk_eval(w, node->kids);

        if (!w->frame->has_result || is_failure(&w->frame->result)) {
            w->frame->result = v;
        } else if (is_failure(&v)) {
            return FLOW_RETURN;
        } else if (!sym_same(w, &v, &w->frame->result)) {
            w->frame->result = sym_text(w, "(%s|%s)",
                                        sym_to_text(w, &w->frame->result),
                                        sym_to_text(w, &v));
        }
        w->frame->has_result = true;
    }
    return FLOW_RETURN;
}

static void exec_decl(struct walker *w, const struct ir_node *node)
{
    struct ir_node name = { .kind = IR_REF, .flags = IR_F_LOCAL,
                            .str = node->str };

    if (node->kids && node->kids->kind != IR_NONE && node->str) {
        walk_assign(w, &name, walk_eval(w, node->kids));
    }
}

static enum flow exec_node(struct walker *w, const struct ir_node *node)
{
    switch (node->kind) {
    case IR_NONE:
        return FLOW_NEXT;
    case IR_BLOCK:
        return exec_block(w, node);
    case IR_DECL:
        exec_decl(w, node);
        return FLOW_NEXT;
    case IR_IF:
        return exec_if(w, node);
    case IR_FOR:
        return exec_for(w, node);
    case IR_WHILE:
        return exec_once(w, node, ir_kid(node, 0), ir_kid(node, 1));
    case IR_DO:
        return walk_exec(w, ir_kid(node, 0)) == FLOW_RETURN ? FLOW_RETURN
                                                            : FLOW_NEXT;
    case IR_SWITCH:
        return exec_switch(w, node);
    case IR_RETURN:
        return exec_return(w, node);
    case IR_GOTO:
        return FLOW_RETURN;      /* for the cleanup, as a rule */
    case IR_BREAK:
        return FLOW_BREAK;
    case IR_CONTINUE:
        return FLOW_CONTINUE;
    case IR_LABEL:
        return walk_exec(w, node->kids);
    default:
        walk_eval(w, node);
        return FLOW_NEXT;
    }
}

enum flow walk_exec(struct walker *w, const struct ir_node *node)
{
    enum flow flow;

    if (!node || !walk_step(w) || w->nesting >= WALK_MAX_NESTING) {
        return FLOW_NEXT;
    }
    if (node->loc.line) {
        w->loc = node->loc;
    }
    w->nesting++;
    flow = exec_node(w, node);
    w->nesting--;
    return flow;
}

/* --- Functions ---------------------------------------------------------------------- */

static void bind(struct walker *w, struct frame *frame,
                 const struct sym *args, unsigned n)
{
    const char *const *params = frame->function->symbol->params;

    for (unsigned i = 0; params && params[i]; i++) {
        struct sym *v = walk_alloc(w, sizeof(*v));

        *v = i < n ? args[i] : strstr(params[i], "err")
             ? sym_text(w, "errp") : sym_text(w, "arg%u", i);
        g_hash_table_insert(frame->locals,
                            borrow(walk_string(w, params[i])), v);
    }
}

struct sym walk_call(struct walker *w, const struct code_function *function,
                     const struct sym *args, unsigned n)
{
    struct frame frame = {
        .function = function,
        .locals = g_hash_table_new(g_str_hash, g_str_equal),
    };
    struct frame *up = w->frame;
    struct ir_loc loc = w->loc;
    guint mark = w->guards->len;

    g_hash_table_add(w->out->visited, borrow(function));
    if (w->depth < WALK_MAX_DEPTH) {
        bind(w, &frame, args, n);
        w->frame = &frame;
        w->depth++;
        w->loc = function->symbol->loc;
        walk_exec(w, ir_unit_node(function->unit, function->index));
        w->depth--;
        w->frame = up;
    }
    pop_guards(w, mark);
    g_hash_table_unref(frame.locals);
    w->loc = loc;
    return frame.has_result ? frame.result
                            : sym_text(w, "%s()", function->symbol->name);
}
