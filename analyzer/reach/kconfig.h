/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Kconfig as QEMU's minikconf reads it, and what a board switches on.
 */
#ifndef QCOMPAT_REACH_KCONFIG_H
#define QCOMPAT_REACH_KCONFIG_H

#include "model/facts.h"
#include "reach/cond.h"

struct clause {
    guint symbol;            /* of select and imply */
    cond when;
};

struct config {
    bool is_host;
    cond depends;
    GArray *selects, *implies, *defaults;    /* struct clause */
};

struct kconfig {
    struct conds *conds;     /* shared with the build files */
    GPtrArray *configs;      /* by symbol: struct config *, or NULL */
    GHashTable *targets;     /* target_symbols_new() */
    GHashTable *boards;      /* symbols (+ 1) of boards: only a select enters
                                them */
};

struct kconfig *kconfig_new(struct conds *conds);
void kconfig_free(struct kconfig *kconfig);

/* Reads one Kconfig file; IS_HOST: its symbols are what the host offers. */
void kconfig_read(struct kconfig *kconfig, const char *text, bool is_host);
/* What the Kconfig files say of SYMBOL, NULL: nothing. */
const struct config *kconfig_config(const struct kconfig *kconfig,
                                    guint symbol);
/* Whether SYMBOL is one that a board switches on, no feature of the host. */
bool kconfig_is_device(const struct kconfig *kconfig, guint symbol);
/* For trees without Kconfig: SYMBOL is one that a board switches on. */
void kconfig_declare(struct kconfig *kconfig, guint symbol);

/*
 * Everything that is switched on with SEEDS (symbols, guint) for TARGETS, on
 * a Linux host that offers all it can.
 */
void kconfig_close(const struct kconfig *kconfig, const GArray *seeds,
                   target_set targets, struct values *ret);
void values_clear(struct values *values);

/* The targets whose symbol SYMBOL is ("ARM", "TARGET_ARM", and "@arm" for
 * their directory); false where it is no such symbol. */
bool kconfig_is_target(const struct kconfig *kconfig, guint symbol,
                       target_set *ret);
/* target.c: name → target_set *. */
GHashTable *target_symbols_new(void);

/* The name of the directory that TARGET's code is in: "i386" of x86_64. */
const char *target_base(const char *target);
/* Whether NAME is that of some target's directory. */
bool is_target_base(const char *name);

#endif
