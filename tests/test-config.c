/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "extract/config.h"
#include "extract/sysroot.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

/* A tree in memory: path, content, …, NULL. */
static GBytes *read_tree(const char *path, void *opaque)
{
    const char *const *tree = opaque;

    for (; *tree; tree += 2) {
        if (!strcmp(tree[0], path)) {
            return g_bytes_new(tree[1], strlen(tree[1]));
        }
    }
    return NULL;
}

static const char *list_tree(guint i, void *opaque)
{
    const char *const *tree = opaque;

    while (*tree && i--) {
        tree += 2;
    }
    return *tree;
}

static GPtrArray *generate(const char *const *tree, const char *target)
{
    return config_generate(read_tree, list_tree, (void *)(uintptr_t)tree,
                           target ? config_target(target) : NULL);
}

static const char *text_of(GPtrArray *files, const char *path)
{
    for (guint i = 0; i < files->len; i++) {
        const struct generated_file *file = g_ptr_array_index(files, i);

        if (!strcmp(file->path, path)) {
            return file->text;
        }
    }
    return NULL;
}

static void assert_has(GPtrArray *files, const char *path, const char *part)
{
    const char *text = text_of(files, path);

    assert_non_null(text);
    if (!strstr(text, part)) {
        fail_msg("%s has no '%s'", path, part);
    }
}

static void assert_lacks(GPtrArray *files, const char *path, const char *part)
{
    const char *text = text_of(files, path);

    assert_non_null(text);
    assert_null(strstr(text, part));
}

static void version_comes_from_the_tree(void **state)
{
    static const char *const tree[] = { "VERSION", "8.0.50\n", NULL };
    g_autoptr(GPtrArray) files = generate(tree, NULL);

    assert_has(files, "gen/config-host.h", "#define QEMU_VERSION \"8.0.50\"");
    assert_has(files, "gen/config-host.h", "#define QEMU_VERSION_MAJOR 8\n");
    assert_has(files, "gen/config-host.h", "#define QEMU_VERSION_MINOR 0\n");
    assert_has(files, "gen/config-host.h", "#define QEMU_VERSION_MICRO 50\n");
    assert_has(files, "gen/config-host.h", "#define CONFIG_LINUX 1\n");
    assert_lacks(files, "gen/config-host.h", "CONFIG_WIN32");
}

static void target_header_follows_its_mak_file(void **state)
{
    static const char *const tree[] = {
        "configs/targets/ppc64-softmmu.mak",
        "TARGET_ARCH=ppc64\nTARGET_NEED_FDT=y\nTARGET_LONG_BITS=64\n", NULL
    };
    g_autoptr(GPtrArray) files = generate(tree, "ppc64");
    const char *path = "gen/ppc64/config-target.h";

    assert_has(files, path, "#define TARGET_NAME \"ppc64\"\n");
    assert_has(files, path, "#define TARGET_PPC64 1\n");
    assert_has(files, path, "#define TARGET_PPC 1\n");
    assert_has(files, path, "#define TARGET_BIG_ENDIAN 1\n");
    assert_has(files, path, "#define TARGET_NEED_FDT 1\n");
    assert_has(files, path, "#define TARGET_LONG_BITS 64\n");
    assert_has(files, path, "#define CONFIG_KVM 1\n");
    assert_lacks(files, path, "TARGET_ARCH");
}

static void little_endian_target_says_so(void **state)
{
    static const char *const tree[] = { NULL };
    g_autoptr(GPtrArray) files = generate(tree, "x86_64");
    const char *path = "gen/x86_64/config-target.h";

    assert_has(files, path, "#define TARGET_BIG_ENDIAN 0\n");
    assert_lacks(files, path, "TARGET_WORDS_BIGENDIAN");
}

static void every_kconfig_symbol_is_on(void **state)
{
    static const char *const tree[] = {
        "accel/Kconfig", "config WHPX\n    bool\n",
        "hw/pci/Kconfig", "config PCI\n    bool\n\nconfig  MSI_NONBROKEN\n",
        "hw/usb/Kconfig", "config PCI\n", NULL
    };
    g_autoptr(GPtrArray) files = generate(tree, "x86_64");
    const char *path = "gen/x86_64/config-devices.h";

    assert_string_equal(text_of(files, path),
                        "#pragma once\n#define CONFIG_PCI 1\n"
                        "#define CONFIG_MSI_NONBROKEN 1\n");
}

static void old_trees_list_devices_in_default_configs(void **state)
{
    static const char *const tree[] = {
        "default-configs/i386-softmmu.mak", "CONFIG_QXL=$(CONFIG_SPICE)\n"
        "# CONFIG_NOT=y\nCONFIG_E1000_PCI=y\n",
        "default-configs/i386-linux-user.mak", "CONFIG_USER=y\n", NULL
    };
    g_autoptr(GPtrArray) files = generate(tree, "i386");

    assert_string_equal(text_of(files, "gen/i386/config-devices.h"),
                        "#pragma once\n#define CONFIG_QXL 1\n"
                        "#define CONFIG_E1000_PCI 1\n");
}

