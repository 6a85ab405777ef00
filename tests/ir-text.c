/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ir-text.h"

#include <string.h>

struct reader {
    struct ir_builder *b;
    const char *p;
    unsigned line;
};

static void skip_space(struct reader *r)
{
    while (g_ascii_isspace(*r->p)) {
        r->line += *r->p++ == '\n';
    }
}

static bool at(struct reader *r, char c)
{
    skip_space(r);
    return *r->p == c;
}

static void expect(struct reader *r, char c)
{
    if (!at(r, c)) {
        g_error("line %u: '%c' expected before '%.20s'", r->line, c, r->p);
    }
    r->p++;
}

/* A quoted text, or everything up to a blank or parenthesis. */
static const char *word(struct reader *r)
{
    const char *start, *result;
    bool quoted;

    skip_space(r);
    quoted = *r->p == '"';
    start = r->p += quoted;
    while (*r->p && (quoted ? *r->p != '"'
                            : !g_ascii_isspace(*r->p) && *r->p != '(' &&
                              *r->p != ')')) {
        r->p++;
    }
    g_autofree char *text = g_strndup(start, (gsize)(r->p - start));

    result = g_intern_string(text);
    r->p += quoted;
    return result;
}

static struct ir_node *make(struct reader *r, enum ir_kind kind)
{
    struct ir_node *node = ir_node_new(r->b, kind);

    node->loc = (struct ir_loc){ 0, r->line, 1 };
    return node;
}

static struct ir_node *expression(struct reader *r);

/* Everything up to the closing parenthesis, as kids of NODE. */
static struct ir_node *kids(struct reader *r, struct ir_node *node)
{
    struct ir_node **link = &node->kids;

    while (*link) {
        link = &(*link)->next;
    }
    while (!at(r, ')')) {
        *link = expression(r);
        link = &(*link)->next;
    }
    return node;
}

static struct ir_node *or_none(struct reader *r)
{
    return at(r, ')') ? make(r, IR_NONE) : expression(r);
}

static struct ir_node *integer(struct reader *r, const char *text,
                               const char *spelling)
{
    struct ir_node *node = make(r, IR_INT);

    node->value = g_ascii_strtoll(text, NULL, 0);
    node->str = spelling;
    if (*text != '-' && spelling) {
        node->flags = IR_F_UNSIGNED;
    }
    return node;
}

static struct ir_node *reference(struct reader *r, const char *text)
{
    struct ir_node *node = make(r, IR_REF);

    switch (*text) {
    case '@':
        node->flags = IR_F_FUNCTION | IR_F_STATIC;
        break;
    case '%':
        node->flags = IR_F_STATIC;
        break;
    case '$':
        break;
    default:
        node->flags = IR_F_LOCAL;
        text--;
    }
    node->str = g_intern_string(text + 1);
    return node;
}

static struct ir_node *atom(struct reader *r)
{
    struct ir_node *node;
    const char *text, *equals;

    if (at(r, '"')) {
        node = make(r, IR_STRING);
        node->str = word(r);
        return node;
    }
    text = word(r);
    if (!*text) {
        g_error("line %u: an expression expected at '%.20s'", r->line, r->p);
    }
    if (g_ascii_isdigit(*text) || (*text == '-' && text[1])) {
        return integer(r, text, NULL);
    }
    equals = strchr(text, '=');
    if (equals && equals > text) {
        g_autofree char *name = g_strndup(text, (gsize)(equals - text));

        return integer(r, equals + 1, g_intern_string(name));
    }
    return reference(r, text);
}

/* RECORD.FIELD */
static void split_field(struct reader *r, struct ir_node *node)
{
    const char *text = word(r), *dot = strchr(text, '.');
    g_autofree char *record = g_strndup(text, (gsize)(dot - text));

    node->str = g_intern_string(dot + 1);
    node->str2 = g_intern_string(record);
}

static struct ir_node *member(struct reader *r, unsigned flags)
{
    struct ir_node *node = make(r, IR_MEMBER);

    node->flags = flags;
    node->kids = expression(r);
    split_field(r, node);
    return node;
}

static struct ir_node *init(struct reader *r, unsigned flags)
{
    struct ir_node *node = make(r, IR_INIT), **link = &node->kids;
    const char *text;

