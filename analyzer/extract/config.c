/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "extract/config.h"

#include "extract/config-derive.h"
#include "extract/config-host.h"
#include "extract/config-trace.h"
#include "extract/sysroot.h"

#include <stdio.h>
#include <string.h>

/* One run of config_generate(). */
struct generator {
    config_read_fn read;
    config_list_fn list;
    void *opaque;
    GPtrArray *files;    /* struct generated_file * */
};

static void file_free(gpointer data)
{
    struct generated_file *file = data;

    g_free(file->path);
    g_free(file->text);
    g_free(file);
}

static gint file_compare(gconstpointer a, gconstpointer b)
{
    const struct generated_file *const *x = a;
    const struct generated_file *const *y = b;

    return strcmp((*x)->path, (*y)->path);
}

/* Takes PATH and TEXT. */
static void add_file(struct generator *gen, char *path, char *text)
{
    struct generated_file *file = g_new(struct generated_file, 1);

    file->path = path;
    file->text = text;
    g_ptr_array_add(gen->files, file);
}

/* The lines of PATH in the tree; empty where there is no such file. */
static char **read_lines(struct generator *gen, const char *path)
{
    g_autoptr(GBytes) bytes = gen->read(path, gen->opaque);
    gsize size = 0;
    const char *data = bytes ? g_bytes_get_data(bytes, &size) : NULL;
    g_autofree char *text = g_strndup(data ? data : "", size);

    return g_strsplit(text, "\n", -1);
}

static bool is_symbol(const char *s)
{
    for (; *s; s++) {
        if (!g_ascii_isalnum(*s) && *s != '_') {
            return false;
        }
    }
    return true;
}

/* Adds "#define PREFIX-SYMBOL 1", once. */
static void define(GString *text, GHashTable *seen, const char *prefix,
                   const char *symbol)
{
    char *name = g_strconcat(prefix, symbol, NULL);

    if (is_symbol(name) && g_hash_table_add(seen, name)) {
        g_string_append_printf(text, "#define %s 1\n", name);
    }
}

static void append_version(struct generator *gen, GString *text)
{
    g_auto(GStrv) lines = read_lines(gen, "VERSION");
    const char *version = lines[0] ? g_strstrip(lines[0]) : "";
    int part[3] = { 0 };

    sscanf(version, "%d.%d.%d", &part[0], &part[1], &part[2]);
    g_string_append_printf(text,
                           "#define QEMU_VERSION \"%d.%d.%d\"\n"
                           "#define QEMU_VERSION_MAJOR %d\n"
                           "#define QEMU_VERSION_MINOR %d\n"
                           "#define QEMU_VERSION_MICRO %d\n",
                           part[0], part[1], part[2],
                           part[0], part[1], part[2]);
}

static char *host_text(struct generator *gen)
{
    GString *text = g_string_new("#pragma once\n");

    append_version(gen, text);
    for (const char *const *name = config_host_enabled(); *name; name++) {
        g_string_append_printf(text, "#define %s 1\n", *name);
    }
    g_string_append(text, config_host_values());
    return g_string_free(text, FALSE);
}

