/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "reach/reach.h"

#include "base/borrow.h"

#include "reach/boards.h"
#include "reach/mentions.h"
#include "reach/pending.h"
#include "reach/s390.h"
#include "reach/types.h"

void reach_assign(struct facts *facts, const struct reach_tree *tree)
{
    g_autoptr(Boards) boards = boards_new(facts, tree);

    s390_add_models(facts, tree);
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

static char *mentions_of(const char *path, GBytes *bytes)
{
    g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
    gsize length;
    const char *text = g_bytes_get_data(bytes, &length);

    mentions_sum(text ? text : "", length, sum);
    pending_sum(text ? text : "", length, sum);
    if (s390_is_source(path)) {
        g_autofree char *copy = g_strndup(text ? text : "", length);

        s390_sum(path, copy, sum);
    }
    return g_strdup(g_checksum_get_string(sum));
}

bool reach_same_file(const char *path, GBytes *old, GBytes *new)
{
    /* Never looked at, or only for what it mentions. */
    static const char *const unread[] = { ".json", "trace-events", ".inc" };

    for (guint i = 0; i < G_N_ELEMENTS(unread); i++) {
        if (g_str_has_suffix(path, unread[i]) && !s390_is_source(path)) {
            return true;
        }
    }
    if (!g_str_has_suffix(path, ".c") && !g_str_has_suffix(path, ".h") &&
        !s390_is_source(path)) {
        return false;
    }
    g_autofree char *a = mentions_of(path, old), *b = mentions_of(path, new);

    return g_str_equal(a, b);
}
