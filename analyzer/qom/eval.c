/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Expressions.
 */
#include "qom/interp.h"

#include <string.h>

static const struct place nowhere = { NULL, NULL };

bool interp_is_spent(const struct interp *in)
{
    return in->total_steps > MAX_TOTAL_STEPS || in->memory > MAX_MEMORY;
}

bool interp_step(struct interp *in)
{
    if (in->exhausted) {
        return false;
    }
    in->total_steps++;
    if (++in->root_steps > MAX_ROOT_STEPS || interp_is_spent(in)) {
        in->exhausted = true;
        interp_gap(in, "evaluation limit reached in '%s'",
                   in->frame ? in->frame->function->symbol->name : "?");
        return false;
    }
    return true;
}

/* --- Places -------------------------------------------------------------- */

static struct object *find_local(struct interp *in, const char *name)
{
    guint first = in->frame ? in->frame->first : 0;

    for (guint i = in->bindings->len; i > first; i--) {
        struct binding *b = &g_array_index(in->bindings, struct binding,
                                           i - 1);

        if (b->name == name) {
            return b->object;
        }
    }
    return NULL;
}

static struct object *find_variable(struct interp *in,
                                    const struct ir_node *node)
{
    struct object *object = find_local(in, node->str);
    struct sym *sym;

    if (object || node->flags & (IR_F_LOCAL | IR_F_FUNCTION)) {
        return object;
    }
    sym = symbols_find(in, node->str, node->flags & IR_F_STATIC, false);
    if (!sym) {
        sym = symbols_add_unknown(in, node);
    }
    return sym ? symbol_object(in, sym) : NULL;
}

static struct place pointed_to(struct val v)
{
    return v.kind == VAL_POINTER ? place_resolve(v.place) : nowhere;
}

/* Members that are arrays are places, pointers lead elsewhere. */
static struct place element_base(struct interp *in,
                                 const struct ir_node *base)
{
    struct place place = nowhere;
    struct val v;

    if (base && (base->kind == IR_MEMBER || base->kind == IR_INDEX)) {
        place = eval_place(in, base);
        v = memory_load(in, place);
        if (v.kind != VAL_POINTER) {
            return place.object ? place_index(in, place, 0) : nowhere;
        }
        return v.place;
    }
    return pointed_to(eval(in, base));
}

static struct place index_place(struct interp *in,
                                const struct ir_node *node)
{
    struct val index = eval(in, ir_kid(node, 1));
    struct place place = element_base(in, node->kids);

    if (!place.object || index.kind != VAL_INT) {
        return nowhere;
    }
    if (index.number == 0 || place_advance(in, &place, index.number)) {
        return place_resolve(place);
    }
    return nowhere;
}

static struct place member_place(struct interp *in,
                                 const struct ir_node *node)
{
    struct place base = node->flags & IR_F_ARROW
                        ? pointed_to(eval(in, node->kids))
                        : eval_place(in, node->kids);

    return place_member(in, base, node->str, node->str2);
}

static struct place literal_place(struct interp *in,
                                  const struct ir_node *node)
{
    struct object *object = object_make(in, OBJECT_HEAP);
    struct ir_node plain = *node;

    plain.flags &= ~IR_F_LITERAL;
    memory_store_init(in, (struct place){ object, "" }, &plain);
    return (struct place){ object, "" };
}

/* A struct that is a value: *f(), (c ? a : b).x */
static struct place value_place(struct val v)
{
    return v.kind == VAL_AGGREGATE ? v.place : nowhere;
}

struct place eval_place(struct interp *in, const struct ir_node *node)
{
    struct object *object;

    if (!node || in->nesting >= MAX_NESTING) {
        return nowhere;
    }
    switch (node->kind) {
    case IR_REF:
        object = find_variable(in, node);
        return object ? place_resolve((struct place){ object, "" })
                      : nowhere;
    case IR_MEMBER:
        return member_place(in, node);
    case IR_INDEX:
        return index_place(in, node);
    case IR_DEREF:
        return pointed_to(eval(in, node->kids));
    case IR_CAST:
        return eval_place(in, node->kids);
    case IR_INIT:
        return literal_place(in, node);
    default:
        return value_place(eval(in, node));
    }
}

/* --- Values -------------------------------------------------------------- */

static struct val eval_function_ref(struct interp *in,
                                    const struct ir_node *node)
{
    return (struct val){
        .kind = VAL_FUNCTION, .text = node->str,
        .function = symbols_find(in, node->str, node->flags & IR_F_STATIC,
                                 true),
    };
}

static bool is_array_variable(const struct ir_node *node,
                              const struct object *object)
{
    if (object->decl) {
        return type_is_array(object->decl->str2);
    }
    if (object->kind == OBJECT_VARIABLE) {
        return type_is_array(object->sym->symbol->type);
    }
    return false;
}

