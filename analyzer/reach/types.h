/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * From the files of a board to the QOM types of its machines.
 */
#ifndef QCOMPAT_REACH_TYPES_H
#define QCOMPAT_REACH_TYPES_H

#include "reach/boards.h"

/* The first file of each board that makes a TYPE, or header that does;
 * interned, NULL: there is none.  RET_MAKERS has room for MAX_BOARDS. */
void types_find_makers(const struct facts *facts, const struct boards *boards,
                       const struct reach_tree *tree, const char *type,
                       const char **ret_makers);
/* Sets the boards of every type of FACTS. */
void types_assign(struct facts *facts, const struct boards *boards,
                  const struct reach_tree *tree);

#endif
