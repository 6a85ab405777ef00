/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Intermediate representation of what a translation unit says.
 *
 * The extractor (libclang, in a sandboxed worker) lowers the variables and
 * functions that matter into these trees; the QOM evaluator (qom/) runs
 * QEMU's registration code on them.  A unit travels between processes and
 * into the cache as bytes and names nothing of clang.
 *
 * Expressions that clang can evaluate arrive as IR_INT with their spelling.
 * Whatever is not understood is IR_UNKNOWN with its spelling: never a guess.
 */
#ifndef QCOMPAT_IR_IR_H
#define QCOMPAT_IR_IR_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

enum ir_kind {
    IR_NONE,           /* an absent kid (no else branch, no initialiser) */

    /* Expressions */
    IR_UNKNOWN,        /* str: spelling */
    IR_INT,            /* value; IR_F_UNSIGNED; str: spelling unless a plain
                          literal; may have one kid: the expression that was
                          evaluated, where it refers to something */
    IR_STRING,         /* str: contents */
    IR_REF,            /* str: identifier; flags IR_F_LOCAL (variable or
                          parameter of the function), IR_F_STATIC (internal
                          linkage: resolve in this unit first), IR_F_FUNCTION;
                          str2: spelled type */
    IR_MEMBER,         /* str: field, str2: record type; kid: base;
                          IR_F_ARROW: base is a pointer */
    IR_INDEX,          /* kids: base, index */
    IR_ADDR,           /* &kid */
    IR_DEREF,          /* *kid */
    IR_CALL,           /* kids: callee, then arguments */
    IR_UNARY,          /* op: enum ir_op; kid */
    IR_BINARY,         /* op; kids: left, right.  Assignments included */
    IR_COND,           /* kids: condition, then, else; then is IR_NONE in
                          GNU's a ?: b */
    IR_CAST,           /* str2: spelled type; kid.  Only explicit casts */
    IR_SIZEOF,         /* value; str2: spelled type */
    IR_OFFSETOF,       /* value; str2: record type, str: field path; kid,
                          where the record is called otherwise than str2 and
                          members say: IR_REF, its name */
    IR_INIT,           /* initialiser list; str2: type; kids: IR_INIT_FIELD or
                          IR_INIT_INDEX, in source order.  Also compound
                          literals, then with IR_F_LITERAL.  str, of a row of
                          a table of properties: the names of the targets that
                          have it where an #if leaves it to some */
    IR_INIT_FIELD,     /* str: field path ("parent", "defval.u"), resolved
                          for positional initialisers too; kid */
    IR_INIT_INDEX,     /* value: first index, value2: last (GNU range); kid */
    IR_STMT_EXPR,      /* ({ … }); kid: block */

    /* Statements */
    IR_BLOCK,          /* kids */
    IR_DECL,           /* local variable: str name, str2 type; kid: initialiser
                          or IR_NONE; IR_F_STATIC for static locals */
    IR_IF,             /* kids: condition, then, else or IR_NONE */
    IR_FOR,            /* kids: init, condition, increment, body (IR_NONE) */
    IR_WHILE,          /* kids: condition, body */
    IR_DO,             /* kids: body, condition */
    IR_SWITCH,         /* kids: value, body */
    IR_CASE,           /* kids: value, statement */
    IR_DEFAULT,        /* kid: statement */
    IR_RETURN,         /* kid or IR_NONE */
    IR_BREAK,
    IR_CONTINUE,
    IR_GOTO,           /* str: label */
    IR_LABEL,          /* str; kid: statement */
    IR_N_KINDS
};

enum ir_op {
    IR_OP_NONE,
    /* unary */
    IR_OP_PLUS, IR_OP_MINUS, IR_OP_NOT, IR_OP_LNOT,
    IR_OP_PREINC, IR_OP_PREDEC, IR_OP_POSTINC, IR_OP_POSTDEC,
    /* binary */
    IR_OP_MUL, IR_OP_DIV, IR_OP_REM, IR_OP_ADD, IR_OP_SUB, IR_OP_SHL,
    IR_OP_SHR, IR_OP_LT, IR_OP_GT, IR_OP_LE, IR_OP_GE, IR_OP_EQ, IR_OP_NE,
    IR_OP_AND, IR_OP_XOR, IR_OP_OR, IR_OP_LAND, IR_OP_LOR, IR_OP_COMMA,
    IR_OP_ASSIGN, IR_OP_MUL_ASSIGN, IR_OP_DIV_ASSIGN, IR_OP_REM_ASSIGN,
    IR_OP_ADD_ASSIGN, IR_OP_SUB_ASSIGN, IR_OP_SHL_ASSIGN, IR_OP_SHR_ASSIGN,
    IR_OP_AND_ASSIGN, IR_OP_XOR_ASSIGN, IR_OP_OR_ASSIGN,
    IR_N_OPS
};

enum ir_flags {
    IR_F_UNSIGNED = 1 << 0,
    IR_F_LOCAL    = 1 << 1,
    IR_F_STATIC   = 1 << 2,
    IR_F_FUNCTION = 1 << 3,
    IR_F_ARROW    = 1 << 4,
    IR_F_LITERAL  = 1 << 5,
};

/* Where a node stands; `file` indexes the unit's file table. */
struct ir_loc {
    unsigned file, line, column;
};