static struct val or_unknown(struct val v, const struct ir_node *node)
{
    if (v.kind == VAL_UNKNOWN && !v.node) {
        v.node = node;
    }
    return v;
}

static struct val eval_ref(struct interp *in, const struct ir_node *node)
{
    struct object *object;
    struct place place;

    if (node->flags & IR_F_FUNCTION) {
        return eval_function_ref(in, node);
    }
    object = find_variable(in, node);
    if (!object) {
        return val_unknown(node);
    }
    place = (struct place){ object, "" };
    if (is_array_variable(node, object)) {
        place = place_index(in, place, 0);
        return val_pointer(place.object, place.path);
    }
    return or_unknown(memory_load(in, place), node);
}

static struct val eval_index(struct interp *in, const struct ir_node *node)
{
    struct val base = eval(in, node->kids);
    struct val index;

    if (base.kind != VAL_STRING) {
        return or_unknown(memory_load(in, index_place(in, node)), node);
    }
    index = eval(in, ir_kid(node, 1));
    if (index.kind == VAL_INT && index.number >= 0 &&
        (uint64_t)index.number <= strlen(base.text)) {
        return val_int((signed char)base.text[index.number]);
    }
    return val_unknown(node);
}

static struct val eval_deref(struct interp *in, const struct ir_node *node)
{
    struct val v = eval(in, node->kids);

    switch (v.kind) {
    case VAL_STRING:
        return val_int((signed char)*v.text);
    case VAL_FUNCTION:
        return v;
    case VAL_POINTER:
        return or_unknown(memory_load(in, v.place), node);
    default:
        return val_unknown(node);
    }
}

static struct val eval_addr(struct interp *in, const struct ir_node *node)
{
    const struct ir_node *kid = node->kids;
    struct place place;

    if (kid && kid->kind == IR_REF && kid->flags & IR_F_FUNCTION) {
        return eval_function_ref(in, kid);
    }
    place = eval_place(in, kid);
    return place.object ? val_pointer(place.object, place.path)
                        : val_unknown(node);
}

static struct val eval_step(struct interp *in, const struct ir_node *node)
{
    bool up = node->op == IR_OP_PREINC || node->op == IR_OP_POSTINC;
    bool post = node->op == IR_OP_POSTINC || node->op == IR_OP_POSTDEC;
    struct place place = eval_place(in, node->kids);
    struct val old = memory_load(in, place);
    struct val new = val_binary(in, up ? IR_OP_ADD : IR_OP_SUB, old,
                                val_int(1), node);

    new.text = new.kind == VAL_STRING ? new.text : NULL;
    memory_store(in, place, new, node);
    return or_unknown(post ? old : new, node);
}

static struct val eval_unary(struct interp *in, const struct ir_node *node)
{
    switch (node->op) {
    case IR_OP_PREINC:
    case IR_OP_PREDEC:
    case IR_OP_POSTINC:
    case IR_OP_POSTDEC:
        return eval_step(in, node);
    default:
        return val_unary(node->op, eval(in, node->kids), node);
    }
}

static enum ir_op plain_op(enum ir_op op)
{
    switch (op) {
    case IR_OP_MUL_ASSIGN:
        return IR_OP_MUL;
    case IR_OP_DIV_ASSIGN:
        return IR_OP_DIV;
    case IR_OP_REM_ASSIGN:
        return IR_OP_REM;
    case IR_OP_ADD_ASSIGN:
        return IR_OP_ADD;
    case IR_OP_SUB_ASSIGN:
        return IR_OP_SUB;
    case IR_OP_SHL_ASSIGN:
        return IR_OP_SHL;
    case IR_OP_SHR_ASSIGN:
        return IR_OP_SHR;
    case IR_OP_AND_ASSIGN:
        return IR_OP_AND;
    case IR_OP_XOR_ASSIGN:
        return IR_OP_XOR;
    case IR_OP_OR_ASSIGN:
        return IR_OP_OR;
    default:
        return IR_OP_NONE;
    }
}

/* After array[unknown] = x no element is known. */
static void store_anywhere(struct interp *in, const struct ir_node *left,
                           const struct ir_node *node)
{
    struct place base;

    if (left && left->kind == IR_INDEX) {
        base = element_base(in, left->kids);
        memory_store(in, place_array(in, base), val_unknown(node), node);
    }
}

static struct val eval_assign(struct interp *in, const struct ir_node *node)
{
    const struct ir_node *right = ir_kid(node, 1);
    enum ir_op op = plain_op(node->op);
    struct place place;
    struct val v;

    if (op != IR_OP_NONE) {
        place = eval_place(in, node->kids);
        v = val_binary(in, op, memory_load(in, place), eval(in, right),
                       node);
    } else {
        v = eval(in, right);
        place = eval_place(in, node->kids);
    }
    if (place.object) {
        memory_store(in, place, v, node);
    } else {
        store_anywhere(in, node->kids, node);
    }
    return v;
}

