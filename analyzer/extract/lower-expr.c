/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Expressions. */
#include "extract/lower-internal.h"

#include <string.h>

#define MAX_DEPTH 200

struct ir_node *lower_new(struct lower *l, enum ir_kind kind)
{
    return ir_node_new(l->builder, kind);
}

void lower_append(struct ir_node *parent, struct ir_node *kid)
{
    struct ir_node **link = &parent->kids;

    while (*link) {
        link = &(*link)->next;
    }
    *link = kid;
}

static struct ir_node *unknown(struct lower *l, CXCursor c)
{
    struct ir_node *node = lower_new(l, IR_UNKNOWN);

    node->str = lower_spelling(l, c);
    return node;
}

static bool is_integer(CXCursor c)
{
    CXType type = clang_getCanonicalType(clang_getCursorType(c));

    return (type.kind >= CXType_Bool && type.kind <= CXType_Int128) ||
           type.kind == CXType_Enum;
}

/* An IR_INT where clang can evaluate C to an integer, else NULL. */
static struct ir_node *evaluated(struct lower *l, CXCursor c)
{
    if (!is_integer(c)) {
        return NULL;
    }
    g_auto(CXEvalResult) result = clang_Cursor_Evaluate(c);

    if (!result || clang_EvalResult_getKind(result) != CXEval_Int) {
        return NULL;
    }
    struct ir_node *node = lower_new(l, IR_INT);

    if (clang_EvalResult_isUnsignedInt(result)) {
        node->value = (int64_t)clang_EvalResult_getAsUnsigned(result);
        node->flags = IR_F_UNSIGNED;
    } else {
        node->value = clang_EvalResult_getAsLongLong(result);
    }
    return node;
}

static struct ir_node *evaluated_or_unknown(struct lower *l, CXCursor c)
{
    struct ir_node *node = evaluated(l, c);

    if (node) {
        node->str = lower_spelling(l, c);
    }
    return node ? node : unknown(l, c);
}

/* The spelling of a literal is its quoted and escaped contents. */
static struct ir_node *string_literal(struct lower *l, CXCursor c)
{
    const char *quoted = clang_intern(clang_getCursorSpelling(c));
    gsize len = quoted ? strlen(quoted) : 0;

    if (len < 2 || *quoted != '"' || quoted[len - 1] != '"') {
        return unknown(l, c);
    }
    g_autofree char *inner = g_strndup(quoted + 1, len - 2);
    g_autofree char *plain = g_strcompress(inner);
    g_autofree char *valid = g_utf8_make_valid(plain, -1);
    struct ir_node *node = lower_new(l, IR_STRING);

    node->str = g_intern_string(valid);
    return node;
}

static struct ir_node *reference(struct lower *l, CXCursor c)
{
    CXCursor decl = clang_getCursorReferenced(c);
    enum CXCursorKind kind = clang_getCursorKind(decl);

    if (kind == CXCursor_EnumConstantDecl) {
        struct ir_node *node = lower_new(l, IR_INT);

        node->value = clang_getEnumConstantDeclValue(decl);
        node->str = clang_intern(clang_getCursorSpelling(decl));
        return node;
    }
    struct ir_node *node = lower_new(l, IR_REF);

    node->str = clang_intern(clang_getCursorSpelling(c));
    node->str2 = lower_type_text(clang_getCursorType(decl));
    node->flags |= kind == CXCursor_FunctionDecl ? IR_F_FUNCTION : 0;
    enum CXCursorKind scope =
        clang_getCursorKind(clang_getCursorSemanticParent(decl));

    if (kind == CXCursor_ParmDecl ||
        (kind == CXCursor_VarDecl && scope == CXCursor_FunctionDecl &&
         clang_Cursor_getStorageClass(decl) != CX_SC_Extern)) {
        node->flags |= IR_F_LOCAL;
        return node;
    }
    if (clang_getCursorLinkage(decl) == CXLinkage_Internal) {
        node->flags |= IR_F_STATIC;
    }
    lower_want(l, decl, l->hook);
    return node;
}

