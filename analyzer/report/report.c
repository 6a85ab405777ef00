/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "report/report.h"

const struct report_format report_formats[] = {
    { "text", report_text },
    { "terse", report_terse },
    { "checkpatch", report_checkpatch },
    { "json", report_json },
    { "sarif", report_sarif },
    { "junit", report_junit },
    { "gitlab", report_gitlab },
    { "github", report_github },
    { "markdown", report_markdown },
    { NULL, NULL },
};

struct report_counts report_count(const struct report *report)
{
    struct report_counts counts = { 0 };
    for (guint i = 0; i < report->findings->len; i++) {
        const struct finding *f = report->findings->pdata[i];
        counts.errors += f->severity == SEVERITY_ERROR;
        counts.warnings += f->severity == SEVERITY_WARNING;
        counts.notes += f->severity == SEVERITY_NOTE;
    }
    for (guint i = 0; i < report->gaps->len; i++) {
        const struct gap *gap = report->gaps->pdata[i];
        counts.gaps_touching += gap->touches_change;
    }
    return counts;
}
