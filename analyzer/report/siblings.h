/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Other types that have a property from the same declaration. */
#ifndef QCOMPAT_REPORT_SIBLINGS_H
#define QCOMPAT_REPORT_SIBLINGS_H

#include "report/show.h"

/* Adds which of the siblings get the same values of property NAME on all
 * versioned machine types, and which do not. */
void siblings_append(GString *out, const struct show *show, const char *name);

#endif