static void kvm_headers_are_those_of_the_target(void **state)
{
    static const char *const tree[] = {
        "linux-headers/asm-arm64/kvm.h", "", "linux-headers/asm-x86/kvm.h",
        "", NULL
    };
    g_autoptr(GPtrArray) arm = generate(tree, "aarch64");
    g_autoptr(GPtrArray) x86 = generate(tree, "x86_64");
    g_autoptr(GPtrArray) early = generate(tree, "riscv64");

    assert_string_equal(text_of(arm, "gen/aarch64/asm/kvm.h"),
                        "#include <asm-arm64/kvm.h>\n");
    assert_string_equal(text_of(early, "gen/riscv64/asm/kvm.h"),
                        "#include <asm-x86/kvm.h>\n");
    assert_string_equal(text_of(x86, "gen/x86_64/asm/kvm.h"),
                        "#include <asm-x86/kvm.h>\n");
}

static void trace_events_become_macros(void **state)
{
    static const char *const tree[] = {
        "hw/net/trace-events",
        "# comment(x)\ndisable demo_rx(void *p, int n) \"%p %d\"\n",
        "trace-events", "root_event(void) \"\"\n", NULL
    };
    g_autoptr(GPtrArray) files = generate(tree, NULL);

    assert_has(files, "gen/trace/trace-hw_net.h",
               "#define trace_demo_rx(...) ((void)0)\n");
    assert_has(files, "gen/trace/trace-hw_net.h",
               "#define TRACE_DEMO_RX_ENABLED 0\n");
    assert_lacks(files, "gen/trace/trace-hw_net.h", "comment");
    assert_has(files, "gen/trace-root.h", "trace_root_event(");
    /* make builds: beside the sources */
    assert_has(files, "src/hw/net/trace.h", "trace_demo_rx(");
}

static void a_trace_header_of_the_tree_stays(void **state)
{
    static const char *const tree[] = {
        "hw/net/trace-events", "demo_rx(void) \"\"\n", "hw/net/trace.h",
        "#include \"trace/trace-hw_net.h\"\n", NULL
    };
    g_autoptr(GPtrArray) files = generate(tree, NULL);

    assert_null(text_of(files, "src/hw/net/trace.h"));
    assert_non_null(text_of(files, "gen/trace/trace-hw_net.h"));
}

static void options_lose_their_documentation(void **state)
{
    static const char *const tree[] = {
        "qemu-options.hx",
        "HXCOMM no\nDEF(\"h\", 0, QEMU_OPTION_h, \"\", QEMU_ARCH_ALL)\n"
        "SRST\nDEF(text)\nERST\nSTEXI\nmore\nETEXI\nlast\n", NULL
    };
    g_autoptr(GPtrArray) files = generate(tree, NULL);

    assert_string_equal(text_of(files, "gen/qemu-options.def"),
                        "DEF(\"h\", 0, QEMU_OPTION_h, \"\", QEMU_ARCH_ALL)\n"
                        "last\n\n");
}

static void feature_lists_are_named_but_not_guessed(void **state)
{
    static const char *const tree[] = {
        "target/s390x/gen-features.c",
        "#define CPU_FEAT_INITIALIZER(_name) {}\n"
        "    CPU_FEAT_INITIALIZER(GEN7_GA1),\n"
        "    FEAT_GROUP_INITIALIZER(PLO),\n"
        "    QEMU_FEAT_INITIALIZER(MAX),\n"
        "    printf(\"\\t%s,\\n\", FeatGroupDef[i].enum_name);\n", NULL
    };
    g_autoptr(GPtrArray) files = generate(tree, NULL);
    const char *path = "gen/target/s390x/gen-features.h";

    assert_has(files, path, "#define S390_FEAT_LIST_GEN7_GA1_FULL ((uintptr_t)"
               "&qc_feature_list)\n");
    assert_has(files, path, "#define S390_FEAT_LIST_QEMU_MAX ");
    assert_has(files, path, "S390_FEAT_GROUP_PLO,\n    S390_FEAT_GROUP_MAX");
    assert_lacks(files, path, "_name");
}

