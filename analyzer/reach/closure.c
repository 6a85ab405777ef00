/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What one board switches on: the symbols that follow from its own, as if it
 * were the only board of its target.
 */
#include "reach/kconfig.h"

#include <string.h>

/* Real trees settle after a handful. */
#define MAX_ROUNDS 1000

struct closure {
    const struct kconfig *kconfig;
    struct values *values;
    GArray *todo;            /* symbols whose selects are to be followed */
};

/* Host features that a Linux build of the system emulators lacks; Xen runs
 * versioned machine types on x86 only. */
static bool is_missing(const char *name, target_set targets)
{
    static const char *const names[] = {
        "ALL", "BSD", "BSD_USER", "DARWIN", "FUZZ", "HAIKU", "HAVE_RUST",
        "HAX", "HVF", "LINUX_USER", "NVMM", "USER_ONLY", "WHPX", "WIN32",
    };

    for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
        if (!strcmp(names[i], name)) {
            return true;
        }
    }
    return !strcmp(name, "XEN") &&
           !(targets & (target_bit("i386") | target_bit("x86_64")));
}

static void switch_on(struct closure *c, guint symbol, struct origin origin)
{
    if (!c->values->on[symbol] && !c->values->fixed[symbol]) {
        c->values->on[symbol] = 1;
        c->values->origins[symbol] = origin;
        g_array_append_val(c->todo, symbol);
    }
}

static bool holds(const struct closure *c, cond when)
{
    return cond_holds(c->kconfig->conds, when, c->values);
}

static void follow_selects(struct closure *c, guint from,
                           const struct config *config)
{
    for (guint i = 0; i < config->selects->len; i++) {
        const struct clause *clause =
            &g_array_index(config->selects, struct clause, i);

        if (holds(c, clause->when)) {
            switch_on(c, clause->symbol,
                      (struct origin){ BY_SELECT, from, COND_TRUE });
        }
    }
}

static void follow_todo(struct closure *c)
{
    while (c->todo->len) {
        guint symbol = g_array_index(c->todo, guint, c->todo->len - 1);
        const struct config *config = kconfig_config(c->kconfig, symbol);

        g_array_set_size(c->todo, c->todo->len - 1);
        if (config) {
            follow_selects(c, symbol, config);
        }
    }
}

/* Whether SYMBOL may come on by itself. */
static bool may_default(const struct closure *c, guint symbol)
{
    const struct config *config = kconfig_config(c->kconfig, symbol);

    return config && !c->values->on[symbol] &&
           !g_hash_table_contains(c->kconfig->boards,
                                  GUINT_TO_POINTER(symbol + 1)) &&
           holds(c, config->depends);
}

static void follow_implies(struct closure *c, guint from,
                           const struct config *config)
{
    for (guint i = 0; i < config->implies->len; i++) {
        const struct clause *clause =
            &g_array_index(config->implies, struct clause, i);

        if (holds(c, clause->when) && may_default(c, clause->symbol)) {
            switch_on(c, clause->symbol,
                      (struct origin){ BY_IMPLY, from, COND_TRUE });
        }
    }
}

static void follow_defaults(struct closure *c, guint symbol,
                            const struct config *config)
{
    for (guint i = 0; i < config->defaults->len; i++) {
        const struct clause *clause =
            &g_array_index(config->defaults, struct clause, i);

        if (may_default(c, symbol) && holds(c, clause->when)) {
            switch_on(c, symbol,
                      (struct origin){ BY_DEFAULT, symbol,
                                       clause->when });
        }
    }
}

static guint count_on(const struct closure *c)
{
    guint n = 0;

    for (guint i = 0; i < c->kconfig->conds->names->len; i++) {
        n += c->values->on[i];
    }
    return n;
}

/* Looks at everything once; whether something came of it. */
static bool sweep(struct closure *c)
{
    guint before = count_on(c);

    for (guint i = 0; i < c->kconfig->conds->names->len; i++) {
        const struct config *config = kconfig_config(c->kconfig, i);

        if (config && c->values->on[i]) {
            follow_selects(c, i, config);
            follow_implies(c, i, config);
        } else if (config) {
            follow_defaults(c, i, config);
        }
    }
    follow_todo(c);
    return count_on(c) > before;
}

/* Targets and hosts are known beforehand. */
static void fix(const struct closure *c, guint symbol, target_set targets)
{
    const char *name = conds_name(c->kconfig->conds, symbol);
    target_set set;

    if (kconfig_is_target(c->kconfig, symbol, &set)) {
        c->values->fixed[symbol] = 1;
        c->values->on[symbol] = (set & targets) != 0;
    } else if (is_missing(name, targets)) {
        c->values->fixed[symbol] = 1;
    } else if (!kconfig_is_device(c->kconfig, symbol)) {
        c->values->fixed[symbol] = 1;
        c->values->on[symbol] = 1;
    }
}

void kconfig_close(const struct kconfig *kconfig, const GArray *seeds,
                   target_set targets, struct values *ret)
{
    guint n = kconfig->conds->names->len;
    g_autoptr(GArray) todo = g_array_new(FALSE, FALSE, sizeof(guint));
    struct closure c = { kconfig, ret, todo };

    ret->on = g_new0(guint8, n);
    ret->fixed = g_new0(guint8, n);
    ret->origins = g_new0(struct origin, n);
    for (guint i = 0; i < n; i++) {
        fix(&c, i, targets);
    }
    for (guint i = 0; i < seeds->len; i++) {
        switch_on(&c, g_array_index(seeds, guint, i),
                  (struct origin){ BY_BOARD, 0, COND_TRUE });
    }
    follow_todo(&c);
    for (guint i = 0; i < MAX_ROUNDS && sweep(&c); i++) {
        continue;
    }
}

void values_clear(struct values *values)
{
    g_clear_pointer(&values->on, g_free);
    g_clear_pointer(&values->fixed, g_free);
    g_clear_pointer(&values->origins, g_free);
}
