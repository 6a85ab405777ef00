/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The boards of a tree, each with what it switches on.
 */
#ifndef QCOMPAT_REACH_BOARDS_H
#define QCOMPAT_REACH_BOARDS_H

#include "model/facts.h"
#include "reach/build.h"
#include "reach/kconfig.h"

/* As many as there are bits. */
#define MAX_BOARDS 64

struct board {
    const char *name;        /* interned: I440FX, or a target without Kconfig */
    bool is_target;          /* everything of a target: it has no symbol */
    guint symbol;            /* where it is none */
    target_set targets;
    struct values values;
    guint8 *sets;            /* in use, by set of the build */
};

struct boards {
    struct conds *conds;
    struct kconfig *kconfig;
    struct build *build;
    bool has_kconfig;
    GPtrArray *list;         /* struct board *, by name */
};

/* NULL where the tree has no build files, or no board. */
struct boards *boards_new(const struct facts *facts,
                          const struct reach_tree *tree);
void boards_free(struct boards *boards);
typedef struct boards Boards;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Boards, boards_free)

/* The board whose machine types MACHINE is one of; -1: none, or it has no
 * version. */
int boards_of_machine(const struct boards *boards,
                      const struct machine *machine);
/* The boards, as bits, that FILE is built for. */
uint64_t boards_of_file(const struct boards *boards, const char *file);
/* Those that switch SYMBOL on by themselves; all where it is no symbol. */
uint64_t boards_with(const struct boards *boards, const char *symbol);

#endif
