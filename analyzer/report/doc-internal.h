/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Shared by the renderers of documents. */
#ifndef QCOMPAT_REPORT_DOC_INTERNAL_H
#define QCOMPAT_REPORT_DOC_INTERNAL_H

#include "report/doc.h"

/* What brackets code within a text: no text of a tree holds them, as all
 * control characters are escaped first. */
#define DOC_CODE_ON '\x01'
#define DOC_CODE_OFF '\x02'

enum doc_kind { DOC_HEADING, DOC_PARAGRAPH, DOC_ITEM, DOC_TABLE };

struct doc_cell {
    enum doc_tone tone;
    char *text;
};

struct doc_block {
    enum doc_kind kind;
    int level;               /* of headings and items */
    enum doc_tone tone;
    char *text;              /* NULL: a table */
    guint columns;
    GArray *cells;           /* struct doc_cell, the first row are heads */
};

struct doc {
    char *title;
    GPtrArray *blocks;       /* struct doc_block * */
};

static inline const struct doc_block *doc_block_at(const struct doc *doc,
                                                   guint i)
{
    return i < doc->blocks->len ? doc->blocks->pdata[i] : NULL;
}

static inline const struct doc_cell *doc_cell_at(const struct doc_block *table,
                                                 guint row, guint column)
{
    return &g_array_index(table->cells, struct doc_cell,
                          row * table->columns + column);
}

static inline guint doc_n_rows(const struct doc_block *table)
{
    return table->cells->len / table->columns;
}

#endif