/* Accesses through anonymous structs and unions show as members without a
 * name: they are the base itself. */
static struct ir_node *member(struct lower *l, CXCursor c)
{
    g_autoptr(GArray) kids = clang_children(c);
    const char *field = clang_intern(clang_getCursorSpelling(c));

    if (!kids->len) {
        return unknown(l, c);
    }
    CXCursor base = clang_child(kids, 0);

    if (!field) {
        return lower_expr(l, base);
    }
    struct ir_node *node = lower_new(l, IR_MEMBER);
    CXCursor decl = clang_getCursorReferenced(c);
    CXCursor record = clang_getCursorSemanticParent(decl);
    CXType base_type = clang_getCanonicalType(clang_getCursorType(base));

    node->str = field;
    node->str2 = lower_type_name(clang_getCursorType(record));
    node->flags = base_type.kind == CXType_Pointer ? IR_F_ARROW : 0;
    node->kids = lower_expr(l, base);
    return node;
}

static struct ir_node *with_kids(struct lower *l, enum ir_kind kind,
                                 CXCursor c)
{
    g_autoptr(GArray) kids = clang_children(c);
    struct ir_node *node = lower_new(l, kind);
    struct ir_node **link = &node->kids;

    for (guint i = 0; i < kids->len; i++) {
        *link = lower_expr(l, clang_child(kids, i));
        link = &(*link)->next;
    }
    return node;
}

static CXCursor through_casts(CXCursor c)
{
    for (;;) {
        enum CXCursorKind kind = clang_getCursorKind(c);

        if (kind != CXCursor_UnexposedExpr && kind != CXCursor_ParenExpr) {
            return c;
        }
        g_autoptr(GArray) kids = clang_children(c);

        if (kids->len != 1) {
            return c;
        }
        c = clang_child(kids, 0);
    }
}

static struct ir_node *call(struct lower *l, CXCursor c)
{
    struct ir_node *node = with_kids(l, IR_CALL, c);
    g_autoptr(GArray) kids = clang_children(c);

    node->loc = lower_loc(l, clang_getCursorLocation(c));
    if (kids->len) {
        CXCursor callee = through_casts(clang_child(kids, 0));

        if (clang_getCursorKind(callee) == CXCursor_DeclRefExpr) {
            lower_want(l, clang_getCursorReferenced(callee), true);
        }
    }
    return node;
}

static enum ir_op unary_op(enum CXUnaryOperatorKind kind)
{
    static const enum ir_op ops[] = {
        [CXUnaryOperator_PostInc] = IR_OP_POSTINC,
        [CXUnaryOperator_PostDec] = IR_OP_POSTDEC,
        [CXUnaryOperator_PreInc] = IR_OP_PREINC,
        [CXUnaryOperator_PreDec] = IR_OP_PREDEC,
        [CXUnaryOperator_Plus] = IR_OP_PLUS,
        [CXUnaryOperator_Minus] = IR_OP_MINUS,
        [CXUnaryOperator_Not] = IR_OP_NOT,
        [CXUnaryOperator_LNot] = IR_OP_LNOT,
    };

    return kind < G_N_ELEMENTS(ops) ? ops[kind] : IR_OP_NONE;
}

