/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * As checkpatch.pl speaks, for whoever pipes patches to such a command:
 * nothing at all where nothing is wrong.
 */
#include "report/excerpt.h"
#include "report/report.h"
#include "report/sanitize.h"

static const char *const words[] = {
    [SEVERITY_OFF] = "CHECK",
    [SEVERITY_NOTE] = "CHECK",
    [SEVERITY_WARNING] = "WARNING",
    [SEVERITY_ERROR] = "ERROR",
};

static void append_finding(const struct report *report,
                           const struct finding *finding, GString *out)
{
    const struct location *loc = &finding->loc;
    g_autofree char *line = excerpt_line(report, loc->file, loc->line);

    g_string_append_printf(out, "%s: ", words[finding->severity]);
    sanitize_append(out, finding->message, SANITIZE_WORD);
    g_string_append_printf(out, " [%s]\n", finding->rule);
    if (loc->file) {
        g_string_append_printf(out, "#%d: FILE: ", loc->line);
        sanitize_append(out, loc->file, SANITIZE_WORD);
        g_string_append_printf(out, ":%d:\n", loc->line);
    }
    if (line) {
        g_string_append_c(out, '+');
        sanitize_append(out, line, SANITIZE_LINES);
        g_string_append_c(out, '\n');
    }
    g_string_append_c(out, '\n');
}

void report_checkpatch(const struct report *report,
                       const struct style *style, GString *out)
{
    struct report_counts n = report_count(report);

    for (guint i = 0; i < report->findings->len; i++) {
        append_finding(report, report->findings->pdata[i], out);
    }
    if (report->findings->len) {
        g_string_append_printf(out, "total: %u errors, %u warnings, "
                               "%u checks\n", n.errors, n.warnings, n.notes);
    }
}
