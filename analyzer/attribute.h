/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef QCOMPAT_ATTRIBUTE_H
#define QCOMPAT_ATTRIBUTE_H

#include "session.h"

/*
 * Names the commit of BASE..HEAD that brought each of FINDINGS: the only one,
 * the only one that touched the file, or the last one that wrote the line.
 * Findings of which that cannot be said stay as they are.
 */
void attribute_findings(struct session *session, const struct side *base,
                        const struct side *head, const GPtrArray *findings);

#endif
