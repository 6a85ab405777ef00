/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Facts and files that are only in memory: two boards on one target with
 * versions, one on another target, and one that has none.
 */
#ifndef QCOMPAT_TESTS_REACH_WORLD_H
#define QCOMPAT_TESTS_REACH_WORLD_H

#include "reach/reach.h"

/* A list of them ends with one without a path. */
struct world_file {
    const char *path, *text;
};

#define TREE_CORE                                                           \
    { "meson.build",                                                        \
      "system_ss = ss.source_set()\nhw_arch = {}\nsubdir('hw')\n" },        \
    { "target/Kconfig",                                                     \
      "config X86_64\n    bool\nconfig AARCH64\n    bool\n    select ARM\n" \
      "config ARM\n    bool\n" }

#define MESON_CORE                                                          \
    "system_ss.add(files('core/qdev.c', 'core/sysbus.c'))\n"                \
    "system_ss.add(when: 'CONFIG_PCI', if_true: files('pci/pci.c'))\n"      \
    "system_ss.add(when: 'CONFIG_OLD', if_true: files('i386/old.c'))\n"     \
    "system_ss.add(when: 'CONFIG_NEW', if_true: files('i386/new.c'))\n"     \
    "system_ss.add(when: 'CONFIG_VIRT', if_true: files('arm/virt.c'))\n"    \
    "system_ss.add(when: 'CONFIG_TOY', if_true: files('arm/toy.c'))\n"

#define KCONFIG_CORE                                                        \
    "config PCI\n    bool\n"                                                \
    "config OLD\n    bool\n    default y\n    depends on X86_64\n"          \
    "    select PCI\n"                                                      \
    "config NEW\n    bool\n    default y\n    depends on X86_64\n"          \
    "    select PCI\n"                                                      \
    "config VIRT\n    bool\n    default y\n    depends on ARM\n"            \
    "config TOY\n    bool\n    default y\n    depends on ARM\n"

struct facts *world_new(void);
struct qom_type *world_type(struct facts *facts, const char *name,
                            const char *parent, const char *file);
/* One that users can plug. */
struct qom_type *world_pluggable(struct facts *facts, const char *name,
                                 const char *parent, const char *file);
struct machine *world_machine(struct facts *facts, const char *name,
                              const char *target, const char *file);

/* Of a struct reach_tree whose OPAQUE is such a list. */
GBytes *world_read(const char *path, void *opaque);
const char *world_list(guint i, void *opaque);

/* Assigns boards by FILES. */
void world_assign(struct facts *facts, const struct world_file *files);
/* The names of the boards that can have TYPE, "*" where nothing is known. */
void world_assert_boards(const struct facts *facts, const char *name,
                         const char *expected);

char *world_repeat(const char *text, guint times);

#endif
