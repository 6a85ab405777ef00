/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "effects/walk.h"

#include <stdarg.h>
#include <string.h>

const char *walk_string(struct walker *w, const char *text)
{
    return g_string_chunk_insert_const(w->out->strings, text);
}

void *walk_alloc(struct walker *w, size_t size)
{
    void *block = g_malloc0(size);

    g_ptr_array_add(w->out->blocks, block);
    return block;
}

/* Long texts are told apart by a hash: nobody reads them. */
struct sym sym_text(struct walker *w, const char *format, ...)
{
    g_autofree char *text = NULL;
    va_list args;

    va_start(args, format);
    text = g_strdup_vprintf(format, args);
    va_end(args);
    if (strlen(text) > WALK_MAX_TEXT) {
        g_autofree char *sum = g_compute_checksum_for_string(
            G_CHECKSUM_SHA256, text, -1);
        g_autofree char *brief = g_strdup_printf("%.32s~%.16s", text, sum);

        return (struct sym) { .text = walk_string(w, brief) };
    }
    return (struct sym) { .text = walk_string(w, text) };
}

int sym_truth(const struct sym *v)
{
    if (!sym_is_number(v)) {
        return v->space ? 1 : -1;
    }
    if (v->number.value & v->number.known) {
        return 1;
    }
    return v->number.known == UINT64_MAX ? 0 : -1;
}

const char *sym_to_text(struct walker *w, const struct sym *v)
{
    g_autofree char *text = NULL;

    if (sym_is_known(v)) {
        text = g_strdup_printf("0x%" G_GINT64_MODIFIER "x", v->number.value);
    } else if (sym_is_number(v)) {
        text = g_strdup_printf("bits(0x%" G_GINT64_MODIFIER "x/0x%"
                               G_GINT64_MODIFIER "x)",
                               v->number.value & v->number.known,
                               v->number.known);
    } else {
        text = g_strdup_printf("%s%s%s", v->space ? v->space : "",
                               v->space && v->text ? "+" : "",
                               v->text ? v->text : "");
        if (v->offset) {
            g_autofree char *base = g_steal_pointer(&text);

            text = g_strdup_printf("%s+0x%" G_GINT64_MODIFIER "x", base,
                                   (uint64_t)v->offset);
        }
    }
    return walk_string(w, text);
}

bool sym_same(struct walker *w, const struct sym *a, const struct sym *b)
{
    return !strcmp(sym_to_text(w, a), sym_to_text(w, b));
}

static const char *op_text(enum ir_op op)
{
    static const char *const texts[] = {
        [IR_OP_MUL] = "*", [IR_OP_DIV] = "/", [IR_OP_REM] = "%",
        [IR_OP_ADD] = "+", [IR_OP_SUB] = "-", [IR_OP_SHL] = "<<",
        [IR_OP_SHR] = ">>", [IR_OP_LT] = "<", [IR_OP_GT] = ">",
        [IR_OP_LE] = "<=", [IR_OP_GE] = ">=", [IR_OP_EQ] = "==",
        [IR_OP_NE] = "!=", [IR_OP_AND] = "&", [IR_OP_XOR] = "^",
        [IR_OP_OR] = "|", [IR_OP_LAND] = "&&", [IR_OP_LOR] = "||",
    };

    return op < G_N_ELEMENTS(texts) && texts[op] ? texts[op] : "?";
}

static struct sym with_bits(uint64_t value, uint64_t known)
{
    return (struct sym) { .number = { value & known, known } };
}

/* Bit by bit: what is known of the result where not all operands are. */
static bool bitwise(enum ir_op op, const struct sym *a, const struct sym *b,
                    struct sym *ret)
{
    uint64_t av = a->number.value & a->number.known;
    uint64_t bv = b->number.value & b->number.known;
    uint64_t ak = a->number.known, bk = b->number.known;

    switch (op) {
    case IR_OP_AND:
        *ret = with_bits(av & bv, (ak & bk) | (ak & ~av) | (bk & ~bv));
        return true;
    case IR_OP_OR:
        *ret = with_bits(av | bv, (ak & bk) | av | bv);
        return true;
    case IR_OP_XOR:
        *ret = with_bits(av ^ bv, ak & bk);
        return true;
    case IR_OP_SHR:
        if (bk == UINT64_MAX && bv < 64) {
            *ret = with_bits(av >> bv, (ak >> bv) |
                             (bv ? ~(UINT64_MAX >> bv) : 0));
            return true;
        }
        return false;
    case IR_OP_SHL:
        if (bk == UINT64_MAX && bv < 64) {
            *ret = with_bits(av << bv, (ak << bv) |
                             ((UINT64_C(1) << bv) - 1));
            return true;
        }
        return false;
    default:
        return false;
    }
}

