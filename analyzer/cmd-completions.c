/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * `completions`: what shells and man have to know of the commands and their
 * options, all from the tables that the parser uses.
 */
#include "base/error.h"
#include "base/nearest.h"
#include "command.h"
#include "output.h"
#include "report/report.h"
#include "rules/rule.h"

#include <string.h>

/* --- Words -------------------------------------------------------------------- */

static void append_commands(GString *out)
{
    const struct command *commands;
    guint n = commands_all(&commands);
    for (guint i = 0; i < n; i++) {
        g_string_append_printf(out, "%s%s", i ? " " : "", commands[i].name);
    }
}

static void append_rules(GString *out, const char *suffix)
{
    for (const struct rule *const *rule = rules_all(); *rule; rule++) {
        g_string_append_printf(out, "%s%s%s", rule == rules_all() ? "" : " ",
                               (*rule)->id, suffix);
    }
}

static void append_formats(GString *out)
{
    for (const struct report_format *f = report_formats; f->name; f++) {
        g_string_append_printf(out, "%s%s", f == report_formats ? "" : " ",
                               f->name);
    }
}

/* The words that can follow an option; "" where any can. */
static char *values_of(const struct option_info *option)
{
    static const struct {
        const char *name, *words;
    } fixed[] = {
        { "fail-on", "error warning note never" },
        { "color", "auto always never" },
        { "fix", "print" },
    };
    g_autoptr(GString) out = g_string_new(NULL);
    for (guint i = 0; i < G_N_ELEMENTS(fixed); i++) {
        if (g_str_equal(fixed[i].name, option->long_name)) {
            return g_strdup(fixed[i].words);
        }
    }
    if (g_str_equal(option->long_name, "format")) {
        append_formats(out);
    } else if (g_str_equal(option->long_name, "warn")) {
        append_rules(out, "=");
    }
    return g_string_free(g_steal_pointer(&out), FALSE);
}

static char *operands_of(const struct command *command)
{
    g_autoptr(GString) out = g_string_new(NULL);
    if (g_str_equal(command->name, "explain")) {
        append_rules(out, "");
    } else if (g_str_equal(command->name, "completions")) {
        g_string_append(out, "bash zsh fish man");
    } else if (g_str_equal(command->name, "hook")) {
        g_string_append(out, "install uninstall");
    }
    return g_string_free(g_steal_pointer(&out), FALSE);
}

typedef void option_fn(GString *out, const struct command *command,
                       const struct option_info *option);

static void foreach_option(GString *out, const struct command *command,
                           option_fn *fn)
{
    g_autoptr(GArray) options = options_list(command);
    for (guint i = 0; i < options->len; i++) {
        fn(out, command, &g_array_index(options, struct option_info, i));
    }
}

/* --- bash ------------------------------------------------------------------------ */

static void bash_word(GString *out, const struct command *command,
                      const struct option_info *option)
{
    g_string_append_printf(out, " --%s%s", option->long_name,
                           option->value_optional || !option->value ? ""
                                                                    : "=");
}

static void bash_value(GString *out, const struct command *command,
                       const struct option_info *option)
{
    g_autofree char *words = values_of(option);
    if (option->value && *words) {
        g_string_append_printf(out, "    %s:--%s", command->name,
                               option->long_name);
        if (option->short_name) {
            g_string_append_printf(out, "|%s:-%c", command->name,
                                   option->short_name);
        }
        g_string_append_printf(out, ") words='%s' ;;\n", words);
    }
}

static void write_bash(GString *out)
{
    const struct command *commands;
    guint n = commands_all(&commands);
    g_string_append(out,
                    "# bash completion for qcompat\n"
                    "_qcompat()\n{\n"
                    "    local cur prev words command=check i\n"
                    "    cur=${COMP_WORDS[COMP_CWORD]}\n"
                    "    prev=${COMP_WORDS[COMP_CWORD-1]}\n"
                    "    if [ \"$prev\" = = ]; then\n"
                    "        prev=${COMP_WORDS[COMP_CWORD-2]}\n"
                    "    elif [ \"$cur\" = = ]; then\n"
                    "        cur=\n"
                    "    fi\n"
                    "    for ((i = 1; i < COMP_CWORD; i++)); do\n"
                    "        case ${COMP_WORDS[i]} in\n        ");
    for (guint i = 0; i < n; i++) {
        g_string_append_printf(out, "%s%s", i ? "|" : "", commands[i].name);
    }
    g_string_append(out, ")\n            command=${COMP_WORDS[i]} ;;\n"
                    "        esac\n    done\n"
                    "    case $command:$prev in\n");
    for (guint i = 0; i < n; i++) {
        foreach_option(out, &commands[i], bash_value);
    }
    g_string_append(out, "    esac\n"
                    "    [ -n \"$words\" ] || case $command in\n");
    for (guint i = 0; i < n; i++) {
        g_autofree char *operands = operands_of(&commands[i]);
        g_string_append_printf(out, "    %s) words='%s", commands[i].name,
                               operands);
        foreach_option(out, &commands[i], bash_word);
        g_string_append(out, "' ;;\n");
    }
    g_string_append(out, "    esac\n"
                    "    [ \"$COMP_CWORD\" -gt 1 ] || words=\"$words ");
    append_commands(out);
    g_string_append(out, "\"\n"
                    "    COMPREPLY=($(compgen -W \"$words\" -- \"$cur\"))\n"
                    "    [[ ${COMPREPLY[0]} != *= ]] || compopt -o nospace\n"
                    "}\n"
                    "complete -o default -F _qcompat qcompat\n");
}

