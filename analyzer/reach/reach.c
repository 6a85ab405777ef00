/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "reach/reach.h"

#include "base/borrow.h"

#include "reach/boards.h"
#include "reach/types.h"

void reach_assign(struct facts *facts, const struct reach_tree *tree)
{
    g_autoptr(Boards) boards = boards_new(facts, tree);

    if (!boards) {
        return;
    }
    for (guint i = 0; i < boards->list->len; i++) {
        const struct board *board = g_ptr_array_index(boards->list, i);

        g_ptr_array_add(facts->boards, borrow(board->name));
    }
    for (guint i = 0; i < facts->machines->len; i++) {
        struct machine *machine = g_ptr_array_index(facts->machines, i);
        int board = boards_of_machine(boards, machine);

        machine->board = board < 0 ? 0 : UINT64_C(1) << board;
    }
    types_assign(facts, boards, tree);
}
