/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/error.h"
#include "base/nearest.h"
#include "command.h"
#include "output.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#define FORMATS_TEXT \
    "Formats: text, terse, checkpatch, json, sarif, junit, gitlab, github,\n" \
    "markdown; several with -f FORMAT -o FILE each.\n"

#define BISECT_SKIP 125

#define EXIT_TEXT \
    "Exit status: 0 clean; 1 findings at or above --fail-on; 2 usage,\n" \
    "configuration or git error; 3 no such findings, but the analysis is\n" \
    "incomplete where it touches the change."

static const struct command commands[] = {
    {
        .name = "check",
        .operands = "[BASE[..HEAD] | BASE HEAD]",
        .summary = "Judge a range of commits against the last release.",
        .description =
            "Without operands: what GitLab or GitHub run for, or from the "
            "merge base of HEAD\nand origin/master to HEAD. "
            "BASE...HEAD starts at the merge base of the two. A "
            "snapshot (facts -o FILE.json)\ncan stand wherever a revision "
            "can.\n\n--per-commit judges each commit of the range, without "
            "merges, in the order in\nwhich they landed; what is known "
            "already is not worked out again.\n\n" FORMATS_TEXT EXIT_TEXT,
        .option_sets = OPTIONS_COMMON | OPTIONS_REPORT | OPTIONS_LOAD |
                       OPTIONS_VERDICT | OPTIONS_CHECK | OPTIONS_FIX,
        .max_operands = 2,
        .run = cmd_check,
    },
    {
        .name = "accept",
        .operands = "FINGERPRINT [BASE[..HEAD]]",
        .summary = "Write down that a finding is known and may stay.",
        .description =
            "Adds a block to .qcompat-accept for the finding of the last "
            "report, or of a\nrange, whose fingerprint starts like that. "
            "Checks read the file from BASE.\n\n"
            "Exit status: 0, or 2 where there is no such finding.",
        .option_sets = OPTIONS_COMMON | OPTIONS_LOAD | OPTIONS_CHECK |
                       OPTIONS_ACCEPT,
        .max_operands = 2,
        .run = cmd_accept,
    },
    {
        .name = "facts",
        .operands = "[REV]",
        .summary = "Print the extracted model of one revision (default HEAD).",
        .description =
            "Formats: text (one line a fact), json (a snapshot).\n"
            "Exit status: 0, or 2 where the facts could not be had.",
        .option_sets = OPTIONS_COMMON | OPTIONS_REPORT | OPTIONS_LOAD,
        .max_operands = 1,
        .run = cmd_facts,
    },
    {
        .name = "diff",
        .operands = "A[..B] | A B",
        .summary = "Show all differences in facts, without judging them.",
        .description =
            "Formats: text, json.\n"
            "Exit status: 0, or 2 where the facts could not be had.",
        .option_sets = OPTIONS_COMMON | OPTIONS_REPORT | OPTIONS_LOAD,
        .max_operands = 2,
        .run = cmd_diff,
    },
    {
        .name = "changelog",
        .operands = "A..B | A B",
        .summary = "Write the review of a release: what changed, what covers it.",
        .description =
            "Every difference in machine types, compat arrays, types and "
            "properties, by\nsubsystem and maintainer (MAINTAINERS of B), and "
            "for what a machine type of both\nrevisions can see the compat "
            "entry that covers it, or why it needs none.\n\n"
            "Formats: text, markdown, html, json.\n"
            "Exit status: 0, or 2 where the facts could not be had.",
        .option_sets = OPTIONS_COMMON | OPTIONS_REPORT | OPTIONS_LOAD,
        .max_operands = 2,
        .run = cmd_changelog,
    },
    {
        .name = "matrix",
        .operands = "-M MACHINE REV REV...",
        .summary = "Show which revision can take over a guest from which.",
        .description =
            "For each ordered pair of revisions: does the machine type stay "
            "the same? What\ndiffers, which direction fails, and what to "
            "give on the command line of which\nside. With --chain the "
            "revisions are the stations of one guest, in order.\n\n"
            "Formats: text, markdown, html, json.\n"
            "Exit status: 0 every migration works; 1 some may fail; 2 usage "
            "or git error.",
        .option_sets = OPTIONS_COMMON | OPTIONS_REPORT | OPTIONS_LOAD |
                       OPTIONS_MATRIX,
        .max_operands = 16,
        .run = cmd_matrix,
    },
    {
        .name = "audit",
        .operands = "[REV]",
        .summary = "Find what is wrong with compat entries in one revision.",
        .description =
            "Judges every entry and chain of the tree (default HEAD), "
            "whoever wrote it:\ndrivers and properties that do not exist, "
            "values that do not parse,\nduplicates, dead entries, siblings "
            "and arrays that were missed.\n\n"
            FORMATS_TEXT
            "Exit status: 0 clean; 1 findings at or above --fail-on; 2 "
            "usage, configuration\nor git error.",
        .option_sets = OPTIONS_COMMON | OPTIONS_REPORT | OPTIONS_LOAD |
                       OPTIONS_VERDICT,
        .max_operands = 1,
        .run = cmd_audit,
    },
    {
        .name = "show",
        .operands = "DEVICE[.PROPERTY] [REV]",
        .summary = "Show what a property is worth on each machine type.",
        .description =
            "The effective value on every versioned machine type and the "
            "entry it comes from;\nwithout PROPERTY, all properties of the "
            "device and where an entry changes them.\n\n"
            "Formats: text, json.\n"
            "Exit status: 0, or 2 where there is no such device, property or "
            "machine type.",
        .option_sets = OPTIONS_COMMON | OPTIONS_REPORT | OPTIONS_LOAD |
                       OPTIONS_SHOW,
        .max_operands = 2,
        .run = cmd_show,
    },
    {
        .name = "verify",
        .operands = "[REV]",
        .summary = "Compare the facts of a revision with a running QEMU.",
        .description =
            "Starts BINARY with -machine none, asks it over QMP for types, "
            "properties,\ndefaults, machine types and compat entries, and "
            "groups what differs by cause.\nREV (default HEAD) is what BINARY "
            "was built from, or a snapshot of it.\n\n"
            "Formats: text, json.\n"
            "Exit status: 0 equal; 1 something differs; 2 BINARY could not be "
            "asked.",
        .option_sets = OPTIONS_COMMON | OPTIONS_REPORT | OPTIONS_LOAD |
                       OPTIONS_VERIFY,
        .max_operands = 1,
        .run = cmd_verify,
    },
    {
        .name = "rules",
        .operands = "",
        .summary = "List the rules, or print their documentation pages.",
        .option_sets = OPTIONS_COMMON | OPTIONS_RULES,
        .max_operands = 0,
        .run = cmd_rules,
    },
    {
        .name = "explain",
        .operands = "RULE",
        .summary = "Teach a rule: what, why, example, how to fix, limits.",
        .option_sets = OPTIONS_COMMON,
        .max_operands = 1,
        .run = cmd_explain,
    },
    {
        .name = "cache",
        .operands = "[info | clear]",
        .summary = "Show what is kept between runs, or drop it.",
        .description =
            "The cache, below $XDG_CACHE_HOME, only saves time: it can go "
            "at any moment.\n\nFormats: text, json.",
        .option_sets = OPTIONS_COMMON | OPTIONS_REPORT,
        .max_operands = 1,
        .run = cmd_cache,
    },
    {
        .name = "hook",
        .operands = "install|uninstall",
        .summary = "Run qcompat from git's pre-commit and pre-push hooks.",
        .description =
            "A commit or push that has findings is stopped; a clean one is "
            "silent. Hooks that\nare there stay and run first; "
            "core.hooksPath is respected.\n\n"
            "Exit status: 0, or 2 where that failed.",
        .option_sets = OPTIONS_COMMON,
        .max_operands = 1,
        .run = cmd_hook,
    },
    {
        .name = "completions",
        .operands = "bash|zsh|fish|man",
        .summary = "Print completions for a shell, or the manual page.",
        .option_sets = OPTIONS_COMMON,
        .max_operands = 1,
        .run = cmd_completions,
    },
};