/* Generated files whose declarations do not matter. */
static void add_empty_files(struct generator *gen)
{
    static const char *const names[] = {
        "config-poison.h", "config-all-devices.h", "config-all-disas.h",
        "qmp-commands-old.h", "qmp-introspect.h",
        "block/block-gen.h", "block/block_int-gen.h",
        "qemu-monitor.h", "migration/ram-gen.h",
        "ui/shader/texture-blit-frag.h", "ui/shader/texture-blit-vert.h",
        "ui/shader/texture-blit-flip-vert.h",
        "shader/texture-blit-frag.h", "shader/texture-blit-vert.h",
        "shader/texture-blit-flip-vert.h",
        "ui/shader-texture-blit-frag.h", "tests/test-qapi-types.h",
        "qemu-version.h", "gdbstub-xml.h", "gdb-xml.c", "gdbstub-xml.c",
        "ui/input-keymap-atset1-to-qcode.c",
        "ui/input-keymap-linux-to-qcode.c",
        "ui/input-keymap-qcode-to-atset1.c",
        "ui/input-keymap-qcode-to-atset2.c",
        "ui/input-keymap-qcode-to-atset3.c",
        "ui/input-keymap-qcode-to-linux.c",
        "ui/input-keymap-qcode-to-qnum.c",
        "ui/input-keymap-qcode-to-sun.c",
        "ui/input-keymap-qnum-to-qcode.c",
        "ui/input-keymap-usb-to-qcode.c",
        "ui/input-keymap-win32-to-qcode.c",
        "ui/input-keymap-x11-to-qcode.c",
        "ui/input-keymap-xorgevdev-to-qcode.c",
        "ui/input-keymap-xorgkbd-to-qcode.c",
        "ui/input-keymap-xorgxquartz-to-qcode.c",
        "ui/input-keymap-xorgxwin-to-qcode.c",
        "ui/input-keymap-osx-to-qcode.c",
    };

    for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
        const char *name = names[i];

        add_file(gen, g_strconcat("gen/", name, NULL), g_strdup("\n"));
        if (g_str_has_prefix(name, "ui/input-keymap")) {
            add_file(gen, g_strconcat("gen/", name, ".inc", NULL),
                     g_strdup("\n"));
        }
    }
}

static void add_derived_files(struct generator *gen)
{
    static const struct {
        const char *from, *to;
    } hx[] = {
        { "qemu-options.hx", "gen/qemu-options.def" },
        { "hmp-commands.hx", "gen/hmp-commands.h" },
        { "hmp-commands-info.hx", "gen/hmp-commands-info.h" },
        { "qemu-img-cmds.hx", "gen/qemu-img-cmds.h" },
    };
    g_auto(GStrv) interfaces = read_lines(gen, "ui/dbus-display1.xml");
    g_auto(GStrv) features = read_lines(gen, "target/s390x/gen-features.c");
    g_auto(GStrv) old_features = read_lines(gen,
                                            "target-s390x/gen-features.c");
    char **feature_lines = *features ? features : old_features;

    for (gsize i = 0; i < G_N_ELEMENTS(hx); i++) {
        g_auto(GStrv) lines = read_lines(gen, hx[i].from);

        add_file(gen, g_strdup(hx[i].to), config_derive_hx(lines));
    }
    /* Newer trees name these two with their directory. */
    add_file(gen, g_strdup("gen/dbus-display1.h"),
             config_derive_dbus(interfaces));
    add_file(gen, g_strdup("gen/ui/dbus-display1.h"),
             config_derive_dbus(interfaces));
    add_file(gen, g_strdup("gen/gen-features.h"),
             config_derive_s390x_features(feature_lines));
    add_file(gen, g_strdup("gen/target/s390x/gen-features.h"),
             config_derive_s390x_features(feature_lines));
}

static void generate_common(struct generator *gen)
{
    g_autoptr(GPtrArray) events = g_ptr_array_new();
    const char *path;

    for (guint i = 0; (path = gen->list(i, gen->opaque)); i++) {
        if (config_is_trace_events(path)) {
            g_ptr_array_add(events, (gpointer)(guintptr)path);
        } else if (g_str_has_suffix(path, ".dsl")) {
            /* Compiled ACPI tables of v2.5 and older. */
            add_file(gen, g_strdup_printf("gen/%.*s.hex",
                                          (int)strlen(path) - 4, path),
                     g_strdup("\n"));
        }
    }
    config_generate_trace(gen->files, events, gen->read, gen->opaque);
    add_file(gen, g_strdup("gen/config-host.h"), host_text(gen));
    add_file(gen, g_strdup("gen/config.h"),
             g_strdup("#include \"config-host.h\"\n"
                      "#include \"config-target.h\"\n"));
    add_derived_files(gen);
    add_empty_files(gen);
}