    node->flags = flags;
    node->str2 = word(r);
    while (!at(r, ')')) {
        expect(r, '(');
        text = word(r);
        *link = make(r, *text == '[' ? IR_INIT_INDEX : IR_INIT_FIELD);
        if (*text == '[') {
            (*link)->value = g_ascii_strtoll(text + 1, NULL, 0);
            (*link)->value2 = (*link)->value;
        } else {
            (*link)->str = text + 1;
        }
        (*link)->kids = expression(r);
        expect(r, ')');
        link = &(*link)->next;
    }
    return node;
}

static struct ir_node *declaration(struct reader *r, unsigned flags)
{
    struct ir_node *node = make(r, IR_DECL);

    node->flags = flags;
    node->str2 = word(r);
    node->str = word(r);
    node->kids = or_none(r);
    return node;
}

static struct ir_node *if_statement(struct reader *r)
{
    struct ir_node *node = make(r, IR_IF);

    node->kids = expression(r);
    node->kids->next = expression(r);
    node->kids->next->next = or_none(r);
    return node;
}

static struct ir_node *typed(struct reader *r, enum ir_kind kind)
{
    struct ir_node *node = make(r, kind);

    node->str2 = word(r);
    return node;
}

static struct ir_node *named_form(struct reader *r, const char *name)
{
    static const struct {
        const char *name;
        enum ir_kind kind;
    } plain[] = {
        { "call", IR_CALL }, { "at", IR_INDEX }, { "addr", IR_ADDR },
        { "deref", IR_DEREF }, { "?", IR_COND }, { "block", IR_BLOCK },
        { "for", IR_FOR }, { "while", IR_WHILE }, { "switch", IR_SWITCH },
        { "case", IR_CASE }, { "default", IR_DEFAULT },
        { "return", IR_RETURN }, { "break", IR_BREAK },
        { "continue", IR_CONTINUE },
    };
    struct ir_node *node;

    for (size_t i = 0; i < G_N_ELEMENTS(plain); i++) {
        if (!strcmp(name, plain[i].name)) {
            return kids(r, make(r, plain[i].kind));
        }
    }
    if (!strcmp(name, "init") || !strcmp(name, "literal")) {
        return init(r, *name == 'l' ? IR_F_LITERAL : 0);
    } else if (!strcmp(name, "->") || !strcmp(name, ".")) {
        return member(r, *name == '-' ? IR_F_ARROW : 0);
    } else if (!strcmp(name, "decl") || !strcmp(name, "static")) {
        return declaration(r, *name == 's' ? IR_F_STATIC : 0);
    } else if (!strcmp(name, "if")) {
        return if_statement(r);
    } else if (!strcmp(name, "cast")) {
        return kids(r, typed(r, IR_CAST));
    } else if (!strcmp(name, "sizeof")) {
        node = typed(r, IR_SIZEOF);
        node->value = g_ascii_strtoll(word(r), NULL, 0);
        return node;
    } else if (!strcmp(name, "offsetof")) {
        node = make(r, IR_OFFSETOF);
        split_field(r, node);
        node->value = g_ascii_strtoll(word(r), NULL, 0);
        return node;
    } else if (!strcmp(name, "unknown")) {
        node = make(r, IR_UNKNOWN);
        node->str = word(r);
        return node;
    }
    return NULL;
}

