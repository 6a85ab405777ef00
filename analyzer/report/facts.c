/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "report/facts.h"

#include "report/items.h"
#include "report/sanitize.h"
#include "snapshot/snapshot.h"

static void append_item(GString *out, const struct item *item)
{
    g_string_append_printf(out, "%s ", item->fact);
    sanitize_append(out, item->key, SANITIZE_WORD);
    item_append_attributes(out, item);
    if (item->spelling) {
        json_t *text = text_to_json(item->spelling);
        g_string_append(out, " spelling=");
        item_append_value(out, text);
        json_decref(text);
    }
    if (item->loc.file) {
        g_string_append(out, " at ");
        sanitize_append(out, item->loc.file, SANITIZE_WORD);
        g_string_append_printf(out, ":%d", item->loc.line);
    }
    g_string_append_c(out, '\n');
}

void facts_to_text(const struct facts *facts, GString *out)
{
    g_autoptr(GPtrArray) items = items_of_facts(facts);
    for (guint i = 0; i < items->len; i++) {
        append_item(out, items->pdata[i]);
    }
}
