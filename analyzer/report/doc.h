/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A document for people in several formats: headings, paragraphs, lists and
 * tables, written once and rendered as text, markdown or a self-contained
 * HTML page.
 *
 * Texts may come from the tree under test: every renderer escapes what its
 * format gives a meaning.  Within a text, what doc_code() returns is set as
 * code.
 */
#ifndef QCOMPAT_REPORT_DOC_H
#define QCOMPAT_REPORT_DOC_H

#include "report/style.h"

#include <glib.h>

/* What a cell or an item means, for renderers that have colours. */
enum doc_tone { DOC_PLAIN, DOC_GOOD, DOC_DOUBT, DOC_BAD, DOC_FAINT };

struct doc;

struct doc *doc_new(const char *title);
void doc_free(struct doc *doc);
typedef struct doc Doc;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Doc, doc_free)

/* TEXT within a text, set as code; free it. */
char *doc_code(const char *text);

/* LEVEL 1 is a section, 2 a part of it. */
void doc_heading(struct doc *doc, int level, const char *text);
void doc_paragraph(struct doc *doc, const char *text);
/* Items that follow each other are one list; DEPTH from 0. */
void doc_item(struct doc *doc, int depth, enum doc_tone tone,
              const char *text);

/* A table of N columns; rows follow, until something else does.  HEADS are N
 * texts. */
void doc_table(struct doc *doc, const char *const *heads, guint n);
void doc_row(struct doc *doc, const char *const *cells,
             const enum doc_tone *tones);

/* WIDTH: columns of the terminal, 0 = do not wrap. */
void doc_to_text(const struct doc *doc, const struct style *style,
                 guint width, GString *out);
void doc_to_markdown(const struct doc *doc, GString *out);
void doc_to_html(const struct doc *doc, GString *out);

#endif
