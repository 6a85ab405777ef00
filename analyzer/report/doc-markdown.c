/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "report/doc-internal.h"

#include <string.h>

/* Code that holds a backtick is bracketed by more of them. */
static gsize longest_run(const char *text, gsize length)
{
    gsize longest = 0;

    for (gsize i = 0, run = 0; i < length; i++) {
        run = text[i] == '`' ? run + 1 : 0;
        longest = MAX(longest, run);
    }
    return longest;
}

static const char *append_code(GString *out, const char *text)
{
    gsize length = strcspn(text, (char[]){ DOC_CODE_OFF, '\0' });
    g_autofree char *fence = g_strnfill(longest_run(text, length) + 1, '`');
    bool pad = fence[1];

    g_string_append_printf(out, "%s%s", fence, pad ? " " : "");
    for (gsize i = 0; i < length; i++) {
        /* A bar ends the cell of a table even in code. */
        g_string_append(out, text[i] == '|' ? "\\|" : (char[]){ text[i], 0 });
    }
    g_string_append_printf(out, "%s%s", pad ? " " : "", fence);
    return text + length + (text[length] ? 1 : 0);
}

static void append_text(GString *out, const char *text)
{
    while (*text) {
        if (*text == DOC_CODE_ON) {
            text = append_code(out, text + 1);
            continue;
        }
        if (strchr("\\`*_[]<>|#", *text)) {
            g_string_append_c(out, '\\');
        }
        g_string_append_c(out, *text++);
    }
}

static void append_table(GString *out, const struct doc_block *table)
{
    for (guint r = 0; r < doc_n_rows(table); r++) {
        for (guint c = 0; c < table->columns; c++) {
            const struct doc_cell *cell = doc_cell_at(table, r, c);

            g_string_append(out, c ? " | " : "| ");
            append_text(out, cell->text);
        }
        g_string_append(out, " |\n");
        for (guint c = 0; !r && c < table->columns; c++) {
            g_string_append(out, c ? "---|" : "|---|");
        }
        g_string_append(out, r ? "" : "\n");
    }
}

static const char *const marks[] = {
    [DOC_PLAIN] = "", [DOC_GOOD] = "", [DOC_DOUBT] = "**?** ",
    [DOC_BAD] = "**!** ", [DOC_FAINT] = "",
};

static void append_block(GString *out, const struct doc_block *block)
{
    switch (block->kind) {
    case DOC_HEADING:
        g_string_append(out, block->level == 1 ? "## " : "### ");
        break;
    case DOC_ITEM:
        g_string_append_printf(out, "%*s- %s", 2 * block->level, "",
                               marks[block->tone]);
        break;
    case DOC_PARAGRAPH:
        break;
    case DOC_TABLE:
        append_table(out, block);
        return;
    }
    append_text(out, block->text);
    g_string_append_c(out, '\n');
}

void doc_to_markdown(const struct doc *doc, GString *out)
{
    g_string_append(out, "# ");
    append_text(out, doc->title);
    g_string_append_c(out, '\n');
    for (guint i = 0; i < doc->blocks->len; i++) {
        const struct doc_block *block = doc_block_at(doc, i);

        if (!i || block->kind != DOC_ITEM ||
            doc_block_at(doc, i - 1)->kind != DOC_ITEM) {
            g_string_append_c(out, '\n');
        }
        append_block(out, block);
    }
}