/* The right side runs only perhaps: what it changes is not known after. */
static struct val eval_perhaps(struct interp *in, const struct ir_node *node)
{
    g_autoptr(GArray) none = g_array_new(false, false, sizeof(struct undo));
    g_autoptr(GArray) changes = NULL;
    guint mark = in->journal->len;
    struct val v;

    in->maybe++;
    v = eval(in, node);
    changes = journal_take(in, mark);
    in->maybe--;
    journal_merge(in, changes, none);
    return v;
}

static struct val eval_logical(struct interp *in, const struct ir_node *node)
{
    bool is_and = node->op == IR_OP_LAND;
    struct val left = eval(in, node->kids), right;
    int a = val_truth(&left), b;

    if (a == !is_and) {
        return val_int(a);
    }
    right = a < 0 ? eval_perhaps(in, ir_kid(node, 1))
                  : eval(in, ir_kid(node, 1));
    b = val_truth(&right);
    if (b == !is_and) {
        return val_int(b);
    }
    return a < 0 || b < 0 ? val_unknown(node) : val_int(b);
}

static struct val eval_binary(struct interp *in, const struct ir_node *node)
{
    struct val left;

    if (node->op >= IR_OP_ASSIGN) {
        return eval_assign(in, node);
    }
    if (node->op == IR_OP_LAND || node->op == IR_OP_LOR) {
        return eval_logical(in, node);
    }
    left = eval(in, node->kids);
    if (node->op == IR_OP_COMMA) {
        return eval(in, ir_kid(node, 1));
    }
    return val_binary(in, node->op, left, eval(in, ir_kid(node, 1)), node);
}

static struct val eval_cond(struct interp *in, const struct ir_node *node)
{
    struct val cond = eval(in, node->kids), a, b;
    const struct ir_node *then = ir_kid(node, 1), *other = ir_kid(node, 2);
    bool elvis = !then || then->kind == IR_NONE;

    switch (val_truth(&cond)) {
    case 1:
        return elvis ? cond : eval(in, then);
    case 0:
        return eval(in, other);
    default:
        a = elvis ? cond : eval_perhaps(in, then);
        b = eval_perhaps(in, other);
        return val_same(&a, &b) ? a : val_unknown(node);
    }
}

static struct val eval_literal(struct interp *in, const struct ir_node *node)
{
    struct place place = literal_place(in, node);

    if (type_is_array(node->str2)) {
        place = place_index(in, place, 0);
        return val_pointer(place.object, place.path);
    }
    return (struct val){ .kind = VAL_AGGREGATE, .place = place };
}

static struct val eval_stmt_expr(struct interp *in,
                                 const struct ir_node *node)
{
    in->last = val_unknown(node);
    exec(in, node->kids);
    return in->last;
}

static struct val eval_int(struct interp *in, const struct ir_node *node)
{
    const struct ir_node *size = node;
    struct val v = { .kind = VAL_INT, .number = node->value, .text = node->str,
                     .is_unsigned = node->flags & IR_F_UNSIGNED };

    if (node->kind == IR_INT && node->kids) {
        size = node->kids;
    }
    if (size->kind == IR_SIZEOF && size->str2) {
        g_autofree char *text = g_strdup_printf("sizeof(%s)", size->str2);

        v.text = interp_string(in, text);
    }
    return v;
}

static struct val eval_plain(struct interp *in, const struct ir_node *node)
{
    switch (node->kind) {
    case IR_INT:
    case IR_SIZEOF:
    case IR_OFFSETOF:
        return eval_int(in, node);
    case IR_STRING:
        return (struct val){ .kind = VAL_STRING,
                             .text = node->str ? node->str : "" };
    case IR_REF:
        return eval_ref(in, node);
    case IR_MEMBER:
        return or_unknown(memory_load(in, member_place(in, node)), node);
    case IR_INDEX:
        return eval_index(in, node);
    case IR_ADDR:
        return eval_addr(in, node);
    case IR_DEREF:
        return eval_deref(in, node);
    case IR_CALL:
        return eval_call(in, node);
    case IR_UNARY:
        return eval_unary(in, node);
    case IR_BINARY:
        return eval_binary(in, node);
    case IR_COND:
        return eval_cond(in, node);
    case IR_CAST:
        return val_convert(eval(in, node->kids), node->str2);
    case IR_INIT:
        return eval_literal(in, node);
    case IR_STMT_EXPR:
        return eval_stmt_expr(in, node);
    default:
        return val_unknown(node);
    }
}

struct val eval(struct interp *in, const struct ir_node *node)
{
    struct val v;

    if (!node || in->nesting >= MAX_NESTING || !interp_step(in)) {
        return val_unknown(node);
    }
    in->nesting++;
    v = eval_plain(in, node);
    in->nesting--;
    return v;
}
