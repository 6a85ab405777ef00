/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The report as a comment on a merge request.
 */
#include "report/machines.h"
#include "report/report.h"
#include "report/sanitize.h"

#include <string.h>

/* Text as text: none of it is markup, a link or a mention. */
static void append_text(GString *out, const char *text)
{
    g_autoptr(GString) safe = g_string_new(NULL);

    sanitize_append(safe, text, SANITIZE_WORD);
    for (const char *p = safe->str; *p; p++) {
        if (strchr("\\`*_{}[]<>()#+!|~@&", *p)) {
            g_string_append_c(out, '\\');
        }
        g_string_append_c(out, *p);
    }
}

/* A fence longer than any run of backquotes in TEXT. */
static void append_block(GString *out, const char *language, const char *text)
{
    g_autoptr(GString) safe = g_string_new(NULL);
    gsize longest = 2, run = 0;

    sanitize_append(safe, text, SANITIZE_LINES);
    for (const char *p = safe->str; *p; p++) {
        run = *p == '`' ? run + 1 : 0;
        longest = MAX(longest, run);
    }
    g_autofree char *fence = g_strnfill(longest + 1, '`');
    g_string_append_printf(out, "\n%s%s\n%s%s%s\n", fence, language,
                           safe->str,
                           g_str_has_suffix(safe->str, "\n") ? "" : "\n",
                           fence);
}

static void append_place(GString *out, const struct location *loc)
{
    append_text(out, loc->file ? loc->file : "?");
    g_string_append_printf(out, ":%d", loc->line);
}

static void append_finding(GString *out, const struct report *report,
                           const struct finding *f)
{
    g_string_append_printf(out, "\n### %s: ", severity_name(f->severity));
    append_text(out, f->rule);
    g_string_append(out, "\n\n");
    append_place(out, &f->loc);
    g_string_append(out, ": ");
    append_text(out, f->message);
    g_string_append(out, "\n\n");
    for (guint i = 0; i < f->related->len; i++) {
        const struct related *related = f->related->pdata[i];

        g_string_append(out, "- ");
        append_place(out, &related->loc);
        g_string_append(out, ": ");
        append_text(out, related->message);
        g_string_append_c(out, '\n');
    }
    if (f->machines->len) {
        g_autofree char *machines = machines_summary(f->machines,
                                                     report->head);

        g_string_append(out, "- affected: ");
        append_text(out, machines);
        g_string_append_c(out, '\n');
    }
    g_string_append_printf(out, "- fingerprint: `%.12s`\n", f->fingerprint);
    if (f->fix) {
        append_block(out, "diff", f->fix);
    }
}

static void append_ends(GString *out, const struct report *report)
{
    if (report->base_name) {
        g_string_append(out, "Compared ");
        append_text(out, report->base_name);
        g_string_append(out, " with ");
        append_text(out, report->head_name);
        g_string_append(out, ", judged against ");
        append_text(out, report->released_name ? report->released_name
                                               : report->base_name);
        g_string_append(out, ".\n\n");
    }
}

void report_markdown(const struct report *report, const struct style *style,
                     GString *out)
{
    struct report_counts n = report_count(report);
    guint accepted = report->accepted ? report->accepted->len : 0;

    g_string_append(out, "## qcompat\n\n");
    append_ends(out, report);
    g_string_append_printf(out,
                           "| errors | warnings | notes | accepted | gaps |\n"
                           "|---|---|---|---|---|\n"
                           "| %u | %u | %u | %u | %u |\n", n.errors,
                           n.warnings, n.notes, accepted, report->gaps->len);
    if (n.gaps_touching) {
        g_string_append_printf(out, "\n**Incomplete**: %u gap(s) touch the "
                               "change.\n", n.gaps_touching);
    }
    for (guint i = 0; i < report->findings->len; i++) {
        append_finding(out, report, report->findings->pdata[i]);
    }
}
