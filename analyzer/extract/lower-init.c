/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Initialiser lists and the records they fill. */
#include "extract/lower-internal.h"

#include <string.h>

/* --- How types are spelt --------------------------------------------------- */

static const char UNNAMED[] = "(unnamed ";

static enum CXVisitorResult add_field_text(CXCursor c, CXClientData data)
{
    const char *name = clang_intern(clang_getCursorSpelling(c));

    g_string_append_printf(data, "%s %s %lld;",
                           lower_type_text(clang_getCursorType(c)),
                           name ? name : "",
                           clang_Cursor_getOffsetOfField(c));
    return CXVisit_Continue;
}

/* What stands for the name of a record that has none: its fields. */
static char *digest_of_fields(CXType type)
{
    while (type.kind == CXType_Pointer || clang_getArraySize(type) >= 0 ||
           type.kind == CXType_IncompleteArray) {
        type = type.kind == CXType_Pointer ? clang_getPointeeType(type)
                                           : clang_getArrayElementType(type);
    }
    g_autoptr(GString) fields = g_string_new(NULL);

    clang_Type_visitFields(clang_getCanonicalType(type), add_field_text,
                           fields);
    char *digest = g_compute_checksum_for_string(G_CHECKSUM_MD5, fields->str,
                                                 -1);
    digest[8] = '\0';
    return digest;
}

/* Clang says where an unnamed type stands, which an unrelated line changes. */
const char *lower_type_text(CXType type)
{
    const char *text = clang_intern(clang_getTypeSpelling(type));
    const char *start = text ? strstr(text, UNNAMED) : NULL;
    const char *end = start ? strchr(start, ')') : NULL;

    if (!end) {
        return text;
    }
    g_autofree char *digest = digest_of_fields(type);
    g_autofree char *plain = g_strdup_printf(
        "%.*s%s%s", (int)(start + strlen(UNNAMED) - text), text, digest, end);

    return g_intern_string(plain);
}

const char *lower_type_name(CXType type)
{
    const char *text = lower_type_text(type);
    static const char *const prefixes[] = { "const ", "volatile ", "struct ",
                                            "union ", "enum " };

    for (guint i = 0; text && i < G_N_ELEMENTS(prefixes); i++) {
        if (g_str_has_prefix(text, prefixes[i])) {
            text += strlen(prefixes[i]);
        }
    }
    return text ? g_intern_string(text) : NULL;
}

/* --- Records -------------------------------------------------------------- */

struct record_walk {
    struct lower *l;
    struct ir_node *block;
};

static enum CXVisitorResult visit_field(CXCursor c, CXClientData data)
{
    struct record_walk *walk = data;
    struct ir_node *decl = lower_new(walk->l, IR_DECL);
    CXType type = clang_getCursorType(c);
    long long size = clang_Type_getSizeOf(type);

    decl->str = clang_intern(clang_getCursorSpelling(c));
    decl->str2 = lower_type_text(type);
    decl->value = clang_Cursor_getOffsetOfField(c);
    decl->value2 = clang_Cursor_isBitField(c) ?
                   clang_getFieldDeclBitWidth(c) :
                   size >= 0 ? size * 8 : -1;
    lower_append(walk->block, decl);
    lower_record(walk->l, type);
    return CXVisit_Continue;
}

/* Follows struct members by value: a field path of a property goes through
 * them.  Pointers lead away from the object. */
void lower_record(struct lower *l, CXType type)
{
    CXType canonical = clang_getCanonicalType(type);

    while (canonical.kind == CXType_ConstantArray) {
        canonical = clang_getArrayElementType(canonical);
    }
    const char *name = lower_type_name(canonical);

    if (canonical.kind != CXType_Record || !name ||
        !g_hash_table_add(l->records, (gpointer)name)) {
        return;
    }
    CXCursor decl = clang_getTypeDeclaration(canonical);
    struct record_walk walk = { l, lower_new(l, IR_BLOCK) };
    struct ir_symbol symbol = {
        .kind = IR_SYM_RECORD, .name = name,
        .loc = lower_loc(l, clang_getCursorLocation(decl)),
    };

    clang_Type_visitFields(canonical, visit_field, &walk);
    ir_builder_add_symbol(l->builder, &symbol, walk.block);
}

/* --- Lists ---------------------------------------------------------------- */

static enum CXVisitorResult collect_field(CXCursor c, CXClientData data)
{
    const char *name = clang_intern(clang_getCursorSpelling(c));

    g_ptr_array_add(data, (gpointer)(name ? name : ""));
    return CXVisit_Continue;
}

static GPtrArray *field_names(CXType record)
{
    GPtrArray *names = g_ptr_array_new();

    clang_Type_visitFields(record, collect_field, names);
    return names;
}

