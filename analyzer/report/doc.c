/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "report/doc-internal.h"

#include "report/sanitize.h"

static void cell_clear(gpointer data)
{
    g_free(((struct doc_cell *)data)->text);
}

static void block_free(gpointer data)
{
    struct doc_block *block = data;

    g_free(block->text);
    g_clear_pointer(&block->cells, g_array_unref);
    g_free(block);
}

struct doc *doc_new(const char *title)
{
    struct doc *doc = g_new0(struct doc, 1);

    doc->title = g_strdup(title);
    doc->blocks = g_ptr_array_new_with_free_func(block_free);
    return doc;
}

void doc_free(struct doc *doc)
{
    g_ptr_array_unref(doc->blocks);
    g_free(doc->title);
    g_free(doc);
}

char *doc_code(const char *text)
{
    g_autoptr(GString) out = g_string_new(NULL);

    g_string_append_c(out, DOC_CODE_ON);
    sanitize_append(out, text, SANITIZE_WORD);
    g_string_append_c(out, DOC_CODE_OFF);
    return g_string_free(g_steal_pointer(&out), FALSE);
}

/* The text without control characters but those of doc_code(). */
static char *clean(const char *text)
{
    g_autoptr(GString) out = g_string_new(NULL);

    while (*text) {
        gsize n = 0;

        while (text[n] && text[n] != DOC_CODE_ON && text[n] != DOC_CODE_OFF) {
            n++;
        }
        sanitize_append_len(out, text, n, SANITIZE_WORD);
        text += n;
        if (*text) {
            g_string_append_c(out, *text++);
        }
    }
    return g_string_free(g_steal_pointer(&out), FALSE);
}

static struct doc_block *add(struct doc *doc, enum doc_kind kind, int level,
                             const char *text)
{
    struct doc_block *block = g_new0(struct doc_block, 1);

    block->kind = kind;
    block->level = level;
    block->text = text ? clean(text) : NULL;
    g_ptr_array_add(doc->blocks, block);
    return block;
}

void doc_heading(struct doc *doc, int level, const char *text)
{
    add(doc, DOC_HEADING, level, text);
}

void doc_paragraph(struct doc *doc, const char *text)
{
    add(doc, DOC_PARAGRAPH, 0, text);
}

void doc_item(struct doc *doc, int depth, enum doc_tone tone,
              const char *text)
{
    add(doc, DOC_ITEM, depth, text)->tone = tone;
}

static void add_cell(struct doc_block *table, enum doc_tone tone,
                     const char *text)
{
    struct doc_cell cell = { tone, clean(text) };

    g_array_append_val(table->cells, cell);
}

void doc_table(struct doc *doc, const char *const *heads, guint n)
{
    struct doc_block *table = add(doc, DOC_TABLE, 0, NULL);

    table->columns = n;
    table->cells = g_array_new(FALSE, FALSE, sizeof(struct doc_cell));
    g_array_set_clear_func(table->cells, cell_clear);
    for (guint i = 0; i < n; i++) {
        add_cell(table, DOC_PLAIN, heads[i]);
    }
}

void doc_row(struct doc *doc, const char *const *cells,
             const enum doc_tone *tones)
{
    struct doc_block *table = doc->blocks->pdata[doc->blocks->len - 1];

    g_assert(table->kind == DOC_TABLE);
    for (guint i = 0; i < table->columns; i++) {
        add_cell(table, tones ? tones[i] : DOC_PLAIN, cells[i]);
    }
}