guint commands_all(const struct command **ret)
{
    *ret = commands;
    return G_N_ELEMENTS(commands);
}

static const struct command *find_command(const char *name)
{
    for (guint i = 0; name && i < G_N_ELEMENTS(commands); i++) {
        if (g_str_equal(commands[i].name, name)) {
            return &commands[i];
        }
    }
    return NULL;
}

static const char *nearest_command(const char *word)
{
    const char *names[G_N_ELEMENTS(commands)];
    for (guint i = 0; i < G_N_ELEMENTS(commands); i++) {
        names[i] = commands[i].name;
    }
    return nearest_word(word, names, G_N_ELEMENTS(names));
}

static void print_main_help(void)
{
    g_autoptr(GString) text = g_string_new(
        "Usage: qcompat [COMMAND] [OPTION...] [OPERAND...]\n\n"
        "Check that QEMU's released machine types stay what they were.\n\n"
        "Commands (default: check):\n");
    for (guint i = 0; i < G_N_ELEMENTS(commands); i++) {
        g_string_append_printf(text, "  %-13s%s\n", commands[i].name,
                               commands[i].summary);
    }
    g_string_append(text, "\nOptions of a command: qcompat COMMAND --help\n\n"
                    EXIT_TEXT "\n");
    output_stdout(text->str, text->len);
}