/* --- zsh ------------------------------------------------------------------------- */

/* TEXT inside '…[…]': quotes, brackets and colons have a meaning there. */
static void append_zsh(GString *out, const char *text)
{
    for (; *text; text++) {
        if (*text == '\'') {
            g_string_append(out, "'\\''");
        } else {
            if (strchr("[]:", *text)) {
                g_string_append_c(out, '\\');
            }
            g_string_append_c(out, *text);
        }
    }
}

static void zsh_option(GString *out, const struct command *command,
                       const struct option_info *option)
{
    g_autofree char *words = values_of(option);
    g_string_append_printf(out, "        '*--%s%s[", option->long_name,
                           !option->value ? ""
                           : option->value_optional ? "=-" : "=");
    append_zsh(out, option->help);
    g_string_append_c(out, ']');
    if (option->value) {
        g_string_append_printf(out, "%s", option->value_optional ? "::" : ":");
        append_zsh(out, option->value);
        if (*words) {
            g_string_append_printf(out, ":(%s)", words);
        } else {
            g_string_append(out, ":_files");
        }
    }
    g_string_append(out, "' \\\n");
}

static void write_zsh(GString *out)
{
    const struct command *commands;
    guint n = commands_all(&commands);
    g_string_append(out, "#compdef qcompat\n"
                    "local -a commands\n"
                    "commands=(\n");
    for (guint i = 0; i < n; i++) {
        g_string_append_printf(out, "    '%s:", commands[i].name);
        append_zsh(out, commands[i].summary);
        g_string_append(out, "'\n");
    }
    g_string_append(out, ")\n"
                    "if (( CURRENT == 2 )); then\n"
                    "    _describe command commands\n"
                    "fi\n"
                    "case $words[2] in\n");
    for (guint i = 0; i < n; i++) {
        g_autofree char *operands = operands_of(&commands[i]);
        g_string_append_printf(out, "%s)\n    _arguments \\\n",
                               commands[i].name);
        foreach_option(out, &commands[i], zsh_option);
        g_string_append_printf(out, *operands ? "        '*:operand:(%s)'\n"
                                              : "        '*:operand:_files'\n",
                               operands);
        g_string_append(out, "    ;;\n");
    }
    g_string_append(out, "esac\n");
}

/* --- fish ------------------------------------------------------------------------ */

static void append_fish(GString *out, const char *text)
{
    g_string_append_c(out, '\'');
    for (; *text; text++) {
        if (*text == '\'' || *text == '\\') {
            g_string_append_c(out, '\\');
        }
        g_string_append_c(out, *text);
    }
    g_string_append_c(out, '\'');
}

static void fish_option(GString *out, const struct command *command,
                        const struct option_info *option)
{
    g_autofree char *words = values_of(option);
    g_string_append_printf(
        out, "complete -c qcompat -n '__fish_seen_subcommand_from %s' -l %s",
        command->name, option->long_name);
    if (option->short_name) {
        g_string_append_printf(out, " -s %c", option->short_name);
    }
    if (option->value && !option->value_optional) {
        g_string_append(out, " -r");
    }
    if (option->value && *words) {
        g_string_append(out, " -f -a ");
        append_fish(out, words);
    }
    g_string_append(out, " -d ");
    append_fish(out, option->help);
    g_string_append_c(out, '\n');
}

