/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One page that needs nothing else: no script, no font, no picture. */
#include "report/doc-internal.h"

#include <string.h>

static const char page_head[] =
    "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
    "<meta name=\"viewport\" content=\"width=device-width\">\n"
    "<meta http-equiv=\"Content-Security-Policy\" content=\""
    "default-src 'none'; style-src 'unsafe-inline'\">\n<style>\n"
    ":root { color-scheme: light dark; --line: #8884; --good: #1a7f37;\n"
    "  --doubt: #9a6700; --bad: #cf222e; }\n"
    "@media (prefers-color-scheme: dark) { :root { --good: #3fb950;\n"
    "  --doubt: #d29922; --bad: #f85149; } }\n"
    "body { font: 16px/1.5 system-ui, sans-serif; max-width: 72em;\n"
    "  margin: 2em auto; padding: 0 1em; }\n"
    "code { font: .9em ui-monospace, monospace; overflow-wrap: anywhere; }\n"
    "h2 { border-bottom: 1px solid var(--line); margin-top: 2em; }\n"
    "h3 { margin-bottom: .3em; }\n"
    "ul { padding-left: 1.4em; margin: .3em 0; }\n"
    ".scroll { overflow-x: auto; }\n"
    "table { border-collapse: collapse; }\n"
    "th, td { border: 1px solid var(--line); padding: .3em .6em;\n"
    "  text-align: left; vertical-align: top; }\n"
    ".good { color: var(--good); } .doubt { color: var(--doubt); }\n"
    ".bad { color: var(--bad); } .faint { opacity: .65; }\n"
    "td.good, td.doubt, td.bad { font-weight: 600; }\n"
    "</style>\n<title>";

static const char *const classes[] = {
    [DOC_PLAIN] = "", [DOC_GOOD] = " class=\"good\"",
    [DOC_DOUBT] = " class=\"doubt\"", [DOC_BAD] = " class=\"bad\"",
    [DOC_FAINT] = " class=\"faint\"",
};

static void append_text(GString *out, const char *text)
{
    for (; *text; text++) {
        switch (*text) {
        case DOC_CODE_ON:
            g_string_append(out, "<code>");
            break;
        case DOC_CODE_OFF:
            g_string_append(out, "</code>");
            break;
        case '<':
            g_string_append(out, "&lt;");
            break;
        case '>':
            g_string_append(out, "&gt;");
            break;
        case '&':
            g_string_append(out, "&amp;");
            break;
        case '"':
            g_string_append(out, "&quot;");
            break;
        default:
            g_string_append_c(out, *text);
        }
    }
}

static void append_element(GString *out, const char *name, const char *tone,
                           const char *text)
{
    g_string_append_printf(out, "<%s%s>", name, tone);
    append_text(out, text);
    g_string_append_printf(out, "</%s>", name);
}

static void append_table(GString *out, const struct doc_block *table)
{
    g_string_append(out, "<div class=\"scroll\"><table>\n");
    for (guint r = 0; r < doc_n_rows(table); r++) {
        g_string_append(out, "<tr>");
        for (guint c = 0; c < table->columns; c++) {
            const struct doc_cell *cell = doc_cell_at(table, r, c);

            append_element(out, !r || !c ? "th" : "td", classes[cell->tone],
                           cell->text);
        }
        g_string_append(out, "</tr>\n");
    }
    g_string_append(out, "</table></div>\n");
}

/* Opens and closes lists until DEPTH of them are open; items stay open, as a
 * list within them may follow. */
static void set_depth(GString *out, int *depth, int wanted, bool item)
{
    for (; *depth > wanted; (*depth)--) {
        g_string_append(out, "</li></ul>\n");
    }
    if (item && *depth == wanted) {
        g_string_append(out, "</li>\n");
    }
    for (; *depth < wanted; (*depth)++) {
        g_string_append(out, "<ul>\n");
        if (*depth + 1 < wanted) {
            g_string_append(out, "<li>");
        }
    }
}

static void append_block(GString *out, const struct doc_block *block,
                         int *depth)
{
    bool item = block->kind == DOC_ITEM;

    set_depth(out, depth, item ? block->level + 1 : 0, item);
    switch (block->kind) {
    case DOC_HEADING:
        append_element(out, block->level == 1 ? "h2" : "h3", "",
                       block->text);
        g_string_append_c(out, '\n');
        break;
    case DOC_PARAGRAPH:
        append_element(out, "p", "", block->text);
        g_string_append_c(out, '\n');
        break;
    case DOC_ITEM:
        g_string_append_printf(out, "<li%s>", classes[block->tone]);
        append_text(out, block->text);
        break;
    case DOC_TABLE:
        append_table(out, block);
        break;
    }
}

void doc_to_html(const struct doc *doc, GString *out)
{
    int depth = 0;

    g_string_append(out, page_head);
    append_text(out, doc->title);
    g_string_append(out, "</title>\n</head>\n<body>\n");
    append_element(out, "h1", "", doc->title);
    g_string_append_c(out, '\n');
    for (guint i = 0; i < doc->blocks->len; i++) {
        append_block(out, doc_block_at(doc, i), &depth);
    }
    set_depth(out, &depth, 0, false);
    g_string_append(out, "</body>\n</html>\n");
}
