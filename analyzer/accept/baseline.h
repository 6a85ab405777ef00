/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A baseline: fingerprints of findings that were there when checking began.
 * It only ever shrinks.
 */
#ifndef QCOMPAT_ACCEPT_BASELINE_H
#define QCOMPAT_ACCEPT_BASELINE_H

#include "model/finding.h"

/* Set of fingerprints (char *, owned), one a line in TEXT, each followed by a
 * blank and what it is about; '#' starts a comment. */
GHashTable *baseline_parse(const char *text, const char *name,
                           GError **error);

/* The text of a new baseline: FINDINGS, or, where there is an OLD one, those
 * of them that it has. */
char *baseline_text(const GPtrArray *findings, GHashTable *old);

#endif
