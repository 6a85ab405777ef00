/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "sweep.h"

#include "output.h"
#include "report/sweep.h"
#include "verdict.h"

#include <string.h>

struct sweep_printer {
    const struct options *options;
    const GArray *outputs;       /* struct output */
    GPtrArray *texts;            /* GString *: what goes to files */
    struct repository *repo;
    GPtrArray *findings;         /* struct finding *: all that were
                                    introduced, owned */
    GArray *origins;             /* struct sweep_origin, one each */
    struct sweep_total total;
    bool failing;                /* something at or above --fail-on */
};

static void free_text(gpointer text)
{
    g_string_free(text, TRUE);
}

struct sweep_printer *sweep_printer_new(const struct options *options,
                                        const GArray *outputs,
                                        struct repository *repo)
{
    struct sweep_printer *printer = g_new0(struct sweep_printer, 1);

    printer->options = options;
    printer->outputs = outputs;
    printer->repo = repo;
    printer->texts = g_ptr_array_new_with_free_func(free_text);
    for (guint i = 0; i < outputs->len; i++) {
        g_ptr_array_add(printer->texts, g_string_new(NULL));
    }
    printer->findings =
        g_ptr_array_new_with_free_func((GDestroyNotify)finding_free);
    printer->origins = g_array_new(FALSE, TRUE, sizeof(struct sweep_origin));
    return printer;
}

void sweep_printer_free(struct sweep_printer *printer)
{
    if (printer) {
        g_ptr_array_unref(printer->texts);
        g_ptr_array_unref(printer->findings);
        g_array_unref(printer->origins);
        g_free(printer);
    }
}

/* --- Who brought what -------------------------------------------------------- */

static struct sweep_origin *find_origin(const struct sweep_printer *printer,
                                        const struct finding *finding)
{
    for (guint i = printer->origins->len; i-- > 0;) {
        struct sweep_origin *origin =
            &g_array_index(printer->origins, struct sweep_origin, i);

        if (!origin->removed_by &&
            !strcmp(origin->finding->fingerprint, finding->fingerprint)) {
            return origin;
        }
    }
    return NULL;
}

static void note_origins(struct sweep_printer *printer,
                         const struct range_commit *commit,
                         const GPtrArray *findings)
{
    for (guint i = 0; i < findings->len; i++) {
        struct finding *finding = g_ptr_array_index(findings, i);
        struct sweep_origin origin = { .finding = finding };

        finding->introduced_by = g_intern_string(commit->id);
        finding->introduced_subject = g_intern_string(commit->subject);
        g_array_append_val(printer->origins, origin);
        printer->failing |= (int)finding->severity >=
                            printer->options->fail_on;
    }
}

static void note_repairs(struct sweep_printer *printer,
                         const struct range_commit *commit,
                         const GPtrArray *repaired)
{
    for (guint i = 0; i < repaired->len; i++) {
        struct finding *finding = g_ptr_array_index(repaired, i);
        struct sweep_origin *origin = find_origin(printer, finding);

        if (origin) {
            origin->removed_by = g_intern_string(commit->id);
            finding->introduced_by = origin->finding->introduced_by;
            finding->introduced_subject = origin->finding->introduced_subject;
        }
    }
    printer->total.repaired += repaired->len;
}

/* --- Printing ----------------------------------------------------------------- */

/* The row without a name where there is no such format. */
static const struct sweep_format *find_format(const char *name)
{
    const struct sweep_format *format = sweep_formats;

    while (format->name && !g_str_equal(format->name, name)) {
        format++;
    }
    return format;
}

bool sweep_print_knows(const char *format)
{
    return find_format(format)->name;
}

static bool write_entry(struct sweep_printer *printer,
                        const struct sweep_entry *entry, GError **error)
{
    for (guint i = 0; i < printer->outputs->len; i++) {
        const struct output *output =
            &g_array_index(printer->outputs, struct output, i);
        const struct style style = output_style(printer->options, output);
        GString *text = g_ptr_array_index(printer->texts, i);

        find_format(output->format)->write(entry, &style, text);
        if (!output->path) {
            if (!output_write(output, text, error)) {
                return false;
            }
            g_string_truncate(text, 0);
        }
    }
    return true;
}

