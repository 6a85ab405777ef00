/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * .qcompat.ini: what a project has decided for everybody who checks it.
 */
#ifndef QCOMPAT_ACCEPT_CONFIG_H
#define QCOMPAT_ACCEPT_CONFIG_H

#include "model/finding.h"

/* RULE = LEVEL; the rule may be a glob. */
struct config_level {
    char *rule;
    enum severity level;
};

/* Findings of a rule (a glob) that lie below PATHS (globs) are no news. */
struct config_ignore {
    char *rule;
    char **paths;
};

struct config {
    char *base;              /* what HEAD is compared with, or NULL */
    char **arrays;           /* patterns (PCRE2) of names of compat arrays
                                whose version is not QEMU's; or NULL */
    GPtrArray *levels;       /* struct config_level * */
    GPtrArray *ignores;      /* struct config_ignore * */
};

/* TEXT is what NAME holds.  Groups, keys, rules (N of them at RULES) and
 * levels that do not exist are errors. */
struct config *config_parse(const char *text, const char *name,
                            const char *const *rules, guint n,
                            GError **error);
void config_free(struct config *config);
typedef struct config Config;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Config, config_free)

bool config_ignores(const struct config *config,
                    const struct finding *finding);

/* Takes the arrays of FACTS that the patterns name for a downstream's. */
bool config_mark_arrays(const struct config *config, struct facts *facts,
                        GError **error);

#endif
