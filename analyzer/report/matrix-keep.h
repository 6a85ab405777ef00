/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What two revisions are to each other, as the cache keeps it. */
#ifndef QCOMPAT_REPORT_MATRIX_KEEP_H
#define QCOMPAT_REPORT_MATRIX_KEEP_H

#include "review/matrix.h"

/* The reasons of both hops, without who they are between. */
void matrix_hops_to_text(const struct matrix_hop *forward,
                         const struct matrix_hop *backward, GString *out);
/* Adds them; false where TEXT is no such thing, the hops are as before. */
bool matrix_hops_from_text(const char *text, size_t length,
                           struct matrix_hop *forward,
                           struct matrix_hop *backward);

#endif
