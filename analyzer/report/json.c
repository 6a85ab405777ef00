/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The report for scripts, schema 1.  Keys may be added; none goes away or
 * changes its meaning.
 */
#include "report/json.h"

#include "report/report.h"
#include "snapshot/snapshot.h"

void json_append(GString *out, json_t *json, size_t flags)
{
    char *text = exact_json_dump(json, flags);
    g_string_append(out, text);
    g_string_append_c(out, '\n');
    free(text);
    json_decref(json);
}

json_t *json_tool(const char *version)
{
    return json_pack("{s:s, s:s}", "name", "qcompat", "version", version);
}

json_t *json_revision(const char *name, const struct facts *facts)
{
    if (!facts) {
        return json_null();
    }
    return json_pack("{s:o, s:o}",
                     "rev", text_to_json(name),
                     "commit", text_to_json(facts->revision.commit));
}

static json_t *released_to_json(const struct report *report)
{
    if (!report->released) {
        return json_null();
    }
    g_autofree char *version =
        g_strdup_printf("%d.%d", report->released_version.major,
                        report->released_version.minor);
    return json_pack("{s:o, s:s, s:o}",
                     "rev", text_to_json(report->released_name),
                     "version", version,
                     "commit",
                     text_to_json(report->released->revision.commit));
}

static json_t *location_to_json(const struct location *loc)
{
    return json_pack("{s:o, s:i, s:i}", "file", text_to_json(loc->file),
                     "line", loc->line, "column", loc->column);
}

static json_t *related_to_json(const GPtrArray *related)
{
    json_t *array = json_array();
    for (guint i = 0; related && i < related->len; i++) {
        const struct related *r = related->pdata[i];
        json_t *object = location_to_json(&r->loc);
        json_object_set_new(object, "message", text_to_json(r->message));
        json_array_append_new(array, object);
    }
    return array;
}

static json_t *devices_to_json(const GPtrArray *devices)
{
    json_t *array = json_array();
    for (guint i = 0; devices && i < devices->len; i++) {
        json_array_append_new(array, text_to_json(devices->pdata[i]));
    }
    return array;
}

/* Names only: arm's and m68k's virt-8.0 are neighbours and come out as one. */
static json_t *machines_to_json(const GPtrArray *machines)
{
    json_t *array = json_array();
    const char *last = NULL;
    for (guint i = 0; machines && i < machines->len; i++) {
        const struct machine *machine = machines->pdata[i];
        if (machine->name != last) {
            json_array_append_new(array, text_to_json(machine->name));
        }
        last = machine->name;
    }
    return array;
}

static json_t *finding_to_json(const struct finding *f)
{
    return json_pack(
        "{s:s, s:s, s:s, s:s, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o,"
        " s:o, s:o, s:o, s:o, s:o, s:o}",
        "fingerprint", f->fingerprint,
        "rule", f->rule,
        "severity", severity_name(f->severity),
        "confidence", confidence_name(f->confidence),
        "subject", text_to_json(f->subject),
        "driver", text_to_json(f->driver),
        "property", text_to_json(f->property),
        "devices", devices_to_json(f->devices),
        "old", value_to_json(&f->old_value),
        "new", value_to_json(&f->new_value),
        "message", text_to_json(f->message),
        "reason", text_to_json(f->reason),
        "location", location_to_json(&f->loc),
        "related", related_to_json(f->related),
        "needed_array", text_to_json(f->needed_array),
        "found_array", text_to_json(f->found_array),
        "machines", machines_to_json(f->machines),
        "introduced_by", text_to_json(f->introduced_by),
        "fix", text_to_json(f->fix));
}

json_t *json_findings(const GPtrArray *findings)
{
    json_t *array = json_array();
    for (guint i = 0; i < findings->len; i++) {
        json_array_append_new(array, finding_to_json(findings->pdata[i]));
    }
    return array;
}

/* Who reads the report must be able to see what is not in it. */
static json_t *accepted_to_json(const GPtrArray *findings)
{
    json_t *array = json_array();
    for (guint i = 0; findings && i < findings->len; i++) {
        const struct finding *f = findings->pdata[i];
        json_array_append_new(array, json_pack(
            "{s:s, s:s, s:o, s:o}", "fingerprint", f->fingerprint,
            "rule", f->rule, "subject", text_to_json(f->subject),
            "reason", text_to_json(f->accepted)));
    }
    return array;
}

json_t *json_gaps(const GPtrArray *gaps)
{
    json_t *array = json_array();
    for (guint i = 0; i < gaps->len; i++) {
        const struct gap *gap = gaps->pdata[i];
        json_array_append_new(array, json_pack(
            "{s:o, s:i, s:o, s:b}",
            "file", text_to_json(gap->file),
            "line", gap->line,
            "reason", text_to_json(gap->reason),
            "touches_change", gap->touches_change));
    }
    return array;
}

void report_json(const struct report *report, const struct style *style,
                 GString *out)
{
    struct report_counts counts = report_count(report);
    json_append(out, json_pack(
        "{s:i, s:o, s:o, s:o, s:o, s:{s:i, s:i, s:i, s:i, s:i}, s:o, s:o, s:o}",
        "schema", 1,
        "tool", json_tool(report->tool_version),
        "base", json_revision(report->base_name, report->base),
        "head", json_revision(report->head_name, report->head),
        "released", released_to_json(report),
        "summary",
        "errors", (int)counts.errors,
        "warnings", (int)counts.warnings,
        "notes", (int)counts.notes,
        "suppressed", (int)report->suppressed,
        "gaps", (int)report->gaps->len,
        "findings", json_findings(report->findings),
        "accepted", accepted_to_json(report->accepted),
        "gaps", json_gaps(report->gaps)), JSON_INDENT(1));
}
