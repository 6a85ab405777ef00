/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The migration matrix as a document, and for scripts. */
#ifndef QCOMPAT_REPORT_MATRIX_H
#define QCOMPAT_REPORT_MATRIX_H

#include "report/doc.h"
#include "review/matrix.h"

/* Free with doc_free().  CHAIN: the revisions are stations of one guest. */
struct doc *matrix_to_doc(const struct matrix *matrix, bool chain);
void matrix_to_json(const struct matrix *matrix, bool chain,
                    const char *tool_version, GString *out);

/* The hop from I to the next station. */
static inline const struct matrix_hop *matrix_next(const struct matrix *matrix,
                                                   guint i)
{
    return matrix_hop(matrix, i, i + 1);
}

#endif
