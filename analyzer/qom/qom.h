/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Runs QEMU's registration code on the IR of a revision and writes down what
 * it registers: QOM types, properties, aliases, compat arrays, machine types.
 *
 * Mirrors qom/object.c (type_initialize: class structs are copied from the
 * parent, class_base_init of the ancestors, then class_init), hw/core/qdev.c
 * (device_class_set_props) and hw/core/machine.c (compat_props_add).
 */
#ifndef QCOMPAT_QOM_QOM_H
#define QCOMPAT_QOM_QOM_H

#include "ir/ir.h"
#include "model/facts.h"

/*
 * UNITS (struct ir_unit *, in path order) are all units of one revision.
 * Adds everything they say to FACTS and leaves sealing to the caller.  What
 * cannot be evaluated becomes a gap or an unevaluated value, never a guess.
 */
void qom_evaluate(GPtrArray *units, struct facts *facts);

#endif
