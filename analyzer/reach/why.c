/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Why a board has a type, in words. */
#include <string.h>

#include "reach/boards.h"
#include "reach/reach.h"
#include "reach/types.h"

/* Longer chains of symbols are cut. */
#define MAX_CHAIN 12

/* The symbol that C asks for, a device's where there is one; false where it
 * asks for none that is on. */
static bool wanted_symbol(const struct boards *boards,
                          const struct board *board, cond c, guint *ret)
{
    g_autoptr(GArray) symbols = g_array_new(FALSE, FALSE, sizeof(guint));
    bool found = false;

    cond_wanted(boards->conds, c, symbols);
    for (guint i = 0; i < symbols->len; i++) {
        guint symbol = g_array_index(symbols, guint, i);

        if (board->values.on[symbol] &&
            (!found || !board->values.fixed[symbol])) {
            *ret = symbol;
            found = true;
        }
    }
    return found;
}

static bool follow(const struct boards *boards, const struct board *board,
                   guint *symbol, GString *out)
{
    const struct origin *origin = &board->values.origins[*symbol];

    switch (origin->kind) {
    case BY_SELECT:
        *symbol = origin->from;
        g_string_append(out, " selected by ");
        return true;
    case BY_IMPLY:
        *symbol = origin->from;
        g_string_append(out, " implied by ");
        return true;
    case BY_DEFAULT:
        g_string_append(out, " on by default");
        if (!wanted_symbol(boards, board, origin->when, symbol)) {
            return false;
        }
        g_string_append(out, " with ");
        return true;
    case BY_BOARD:
    case BY_NOTHING:
        break;
    }
    return false;
}

/* "E1000_PCI on by default with PCI_DEVICES implied by Q35" */
static void append_chain(GString *out, const struct boards *boards,
                         const struct board *board, guint symbol)
{
    for (int i = 0; i < MAX_CHAIN; i++) {
        g_string_append(out, conds_name(boards->conds, symbol));
        if (!follow(boards, board, &symbol, out)) {
            return;
        }
    }
    g_string_append(out, "...");
}

static void append_build(GString *out, const struct boards *boards,
                         const struct board *board, const char *file)
{
    const GArray *members = file
        ? g_hash_table_lookup(boards->build->files, file) : NULL;
    guint symbol;

    g_string_append(out, file ? file : "its file");
    for (guint i = 0; members && i < members->len; i++) {
        cond when = g_array_index(members, struct member, i).when;

        if (wanted_symbol(boards, board, when, &symbol)) {
            g_string_append(out, " is built with ");
            append_chain(out, boards, board, symbol);
            return;
        }
    }
    g_string_append(out, members ? " is always built"
                                 : " is in no build file, so taken as built");
}

void reach_explain(const struct facts *facts, const struct reach_tree *tree,
                   const struct qom_type *type, GPtrArray *lines)
{
    g_autoptr(Boards) boards = boards_new(facts, tree);
    const char *makers[MAX_BOARDS];

    if (!boards) {
        return;
    }
    types_find_makers(facts, boards, tree, type->name, makers);
    for (guint i = 0; i < boards->list->len; i++) {
        const struct board *board = g_ptr_array_index(boards->list, i);
        g_autoptr(GString) line = g_string_new(board->name);

        if (!(type->boards >> i & 1)) {
            continue;
        }
        g_string_append(line, ": ");
        append_build(line, boards, board, type->loc.file);
        if (makers[i]) {
            g_string_append_printf(line, "; made by %s", makers[i]);
        } else if (type->user_creatable) {
            g_string_append(line, "; users can plug it");
        }
        g_ptr_array_add(lines, g_string_free(g_steal_pointer(&line), FALSE));
    }
}
