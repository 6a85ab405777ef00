/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Command-line options: one table makes the parsing and the --help of every
 * command.
 */
#ifndef QCOMPAT_OPTIONS_H
#define QCOMPAT_OPTIONS_H

#include "model/finding.h"

struct command;

enum option_set {
    OPTIONS_COMMON = 1 << 0,
    OPTIONS_REPORT = 1 << 1,     /* formats and files */
    OPTIONS_LOAD = 1 << 2,       /* how facts come about */
    OPTIONS_CHECK = 1 << 3,      /* what a range is judged by */
    OPTIONS_RULES = 1 << 4,
    OPTIONS_VERIFY = 1 << 5,
    OPTIONS_SHOW = 1 << 6,
    OPTIONS_VERDICT = 1 << 7,    /* what is a finding */
    OPTIONS_FIX = 1 << 8,
    OPTIONS_MATRIX = 1 << 9,
    OPTIONS_ACCEPT = 1 << 10,
    OPTIONS_ALL = (1 << 11) - 1,
};

/* What --fix does with the repairs. */
enum fix_mode { FIX_NONE, FIX_WRITE, FIX_PRINT };

enum color_mode { COLOR_AUTO, COLOR_ALWAYS, COLOR_NEVER };

/* -f FORMAT -o FILE; each may be missing (NULL), not both. */
struct output_request {
    char *format;
    char *path;
};

/* -W RULE=LEVEL; RULE may hold * and ?. */
struct level_request {
    char *pattern;
    enum severity level;
};

struct options {
    char *directory;
    char *released;
    char *patch;             /* --patch: a file, "-" = stdin */
    char *reason;            /* --reason: of an acceptance */
    char *until;             /* --until: a version */
    char *config;            /* --config: instead of the tree's */
    char *baseline;          /* --baseline: a file */
    char **paths;            /* --path: globs; NULL = all */
    char *onto;              /* --onto: a revision */
    char *markdown;
    char *qemu;              /* --qemu: the binary to ask */
    gboolean vmstate;        /* --vmstate: about migration streams */
    char *machine;           /* -M: the only machine type to look at */
    char *target;            /* --target: of the machine type */
    char **devices;          /* --device, NULL = all */
    char **cpus;             /* --cpu, NULL = none */
    char **operands;         /* NULL-terminated, never NULL once parsed */
    GPtrArray *outputs;      /* struct output_request *, as given */
    GPtrArray *levels;       /* struct level_request *, as given */
    int fail_on;             /* least severity that fails; past the greatest
                                where nothing does */
    int max_count;           /* --max-count: newest commits only; 0 = all */
    int jobs;                /* 0 = one per processor */
    enum color_mode color;
    enum fix_mode fix;
    gboolean plain_directories;  /* --dir: operands are directories */
    gboolean chain;          /* operands are stations of one guest */
    gboolean write_baseline;
    gboolean trust_range;    /* acceptances of the range count */
    gboolean staged;
    gboolean worktree;
    gboolean quiet;
    gboolean verbose;
    gboolean strict;
    gboolean no_cache;
    gboolean per_commit;
    gboolean bisect;         /* main.c looks for it */
    gboolean timings;
    gboolean help;
    gboolean version;
};

struct options *options_new(void);
void options_free(struct options *options);
typedef struct options Options;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Options, options_free)

/*
 * Parses ARGUMENTS (NULL-terminated, without the program's name).  COMMAND
 * NULL accepts the options of every command: the first of two passes, which
 * finds out which operand is the command's name.  NAMED says that the first
 * operand is that name and no operand of the command.
 */
bool options_parse(struct options *options, const struct command *command,
                   bool named, char *const *arguments, GError **error);

/* An option of a command, as its help tells it. */
struct option_info {
    const char *long_name;
    char short_name;         /* 0: none */
    const char *value;       /* what it takes, NULL: nothing */
    bool value_optional;     /* --name or --name=VALUE */
    const char *help;
};
/* struct option_info, in the order of the help. */
GArray *options_list(const struct command *command);

/* The text of --help; free it. */
char *options_help(const struct command *command);

#endif
