/* SPDX-License-Identifier: GPL-2.0-or-later */
/* `changelog`: everything that differs, for the review of a release. */
#include "command.h"
#include "document.h"
#include "report/changelog.h"
#include "session.h"
#include "verdict.h"

static struct maintainers *read_maintainers(const struct side *side)
{
    g_autoptr(GBytes) bytes =
        side->source ? verdict_read(side->source, "MAINTAINERS") : NULL;
    gsize length = 0;
    const char *data = bytes ? g_bytes_get_data(bytes, &length) : NULL;
    g_autofree char *text = data ? g_strndup(data, length) : NULL;

    return maintainers_new(text);
}

static void write_json(const void *changelog, GString *out)
{
    changelog_to_json(changelog, QCOMPAT_VERSION, out);
}

enum status cmd_changelog(const struct options *options, GError **error)
{
    struct side *old;
    struct side *new;
    g_autoptr(GArray) outputs = document_outputs(options, error);
    g_autoptr(Session) session = session_new(options);

    if (!outputs ||
        !session_open_range(session, options->operands, &old, &new, error) ||
        !session_load(session, error)) {
        return STATUS_ERROR;
    }
    g_autoptr(Maintainers) maintainers = read_maintainers(new);
    const struct changelog_end from = { old->name, old->facts };
    const struct changelog_end to = { new->name, new->facts };
    g_autoptr(Changelog) changelog = changelog_new(&from, &to, maintainers);
    g_autoptr(Doc) doc = changelog_to_doc(changelog);

    return document_write(options, outputs, doc, write_json, changelog, error)
           ? STATUS_CLEAN : STATUS_ERROR;
}
