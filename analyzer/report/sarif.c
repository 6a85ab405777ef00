/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * SARIF 2.1.0, as GitHub's code scanning and others take it.
 */
#include "report/sarif.h"

#include <string.h>

#include "report/excerpt.h"
#include "report/json.h"
#include "report/report.h"
#include "snapshot/snapshot.h"

#define SCHEMA "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/" \
               "schemas/sarif-schema-2.1.0.json"

json_t *sarif_artifact(const char *path)
{
    g_autofree char *uri = g_uri_escape_string(path, "/", FALSE);

    return json_pack("{s:s}", "uri", uri);
}

/* Columns of SARIF are characters, ours are bytes. */
static int column_in(const char *line, int column)
{
    gsize bytes = MAX(column, 1) - 1;

    if (!line || bytes > strlen(line) || !g_utf8_validate(line, bytes, NULL)) {
        return MAX(column, 1);
    }
    return (int)g_utf8_strlen(line, (gssize)bytes) + 1;
}

static json_t *region_of(const struct report *report,
                         const struct location *loc)
{
    g_autofree char *line = excerpt_line(report, loc->file, loc->line);
    int start = column_in(line, loc->column);
    int end = line ? column_in(line, (int)strlen(line) + 1) : start + 1;

    return json_pack("{s:i, s:i, s:i, s:i}",
                     "startLine", MAX(loc->line, 1), "startColumn", start,
                     "endLine", MAX(loc->line, 1),
                     "endColumn", MAX(end, start + 1));
}

/* Every result must have a place; VERSION is in every tree. */
static json_t *place(const struct report *report, const struct location *loc)
{
    return json_pack("{s:o, s:o}", "artifactLocation",
                     sarif_artifact(loc->file ? loc->file : "VERSION"),
                     "region", region_of(report, loc));
}

static json_t *related_locations(const struct report *report,
                                 const struct finding *f)
{
    json_t *array = json_array();

    for (guint i = 0; i < f->related->len; i++) {
        const struct related *related = f->related->pdata[i];

        json_array_append_new(array, json_pack(
            "{s:i, s:o, s:{s:o}}", "id", (int)i + 1,
            "physicalLocation", place(report, &related->loc),
            "message", "text", text_to_json(related->message)));
    }
    return array;
}

static guint rule_index(const struct report *report, const char *id)
{
    guint i = 0;

    while (i < report->n_rules && strcmp(report->rules[i].id, id)) {
        i++;
    }
    return i;
}

static json_t *result_of(const struct report *report, const struct finding *f)
{
    g_autofree char *hash = g_strdup_printf("%.16s:1", f->fingerprint);
    json_t *result = json_pack(
        "{s:s, s:s, s:{s:o}, s:[{s:o}], s:o, s:{s:s, s:s}}",
        "ruleId", f->rule,
        "level", severity_name(f->severity),
        "message", "text", text_to_json(f->message),
        "locations", "physicalLocation", place(report, &f->loc),
        "relatedLocations", related_locations(report, f),
        "partialFingerprints",
        "primaryLocationLineHash", hash, "qcompat/v1", f->fingerprint);
    guint index = rule_index(report, f->rule);

    if (index < report->n_rules) {
        json_object_set_new(result, "ruleIndex", json_integer(index));
    }
    if (f->fix) {
        json_object_set_new(result, "fixes", sarif_fixes(f->fix));
    }
    if (f->accepted) {
        json_object_set_new(result, "suppressions", json_pack(
            "[{s:s, s:s, s:o}]", "kind", "external", "status", "accepted",
            "justification", text_to_json(f->accepted)));
    }
    return result;
}

static json_t *results_of(const struct report *report)
{
    json_t *array = json_array();

    for (guint i = 0; i < report->findings->len; i++) {
        json_array_append_new(array, result_of(report,
                                               report->findings->pdata[i]));
    }
    for (guint i = 0; report->accepted && i < report->accepted->len; i++) {
        json_array_append_new(array, result_of(report,
                                               report->accepted->pdata[i]));
    }
    return array;
}

static json_t *rules_of(const struct report *report)
{
    json_t *array = json_array();

    for (guint i = 0; i < report->n_rules; i++) {
        const struct report_rule *rule = &report->rules[i];

        json_array_append_new(array, json_pack(
            "{s:s, s:{s:s}, s:{s:s}, s:{s:s, s:s}, s:{s:s}}",
            "id", rule->id,
            "shortDescription", "text", rule->title,
            "fullDescription", "text", rule->rationale,
            "help", "text", rule->help, "markdown", rule->help,
            "defaultConfiguration", "level",
            severity_name(rule->severity)));
    }
    return array;
}

/* What could not be read is said by the tool, not by a rule. */
static json_t *invocation_of(const struct report *report)
{
    json_t *notes = json_array();

    for (guint i = 0; i < report->gaps->len; i++) {
        const struct gap *gap = report->gaps->pdata[i];
        g_autofree char *text = g_strdup_printf(
            "%s:%d: %s", gap->file ? gap->file : "?", gap->line, gap->reason);

        json_array_append_new(notes, json_pack(
            "{s:s, s:{s:o}}", "level",
            gap->touches_change ? "error" : "note", "message", "text",
            text_to_json(text)));
    }
    return json_pack("{s:b, s:o}", "executionSuccessful",
                     report_count(report).gaps_touching == 0,
                     "toolExecutionNotifications", notes);
}

void report_sarif(const struct report *report, const struct style *style,
                  GString *out)
{
    json_append(out, json_pack(
        "{s:s, s:s, s:[{s:{s:{s:s, s:s, s:o}}, s:s, s:[o], s:o}]}",
        "$schema", SCHEMA, "version", "2.1.0",
        "runs",
        "tool", "driver", "name", "qcompat",
        "version", report->tool_version, "rules", rules_of(report),
        "columnKind", "unicodeCodePoints",
        "invocations", invocation_of(report),
        "results", results_of(report)), JSON_INDENT(1));
}
