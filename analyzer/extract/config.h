/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What QEMU's configure and meson would generate, and how they would call
 * the compiler, worked out from the tree without running anything of it.
 *
 * The configuration is a full Linux build: everything that a distribution
 * enables, so that code behind #ifdef CONFIG_X is seen.
 */
#ifndef QCOMPAT_EXTRACT_CONFIG_H
#define QCOMPAT_EXTRACT_CONFIG_H

#include <glib.h>
#include <stdbool.h>

/* One system emulator, as QEMU names it. */
struct target_config {
    const char *name;    /* "mips64el": qemu-system-mips64el */
    const char *arch;    /* TARGET_ARCH: "mips64" */
    const char *base;    /* directory below target/: "mips" */
    const char *host;    /* linux-headers/asm-X of its KVM, "x86" if none */
    bool big_endian;
    bool kvm;
    bool xen;
};

/* All of them, by name. */
const struct target_config *config_targets(guint *ret_n);
/* NULL where there is none of that name. */
const struct target_config *config_target(const char *name);

/*
 * The target to parse PATH with: that of its architecture for files that
 * belong to one (hw/arm/…, target/arm/…, or a device that includes headers
 * of one), else x86_64.  TEXT is the file's content, NUL-terminated, or NULL;
 * HEADER that of the header of the same name, or NULL.
 */
const struct target_config *config_target_of(const char *path,
                                             const char *text,
                                             const char *header);

/* The name of the header that PATH includes under its own name:
 * "hw/misc/demo.h" for hw/misc/demo.c.  NULL where it has none; caller
 * frees. */
char *config_own_header(const char *path, const char *text);

/*
 * Whether a Linux build of the system emulators leaves PATH out: code for
 * other hosts (Windows accelerators …), user-mode emulation, and C that is
 * only included.  Such files are not worth parsing.
 */
bool config_is_foreign(const char *path);

/* Content of PATH in the tree under test, NULL where there is none. */
typedef GBytes *(*config_read_fn)(const char *path, void *opaque);
/* Path of the tree's I-th file, NULL behind the last. */
typedef const char *(*config_list_fn)(guint i, void *opaque);

struct generated_file {
    char *path;    /* below SYSROOT_ROOT: "gen/config-host.h" */
    char *text;
};

/*
 * The generated headers of TARGET ("gen/x86_64/config-target.h"), or with
 * TARGET NULL those common to all targets (configuration, trace events, …).
 * QAPI is not among them.  Returns struct generated_file *, by path.
 */
GPtrArray *config_generate(config_read_fn read, config_list_fn list,
                           void *opaque, const struct target_config *target);

/* Every argument but the file: char *, NULL-terminated. */
char **config_arguments(const struct target_config *target);

#endif
