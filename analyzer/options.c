/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "options.h"

#include "base/error.h"
#include "base/nearest.h"
#include "command.h"

#include <string.h>

struct option_row {
    unsigned sets;
    GOptionEntry entry;
};

static void output_request_free(void *data)
{
    struct output_request *request = data;
    g_free(request->format);
    g_free(request->path);
    g_free(request);
}

static void level_request_free(void *data)
{
    struct level_request *request = data;
    g_free(request->pattern);
    g_free(request);
}

struct options *options_new(void)
{
    struct options *options = g_new0(struct options, 1);
    options->outputs = g_ptr_array_new_with_free_func(output_request_free);
    options->levels = g_ptr_array_new_with_free_func(level_request_free);
    options->fail_on = SEVERITY_WARNING;
    return options;
}

void options_free(struct options *options)
{
    g_free(options->directory);
    g_free(options->released);
    g_free(options->patch);
    g_free(options->onto);
    g_free(options->reason);
    g_free(options->until);
    g_free(options->config);
    g_free(options->baseline);
    g_strfreev(options->paths);
    g_free(options->markdown);
    g_free(options->qemu);
    g_free(options->machine);
    g_free(options->target);
    g_strfreev(options->devices);
    g_strfreev(options->cpus);
    g_strfreev(options->operands);
    g_ptr_array_unref(options->outputs);
    g_ptr_array_unref(options->levels);
    g_free(options);
}

/*
 * -f and -o come in pairs, in either order: the next one completes a pair
 * that still lacks its half, and otherwise opens a new pair.
 */
static struct output_request *output_slot(struct options *options,
                                          bool is_format)
{
    GPtrArray *outputs = options->outputs;
    if (outputs->len) {
        struct output_request *last = outputs->pdata[outputs->len - 1];
        if (is_format ? !last->format : !last->path) {
            return last;
        }
    }
    struct output_request *request = g_new0(struct output_request, 1);
    g_ptr_array_add(outputs, request);
    return request;
}

static gboolean on_format(const char *name, const char *value, void *data,
                          GError **error)
{
    output_slot(data, true)->format = g_strdup(value);
    return TRUE;
}

static gboolean on_output(const char *name, const char *value, void *data,
                          GError **error)
{
    output_slot(data, false)->path = g_strdup(value);
    return TRUE;
}

static gboolean on_fail_on(const char *name, const char *value, void *data,
                           GError **error)
{
    struct options *options = data;
    enum severity severity;
    if (g_str_equal(value, "never")) {
        options->fail_on = SEVERITY_ERROR + 1;
        return TRUE;
    }
    if (!severity_parse(value, &severity) || severity == SEVERITY_OFF) {
        g_set_error(error, QC_ERROR, QC_ERROR_USAGE,
                    "--fail-on takes error, warning, note or never, not '%s'",
                    value);
        return FALSE;
    }
    options->fail_on = severity;
    return TRUE;
}

static gboolean on_level(const char *name, const char *value, void *data,
                         GError **error)
{
    struct options *options = data;
    const char *equals = strrchr(value, '=');
    enum severity level;
    if (!equals || equals == value || !severity_parse(equals + 1, &level)) {
        g_set_error(error, QC_ERROR, QC_ERROR_USAGE,
                    "-W takes RULE=error|warning|note|off, not '%s'", value);
        return FALSE;
    }
    struct level_request *request = g_new(struct level_request, 1);
    request->pattern = g_strndup(value, equals - value);
    request->level = level;
    g_ptr_array_add(options->levels, request);
    return TRUE;
}

static gboolean on_color(const char *name, const char *value, void *data,
                         GError **error)
{
    static const char *const modes[] = {
        [COLOR_AUTO] = "auto",
        [COLOR_ALWAYS] = "always",
        [COLOR_NEVER] = "never",
    };
    struct options *options = data;
    for (guint i = 0; i < G_N_ELEMENTS(modes); i++) {
        if (g_str_equal(value, modes[i])) {
            options->color = i;
            return TRUE;
        }
    }
    g_set_error(error, QC_ERROR, QC_ERROR_USAGE,
                "--color takes auto, always or never, not '%s'", value);
    return FALSE;
}

