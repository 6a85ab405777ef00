/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "verdict.h"

#include "base/error.h"
#include "base/nearest.h"
#include "output.h"
#include "rules/rule.h"
#include "source/source.h"

static bool is_rule_pattern(const char *pattern)
{
    for (const struct rule *const *rule = rules_all(); *rule; rule++) {
        if (g_pattern_match_simple(pattern, (*rule)->id)) {
            return true;
        }
    }
    return false;
}

static void set_unknown_rule(const char *name, GError **error)
{
    g_autoptr(GPtrArray) ids = g_ptr_array_new();
    for (const struct rule *const *rule = rules_all(); *rule; rule++) {
        g_ptr_array_add(ids, (gpointer)(gintptr)(*rule)->id);
    }
    const char *near = nearest_word(name, (const char *const *)ids->pdata,
                                    ids->len);
    g_set_error(error, QC_ERROR, QC_ERROR_USAGE,
                "no rule is called '%s'%s%s%s\n"
                "'qcompat rules' lists them", name,
                near ? "; did you mean '" : "", near ? near : "",
                near ? "'?" : "");
}

static bool check_levels(const struct options *options, GError **error)
{
    for (guint i = 0; i < options->levels->len; i++) {
        const struct level_request *request = options->levels->pdata[i];
        if (!is_rule_pattern(request->pattern)) {
            set_unknown_rule(request->pattern, error);
            return false;
        }
    }
    return true;
}

GArray *verdict_outputs(const struct options *options, GError **error)
{
    if (!check_levels(options, error)) {
        return NULL;
    }
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    for (const struct report_format *f = report_formats; f->name; f++) {
        g_ptr_array_add(names, (gpointer)(gintptr)f->name);
    }
    return outputs_resolve(options, options->quiet ? "terse" : "text",
                           (const char *const *)names->pdata, names->len,
                           error);
}

GPtrArray *verdict_apply_levels(const GPtrArray *levels, GPtrArray *findings)
{
    GPtrArray *kept = g_ptr_array_new();
    for (guint i = 0; i < findings->len; i++) {
        struct finding *finding = findings->pdata[i];
        for (guint k = 0; k < levels->len; k++) {
            const struct level_request *request = levels->pdata[k];
            if (g_pattern_match_simple(request->pattern, finding->rule)) {
                finding->severity = request->level;
            }
        }
        if (finding->severity != SEVERITY_OFF) {
            g_ptr_array_add(kept, finding);
        }
    }
    return kept;
}

enum status verdict_status(const struct options *options,
                           const struct report *report)
{
    for (guint i = 0; i < report->findings->len; i++) {
        const struct finding *finding = report->findings->pdata[i];
        if ((int)finding->severity >= options->fail_on) {
            return STATUS_FINDINGS;
        }
    }
    bool incomplete = report_count(report).gaps_touching ||
                      (options->strict && report->gaps->len);
    return incomplete ? STATUS_INCOMPLETE : STATUS_CLEAN;
}

GBytes *verdict_read(void *opaque, const char *path)
{
    struct source *source = opaque;
    const struct source_file *file = source_find(source, path);
    return file ? source_read(source, file, NULL) : NULL;
}

static report_fn find_writer(const char *name)
{
    const struct report_format *format = report_formats;
    while (!g_str_equal(format->name, name)) {
        format++;
    }
    return format->write;
}

static GArray *describe_rules(void)
{
    GArray *rules = g_array_new(FALSE, FALSE, sizeof(struct report_rule));
    for (const struct rule *const *rule = rules_all(); *rule; rule++) {
        const struct report_rule row = {
            .id = (*rule)->id,
            .title = (*rule)->title,
            .rationale = (*rule)->rationale,
            .help = (*rule)->remedy,
            .severity = (*rule)->severity,
        };
        g_array_append_val(rules, row);
    }
    return rules;
}

bool verdict_write(const struct options *options, const GArray *outputs,
                   const struct report *judged, GError **error)
{
    g_autoptr(GArray) rules = describe_rules();
    struct report report = *judged;
    report.rules = (const struct report_rule *)(const void *)rules->data;
    report.n_rules = rules->len;
    report.fail_on = options->fail_on;
    for (guint i = 0; i < outputs->len; i++) {
        const struct output *output =
            &g_array_index(outputs, struct output, i);
        if (options->fix == FIX_PRINT && !output->path) {
            continue;    /* the patch goes there */
        }
        const struct style style = output_style(options, output);
        g_autoptr(GString) text = g_string_new(NULL);
        find_writer(output->format)(&report, &style, text);
        if (!output_write(output, text, error)) {
            return false;
        }
    }
    return true;
}
