/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ir/ir.h"

unsigned ir_n_kids(const struct ir_node *node)
{
    unsigned n = 0;

    for (const struct ir_node *kid = node->kids; kid; kid = kid->next) {
        n++;
    }
    return n;
}

const struct ir_node *ir_init_field(const struct ir_node *init,
                                    const char *field)
{
    const struct ir_node *found = NULL;

    if (!init || init->kind != IR_INIT) {
        return NULL;
    }
    for (const struct ir_node *kid = init->kids; kid; kid = kid->next) {
        if (kid->kind == IR_INIT_FIELD && !g_strcmp0(kid->str, field)) {
            found = kid->kids;
        }
    }
    return found;
}

static const char *op_text(enum ir_op op)
{
    static const char *const texts[] = {
        [IR_OP_NONE] = "?",
        [IR_OP_PLUS] = "+", [IR_OP_MINUS] = "-",
        [IR_OP_NOT] = "~", [IR_OP_LNOT] = "!",
        [IR_OP_PREINC] = "++", [IR_OP_PREDEC] = "--",
        [IR_OP_POSTINC] = "++", [IR_OP_POSTDEC] = "--",
        [IR_OP_MUL] = "*", [IR_OP_DIV] = "/", [IR_OP_REM] = "%",
        [IR_OP_ADD] = "+", [IR_OP_SUB] = "-",
        [IR_OP_SHL] = "<<", [IR_OP_SHR] = ">>",
        [IR_OP_LT] = "<", [IR_OP_GT] = ">",
        [IR_OP_LE] = "<=", [IR_OP_GE] = ">=",
        [IR_OP_EQ] = "==", [IR_OP_NE] = "!=",
        [IR_OP_AND] = "&", [IR_OP_XOR] = "^", [IR_OP_OR] = "|",
        [IR_OP_LAND] = "&&", [IR_OP_LOR] = "||", [IR_OP_COMMA] = ",",
        [IR_OP_ASSIGN] = "=",
        [IR_OP_MUL_ASSIGN] = "*=", [IR_OP_DIV_ASSIGN] = "/=",
        [IR_OP_REM_ASSIGN] = "%=",
        [IR_OP_ADD_ASSIGN] = "+=", [IR_OP_SUB_ASSIGN] = "-=",
        [IR_OP_SHL_ASSIGN] = "<<=", [IR_OP_SHR_ASSIGN] = ">>=",
        [IR_OP_AND_ASSIGN] = "&=", [IR_OP_XOR_ASSIGN] = "^=",
        [IR_OP_OR_ASSIGN] = "|=",
    };

    G_STATIC_ASSERT(G_N_ELEMENTS(texts) == IR_N_OPS);
    return op < IR_N_OPS ? texts[op] : "?";
}

static void append_text(GString *out, const struct ir_node *node);

static void append_list(GString *out, const struct ir_node *first)
{
    for (const struct ir_node *kid = first; kid; kid = kid->next) {
        append_text(out, kid);
        if (kid->next) {
            g_string_append(out, ", ");
        }
    }
}

static void append_unary(GString *out, const struct ir_node *node)
{
    bool postfix = node->op == IR_OP_POSTINC || node->op == IR_OP_POSTDEC;

    if (!postfix) {
        g_string_append(out, op_text(node->op));
    }
    append_text(out, ir_kid(node, 0));
    if (postfix) {
        g_string_append(out, op_text(node->op));
    }
}

static void append_int(GString *out, const struct ir_node *node)
{
    if (node->str) {
        g_string_append(out, node->str);
    } else if (node->flags & IR_F_UNSIGNED) {
        g_string_append_printf(out, "%" G_GUINT64_FORMAT,
                               (guint64)node->value);
    } else {
        g_string_append_printf(out, "%" G_GINT64_FORMAT,
                               (gint64)node->value);
    }
}

static void append_joined(GString *out, const struct ir_node *node,
                          const char *middle, const char *end)
{
    append_text(out, ir_kid(node, 0));
    g_string_append(out, middle);
    append_text(out, ir_kid(node, 1));
    g_string_append(out, end);
}

static void append_string(GString *out, const char *text)
{
    g_autofree char *escaped = g_strescape(text ? text : "", NULL);

    g_string_append_printf(out, "\"%s\"", escaped);
}

static void append_text(GString *out, const struct ir_node *node)
{
    if (!node) {
        return;
    }
    switch (node->kind) {
    case IR_INT:
        append_int(out, node);
        return;
    case IR_STRING:
        append_string(out, node->str);
        return;
    case IR_MEMBER:
        append_text(out, node->kids);
        g_string_append(out, node->flags & IR_F_ARROW ? "->" : ".");
        g_string_append(out, node->str);
        return;
    case IR_INDEX:
        append_joined(out, node, "[", "]");
        return;
    case IR_ADDR:
    case IR_DEREF:
        g_string_append_c(out, node->kind == IR_ADDR ? '&' : '*');
        append_text(out, node->kids);
        return;
    case IR_CALL:
        append_text(out, node->kids);
        g_string_append_c(out, '(');
        append_list(out, ir_kid(node, 1));
        g_string_append_c(out, ')');
        return;
    case IR_UNARY:
        append_unary(out, node);
        return;
    case IR_BINARY: {
        g_autofree char *op = g_strdup_printf(" %s ", op_text(node->op));

        append_joined(out, node, op, "");
        return;
    }
    case IR_COND:
        append_joined(out, node, " ? ", " : ");
        append_text(out, ir_kid(node, 2));
        return;
    case IR_CAST:
        g_string_append_printf(out, "(%s)", node->str2 ? node->str2 : "?");
        append_text(out, node->kids);
        return;
    case IR_SIZEOF:
        g_string_append_printf(out, "sizeof(%s)",
                               node->str2 ? node->str2 : "?");
        return;
    case IR_OFFSETOF:
        g_string_append_printf(out, "offsetof(%s, %s)",
                               node->str2 ? node->str2 : "?",
                               node->str ? node->str : "?");
        return;
    case IR_INIT:
        g_string_append_c(out, '{');
        append_list(out, node->kids);
        g_string_append_c(out, '}');
        return;
    case IR_INIT_FIELD:
        g_string_append_printf(out, ".%s = ", node->str);
        append_text(out, node->kids);
        return;
    case IR_INIT_INDEX:
        g_string_append_printf(out, "[%" G_GINT64_FORMAT "] = ",
                               (gint64)node->value);
        append_text(out, node->kids);
        return;
    default:
        g_string_append(out, node->str ? node->str : "?");
        return;
    }
}

char *ir_to_text(const struct ir_node *node)
{
    GString *out = g_string_new(NULL);

    append_text(out, node);
    return g_string_free(out, FALSE);
}
