/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The value domain: what C computes, where it is known.
 */
#include "qom/interp.h"

#include <string.h>

struct val val_string(struct interp *in, const char *text)
{
    return (struct val){ .kind = VAL_STRING,
                         .text = interp_string(in, text) };
}

int val_truth(const struct val *v)
{
    switch (v->kind) {
    case VAL_INT:
        return v->number != 0;
    case VAL_STRING:
    case VAL_FUNCTION:
    case VAL_POINTER:
        return 1;
    default:
        return -1;
    }
}

bool val_same(const struct val *a, const struct val *b)
{
    if (a->kind != b->kind) {
        return false;
    }
    switch (a->kind) {
    case VAL_INT:
        return a->number == b->number;
    case VAL_STRING:
        return !strcmp(a->text, b->text);
    case VAL_FUNCTION:
        return a->function == b->function && a->text == b->text;
    case VAL_POINTER:
    case VAL_AGGREGATE:
        return a->place.object == b->place.object &&
               a->place.path == b->place.path;
    default:
        return a->node && a->node == b->node;
    }
}

struct val val_unary(enum ir_op op, struct val v, const struct ir_node *node)
{
    int truth;

    if (op == IR_OP_LNOT) {
        truth = val_truth(&v);
        return truth < 0 ? val_unknown(node) : val_int(!truth);
    }
    if (v.kind != VAL_INT) {
        return val_unknown(node);
    }
    v.text = NULL;
    switch (op) {
    case IR_OP_PLUS:
        return v;
    case IR_OP_MINUS:
        v.number = (int64_t)-(uint64_t)v.number;
        return v;
    case IR_OP_NOT:
        v.number = ~v.number;
        return v;
    default:
        return val_unknown(node);
    }
}

static struct val boolean_or_unknown(int truth, const struct ir_node *node)
{
    return truth < 0 ? val_unknown(node) : val_int(truth);
}

/* Equality of pointers; -1 where it cannot be told. */
static int pointers_equal(const struct val *a, const struct val *b)
{
    if (a->kind == VAL_UNKNOWN || b->kind == VAL_UNKNOWN ||
        a->kind == VAL_AGGREGATE || b->kind == VAL_AGGREGATE) {
        return -1;
    }
    if (val_is_zero(a) || val_is_zero(b)) {
        return 0;
    }
    if (a->kind == VAL_STRING && b->kind == VAL_STRING) {
        return a->text == b->text ? 1 : -1;
    }
    if (a->kind != b->kind) {
        return a->kind == VAL_INT || b->kind == VAL_INT ? -1 : 0;
    }
    return val_same(a, b);
}

static bool is_less(const struct val *a, const struct val *b)
{
    if (a->is_unsigned || b->is_unsigned) {
        return (uint64_t)a->number < (uint64_t)b->number;
    }
    return a->number < b->number;
}

static int compare(enum ir_op op, const struct val *a, const struct val *b)
{
    switch (op) {
    case IR_OP_LT:
        return is_less(a, b);
    case IR_OP_GT:
        return is_less(b, a);
    case IR_OP_LE:
        return !is_less(b, a);
    case IR_OP_GE:
        return !is_less(a, b);
    case IR_OP_EQ:
        return a->number == b->number;
    default:
        return a->number != b->number;
    }
}

static bool divide(enum ir_op op, const struct val *a, const struct val *b,
                   bool is_unsigned, uint64_t *ret)
{
    if (!b->number ||
        (!is_unsigned && a->number == INT64_MIN && b->number == -1)) {
        return false;
    }
    if (is_unsigned) {
        *ret = op == IR_OP_DIV ? (uint64_t)a->number / (uint64_t)b->number
                               : (uint64_t)a->number % (uint64_t)b->number;
    } else {
        *ret = (uint64_t)(op == IR_OP_DIV ? a->number / b->number
                                          : a->number % b->number);
    }
    return true;
}

static bool shift(enum ir_op op, const struct val *a, const struct val *b,
                  uint64_t *ret)
{
    if (b->number < 0 || b->number > 63) {
        return false;
    }
    if (op == IR_OP_SHL) {
        *ret = (uint64_t)a->number << b->number;
    } else if (a->is_unsigned) {
        *ret = (uint64_t)a->number >> b->number;
    } else {
        *ret = (uint64_t)(a->number >> b->number);
    }
    return true;
}

static bool arithmetic(enum ir_op op, const struct val *a,
                       const struct val *b, bool is_unsigned, uint64_t *ret)
{
    uint64_t x = (uint64_t)a->number, y = (uint64_t)b->number;

    switch (op) {
    case IR_OP_MUL:
        *ret = x * y;
        return true;
    case IR_OP_ADD:
        *ret = x + y;
        return true;
    case IR_OP_SUB:
        *ret = x - y;
        return true;
    case IR_OP_AND:
        *ret = x & y;
        return true;
    case IR_OP_XOR:
        *ret = x ^ y;
        return true;
    case IR_OP_OR:
        *ret = x | y;
        return true;
    case IR_OP_DIV:
    case IR_OP_REM:
        return divide(op, a, b, is_unsigned, ret);
    case IR_OP_SHL:
    case IR_OP_SHR:
        return shift(op, a, b, ret);
    default:
        return false;
    }
}

