/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Where results and messages go: stdout is the result, stderr the rest.
 */
#ifndef QCOMPAT_OUTPUT_H
#define QCOMPAT_OUTPUT_H

#include "options.h"
#include "report/style.h"

/* One report that was asked for. */
struct output {
    const char *format;      /* name, borrowed */
    const char *path;        /* NULL = stdout */
};

/*
 * What -f, -o and -q ask for: a GArray of struct output, never empty.  A
 * format that is not said follows from the name of the file or is DEFAULT_
 * FORMAT.  Fails where a format is not among N at FORMATS, or where two
 * reports want stdout.
 */
GArray *outputs_resolve(const struct options *options,
                        const char *default_format,
                        const char *const *formats, guint n, GError **error);

/* How OUTPUT is to look: colour only on stdout. */
struct style output_style(const struct options *options,
                          const struct output *output);

/* Writes TEXT to OUTPUT; a file appears complete or not at all. */
bool output_write(const struct output *output, const GString *text,
                  GError **error);

/* Writes to stdout; a reader that has gone away is no error. */
bool output_stdout_checked(const char *text, gsize length, GError **error);
void output_stdout(const char *text, gsize length);

/* One line on stderr that the next one overwrites; for terminals only. */
bool output_can_progress(void);
void output_progress(const char *format, ...) G_GNUC_PRINTF(1, 2);
void output_progress_end(void);

/* A message on stderr.  What could upset a terminal is made harmless. */
void output_message(const char *format, ...) G_GNUC_PRINTF(1, 2);

#endif
