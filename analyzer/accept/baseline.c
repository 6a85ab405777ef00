/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "accept/baseline.h"

#include <string.h>

#include "base/error.h"

#define DIGITS 64

GHashTable *baseline_parse(const char *text, const char *name, GError **error)
{
    g_autoptr(GHashTable) set =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);

    for (int i = 0; lines[i]; i++) {
        const char *line = g_strstrip(lines[i]);
        gsize digits = strspn(line, "0123456789abcdef");

        if (!*line || *line == '#') {
            continue;
        }
        if (digits != DIGITS || (line[digits] && line[digits] != ' ')) {
            g_set_error(error, QC_ERROR, QC_ERROR_CONFIG,
                        "'%s' line %d: a fingerprint is expected", name,
                        i + 1);
            return NULL;
        }
        g_hash_table_add(set, g_strndup(line, digits));
    }
    return g_steal_pointer(&set);
}

char *baseline_text(const GPtrArray *findings, GHashTable *old)
{
    GString *out = g_string_new(
        "# Findings that were there when checking began: qcompat check\n"
        "# --baseline THIS does not report them; --write-baseline drops those\n"
        "# that are gone.\n");

    for (guint i = 0; i < findings->len; i++) {
        const struct finding *f = g_ptr_array_index(findings, i);

        if (!old || g_hash_table_contains(old, f->fingerprint)) {
            g_autofree char *subject = g_strdup(f->subject);

            g_string_append_printf(out, "%s %s %s\n", f->fingerprint, f->rule,
                                   g_strdelimit(subject, "\r\n", ' '));
        }
    }
    return g_string_free(out, FALSE);
}