/*
 * Accelerators are of a target, host features are settled in config-host.h,
 * and symbols for code that is not C or not of this host are nobody's.
 */
static bool is_device_symbol(const char *symbol)
{
    static const char *const others[] = {
        "KVM", "XEN", "TCG", "HAX", "HVF", "NVMM", "WHPX", "MSHV", "NITRO",
        "LINUX", "POSIX", "WIN32", "DARWIN", "BSD", "FUZZ", "HAVE_RUST",
        "USER_ONLY", "LINUX_USER", "BSD_USER",
    };

    for (gsize i = 0; i < G_N_ELEMENTS(others); i++) {
        if (!strcmp(symbol, others[i])) {
            return false;
        }
    }
    return true;
}

/* "config SYMBOL" lines of a Kconfig file. */
static void add_kconfig(struct generator *gen, const char *path,
                        GString *text, GHashTable *seen)
{
    g_auto(GStrv) lines = read_lines(gen, path);

    for (char **line = lines; *line; line++) {
        const char *symbol = g_str_has_prefix(*line, "config ")
                             ? g_strstrip(*line + strlen("config")) : NULL;

        if (symbol && is_device_symbol(symbol)) {
            define(text, seen, "CONFIG_", symbol);
        }
    }
}

/* "CONFIG_SYMBOL=y" lines of default-configs (before Kconfig). */
static void add_default_config(struct generator *gen, const char *path,
                               GString *text, GHashTable *seen)
{
    g_auto(GStrv) lines = read_lines(gen, path);

    for (char **line = lines; *line; line++) {
        char *value = strchr(*line, '=');

        if (g_str_has_prefix(*line, "CONFIG_") && value) {
            *value = '\0';
            if (is_device_symbol(*line + strlen("CONFIG_"))) {
                define(text, seen, "", *line);
            }
        }
    }
}

static char *devices_text(struct generator *gen)
{
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal,
                                                       g_free, NULL);
    GString *text = g_string_new("#pragma once\n");
    const char *path;

    /* What config-host.h has already is not said again. */
    for (const char *const *name = config_host_enabled(); *name; name++) {
        g_hash_table_add(seen, g_strdup(*name));
    }
    for (guint i = 0; (path = gen->list(i, gen->opaque)); i++) {
        if (g_str_has_suffix(path, "/Kconfig")) {
            add_kconfig(gen, path, text, seen);
        } else if (g_str_has_prefix(path, "default-configs/") &&
                   g_str_has_suffix(path, ".mak") &&
                   !strstr(path, "-user.mak")) {
            add_default_config(gen, path, text, seen);
        }
    }
    return g_string_free(text, FALSE);
}

/* Lines of a target's .mak file that are no macros, or are made otherwise.
 * TARGET_NOT_USING_… hides old interfaces, which units of other targets that
 * are parsed with this one still use. */
static bool is_build_variable(const char *name)
{
    static const char *const ignored[] = {
        "TARGET_ABI_DIR", "TARGET_NAME", "TARGET_XML_FILES",
        "TARGET_BIG_ENDIAN", "TARGET_WORDS_BIGENDIAN",
    };

    for (gsize i = 0; i < G_N_ELEMENTS(ignored); i++) {
        if (!strcmp(name, ignored[i])) {
            return true;
        }
    }
    return g_str_has_prefix(name, "TARGET_NOT_USING_");
}

static bool is_arch_variable(const char *name)
{
    return !strcmp(name, "TARGET_ARCH") || !strcmp(name, "TARGET_BASE_ARCH");
}