static void print_help(const struct command *command, bool named)
{
    if (!named) {
        print_main_help();
        return;
    }
    g_autofree char *program = g_strconcat("qcompat ", command->name, NULL);
    g_set_prgname(program);
    g_autofree char *text = options_help(command);
    output_stdout(text, strlen(text));
}

/*
 * A word that is no command is taken for a revision, so "chekc" fails as one;
 * say what else it could have been.
 */
static void add_hint(const char *word, GError *error)
{
    const char *near = nearest_command(word);
    char *message = near
        ? g_strdup_printf("%s\n'%s' is no command either; did you mean '%s'?",
                          error->message, word, near)
        : g_strdup_printf("%s\n'%s' is no command either; "
                          "see 'qcompat --help'", error->message, word);
    g_free(error->message);
    error->message = message;
}

static bool looks_like_command(const char *word)
{
    return word[strspn(word, "abcdefghijklmnopqrstuvwxyz-")] == '\0';
}

static bool enter_directory(const char *directory, GError **error)
{
    if (directory && chdir(directory)) {
        g_set_error(error, QC_ERROR, QC_ERROR_USAGE,
                    "cannot enter '%s': %s", directory, strerror(errno));
        return false;
    }
    return true;
}

static enum status run(char *const *arguments, GError **error)
{
    g_autoptr(Options) scratch = options_new();
    if (!options_parse(scratch, NULL, false, arguments, error)) {
        return STATUS_ERROR;
    }
    const char *first = scratch->operands[0];
    const struct command *named = find_command(first);
    const struct command *command = named ? named : find_command("check");
    if (scratch->version) {
        output_stdout("qcompat " QCOMPAT_VERSION "\n",
                      strlen("qcompat " QCOMPAT_VERSION "\n"));
        return STATUS_CLEAN;
    }
    if (scratch->help) {
        print_help(command, named);
        return STATUS_CLEAN;
    }

    g_autoptr(Options) options = options_new();
    if (!options_parse(options, command, named, arguments, error) ||
        !enter_directory(options->directory, error)) {
        return STATUS_ERROR;
    }
    enum status status = command->run(options, error);
    if (status == STATUS_ERROR && !named && first && !scratch->operands[1] &&
        looks_like_command(first) && error && *error) {
        add_hint(first, *error);
    }
    return status;
}

/* git bisect run takes 1 for "bad" and so 2 and 3: what could not be judged
 * is to be skipped, a wrong option included. */
static int for_bisect(char *const *arguments, enum status status)
{
    bool wanted = false;
    for (; *arguments && !g_str_equal(*arguments, "--"); arguments++) {
        wanted |= g_str_equal(*arguments, "--bisect");
    }
    return wanted && status > STATUS_FINDINGS ? BISECT_SKIP : (int)status;
}

int main(int argc, char **argv)
{
    /* A reader that stops reading (head, a closed pager) ends the output,
     * not the verdict. */
    signal(SIGPIPE, SIG_IGN);
    /* A file that may not grow is a full disk, and told as such. */
    signal(SIGXFSZ, SIG_IGN);
    g_set_prgname("qcompat");

    g_autoptr(GError) error = NULL;
    enum status status = run(argv + 1, &error);
    if (error) {
        output_message("qcompat: %s\n", error->message);
    }
    return for_bisect(argv + 1, status);
}
