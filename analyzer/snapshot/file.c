/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/error.h"
#include "snapshot/reader.h"
#include "snapshot/snapshot.h"

bool snapshot_write(const struct facts *facts, const char *path,
                    GError **error)
{
    g_autoptr(GError) reason = NULL;
    g_autoptr(GString) text = g_string_sized_new(1 << 20);

    facts_append_json(facts, text);
    bool ok = g_file_set_contents_full(path, text->str, (gssize)text->len,
                                       G_FILE_SET_CONTENTS_CONSISTENT, 0666,
                                       &reason);
    if (!ok) {
        g_set_error(error, QC_ERROR, QC_ERROR_IO, "cannot write '%s': %s",
                    path, reason->message);
    }
    return ok;
}

struct facts *snapshot_read(const char *path, GError **error)
{
    g_autoptr(GError) reason = NULL;
    char *text;
    gsize length;

    if (!g_file_get_contents(path, &text, &length, &reason)) {
        g_set_error(error, QC_ERROR, QC_ERROR_IO, "cannot read '%s': %s",
                    path, reason->message);
        return NULL;
    }
    struct facts *facts = facts_from_own_text(text, length, NULL,
                                              error);
    if (!facts) {
        g_prefix_error(error, "cannot use snapshot '%s': ", path);
    }
    return facts;
}
