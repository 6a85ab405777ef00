/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What decides whether something is in the migration stream: a small function
 * as one expression (model/stream.h).  Bodies of declarations, ifs and
 * returns are understood, and calls to more of them; the rest is "?".
 */
#include "qom/condition.h"

#include <string.h>

enum {
    MAX_CALLS = 4,               /* nesting of functions that are followed */
    MAX_EXPRESSION = 40,         /* nesting of expressions */
    MAX_TEXT = 600,              /* longer ones decide nothing simple */
    MAX_NODES = 4000,            /* an if without a return doubles the rest */
};

struct reading {
    struct interp *in;
    GHashTable *locals;          /* name → char *, NULL value: not known */
    unsigned calls, depth;
    unsigned *budget;            /* nodes that may still be read */
};

static char *unknown(void)
{
    return g_strdup("?");
}

static bool spend(struct reading *r)
{
    return r->depth < MAX_EXPRESSION && *r->budget && (*r->budget)--;
}

static bool is_unknown(const char *text)
{
    return !strcmp(text, "?");
}

/* Whether TEXT is a number: it is the value then. */
static bool is_number(const char *text, int64_t *ret)
{
    char *end;

    *ret = g_ascii_strtoll(text, &end, 10);
    return end != text && !*end;
}

static char *capped(char *text)
{
    if (strlen(text) <= MAX_TEXT) {
        return text;
    }
    g_free(text);
    return unknown();
}

static char *number(int64_t value)
{
    return g_strdup_printf("%" G_GINT64_FORMAT, value);
}

static const char *op_name(enum ir_op op)
{
    static const char *const names[IR_N_OPS] = {
        [IR_OP_MINUS] = "-", [IR_OP_NOT] = "~", [IR_OP_LNOT] = "!",
        [IR_OP_MUL] = "*", [IR_OP_ADD] = "+", [IR_OP_SUB] = "-",
        [IR_OP_SHL] = "<<", [IR_OP_SHR] = ">>", [IR_OP_LT] = "<",
        [IR_OP_GT] = ">", [IR_OP_LE] = "<=", [IR_OP_GE] = ">=",
        [IR_OP_EQ] = "==", [IR_OP_NE] = "!=", [IR_OP_AND] = "&",
        [IR_OP_XOR] = "^", [IR_OP_OR] = "|", [IR_OP_LAND] = "&&",
        [IR_OP_LOR] = "||",
    };

    return op < IR_N_OPS ? names[op] : NULL;
}

static char *read_expression(struct reading *r, const struct ir_node *node);
static char *read_call(struct reading *r, const struct ir_node *node);

/* --- Operators ----------------------------------------------------------- */

static char *make_not(const char *a)
{
    int64_t value;

    return is_unknown(a) ? unknown() :
           is_number(a, &value) ? number(!value) :
           g_strdup_printf("(! %s)", a);
}

static char *make_unary(enum ir_op op, const char *a)
{
    const char *name = op_name(op);
    struct val v = val_int(0);

    if (op == IR_OP_PLUS) {
        return g_strdup(a);
    }
    if (op == IR_OP_LNOT) {
        return make_not(a);
    }
    if (!name || is_unknown(a)) {
        return unknown();
    }
    if (is_number(a, &v.number)) {
        v = val_unary(op, v, NULL);
        return v.kind == VAL_INT ? number(v.number) : unknown();
    }
    return g_strdup_printf("(%s %s)", name, a);
}

/* && and ||: one known side may decide. */
static char *make_logical(bool is_and, const char *a, const char *b)
{
    int64_t x, y;
    bool a_known = is_number(a, &x), b_known = is_number(b, &y);

    if ((a_known && !x == is_and) || (b_known && !y == is_and)) {
        return number(!is_and);
    }
    if (a_known && b_known) {
        return number(is_and);
    }
    if (a_known || b_known) {
        return g_strdup(a_known ? b : a);
    }
    if (is_unknown(a) && is_unknown(b)) {
        return unknown();
    }
    return capped(g_strdup_printf("(%s %s %s)", is_and ? "&&" : "||", a, b));
}