static void add_counts(struct sweep_printer *printer,
                       const struct report *report)
{
    struct report_counts n = report_count(report);
    struct report_counts *total = &printer->total.counts;

    total->errors += n.errors;
    total->warnings += n.warnings;
    total->notes += n.notes;
    total->gaps_touching += n.gaps_touching;
    printer->total.suppressed += report->suppressed;
    printer->total.commits++;
}

/* Findings outlive the verdict: what repairs them comes later. */
static void adopt(struct sweep_printer *printer, struct kept_verdict *verdict)
{
    g_ptr_array_set_free_func(verdict->findings, NULL);
    for (guint i = 0; i < verdict->findings->len; i++) {
        struct finding *finding = g_ptr_array_index(verdict->findings, i);

        g_ptr_array_set_size(finding->machines, 0);
        g_ptr_array_add(printer->findings, finding);
    }
}

bool sweep_print(struct sweep_printer *printer, struct sweep_commit *commit,
                 GError **error)
{
    struct kept_verdict *verdict = commit->verdict;
    g_autoptr(GPtrArray) findings =
        verdict_apply_levels(printer->options->levels, verdict->findings);
    g_autoptr(Source) head = findings->len
        ? source_open_git(printer->repo, commit->commit->id, NULL) : NULL;
    const struct sweep_entry entry = {
        .commit = commit->commit->id,
        .parent = commit->commit->parent,
        .subject = commit->commit->subject,
        .released = commit->released,
        .repaired = verdict->repaired,
        .report = {
            .tool_version = QCOMPAT_VERSION,
            .head = verdict->machines,
            .released = commit->released ? verdict->machines : NULL,
            .released_name = commit->released_name,
            .released_version = commit->released_version,
            .findings = findings,
            .gaps = verdict->gaps,
            .suppressed = verdict->findings->len - findings->len,
            .read = head ? verdict_read : NULL,
            .opaque = head,
        },
    };

    note_repairs(printer, commit->commit, verdict->repaired);
    note_origins(printer, commit->commit, findings);
    add_counts(printer, &entry.report);
    bool ok = write_entry(printer, &entry, error);

    adopt(printer, verdict);
    return ok;
}

/* --- The end ------------------------------------------------------------------ */

static bool write_end(struct sweep_printer *printer, GError **error)
{
    printer->total.tool_version = QCOMPAT_VERSION;
    printer->total.origins = printer->origins;
    for (guint i = 0; i < printer->outputs->len; i++) {
        const struct output *output =
            &g_array_index(printer->outputs, struct output, i);
        const struct sweep_format *format = find_format(output->format);
        GString *text = g_ptr_array_index(printer->texts, i);

        if (format->end) {
            format->end(&printer->total, text);
        }
        if ((output->path || text->len) &&
            !output_write(output, text, error)) {
            return false;
        }
    }
    return true;
}

static void print_summary(const struct sweep_printer *printer,
                          enum status status, double seconds)
{
    static const char *const verdicts[] = {
        [STATUS_CLEAN] = "clean",
        [STATUS_FINDINGS] = "not compatible",
        [STATUS_INCOMPLETE] = "incomplete, gaps could hide findings",
    };
    const struct sweep_total *total = &printer->total;
    const struct report_counts *n = &total->counts;

    output_message("judged %u commits in %.1f s\n"
                   "verdict: %s: %u errors, %u warnings, %u notes, %u "
                   "suppressed; %u repaired\n", total->commits, seconds,
                   verdicts[status], n->errors, n->warnings, n->notes,
                   total->suppressed, total->repaired);
}

bool sweep_print_end(struct sweep_printer *printer, double seconds,
                     enum status *ret_status, GError **error)
{
    if (!write_end(printer, error)) {
        return false;
    }
    *ret_status = printer->failing ? STATUS_FINDINGS
                  : printer->total.counts.gaps_touching ? STATUS_INCOMPLETE
                  : STATUS_CLEAN;
    if (!printer->options->quiet || *ret_status == STATUS_INCOMPLETE) {
        print_summary(printer, *ret_status, seconds);
    }
    return true;
}