/* TARGET_* lines of the target's own .mak file (v5.2 on). */
static void append_target_mak(struct generator *gen, GString *text,
                              const struct target_config *target)
{
    g_autofree char *new_path =
        g_strdup_printf("configs/targets/%s-softmmu.mak", target->name);
    g_autofree char *old_path =
        g_strdup_printf("default-configs/targets/%s-softmmu.mak",
                        target->name);
    g_auto(GStrv) new_lines = read_lines(gen, new_path);
    g_auto(GStrv) old_lines = read_lines(gen, old_path);

    for (char **line = *new_lines ? new_lines : old_lines; *line; line++) {
        char *value = strchr(*line, '=');

        if (!value || !g_str_has_prefix(*line, "TARGET_")) {
            continue;
        }
        *value++ = '\0';
        if (is_arch_variable(*line)) {
            g_autofree char *arch = g_ascii_strup(g_strstrip(value), -1);

            if (is_symbol(arch)) {
                g_string_append_printf(text, "#define TARGET_%s 1\n", arch);
            }
        } else if (is_symbol(*line) && !is_build_variable(*line)) {
            g_string_append_printf(text, "#define %s %s\n", *line,
                                   !strcmp(value, "y") ? "1" : value);
        }
    }
}

static char *target_text(struct generator *gen,
                         const struct target_config *target)
{
    g_autofree char *arch = g_ascii_strup(target->arch, -1);
    g_autofree char *base = g_ascii_strup(target->base, -1);
    GString *text = g_string_new("#pragma once\n");

    g_string_append_printf(text,
                           "#define TARGET_NAME \"%s\"\n"
                           "#define TARGET_%s 1\n"
                           "#define TARGET_%s 1\n"
                           "#define CONFIG_SOFTMMU 1\n"
                           "#define CONFIG_SYSTEM_ONLY 1\n"
                           "#define TARGET_SUPPORTS_MTTCG 1\n"
                           "#define CONFIG_%s_DIS 1\n",
                           target->name, arch, base, base);
    /* Tested for its value from v7.1 on, the older name with #ifdef. */
    g_string_append_printf(text, "#define TARGET_BIG_ENDIAN %d\n",
                           target->big_endian);
    if (target->big_endian) {
        g_string_append(text, "#define TARGET_WORDS_BIGENDIAN 1\n");
    }
    if (!strcmp(target->base, "mips")) {
        g_string_append(text, strcmp(target->arch, "mips64")
                              ? "#define TARGET_ABI_MIPSO32 1\n"
                              : "#define TARGET_ABI_MIPSN64 1\n");
    }
    if (target->kvm) {
        g_string_append(text, "#define CONFIG_KVM 1\n");
    }
    if (target->xen) {
        g_string_append(text, "#define CONFIG_XEN 1\n");
    }
    append_target_mak(gen, text, target);
    return g_string_free(text, FALSE);
}

/* False where the tree has no headers of HOST. */
static bool add_asm_of(struct generator *gen,
                       const struct target_config *target, const char *host)
{
    g_autofree char *prefix = g_strdup_printf("linux-headers/asm-%s/", host);
    const char *path;
    bool found = false;

    for (guint i = 0; (path = gen->list(i, gen->opaque)); i++) {
        if (g_str_has_prefix(path, prefix)) {
            const char *name = path + strlen(prefix);

            add_file(gen,
                     g_strdup_printf("gen/%s/asm/%s", target->name, name),
                     g_strdup_printf("#include <asm-%s/%s>\n", host, name));
            found = true;
        }
    }
    return found;
}

/* The headers that a build finds through the link asm -> asm-HOST.  Before a
 * target has KVM it is built on other hosts only. */
static void add_asm(struct generator *gen, const struct target_config *target)
{
    if (!add_asm_of(gen, target, target->host)) {
        add_asm_of(gen, target, "x86");
    }
}

static void generate_target(struct generator *gen,
                            const struct target_config *target)
{
    add_file(gen, g_strdup_printf("gen/%s/config-target.h", target->name),
             target_text(gen, target));
    add_file(gen, g_strdup_printf("gen/%s/config-devices.h", target->name),
             devices_text(gen));
    add_asm(gen, target);
}

GPtrArray *config_generate(config_read_fn read, config_list_fn list,
                           void *opaque, const struct target_config *target)
{
    struct generator gen = {
        read, list, opaque, g_ptr_array_new_with_free_func(file_free),
    };

    if (target) {
        generate_target(&gen, target);
    } else {
        generate_common(&gen);
    }
    g_ptr_array_sort(gen.files, file_compare);
    return gen.files;
}

