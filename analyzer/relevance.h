/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef QCOMPAT_RELEVANCE_H
#define QCOMPAT_RELEVANCE_H

#include <stdbool.h>

/*
 * Whether a change of PATH could change facts.  Anything could that is not
 * known to be read by nobody here: documentation, scripts, images.
 */
bool path_matters(const char *path);

#endif