static char *make_binary(struct reading *r, enum ir_op op, const char *a,
                         const char *b)
{
    const char *name = op_name(op);
    struct val x = val_int(0), y = val_int(0);

    if (op == IR_OP_LAND || op == IR_OP_LOR) {
        return make_logical(op == IR_OP_LAND, a, b);
    }
    if (op == IR_OP_COMMA) {
        return g_strdup(b);
    }
    if (!name || is_unknown(a) || is_unknown(b)) {
        return unknown();
    }
    if (is_number(a, &x.number) && is_number(b, &y.number)) {
        x = val_binary(r->in, op, x, y, NULL);
        return x.kind == VAL_INT ? number(x.number) : unknown();
    }
    return capped(g_strdup_printf("(%s %s %s)", name, a, b));
}

static char *make_if(const char *cond, const char *a, const char *b)
{
    int64_t value;

    if (is_number(cond, &value)) {
        return g_strdup(value ? a : b);
    }
    if (!strcmp(a, b)) {
        return g_strdup(a);
    }
    return capped(g_strdup_printf("(if %s %s %s)", cond, a, b));
}

/* --- Expressions ---------------------------------------------------------- */

/* "S.a.b": from the record S of the member NODE down to PATH; then the same
 * one record further in, and so on.  What is behind a pointer is another
 * object. */
static void append_paths(GString *out, const struct ir_node *node,
                         const char *path)
{
    g_autofree char *full = path
        ? g_strdup_printf("%s.%s", node->str, path) : g_strdup(node->str);
    const struct ir_node *base = node->kids;

    if (base && base->kind == IR_MEMBER && base->str &&
        !(node->flags & IR_F_ARROW)) {
        append_paths(out, base, full);
    }
    if (node->str2 && !strchr(node->str2, ' ')) {
        g_string_append_printf(out, " %s.%s", node->str2, full);
    }
}

static char *read_member(const struct ir_node *node)
{
    GString *out;

    if (!node->str) {
        return unknown();
    }
    out = g_string_new("(field");
    append_paths(out, node, NULL);
    if (out->len == strlen("(field")) {
        g_string_free(out, TRUE);
        return unknown();
    }
    g_string_append_c(out, ')');
    return capped(g_string_free(out, FALSE));
}

static char *read_binary(struct reading *r, const struct ir_node *node)
{
    g_autofree char *a = read_expression(r, ir_kid(node, 0));
    g_autofree char *b = read_expression(r, ir_kid(node, 1));

    return node->op >= IR_OP_ASSIGN ? unknown()
                                    : make_binary(r, node->op, a, b);
}

static char *read_cond(struct reading *r, const struct ir_node *node)
{
    const struct ir_node *then = ir_kid(node, 1);
    g_autofree char *cond = read_expression(r, node->kids);
    g_autofree char *a = then && then->kind != IR_NONE
                         ? read_expression(r, then) : g_strdup(cond);
    g_autofree char *b = read_expression(r, ir_kid(node, 2));

    return make_if(cond, a, b);
}

static char *read_ref(struct reading *r, const struct ir_node *node)
{
    const char *text = node->str
        ? g_hash_table_lookup(r->locals, node->str) : NULL;

    return text ? g_strdup(text) : unknown();
}

static char *read_plain(struct reading *r, const struct ir_node *node)
{
    g_autofree char *a = NULL;

    switch (node->kind) {
    case IR_INT:
    case IR_SIZEOF:
        return number(node->value);
    case IR_REF:
        return read_ref(r, node);
    case IR_MEMBER:
        return read_member(node);
    case IR_UNARY:
        a = read_expression(r, node->kids);
        return make_unary(node->op, a);
    case IR_BINARY:
        return read_binary(r, node);
    case IR_COND:
        return read_cond(r, node);
    case IR_CAST:
        return read_expression(r, node->kids);
    case IR_CALL:
        return read_call(r, node);
    default:
        return unknown();
    }
}

