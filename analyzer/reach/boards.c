/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "reach/boards.h"

#include <string.h>

static void board_free(gpointer data)
{
    struct board *board = data;

    values_clear(&board->values);
    g_free(board->sets);
    g_free(board);
}

void boards_free(struct boards *boards)
{
    if (boards) {
        g_ptr_array_unref(boards->list);
        build_free(boards->build);
        kconfig_free(boards->kconfig);
        conds_free(boards->conds);
        g_free(boards);
    }
}

/* --- Reading ------------------------------------------------------------- */

static bool is_foreign(const char *path)
{
    static const char *const dirs[] = {
        "docs/", "pc-bios/", "roms/", "subprojects/", "tests/",
    };

    for (gsize i = 0; i < G_N_ELEMENTS(dirs); i++) {
        if (g_str_has_prefix(path, dirs[i])) {
            return true;
        }
    }
    return false;
}

static bool read_kconfig(struct boards *boards, const struct reach_tree *tree)
{
    const char *path;
    bool found = false;

    for (guint i = 0; (path = tree->list(i, tree->opaque)); i++) {
        const char *slash = strrchr(path, '/');
        const char *base = slash ? slash + 1 : path;
        bool is_host = !strcmp(base, "Kconfig.host") ||
                       !strcmp(path, "accel/Kconfig");

        if ((is_host || !strcmp(base, "Kconfig")) && !is_foreign(path)) {
            g_autofree char *text = tree_text(tree, path);

            if (text) {
                kconfig_read(boards->kconfig, text, is_host);
                found = true;
            }
        }
    }
    return found;
}

/* Without Kconfig the lists of defaults say which symbols are devices. */
static void declare_defaults(struct boards *boards,
                             const struct reach_tree *tree)
{
    g_autoptr(GArray) symbols = g_array_new(FALSE, FALSE, sizeof(guint));

    for (target_set all = ~UINT64_C(0); target_first(all); all &= all - 1) {
        g_autofree char *name = g_strconcat(target_first(all),
                                            "-softmmu.mak", NULL);

        build_read_mak(boards->build, tree, name, symbols);
    }
    for (guint i = 0; i < symbols->len; i++) {
        kconfig_declare(boards->kconfig, g_array_index(symbols, guint, i));
    }
}

/* --- Boards -------------------------------------------------------------- */

/* The device symbol that FILE needs; false where it needs none. */
static bool symbol_of_file(const struct boards *boards, const char *file,
                           guint *ret)
{
    const GArray *members = g_hash_table_lookup(boards->build->files, file);
    g_autoptr(GArray) symbols = g_array_new(FALSE, FALSE, sizeof(guint));

    for (guint i = 0; members && i < members->len; i++) {
        cond_wanted(boards->conds,
                    g_array_index(members, struct member, i).when, symbols);
    }
    for (guint i = 0; i < symbols->len; i++) {
        target_set set;

        *ret = g_array_index(symbols, guint, i);
        if (kconfig_is_device(boards->kconfig, *ret) &&
            !kconfig_is_target(boards->kconfig, *ret, &set)) {
            return true;
        }
    }
    return false;
}

static bool is_versioned(const struct machine *machine)
{
    struct version version;
    g_autofree char *family = version_cut_from_name(machine->name, &version);

    return machine->versioned || family;
}

/* Whether some machine type of FILE applies compat arrays: only then do its
 * versions mean anything. */
static bool keeps_versions(const struct facts *facts, const char *file)
{
    for (guint i = 0; i < facts->machines->len; i++) {
        const struct machine *machine = g_ptr_array_index(facts->machines, i);

        if (machine->loc.file == file && machine->compat->len &&
            is_versioned(machine)) {
            return true;
        }
    }
    return false;
}

static void identify(const struct boards *boards,
                     const struct machine *machine, struct board *ret)
{
    *ret = (struct board){ .targets = machine->targets };
    if (symbol_of_file(boards, machine->loc.file, &ret->symbol)) {
        ret->name = g_intern_string(conds_name(boards->conds, ret->symbol));
    } else {
        ret->is_target = true;
        ret->name = g_intern_string(target_first(machine->targets));
    }
}

static struct board *find_board(const struct boards *boards, const char *name)
{
    for (guint i = 0; i < boards->list->len; i++) {
        struct board *board = g_ptr_array_index(boards->list, i);

        if (board->name == name) {
            return board;
        }
    }
    return NULL;
}

