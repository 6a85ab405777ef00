/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The report for people: the finding in the shape of a compiler's message,
 * then what it means for machine types and what to do.
 */
#include "report/excerpt.h"
#include "report/machines.h"
#include "report/sanitize.h"
#include "report/wrap.h"

#include <string.h>

enum paint {
    PAINT_BOLD, PAINT_ERROR, PAINT_WARNING, PAINT_NOTE, PAINT_DIM, PAINT_ADDED,
    PAINT_REMOVED, PAINT_HUNK,
};

static const char *const paint_codes[] = {
    [PAINT_BOLD] = "\033[1m",
    [PAINT_ERROR] = "\033[1;31m",
    [PAINT_WARNING] = "\033[1;35m",
    [PAINT_NOTE] = "\033[1;36m",
    [PAINT_DIM] = "\033[2m",
    [PAINT_ADDED] = "\033[32m",
    [PAINT_REMOVED] = "\033[31m",
    [PAINT_HUNK] = "\033[36m",
};

static void append_painted(GString *out, const struct style *style,
                           enum paint paint, const char *text)
{
    g_string_append(out, style->color ? paint_codes[paint] : "");
    sanitize_append(out, text, SANITIZE_WORD);
    g_string_append(out, style->color ? "\033[0m" : "");
}

static enum paint severity_paint(enum severity severity)
{
    return severity == SEVERITY_ERROR ? PAINT_ERROR
           : severity == SEVERITY_WARNING ? PAINT_WARNING : PAINT_NOTE;
}

/* "file:line:column: "; parts that are not known are left out. */
static void append_location(GString *out, const struct style *style,
                            const struct location *loc)
{
    g_autoptr(GString) text = g_string_new(loc->file ? loc->file : "qcompat");
    if (loc->file && loc->line > 0) {
        g_string_append_printf(text, ":%d", loc->line);
    }
    if (loc->file && loc->line > 0 && loc->column > 0) {
        g_string_append_printf(text, ":%d", loc->column);
    }
    append_painted(out, style, PAINT_BOLD, text->str);
    g_string_append(out, ": ");
}

static void append_headline(GString *out, const struct style *style,
                            const struct finding *finding)
{
    g_autoptr(GString) line = g_string_new(NULL);
    append_location(line, style, &finding->loc);
    append_painted(line, style, severity_paint(finding->severity),
                   severity_name(finding->severity));
    g_string_append(line, ": ");
    sanitize_append(line, finding->message, SANITIZE_WORD);
    g_string_append(line, " [");
    append_painted(line, style, PAINT_BOLD, finding->rule);
    g_string_append(line, "]\n");
    wrap_append(out, line->str, style->width, 4);
}

static void append_related(GString *out, const struct style *style,
                           const struct finding *finding)
{
    for (guint i = 0; finding->related && i < finding->related->len; i++) {
        const struct related *related = finding->related->pdata[i];
        g_autoptr(GString) line = g_string_new(NULL);
        append_location(line, style, &related->loc);
        append_painted(line, style, PAINT_NOTE, "note");
        g_string_append(line, ": ");
        sanitize_append(line, related->message, SANITIZE_WORD);
        g_string_append_c(line, '\n');
        wrap_append(out, line->str, style->width, 4);
    }
}

/* "  label text". */
static void append_fact(GString *out, const struct style *style,
                        const char *label, const char *text)
{
    g_autoptr(GString) line = g_string_new("  ");
    sanitize_append(line, label, SANITIZE_WORD);
    g_string_append_c(line, ' ');
    sanitize_append(line, text, SANITIZE_WORD);
    g_string_append_c(line, '\n');
    wrap_append(out, line->str, style->width, 4);
}

static char *value_phrase(const char *property, const struct value *value)
{
    if (value->kind == VALUE_ABSENT) {
        return g_strdup_printf("no %s", property);
    }
    if (value->kind == VALUE_UNEVALUATED) {
        return g_strdup_printf("%s=%s (not evaluated)", property,
                               value->string);
    }
    g_autofree char *text = value_to_text(value);
    return g_strdup_printf("%s=%s", property, text);
}

/* What is wrong with an entry says nothing of what a machine type gets. */
static bool is_about_entry(const struct finding *finding)
{
    return finding->found_array && !finding->needed_array &&
           finding->old_value.kind == VALUE_ABSENT;
}

