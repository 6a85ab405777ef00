/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A comparison for people and for scripts. */
#ifndef QCOMPAT_VERIFY_PRINT_H
#define QCOMPAT_VERIFY_PRINT_H

#include "verify/compare.h"

/* One line a cause, then where it shows: the first few, or with VERBOSE
 * all. */
void comparison_to_text(const struct comparison *comparison, bool verbose,
                        GString *out);

void comparison_to_json(const struct comparison *comparison,
                        const struct facts *facts,
                        const struct answers *answers,
                        const char *tool_version, GString *out);

#endif