static void files_go_to_their_architecture(void **state)
{
    static const struct {
        const char *path, *text, *target;
    } cases[] = {
        { "hw/arm/virt.c", NULL, "aarch64" },
        { "target/s390x/cpu.c", NULL, "s390x" },
        { "target-ppc/cpu.c", NULL, "ppc64" },
        { "hw/openrisc/virt.c", NULL, "or1k" },
        { "hw/net/e1000.c", "#include \"hw/pci/pci.h\"\n", "x86_64" },
        { "hw/net/e1000.c", NULL, "x86_64" },
        { "hw/intc/demo.c",
          "#include \"hw/riscv/virt.h\"\n#include \"target/arm/cpu.h\"\n",
          "aarch64" },
        { "hw/intc/demo.c", " # include \"kvm_mips.h\"\n", "mips64el" },
        { "hw/intc/arm_gic.c", "#include \"hw/sysbus.h\"\n", "aarch64" },
        { "hw/timer/alarm.c", "#include \"army.h\"\n", "x86_64" },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        const struct target_config *target = config_target_of(cases[i].path,
                                                              cases[i].text,
                                                              NULL);

        assert_string_equal(target->name, cases[i].target);
    }
}

static void own_header_tells_the_architecture(void **state)
{
    const char *text = "#include \"hw/sysbus.h\"\n"
                       "#include \"hw/misc/tz-demo.h\"\n";
    g_autofree char *own = config_own_header("hw/misc/tz-demo.c", text);
    const struct target_config *target;

    assert_string_equal(own, "hw/misc/tz-demo.h");
    assert_null(config_own_header("hw/misc/demo.c", text));
    target = config_target_of("hw/misc/tz-demo.c", text,
                              "#include \"target/arm/cpu.h\"\n");
    assert_string_equal(target->name, "aarch64");
    target = config_target_of("hw/misc/tz-demo.c", text,
                              "#include \"hw/arm/boot.h\"\n");
    assert_string_equal(target->name, "x86_64");
}

static void other_hosts_are_foreign(void **state)
{
    assert_true(config_is_foreign("target/i386/whpx/whpx-all.c"));
    assert_true(config_is_foreign("util/oslib-win32.c"));
    assert_true(config_is_foreign("target/hexagon/cpu.c"));
    assert_true(config_is_foreign("target/ppc/translate_init.inc.c"));
    assert_false(config_is_foreign("hw/net/virtio-net.c"));
    assert_false(config_is_foreign("target/i386/kvm/kvm.c"));
    assert_false(config_is_foreign("ui/spice-core.c"));
}

/* The product depends on no file of the machine: each <header> that a header
 * of the sysroot includes is in it. */
static void sysroot_is_closed(void **state)
{
    guint n;
    const struct sysroot_file *files = sysroot_files(&n);
    g_autoptr(GHashTable) paths = g_hash_table_new(g_str_hash, g_str_equal);

    assert_true(n > 0);
    for (guint i = 0; i < n; i++) {
        assert_int_equal(files[i].length, strlen(files[i].text));
        assert_true(i == 0 || strcmp(files[i - 1].path, files[i].path) < 0);
        g_hash_table_add(paths, (gpointer)(uintptr_t)files[i].path);
    }
    assert_true(g_hash_table_contains(paths, "sys/types.h"));
    for (guint i = 0; i < n; i++) {
        const char *at = files[i].text;

        while ((at = strstr(at, "#include <"))) {
            at += strlen("#include <");
            g_autofree char *name = g_strndup(at, strcspn(at, ">"));

            if (!g_hash_table_contains(paths, name)) {
                fail_msg("%s includes <%s>", files[i].path, name);
            }
        }
    }
}

static void arguments_leave_the_host_out(void **state)
{
    g_auto(GStrv) args = config_arguments(config_target("aarch64"));

    assert_true(g_strv_contains((const char *const *)args, "-nostdinc"));
    assert_true(g_strv_contains((const char *const *)args,
                                SYSROOT_ROOT "/gen/aarch64"));
    assert_true(g_strv_contains((const char *const *)args,
                                SYSROOT_ROOT "/src/target/arm"));
    for (char **arg = args; *arg; arg++) {
        if (**arg == '/') {
            assert_true(g_str_has_prefix(*arg, SYSROOT_ROOT "/"));
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(version_comes_from_the_tree),
        cmocka_unit_test(target_header_follows_its_mak_file),
        cmocka_unit_test(little_endian_target_says_so),
        cmocka_unit_test(every_kconfig_symbol_is_on),
        cmocka_unit_test(old_trees_list_devices_in_default_configs),
        cmocka_unit_test(kvm_headers_are_those_of_the_target),
        cmocka_unit_test(trace_events_become_macros),
        cmocka_unit_test(a_trace_header_of_the_tree_stays),
        cmocka_unit_test(options_lose_their_documentation),
        cmocka_unit_test(feature_lists_are_named_but_not_guessed),
        cmocka_unit_test(files_go_to_their_architecture),
        cmocka_unit_test(own_header_tells_the_architecture),
        cmocka_unit_test(other_hosts_are_foreign),
        cmocka_unit_test(sysroot_is_closed),
        cmocka_unit_test(arguments_leave_the_host_out),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