static enum ir_op binary_op(enum CXBinaryOperatorKind kind)
{
    static const enum ir_op ops[] = {
        [CXBinaryOperator_Mul] = IR_OP_MUL,
        [CXBinaryOperator_Div] = IR_OP_DIV,
        [CXBinaryOperator_Rem] = IR_OP_REM,
        [CXBinaryOperator_Add] = IR_OP_ADD,
        [CXBinaryOperator_Sub] = IR_OP_SUB,
        [CXBinaryOperator_Shl] = IR_OP_SHL,
        [CXBinaryOperator_Shr] = IR_OP_SHR,
        [CXBinaryOperator_LT] = IR_OP_LT,
        [CXBinaryOperator_GT] = IR_OP_GT,
        [CXBinaryOperator_LE] = IR_OP_LE,
        [CXBinaryOperator_GE] = IR_OP_GE,
        [CXBinaryOperator_EQ] = IR_OP_EQ,
        [CXBinaryOperator_NE] = IR_OP_NE,
        [CXBinaryOperator_And] = IR_OP_AND,
        [CXBinaryOperator_Xor] = IR_OP_XOR,
        [CXBinaryOperator_Or] = IR_OP_OR,
        [CXBinaryOperator_LAnd] = IR_OP_LAND,
        [CXBinaryOperator_LOr] = IR_OP_LOR,
        [CXBinaryOperator_Assign] = IR_OP_ASSIGN,
        [CXBinaryOperator_MulAssign] = IR_OP_MUL_ASSIGN,
        [CXBinaryOperator_DivAssign] = IR_OP_DIV_ASSIGN,
        [CXBinaryOperator_RemAssign] = IR_OP_REM_ASSIGN,
        [CXBinaryOperator_AddAssign] = IR_OP_ADD_ASSIGN,
        [CXBinaryOperator_SubAssign] = IR_OP_SUB_ASSIGN,
        [CXBinaryOperator_ShlAssign] = IR_OP_SHL_ASSIGN,
        [CXBinaryOperator_ShrAssign] = IR_OP_SHR_ASSIGN,
        [CXBinaryOperator_AndAssign] = IR_OP_AND_ASSIGN,
        [CXBinaryOperator_XorAssign] = IR_OP_XOR_ASSIGN,
        [CXBinaryOperator_OrAssign] = IR_OP_OR_ASSIGN,
        [CXBinaryOperator_Comma] = IR_OP_COMMA,
    };

    return kind < G_N_ELEMENTS(ops) ? ops[kind] : IR_OP_NONE;
}

static bool all_constant(const struct ir_node *node)
{
    for (const struct ir_node *kid = node->kids; kid; kid = kid->next) {
        if (kid->kind != IR_INT && kid->kind != IR_SIZEOF) {
            return false;
        }
    }
    return true;
}

/* NODE, or the constant that it is when all its operands are. */
static struct ir_node *folded(struct lower *l, CXCursor c,
                              struct ir_node *node)
{
    struct ir_node *constant = all_constant(node) ? evaluated(l, c) : NULL;

    if (constant) {
        constant->str = lower_spelling(l, c);
    }
    return constant ? constant : node;
}

static struct ir_node *unary(struct lower *l, CXCursor c)
{
    enum CXUnaryOperatorKind kind = clang_getCursorUnaryOperatorKind(c);

    if (kind == CXUnaryOperator_AddrOf || kind == CXUnaryOperator_Deref) {
        return with_kids(l, kind == CXUnaryOperator_AddrOf ? IR_ADDR :
                         IR_DEREF, c);
    }
    if (kind == CXUnaryOperator_Extension) {
        g_autoptr(GArray) kids = clang_children(c);

        return kids->len ? lower_expr(l, clang_child(kids, 0)) : unknown(l, c);
    }
    struct ir_node *node = with_kids(l, IR_UNARY, c);

    node->op = unary_op(kind);
    return folded(l, c, node);
}

static struct ir_node *assignment(struct lower *l, CXCursor c, enum ir_op op)
{
    g_autoptr(GArray) kids = clang_children(c);
    struct ir_node *node = lower_new(l, IR_BINARY);
    bool outer = l->hook;

    if (kids->len != 2) {
        return unknown(l, c);
    }
    node->op = op;
    node->loc = lower_loc(l, clang_getCursorLocation(c));
    node->kids = lower_expr(l, clang_child(kids, 0));
    l->hook |= node->kids->kind == IR_MEMBER &&
               lower_is_hook(node->kids->str);
    node->kids->next = lower_expr(l, clang_child(kids, 1));
    l->hook = outer;
    return node;
}