static char *read_expression(struct reading *r, const struct ir_node *node)
{
    char *text;

    if (!node || !spend(r)) {
        return unknown();
    }
    r->depth++;
    text = read_plain(r, node);
    r->depth--;
    return text;
}

/* --- Statements ----------------------------------------------------------- */

static void forget(struct reading *r, const struct ir_node *left)
{
    if (left && left->kind == IR_REF && left->str) {
        g_hash_table_insert(r->locals, unconst(left->str), unknown());
    }
}

/* What NODE may assign is not known behind it. */
static void forget_assigned(struct reading *r, const struct ir_node *node,
                            unsigned depth)
{
    if (depth >= MAX_EXPRESSION) {
        return;
    }
    if ((node->kind == IR_BINARY && node->op >= IR_OP_ASSIGN) ||
        (node->kind == IR_UNARY && node->op >= IR_OP_PREINC &&
         node->op <= IR_OP_POSTDEC) || node->kind == IR_ADDR) {
        forget(r, node->kids);
    }
    for (const struct ir_node *kid = node->kids; kid; kid = kid->next) {
        forget_assigned(r, kid, depth + 1);
    }
}

static bool returns(const struct ir_node *node, unsigned depth)
{
    if (node->kind == IR_RETURN || node->kind == IR_GOTO ||
        depth >= MAX_EXPRESSION) {
        return true;
    }
    for (const struct ir_node *kid = node->kids; kid; kid = kid->next) {
        if (returns(kid, depth + 1)) {
            return true;
        }
    }
    return false;
}

/* Statements that stand one after the other, and what comes behind them. */
struct rest {
    const struct ir_node *node;
    const struct rest *behind;
};

static char *read_rest(struct reading *r, const struct rest *rest);

/* The value that the function returns when it goes on with NODE, or with
 * what is behind where NODE is nothing. */
static char *read_branch(struct reading *r, const struct ir_node *node,
                         const struct rest *behind)
{
    struct ir_node single = { .kind = IR_NONE };
    struct rest rest = { &single, behind };

    if (node && node->kind != IR_NONE) {
        single = *node;
    }
    single.next = NULL;
    return read_rest(r, &rest);
}

static GHashTable *locals_new(void)
{
    return g_hash_table_new_full(g_str_hash, g_str_equal, NULL, g_free);
}

static GHashTable *copy_locals(GHashTable *locals)
{
    GHashTable *copy = locals_new();
    GHashTableIter iter;
    gpointer name, text;

    g_hash_table_iter_init(&iter, locals);
    while (g_hash_table_iter_next(&iter, &name, &text)) {
        g_hash_table_insert(copy, name, g_strdup(text));
    }
    return copy;
}

static char *read_if(struct reading *r, const struct ir_node *node,
                     const struct rest *behind)
{
    g_autofree char *cond = read_expression(r, node->kids);
    g_autofree char *a = NULL, *b = NULL;
    GHashTable *locals = r->locals;

    r->locals = copy_locals(locals);
    a = read_branch(r, ir_kid(node, 1), behind);
    g_hash_table_unref(r->locals);
    r->locals = locals;
    b = read_branch(r, ir_kid(node, 2), behind);
    return make_if(cond, a, b);
}

static void read_decl(struct reading *r, const struct ir_node *node)
{
    if (node->str) {
        bool given = node->kids && node->kids->kind != IR_NONE;

        g_hash_table_insert(r->locals, unconst(node->str),
                            given && !(node->flags & IR_F_STATIC)
                            ? read_expression(r, node->kids) : unknown());
    }
}

static void read_assign(struct reading *r, const struct ir_node *node)
{
    const struct ir_node *left = node->kids;

    if (node->op == IR_OP_ASSIGN && left && left->kind == IR_REF &&
        left->flags & IR_F_LOCAL && left->str) {
        g_hash_table_insert(r->locals, unconst(left->str),
                            read_expression(r, ir_kid(node, 1)));
    } else {
        forget_assigned(r, node, 0);
    }
}

