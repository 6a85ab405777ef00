/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef QCOMPAT_FIX_DIFF_H
#define QCOMPAT_FIX_DIFF_H

#include "fix/fix.h"

/* Appends FILE as a unified diff that `git apply` and `patch -p1` take. */
void diff_append(GString *out, const struct fixed_file *file);

#endif
