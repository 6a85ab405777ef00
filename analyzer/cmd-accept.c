/* SPDX-License-Identifier: GPL-2.0-or-later */
/* `accept`: writes down that a finding is known and why it may stay. */
#include "accept/accept.h"
#include "base/error.h"
#include "command.h"
#include "last-report.h"
#include "output.h"
#include "policy.h"

#include <string.h>

/* Judges the range OPERANDS, for the findings that it leaves behind. */
static bool judge_range(const struct options *options, char **operands,
                        GError **error)
{
    struct options check = *options;
    char format[] = "terse";
    char path[] = "/dev/null";
    struct output_request nowhere = { .format = format, .path = path };
    g_autoptr(GPtrArray) outputs = g_ptr_array_new();
    g_ptr_array_add(outputs, &nowhere);
    check.operands = operands;
    check.outputs = outputs;
    check.quiet = true;
    return cmd_check(&check, error) != STATUS_ERROR;
}

static const struct acceptance *find(const GPtrArray *findings,
                                     const char *fingerprint, GError **error)
{
    const struct acceptance *found = NULL;
    for (guint i = 0; i < findings->len; i++) {
        const struct acceptance *finding = findings->pdata[i];
        if (!g_str_has_prefix(finding->fingerprint, fingerprint)) {
            continue;
        }
        if (found) {
            g_set_error(error, QC_ERROR, QC_ERROR_USAGE,
                        "'%s' is the start of several fingerprints: give more "
                        "digits", fingerprint);
            return NULL;
        }
        found = finding;
    }
    if (!found) {
        g_set_error(error, QC_ERROR, QC_ERROR_USAGE,
                    "the last report has no finding '%s': run qcompat check, "
                    "or name the range: qcompat accept FINGERPRINT RANGE",
                    fingerprint);
    }
    return found;
}

/* What the file holds, ready for another block. */
static GString *read_blocks(const char *path, GError **error)
{
    g_autofree char *text = NULL;
    g_autoptr(GPtrArray) blocks = g_ptr_array_new_with_free_func(
        (GDestroyNotify)acceptance_free);
    if (!g_file_get_contents(path, &text, NULL, NULL)) {
        return g_string_new("# Findings of qcompat that are known and may "
                            "stay.\n\n");
    }
    if (!acceptances_parse(text, ACCEPT_FILE, blocks, error)) {
        return NULL;
    }
    GString *out = g_string_new(text);
    if (out->len && !g_str_has_suffix(out->str, "\n")) {
        g_string_append_c(out, '\n');
    }
    if (!g_str_has_suffix(out->str, "\n\n")) {
        g_string_append_c(out, '\n');
    }
    return out;
}

static bool add_block(const char *root, const struct acceptance *finding,
                      const struct options *options, GError **error)
{
    g_autofree char *path = g_build_filename(root, ACCEPT_FILE, NULL);
    g_autoptr(GString) text = read_blocks(path, error);
    if (!text) {
        return false;
    }
    acceptance_append_parsed(text, finding, options->reason, options->until);
    const struct output output = { .path = path };
    if (!output_write(&output, text, error)) {
        return false;
    }
    output_message("added %s of '%s.%s' to %s\n", finding->rule,
                   finding->driver ? finding->driver : "",
                   finding->property ? finding->property : "", ACCEPT_FILE);
    return true;
}

static bool check_usage(const struct options *options, GError **error)
{
    const char *fingerprint = options->operands[0];
    struct version until;
    const char *problem = NULL;
    if (!fingerprint ||
        fingerprint[strspn(fingerprint, "0123456789abcdef")] ||
        strlen(fingerprint) < 8) {
        problem = "accept needs the fingerprint of a finding, 8 digits or "
                  "more";
    } else if (!options->reason || !*options->reason) {
        problem = "accept needs --reason TEXT: who comes later must be able "
                  "to judge it";
    } else if (options->until && !version_parse(options->until, &until)) {
        problem = "--until takes a version, for example 11.1";
    }
    if (problem) {
        g_set_error(error, QC_ERROR, QC_ERROR_USAGE, "%s", problem);
    }
    return !problem;
}

enum status cmd_accept(const struct options *options, GError **error)
{
    if (!check_usage(options, error) ||
        (options->operands[1] &&
         !judge_range(options, options->operands + 1, error))) {
        return STATUS_ERROR;
    }
    struct repository *repo = repository_open(NULL, NULL);
    g_autofree char *root = last_report_root(repo);
    g_autoptr(GPtrArray) findings = last_report_read(root);
    const struct acceptance *finding = find(findings, options->operands[0],
                                            error);
    bool ok = finding && add_block(root, finding, options, error);
    repository_free(repo);
    return ok ? STATUS_CLEAN : STATUS_ERROR;
}
