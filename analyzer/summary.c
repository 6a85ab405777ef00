/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "summary.h"

#include "output.h"

/* Gaps that are named without -v: those which touch the change, so many. */
#define GAPS_SHOWN 10

static const char *plural(unsigned n)
{
    return n == 1 ? "" : "s";
}

static void print_ends(const struct report *report, const char *hint)
{
    if (report->released) {
        output_message("compared %s with %s, judged against %s (QEMU %d.%d)\n",
                       report->base_name, report->head_name,
                       report->released_name,
                       report->released_version.major,
                       report->released_version.minor);
        return;
    }
    output_message("compared %s with %s; no release found, so judged against "
                   "%s\n", report->base_name, report->head_name,
                   report->base_name);
    output_message("  %s\n", hint ? hint : "--released names the last one");
}

static void print_confinement(const struct load_stats *stats)
{
    if (stats->parsed && !stats->confined) {
        output_message("warning: the parser could not be kept from reading "
                       "files: %s\n",
                       stats->confinement ? stats->confinement : "no sandbox");
    }
}

static void print_gap(const struct gap *gap)
{
    const char *touches = gap->touches_change ? " (touches the change)" : "";
    const char *file = gap->file ? gap->file : "?";
    if (gap->line > 0) {
        output_message("  gap: %s:%d: %s%s\n", file, gap->line, gap->reason,
                       touches);
    } else {
        output_message("  gap: %s: %s%s\n", file, gap->reason, touches);
    }
}

/* Those which touch the change first; the others only with -v. */
static void print_gaps(const GPtrArray *gaps, unsigned touching, bool verbose)
{
    if (!gaps->len) {
        output_message("no gaps\n");
        return;
    }
    output_message("%u gap%s%s", gaps->len, plural(gaps->len),
                   verbose ? "" : " (-v lists them)");
    if (touching) {
        output_message(", %u of them touch%s the change", touching,
                       touching == 1 ? "es" : "");
    }
    output_message("\n");
    unsigned shown = 0;
    for (guint i = 0; i < gaps->len; i++) {
        const struct gap *gap = gaps->pdata[i];
        if (verbose || (gap->touches_change && shown < GAPS_SHOWN)) {
            print_gap(gap);
            shown++;
        }
    }
}

static void print_timings(const struct options *options,
                          const struct load_stats *stats)
{
    if (options->timings) {
        output_message("time: reading %.2f s, parsing %.2f s, "
                       "evaluating %.2f s\n", stats->read_seconds,
                       stats->parse_seconds, stats->evaluate_seconds);
    }
}

static void print_looked_at(const struct summary *s,
                            const struct load_stats *stats)
{
    output_message("looked at %u file%s (%u parsed, %u reused), %u types, "
                   "%u properties, %u machine types in %.1f s\n",
                   stats->files, plural(stats->files), stats->parsed,
                   stats->reused, s->result->n_types,
                   s->result->n_properties, s->result->n_machines,
                   s->seconds);
}

static void print_verdict(const struct report *report, enum status status)
{
    struct report_counts n = report_count(report);
    guint n_accepted = report->accepted ? report->accepted->len : 0;
    g_autofree char *accepted =
        n_accepted ? g_strdup_printf(" (%u accepted)", n_accepted) : NULL;
    g_autofree char *counts = g_strdup_printf(
        "%u error%s, %u warning%s, %u note%s, %u suppressed%s",
        n.errors, plural(n.errors), n.warnings, plural(n.warnings),
        n.notes, plural(n.notes), report->suppressed,
        accepted ? accepted : "");
    switch (status) {
    case STATUS_FINDINGS:
        output_message("verdict: not compatible: %s\n", counts);
        break;
    case STATUS_INCOMPLETE:
        output_message("verdict: incomplete, gaps could hide findings: %s\n",
                       counts);
        break;
    default:
        output_message("verdict: clean: %s\n", counts);
        break;
    }
}

void summary_of_check(const struct summary *s, enum status status)
{
    const struct load_stats *stats = loader_stats(s->session->loader);
    if (!s->options->quiet) {
        print_ends(s->report, s->released_hint);
        print_looked_at(s, stats);
        print_confinement(stats);
        print_gaps(s->report->gaps, s->result->n_gaps_touching,
                   s->options->verbose);
    }
    print_timings(s->options, stats);
    /* Without findings status 3 would go by unexplained. */
    if (!s->options->quiet || status == STATUS_INCOMPLETE) {
        print_verdict(s->report, status);
    }
}

void summary_of_facts(const struct options *options,
                      const struct session *session, const struct side *side)
{
    const struct load_stats *stats = loader_stats(session->loader);
    const struct facts *facts = side->facts;
    if (!options->quiet) {
        output_message("%s: %u types, %u compat arrays, %u machine types\n",
                       side->name, facts->types->len, facts->arrays->len,
                       facts->machines->len);
        print_confinement(stats);
        print_gaps(facts->gaps, 0, options->verbose);
    }
    print_timings(options, stats);
}

void summary_of_load(const struct options *options,
                     const struct session *session)
{
    const struct load_stats *stats = loader_stats(session->loader);

    if (!options->quiet) {
        print_confinement(stats);
    }
    print_timings(options, stats);
}

void summary_of_audit(const struct options *options,
                      const struct session *session, const struct side *side,
                      const struct check_result *result,
                      const struct report *report)
{
    struct report_counts n = report_count(report);

    if (!options->quiet) {
        output_message("looked at %s: %u types, %u properties, %u compat "
                       "arrays, %u machine types\n", side->name,
                       result->n_types, result->n_properties,
                       side->facts->arrays->len, result->n_machines);
    }
    summary_of_load(options, session);
    if (!options->quiet) {
        print_gaps(report->gaps, 0, options->verbose);
        output_message("verdict: %u error%s, %u warning%s, %u note%s\n",
                       n.errors, plural(n.errors), n.warnings,
                       plural(n.warnings), n.notes, plural(n.notes));
    }
}