static struct ir_node *binary(struct lower *l, CXCursor c)
{
    enum ir_op op = binary_op(clang_getCursorBinaryOperatorKind(c));

    if (op >= IR_OP_ASSIGN) {
        return assignment(l, c, op);
    }
    struct ir_node *node = with_kids(l, IR_BINARY, c);

    node->op = op;
    return folded(l, c, node);
}

static struct ir_node *last_expr(struct lower *l, CXCursor c)
{
    g_autoptr(GArray) kids = clang_children(c);

    for (guint i = kids->len; i-- > 0;) {
        if (clang_isExpression(clang_getCursorKind(clang_child(kids, i)))) {
            return lower_expr(l, clang_child(kids, i));
        }
    }
    return unknown(l, c);
}

static struct ir_node *cast(struct lower *l, CXCursor c)
{
    struct ir_node *inner = last_expr(l, c);

    if (inner->kind == IR_INT || inner->kind == IR_SIZEOF) {
        struct ir_node *constant = evaluated(l, c);

        if (constant) {
            constant->str = inner->str;
            return constant;
        }
    }
    struct ir_node *node = lower_new(l, IR_CAST);

    node->str2 = lower_type_text(clang_getCursorType(c));
    node->kids = inner;
    return node;
}

/* sizeof and _Alignof: of a type, or of an expression. */
static struct ir_node *size_of(struct lower *l, CXCursor c)
{
    struct ir_node *node = evaluated(l, c);
    g_autoptr(GArray) kids = clang_children(c);

    if (!node) {
        return unknown(l, c);
    }
    node->kind = IR_SIZEOF;
    if (kids->len) {
        node->str2 = lower_type_name(clang_getCursorType(clang_child(kids, 0)));
    }
    return node;
}

/* The name of the struct itself, where TYPE is another one for it; or NULL. */
static struct ir_node *tag_of(struct lower *l, CXType type)
{
    const char *tag = lower_type_name(clang_getCanonicalType(type));
    struct ir_node *node;

    if (!tag || !g_strcmp0(tag, lower_type_name(type))) {
        return NULL;
    }
    node = lower_new(l, IR_REF);
    node->str = tag;
    return node;
}

/* __builtin_offsetof: a TypeRef, then MemberRefs and array subscripts. */
static struct ir_node *offset_of(struct lower *l, CXCursor c, GArray *kids)
{
    struct ir_node *node = evaluated(l, c);
    g_autoptr(GString) path = g_string_new(NULL);

    if (!node) {
        node = lower_new(l, IR_OFFSETOF);
        node->value = -1;
    }
    node->kind = IR_OFFSETOF;
    node->str2 = lower_type_name(clang_getCursorType(clang_child(kids, 0)));
    for (guint i = 1; i < kids->len; i++) {
        CXCursor kid = clang_child(kids, i);

        if (clang_getCursorKind(kid) == CXCursor_MemberRef) {
            const char *name = clang_intern(clang_getCursorSpelling(kid));

            g_string_append_printf(path, "%s%s", path->len ? "." : "",
                                   name ? name : "");
        } else if (clang_isExpression(clang_getCursorKind(kid))) {
            struct ir_node *index = evaluated(l, kid);

            g_string_append_printf(path, "[%" G_GINT64_FORMAT "]",
                                   index ? (gint64)index->value : -1);
        }
    }
    node->str = g_intern_string(path->str);
    node->kids = tag_of(l, clang_getCursorType(clang_child(kids, 0)));
    lower_record(l, clang_getCursorType(clang_child(kids, 0)));
    return node;
}

/* GNU's a ?: b shows as a, a (the condition, the value), a, b. */
static bool is_elvis(const GArray *kids)
{
    return kids->len == 4 &&
           clang_equalCursors(clang_child(kids, 0), clang_child(kids, 1));
}

static struct ir_node *elvis(struct lower *l, GArray *kids)
{
    struct ir_node *node = lower_new(l, IR_COND);

