/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "extract/lower-internal.h"

#include <string.h>

static bool in_main_file(CXCursor c);

static guint cursor_hash(gconstpointer key)
{
    return clang_hashCursor(*(const CXCursor *)key);
}

static gboolean cursor_equal(gconstpointer a, gconstpointer b)
{
    return clang_equalCursors(*(const CXCursor *)a, *(const CXCursor *)b);
}

/* --- What is wanted -------------------------------------------------------- */

static void enqueue(struct lower *l, CXCursor definition)
{
    if (!g_hash_table_contains(l->seen, &definition)) {
        CXCursor *key = g_memdup2(&definition, sizeof(definition));

        g_hash_table_add(l->seen, key);
        g_queue_push_tail(&l->queue, key);
    }
}

/* Casts of the QOM macros (DEVICE_CLASS, VIRTIO_PCI): their names are
 * capitals, they return their argument and need no body. */
static bool is_qom_cast(const char *name)
{
    for (; name && *name; name++) {
        if (g_ascii_islower(*name)) {
            return false;
        }
    }
    return true;
}

/* A function that takes nothing but an object does what instance_init does,
 * whatever calls it: models of CPUs have tables of such. */
static bool is_initializer(CXCursor function)
{
    if (clang_Cursor_getNumArguments(function) != 1) {
        return false;
    }
    CXType type = clang_getCanonicalType(
        clang_getCursorType(clang_Cursor_getArgument(function, 0)));
    const char *name = type.kind == CXType_Pointer
                       ? lower_type_name(clang_getPointeeType(type)) : NULL;

    return name && !strcmp(name, "Object");
}

void lower_want(struct lower *l, CXCursor declaration, bool called)
{
    CXCursor definition = clang_getCursorDefinition(declaration);
    enum CXCursorKind kind = clang_getCursorKind(definition);

    if (kind == CXCursor_VarDecl) {
        enqueue(l, definition);
    } else if (kind == CXCursor_FunctionDecl &&
               (called || is_initializer(definition))) {
        const char *name = clang_intern(clang_getCursorSpelling(definition));

        if (!is_qom_cast(name) &&
            (!l->options->functions || in_main_file(definition))) {
            enqueue(l, definition);
        }
    }
}

/* Fields through which QOM calls a function, and those that decide what is in
 * the migration stream: what they are set to is lowered, unlike realize, reset
 * and the like. */
bool lower_is_hook(const char *field)
{
    static const char *const hooks[] = {
        "class_init", "class_base_init", "instance_init",
        "instance_post_init", "set_default_value", "init_fn",
        "needed", "field_exists",
    };

    for (guint i = 0; field && i < G_N_ELEMENTS(hooks); i++) {
        if (!strcmp(field, hooks[i])) {
            return true;
        }
    }
    return false;
}

/* --- Roots ------------------------------------------------------------------ */

static const char *element_type(CXType type)
{
    type = clang_getCanonicalType(type);
    while (type.kind == CXType_ConstantArray ||
           type.kind == CXType_IncompleteArray) {
        type = clang_getArrayElementType(type);
    }
    return lower_type_name(type);
}

static bool is_registration_type(const char *type)
{
    static const char *const types[] = {
        "TypeInfo", "Property", "GlobalProperty", "InterfaceInfo",
        "PropertyInfo", "QEnumLookup", "VMStateDescription",
    };

    for (guint i = 0; type && i < G_N_ELEMENTS(types); i++) {
        if (!strcmp(type, types[i])) {
            return true;
        }
    }
    return false;
}

static enum CXVisitorResult find_name(CXCursor field, CXClientData data)
{
    bool *found = data;
    const char *name = clang_intern(clang_getCursorSpelling(field));

    *found = name && !strcmp(name, "name");
    return *found ? CXVisit_Break : CXVisit_Continue;
}

/* A table of named things that other units may register: mips_defs. */
static bool is_named_table(CXType type)
{
    bool found = false;

    if (type.kind == CXType_ConstantArray ||
        type.kind == CXType_IncompleteArray) {
        clang_Type_visitFields(
            clang_getCanonicalType(clang_getArrayElementType(type)),
            find_name, &found);
    }
    return found;
}

