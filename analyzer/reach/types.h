/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * From the files of a board to the QOM types of its machines.
 */
#ifndef QCOMPAT_REACH_TYPES_H
#define QCOMPAT_REACH_TYPES_H

#include "reach/boards.h"

/* Sets the boards of every type of FACTS. */
void types_assign(struct facts *facts, const struct boards *boards,
                  const struct reach_tree *tree);

#endif
