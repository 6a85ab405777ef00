/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * GitLab's Code Quality report: one array, empty where nothing was found.
 */
#include "report/json.h"
#include "report/report.h"
#include "snapshot/snapshot.h"

static const char *const severities[] = {
    [SEVERITY_OFF] = "info",
    [SEVERITY_NOTE] = "info",
    [SEVERITY_WARNING] = "minor",
    [SEVERITY_ERROR] = "major",
};

void report_gitlab(const struct report *report, const struct style *style,
                   GString *out)
{
    json_t *array = json_array();

    for (guint i = 0; i < report->findings->len; i++) {
        const struct finding *f = report->findings->pdata[i];
        const char *file = f->loc.file ? f->loc.file : "VERSION";

        json_array_append_new(array, json_pack(
            "{s:o, s:s, s:s, s:s, s:{s:o, s:{s:i}}}",
            "description", text_to_json(f->message),
            "check_name", f->rule,
            "fingerprint", f->fingerprint,
            "severity", severities[f->severity],
            "location",
            "path", text_to_json(file),
            "lines", "begin", MAX(f->loc.line, 1)));
    }
    json_append(out, array, JSON_INDENT(1));
}
