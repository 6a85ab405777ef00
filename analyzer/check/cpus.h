/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef QCOMPAT_CHECK_CPUS_H
#define QCOMPAT_CHECK_CPUS_H

#include "rules/changes.h"

void cpu_change_free(struct cpu_change *change);

#endif
