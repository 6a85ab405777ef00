/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef QCOMPAT_REPORT_MACHINES_H
#define QCOMPAT_REPORT_MACHINES_H

#include "model/finding.h"

/*
 * "41 machine types (pc-q35-7.1 and older, virt-6.0 ... virt-7.1)": a family a
 * piece, newest first where all that are older are affected too, the first
 * and the last where they are not.  HEAD tells which others there are.
 */
char *machines_summary(const GPtrArray *machines, const struct facts *head);

/* The machine type that serves as the example: the newest one, the first by
 * name where several are; NULL where none is affected. */
const struct machine *machines_example(const GPtrArray *machines);

#endif
