/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef QCOMPAT_REPORT_WRAP_H
#define QCOMPAT_REPORT_WRAP_H

#include <glib.h>

/*
 * Appends TEXT, one line with its newline, broken at blanks so that it fits
 * WIDTH columns; what is left over goes on INDENT columns to the right.
 * Colours take no columns.  WIDTH 0 breaks nothing.
 */
void wrap_append(GString *out, const char *text, guint width, guint indent);

#endif