struct ir_node {
    enum ir_kind kind;
    enum ir_op op;
    unsigned flags;
    int64_t value, value2;
    const char *str, *str2;      /* interned, or NULL */
    struct ir_loc loc;           /* of the expansion: where the user reads it;
                                    a node without one has its parent's */
    struct ir_node *kids;        /* first kid */
    struct ir_node *next;        /* next sibling */
};

/* The N-th kid from 0, NULL where there is none. */
static inline const struct ir_node *ir_kid(const struct ir_node *node,
                                           unsigned n)
{
    const struct ir_node *kid = node ? node->kids : NULL;

    while (kid && n--) {
        kid = kid->next;
    }
    return kid;
}

unsigned ir_n_kids(const struct ir_node *node);

/* The initialiser of FIELD in an IR_INIT ("name", "defval.u"), the last where
 * there are several; NULL where the list does not name it. */
const struct ir_node *ir_init_field(const struct ir_node *init,
                                    const char *field);

/* C-like text of an expression, for messages and tests; free it. */
char *ir_to_text(const struct ir_node *node);

enum ir_symbol_kind {
    IR_SYM_FUNCTION,   /* node: IR_BLOCK, the body */
    IR_SYM_VARIABLE,   /* node: the initialiser, or IR_NONE */
    IR_SYM_RECORD,     /* node: IR_BLOCK of IR_DECL: fields with str name,
                          str2 type, value: offset in bits, value2: size in
                          bits (-1 unknown) */
    IR_SYM_USES,       /* a function that is not lowered for it: node: IR_BLOCK
                          of IR_REF: the VMStateDescriptions that it hands to
                          others; type: "register" for a section of its own,
                          "save" for a part of another */
};

struct ir_symbol {
    enum ir_symbol_kind kind;
    unsigned flags;              /* IR_F_STATIC: internal linkage */
    const char *name;
    const char *type;            /* spelled: result of a function, type of a
                                    variable */
    const char *const *params;   /* functions: NULL-terminated names */
    struct ir_loc loc, end;      /* end: the closing brace */
    const char *condition;       /* the #if it sits under, or NULL */
};

struct ir_unit;

struct ir_gap {
    struct ir_loc loc;
    const char *reason;
};

/* --- Reading.  A unit is immutable; bodies are decoded on first use. ---- */

/* Takes a reference to BYTES.  NULL where they are no unit (damaged cache). */
struct ir_unit *ir_unit_new(GBytes *bytes);
void ir_unit_free(struct ir_unit *unit);
typedef struct ir_unit IrUnit;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(IrUnit, ir_unit_free)

const char *ir_unit_path(const struct ir_unit *unit);
/* Targets it was read for: a target_set of model/facts.h, 0 = common. */
uint64_t ir_unit_targets(const struct ir_unit *unit);
unsigned ir_unit_n_symbols(const struct ir_unit *unit);
const struct ir_symbol *ir_unit_symbol(const struct ir_unit *unit,
                                       unsigned i);
/* The body or initialiser of symbol I; owned by the unit. */
const struct ir_node *ir_unit_node(struct ir_unit *unit, unsigned i);
/* Whether somebody has asked for it. */
bool ir_unit_is_read(const struct ir_unit *unit, unsigned i);
/*
 * Whether whoever has read A and never looked elsewhere in it would read the
 * same from B, but for where things stand: all symbols are declared alike, and
 * the bodies that were read of A are those of B.
 */
bool ir_unit_same_where_read(struct ir_unit *a, struct ir_unit *b);
/*
 * The same for an A that was read in another process: READ tells of each of
 * its symbols, N, whether it was.  Adds to LINES where each line of A's own
 * file is in B's (GINT_TO_POINTER, both ways); false too where a line has
 * become several, or a column is another one.
 */
bool ir_unit_has_moved(struct ir_unit *a, struct ir_unit *b,
                       const guint8 *read, gsize n, GHashTable *lines);
/* Whether WORD is in a string of UNIT: a name, a text that was not understood. */
bool ir_unit_mentions(const struct ir_unit *unit, const char *word);
unsigned ir_unit_n_gaps(const struct ir_unit *unit);
struct ir_gap ir_unit_gap(const struct ir_unit *unit, unsigned i);
/* Path of a file of the unit (locations), never NULL. */
const char *ir_unit_file(const struct ir_unit *unit, unsigned file);
/* Files that the parser read for it, the unit's own first: its inputs. */
unsigned ir_unit_n_files(const struct ir_unit *unit);

/* --- Building, in the worker. ------------------------------------------ */

struct ir_builder;

struct ir_builder *ir_builder_new(const char *path, uint64_t targets);
void ir_builder_free(struct ir_builder *builder);
typedef struct ir_builder IrBuilder;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(IrBuilder, ir_builder_free)

/* Nodes live as long as the builder; symbols are copied. */
struct ir_node *ir_node_new(struct ir_builder *builder, enum ir_kind kind);
/* Index of PATH in the file table; the unit's own path is 0. */
unsigned ir_builder_file(struct ir_builder *builder, const char *path);
void ir_builder_add_symbol(struct ir_builder *builder,
                           const struct ir_symbol *symbol,
                           const struct ir_node *node);
void ir_builder_add_gap(struct ir_builder *builder, struct ir_loc loc,
                        const char *reason);
/* The bytes of the unit; the builder stays usable for freeing only. */
GBytes *ir_builder_finish(struct ir_builder *builder);

#endif