/* The names of an enum, before QEMU v2.11: OnOffAuto_lookup. */
static bool is_lookup(CXCursor c, CXType type)
{
    const char *name = clang_intern(clang_getCursorSpelling(c));

    return type.kind == CXType_ConstantArray &&
           clang_getCanonicalType(clang_getArrayElementType(type)).kind ==
           CXType_Pointer &&
           name && g_str_has_suffix(name, "_lookup");
}

static bool wants_variable(CXCursor c)
{
    CXType type = clang_getCanonicalType(clang_getCursorType(c));

    return is_registration_type(element_type(type)) ||
           (clang_getCursorLinkage(c) == CXLinkage_External &&
            ((type.kind >= CXType_Bool && type.kind <= CXType_Int128) ||
             is_lookup(c, type) || is_named_table(type)));
}

static bool is_class_or_object(CXType type)
{
    if (type.kind != CXType_Pointer) {
        return false;
    }
    const char *name = lower_type_name(clang_getPointeeType(type));

    return name && (!strcmp(name, "Object") || !strcmp(name, "Property") ||
                    !strcmp(name, "ObjectProperty") ||
                    !strcmp(name, "QEMUMachine") ||
                    g_str_has_suffix(name, "Class") ||
                    g_str_has_suffix(name, "TypeInfo"));
}

/* What type_init() and its like define: it hands the function that registers
 * types to register_module_init(). */
static bool is_constructor(const char *name)
{
    return g_str_has_prefix(name, "do_qemu_init_");
}

static CXCursor body_of(CXCursor function);

/* A body of one return: an accessor of this unit's tables, as likely as not,
 * that costs next to nothing. */
static bool is_accessor(CXCursor c)
{
    CXCursor body = body_of(c);

    if (clang_Cursor_isNull(body)) {
        return false;
    }
    g_autoptr(GArray) statements = clang_children(body);

    return statements->len == 1 &&
           clang_getCursorKind(clang_child(statements, 0)) ==
           CXCursor_ReturnStmt;
}

static bool is_void_pointer(CXType type)
{
    return type.kind == CXType_Pointer &&
           clang_getPointeeType(type).kind == CXType_Void;
}

/* "bool test(void *opaque, int version_id)" and "bool needed(void *opaque)":
 * another unit's VMStateDescription may name it. */
static bool is_stream_test(CXCursor c, int n)
{
    CXType result = clang_getCanonicalType(clang_getCursorResultType(c));

    return result.kind == CXType_Bool && (n == 1 || n == 2) &&
           is_void_pointer(clang_getCanonicalType(
               clang_getCursorType(clang_Cursor_getArgument(c, 0)))) &&
           (n == 1 || clang_getCanonicalType(clang_getCursorType(
                          clang_Cursor_getArgument(c, 1))).kind ==
                          CXType_Int);
}

/* A function that another unit may call to register something, or name to be
 * called. */
static bool wants_function(CXCursor c)
{
    int n = clang_Cursor_getNumArguments(c);
    const char *name = clang_intern(clang_getCursorSpelling(c));

    if (name && is_constructor(name)) {
        return true;
    }
    if (clang_getCursorLinkage(c) != CXLinkage_External) {
        return false;
    }
    for (int i = 0; i < n; i++) {
        CXCursor arg = clang_Cursor_getArgument(c, (unsigned)i);

        if (is_class_or_object(clang_getCursorType(arg))) {
            return true;
        }
    }
    /* arm_cpu_register(info), for models of other units. */
    return (name && n == 1 && g_str_has_suffix(name, "_register")) ||
           is_stream_test(c, n) || is_accessor(c);
}

static void remember_range(struct lower *l, CXCursor c)
{
    CXSourceRange extent = clang_getCursorExtent(c);
    struct lower_range range = { .cursor = c };

    clang_getExpansionLocation(clang_getRangeStart(extent), NULL,
                               &range.first, NULL, NULL);
    clang_getExpansionLocation(clang_getRangeEnd(extent), NULL, &range.last,
                               NULL, NULL);
    range.function = clang_getCursorKind(c) == CXCursor_FunctionDecl;
    g_array_append_val(l->ranges, range);
}