static struct ir_node *operation(struct reader *r, const char *name)
{
    static const struct {
        const char *name;
        enum ir_op unary, binary;
    } operators[] = {
        { "+", IR_OP_PLUS, IR_OP_ADD }, { "-", IR_OP_MINUS, IR_OP_SUB },
        { "*", IR_OP_NONE, IR_OP_MUL }, { "/", IR_OP_NONE, IR_OP_DIV },
        { "%", IR_OP_NONE, IR_OP_REM }, { "<<", IR_OP_NONE, IR_OP_SHL },
        { ">>", IR_OP_NONE, IR_OP_SHR }, { "<", IR_OP_NONE, IR_OP_LT },
        { ">", IR_OP_NONE, IR_OP_GT }, { "<=", IR_OP_NONE, IR_OP_LE },
        { ">=", IR_OP_NONE, IR_OP_GE }, { "==", IR_OP_NONE, IR_OP_EQ },
        { "!=", IR_OP_NONE, IR_OP_NE }, { "&", IR_OP_NONE, IR_OP_AND },
        { "|", IR_OP_NONE, IR_OP_OR }, { "^", IR_OP_NONE, IR_OP_XOR },
        { "&&", IR_OP_NONE, IR_OP_LAND }, { "||", IR_OP_NONE, IR_OP_LOR },
        { "!", IR_OP_LNOT, IR_OP_NONE }, { "~", IR_OP_NOT, IR_OP_NONE },
        { "++", IR_OP_POSTINC, IR_OP_NONE },
        { "--", IR_OP_POSTDEC, IR_OP_NONE },
        { "=", IR_OP_NONE, IR_OP_ASSIGN },
        { "+=", IR_OP_NONE, IR_OP_ADD_ASSIGN },
        { "|=", IR_OP_NONE, IR_OP_OR_ASSIGN },
    };
    struct ir_node *node = kids(r, make(r, IR_UNARY));
    bool binary = ir_n_kids(node) == 2;

    for (size_t i = 0; i < G_N_ELEMENTS(operators); i++) {
        enum ir_op op = binary ? operators[i].binary : operators[i].unary;

        if (!strcmp(name, operators[i].name) && op != IR_OP_NONE) {
            node->kind = binary ? IR_BINARY : IR_UNARY;
            node->op = op;
            return node;
        }
    }
    g_error("line %u: unknown form '%s'", r->line, name);
}

static struct ir_node *expression(struct reader *r)
{
    struct ir_node *node;
    const char *name;

    if (!at(r, '(')) {
        return atom(r);
    }
    expect(r, '(');
    name = word(r);
    node = named_form(r, name);
    if (!node) {
        node = operation(r, name);
    }
    expect(r, ')');
    return node;
}

/* --- Symbols ------------------------------------------------------------- */

static const char *const *params(struct reader *r)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    const char *const *copy;

    expect(r, '(');
    while (!at(r, ')')) {
        g_ptr_array_add(names, (gpointer)(uintptr_t)word(r));
    }
    expect(r, ')');
    g_ptr_array_add(names, NULL);
    copy = (const char *const *)g_ptr_array_free(g_steal_pointer(&names),
                                                 false);
    return copy;
}

static void record_fields(struct reader *r, struct ir_node *block)
{
    struct ir_node **link = &block->kids;

    while (!at(r, ')')) {
        expect(r, '(');
        *link = make(r, IR_DECL);
        (*link)->str2 = word(r);
        (*link)->str = word(r);
        link = &(*link)->next;
        expect(r, ')');
    }
}

static void add_symbol(struct reader *r)
{
    struct ir_symbol symbol = { .loc = { 0, r->line, 1 } };
    struct ir_node *node = make(r, IR_BLOCK);
    const char *form = word(r);

    if (g_str_has_prefix(form, "static-")) {
        symbol.flags = IR_F_STATIC;
        form += strlen("static-");
    }
    if (!strcmp(form, "function")) {
        symbol.kind = IR_SYM_FUNCTION;
        symbol.name = word(r);
        symbol.params = params(r);
        kids(r, node);
    } else if (!strcmp(form, "variable")) {
        symbol.kind = IR_SYM_VARIABLE;
        symbol.type = word(r);
        symbol.name = word(r);
        node = or_none(r);
    } else if (!strcmp(form, "record")) {
        symbol.kind = IR_SYM_RECORD;
        symbol.name = word(r);
        record_fields(r, node);
    } else {
        g_error("line %u: unknown symbol '%s'", r->line, form);
    }
    symbol.end = (struct ir_loc){ 0, r->line, 1 };
    ir_builder_add_symbol(r->b, &symbol, node);
    g_free((gpointer)(uintptr_t)symbol.params);
}

struct ir_unit *ir_unit_from_text(const char *path, uint64_t targets,
                                  const char *text)
{
    g_autoptr(IrBuilder) b = ir_builder_new(path, targets);
    struct reader reader = { .b = b, .p = text, .line = 1 };
    g_autoptr(GBytes) bytes = NULL;

    while (!at(&reader, '\0')) {
        expect(&reader, '(');
        add_symbol(&reader);
        expect(&reader, ')');
    }
    bytes = ir_builder_finish(b);
    return ir_unit_new(bytes);
}