const char *const *sysroot_flags(void)
{
    static const char *const flags[] = {
        "-xc", "-std=gnu17", "--target=x86_64-linux-gnu", "-fsyntax-only",
        "-nostdinc", "-nostdlibinc", "-nobuiltininc", "-w",
        /* Or the driver looks for the host's compiler, in 36 places. */
        "--gcc-toolchain=/none",
        "-ferror-limit=0", "-fno-caret-diagnostics",
        "-Wno-error", "-Wno-implicit-function-declaration",
        "-Wno-implicit-int", "-Wno-int-conversion", "-Wno-return-type",
        "-Wno-incompatible-pointer-types",
        "-Wno-incompatible-function-pointer-types",
        /* Builds up to v6.1 were gnu99, and some code asks. */
        "-D__STDC_VERSION__=199901L",
        /* Assertions tell their line: a unit is the same on other lines. */
        "-D__LINE__=0",
        "-D_GNU_SOURCE", "-D_FILE_OFFSET_BITS=64", "-D_LARGEFILE_SOURCE",
        NULL
    };

    return flags;
}

static void add_path(GPtrArray *args, const char *option, char *path)
{
    g_ptr_array_add(args, g_strdup(option));
    g_ptr_array_add(args, g_strconcat(SYSROOT_ROOT, "/", path, NULL));
    g_free(path);
}

/* Directories for #include "…", in the order in which builds search. */
static void add_quote_paths(GPtrArray *args, const struct target_config *target)
{
    static const char *const common[] = {
        "gen", "gen/qapi", "src", "src/include", "src/tcg/i386",
        "src/tcg/x86_64", "src/tcg", "src/accel/tcg",
        "src/host/include/x86_64", "src/host/include/generic",
        "src/slirp/src", "src/slirp",
        "src/subprojects/libvhost-user", "src/subprojects/libvduse",
        "src/contrib/libvhost-user", "src/hw/xenpv", "src/ui",
    };

    add_path(args, "-iquote", g_strdup("sysroot/override"));
    add_path(args, "-iquote", g_strconcat("gen/", target->name, NULL));
    add_path(args, "-iquote", g_strconcat("src/target/", target->base, NULL));
    add_path(args, "-iquote", g_strconcat("src/target-", target->base, NULL));
    /* target/openrisc became target/or1k after v10.2. */
    add_path(args, "-iquote", g_strconcat("src/target/", target->name, NULL));
    for (gsize i = 0; i < G_N_ELEMENTS(common); i++) {
        add_path(args, "-iquote", g_strdup(common[i]));
    }
}

char **config_arguments(const struct target_config *target)
{
    GPtrArray *args = g_ptr_array_new();

    for (const char *const *flag = sysroot_flags(); *flag; flag++) {
        g_ptr_array_add(args, g_strdup(*flag));
    }
    g_ptr_array_add(args, g_strdup("-DNEED_CPU_H"));
    g_ptr_array_add(args, g_strdup("-DCOMPILING_PER_TARGET"));
    g_ptr_array_add(args, g_strdup("-DCOMPILING_SYSTEM_VS_USER"));
    g_ptr_array_add(args, g_strdup("-DCONFIG_TARGET=\"config-target.h\""));
    g_ptr_array_add(args, g_strdup("-DCONFIG_DEVICES=\"config-devices.h\""));
    add_quote_paths(args, target);
    add_path(args, "-isystem", g_strconcat("gen/", target->name, NULL));
    add_path(args, "-isystem", g_strdup("src/linux-headers"));
    add_path(args, "-isystem", g_strdup("sysroot"));
    /* Old trees include their own headers with <…>. */
    add_path(args, "-isystem", g_strdup("src/include"));
    add_path(args, "-isystem", g_strdup("src"));
    g_ptr_array_add(args, NULL);
    return (char **)g_ptr_array_free(args, FALSE);
}
