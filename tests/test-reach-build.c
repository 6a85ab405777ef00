/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is built for which board: Kconfig, meson.build, Makefile.objs. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "reach-world.h"

/* A device whose file is built under CONFIG_DEVICE, with KCONFIG saying when
 * that is on. */
static void assert_kconfig(const char *kconfig, const char *expected)
{
    g_autoptr(Facts) facts = world_new();
    g_autofree char *all = g_strconcat(KCONFIG_CORE, kconfig, NULL);
    struct world_file files[] = {
        TREE_CORE,
        { "Kconfig.host", "config LINUX\n    bool\nconfig FUZZ\n    bool\n"
          "config HAVE_RUST\n    bool\n" },
        { "hw/Kconfig", all },
        { "hw/meson.build", MESON_CORE
          "system_ss.add(when: 'CONFIG_DEVICE', if_true: files('dev.c'))\n" },
        { NULL, NULL },
    };

    world_pluggable(facts, "dev", "device", "hw/dev.c");
    world_assign(facts, files);
    world_assert_boards(facts, "dev", expected);
}

static void test_kconfig(void **state)
{
    assert_kconfig("config DEVICE\n    bool\n", "");
    assert_kconfig("config DEVICE\n    bool\n    default y\n",
                   "NEW OLD VIRT");
    assert_kconfig("config DEVICE\n    bool\n    default y if PCI\n",
                   "NEW OLD");
    assert_kconfig("config DEVICE\n    default y\n    depends on PCI\n",
                   "NEW OLD");
    assert_kconfig("config DEVICE\n    default y if LINUX && (PCI || FUZZ)\n",
                   "NEW OLD");
    assert_kconfig("config DEVICE\n    default y\n    depends on !HAVE_RUST "
                   "&& !X86_64\n", "VIRT");
    assert_kconfig("config DEVICE\n    default y\n    depends on FUZZ\n", "");
    assert_kconfig("config DEVICE\n    default n\n", "");
    assert_kconfig("config DEVICE\n    default y if XEN\n", "NEW OLD");
    assert_kconfig("config DEVICE\n# default y\n", "");
}

static void test_selects(void **state)
{
    assert_kconfig("config PCI\n    select A if LINUX\nconfig A\n"
                   "    select DEVICE\nconfig DEVICE\n", "NEW OLD");
    assert_kconfig("config PCI\n    select DEVICE if FUZZ\nconfig DEVICE\n",
                   "");
    assert_kconfig("config OLD\n    imply DEVICE\nconfig DEVICE\n"
                   "    depends on ARM\n", "");
    /* What one board of a target builds is there to be plugged into the
     * other. */
    assert_kconfig("config NEW\n    imply DEVICE\nconfig DEVICE\n",
                   "NEW OLD");
    /* A board comes by its own name only. */
    assert_kconfig("config TOY\n    select DEVICE\nconfig DEVICE\n", "");
}

/* Why each board has the device, from its own symbol to the file. */
static void test_reasons(void **state)
{
    const struct world_file files[] = {
        TREE_CORE,
        { "hw/Kconfig", KCONFIG_CORE
          "config NEW\n    imply CARDS\nconfig CARDS\n    select MORE\n"
          "config MORE\n    bool\n"
          "config DEVICE\n    bool\n    default y if MORE\n" },
        { "hw/meson.build", MESON_CORE
          "system_ss.add(when: 'CONFIG_DEVICE', if_true: files('dev.c'))\n" },
        { "hw/i386/new.c", "qdev_new(\"dev\");\n" },
        { "hw/dev.c", "" },
        { NULL, NULL },
    };
    struct reach_tree tree = { world_read, world_list,
                               (void *)(uintptr_t)files };
    g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(Facts) facts = world_new();

    world_pluggable(facts, "dev", "sys-bus-device", "hw/dev.c");
    world_assign(facts, files);
    world_assert_boards(facts, "dev", "NEW");
    reach_explain(facts, &tree,
                  facts_type(facts, g_intern_string("dev"), 0), lines);
    assert_int_equal(lines->len, 1);
    assert_string_equal(
        g_ptr_array_index(lines, 0),
        "NEW: hw/dev.c is built with DEVICE on by default with MORE selected "
        "by CARDS implied by NEW; made by hw/i386/new.c");
}