static gboolean on_fix(const char *name, const char *value, void *data,
                       GError **error)
{
    struct options *options = data;
    bool given = value && *value;
    if (given && !g_str_equal(value, "print")) {
        g_set_error(error, QC_ERROR, QC_ERROR_USAGE,
                    "--fix takes print or nothing, not '%s'", value);
        return FALSE;
    }
    options->fix = given ? FIX_PRINT : FIX_WRITE;
    return TRUE;
}

/*
 * The table.  Strings are taken as file names are: bytes, whatever the locale
 * is.  O NULL gives rows that only tell names and help.
 */
static GArray *option_rows(struct options *o, unsigned sets)
{
    const int raw = G_OPTION_FLAG_FILENAME;
    const GOptionArg flag = G_OPTION_ARG_NONE;
    const GOptionArg text = G_OPTION_ARG_FILENAME;
    const GOptionArg call = G_OPTION_ARG_CALLBACK;
    const struct option_row rows[] = {
        { OPTIONS_COMMON, { "chdir", 'C', 0, text, &o->directory,
          "Work as if started in DIR", "DIR" } },
        { OPTIONS_REPORT, { "format", 'f', raw, call, (void *)on_format,
          "Format of the report; repeatable, with -o", "FORMAT" } },
        { OPTIONS_REPORT, { "output", 'o', raw, call, (void *)on_output,
          "Write the report to FILE instead of stdout", "FILE" } },
        { OPTIONS_VERDICT, { "fail-on", 0, raw, call, (void *)on_fail_on,
          "Least severity that fails: error, warning (default), note, never",
          "LEVEL" } },
        { OPTIONS_VERDICT, { "warn", 'W', raw, call, (void *)on_level,
          "Report RULE (globs) as error, warning, note or off; repeatable",
          "RULE=LEVEL" } },
        { OPTIONS_CHECK, { "released", 0, 0, text, &o->released,
          "Judge against this release instead of the last one", "REV" } },
        { OPTIONS_CHECK, { "staged", 0, 0, flag, &o->staged,
          "Judge the index against HEAD", NULL } },
        { OPTIONS_CHECK, { "worktree", 0, 0, flag, &o->worktree,
          "Judge the tracked files of the work tree against HEAD", NULL } },
        { OPTIONS_CHECK, { "patch", 0, 0, text, &o->patch,
          "Judge a diff, a patch, an mbox or a series (- = stdin), applied to "
          "BASE in memory", "FILE" } },
        { OPTIONS_CHECK, { "onto", 0, 0, text, &o->onto,
          "Judge the same change on top of REV", "REV" } },
        { OPTIONS_CHECK, { "path", 0, 0, G_OPTION_ARG_FILENAME_ARRAY,
          &o->paths, "Only findings in files that GLOB fits; repeatable",
          "GLOB" } },
        { OPTIONS_CHECK, { "config", 0, 0, text, &o->config,
          "Configuration instead of .qcompat.ini of BASE", "FILE" } },
        { OPTIONS_CHECK, { "baseline", 0, 0, text, &o->baseline,
          "Leave alone what FILE lists", "FILE" } },
        { OPTIONS_CHECK, { "write-baseline", 0, 0, flag, &o->write_baseline,
          "Write the baseline, or drop from it what is gone", NULL } },
        { OPTIONS_CHECK, { "trust-range", 0, 0, flag, &o->trust_range,
          "Honour acceptances that come with the change", NULL } },
        { OPTIONS_CHECK, { "strict", 0, 0, flag, &o->strict,
          "Take any gap for an incomplete analysis", NULL } },
        { OPTIONS_FIX, { "fix", 0, raw | G_OPTION_FLAG_OPTIONAL_ARG, call,
          (void *)on_fix, "Mend the work tree, or print the patch on stdout",
          "print" } },
        { OPTIONS_CHECK, { "per-commit", 0, 0, flag, &o->per_commit,
          "Judge every commit of the range against its parent", NULL } },
        { OPTIONS_CHECK, { "max-count", 0, 0, G_OPTION_ARG_INT, &o->max_count,
          "With --per-commit: only the N newest commits", "N" } },
        { OPTIONS_CHECK, { "bisect", 0, 0, flag, &o->bisect,
          "For git bisect run: status 125 in place of 2 and 3", NULL } },
        { OPTIONS_LOAD, { "dir", 0, 0, flag, &o->plain_directories,
          "Operands (and --released) are plain directories", NULL } },
        { OPTIONS_LOAD, { "jobs", 'j', 0, G_OPTION_ARG_INT, &o->jobs,
          "Number of worker processes (default: one per processor)", "N" } },
        { OPTIONS_LOAD, { "no-cache", 0, 0, flag, &o->no_cache,
          "Neither use nor fill the cache", NULL } },
        { OPTIONS_LOAD, { "timings", 0, 0, flag, &o->timings,
          "Say on stderr where the time went", NULL } },
        { OPTIONS_RULES, { "markdown", 0, 0, text, &o->markdown,
          "Print the documentation page of RULE, or of all", "RULE|all" } },
        { OPTIONS_SHOW | OPTIONS_MATRIX | OPTIONS_VERIFY, {
          "machine", 'M', 0, text, &o->machine,
          "Only this machine type (or alias)", "MACHINE" } },
        { OPTIONS_MATRIX, { "target", 0, 0, text, &o->target,
          "Target of a machine type that several have (x86_64)", "TARGET" } },
        { OPTIONS_MATRIX, { "device", 0, 0, G_OPTION_ARG_FILENAME_ARRAY,
          &o->devices, "Only this device; repeatable", "TYPE" } },
        { OPTIONS_MATRIX, { "cpu", 0, 0, G_OPTION_ARG_FILENAME_ARRAY,
          &o->cpus, "Compare what -cpu gives: one for all, or for each "
          "revision its own", "MODEL[,FLAG=on|off...]" } },
        { OPTIONS_MATRIX, { "chain", 0, 0, flag, &o->chain,
          "The revisions are stations of one guest, in order", NULL } },
        { OPTIONS_ACCEPT, { "reason", 0, 0, text, &o->reason,
          "Why the finding may stay", "TEXT" } },
        { OPTIONS_ACCEPT, { "until", 0, 0, text, &o->until,
          "Accept it before this version only", "VERSION" } },
        { OPTIONS_VERIFY, { "qemu", 0, 0, text, &o->qemu,
          "QEMU system emulator to ask", "BINARY" } },
        { OPTIONS_VERIFY, { "vmstate", 0, 0, flag, &o->vmstate,
          "Compare the migration streams of a machine type (-M)", NULL } },
        { OPTIONS_COMMON, { "quiet", 'q', 0, flag, &o->quiet,
          "One line a finding, no summary", NULL } },
        { OPTIONS_COMMON, { "verbose", 'v', 0, flag, &o->verbose,
          "Say more: gaps, reasons, what is being done", NULL } },
        { OPTIONS_COMMON, { "color", 0, raw, call, (void *)on_color,
          "Colour: auto (default), always or never", "WHEN" } },
        { OPTIONS_COMMON, { "help", 'h', 0, flag, &o->help,
          "Show this text", NULL } },
        { OPTIONS_COMMON, { "version", 0, 0, flag, &o->version,
          "Show the version", NULL } },
    };
    GArray *array = g_array_new(TRUE, FALSE, sizeof(GOptionEntry));
    for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
        if (rows[i].sets & sets) {
            g_array_append_val(array, rows[i].entry);
        }
    }
    return array;
}

