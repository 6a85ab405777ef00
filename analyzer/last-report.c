/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "last-report.h"

#include "accept/accept.h"

#include <stdlib.h>

char *last_report_root(const struct repository *repo)
{
    const char *workdir = repo ? repository_workdir(repo) : NULL;
    return realpath(workdir ? workdir : ".", NULL);
}

static char *path_of(const char *root)
{
    g_autofree char *name =
        g_compute_checksum_for_string(G_CHECKSUM_SHA256, root, -1);
    return g_build_filename(g_get_user_cache_dir(), "qcompat-last", name, NULL);
}

void last_report_keep(const char *root, const GPtrArray *findings)
{
    g_autofree char *path = path_of(root);
    g_autofree char *dir = g_path_get_dirname(path);
    g_autoptr(GString) text = g_string_new(NULL);
    for (guint i = 0; i < findings->len; i++) {
        const struct finding *finding = findings->pdata[i];
        acceptance_append(text, finding, "none", NULL);
        g_string_append_printf(text, "fingerprint = %s\n\n",
                               finding->fingerprint);
    }
    if (g_mkdir_with_parents(dir, 0700) == 0) {
        g_file_set_contents(path, text->str, (gssize)text->len, NULL);
    }
}

GPtrArray *last_report_read(const char *root)
{
    g_autofree char *path = path_of(root);
    g_autofree char *text = NULL;
    GPtrArray *findings = g_ptr_array_new_with_free_func(
        (GDestroyNotify)acceptance_free);
    if (g_file_get_contents(path, &text, NULL, NULL)) {
        acceptances_parse(text, path, findings, NULL);
    }
    return findings;
}
