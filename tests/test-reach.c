/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which types are in which machine. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "reach-world.h"
#include "snapshot/snapshot.h"

#define DEVICES_MESON MESON_CORE                                            \
    "system_ss.add(when: 'CONFIG_PCI', if_true: files('card.c', 'chip.c'))\n" \
    "system_ss.add(files('bridge.c', 'idle.c', 'inline.c'))\n"              \
    "system_ss.add(when: 'CONFIG_TOY', if_true: files('toy-chip.c'))\n"

static const struct world_file device_files[] = {
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
    struct facts *facts = world_new();

    world_pluggable(facts, "card", "pci-device", "hw/card.c");
    world_type(facts, "chip-base", "sys-bus-device", "hw/chip.c")->abstract =
        true;
    world_type(facts, "chip-v2", "chip-base", "hw/chip.c");
    world_type(facts, "bridge", "sys-bus-device", "hw/bridge.c");
    world_pluggable(facts, "idle", "sys-bus-device", "hw/idle.c");
    world_type(facts, "inline", "sys-bus-device", "hw/inline.c");
    world_type(facts, "toy-chip", "sys-bus-device", "hw/toy-chip.c");
    world_type(facts, "migration", "device", "migration/migration.c");
    world_type(facts, "backend", "object", "backends/mem.c");
    world_type(facts, "odd", "device", "hw/nobody-builds-it.c");
    world_assign(facts, device_files);
    return facts;
}

static void test_devices(void **state)
{
    g_autoptr(Facts) facts = make_devices();

    world_assert_boards(facts, "card", "NEW OLD");
    world_assert_boards(facts, "chip-v2", "NEW");
    world_assert_boards(facts, "bridge", "VIRT");
    world_assert_boards(facts, "idle", "");
    world_assert_boards(facts, "inline", "NEW OLD VIRT");
    world_assert_boards(facts, "toy-chip", "");
    world_assert_boards(facts, "migration", "NEW OLD VIRT");
    world_assert_boards(facts, "backend", "NEW OLD VIRT");
    world_assert_boards(facts, "odd", "");
}

/* What an object is, its ancestors are. */
static void test_ancestors(void **state)
{
    g_autoptr(Facts) facts = make_devices();

    world_assert_boards(facts, "chip-base", "NEW");
    world_assert_boards(facts, "sys-bus-device", "NEW OLD VIRT");
    world_assert_boards(facts, "pci-device", "NEW OLD");
}

/* An outer device needs the code of what is inside it. */
static void test_inner_device(void **state)
{
    g_autoptr(Facts) facts = world_new();
    struct world_file files[] = {
        TREE_CORE,
        { "hw/Kconfig", KCONFIG_CORE },
        { "hw/meson.build", MESON_CORE
          "system_ss.add(files('outer.c'))\n"
          "system_ss.add(when: 'CONFIG_TOY', if_true: files('inner.c'))\n" },
        { NULL, NULL },
    };
    struct qom_type *base = world_pluggable(facts, "outer-base", "pci-device",
                                            "hw/outer.c");

    base->abstract = true;
    qom_type_add_alias(base)->target = g_intern_string("inner");
    world_pluggable(facts, "outer", "outer-base", "hw/outer.c");
    world_pluggable(facts, "plain", "pci-device", "hw/outer.c");
    world_type(facts, "inner", "device", "hw/inner.c");
    world_assign(facts, files);
    world_assert_boards(facts, "plain", "NEW OLD");
    world_assert_boards(facts, "outer", "");
}

/* A port of PCI Express can be plugged where there is such a bus. */
static void test_ports(void **state)
{
    g_autoptr(Facts) facts = world_new();
    const struct world_file files[] = {
        TREE_CORE,
        { "hw/Kconfig", KCONFIG_CORE
          "config NEW\n    select PCI_EXPRESS\nconfig PCI_EXPRESS\n" },
        { "hw/meson.build", MESON_CORE "system_ss.add(files('ports.c'))\n" },
        { NULL, NULL },
    };

    world_type(facts, "pcie-port", "pci-device", "hw/ports.c")->abstract =
        true;
    world_type(facts, "pcie-slot", "pcie-port", "hw/ports.c")->abstract = true;
    world_pluggable(facts, "port", "pcie-slot", "hw/ports.c");
    world_pluggable(facts, "card", "pci-device", "hw/ports.c");
    world_assign(facts, files);
    world_assert_boards(facts, "card", "NEW OLD");
    world_assert_boards(facts, "port", "NEW");
}

/* Where nothing says who has such a bus, everyone may. */
static void test_ports_without_symbol(void **state)
{
    g_autoptr(Facts) facts = world_new();
    const struct world_file files[] = {
        TREE_CORE,
        { "hw/Kconfig", KCONFIG_CORE },
        { "hw/meson.build", MESON_CORE "system_ss.add(files('ports.c'))\n" },
        { NULL, NULL },
    };

    world_pluggable(facts, "pcie-port", "pci-device", "hw/ports.c");
    world_pluggable(facts, "port", "pcie-port", "hw/ports.c");
    world_assign(facts, files);
    world_assert_boards(facts, "port", "NEW OLD");
}

/* A type that a helper registers is at home where it is described. */
static void test_helper(void **state)
{
    g_autoptr(Facts) facts = world_new();
    struct world_file files[] = {
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

    world_pluggable(facts, "helped", "device", "hw/helper.c");
    world_pluggable(facts, "plain", "device", "hw/helper.c");
    world_assign(facts, files);
    world_assert_boards(facts, "helped", "NEW OLD");
    world_assert_boards(facts, "plain", "NEW OLD VIRT");
}

/* Who writes an entry for a device knows better. */
static void test_entries(void **state)
{
    g_autoptr(Facts) facts = world_new();
    struct world_file files[] = {
        TREE_CORE,
        { "hw/Kconfig", KCONFIG_CORE },
        { "hw/meson.build", MESON_CORE },
        { NULL, NULL },
    };
    struct compat_entry *entry =
        compat_array_add_entry(g_ptr_array_index(facts->arrays, 0));

    entry->driver = g_intern_string("named");
    entry->property = entry->value = g_intern_string("x");
    world_type(facts, "named", "sys-bus-device",
               "hw/core/sysbus.c")->targets = target_bit("x86_64");
    world_type(facts, "other", "sys-bus-device", "hw/core/sysbus.c");
    world_assign(facts, files);
    world_assert_boards(facts, "named", "NEW OLD");
    world_assert_boards(facts, "other", "");
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
    g_autoptr(Facts) facts = world_new();
    const struct world_file files[] = {
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

    world_assign(facts, files);
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
    world_assert_boards(copy, "chip-v2", "NEW");
    world_assert_boards(copy, "toy-chip", "");
    facts_append_json(copy, again);
    assert_string_equal(text->str, again->str);

    g_string_replace(again, "\"board\":\"VIRT\"", "\"board\":\"GONE\"", 0);
    assert_null(facts_from_text(again->str, again->len, NULL));
}

static void test_hostile_text(void **state)
{
    g_autofree char *open = world_repeat("(", 100000);
    g_autofree char *text = g_strconcat(open, "\"chip-v2\" TYPE_A = TYPE_A",
                                        NULL);
    g_autoptr(Facts) facts = world_new();
    struct world_file files[] = {
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

    world_type(facts, "chip-v2", "sys-bus-device", "hw/bridge.c");
    world_type(facts, "loop", "loop", "hw/bridge.c");
    world_assign(facts, files);
    world_assert_boards(facts, "chip-v2", "VIRT");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
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
        cmocka_unit_test(test_hostile_text),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
