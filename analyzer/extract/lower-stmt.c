/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Statements. */
#include "extract/lower-internal.h"

static struct ir_node *none(struct lower *l)
{
    return lower_new(l, IR_NONE);
}

static struct ir_node *block(struct lower *l, CXCursor c)
{
    g_autoptr(GArray) kids = clang_children(c);
    struct ir_node *node = lower_new(l, IR_BLOCK);
    struct ir_node **link = &node->kids;

    for (guint i = 0; i < kids->len; i++) {
        *link = lower_stmt(l, clang_child(kids, i));
        while (*link) {
            link = &(*link)->next;
        }
    }
    return node;
}

static struct ir_node *declaration(struct lower *l, CXCursor c)
{
    struct ir_node *node = lower_new(l, IR_DECL);
    CXCursor init = clang_Cursor_getVarDeclInitializer(c);
    CXType type = clang_getCursorType(c);

    node->str = clang_intern(clang_getCursorSpelling(c));
    node->str2 = lower_type_text(type);
    node->loc = lower_loc(l, clang_getCursorLocation(c));
    if (clang_Cursor_getStorageClass(c) == CX_SC_Static) {
        node->flags = IR_F_STATIC;
    }
    node->kids = clang_Cursor_isNull(init) ? none(l) : lower_expr(l, init);
    return node;
}

/* One node per variable, chained: a block takes them all. */
static struct ir_node *declarations(struct lower *l, CXCursor c)
{
    g_autoptr(GArray) kids = clang_children(c);
    struct ir_node *first = NULL, **link = &first;

    for (guint i = 0; i < kids->len; i++) {
        if (clang_getCursorKind(clang_child(kids, i)) == CXCursor_VarDecl) {
            *link = declaration(l, clang_child(kids, i));
            link = &(*link)->next;
        }
    }
    return first ? first : none(l);
}

static struct ir_node *as_block(struct lower *l, struct ir_node *node)
{
    if (!node->next) {
        return node;
    }
    struct ir_node *wrapper = lower_new(l, IR_BLOCK);

    wrapper->kids = node;
    return wrapper;
}

/* A statement with WANT parts; absent ones can only be the last. */
static struct ir_node *parts(struct lower *l, enum ir_kind kind, CXCursor c,
                             guint want)
{
    g_autoptr(GArray) kids = clang_children(c);
    struct ir_node *node = lower_new(l, kind);

    if (kids->len > want) {
        node->kind = IR_UNKNOWN;
        return node;
    }
    for (guint i = 0; i < want; i++) {
        lower_append(node, i < kids->len ?
                     as_block(l, lower_stmt(l, clang_child(kids, i))) :
                     none(l));
    }
    return node;
}

/* libclang leaves out the parts of for (;;) that are not there, so fewer than
 * four cannot be told apart: then only the body, the last, is certain. */
static struct ir_node *for_loop(struct lower *l, CXCursor c)
{
    g_autoptr(GArray) kids = clang_children(c);

    if (kids->len == 4) {
        return parts(l, IR_FOR, c, 4);
    }
    struct ir_node *node = lower_new(l, IR_FOR);

    lower_append(node, none(l));
    lower_append(node, lower_new(l, IR_UNKNOWN));
    lower_append(node, none(l));
    lower_append(node, kids->len ? as_block(l, lower_stmt(l,
                 clang_child(kids, kids->len - 1))) : none(l));
    return node;
}

static struct ir_node *jump(struct lower *l, enum ir_kind kind, CXCursor c)
{
    g_autoptr(GArray) kids = clang_children(c);
    struct ir_node *node = lower_new(l, kind);

    if (kids->len) {
        node->str = clang_intern(clang_getCursorSpelling(clang_child(kids,
                                                                     0)));
    }
    return node;
}

static struct ir_node *label(struct lower *l, CXCursor c)
{
    struct ir_node *node = parts(l, IR_LABEL, c, 1);

    node->str = clang_intern(clang_getCursorSpelling(c));
    return node;
}

static struct ir_node *dispatch(struct lower *l, CXCursor c)
{
    switch (clang_getCursorKind(c)) {
    case CXCursor_CompoundStmt:
        return block(l, c);
    case CXCursor_DeclStmt:
        return declarations(l, c);
    case CXCursor_VarDecl:
        return declaration(l, c);
    case CXCursor_IfStmt:
        return parts(l, IR_IF, c, 3);
    case CXCursor_ForStmt:
        return for_loop(l, c);
    case CXCursor_WhileStmt:
        return parts(l, IR_WHILE, c, 2);
    case CXCursor_DoStmt:
        return parts(l, IR_DO, c, 2);
    case CXCursor_SwitchStmt:
        return parts(l, IR_SWITCH, c, 2);
    case CXCursor_CaseStmt:
        return parts(l, IR_CASE, c, 2);
    case CXCursor_DefaultStmt:
        return parts(l, IR_DEFAULT, c, 1);
    case CXCursor_ReturnStmt:
        return parts(l, IR_RETURN, c, 1);
    case CXCursor_BreakStmt:
        return lower_new(l, IR_BREAK);
    case CXCursor_ContinueStmt:
        return lower_new(l, IR_CONTINUE);
    case CXCursor_GotoStmt:
        return jump(l, IR_GOTO, c);
    case CXCursor_LabelStmt:
        return label(l, c);
    case CXCursor_NullStmt:
        return none(l);
    default:
        return clang_isExpression(clang_getCursorKind(c)) ?
               lower_expr(l, c) : lower_new(l, IR_UNKNOWN);
    }
}

struct ir_node *lower_stmt(struct lower *l, CXCursor c)
{
    if (l->depth >= 200) {
        return lower_new(l, IR_UNKNOWN);
    }
    l->depth++;
    struct ir_node *node = dispatch(l, c);

    l->depth--;
    if (!node->loc.line) {
        node->loc = lower_loc(l, clang_getCursorLocation(c));
    }
    return node;
}
