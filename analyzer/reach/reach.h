/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Which QOM types can be in which versioned machine type.
 *
 * A board is what Kconfig calls one: the symbol that switches on a file which
 * defines versioned machine types (I440FX, Q35, ARM_VIRT, PSERIES …).  From
 * the Kconfig and build files of the tree follows what else it switches on,
 * and so which files are there; from their text, which devices they make.
 * Everything is parsed, nothing is run.
 *
 * Where it cannot be told a type can be everywhere: a device that is in no
 * machine would go unchecked.
 */
#ifndef QCOMPAT_REACH_REACH_H
#define QCOMPAT_REACH_REACH_H

#include "model/facts.h"
#include "reach/tree.h"

/*
 * Why the machines of a board can have TYPE: a line for each of its boards,
 * in words, with the symbols that build its file and what makes it.  FACTS
 * are those of TREE.  A tree without build files adds nothing.
 */
void reach_explain(const struct facts *facts, const struct reach_tree *tree,
                   const struct qom_type *type, GPtrArray *lines);

/* Fills in boards of FACTS, its types and its machines, which a tree without
 * build files does not change, and adds the CPU models of s390x; FACTS are
 * complete but not sealed. */
void reach_assign(struct facts *facts, const struct reach_tree *tree);

/*
 * Whether reach_assign() makes the same of two trees that differ in file PATH
 * only, which says OLD in one and NEW in the other; false where that is not
 * known.
 */
bool reach_same_file(const char *path, GBytes *old, GBytes *new);

#endif
