/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Shared by the lower-*.c files: one unit being lowered. */
#ifndef QCOMPAT_EXTRACT_LOWER_INTERNAL_H
#define QCOMPAT_EXTRACT_LOWER_INTERNAL_H

#include "extract/clang-auto.h"
#include "extract/lower.h"

struct lower {
    const struct lower_options *options;
    CXTranslationUnit tu;
    struct ir_builder *builder;
    GHashTable *seen;        /* CXCursor of a definition, queued once */
    GQueue queue;            /* CXCursor *, definitions still to lower */
    GHashTable *records;     /* names of records already written */
    GArray *ranges;          /* struct lower_range of the unit's own file */
    GArray *target_lines;    /* target-lines.h, of the unit's own file; NULL:
                                not asked for yet */
    unsigned depth;          /* of expressions, against hostile nesting */
    bool missed;             /* a body is wanted that was left out */
    bool hook;               /* a function that is named here is called */
};

/* Lines of a top-level declaration, and whether it was lowered. */
struct lower_range {
    CXCursor cursor;
    unsigned first, last;
    bool function;
};

/* lower-expr.c */
struct ir_node *lower_expr(struct lower *l, CXCursor c);
struct ir_node *lower_new(struct lower *l, enum ir_kind kind);
void lower_append(struct ir_node *parent, struct ir_node *kid);

/* lower-init.c: IR_INIT of an InitListExpr. */
struct ir_node *lower_init_list(struct lower *l, CXCursor c);
/* As C spells TYPE, where it stands left out; interned. */
const char *lower_type_text(CXType type);
/* "VirtIOBlock" of "struct VirtIOBlock", interned. */
const char *lower_type_name(CXType type);
/* Writes IR_SYM_RECORD of a struct, once. */
void lower_record(struct lower *l, CXType type);

/* lower-stmt.c */
struct ir_node *lower_stmt(struct lower *l, CXCursor c);

/* lower-vmstate.c */
/* Whether FIELD of a migration stream's struct TYPE says nothing about what is
 * in the stream. */
bool lower_skips_field(const char *type, const char *field);
/* Writes IR_SYM_USES of a function of the unit's own file that names
 * descriptions of migration streams in its calls. */
void lower_uses(struct lower *l, CXCursor function);

/* lower-text.c */
/* The text of C in the unit's own file, not NUL-terminated; NULL. */
const char *lower_own_text(struct lower *l, CXCursor c, gsize *ret_len);
struct ir_loc lower_loc(struct lower *l, CXSourceLocation loc);
/* What the author wrote for this expression, interned; NULL where it stands
 * in the body of a macro. */
const char *lower_spelling(struct lower *l, CXCursor c);
/* First character of the expression in the text it was spelled in. */
char lower_first_char(struct lower *l, CXCursor c);
/* The #if stack at a line of the unit's own file, interned or NULL. */
const char *lower_condition(struct lower *l, unsigned file_line);
/* The names of the targets that have what stands at LOC, interned; NULL where
 * all of them do. */
const char *lower_targets(struct lower *l, struct ir_loc loc);

/* lower.c */
/* See that the definition of this declaration is lowered too. */
void lower_want(struct lower *l, CXCursor declaration, bool called);

#endif