/* Whether hw/dev.c is built on x86 boards, on virt, as MESON says. */
static void assert_meson(const char *meson, const char *expected)
{
    g_autoptr(Facts) facts = world_new();
    g_autofree char *all = g_strconcat(MESON_CORE, meson, NULL);
    struct world_file files[] = {
        TREE_CORE,
        { "hw/Kconfig", KCONFIG_CORE "config NEVER\n    bool\n" },
        { "hw/meson.build", all },
        { "hw/sub/meson.build", "system_ss.add(when: 'CONFIG_PCI', "
          "if_true: files('../dev.c'))\nsubdir('../sub')\n" },
        { NULL, NULL },
    };

    world_pluggable(facts, "dev", "device", "hw/dev.c");
    world_assign(facts, files);
    world_assert_boards(facts, "dev", expected);
}

static void test_meson(void **state)
{
    assert_meson("system_ss.add([files('dev.c'), dep])", "NEW OLD VIRT");
    assert_meson("system_ss.add(when: [dep, 'CONFIG_PCI'], if_true: [dep,\n"
                 "  files('dev.c')], if_false: files('other.c'))", "NEW OLD");
    assert_meson("system_ss.add(when: 'CONFIG_NEVER', if_true: "
                 "files('dev.c'))", "");
    assert_meson("system_ss.add(when: 'TARGET_AARCH64', if_false: "
                 "files('dev.c'))", "NEW OLD");
    assert_meson("list = files('dev.c')\nlist += files('x.c')\n"
                 "system_ss.add(when: 'CONFIG_PCI', if_true: list)",
                 "NEW OLD");
    assert_meson("if x # 'CONFIG_'\n  subdir('sub')\nendif\n", "NEW OLD");
    /* Several places: one is enough. */
    assert_meson("system_ss.add(when: 'CONFIG_NEVER', if_true: "
                 "files('dev.c'))\nsystem_ss.add(when: 'CONFIG_VIRT', "
                 "if_true: files('dev.c'))", "VIRT");
}

static void test_meson_sets(void **state)
{
    assert_meson("a_ss = ss.source_set()\na_ss.add(files('dev.c'))\n"
                 "system_ss.add_all(when: 'CONFIG_PCI', if_true: a_ss)",
                 "NEW OLD");
    assert_meson("a_ss = ss.source_set()\na_ss.add(files('dev.c'))\n"
                 "b_ss = ss.source_set()\nb_ss.add_all(a_ss)\n"
                 "system_ss.add_all(when: 'CONFIG_NEVER', if_true: b_ss)",
                 "");
    assert_meson("a_ss = ss.source_set()\na_ss.add(files('dev.c'))\n"
                 "hw_arch += {'arm': a_ss}", "VIRT");
    /* The module of a device is loaded when it is needed. */
    assert_meson("m = {}\na_ss = ss.source_set()\na_ss.add(when: "
                 "'CONFIG_PCI', if_true: files('dev.c'))\nm += {'a': a_ss}",
                 "NEW OLD");
}

/* The same of Makefile.objs and the lists of defaults. */
static void assert_makefile(const char *makefile, const char *expected)
{
    g_autoptr(Facts) facts = world_new();
    g_autofree char *all = g_strconcat(
        "common-obj-y += core/qdev.o pci/ sub/\n"
        "common-obj-$(CONFIG_MAYBE) += off/\n", makefile, NULL);
    struct world_file files[] = {
        { "default-configs/x86_64-softmmu.mak", "include pci.mak\n" },
        { "default-configs/pci.mak", "include pci.mak\nCONFIG_PCI=y\n" },
        { "default-configs/aarch64-softmmu.mak", "CONFIG_ARM=$(CONFIG_X)\n" },
        { "default-configs/mips-softmmu.mak", "CONFIG_MAYBE = y\n" },
        { "hw/Makefile.objs", all },
        { "hw/pci/Makefile.objs", "common-obj-$(CONFIG_PCI) += pci.o\n" },
        { "hw/off/Makefile.objs", "obj-y += ../off.o\n" },
        { "hw/i386/Makefile.objs", "obj-y += old.o new.o ../x86.o\n" },
        { "hw/arm/Makefile.objs", "obj-y += virt.o toy.o\n" },
        { NULL, NULL },
    };

    world_pluggable(facts, "dev", "device", "hw/dev.c");
    world_pluggable(facts, "x86", "device", "hw/x86.c");
    world_pluggable(facts, "off", "device", "hw/off.c");
    world_assign(facts, files);
    world_assert_boards(facts, "dev", expected);
    world_assert_boards(facts, "x86", "x86_64");
    world_assert_boards(facts, "off", "");
}