static bool arithmetic(enum ir_op op, uint64_t x, uint64_t y, uint64_t *ret)
{
    int64_t a = (int64_t)x, b = (int64_t)y;

    switch (op) {
    case IR_OP_MUL: *ret = x * y; return true;
    case IR_OP_DIV: *ret = y ? x / y : 0; return y != 0;
    case IR_OP_REM: *ret = y ? x % y : 0; return y != 0;
    case IR_OP_ADD: *ret = x + y; return true;
    case IR_OP_SUB: *ret = x - y; return true;
    case IR_OP_LT: *ret = a < b; return true;
    case IR_OP_GT: *ret = a > b; return true;
    case IR_OP_LE: *ret = a <= b; return true;
    case IR_OP_GE: *ret = a >= b; return true;
    case IR_OP_EQ: *ret = a == b; return true;
    case IR_OP_NE: *ret = a != b; return true;
    default: return false;
    }
}

/* What does not depend on what is not known. */
static bool logical(enum ir_op op, const struct sym *a, const struct sym *b,
                    struct sym *ret)
{
    int x = sym_truth(a), y = sym_truth(b);
    int decides = op == IR_OP_LOR;

    if (op != IR_OP_LAND && op != IR_OP_LOR) {
        return false;
    }
    if (x == decides || y == decides) {
        *ret = sym_number(decides);
        return true;
    }
    if (x >= 0 && y >= 0) {
        *ret = sym_number(!decides);
        return true;
    }
    if (x >= 0 || y >= 0) {      /* the other one alone decides */
        *ret = x >= 0 ? *b : *a;
        return true;
    }
    return false;
}

/* Places and symbols move by numbers. */
static bool displace(struct walker *w, enum ir_op op, struct sym a,
                     struct sym b, struct sym *ret)
{
    if (op == IR_OP_ADD && sym_is_known(&a) && !sym_is_number(&b)) {
        struct sym swap = a;

        a = b;
        b = swap;
    }
    if (sym_is_number(&a) || (op != IR_OP_ADD && op != IR_OP_SUB)) {
        return false;
    }
    if (sym_is_known(&b)) {
        a.offset = (int64_t)((uint64_t)a.offset +
                             (op == IR_OP_ADD ? b.number.value
                                              : -b.number.value));
        a.spelling = b.spelling ? b.spelling : a.spelling;
        *ret = a;
        return true;
    }
    if (op == IR_OP_ADD && a.space && b.text && !b.space) {
        struct sym joined = a.text ? sym_text(w, "%s+%s", a.text, b.text)
                                   : (struct sym) { .text = b.text };

        a.text = joined.text;
        a.offset = (int64_t)((uint64_t)a.offset + (uint64_t)b.offset);
        *ret = a;
        return true;
    }
    return false;
}

struct sym sym_binary(struct walker *w, enum ir_op op, struct sym a,
                      struct sym b)
{
    struct sym result;
    uint64_t number;

    if (logical(op, &a, &b, &result) || displace(w, op, a, b, &result)) {
        return result;
    }
    if (sym_is_number(&a) && sym_is_number(&b)) {
        if (bitwise(op, &a, &b, &result)) {
            return result;
        }
        if (sym_is_known(&a) && sym_is_known(&b) &&
            arithmetic(op, a.number.value, b.number.value, &number)) {
            result = sym_number(number);
            result.spelling = a.spelling ? a.spelling : b.spelling;
            return result;
        }
    }
    if (op == IR_OP_OR && (sym_is_number(&a) || sym_is_number(&b)) &&
        !a.space && !b.space) {
        const struct sym *bits = sym_is_number(&a) ? &a : &b;
        uint64_t set = bits->number.value & bits->number.known;

        return with_bits(set, set);
    }
    return sym_text(w, "(%s%s%s)", sym_to_text(w, &a), op_text(op),
                    sym_to_text(w, &b));
}

struct sym sym_unary(struct walker *w, enum ir_op op, struct sym a)
{
    int truth = sym_truth(&a);

    if (op == IR_OP_LNOT && truth >= 0) {
        return sym_number(!truth);
    }
    if (op == IR_OP_NOT && sym_is_number(&a)) {
        return with_bits(~a.number.value, a.number.known);
    }
    if (op == IR_OP_MINUS && sym_is_known(&a)) {
        return sym_number(-a.number.value);
    }
    if (op == IR_OP_PLUS) {
        return a;
    }
    return sym_text(w, "%s%s", op == IR_OP_LNOT ? "!" :
                    op == IR_OP_NOT ? "~" : "-", sym_to_text(w, &a));
}
