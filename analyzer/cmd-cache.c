/* SPDX-License-Identifier: GPL-2.0-or-later */
/* `cache`: what is kept between runs, and dropping it. */
#include "base/error.h"
#include "command.h"
#include "output.h"
#include "report/cache.h"

static bool parse_action(const char *word, bool *ret_clear, GError **error)
{
    *ret_clear = word && g_str_equal(word, "clear");
    if (*ret_clear || !word || g_str_equal(word, "info")) {
        return true;
    }
    g_set_error(error, QC_ERROR, QC_ERROR_USAGE,
                "'cache' knows info and clear, not '%s'", word);
    return false;
}

static bool write_report(const struct options *options, const GArray *outputs,
                         const struct cache_info *info, bool cleared,
                         GError **error)
{
    for (guint i = 0; i < outputs->len; i++) {
        const struct output *output =
            &g_array_index(outputs, struct output, i);
        g_autoptr(GString) text = g_string_new(NULL);
        if (g_str_equal(output->format, "json")) {
            report_cache_json(info, cleared, text);
        } else {
            report_cache_text(info, cleared, text);
        }
        if (!output_write(output, text, error)) {
            return false;
        }
    }
    return true;
}

enum status cmd_cache(const struct options *options, GError **error)
{
    static const char *const formats[] = { "text", "json" };
    g_auto(CacheInfo) info = { 0 };
    bool clear;
    g_autoptr(GArray) outputs = outputs_resolve(
        options, "text", formats, G_N_ELEMENTS(formats), error);
    if (!outputs || !parse_action(options->operands[0], &clear, error)) {
        return STATUS_ERROR;
    }
    g_autoptr(Cache) cache = cache_open(CACHE_LIMIT);
    if (clear) {
        cache_clear(cache, &info);
    } else {
        cache_get_info(cache, &info);
    }
    return write_report(options, outputs, &info, clear, error)
           ? STATUS_CLEAN : STATUS_ERROR;
}
