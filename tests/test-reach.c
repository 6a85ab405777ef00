/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which types are in which machine, from trees that are only in memory. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "reach/reach.h"
#include "snapshot/snapshot.h"

struct file {
    const char *path, *text;
};

/* Ends with a file without a path. */
static GBytes *read_file(const char *path, void *opaque)
{
    for (const struct file *file = opaque; file->path; file++) {
        if (strcmp(file->path, path) == 0) {
            return g_bytes_new_static(file->text, strlen(file->text));
        }
    }
    return NULL;
}

static const char *list_file(guint i, void *opaque)
{
    const struct file *file = opaque;

    for (guint k = 0; file->path; file++, k++) {
        if (k == i) {
            return g_intern_string(file->path);
        }
    }
    return NULL;
}

static struct qom_type *add_type(struct facts *facts, const char *name,
                                 const char *parent, const char *file)
{
    struct qom_type *type = facts_add_type(facts, g_intern_string(name));

    type->parent = g_intern_string(parent);
    type->loc.file = g_intern_string(file);
    return type;
}

static struct qom_type *add_pluggable(struct facts *facts, const char *name,
                                      const char *parent, const char *file)
{
    struct qom_type *type = add_type(facts, name, parent, file);

    type->user_creatable = true;
    return type;
}

static struct machine *add_machine(struct facts *facts, const char *name,
                                   const char *target, const char *file)
{
    struct machine *machine = facts_add_machine(facts, g_intern_string(name));

    machine->targets = target_bit(target);
    machine->loc.file = g_intern_string(file);
    return machine;
}

static struct compat_array *add_array(struct facts *facts)
{
    return facts_add_array(facts, g_intern_string("hw_compat_7_2"));
}

/* Two boards on one target with versions, one on another target, and one
 * that has none. */
static struct facts *make_facts(void)
{
    struct facts *facts = facts_new();
    struct compat_array *array = add_array(facts);

    g_ptr_array_add(add_machine(facts, "old-7.2", "x86_64",
                                "hw/i386/old.c")->compat, array);
    g_ptr_array_add(add_machine(facts, "new-7.2", "x86_64",
                                "hw/i386/new.c")->compat, array);
    g_ptr_array_add(add_machine(facts, "virt-7.2", "aarch64",
                                "hw/arm/virt.c")->compat, array);
    add_machine(facts, "toy", "aarch64", "hw/arm/toy.c");
    add_type(facts, "device", "object", "hw/core/qdev.c")->abstract = true;
    add_type(facts, "pci-device", "device", "hw/pci/pci.c")->abstract = true;
    add_type(facts, "sys-bus-device", "device",
             "hw/core/sysbus.c")->abstract = true;
    return facts;
}

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

static void assign(struct facts *facts, const struct file *files)
{
    struct reach_tree tree = { read_file, list_file,
                               (void *)(uintptr_t)files };

    reach_assign(facts, &tree);
    facts_seal(facts);
}

/* The names of the boards that can have TYPE, "*" where nothing is known. */
static char *boards_of(const struct facts *facts, const char *name)
{
    const struct qom_type *type = facts_type(facts, g_intern_string(name), 0);
    g_autoptr(GString) out = g_string_new(NULL);

    assert_non_null(type);
    if (type->boards == ALL_BOARDS) {
        return g_strdup("*");
    }
    for (guint i = 0; i < facts->boards->len; i++) {
        if (type->boards >> i & 1) {
            g_string_append_printf(out, "%s%s", out->len ? " " : "",
                                   (char *)g_ptr_array_index(facts->boards,
                                                             i));
        }
    }
    return g_strdup(out->str);
}

static void assert_boards(const struct facts *facts, const char *name,
                          const char *expected)
{
    g_autofree char *boards = boards_of(facts, name);

    assert_string_equal(boards, expected);
}

/* A device whose file is built under CONFIG_DEVICE, with KCONFIG saying when
 * that is on. */
