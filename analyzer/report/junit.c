/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * JUnit's XML, as GitLab collects it: a test case for every rule, so that
 * their names are the same in every run, one for each finding, and one for
 * the analysis itself, which is in error where it is incomplete.
 */
#include "report/report.h"
#include "report/sanitize.h"

/* Text for XML: its control characters are none of XML's. */
static void append_xml(GString *out, const char *text)
{
    g_autoptr(GString) safe = g_string_new(NULL);

    sanitize_append(safe, text, SANITIZE_LINES);
    g_autofree char *escaped = g_markup_escape_text(safe->str, -1);
    g_string_append(out, escaped);
}

static void open_case(GString *out, const char *class_name, const char *name,
                      const char *subject)
{
    g_string_append(out, "    <testcase classname=\"");
    append_xml(out, class_name);
    g_string_append(out, "\" name=\"");
    append_xml(out, name);
    if (subject) {
        g_string_append(out, ": ");
        append_xml(out, subject);
    }
    g_string_append(out, "\" time=\"0\">\n");
}

static void close_case(GString *out)
{
    g_string_append(out, "    </testcase>\n");
}

static void append_details(GString *out, const struct finding *f)
{
    append_xml(out, f->loc.file ? f->loc.file : "?");
    g_string_append_printf(out, ":%d: ", f->loc.line);
    append_xml(out, f->message);
    for (guint i = 0; i < f->related->len; i++) {
        const struct related *related = f->related->pdata[i];

        g_string_append_c(out, '\n');
        append_xml(out, related->message);
    }
    if (f->fix) {
        g_string_append(out, "\n\n");
        append_xml(out, f->fix);
    }
}

static bool fails(const struct report *report, const struct finding *f)
{
    return (int)f->severity >= report->fail_on;
}

static void append_finding(GString *out, const struct report *report,
                           const struct finding *f)
{
    const char *element = fails(report, f) ? "failure" : "system-out";

    open_case(out, f->rule, f->rule, f->subject);
    if (f->accepted) {
        g_string_append(out, "      <skipped message=\"accepted: ");
        append_xml(out, f->accepted);
        g_string_append(out, "\"/>\n");
    } else {
        g_string_append_printf(out, "      <%s", element);
        if (fails(report, f)) {
            g_string_append_printf(out, " type=\"%s\" message=\"",
                                   severity_name(f->severity));
            append_xml(out, f->message);
            g_string_append_c(out, '"');
        }
        g_string_append_c(out, '>');
        append_details(out, f);
        g_string_append_printf(out, "</%s>\n", element);
    }
    close_case(out);
}

static void append_analysis(GString *out, const struct report *report,
                            unsigned touching)
{
    open_case(out, "analysis", "analysis is complete", NULL);
    if (touching) {
        g_string_append_printf(out, "      <error type=\"gap\" message=\"%u "
                               "gap(s) touch the change\">", touching);
        for (guint i = 0; i < report->gaps->len; i++) {
            const struct gap *gap = report->gaps->pdata[i];

            if (gap->touches_change) {
                append_xml(out, gap->file ? gap->file : "?");
                g_string_append_printf(out, ":%d: ", gap->line);
                append_xml(out, gap->reason);
                g_string_append_c(out, '\n');
            }
        }
        g_string_append(out, "</error>\n");
    }
    close_case(out);
}

static bool has_finding(const struct report *report, const char *rule)
{
    for (guint i = 0; i < report->findings->len; i++) {
        const struct finding *finding = report->findings->pdata[i];

        if (g_str_equal(finding->rule, rule)) {
            return true;
        }
    }
    return false;
}

struct totals {
    guint tests, failures, skipped;
};

static struct totals append_cases(GString *out, const struct report *report)
{
    struct totals n = { 0 };

    for (guint i = 0; i < report->n_rules; i++) {
        if (!has_finding(report, report->rules[i].id)) {
            open_case(out, report->rules[i].id, report->rules[i].id, NULL);
            close_case(out);
            n.tests++;
        }
    }
    for (guint i = 0; i < report->findings->len; i++) {
        append_finding(out, report, report->findings->pdata[i]);
        n.failures += fails(report, report->findings->pdata[i]);
        n.tests++;
    }
    for (guint i = 0; report->accepted && i < report->accepted->len; i++) {
        append_finding(out, report, report->accepted->pdata[i]);
        n.skipped++;
        n.tests++;
    }
    return n;
}

void report_junit(const struct report *report, const struct style *style,
                  GString *out)
{
    unsigned touching = report_count(report).gaps_touching;
    g_autoptr(GString) cases = g_string_new(NULL);

    append_analysis(cases, report, touching);
    struct totals n = append_cases(cases, report);
    g_autofree char *attributes = g_strdup_printf(
        "name=\"qcompat\" tests=\"%u\" failures=\"%u\" errors=\"%d\"",
        n.tests + 1, n.failures, touching > 0);

    g_string_append_printf(
        out,
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        "<testsuites %s>\n"
        "  <testsuite %s skipped=\"%u\" time=\"0\">\n"
        "%s"
        "  </testsuite>\n"
        "</testsuites>\n", attributes, attributes, n.skipped, cases->str);
}