static void write_fish(GString *out)
{
    const struct command *commands;
    guint n = commands_all(&commands);
    g_string_append(out, "# fish completion for qcompat\n");
    for (guint i = 0; i < n; i++) {
        g_autofree char *operands = operands_of(&commands[i]);
        g_string_append_printf(
            out, "complete -c qcompat -n __fish_use_subcommand -a %s -d ",
            commands[i].name);
        append_fish(out, commands[i].summary);
        g_string_append_c(out, '\n');
        if (*operands) {
            g_string_append_printf(
                out, "complete -c qcompat -f -n '__fish_seen_subcommand_from "
                "%s' -a '%s'\n", commands[i].name, operands);
        }
        foreach_option(out, &commands[i], fish_option);
    }
}

/* --- man ------------------------------------------------------------------------- */

/* TEXT as roff: no line is a request, a dash is a dash. */
static void append_roff(GString *out, const char *text)
{
    bool starts = true;
    for (; *text; text++) {
        if (starts && (*text == '.' || *text == '\'')) {
            g_string_append(out, "\\&");
        }
        if (*text == '\\') {
            g_string_append(out, "\\e");
        } else if (*text == '-') {
            g_string_append(out, "\\-");
        } else {
            g_string_append_c(out, *text);
        }
        starts = *text == '\n';
    }
}

static void man_option(GString *out, const struct command *command,
                       const struct option_info *option)
{
    g_string_append(out, ".TP\n");
    if (option->short_name) {
        g_string_append_printf(out, "\\fB\\-%c\\fR, ", option->short_name);
    }
    g_string_append(out, "\\fB\\-\\-");
    append_roff(out, option->long_name);
    g_string_append(out, "\\fR");
    if (option->value) {
        g_string_append(out, option->value_optional ? "[=\\fI" : " \\fI");
        append_roff(out, option->value);
        g_string_append(out, option->value_optional ? "\\fR]" : "\\fR");
    }
    g_string_append_c(out, '\n');
    append_roff(out, option->help);
    g_string_append_c(out, '\n');
}

/* Paragraphs are divided by empty lines. */
static void man_description(GString *out, const char *text)
{
    g_auto(GStrv) paragraphs = g_strsplit(text ? text : "", "\n\n", -1);
    for (char **p = paragraphs; *p; p++) {
        g_string_append(out, ".PP\n");
        append_roff(out, g_strchomp(*p));
        g_string_append_c(out, '\n');
    }
}

static void write_man(GString *out)
{
    const struct command *commands;
    guint n = commands_all(&commands);
    g_string_append(out,
                    ".TH QCOMPAT 1 \"\" \"qcompat " QCOMPAT_VERSION "\"\n"
                    ".SH NAME\nqcompat \\- check that QEMU's released machine "
                    "types stay what they were\n"
                    ".SH SYNOPSIS\n.B qcompat\n[\\fICOMMAND\\fR] "
                    "[\\fIOPTION\\fR...] [\\fIOPERAND\\fR...]\n"
                    ".SH COMMANDS\nWithout a command, check.\n");
    for (guint i = 0; i < n; i++) {
        g_string_append_printf(out, ".SS %s ", commands[i].name);
        append_roff(out, commands[i].operands);
        g_string_append_c(out, '\n');
        append_roff(out, commands[i].summary);
        g_string_append_c(out, '\n');
        foreach_option(out, &commands[i], man_option);
        man_description(out, commands[i].description);
    }
    g_string_append(out, ".SH FILES\n"
                    ".TP\n.I .qcompat.ini\nconfiguration, read from BASE\n"
                    ".TP\n.I .qcompat\\-accept\naccepted findings, read from "
                    "BASE\n"
                    ".TP\n.I $XDG_CACHE_HOME/qcompat\nwhat was parsed "
                    "already\n");
}

/* --- The command ------------------------------------------------------------------ */

enum status cmd_completions(const struct options *options, GError **error)
{
    static const char *const names[] = { "bash", "zsh", "fish", "man" };
    static void (*const writers[])(GString *out) = {
        write_bash, write_zsh, write_fish, write_man,
    };
    const char *wanted = options->operands[0];
    g_autoptr(GString) out = g_string_new(NULL);
    for (guint i = 0; wanted && i < G_N_ELEMENTS(names); i++) {
        if (g_str_equal(names[i], wanted)) {
            writers[i](out);
            return output_stdout_checked(out->str, out->len, error)
                   ? STATUS_CLEAN : STATUS_ERROR;
        }
    }
    const char *near =
        wanted ? nearest_word(wanted, names, G_N_ELEMENTS(names)) : NULL;
    g_set_error(error, QC_ERROR, QC_ERROR_USAGE,
                "completions takes bash, zsh, fish or man%s%s%s%s%s%s",
                wanted ? ", not '" : "", wanted ? wanted : "",
                wanted ? "'" : "", near ? "; did you mean '" : "",
                near ? near : "", near ? "'?" : "");
    return STATUS_ERROR;
}
