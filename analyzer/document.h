/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Documents in the formats that people and scripts ask for. */
#ifndef QCOMPAT_DOCUMENT_H
#define QCOMPAT_DOCUMENT_H

#include "output.h"
#include "report/doc.h"

typedef void (*document_json_fn)(const void *value, GString *out);

/* -f text, markdown, html or json. */
GArray *document_outputs(const struct options *options, GError **error);

/* DOC, and for json what WRITE_JSON makes of VALUE. */
bool document_write(const struct options *options, const GArray *outputs,
                    const struct doc *doc, document_json_fn write_json,
                    const void *value, GError **error);

#endif
