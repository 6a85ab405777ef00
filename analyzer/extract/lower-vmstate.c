/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What describes migration streams. */
#include "extract/lower-internal.h"

#include <string.h>

static bool is_one_of(const char *name, const char *const *names, gsize n)
{
    for (gsize i = 0; i < n; i++) {
        if (!strcmp(name, names[i])) {
            return true;
        }
    }
    return false;
}

bool lower_skips_field(const char *type, const char *field)
{
    static const char *const description[] = {
        "name", "unmigratable", "early_setup", "version_id",
        "minimum_version_id", "needed", "fields", "subsections",
    };
    static const char *const no_layout[] = { "offset", "err_hint", "start" };

    if (!strcmp(type, "VMStateDescription")) {
        return !is_one_of(field, description, G_N_ELEMENTS(description));
    }
    return !strcmp(type, "VMStateField") &&
           is_one_of(field, no_layout, G_N_ELEMENTS(no_layout));
}

/* --- Calls that put a description into the stream -------------------------- */

/* vmstate_register(), vmstate_register_with_alias_id(), vmstate_save_state()
 * and what else is called so; not what undoes them, or only reads. */
static bool is_registrar(const char *name)
{
    return name && g_str_has_prefix(name, "vmstate_") &&
           !strstr(name, "unregister") && !strstr(name, "load");
}

/* Whether something in TEXT looks like such a call: most functions have none,
 * and are not worth a walk. */
static bool may_register(const char *text, gsize len)
{
    static const char prefix[] = "vmstate_";
    const gsize n = sizeof(prefix) - 1;
    const char *end = text + len;

    while ((text = memmem(text, (gsize)(end - text), prefix, n))) {
        text += n;
        while (text < end && (g_ascii_isalnum(*text) || *text == '_')) {
            text++;
        }
        if (text < end && *text == '(') {
            return true;
        }
    }
    return false;
}

struct use_walk {
    struct lower *l;
    struct ir_node *block;
    bool saves, registers;
};

static enum CXChildVisitResult visit_use(CXCursor c, CXCursor parent,
                                         CXClientData data)
{
    struct use_walk *walk = data;
    enum CXCursorKind kind = clang_getCursorKind(c);

    if (kind == CXCursor_CallExpr) {
        const char *name = clang_intern(clang_getCursorSpelling(c));
        bool saves = is_registrar(name) && strstr(name, "save");

        walk->saves |= saves;
        walk->registers |= is_registrar(name) && !saves;
    } else if (kind == CXCursor_DeclRefExpr) {
        CXCursor decl = clang_getCursorReferenced(c);
        const char *type = lower_type_name(clang_getCursorType(decl));

        if (clang_getCursorKind(decl) == CXCursor_VarDecl && type &&
            !strcmp(type, "VMStateDescription")) {
            lower_append(walk->block, lower_expr(walk->l, c));
        }
    }
    return CXChildVisit_Recurse;
}

void lower_uses(struct lower *l, CXCursor function)
{
    gsize len;
    const char *text = lower_own_text(l, function, &len);

    if (!text || !may_register(text, len)) {
        return;
    }
    struct use_walk walk = { l, lower_new(l, IR_BLOCK), false, false };

    clang_visitChildren(function, visit_use, &walk);
    if ((walk.registers || walk.saves) && walk.block->kids) {
        struct ir_symbol symbol = {
            .kind = IR_SYM_USES,
            .name = clang_intern(clang_getCursorSpelling(function)),
            .type = walk.registers ? "register" : "save",
            .flags = IR_F_STATIC,
            .loc = lower_loc(l, clang_getCursorLocation(function)),
        };

        ir_builder_add_symbol(l->builder, &symbol, walk.block);
    }
}