/* Carries on at NODE; NULL where the function goes on behind it. */
static char *read_statement(struct reading *r, const struct ir_node *node,
                            const struct rest *behind)
{
    struct rest inner = { node->kids, behind };

    switch (node->kind) {
    case IR_RETURN:
        return read_expression(r, node->kids);
    case IR_BLOCK:
        return returns(node, 0) ? read_rest(r, &inner)
                                : (forget_assigned(r, node, 0), NULL);
    case IR_IF:
        if (returns(node, 0)) {
            return read_if(r, node, behind);
        }
        break;
    case IR_DECL:
        read_decl(r, node);
        return NULL;
    case IR_BINARY:
        read_assign(r, node);
        return NULL;
    case IR_FOR:
    case IR_WHILE:
    case IR_DO:
    case IR_SWITCH:
    case IR_GOTO:
    case IR_LABEL:
        if (returns(node, 0)) {
            return unknown();
        }
        break;
    default:
        break;
    }
    forget_assigned(r, node, 0);
    return NULL;
}

static char *read_rest(struct reading *r, const struct rest *rest)
{
    if (r->depth >= MAX_EXPRESSION) {
        return unknown();
    }
    r->depth++;
    for (; rest; rest = rest->behind) {
        for (const struct ir_node *node = rest->node; node;
             node = node->next) {
            struct rest behind = { node->next, rest->behind };
            char *text = spend(r) ? read_statement(r, node, &behind)
                                  : unknown();

            if (text) {
                r->depth--;
                return text;
            }
        }
    }
    r->depth--;
    return unknown();
}

/* --- Functions ------------------------------------------------------------ */

static char *read_body(struct reading *outer, struct sym *function,
                       char *const *args, unsigned n)
{
    struct interp *in = outer->in;
    const struct ir_node *body = ir_unit_node(function->unit,
                                              function->index);
    const char *const *params = function->symbol->params;
    struct frame frame = { .function = function, .caller = in->frame };
    struct reading r = {
        .in = in, .calls = outer->calls + 1, .locals = locals_new(),
        .budget = outer->budget,
    };
    char *text;

    for (unsigned i = 0; params && params[i]; i++) {
        g_hash_table_insert(r.locals, unconst(params[i]),
                            i < n ? g_strdup(args[i]) : unknown());
    }
    frame.first = in->bindings->len;
    in->frame = &frame;
    text = body && body->kind != IR_NONE
           ? read_rest(&r, &(struct rest){ body, NULL }) : unknown();
    in->frame = frame.caller;
    g_hash_table_unref(r.locals);
    return text;
}

static char *read_call(struct reading *r, const struct ir_node *node)
{
    const struct ir_node *callee = node->kids;
    g_autoptr(GPtrArray) args = NULL;
    struct sym *function;

    if (!callee || callee->kind != IR_REF || r->calls >= MAX_CALLS) {
        return unknown();
    }
    function = symbols_find(r->in, callee->str, callee->flags & IR_F_STATIC,
                            true);
    if (!function) {
        return unknown();
    }
    args = g_ptr_array_new_with_free_func(g_free);
    for (const struct ir_node *kid = callee->next; kid; kid = kid->next) {
        g_ptr_array_add(args, read_expression(r, kid));
    }
    return read_body(r, function, (char *const *)args->pdata, args->len);
}

const char *condition_of(struct interp *in, const struct ir_node *node)
{
    unsigned budget = MAX_NODES;
    struct reading r = { .in = in, .budget = &budget };
    char opaque[] = "?", version[] = "v";
    char *const args[] = { opaque, version };
    g_autofree char *text = NULL;
    struct sym *function;

    if (!node || node->kind != IR_REF || !(node->flags & IR_F_FUNCTION)) {
        return "?";
    }
    function = symbols_find(in, node->str, node->flags & IR_F_STATIC, true);
    if (!function) {
        return "?";
    }
    text = read_body(&r, function, args, G_N_ELEMENTS(args));
    return g_intern_string(text);
}
