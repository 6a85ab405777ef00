/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Workflow commands of GitHub Actions.  Ten of each kind are shown, so the
 * worst come first.
 */
#include "report/report.h"
#include "report/sanitize.h"

#include <string.h>

static const char *const commands[] = {
    [SEVERITY_OFF] = "notice",
    [SEVERITY_NOTE] = "notice",
    [SEVERITY_WARNING] = "warning",
    [SEVERITY_ERROR] = "error",
};

/* Percent-encodes what would end the value, as GitHub's own toolkit does. */
static void append_escaped(GString *out, const char *text, const char *unsafe)
{
    g_autoptr(GString) safe = g_string_new(NULL);

    sanitize_append(safe, text, SANITIZE_LINES);
    for (const char *p = safe->str; *p; p++) {
        if (strchr(unsafe, *p)) {
            g_string_append_printf(out, "%%%02X", *p);
        } else {
            g_string_append_c(out, *p);
        }
    }
}

static void append_command(GString *out, const struct finding *f)
{
    static const char *const in_property = "%\r\n:,";
    const char *separator = " ";

    g_string_append_printf(out, "::%s", commands[f->severity]);
    if (f->loc.file) {
        g_string_append(out, " file=");
        append_escaped(out, f->loc.file, in_property);
        g_string_append_printf(out, ",line=%d,col=%d", MAX(f->loc.line, 1),
                               MAX(f->loc.column, 1));
        separator = ",";
    }
    g_string_append_printf(out, "%stitle=", separator);
    append_escaped(out, f->rule, in_property);
    g_string_append(out, "::");
    append_escaped(out, f->message, "%\r\n");
    for (guint i = 0; i < f->related->len; i++) {
        const struct related *related = f->related->pdata[i];

        g_string_append(out, "%0A");
        append_escaped(out, related->message, "%\r\n");
    }
    g_string_append_c(out, '\n');
}

void report_github(const struct report *report, const struct style *style,
                   GString *out)
{
    for (int severity = SEVERITY_ERROR; severity > SEVERITY_OFF; severity--) {
        for (guint i = 0; i < report->findings->len; i++) {
            const struct finding *finding = report->findings->pdata[i];

            if ((int)finding->severity == severity) {
                append_command(out, finding);
            }
        }
    }
}