/* What one affected machine type had and gets. */
static void append_example(GString *out, const struct report *report,
                           const struct style *style,
                           const struct finding *finding)
{
    const struct machine *machine =
        finding->machines ? machines_example(finding->machines) : NULL;
    bool has_values = finding->old_value.kind != VALUE_ABSENT ||
                      finding->new_value.kind != VALUE_ABSENT;
    if (!machine || !finding->property || !has_values || !report->base ||
        is_about_entry(finding)) {
        return;
    }
    g_autofree char *before =
        value_phrase(finding->property, &finding->old_value);
    g_autofree char *after =
        value_phrase(finding->property, &finding->new_value);
    g_autofree char *where = report->released
        ? g_strdup_printf("QEMU %d.%d", report->released_version.major,
                          report->released_version.minor)
        : g_strdup("the base");
    g_autofree char *label =
        g_strdup_printf("%s on %s:", machine->name, where);
    g_autofree char *text =
        g_strdup_printf("%s     on this tree: %s", before, after);
    append_fact(out, style, label, text);
}

static char *join_devices(const GPtrArray *devices, bool all)
{
    guint shown = all ? devices->len : MIN(devices->len, 6);
    g_autoptr(GString) text = g_string_new(NULL);
    for (guint i = 0; i < shown; i++) {
        g_string_append_printf(text, "%s%s", i ? ", " : "",
                               (const char *)devices->pdata[i]);
    }
    if (shown < devices->len) {
        g_string_append_printf(text, " and %u more", devices->len - shown);
    }
    return g_string_free(g_steal_pointer(&text), FALSE);
}

static void append_reach(GString *out, const struct report *report,
                         const struct style *style,
                         const struct finding *finding)
{
    if (finding->machines && finding->machines->len) {
        g_autofree char *text =
            machines_summary(finding->machines, report->head);
        append_fact(out, style, "affected:", text);
    }
    append_example(out, report, style, finding);
    if (finding->devices && finding->devices->len) {
        g_autofree char *text =
            join_devices(finding->devices, style->verbose);
        append_fact(out, style, "devices:", text);
    }
}

static enum paint diff_paint(const char *line)
{
    return g_str_has_prefix(line, "---") || g_str_has_prefix(line, "+++")
               ? PAINT_BOLD
           : *line == '+' ? PAINT_ADDED
           : *line == '-' ? PAINT_REMOVED
           : *line == '@' ? PAINT_HUNK : PAINT_DIM;
}

static void append_fix(GString *out, const struct style *style,
                       const char *fix)
{
    g_auto(GStrv) lines = g_strsplit(fix, "\n", -1);
    g_string_append(out, "  fix (qcompat check ... --fix):\n");
    for (char **line = lines; *line; line++) {
        if (!**line && !line[1]) {
            break;
        }
        g_string_append(out, "    ");
        g_string_append(out, style->color ? paint_codes[diff_paint(*line)]
                                          : "");
        sanitize_append(out, *line, SANITIZE_LINES);
        g_string_append(out, style->color ? "\033[0m\n" : "\n");
    }
}

/* By id and subject; a patch that is no commit yet has the latter only. */
static void append_origin(GString *out, const struct style *style,
                          const struct finding *finding)
{
    const char *subject = finding->introduced_subject;
    const char *commit = finding->introduced_by;
    g_autofree char *text = g_strdup_printf(
        "%.12s%s%s%s%s", commit ? commit : "", commit && subject ? " " : "",
        subject ? "\"" : "", subject ? subject : "", subject ? "\"" : "");
    if (*text) {
        append_fact(out, style, "introduced by", text);
    }
}

static void append_more(GString *out, const struct style *style,
                        const struct finding *finding)
{
    g_autoptr(GString) line = g_string_new(NULL);
    g_autofree char *text = g_strdup_printf(
        "  why: qcompat explain %s     accept: qcompat accept %.12s "
        "--reason \"...\"", finding->rule, finding->fingerprint);
    append_painted(line, style, PAINT_DIM, text);
    g_string_append_c(line, '\n');
    wrap_append(out, line->str, style->width, 4);
}

static void append_finding(GString *out, const struct report *report,
                           const struct style *style,
                           const struct finding *finding)
{
    append_headline(out, style, finding);
    excerpt_append(out, report, style, &finding->loc);
    append_related(out, style, finding);
    append_reach(out, report, style, finding);
    if (finding->reason && style->verbose) {
        append_fact(out, style, "because:", finding->reason);
    }
    append_origin(out, style, finding);
    if (finding->fix) {
        append_fix(out, style, finding->fix);
    }
    append_more(out, style, finding);
}

void report_text(const struct report *report, const struct style *style,
                 GString *out)
{
    for (guint i = 0; i < report->findings->len; i++) {
        g_string_append(out, i ? "\n" : "");
        append_finding(out, report, style, report->findings->pdata[i]);
    }
}

void report_terse(const struct report *report, const struct style *style,
                  GString *out)
{
    for (guint i = 0; i < report->findings->len; i++) {
        append_headline(out, style, report->findings->pdata[i]);
    }
}
