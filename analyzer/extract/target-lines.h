/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Lines of a file that conditions on the target leave to some targets: a unit
 * is parsed for one of them only, and what it says holds for others.
 */
#ifndef QCOMPAT_EXTRACT_TARGET_LINES_H
#define QCOMPAT_EXTRACT_TARGET_LINES_H

#include <glib.h>
#include <stdint.h>

/* From the line on, to that of the next: a target_set, 0 = all of them. */
struct target_line {
    unsigned line;
    uint64_t targets;
};

/* struct target_line, by line; those before the first are of all targets.
 * Macros that TEXT itself defines are followed; a condition that is not
 * understood keeps nothing from anybody. */
GArray *target_lines_find(const char *text, gsize length);
uint64_t target_lines_at(const GArray *lines, unsigned line);

#endif