    node->kids = lower_expr(l, clang_child(kids, 0));
    node->kids->next = lower_new(l, IR_NONE);
    node->kids->next->next = lower_expr(l, clang_child(kids, 3));
    return node;
}

static struct ir_node *unexposed(struct lower *l, CXCursor c)
{
    g_autoptr(GArray) kids = clang_children(c);

    if (is_elvis(kids)) {
        return elvis(l, kids);
    }

    if (kids->len == 1 &&
        clang_isExpression(clang_getCursorKind(clang_child(kids, 0)))) {
        struct ir_node *inner = lower_expr(l, clang_child(kids, 0));

        /* An implicit conversion may change an integer: -1 to unsigned. */
        if (inner->kind == IR_INT) {
            struct ir_node *converted = evaluated(l, c);

            if (converted) {
                converted->str = inner->str;
                return converted;
            }
        }
        return inner;
    }
    if (kids->len >= 2 &&
        clang_getCursorKind(clang_child(kids, 0)) == CXCursor_TypeRef &&
        clang_getCursorKind(clang_child(kids, 1)) == CXCursor_MemberRef) {
        return offset_of(l, c, kids);
    }
    return evaluated_or_unknown(l, c);
}

static struct ir_node *compound_literal(struct lower *l, CXCursor c)
{
    struct ir_node *node = last_expr(l, c);

    if (node->kind == IR_INIT) {
        node->flags |= IR_F_LITERAL;
        node->str2 = lower_type_name(clang_getCursorType(c));
    }
    return node;
}

static struct ir_node *statement_expr(struct lower *l, CXCursor c)
{
    g_autoptr(GArray) kids = clang_children(c);
    struct ir_node *node = lower_new(l, IR_STMT_EXPR);

    if (kids->len) {
        node->kids = lower_stmt(l, clang_child(kids, 0));
    }
    return node;
}

/* Of a literal that stands in the body of one, NULL where it does not. */
static const char *macro_name(struct lower *l, CXCursor c)
{
    const char *text = lower_spelling(l, c);

    return text && g_ascii_isalpha(*text) ? text : NULL;
}

static struct ir_node *dispatch(struct lower *l, CXCursor c)
{
    switch (clang_getCursorKind(c)) {
    case CXCursor_IntegerLiteral:
    case CXCursor_CharacterLiteral: {
        struct ir_node *node = evaluated(l, c);

        if (node && l->options->functions) {
            node->str = macro_name(l, c);
        }
        return node ? node : unknown(l, c);
    }
    case CXCursor_StringLiteral:
        return string_literal(l, c);
    case CXCursor_DeclRefExpr:
        return reference(l, c);
    case CXCursor_MemberRefExpr:
        return member(l, c);
    case CXCursor_CallExpr:
        return call(l, c);
    case CXCursor_ParenExpr:
        return last_expr(l, c);
    case CXCursor_UnaryOperator:
        return unary(l, c);
    case CXCursor_BinaryOperator:
    case CXCursor_CompoundAssignOperator:
        return binary(l, c);
    case CXCursor_ConditionalOperator:
        return folded(l, c, with_kids(l, IR_COND, c));
    case CXCursor_CStyleCastExpr:
        return cast(l, c);
    case CXCursor_ArraySubscriptExpr:
        return with_kids(l, IR_INDEX, c);
    case CXCursor_UnaryExpr:
        return size_of(l, c);
    case CXCursor_InitListExpr:
        return lower_init_list(l, c);
    case CXCursor_CompoundLiteralExpr:
        return compound_literal(l, c);
    case CXCursor_StmtExpr:
        return statement_expr(l, c);
    case CXCursor_UnexposedExpr:
        return unexposed(l, c);
    default:
        return evaluated_or_unknown(l, c);
    }
}

struct ir_node *lower_expr(struct lower *l, CXCursor c)
{
    if (l->depth >= MAX_DEPTH) {
        return lower_new(l, IR_UNKNOWN);
    }
    l->depth++;
    struct ir_node *node = dispatch(l, c);

    l->depth--;
    return node;
}
