/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The commands of qcompat.  main.c owns the table; each cmd-*.c is one or two
 * of its rows.  Only these files speak to the user.
 */
#ifndef QCOMPAT_COMMAND_H
#define QCOMPAT_COMMAND_H

#include "options.h"

/* Exit status; where several apply, ERROR beats FINDINGS beats INCOMPLETE. */
enum status {
    STATUS_CLEAN = 0,
    STATUS_FINDINGS = 1,     /* at or above --fail-on */
    STATUS_ERROR = 2,        /* usage, configuration, git */
    STATUS_INCOMPLETE = 3,   /* the analysis has gaps where it matters */
};

struct command {
    const char *name;
    const char *operands;    /* as the usage line shows them */
    const char *summary;     /* one line, for the list of commands */
    const char *description; /* below the options in --help */
    unsigned option_sets;    /* OPTIONS_* it understands */
    unsigned max_operands;
    /* Returns STATUS_ERROR exactly where it sets the error. */
    enum status (*run)(const struct options *options, GError **error);
};

/* All commands, in the order in which they are listed. */
guint commands_all(const struct command **ret);

enum status cmd_check(const struct options *options, GError **error);
enum status cmd_accept(const struct options *options, GError **error);
enum status cmd_completions(const struct options *options, GError **error);
enum status cmd_hook(const struct options *options, GError **error);
enum status cmd_facts(const struct options *options, GError **error);
enum status cmd_diff(const struct options *options, GError **error);
enum status cmd_rules(const struct options *options, GError **error);
enum status cmd_show(const struct options *options, GError **error);
enum status cmd_audit(const struct options *options, GError **error);
enum status cmd_verify(const struct options *options, GError **error);
enum status cmd_changelog(const struct options *options, GError **error);
enum status cmd_cache(const struct options *options, GError **error);
enum status cmd_matrix(const struct options *options, GError **error);
enum status cmd_explain(const struct options *options, GError **error);

#endif
