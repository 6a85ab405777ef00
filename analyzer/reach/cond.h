/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Conditions over configuration symbols, as Kconfig, meson.build and
 * Makefile.objs spell them.
 */
#ifndef QCOMPAT_REACH_COND_H
#define QCOMPAT_REACH_COND_H

#include <glib.h>
#include <stdbool.h>

/* The number of a condition; of a symbol: its place among the names. */
typedef guint cond;

#define COND_TRUE 0u

struct conds {
    GArray *nodes;
    GStringChunk *texts;
    GPtrArray *names;        /* const char *, in TEXTS; by symbol */
    GHashTable *symbols;     /* name → symbol + 1 */
};

/* What the symbols are worth.  FIXED ones are known for good; the others are
 * only known to be on, or not to be so yet. */
struct values {
    guint8 *on, *fixed;      /* by symbol */
    struct origin *origins;  /* by symbol */
};

/* Why a symbol is on. */
enum origin_kind {
    BY_NOTHING, BY_BOARD, BY_SELECT, BY_IMPLY, BY_DEFAULT
};

struct origin {
    enum origin_kind kind;
    guint from;              /* the symbol that selects or implies it */
    cond when;               /* of a default */
};

struct conds *conds_new(void);
void conds_free(struct conds *conds);

/* The symbol NAME, without CONFIG_; made where there is none. */
guint conds_symbol(struct conds *conds, const char *name);
const char *conds_name(const struct conds *conds, guint symbol);

cond cond_symbol(struct conds *conds, const char *name);
cond cond_not(struct conds *conds, cond a);
/* A tree that gets too deep to be true is taken for true. */
cond cond_and(struct conds *conds, cond a, cond b);
cond cond_or(struct conds *conds, cond a, cond b);

/* Whether C can hold: a symbol that is neither fixed nor on yet satisfies its
 * negation. */
bool cond_holds(const struct conds *conds, cond c,
                const struct values *values);

/* Adds the symbols that C asks for, not those it negates, to SYMBOLS
 * (guint). */
void cond_wanted(const struct conds *conds, cond c, GArray *symbols);

#endif
