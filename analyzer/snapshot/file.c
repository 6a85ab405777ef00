/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/error.h"
#include "snapshot/snapshot.h"

#include <stdlib.h>

bool snapshot_write(const struct facts *facts, const char *path,
                    GError **error)
{
    g_autoptr(GError) reason = NULL;
    json_t *json = facts_to_json(facts);
    char *text = exact_json_dump(json, JSON_COMPACT);

    json_decref(json);
    g_assert(text);
    bool ok = g_file_set_contents_full(path, text, -1,
                                       G_FILE_SET_CONTENTS_CONSISTENT, 0666,
                                       &reason);
    free(text);
    if (!ok) {
        g_set_error(error, QC_ERROR, QC_ERROR_IO, "cannot write '%s': %s",
                    path, reason->message);
    }
    return ok;
}

struct facts *snapshot_read(const char *path, GError **error)
{
    g_autoptr(GError) reason = NULL;
    g_autofree char *text = NULL;
    gsize length;

    if (!g_file_get_contents(path, &text, &length, &reason)) {
        g_set_error(error, QC_ERROR, QC_ERROR_IO, "cannot read '%s': %s",
                    path, reason->message);
        return NULL;
    }
    json_t *json = exact_json_load(text, length, error);
    struct facts *facts = json ? facts_from_json(json, error) : NULL;
    json_decref(json);
    if (!facts) {
        g_prefix_error(error, "cannot use snapshot '%s': ", path);
    }
    return facts;
}
