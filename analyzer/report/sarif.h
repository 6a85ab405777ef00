/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef QCOMPAT_REPORT_SARIF_H
#define QCOMPAT_REPORT_SARIF_H

#include <jansson.h>

/* {"uri": PATH}, relative and percent-encoded. */
json_t *sarif_artifact(const char *path);

/* The `fixes` of a result whose fix is the unified diff DIFF. */
json_t *sarif_fixes(const char *diff);

#endif
