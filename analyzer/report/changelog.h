/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The changelog as a document, and for scripts. */
#ifndef QCOMPAT_REPORT_CHANGELOG_H
#define QCOMPAT_REPORT_CHANGELOG_H

#include "report/doc.h"
#include "review/changelog.h"

/* Free with doc_free(). */
struct doc *changelog_to_doc(const struct changelog *changelog);
void changelog_to_json(const struct changelog *changelog,
                       const char *tool_version, GString *out);

#endif