/* A designated field: MemberRefs (and subscripts) followed by the value. */
static struct ir_node *designated(struct lower *l, GArray *kids,
                                  const char **ret_first)
{
    g_autoptr(GString) path = g_string_new(NULL);
    struct ir_node *node = lower_new(l, IR_INIT_FIELD);

    for (guint i = 0; i + 1 < kids->len; i++) {
        CXCursor kid = clang_child(kids, i);

        if (clang_getCursorKind(kid) == CXCursor_MemberRef) {
            const char *name = clang_intern(clang_getCursorSpelling(kid));

            *ret_first = *ret_first ? *ret_first : name;
            g_string_append_printf(path, "%s%s", path->len ? "." : "",
                                   name ? name : "");
        } else {
            struct ir_node *index = lower_expr(l, kid);

            g_string_append_printf(path, "[%" G_GINT64_FORMAT "]",
                                   (gint64)index->value);
        }
    }
    node->str = g_intern_string(path->str);
    return node;
}

static struct ir_node *struct_init(struct lower *l, CXCursor list,
                                   CXType type, struct ir_node *node)
{
    g_autoptr(GArray) items = clang_children(list);
    g_autoptr(GPtrArray) names = NULL;
    guint position = 0;

    for (guint i = 0; i < items->len; i++) {
        CXCursor item = clang_child(items, i);
        g_autoptr(GArray) kids = clang_children(item);
        CXCursor value = item;
        struct ir_node *field;
        const char *first = NULL;

        if (kids->len >= 2 && clang_getCursorKind(clang_child(kids, 0)) ==
            CXCursor_MemberRef) {
            field = designated(l, kids, &first);
            value = clang_child(kids, kids->len - 1);
        } else {
            field = lower_new(l, IR_INIT_FIELD);
        }
        if (!names && (!first || i + 1 < items->len)) {
            names = field_names(type);
        }
        for (guint n = 0; first && n < (names ? names->len : 0); n++) {
            if (g_ptr_array_index(names, n) == first) {
                position = n;
            }
        }
        if (!first) {
            field->str = position < names->len ?
                         g_ptr_array_index(names, position) : "";
        }
        position++;
        if (node->str2 && field->str &&
            lower_skips_field(node->str2, field->str)) {
            continue;
        }
        bool outer = l->hook;

        l->hook |= lower_is_hook(field->str);
        field->loc = lower_loc(l, clang_getCursorLocation(value));
        field->kids = lower_expr(l, value);
        l->hook = outer;
        lower_append(node, field);
    }
    return node;
}

static struct ir_node *array_init(struct lower *l, CXCursor list,
                                  struct ir_node *node)
{
    g_autoptr(GArray) items = clang_children(list);
    struct ir_node **link = &node->kids;
    int64_t position = 0;

    for (guint i = 0; i < items->len; i++) {
        CXCursor item = clang_child(items, i);
        g_autoptr(GArray) kids = clang_children(item);
        struct ir_node *element = lower_new(l, IR_INIT_INDEX);
        CXCursor value = item;

        element->value = element->value2 = position;
        if (kids->len >= 2 && kids->len <= 3 &&
            clang_getCursorKind(item) == CXCursor_UnexposedExpr &&
            lower_first_char(l, item) == '[') {
            struct ir_node *first = lower_expr(l, clang_child(kids, 0));
            struct ir_node *last = lower_expr(l, clang_child(kids,
                                                             kids->len - 2));

            element->value = first->value;
            element->value2 = last->value;
            value = clang_child(kids, kids->len - 1);
        }
        position = element->value2 + 1;
        element->loc = lower_loc(l, clang_getCursorLocation(value));
        element->kids = lower_expr(l, value);
        *link = element;
        link = &element->next;
    }
    return node;
}

struct ir_node *lower_init_list(struct lower *l, CXCursor c)
{
    CXType type = clang_getCanonicalType(clang_getCursorType(c));
    struct ir_node *node = lower_new(l, IR_INIT);

    node->str2 = lower_type_name(clang_getCursorType(c));
    if (type.kind == CXType_Record) {
        if (!g_strcmp0(node->str2, "Property")) {
            node->str = lower_targets(
                l, lower_loc(l, clang_getCursorLocation(c)));
        }
        return struct_init(l, c, type, node);
    }
    if (type.kind == CXType_ConstantArray ||
        type.kind == CXType_IncompleteArray) {
        return array_init(l, c, node);
    }
    g_autoptr(GArray) kids = clang_children(c);    /* scalar in braces */

    return kids->len == 1 ? lower_expr(l, clang_child(kids, 0)) : node;
}
