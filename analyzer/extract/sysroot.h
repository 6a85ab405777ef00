/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The hermetic sysroot: system, GLib and third-party headers of our own,
 * reduced to what QEMU's declarations need, built into the program.
 *
 * The extractor lays everything out below one virtual root, SYSROOT_ROOT:
 *
 *   SYSROOT_ROOT "/src"       files of the tree under test
 *   SYSROOT_ROOT "/sysroot"   these headers
 *   SYSROOT_ROOT "/gen"       generated headers (config.h, qapi.h)
 *
 * config_arguments() of config.h gives the compiler arguments, include path
 * included, that go with this layout.
 */
#ifndef QCOMPAT_EXTRACT_SYSROOT_H
#define QCOMPAT_EXTRACT_SYSROOT_H

#include <glib.h>

#define SYSROOT_ROOT "/q"

struct sysroot_file {
    const char *path;    /* "sys/types.h" */
    const char *text;
    size_t length;
};

/* Sorted by path (strcmp). */
const struct sysroot_file *sysroot_files(guint *ret_n);

/* Compiler arguments that do not depend on the target; NULL-terminated. */
const char *const *sysroot_flags(void);

#endif
