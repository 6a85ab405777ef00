/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The properties of a device on machine types, for people and for scripts. */
#ifndef QCOMPAT_REPORT_SHOW_H
#define QCOMPAT_REPORT_SHOW_H

#include "model/facts.h"

struct show {
    const struct facts *facts;
    const struct qom_type *type;
    const char *const *properties;       /* N of them, all of which exist */
    guint n_properties;
    const struct machine *machine;       /* NULL: every versioned one */
    bool all;                            /* nobody asked for one property:
                                            what entries change comes first */
    bool verbose;                        /* one line for each of them */
    bool stable;                         /* upstream keeps the type stable */
    const char *stability;               /* why, one clause */
    const GPtrArray *reasons;            /* char *: a line for each board */
};

void show_to_text(const struct show *show, GString *out);
void show_to_json(const struct show *show, const char *tool_version,
                  GString *out);

#endif