static bool takes_value(const GOptionEntry *entry)
{
    return entry->arg != G_OPTION_ARG_NONE &&
           !(entry->flags & G_OPTION_FLAG_OPTIONAL_ARG);
}

/* The row that ARGUMENT ("-j4", "--jobs", "--jobs=4") belongs to. */
static const GOptionEntry *find_row(const GArray *rows, const char *argument)
{
    for (guint i = 0; i < rows->len; i++) {
        const GOptionEntry *row = &g_array_index(rows, GOptionEntry, i);
        if (argument[0] != '-' || !argument[1]) {
            return NULL;
        }
        if (argument[1] != '-' && argument[1] == row->short_name) {
            return row;
        }
        if (g_str_has_prefix(argument, "--")) {
            size_t length = strcspn(argument + 2, "=");
            if (strlen(row->long_name) == length &&
                !strncmp(argument + 2, row->long_name, length)) {
                return row;
            }
        }
    }
    return NULL;
}

/*
 * GOption wants "-j 4"; people write "-j4".  Returns a copy of ARGUMENTS, led
 * by a program name, in which a value stands apart from its short option.
 */
static char **split_attached(const GArray *rows, char *const *arguments)
{
    GPtrArray *out = g_ptr_array_new();
    g_ptr_array_add(out, g_strdup("qcompat"));
    bool is_value = false;
    bool ended = false;
    for (char *const *a = arguments; *a; a++) {
        const GOptionEntry *row =
            is_value || ended ? NULL : find_row(rows, *a);
        bool is_short = row && (*a)[1] != '-';
        ended |= !is_value && g_str_equal(*a, "--");
        if (is_short && takes_value(row) && (*a)[2]) {
            g_ptr_array_add(out, g_strndup(*a, 2));
            g_ptr_array_add(out, g_strdup(*a + 2));
            is_value = false;
            continue;
        }
        /* GOption would take the next word for the value of a bare --fix. */
        bool bare = row && !is_short && !strchr(*a, '=') &&
                    (row->flags & G_OPTION_FLAG_OPTIONAL_ARG);
        g_ptr_array_add(out, g_strconcat(*a, bare ? "=" : NULL, NULL));
        is_value = row && takes_value(row) &&
                   (is_short || !strchr(*a, '='));
    }
    g_ptr_array_add(out, NULL);
    return (char **)g_ptr_array_free(out, FALSE);
}

