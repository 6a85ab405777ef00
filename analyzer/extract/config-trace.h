/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Trace headers: events expand to nothing. */
#ifndef QCOMPAT_EXTRACT_CONFIG_TRACE_H
#define QCOMPAT_EXTRACT_CONFIG_TRACE_H

#include "extract/config.h"

/* Whether PATH lists trace events: "hw/net/trace-events". */
bool config_is_trace_events(const char *path);

/*
 * Appends to FILES (struct generated_file *) what QEMU generates from the
 * trace-events files EVENTS (const char * paths): every age of the tree
 * finds its names.
 */
void config_generate_trace(GPtrArray *files, GPtrArray *events,
                           config_read_fn read, void *opaque);

#endif