static void find_boards(struct boards *boards, const struct facts *facts)
{
    for (guint i = 0; i < facts->machines->len; i++) {
        const struct machine *machine = g_ptr_array_index(facts->machines, i);
        struct board like, *board;

        if (!machine->loc.file) {
            continue;
        }
        identify(boards, machine, &like);
        if (!like.is_target) {
            g_hash_table_add(boards->kconfig->boards,
                             GUINT_TO_POINTER(like.symbol + 1));
        }
        if (!like.name || !is_versioned(machine) ||
            !keeps_versions(facts, machine->loc.file)) {
            continue;
        }
        board = find_board(boards, like.name);
        if (!board) {
            board = g_memdup2(&like, sizeof(like));
            g_ptr_array_add(boards->list, board);
        }
        board->targets |= machine->targets;
    }
}

static int by_name(gconstpointer a, gconstpointer b)
{
    const struct board *const *p = a, *const *q = b;

    return strcmp((*p)->name, (*q)->name);
}

static void close_board(struct boards *boards, struct board *board,
                        const struct reach_tree *tree)
{
    g_autoptr(GArray) seeds = g_array_new(FALSE, FALSE, sizeof(guint));

    if (!board->is_target) {
        g_array_append_val(seeds, board->symbol);
    }
    /* Without Kconfig a symbol says nothing of what its board needs. */
    for (target_set set = board->targets;
         set && (board->is_target || !boards->has_kconfig); set &= set - 1) {
        g_autofree char *name = g_strconcat(target_first(set),
                                            "-softmmu.mak", NULL);

        build_read_mak(boards->build, tree, name, seeds);
    }
    kconfig_close(boards->kconfig, seeds, board->targets, &board->values);
    board->sets = build_sets_in_use(boards->build, &board->values);
}

struct boards *boards_new(const struct facts *facts,
                          const struct reach_tree *tree)
{
    g_autoptr(Boards) boards = g_new0(struct boards, 1);

    boards->conds = conds_new();
    boards->kconfig = kconfig_new(boards->conds);
    boards->build = build_new(boards->conds);
    boards->list = g_ptr_array_new_with_free_func(board_free);
    build_read_meson(boards->build, tree);
    build_read_makefiles(boards->build, tree);
    boards->has_kconfig = read_kconfig(boards, tree);
    if (!boards->has_kconfig) {
        declare_defaults(boards, tree);
    }
    find_boards(boards, facts);
    if (!g_hash_table_size(boards->build->files) || !boards->list->len ||
        boards->list->len > MAX_BOARDS) {
        return NULL;
    }
    g_ptr_array_sort(boards->list, by_name);
    for (guint i = 0; i < boards->list->len; i++) {
        close_board(boards, g_ptr_array_index(boards->list, i), tree);
    }
    return g_steal_pointer(&boards);
}

int boards_of_machine(const struct boards *boards,
                      const struct machine *machine)
{
    struct board like;
    guint no;

    if (!machine->loc.file || !is_versioned(machine)) {
        return -1;
    }
    identify(boards, machine, &like);
    return like.name && g_ptr_array_find(boards->list,
                                         find_board(boards, like.name), &no)
        ? (int)no : -1;
}

uint64_t boards_of_file(const struct boards *boards, const char *file)
{
    uint64_t bits = 0;

    for (guint i = 0; i < boards->list->len; i++) {
        const struct board *board = g_ptr_array_index(boards->list, i);

        if (!file || build_has(boards->build, file, &board->values,
                               board->sets)) {
            bits |= UINT64_C(1) << i;
        }
    }
    return bits;
}

uint64_t boards_with(const struct boards *boards, const char *symbol)
{
    guint no = GPOINTER_TO_UINT(
        g_hash_table_lookup(boards->conds->symbols, symbol));
    uint64_t bits = 0;

    if (!no || !kconfig_is_device(boards->kconfig, no - 1)) {
        return ~UINT64_C(0);
    }
    for (guint i = 0; i < boards->list->len; i++) {
        const struct board *board = g_ptr_array_index(boards->list, i);

        bits |= board->values.on[no - 1] ? UINT64_C(1) << i : 0;
    }
    return bits;
}