static bool in_main_file(CXCursor c)
{
    return clang_Location_isFromMainFile(clang_getCursorLocation(c));
}

/* Named by the caller, who wants bodies and no facts. */
static bool is_asked_for(struct lower *l, CXCursor c)
{
    const char *name = clang_intern(clang_getCursorSpelling(c));

    return name && clang_getCursorKind(c) == CXCursor_FunctionDecl &&
           in_main_file(c) &&
           g_hash_table_contains(l->options->functions, name);
}

static enum CXChildVisitResult visit_top(CXCursor c, CXCursor parent,
                                         CXClientData data)
{
    struct lower *l = data;
    enum CXCursorKind kind = clang_getCursorKind(c);
    bool function = kind == CXCursor_FunctionDecl;

    if ((!function && kind != CXCursor_VarDecl) ||
        !clang_isCursorDefinition(c)) {
        return CXChildVisit_Continue;
    }
    if (in_main_file(c)) {
        remember_range(l, c);
        if (function) {
            lower_uses(l, c);
        }
    }
    if (l->options->functions ? is_asked_for(l, c) :
        function ? wants_function(c) : wants_variable(c)) {
        enqueue(l, c);
    }
    return CXChildVisit_Continue;
}

/* --- Definitions ------------------------------------------------------------ */

static const char **param_names(CXCursor c)
{
    int n = clang_Cursor_getNumArguments(c);
    const char **names = g_new0(const char *, (n > 0 ? n : 0) + 1);

    for (int i = 0; i < n; i++) {
        const char *name = clang_intern(clang_getCursorSpelling(
            clang_Cursor_getArgument(c, (unsigned)i)));

        names[i] = name ? name : "";
    }
    return names;
}

static CXCursor body_of(CXCursor function)
{
    g_autoptr(GArray) kids = clang_children(function);

    for (guint i = kids->len; i-- > 0;) {
        if (clang_getCursorKind(clang_child(kids, i)) ==
            CXCursor_CompoundStmt) {
            return clang_child(kids, i);
        }
    }
    return clang_getNullCursor();
}

static struct ir_symbol symbol_of(struct lower *l, CXCursor c)
{
    CXSourceRange extent = clang_getCursorExtent(c);
    struct ir_symbol symbol = {
        .name = clang_intern(clang_getCursorSpelling(c)),
        .loc = lower_loc(l, clang_getCursorLocation(c)),
        .end = lower_loc(l, clang_getRangeEnd(extent)),
    };

    if (clang_getCursorLinkage(c) == CXLinkage_Internal) {
        symbol.flags = IR_F_STATIC;
    }
    if (symbol.loc.file == 0) {
        symbol.condition = lower_condition(l, symbol.loc.line);
    }
    return symbol;
}

static bool is_left_out(struct lower *l, CXCursor body)
{
    const GArray *left_out = l->options->left_out;
    CXSourceLocation start = clang_getRangeStart(clang_getCursorExtent(body));
    unsigned offset;

    if (!left_out || !clang_Location_isFromMainFile(start)) {
        return false;
    }
    clang_getSpellingLocation(start, NULL, NULL, NULL, &offset);
    for (guint i = 0; i < left_out->len; i++) {
        if (g_array_index(left_out, guint, i) == offset) {
            return true;
        }
    }
    return false;
}

static void lower_function(struct lower *l, CXCursor c)
{
    struct ir_symbol symbol = symbol_of(l, c);
    CXCursor body = body_of(c);
    g_autofree const char **params = param_names(c);

    symbol.kind = IR_SYM_FUNCTION;
    symbol.type = lower_type_text(clang_getCursorResultType(c));
    symbol.params = params;
    l->missed |= is_left_out(l, body);
    if (symbol.name && !clang_Cursor_isNull(body)) {
        l->hook = is_constructor(symbol.name);
        ir_builder_add_symbol(l->builder, &symbol, lower_stmt(l, body));
        l->hook = false;
    }
}

/* Instance structs are named by a TypeInfo's instance_size. */
static enum CXChildVisitResult find_sizeof(CXCursor c, CXCursor parent,
                                           CXClientData data)
{
    if (clang_getCursorKind(c) == CXCursor_TypeRef) {
        lower_record(data, clang_getCursorType(c));
    }
    return CXChildVisit_Recurse;
}

