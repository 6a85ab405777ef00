/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Textual scan of a file for what it includes and whether it matters. */
#ifndef QCOMPAT_EXTRACT_INCLUDES_H
#define QCOMPAT_EXTRACT_INCLUDES_H

#include <glib.h>
#include <stdbool.h>

/* Names of all #include directives, delimiters kept ("\"a.h\"", "<b.h>"),
 * interned.  Conditions are not looked at; macros as names are left out. */
GPtrArray *includes_scan(const char *text, gsize len);

/* Whether two scans found the same. */
bool includes_equal(const GPtrArray *a, const GPtrArray *b);
/* Whether a scan found what looks like a unit: it is a part of who includes it,
 * and no unit. */
bool includes_have_parts(const GPtrArray *names);

/* Whether a header with this text may stand twice in a unit, as far as can be
 * seen at a glance. */
bool includes_guarded(const char *text, gsize len);

/* Whether a unit with this text may register a type, define a property table,
 * a compat array or a machine type. */
bool includes_relevant(const char *text, gsize len);

#endif