/* "unknown option '--x'", with what was meant where that can be guessed. */
static void set_unknown_option(const struct command *command,
                               const GArray *rows, const char *option,
                               GError **error)
{
    g_autofree const char **names = g_new(const char *, rows->len + 1);
    for (guint i = 0; i < rows->len; i++) {
        names[i] = g_array_index(rows, GOptionEntry, i).long_name;
    }
    const char *near = g_str_has_prefix(option, "--")
                       ? nearest_word(option + 2, names, rows->len) : NULL;
    g_autofree char *meant =
        near ? g_strdup_printf("; did you mean '--%s'?", near) : NULL;
    g_autofree char *where =
        command ? g_strdup_printf(" for '%s'", command->name) : NULL;
    g_set_error(error, QC_ERROR, QC_ERROR_USAGE,
                "unknown option '%s'%s%s\nsee 'qcompat %s%s--help'", option,
                where ? where : "", meant ? meant : "",
                command ? command->name : "", command ? " " : "");
}

/* GLib's messages start with a capital and say less than ours. */
static void set_parse_error(const struct command *command, const GArray *rows,
                            const GError *cause, GError **error)
{
    if (cause->domain == QC_ERROR) {
        g_propagate_error(error, g_error_copy(cause));
    } else if (g_error_matches(cause, G_OPTION_ERROR,
                               G_OPTION_ERROR_UNKNOWN_OPTION)) {
        const char *space = strrchr(cause->message, ' ');
        set_unknown_option(command, rows,
                           space ? space + 1 : cause->message, error);
    } else {
        g_autofree char *message = g_strdup(cause->message);
        message[0] = g_ascii_tolower(message[0]);
        g_set_error_literal(error, QC_ERROR, QC_ERROR_USAGE, message);
    }
}