static void lower_variable(struct lower *l, CXCursor c)
{
    struct ir_symbol symbol = symbol_of(l, c);
    CXCursor init = clang_Cursor_getVarDeclInitializer(c);
    const char *type = element_type(clang_getCursorType(c));

    symbol.kind = IR_SYM_VARIABLE;
    symbol.type = lower_type_text(clang_getCursorType(c));
    if (!symbol.name) {
        return;
    }
    if (clang_Cursor_isNull(init)) {
        ir_builder_add_symbol(l->builder, &symbol, lower_new(l, IR_NONE));
        return;
    }
    if (!g_strcmp0(type, "TypeInfo")) {
        clang_visitChildren(init, find_sizeof, l);
    }
    ir_builder_add_symbol(l->builder, &symbol, lower_expr(l, init));
}

static void lower_queue(struct lower *l)
{
    CXCursor *next;

    while (!l->missed && (next = g_queue_pop_head(&l->queue))) {
        if (clang_getCursorKind(*next) == CXCursor_VarDecl) {
            lower_variable(l, *next);
        } else {
            lower_function(l, *next);
        }
    }
}

/* --- Gaps -------------------------------------------------------------------- */

/* Whether an error at LINE of the unit's own file can have hidden a fact: it
 * cannot inside a function that nothing asks for. */
static bool hides_facts(struct lower *l, unsigned line)
{
    for (guint i = 0; i < l->ranges->len; i++) {
        const struct lower_range *range = &g_array_index(l->ranges,
                                                         struct lower_range,
                                                         i);

        if (range->function && line >= range->first && line <= range->last) {
            return g_hash_table_contains(l->seen, &range->cursor);
        }
    }
    return true;
}

static void add_diagnostic(struct lower *l, CXDiagnostic diagnostic)
{
    struct ir_loc loc = lower_loc(l, clang_getDiagnosticLocation(diagnostic));
    const char *text = clang_intern(clang_getDiagnosticSpelling(diagnostic));

    if (loc.file != 0 || !loc.line || hides_facts(l, loc.line)) {
        g_autofree char *reason = g_strdup_printf("parse error: %s",
                                                  text ? text : "unknown");
        g_autofree char *valid = g_utf8_make_valid(reason, -1);

        ir_builder_add_gap(l->builder, loc, valid);
    }
}

#define MAX_GAPS 20

static void add_gaps(struct lower *l)
{
    unsigned n = clang_getNumDiagnostics(l->tu);

    for (unsigned i = 0, added = 0; i < n && added < MAX_GAPS; i++) {
        CXDiagnostic diagnostic = clang_getDiagnostic(l->tu, i);

        if (clang_getDiagnosticSeverity(diagnostic) >= CXDiagnostic_Error) {
            add_diagnostic(l, diagnostic);
            added++;
        }
        clang_disposeDiagnostic(diagnostic);
    }
}

GBytes *lower_unit(CXTranslationUnit tu, const struct lower_options *options)
{
    g_autoptr(IrBuilder) builder = ir_builder_new(options->path,
                                                  options->targets);
    struct lower l = {
        .options = options, .tu = tu, .builder = builder,
        .seen = g_hash_table_new_full(cursor_hash, cursor_equal, g_free,
                                      NULL),
        .records = g_hash_table_new(NULL, NULL),
        .ranges = g_array_new(FALSE, TRUE, sizeof(struct lower_range)),
    };

    g_queue_init(&l.queue);
    clang_visitChildren(clang_getTranslationUnitCursor(tu), visit_top, &l);
    lower_queue(&l);
    add_gaps(&l);
    GBytes *bytes = ir_builder_finish(builder);

    g_hash_table_unref(l.seen);
    g_hash_table_unref(l.records);
    g_array_unref(l.ranges);
    g_clear_pointer(&l.target_lines, g_array_unref);
    g_queue_clear(&l.queue);
    if (l.missed) {
        g_clear_pointer(&bytes, g_bytes_unref);
    }
    return bytes;
}
