/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "report/doc-internal.h"

#include <string.h>

static const char *const tones[] = {
    [DOC_PLAIN] = "", [DOC_GOOD] = "\033[32m", [DOC_DOUBT] = "\033[33m",
    [DOC_BAD] = "\033[31m", [DOC_FAINT] = "\033[2m",
};

/* The text as it is read: code stands as it is. */
static char *plain(const char *text)
{
    GString *out = g_string_new(NULL);

    for (; *text; text++) {
        if (*text != DOC_CODE_ON && *text != DOC_CODE_OFF) {
            g_string_append_c(out, *text);
        }
    }
    return g_string_free(out, FALSE);
}

static void append_toned(GString *out, const struct style *style,
                         enum doc_tone tone, const char *text)
{
    bool colored = style->color && *tones[tone];

    g_string_append_printf(out, "%s%s%s", colored ? tones[tone] : "", text,
                           colored ? "\033[0m" : "");
}

/* Appends TEXT, folded at blanks so that lines end before WIDTH; those that
 * follow the first are led by INDENT blanks. */
static void append_folded(GString *out, const char *text, guint column,
                          guint indent, guint width)
{
    g_auto(GStrv) words = g_strsplit(text, " ", -1);

    for (char **word = words; *word; word++) {
        guint length = (guint)g_utf8_strlen(*word, -1);

        if (word != words && width && column + 1 + length > width) {
            g_string_append_printf(out, "\n%*s", (int)indent, "");
            column = indent;
        } else if (word != words) {
            g_string_append_c(out, ' ');
            column++;
        }
        g_string_append(out, *word);
        column += length;
    }
    g_string_append_c(out, '\n');
}

static void append_heading(GString *out, const struct style *style,
                           int level, const char *text)
{
    g_string_append(out, style->color ? "\033[1m" : "");
    g_string_append(out, text);
    g_string_append(out, style->color ? "\033[0m\n" : "\n");
    if (level < 2) {
        glong n = g_utf8_strlen(text, -1);

        for (glong i = 0; i < n; i++) {
            g_string_append_c(out, level ? '-' : '=');
        }
        g_string_append_c(out, '\n');
    }
}

static const char *const marks[] = {
    [DOC_PLAIN] = "-", [DOC_GOOD] = "-", [DOC_DOUBT] = "?", [DOC_BAD] = "!",
    [DOC_FAINT] = "-",
};

static void append_item(GString *out, const struct style *style,
                        const struct doc_block *block, const char *text,
                        guint width)
{
    guint indent = 2 + 2 * (guint)block->level;

    g_string_append_printf(out, "%*s", (int)indent - 2, "");
    append_toned(out, style, block->tone, marks[block->tone]);
    g_string_append_c(out, ' ');
    append_folded(out, text, indent, indent, width);
}

static void append_table(GString *out, const struct style *style,
                         const struct doc_block *table)
{
    g_autofree glong *widths = g_new0(glong, table->columns);

    for (guint r = 0; r < doc_n_rows(table); r++) {
        for (guint c = 0; c < table->columns; c++) {
            g_autofree char *text = plain(doc_cell_at(table, r, c)->text);

            widths[c] = MAX(widths[c], g_utf8_strlen(text, -1));
        }
    }
    for (guint r = 0; r < doc_n_rows(table); r++) {
        for (guint c = 0; c < table->columns; c++) {
            const struct doc_cell *cell = doc_cell_at(table, r, c);
            g_autofree char *text = plain(cell->text);
            glong pad = widths[c] - g_utf8_strlen(text, -1) + 2;

            g_string_append(out, c ? "" : "  ");
            append_toned(out, style, cell->tone, text);
            if (c + 1 < table->columns) {
                g_string_append_printf(out, "%*s", (int)pad, "");
            }
        }
        g_string_append_c(out, '\n');
    }
}

/* A blank line before everything but an item or a heading's own text. */
static bool is_set_off(const struct doc_block *before,
                       const struct doc_block *block)
{
    return !(before->kind == DOC_ITEM && block->kind == DOC_ITEM) &&
           !(before->kind == DOC_HEADING && before->level > 1);
}

void doc_to_text(const struct doc *doc, const struct style *style,
                 guint width, GString *out)
{
    append_heading(out, style, 0, doc->title);
    for (guint i = 0; i < doc->blocks->len; i++) {
        const struct doc_block *block = doc_block_at(doc, i);
        g_autofree char *text = block->text ? plain(block->text) : NULL;

        if (!i || is_set_off(doc_block_at(doc, i - 1), block)) {
            g_string_append_c(out, '\n');
        }
        switch (block->kind) {
        case DOC_HEADING:
            append_heading(out, style, block->level, text);
            break;
        case DOC_PARAGRAPH:
            append_folded(out, text, 0, 0, width);
            break;
        case DOC_ITEM:
            append_item(out, style, block, text, width);
            break;
        case DOC_TABLE:
            append_table(out, style, block);
            break;
        }
    }
}