static bool is_pointer(const struct val *v)
{
    return v->kind == VAL_POINTER || v->kind == VAL_STRING;
}

/* p + n, p - n */
static struct val move_pointer(struct interp *in, struct val p, int64_t n,
                               const struct ir_node *node)
{
    if (n == 0) {
        return p;
    }
    if (p.kind == VAL_STRING) {
        if (n < 0 || (uint64_t)n > strlen(p.text)) {
            return val_unknown(node);
        }
        p.text += n;
        return p;
    }
    return place_advance(in, &p.place, n) ? p : val_unknown(node);
}

static struct val pointer_binary(struct interp *in, enum ir_op op,
                                 struct val a, struct val b,
                                 const struct ir_node *node)
{
    int equal;

    if (op == IR_OP_EQ || op == IR_OP_NE) {
        equal = pointers_equal(&a, &b);
        return boolean_or_unknown(equal < 0 ? -1 : equal == (op == IR_OP_EQ),
                                  node);
    }
    if (is_pointer(&a) && b.kind == VAL_INT && op == IR_OP_ADD) {
        return move_pointer(in, a, b.number, node);
    }
    if (is_pointer(&b) && a.kind == VAL_INT && op == IR_OP_ADD) {
        return move_pointer(in, b, a.number, node);
    }
    if (is_pointer(&a) && b.kind == VAL_INT && op == IR_OP_SUB &&
        b.number != INT64_MIN) {
        return move_pointer(in, a, -b.number, node);
    }
    return val_unknown(node);
}

struct val val_binary(struct interp *in, enum ir_op op, struct val a,
                      struct val b, const struct ir_node *node)
{
    bool is_unsigned = a.is_unsigned || b.is_unsigned;
    uint64_t result;

    if (a.kind != VAL_INT || b.kind != VAL_INT) {
        /* x & 0 and x * 0 are known whatever x is. */
        if ((op == IR_OP_AND || op == IR_OP_MUL) &&
            (val_is_zero(&a) || val_is_zero(&b))) {
            return val_int(0);
        }
        return pointer_binary(in, op, a, b, node);
    }
    if (op >= IR_OP_LT && op <= IR_OP_NE) {
        return val_int(compare(op, &a, &b));
    }
    if (!arithmetic(op, &a, &b, is_unsigned, &result)) {
        return val_unknown(node);
    }
    return (struct val){ .kind = VAL_INT, .number = (int64_t)result,
                         .is_unsigned = is_unsigned };
}

static const struct scalar_type {
    const char *name;
    unsigned bits;
    bool is_unsigned;
} scalar_types[] = {
    { "int8_t", 8, false }, { "uint8_t", 8, true },
    { "int16_t", 16, false }, { "uint16_t", 16, true },
    { "int32_t", 32, false }, { "uint32_t", 32, true },
    { "int64_t", 64, false }, { "uint64_t", 64, true },
    { "signed char", 8, false }, { "unsigned char", 8, true },
    { "short", 16, false }, { "unsigned short", 16, true },
    { "int", 32, false }, { "unsigned int", 32, true },
    { "unsigned", 32, true },
    { "long", 64, false }, { "unsigned long", 64, true },
    { "long long", 64, false }, { "unsigned long long", 64, true },
    { "size_t", 64, true }, { "ssize_t", 64, false },
    { "uintptr_t", 64, true }, { "intptr_t", 64, false },
    { "hwaddr", 64, true }, { "ram_addr_t", 64, true },
    { "gint", 32, false }, { "guint", 32, true },
};

static const struct scalar_type *find_scalar(const char *type)
{
    type = type_bare(type);
    for (size_t i = 0; i < G_N_ELEMENTS(scalar_types); i++) {
        if (!strcmp(type, scalar_types[i].name)) {
            return &scalar_types[i];
        }
    }
    return NULL;
}

struct val val_convert(struct val v, const char *type)
{
    const struct scalar_type *scalar;
    uint64_t mask;

    if (v.kind != VAL_INT || !type) {
        return v;
    }
    if (!strcmp(type_bare(type), "bool") ||
        !strcmp(type_bare(type), "_Bool")) {
        return val_int(v.number != 0);
    }
    scalar = find_scalar(type);
    if (!scalar) {
        return v;
    }
    v.is_unsigned = scalar->is_unsigned;
    if (scalar->bits < 64) {
        mask = (UINT64_C(1) << scalar->bits) - 1;
        uint64_t bits = (uint64_t)v.number & mask;
        bool sign = !scalar->is_unsigned && bits >> (scalar->bits - 1);
        v.number = (int64_t)(sign ? bits | ~mask : bits);
    }
    return v;
}

bool type_is_array(const char *type)
{
    return type && *type && type[strlen(type) - 1] == ']';
}

const char *type_bare(const char *type)
{
    static const char *const prefixes[] = {
        "const ", "volatile ", "static ", "struct ", "union ",
    };
    bool again = type != NULL;

    while (again) {
        again = false;
        for (size_t i = 0; i < G_N_ELEMENTS(prefixes); i++) {
            size_t length = strlen(prefixes[i]);

            if (*type == *prefixes[i] && !strncmp(type, prefixes[i], length)) {
                type += length;
                again = true;
            }
        }
    }
    return type;
}
