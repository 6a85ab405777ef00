/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef QCOMPAT_FIX_TYPE_MACRO_H
#define QCOMPAT_FIX_TYPE_MACRO_H

#include "fix/edit.h"

/*
 * The macro TYPE_X that stands for DRIVER and that FILE sees, itself or
 * through a header that it includes directly; NULL where there is none.  One
 * that FILE uses already is good, any other only where WANTED.  Free it.
 */
char *type_macro_find(struct patch *patch, const struct edited_file *file,
                      const char *driver, bool wanted);

#endif
