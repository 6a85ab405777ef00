/* SPDX-License-Identifier: GPL-2.0-or-later */
/* `facts` and `diff`: the extracted model itself. */
#include "command.h"
#include "output.h"
#include "report/facts.h"
#include "session.h"
#include "snapshot/snapshot.h"
#include "summary.h"

static const char *const formats[] = { "text", "json" };

/* A file is a snapshot unless it is said to be text: `-o` makes what can
 * stand wherever a revision can. */
static GArray *resolve_outputs(const struct options *options,
                               const char *default_format, GError **error)
{
    return outputs_resolve(options, default_format, formats,
                           G_N_ELEMENTS(formats), error);
}

static bool is_json(const struct output *output)
{
    return g_str_equal(output->format, "json");
}

static bool write_facts(const struct options *options,
                        const struct output *output,
                        const struct facts *facts, GError **error)
{
    g_autoptr(GString) text = g_string_new(NULL);
    if (is_json(output)) {
        facts_append_json(facts, text);
    } else {
        facts_to_text(facts, text);
    }
    return output_write(output, text, error);
}

enum status cmd_facts(const struct options *options, GError **error)
{
    const char *rev = options->operands[0];
    const char *fallback = options->plain_directories ? "." : "HEAD";
    bool to_file = false;
    for (guint i = 0; i < options->outputs->len; i++) {
        const struct output_request *request = options->outputs->pdata[i];
        to_file |= request->path && !g_str_equal(request->path, "-");
    }
    g_autoptr(GArray) outputs =
        resolve_outputs(options, to_file ? "json" : "text", error);
    g_autoptr(Session) session = session_new(options);
    struct side *side = outputs
        ? session_open(session, rev ? rev : fallback, NULL, error) : NULL;
    if (!side || !session_load(session, error)) {
        return STATUS_ERROR;
    }
    for (guint i = 0; i < outputs->len; i++) {
        const struct output *output =
            &g_array_index(outputs, struct output, i);
        if (!write_facts(options, output, side->facts, error)) {
            return STATUS_ERROR;
        }
    }
    summary_of_facts(options, session, side);
    return STATUS_CLEAN;
}

enum status cmd_diff(const struct options *options, GError **error)
{
    struct side *old;
    struct side *new;
    g_autoptr(GArray) outputs = resolve_outputs(options, "text", error);
    g_autoptr(Session) session = session_new(options);
    if (!outputs ||
        !session_open_range(session, options->operands, &old, &new, error) ||
        !session_load(session, error)) {
        return STATUS_ERROR;
    }
    for (guint i = 0; i < outputs->len; i++) {
        const struct output *output =
            &g_array_index(outputs, struct output, i);
        const struct style style = output_style(options, output);
        g_autoptr(GString) text = g_string_new(NULL);
        if (is_json(output)) {
            diff_to_json(old->facts, new->facts, QCOMPAT_VERSION, text);
        } else {
            diff_to_text(old->facts, new->facts, &style, text);
        }
        if (!output_write(output, text, error)) {
            return STATUS_ERROR;
        }
    }
    return STATUS_CLEAN;
}
