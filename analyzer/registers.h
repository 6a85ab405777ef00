/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * System registers of Arm CPUs.  Without KVM, a migration stream lists those
 * that the sender has, and the receiver refuses any that it does not have.
 * They stand in tables of ARMCPRegInfo, which are read as text: what of them
 * a CPU has is decided when it is made, so a difference may matter or not.
 */
#ifndef QCOMPAT_REGISTERS_H
#define QCOMPAT_REGISTERS_H

#include "review/matrix.h"
#include "source/source.h"

/* Adds a reason to either hop where the sender has what the receiver has
 * not. */
void registers_compare(struct source *older, struct source *newer,
                       struct matrix_hop *forward,
                       struct matrix_hop *backward);

#endif
