/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The walk behind effects.h; private to this directory. */
#ifndef QCOMPAT_EFFECTS_WALK_H
#define QCOMPAT_EFFECTS_WALK_H

#include "effects/effects.h"

/* Limits on hostile input. */
enum {
    WALK_MAX_DEPTH = 24,         /* calls */
    WALK_MAX_NESTING = 300,      /* expressions and statements */
    WALK_MAX_STEPS = 200000,
    WALK_MAX_TEXT = 160,         /* of a symbolic value */
    WALK_MAX_LOOP = 64,          /* turns of a loop that is followed */
    WALK_MAX_BYTES = 4096,       /* that one call may write */
};

/* What the name of an object begins with that the code makes. */
#define WALK_ANOTHER "another "

/*
 * A value.  A number where `text` and `space` are NULL, `number` then says
 * which bits are known; else a place in config space, or something that has
 * only a name; either plus `offset`.
 */
struct sym {
    struct bits number;
    const char *space;
    const char *text;            /* NULL in a space: nothing is added */
    int64_t offset;
    const char *spelling;        /* what the author wrote, or NULL */
};

struct frame {
    const struct code_function *function;
    GHashTable *locals;          /* name → struct sym * */
    struct sym result;
    bool has_result;
};

struct walker {
    const struct code *world;
    const struct effects_query *query;
    struct effects *out;
    GHashTable *seen;            /* key → struct effect *: bytes */
    GHashTable *heap;            /* "Record.field" → struct sym * */
    GPtrArray *guards;           /* const char * */
    struct frame *frame;
    const char *entry;           /* where the walk began; "" = the class */
    struct ir_loc loc;
    unsigned steps, depth, nesting;
};

enum flow { FLOW_NEXT, FLOW_BREAK, FLOW_CONTINUE, FLOW_RETURN };

/* value.c */
const char *walk_string(struct walker *w, const char *text);
void *walk_alloc(struct walker *w, size_t size);
static inline struct sym sym_number(uint64_t n)
{
    return (struct sym) { .number = { n, UINT64_MAX } };
}
struct sym sym_text(struct walker *w, const char *format, ...)
    G_GNUC_PRINTF(2, 3);
static inline bool sym_is_number(const struct sym *v)
{
    return !v->text && !v->space;
}
static inline bool sym_is_known(const struct sym *v)
{
    return sym_is_number(v) && v->number.known == UINT64_MAX;
}
/* 1, 0, or -1 where it is not known. */
int sym_truth(const struct sym *v);
/* The same text for the same value. */
const char *sym_to_text(struct walker *w, const struct sym *v);
struct sym sym_binary(struct walker *w, enum ir_op op, struct sym a,
                      struct sym b);
struct sym sym_unary(struct walker *w, enum ir_op op, struct sym a);
bool sym_same(struct walker *w, const struct sym *a, const struct sym *b);

/* eval.c */
struct sym walk_eval(struct walker *w, const struct ir_node *node);
void walk_assign(struct walker *w, const struct ir_node *to, struct sym v);
bool walk_step(struct walker *w);
/* What properties and classes say of a field; false: nothing. */
bool walk_field(struct walker *w, const char *record, const char *path,
                struct sym *ret);

/* pure.c: false where NAME is none of them or arguments are not known. */
bool walk_pure(const char *name, const struct sym *args, unsigned n,
               struct sym *ret);

/* exec.c */
enum flow walk_exec(struct walker *w, const struct ir_node *node);
struct sym walk_call(struct walker *w, const struct code_function *function,
                     const struct sym *args, unsigned n);

/* visible.c: what a guest sees of a call or an assignment. */
/* Whether NAME is known; *ret is what it returns. */
bool visible_call(struct walker *w, const char *name,
                  const struct ir_node *node, const struct sym *args,
                  unsigned n, struct sym *ret);
/* A capability helper whose body is not known. */
void visible_helper(struct walker *w, const char *name,
                    const struct sym *args, unsigned n);
bool visible_is_helper(const char *name);
/* SIZE bytes at TO; OP: IR_OP_ASSIGN, IR_OP_OR_ASSIGN, IR_OP_AND_ASSIGN. */
void visible_write(struct walker *w, const struct sym *to, enum ir_op op,
                   const struct sym *v, unsigned size, const char *name);
void visible_any(struct walker *w, const char *place, const char *value);
/* EXACT: the object's type and the value are known. */
void visible_setting(struct walker *w, const char *place, const char *value,
                     bool exact);
void visible_feature(struct walker *w, unsigned bit, bool on);

/* settings.c: objects that code makes.  False where NAME does not make or set
 * anything that is known. */
bool setting_make(struct walker *w, const char *name, const struct sym *args,
                  unsigned n, struct sym *ret);
bool setting_set(struct walker *w, const char *name, const struct sym *args,
                 unsigned n);

#endif