static GOptionContext *make_context(struct options *options,
                                    const struct command *command,
                                    const GArray *rows)
{
    GOptionContext *context =
        g_option_context_new(command ? command->operands : "");
    GOptionGroup *group =
        g_option_group_new("main", "", "", options, NULL);
    g_option_group_add_entries(group, (GOptionEntry *)(void *)rows->data);
    g_option_context_set_main_group(context, group);
    g_option_context_set_help_enabled(context, FALSE);
    return context;
}

static bool check_operands(const struct options *options,
                           const struct command *command, GError **error)
{
    guint n = g_strv_length(options->operands);
    if (options->jobs < 0 || options->jobs > 4096) {
        g_set_error(error, QC_ERROR, QC_ERROR_USAGE,
                    "-j takes a number from 0 to 4096, not %d",
                    options->jobs);
        return false;
    }
    if (options->max_count < 0 ||
        (options->max_count && !options->per_commit && command)) {
        g_set_error(error, QC_ERROR, QC_ERROR_USAGE,
                    "--max-count takes a number of commits, and needs "
                    "--per-commit");
        return false;
    }
    if (command && n > command->max_operands && !options->help) {
        g_set_error(error, QC_ERROR, QC_ERROR_USAGE,
                    "too many operands for '%s': '%s'\n"
                    "usage: qcompat %s [OPTION...] %s", command->name,
                    options->operands[command->max_operands],
                    command->name, command->operands);
        return false;
    }
    return true;
}

static void drop_first(char **strings)
{
    g_free(strings[0]);
    for (; strings[0]; strings++) {
        strings[0] = strings[1];
    }
}

bool options_parse(struct options *options, const struct command *command,
                   bool named, char *const *arguments, GError **error)
{
    unsigned sets = command ? command->option_sets : OPTIONS_ALL;
    g_autoptr(GArray) rows = option_rows(options, sets);
    const GOptionEntry operands = {
        G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY,
        &options->operands, NULL, NULL,
    };
    g_array_append_val(rows, operands);

    g_autoptr(GOptionContext) context = make_context(options, command, rows);
    g_array_set_size(rows, rows->len - 1);
    g_auto(GStrv) argv = split_attached(rows, arguments);
    g_autoptr(GError) cause = NULL;
    if (!g_option_context_parse_strv(context, &argv, &cause)) {
        set_parse_error(command, rows, cause, error);
        return false;
    }
    if (!options->operands) {
        options->operands = g_new0(char *, 1);
    }
    if (named) {
        drop_first(options->operands);
    }
    return check_operands(options, command, error);
}

char *options_help(const struct command *command)
{
    g_autoptr(Options) options = options_new();
    g_autoptr(GArray) rows = option_rows(options, command->option_sets);
    g_autoptr(GOptionContext) context = make_context(options, command, rows);
    g_option_context_set_summary(context, command->summary);
    g_option_context_set_description(context, command->description);
    return g_option_context_get_help(context, TRUE, NULL);
}

GArray *options_list(const struct command *command)
{
    g_autoptr(Options) options = options_new();
    g_autoptr(GArray) rows = option_rows(options, command->option_sets);
    GArray *list = g_array_new(FALSE, FALSE, sizeof(struct option_info));
    for (guint i = 0; i < rows->len; i++) {
        const GOptionEntry *row = &g_array_index(rows, GOptionEntry, i);
        const struct option_info info = {
            .long_name = row->long_name,
            .short_name = row->short_name,
            .value = row->arg_description,
            .value_optional = row->arg_description && !takes_value(row),
            .help = row->description,
        };
        g_array_append_val(list, info);
    }
    return list;
}