static void test_makefiles(void **state)
{
    assert_makefile("obj-y += dev.o", "aarch64 x86_64");
    assert_makefile("obj-$(CONFIG_PCI) += a.o \\\n dev.o", "x86_64");
    assert_makefile("obj-$(CONFIG_MAYBE) += dev.o", "");
    assert_makefile("obj-$(call lor,$(CONFIG_MAYBE),$(CONFIG_PCI)) += dev.o",
                    "x86_64");
    assert_makefile("obj-$(call land,$(CONFIG_MAYBE),$(CONFIG_PCI))+=dev.o",
                    "");
    assert_makefile("ifeq ($(CONFIG_LINUX)$(CONFIG_PCI),yy)\n"
                    "obj-y += dev.o\nelse\nobj-y += b.o\nendif", "x86_64");
    assert_makefile("ifdef CONFIG_MAYBE\nobj-y += dev.o\nendif", "");
}

static void assert_unknown(const struct world_file *files)
{
    g_autoptr(Facts) facts = world_new();

    world_pluggable(facts, "dev", "device", "hw/dev.c");
    world_assign(facts, files);
    assert_int_equal(facts->boards->len, 0);
    world_assert_boards(facts, "dev", "*");
    assert_true(facts_machine_has(
        facts, g_ptr_array_index(facts->machines, 0),
        facts_type(facts, g_intern_string("dev"), 0)));
}

static void test_nothing_known(void **state)
{
    struct world_file empty[] = { { NULL, NULL } };
    struct world_file no_sources[] = {
        { "meson.build", "project('x')\n" }, { "Kconfig", "" },
        { NULL, NULL },
    };

    assert_unknown(empty);
    assert_unknown(no_sources);
}

static void test_hostile_kconfig(void **state)
{
    g_autofree char *open = world_repeat("(", 100000);
    g_autofree char *nots = world_repeat("!", 100000);
    g_autofree char *ands = world_repeat("PCI && ", 100000);
    g_autoptr(GString) chain = g_string_new("config OLD\n  select C0\n");

    assert_kconfig("config PCI\n  select A\nconfig A\n  select PCI\n"
                   "  select DEVICE\nconfig DEVICE\n  select A\n", "NEW OLD");
    g_autofree char *deep = g_strconcat("config DEVICE\n  default y if ",
                                        open, "PCI\n", NULL);
    assert_kconfig(deep, "NEW OLD VIRT");
    g_autofree char *negated = g_strconcat("config DEVICE\n  default y if ",
                                           nots, "PCI\n", NULL);
    assert_kconfig(negated, "NEW OLD VIRT");
    g_autofree char *wide = g_strconcat("config DEVICE\n  default y if ",
                                        ands, "PCI\n", NULL);
    assert_kconfig(wide, "NEW OLD");
    for (int i = 0; i < 20000; i++) {
        g_string_append_printf(chain, "config C%d\n  select C%d\n", i, i + 1);
    }
    g_string_append(chain, "config C20000\n  select DEVICE\nconfig DEVICE\n");
    assert_kconfig(chain->str, "NEW OLD");
    assert_kconfig("config\nselect\ndepends on\ndefault\nconfig DEVICE\n"
                   "  select\n  imply\n  depends on (\n  default y if\n",
                   "NEW OLD VIRT");
}

static void test_hostile_meson(void **state)
{
    g_autofree char *open = world_repeat("[", 100000);
    g_autofree char *doubled = world_repeat("x += x + x\n", 100);
    const char *add = "\nsystem_ss.add(files('dev.c'))\n";

    /* What is not closed swallows the rest; nobody builds the file then. */
    g_autofree char *deep = g_strconcat(add, "y = ", open, NULL);
    assert_meson(deep, "NEW OLD VIRT");
    g_autofree char *large = g_strconcat("x = files('dev.c')\n", doubled,
                                         "system_ss.add(x)", NULL);
    assert_meson(large, "NEW OLD VIRT");
    assert_meson("system_ss.add(files('dev.c'))\n'''\n", "NEW OLD VIRT");
    assert_meson("a_ss = ss.source_set()\na_ss.add(files('dev.c'))\n"
                 "a_ss.add_all(a_ss)", "");
    assert_meson("subdir('.')\nsubdir('..')\nsubdir('../../../etc')\n"
                 ")]}: ? , += = .\nsystem_ss.add(\n", "NEW OLD VIRT");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_kconfig),
        cmocka_unit_test(test_selects),
        cmocka_unit_test(test_reasons),
        cmocka_unit_test(test_meson),
        cmocka_unit_test(test_meson_sets),
        cmocka_unit_test(test_makefiles),
        cmocka_unit_test(test_nothing_known),
        cmocka_unit_test(test_hostile_kconfig),
        cmocka_unit_test(test_hostile_meson),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
