/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the JSON formats have in common. */
#ifndef QCOMPAT_REPORT_JSON_H
#define QCOMPAT_REPORT_JSON_H

#include "model/facts.h"

#include <jansson.h>

json_t *json_tool(const char *version);
/* struct finding *, struct gap *: as reports list them. */
json_t *json_findings(const GPtrArray *findings);
json_t *json_gaps(const GPtrArray *gaps);
/* {"rev": NAME, "commit": …} */
json_t *json_revision(const char *name, const struct facts *facts);

/* Appends JSON as text, laid out by jansson's FLAGS, and drops the
 * reference. */
void json_append(GString *out, json_t *json, size_t flags);

#endif
