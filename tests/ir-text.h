/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Units of IR written down as text, for tests of whatever reads IR.
 *
 *   (function NAME (PARAM…) STATEMENT…)     static-function: internal linkage
 *   (variable TYPE NAME [EXPRESSION])       static-variable likewise
 *   (record NAME (TYPE FIELD)…)
 *
 * Statements: (block …) (decl TYPE NAME [X]) (static TYPE NAME X) (if C A [B])
 * (for INIT C STEP BODY) (while C BODY) (switch X (block …)) (case X S)
 * (default S) (return [X]) (break) (continue), or an expression.
 *
 * Expressions: 7, "text", NAME=7 (an integer with its spelling), local,
 * $global, %static (a static variable), @function, (call F X…), (init TYPE
 * (.FIELD X)… ([N] X)…), literal likewise, (-> X RECORD.FIELD), (. X
 * RECORD.FIELD), (at X INDEX), (addr X), (deref X), (? C A B), (cast TYPE X),
 * (sizeof TYPE N), (offsetof RECORD.FIELD N), (unknown TEXT), and C's
 * operators.  Types with blanks are quoted.
 */
#ifndef QCOMPAT_TESTS_IR_TEXT_H
#define QCOMPAT_TESTS_IR_TEXT_H

#include "ir/ir.h"

/* Aborts with a message where TEXT is not understood. */
struct ir_unit *ir_unit_from_text(const char *path, uint64_t targets,
                                  const char *text);

#endif
