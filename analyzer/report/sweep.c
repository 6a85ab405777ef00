/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "report/sweep.h"

#include "report/json.h"
#include "report/sanitize.h"
#include "snapshot/snapshot.h"

/* --- For people --------------------------------------------------------------- */

static void append_quoted(GString *out, const char *id, const char *subject)
{
    g_autofree char *text = g_strdup_printf("%.12s%s%s%s", id,
                                            subject ? " \"" : "",
                                            subject ? subject : "",
                                            subject ? "\"" : "");

    sanitize_append(out, text, SANITIZE_WORD);
}

static void append_gaps(GString *out, const GPtrArray *gaps)
{
    for (guint i = 0; i < gaps->len; i++) {
        const struct gap *gap = g_ptr_array_index(gaps, i);
        g_autofree char *text = g_strdup_printf(
            "%s:%d: %s", gap->file ? gap->file : "?", gap->line, gap->reason);

        g_string_append(out, "gap: ");
        sanitize_append(out, text, SANITIZE_WORD);
        g_string_append_c(out, '\n');
    }
}

static void append_repaired(GString *out, const GPtrArray *repaired)
{
    for (guint i = 0; i < repaired->len; i++) {
        const struct finding *finding = g_ptr_array_index(repaired, i);

        g_string_append(out, "repaired: ");
        sanitize_append(out, finding->message, SANITIZE_WORD);
        g_string_append_printf(out, " [%s]", finding->rule);
        if (finding->introduced_by) {
            g_string_append(out, ", introduced by ");
            append_quoted(out, finding->introduced_by,
                          finding->introduced_subject);
        }
        g_string_append_c(out, '\n');
    }
}

static void text(const struct sweep_entry *entry, const struct style *style,
                 GString *out)
{
    const struct report *report = &entry->report;
    bool any = report->findings->len || report->gaps->len ||
               entry->repaired->len;

    if (!any && !style->verbose) {
        return;
    }
    g_string_append(out, style->color ? "\033[1mcommit " : "commit ");
    append_quoted(out, entry->commit, entry->subject);
    g_string_append(out, style->color ? "\033[0m" : "");
    if (report->released_name) {
        g_string_append(out, ", judged against ");
        sanitize_append(out, report->released_name, SANITIZE_WORD);
    }
    g_string_append(out, any ? "\n" : ": clean\n");
    report_text(report, style, out);
    append_gaps(out, report->gaps);
    append_repaired(out, entry->repaired);
    g_string_append(out, any ? "\n" : "");
}

static void terse(const struct sweep_entry *entry, const struct style *style,
                  GString *out)
{
    g_autoptr(GString) lines = g_string_new(NULL);

    report_terse(&entry->report, style, lines);
    g_auto(GStrv) split = g_strsplit(lines->str, "\n", -1);

    for (char **line = split; *line; line++) {
        if (**line) {
            g_string_append_printf(out, "%s (%.12s)\n", *line, entry->commit);
        }
    }
}

/* --- For scripts ---------------------------------------------------------------- */

/* What is enough to find a finding again. */
static json_t *reference_out(const struct finding *finding)
{
    return json_pack("{s:s, s:s, s:o, s:o}",
                     "fingerprint", finding->fingerprint,
                     "rule", finding->rule,
                     "subject", text_to_json(finding->subject),
                     "introduced_by", text_to_json(finding->introduced_by));
}

static json_t *repaired_out(const GPtrArray *repaired)
{
    json_t *array = json_array();

    for (guint i = 0; i < repaired->len; i++) {
        json_array_append_new(array, reference_out(repaired->pdata[i]));
    }
    return array;
}

static json_t *released_out(const struct sweep_entry *entry)
{
    const struct report *report = &entry->report;
    g_autofree char *version = g_strdup_printf(
        "%d.%d", report->released_version.major,
        report->released_version.minor);

    return entry->released
        ? json_pack("{s:o, s:s, s:s}",
                    "rev", text_to_json(report->released_name),
                    "version", version, "commit", entry->released)
        : json_null();
}

static json_t *counts_out(const struct report_counts *n, unsigned suppressed)
{
    return json_pack("{s:i, s:i, s:i, s:i, s:i}",
                     "errors", (int)n->errors, "warnings", (int)n->warnings,
                     "notes", (int)n->notes, "suppressed", (int)suppressed,
                     "gaps", (int)n->gaps_touching);
}

static void json(const struct sweep_entry *entry, const struct style *style,
                 GString *out)
{
    const struct report *report = &entry->report;
    struct report_counts counts = report_count(report);

    json_append(out, json_pack(
        "{s:i, s:s, s:s, s:o, s:o, s:o, s:o, s:o, s:o}",
        "schema", 1, "commit", entry->commit, "parent", entry->parent,
        "subject", text_to_json(entry->subject),
        "released", released_out(entry),
        "summary", counts_out(&counts, report->suppressed),
        "findings", json_findings(report->findings),
        "repaired", repaired_out(entry->repaired),
        "gaps", json_gaps(report->gaps)), JSON_COMPACT);
}

static void json_end(const struct sweep_total *total, GString *out)
{
    json_t *origins = json_array();

    for (guint i = 0; i < total->origins->len; i++) {
        const struct sweep_origin *origin =
            &g_array_index(total->origins, struct sweep_origin, i);
        json_t *object = reference_out(origin->finding);

        json_object_set_new(object, "removed_by",
                            text_to_json(origin->removed_by));
        json_array_append_new(origins, object);
    }
    json_append(out, json_pack(
        "{s:i, s:o, s:i, s:o, s:i, s:o}",
        "schema", 1, "tool", json_tool(total->tool_version),
        "commits", (int)total->commits,
        "summary", counts_out(&total->counts, total->suppressed),
        "repaired", (int)total->repaired,
        "introduced", origins), JSON_COMPACT);
}

const struct sweep_format sweep_formats[] = {
    { "text", text, NULL },
    { "terse", terse, NULL },
    { "json", json, json_end },
    { NULL, NULL, NULL },
};