static void assert_kconfig(const char *kconfig, const char *expected)
{
    g_autoptr(Facts) facts = make_facts();
    g_autofree char *all = g_strconcat(KCONFIG_CORE, kconfig, NULL);
    struct file files[] = {
        TREE_CORE,
        { "Kconfig.host", "config LINUX\n    bool\nconfig FUZZ\n    bool\n"
          "config HAVE_RUST\n    bool\n" },
        { "hw/Kconfig", all },
        { "hw/meson.build", MESON_CORE
          "system_ss.add(when: 'CONFIG_DEVICE', if_true: files('dev.c'))\n" },
        { NULL, NULL },
    };

    add_pluggable(facts, "dev", "device", "hw/dev.c");
    assign(facts, files);
    assert_boards(facts, "dev", expected);
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
    const struct file files[] = {
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
    struct reach_tree tree = { read_file, list_file,
                               (void *)(uintptr_t)files };
    g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(Facts) facts = make_facts();

    add_pluggable(facts, "dev", "sys-bus-device", "hw/dev.c");
    assign(facts, files);
    assert_boards(facts, "dev", "NEW");
    reach_explain(facts, &tree,
                  facts_type(facts, g_intern_string("dev"), 0), lines);
    assert_int_equal(lines->len, 1);
    assert_string_equal(
        g_ptr_array_index(lines, 0),
        "NEW: hw/dev.c is built with DEVICE on by default with MORE selected "
        "by CARDS implied by NEW; made by hw/i386/new.c");
}

#define DEVICES_MESON MESON_CORE                                            \
    "system_ss.add(when: 'CONFIG_PCI', if_true: files('card.c', 'chip.c'))\n" \
    "system_ss.add(files('bridge.c', 'idle.c', 'inline.c'))\n"              \
    "system_ss.add(when: 'CONFIG_TOY', if_true: files('toy-chip.c'))\n"

static const struct file device_files[] = {
    TREE_CORE,
    { "hw/Kconfig", KCONFIG_CORE },
    { "hw/meson.build", DEVICES_MESON },
    { "include/hw/chip.h",
      "#define TYPE_CHIP_BASE \"chip\"\n#define TYPE_CHIP TYPE_CHIP_BASE "
      "\"-v2\"\n#define TYPE_TOY \"toy-chip\"\n# define TYPE_LOOP TYPE_LOOP\n"
      "static inline void f(void) { qdev_new(\"inline\"); }\n" },
    { "hw/i386/new.c",
      "s->chip = qdev_new(TYPE_CHIP);\nnew(TYPE_LOOP);\n" },
    { "hw/i386/old.c",
      "static const TypeInfo i = { .name = \"x\", .parent = TYPE_CHIP };\n"
      "if (object_dynamic_cast(o, TYPE_CHIP)) { g(\"idle\"); }\n" },
    { "hw/arm/virt.c",
      "const char *t = on ? \"none\" : \"bridge\";\nqdev_new(TYPE_TOY);\n" },
    { "hw/arm/toy.c", "sysbus_create_simple(\"toy-chip\", 0, NULL);\n"
      "qdev_new(TYPE_CHIP);\n" },
    { "hw/chip.c", "x" }, { "hw/card.c", "" },
    { NULL, NULL },
};

static struct facts *make_devices(void)
{
    struct facts *facts = make_facts();

    add_pluggable(facts, "card", "pci-device", "hw/card.c");
    add_type(facts, "chip-base", "sys-bus-device", "hw/chip.c")->abstract =
        true;
    add_type(facts, "chip-v2", "chip-base", "hw/chip.c");
    add_type(facts, "bridge", "sys-bus-device", "hw/bridge.c");
    add_pluggable(facts, "idle", "sys-bus-device", "hw/idle.c");
    add_type(facts, "inline", "sys-bus-device", "hw/inline.c");
    add_type(facts, "toy-chip", "sys-bus-device", "hw/toy-chip.c");
    add_type(facts, "migration", "device", "migration/migration.c");
    add_type(facts, "backend", "object", "backends/mem.c");
    add_type(facts, "odd", "device", "hw/nobody-builds-it.c");
    assign(facts, device_files);
    return facts;
}

static void test_devices(void **state)
{
    g_autoptr(Facts) facts = make_devices();

    assert_boards(facts, "card", "NEW OLD");
    assert_boards(facts, "chip-v2", "NEW");
    assert_boards(facts, "bridge", "VIRT");
    assert_boards(facts, "idle", "");
    assert_boards(facts, "inline", "NEW OLD VIRT");
    assert_boards(facts, "toy-chip", "");
    assert_boards(facts, "migration", "NEW OLD VIRT");
    assert_boards(facts, "backend", "NEW OLD VIRT");
    assert_boards(facts, "odd", "");
}

/* What an object is, its ancestors are. */
static void test_ancestors(void **state)
{
    g_autoptr(Facts) facts = make_devices();

    assert_boards(facts, "chip-base", "NEW");
    assert_boards(facts, "sys-bus-device", "NEW OLD VIRT");
    assert_boards(facts, "pci-device", "NEW OLD");
}

/* An outer device needs the code of what is inside it. */
static void test_inner_device(void **state)
{
    g_autoptr(Facts) facts = make_facts();
    struct file files[] = {
        TREE_CORE,
        { "hw/Kconfig", KCONFIG_CORE },
        { "hw/meson.build", MESON_CORE
          "system_ss.add(files('outer.c'))\n"
          "system_ss.add(when: 'CONFIG_TOY', if_true: files('inner.c'))\n" },
        { NULL, NULL },
    };
    struct qom_type *base = add_pluggable(facts, "outer-base", "pci-device",
                                          "hw/outer.c");

    base->abstract = true;
    qom_type_add_alias(base)->target = g_intern_string("inner");
    add_pluggable(facts, "outer", "outer-base", "hw/outer.c");
    add_pluggable(facts, "plain", "pci-device", "hw/outer.c");
    add_type(facts, "inner", "device", "hw/inner.c");
    assign(facts, files);
    assert_boards(facts, "plain", "NEW OLD");
    assert_boards(facts, "outer", "");
}

/* A port of PCI Express can be plugged where there is such a bus. */
static void test_ports(void **state)
{
    g_autoptr(Facts) facts = make_facts();
    const struct file files[] = {
        TREE_CORE,
        { "hw/Kconfig", KCONFIG_CORE
          "config NEW\n    select PCI_EXPRESS\nconfig PCI_EXPRESS\n" },
        { "hw/meson.build", MESON_CORE "system_ss.add(files('ports.c'))\n" },
        { NULL, NULL },
    };

    add_type(facts, "pcie-port", "pci-device", "hw/ports.c")->abstract = true;
    add_type(facts, "pcie-slot", "pcie-port", "hw/ports.c")->abstract = true;
    add_pluggable(facts, "port", "pcie-slot", "hw/ports.c");
    add_pluggable(facts, "card", "pci-device", "hw/ports.c");
    assign(facts, files);
    assert_boards(facts, "card", "NEW OLD");
    assert_boards(facts, "port", "NEW");
}

/* Where nothing says who has such a bus, everyone may. */
static void test_ports_without_symbol(void **state)
{
    g_autoptr(Facts) facts = make_facts();
    const struct file files[] = {
        TREE_CORE,
        { "hw/Kconfig", KCONFIG_CORE },
        { "hw/meson.build", MESON_CORE "system_ss.add(files('ports.c'))\n" },
        { NULL, NULL },
    };

    add_pluggable(facts, "pcie-port", "pci-device", "hw/ports.c");
    add_pluggable(facts, "port", "pcie-port", "hw/ports.c");
    assign(facts, files);
    assert_boards(facts, "port", "NEW OLD");
}

/* A type that a helper registers is at home where it is described. */
static void test_helper(void **state)
{
    g_autoptr(Facts) facts = make_facts();
    struct file files[] = {
        TREE_CORE,
        { "hw/Kconfig", KCONFIG_CORE },
        { "hw/meson.build", MESON_CORE
          "system_ss.add(files('helper.c'))\n"
          "system_ss.add(when: 'CONFIG_PCI', if_true: files('user.c'))\n" },
        { "hw/helper.c", "type_register(&t);" },
        { "hw/user.c", "static const struct info i = { .base_name = \"b\",\n"
          "    .generic_name = \"helped\", .parent = \"plain\" };" },
        { NULL, NULL },
    };

    add_pluggable(facts, "helped", "device", "hw/helper.c");
    add_pluggable(facts, "plain", "device", "hw/helper.c");
    assign(facts, files);
    assert_boards(facts, "helped", "NEW OLD");
    assert_boards(facts, "plain", "NEW OLD VIRT");
}

/* Who writes an entry for a device knows better. */
static void test_entries(void **state)
{
    g_autoptr(Facts) facts = make_facts();
    struct file files[] = {
        TREE_CORE,
        { "hw/Kconfig", KCONFIG_CORE },
        { "hw/meson.build", MESON_CORE },
        { NULL, NULL },
    };
    struct compat_entry *entry =
        compat_array_add_entry(g_ptr_array_index(facts->arrays, 0));

    entry->driver = g_intern_string("named");
    entry->property = entry->value = g_intern_string("x");
    add_type(facts, "named", "sys-bus-device",
             "hw/core/sysbus.c")->targets = target_bit("x86_64");
    add_type(facts, "other", "sys-bus-device", "hw/core/sysbus.c");
    assign(facts, files);
    assert_boards(facts, "named", "NEW OLD");
    assert_boards(facts, "other", "");
}

/* WANTED: "driver.property=value@line, …", "none" where there is no such
 * array. */
static void assert_array(const struct facts *facts, const char *id,
                         const char *wanted)
{
    const struct compat_array *array = facts_array(facts,
                                                   g_intern_string(id));
    g_autoptr(GString) out = g_string_new(NULL);

    for (guint i = 0; array && i < array->entries->len; i++) {
        const struct compat_entry *entry =
            g_ptr_array_index(array->entries, i);

        g_string_append_printf(out, "%s%s.%s=%s@%d", i ? ", " : "",
                               entry->driver, entry->property, entry->value,
                               entry->loc.line);
    }
    assert_string_equal(array ? out->str : "none", wanted);
}

/* Old trees write the array of a release before its first machine type. */
static void test_pending(void **state)
{
    g_autoptr(Facts) facts = make_facts();
    const struct file files[] = {
        TREE_CORE,
        { "hw/Kconfig", KCONFIG_CORE },
        { "hw/meson.build", MESON_CORE },
        { "include/hw/compat.h",
          "/* hw_COMPAT_9_9 */\n"
          "#define HW_COMPAT_3_0 \\\n    {\\\n"
          "        .driver = \"chip\",\\\n"
          "        .property = \"size\",\\\n"
          "        .value = stringify(0x10),\\\n    },\n"
          "#define HW_COMPAT_2_12 { \"chip\", \"size\", \"8\" }\n"
          "#define HW_COMPAT_2_11 { \"chip\", \"size\", \"4\" }\n" },
        { "include/hw/chip.h",
          "#ifdef TARGET_X86_64\n#define TYPE_CHIP \"big\"\n#else\n"
          "#define TYPE_CHIP \"small\"\n#endif\n"
          "#define PC_COMPAT_3_0 HW_COMPAT_3_0 \\\n"
          "  { \"A-\" TYPE_CHIP, \"on\", \"yes\" }, { UNKNOWN, \"a\", \"b\" }, "
          "{ .value = \"only\" }\n"
          "#define PC_COMPAT_2_12 HW_COMPAT_2_12\n"
          "#define PC_COMPAT_2_11 { \"x\", \"y\", \"z\" " },
        { "hw/i386/new.c", "SET_MACHINE_COMPAT(m, PC_COMPAT_2_12);\n" },
        { NULL, NULL },
    };

    assign(facts, files);
    assert_array(facts, "HW_COMPAT_3_0", "chip.size=0x10@3");
    assert_array(facts, "PC_COMPAT_3_0", "A-big.on=yes@7");
    assert_true(facts_array(facts, g_intern_static_string("PC_COMPAT_3_0"))
                ->has_version);
    assert_array(facts, "HW_COMPAT_2_12", "none");
    assert_array(facts, "PC_COMPAT_2_12", "none");
    assert_array(facts, "HW_COMPAT_2_11", "chip.size=4@9");
    assert_array(facts, "PC_COMPAT_2_11", "");
    assert_array(facts, "hw_COMPAT_9_9", "none");
}

static bool same_mentions(const char *old, const char *new)
{
    g_autoptr(GBytes) a = g_bytes_new_static(old, strlen(old));
    g_autoptr(GBytes) b = g_bytes_new_static(new, strlen(new));

    return reach_same_file("include/hw/compat.h", a, b);
}

static bool same_source(const char *path, const char *old, const char *new)
{
    g_autoptr(GBytes) a = g_bytes_new_static(old, strlen(old));
    g_autoptr(GBytes) b = g_bytes_new_static(new, strlen(new));

    return reach_same_file(path, a, b);
}

/* Of the machine's file only what takes features away counts. */
static void test_s390x_sources_are_summed(void **state)
{
    static const char machine[] = "hw/s390x/s390-virtio-ccw.c";

    assert_false(same_source("target/s390x/gen-features.c",
                             "static uint16_t base_GEN7_GA1[] = { };",
                             "static uint16_t base_GEN7_GA1[] = { A };"));
    assert_false(same_source("target/s390x/cpu_features_def.h.inc",
                             "DEF_FEAT(A, \"a\", STFL, 0, \"\")",
                             "DEF_FEAT(A, \"b\", STFL, 0, \"\")"));
    assert_true(same_source(machine, "int f(void) { return 1; }",
                            "int f(void) { return 2; }"));
    assert_false(same_source(
        machine,
        "void ccw_machine_7_1_instance_options(MachineState *machine) { }",
        "void ccw_machine_7_1_instance_options(MachineState *machine)\n"
        "{ s390_cpudef_featoff(7, 1, A); }"));
}

static void test_pending_is_summed(void **state)
{
    assert_true(same_mentions("#define X_COMPAT_3_0 { \"a\" }\nint x;\n",
                              "#define X_COMPAT_3_0 { \"a\" }\nint y;\n"));
    assert_false(same_mentions("#define X_COMPAT_3_0 { \"a\" }\n",
                               "#define X_COMPAT_3_0 { \"b\" }\n"));
    assert_false(same_mentions("#define X_COMPAT_3_0 { \"a\" }\n",
                               "#define X_COMPAT_3_0 { \"a\" }\n"
                               "X_COMPAT_3_0\n"));
}

static void test_machines(void **state)
{
    g_autoptr(Facts) facts = make_devices();
    const struct machine *new =
        facts_machine(facts, g_intern_string("new-7.2"), 0);
    const struct machine *virt =
        facts_machine(facts, g_intern_string("virt-7.2"), 0);
    const struct machine *toy =
        facts_machine(facts, g_intern_string("toy"), 0);
    const struct qom_type *chip =
        facts_type(facts, g_intern_string("chip-v2"), 0);

    assert_int_equal(facts->boards->len, 3);
    assert_true(facts_machine_has(facts, new, chip));
    assert_false(facts_machine_has(facts, virt, chip));
    /* Of machines without versions nothing is known. */
    assert_int_equal(toy->board, 0);
    assert_true(facts_machine_has(facts, toy, chip));
}

static void test_snapshot(void **state)
{
    g_autoptr(Facts) facts = make_devices();
    g_autoptr(GString) text = g_string_new(NULL), again = g_string_new(NULL);

    facts_append_json(facts, text);
    g_autoptr(Facts) copy = facts_from_text(text->str, text->len, NULL);
    assert_non_null(copy);
    assert_boards(copy, "chip-v2", "NEW");
    assert_boards(copy, "toy-chip", "");
    facts_append_json(copy, again);
    assert_string_equal(text->str, again->str);

    g_string_replace(again, "\"board\":\"VIRT\"", "\"board\":\"GONE\"", 0);
    assert_null(facts_from_text(again->str, again->len, NULL));
}

/* Whether hw/dev.c is built on x86 boards, on virt, as MESON says. */
static void assert_meson(const char *meson, const char *expected)
{
    g_autoptr(Facts) facts = make_facts();
    g_autofree char *all = g_strconcat(MESON_CORE, meson, NULL);
    struct file files[] = {
        TREE_CORE,
        { "hw/Kconfig", KCONFIG_CORE "config NEVER\n    bool\n" },
        { "hw/meson.build", all },
        { "hw/sub/meson.build", "system_ss.add(when: 'CONFIG_PCI', "
          "if_true: files('../dev.c'))\nsubdir('../sub')\n" },
        { NULL, NULL },
    };

    add_pluggable(facts, "dev", "device", "hw/dev.c");
    assign(facts, files);
    assert_boards(facts, "dev", expected);
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
    g_autoptr(Facts) facts = make_facts();
    g_autofree char *all = g_strconcat(
        "common-obj-y += core/qdev.o pci/ sub/\n"
        "common-obj-$(CONFIG_MAYBE) += off/\n", makefile, NULL);
    struct file files[] = {
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

    add_pluggable(facts, "dev", "device", "hw/dev.c");
    add_pluggable(facts, "x86", "device", "hw/x86.c");
    add_pluggable(facts, "off", "device", "hw/off.c");
    assign(facts, files);
    assert_boards(facts, "dev", expected);
    assert_boards(facts, "x86", "x86_64");
    assert_boards(facts, "off", "");
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

static void assert_unknown(const struct file *files)
{
    g_autoptr(Facts) facts = make_facts();

    add_pluggable(facts, "dev", "device", "hw/dev.c");
    assign(facts, files);
    assert_int_equal(facts->boards->len, 0);
    assert_boards(facts, "dev", "*");
    assert_true(facts_machine_has(
        facts, g_ptr_array_index(facts->machines, 0),
        facts_type(facts, g_intern_string("dev"), 0)));
}

static void test_nothing_known(void **state)
{
    struct file empty[] = { { NULL, NULL } };
    struct file no_sources[] = {
        { "meson.build", "project('x')\n" }, { "Kconfig", "" },
        { NULL, NULL },
    };

    assert_unknown(empty);
    assert_unknown(no_sources);
}

static char *repeat(const char *text, guint times)
{
    g_autoptr(GString) out = g_string_new(NULL);

    for (guint i = 0; i < times; i++) {
        g_string_append(out, text);
    }
    return g_strdup(out->str);
}

static void test_hostile_kconfig(void **state)
{
    g_autofree char *open = repeat("(", 100000);
    g_autofree char *nots = repeat("!", 100000);
    g_autofree char *ands = repeat("PCI && ", 100000);
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
    g_autofree char *open = repeat("[", 100000);
    g_autofree char *doubled = repeat("x += x + x\n", 100);
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

static void test_hostile_text(void **state)
{
    g_autofree char *open = repeat("(", 100000);
    g_autofree char *text = g_strconcat(open, "\"chip-v2\" TYPE_A = TYPE_A",
                                        NULL);
    g_autoptr(Facts) facts = make_facts();
    struct file files[] = {
        TREE_CORE,
        { "hw/Kconfig", KCONFIG_CORE },
        { "hw/meson.build", DEVICES_MESON },
        { "include/hw/a.h", "#define TYPE_A TYPE_B\n#define TYPE_B TYPE_A\n"
          "#define TYPE_C \"\n#define TYPE_" },
        { "hw/i386/new.c", text },
        { "hw/i386/old.c", "TYPE_" },
        { "hw/arm/virt.c", "return \"chip-v2\"; = TYPE_C \"" },
        { NULL, NULL },
    };

    add_type(facts, "chip-v2", "sys-bus-device", "hw/bridge.c");
    add_type(facts, "loop", "loop", "hw/bridge.c");
    assign(facts, files);
    assert_boards(facts, "chip-v2", "VIRT");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_kconfig),
        cmocka_unit_test(test_selects),
        cmocka_unit_test(test_reasons),
        cmocka_unit_test(test_devices),
        cmocka_unit_test(test_ancestors),
        cmocka_unit_test(test_ports),
        cmocka_unit_test(test_ports_without_symbol),
        cmocka_unit_test(test_inner_device),
        cmocka_unit_test(test_helper),
        cmocka_unit_test(test_entries),
        cmocka_unit_test(test_pending),
        cmocka_unit_test(test_pending_is_summed),
        cmocka_unit_test(test_s390x_sources_are_summed),
        cmocka_unit_test(test_machines),
        cmocka_unit_test(test_snapshot),
        cmocka_unit_test(test_meson),
        cmocka_unit_test(test_meson_sets),
        cmocka_unit_test(test_makefiles),
        cmocka_unit_test(test_nothing_known),
        cmocka_unit_test(test_hostile_kconfig),
        cmocka_unit_test(test_hostile_meson),
        cmocka_unit_test(test_hostile_text),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
