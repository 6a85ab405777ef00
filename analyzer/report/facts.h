/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Facts and their differences, for people and for scripts. */
#ifndef QCOMPAT_REPORT_FACTS_H
#define QCOMPAT_REPORT_FACTS_H

#include "model/facts.h"
#include "report/style.h"

/* One sorted line a fact.  (As JSON: facts_append_json().) */
void facts_to_text(const struct facts *facts, GString *out);

/* What was added, removed or changed; where things moved to is no change. */
void diff_to_text(const struct facts *old, const struct facts *new,
                  const struct style *style, GString *out);
void diff_to_json(const struct facts *old, const struct facts *new,
                  const char *tool_version, GString *out);

#endif
