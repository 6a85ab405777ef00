/* SPDX-License-Identifier: GPL-2.0-or-later */
/* `verify`: the facts against what a running QEMU says. */
#include "base/error.h"
#include "command.h"
#include "output.h"
#include "report/sanitize.h"
#include "session.h"
#include "summary.h"
#include "verify/print.h"
#include "verify/streams.h"

static const char *const formats[] = { "text", "json" };

static bool check_usage(const struct options *options, GError **error)
{
    if (!options->qemu) {
        g_set_error(error, QC_ERROR, QC_ERROR_USAGE,
                    "verify needs --qemu BINARY, a QEMU system emulator "
                    "built from the revision");
        return false;
    }
    if (options->vmstate != (options->machine != NULL)) {
        g_set_error(error, QC_ERROR, QC_ERROR_USAGE, options->vmstate
                    ? "--vmstate needs -M MACHINE, a machine type of the "
                      "binary" : "-M goes with --vmstate only");
        return false;
    }
    return true;
}

static bool write_comparison(const struct options *options,
                             const GArray *outputs,
                             const struct comparison *comparison,
                             const struct facts *facts,
                             const struct answers *answers, GError **error)
{
    for (guint i = 0; i < outputs->len; i++) {
        const struct output *output =
            &g_array_index(outputs, struct output, i);
        g_autoptr(GString) text = g_string_new(NULL);
        if (g_str_equal(output->format, "json")) {
            comparison_to_json(comparison, facts, answers, QCOMPAT_VERSION,
                               text);
        } else {
            g_autoptr(GString) raw = g_string_new(NULL);
            comparison_to_text(comparison, options->verbose, raw);
            sanitize_append(text, raw->str, SANITIZE_LINES);
        }
        if (!output_write(output, text, error)) {
            return false;
        }
    }
    return true;
}

/* Nothing is wrong with the facts when the binary is another QEMU. */
static bool is_other_version(const struct side *side,
                             const struct answers *answers)
{
    const char *version = side->facts->revision.version;

    return version && !g_str_equal(version, answers->version);
}

static void warn_of_version(const struct side *side,
                            const struct answers *answers)
{
    if (is_other_version(side, answers)) {
        output_message("warning: '%s' is QEMU %s, but '%s' is QEMU %s: "
                       "differences are to be expected\n", side->name,
                       side->facts->revision.version, answers->binary,
                       answers->version);
    }
}

static void print_silence(const struct answers *answers)
{
    for (guint i = 0; i < answers->types->len; i++) {
        const struct answer_type *type = answers->types->pdata[i];
        if (type->silence) {
            output_message("  no answer for '%s': %s\n", type->name,
                           type->silence);
        }
    }
}

static void print_not_compared(const struct answers *answers)
{
    if (!answers->tells_defaults) {
        output_message("  defaults were not compared: this QEMU does not "
                       "tell them (2.12 and later do)\n");
    }
    if (!answers->tells_compat) {
        output_message("  compat entries were not compared: this QEMU does "
                       "not tell them (9.1 and later do)\n");
    }
}

static void print_summary(const struct side *side,
                          const struct answers *answers,
                          const struct comparison *comparison)
{
    output_message("compared %s with %s: QEMU %s%s%s%s, target %s\n",
                   side->name, answers->binary, answers->version,
                   *answers->package ? " (" : "", answers->package,
                   *answers->package ? ")" : "", answers->target);
    output_message("  %u types, %u properties, %u defaults, %u machine "
                   "types%s\n", comparison->n_types,
                   comparison->n_properties, comparison->n_defaults,
                   comparison->n_machines,
                   answers->tells_compat ? " and their compat entries" : "");
    print_not_compared(answers);
    print_silence(answers);
    guint n = comparison->differences->len;
    if (n) {
        output_message("verdict: %u difference%s%s\n", n, n == 1 ? "" : "s",
                       is_other_version(side, answers)
                       ? ", but another version was asked" : "");
    } else if (comparison->n_silent) {
        output_message("verdict: equal where QEMU answers, which it does not "
                       "for %u types\n", comparison->n_silent);
    } else {
        output_message("verdict: equal\n");
    }
}

/* --- Migration streams --------------------------------------------------- */

static bool write_streams(const struct options *options,
                          const GArray *outputs,
                          const struct stream_comparison *comparison,
                          GError **error)
{
    for (guint i = 0; i < outputs->len; i++) {
        const struct output *output =
            &g_array_index(outputs, struct output, i);
        g_autoptr(GString) text = g_string_new(NULL);
        g_autoptr(GString) raw = g_string_new(NULL);

        if (g_str_equal(output->format, "json")) {
            stream_comparison_to_json(comparison, QCOMPAT_VERSION, text);
        } else {
            stream_comparison_to_text(comparison, options->verbose, raw);
            sanitize_append(text, raw->str, SANITIZE_LINES);
        }
        if (!output_write(output, text, error)) {
            return false;
        }
    }
    return true;
}

static void print_streams(const struct side *side,
                          const struct options *options,
                          const struct stream_comparison *c)
{
    output_message("compared %s with %s, machine type %s\n", side->name,
                   options->qemu, c->machine);
    output_message("  %u devices, %u descriptions, %u fields\n",
                   c->n_devices, c->n_states, c->n_fields);
    output_message("verdict: %u descriptions are in the facts, %u of them "
                   "equal\n", c->n_found, c->n_equal);
}

static enum status verify_streams(const struct options *options,
                                  struct session *session,
                                  const struct side *side,
                                  const GArray *outputs, GError **error)
{
    json_t *dump = answers_dump_vmstate(options->qemu, options->machine,
                                        error);
    g_autoptr(StreamComparison) comparison =
        dump && session_load(session, error)
        ? stream_comparison_new(side->facts, dump, error)
        : NULL;

    json_decref(dump);
    if (!comparison || !write_streams(options, outputs, comparison, error)) {
        return STATUS_ERROR;
    }
    if (!options->quiet) {
        print_streams(side, options, comparison);
    }
    return comparison->differences->len ? STATUS_FINDINGS : STATUS_CLEAN;
}

enum status cmd_verify(const struct options *options, GError **error)
{
    const char *rev = options->operands[0];
    const char *fallback = options->plain_directories ? "." : "HEAD";
    g_autoptr(GArray) outputs = outputs_resolve(
        options, "text", formats, G_N_ELEMENTS(formats), error);
    if (!outputs || !check_usage(options, error)) {
        return STATUS_ERROR;
    }
    g_autoptr(Session) session = session_new(options);
    struct side *side =
        session_open(session, rev ? rev : fallback, NULL, error);
    if (side && options->vmstate) {
        return verify_streams(options, session, side, outputs, error);
    }
    /* A binary that cannot be asked is found out before the long work. */
    g_autoptr(Answers) answers =
        side ? answers_ask(options->qemu, error) : NULL;
    if (!answers || !session_load(session, error)) {
        return STATUS_ERROR;
    }
    g_autoptr(Comparison) comparison = comparison_new(side->facts, answers);
    if (!write_comparison(options, outputs, comparison, side->facts, answers,
                          error)) {
        return STATUS_ERROR;
    }
    if (!options->quiet) {
        warn_of_version(side, answers);
        print_summary(side, answers, comparison);
    }
    summary_of_load(options, session);
    return comparison->differences->len ? STATUS_FINDINGS : STATUS_CLEAN;
}
