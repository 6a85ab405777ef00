/* SPDX-License-Identifier: GPL-2.0-or-later */
/* QEMU's system emulators, and which of them a file is parsed for. */
#include "extract/config.h"

#include <string.h>

/*
 * By name.  Targets that are gone from newer trees stay: their files are
 * only there in trees that have them.
 */
static const struct target_config targets[] = {
    { "aarch64", "aarch64", "arm", "arm64", .kvm = true },
    { "alpha", "alpha", "alpha", "x86" },
    { "arm", "arm", "arm", "arm" },
    { "avr", "avr", "avr", "x86" },
    { "cris", "cris", "cris", "x86" },
    { "hexagon", "hexagon", "hexagon", "x86" },
    { "hppa", "hppa", "hppa", "x86", .big_endian = true },
    { "i386", "i386", "i386", "x86", .kvm = true, .xen = true },
    { "lm32", "lm32", "lm32", "x86", .big_endian = true },
    { "loongarch64", "loongarch64", "loongarch", "loongarch", .kvm = true },
    { "m68k", "m68k", "m68k", "x86", .big_endian = true },
    { "microblaze", "microblaze", "microblaze", "x86", .big_endian = true },
    { "microblazeel", "microblaze", "microblaze", "x86" },
    { "mips", "mips", "mips", "mips", .big_endian = true, .kvm = true },
    { "mips64", "mips64", "mips", "mips", .big_endian = true, .kvm = true },
    { "mips64el", "mips64", "mips", "mips", .kvm = true },
    { "mipsel", "mips", "mips", "mips", .kvm = true },
    { "moxie", "moxie", "moxie", "x86", .big_endian = true },
    { "nios2", "nios2", "nios2", "x86" },
    { "or1k", "openrisc", "openrisc", "x86", .big_endian = true },
    { "ppc", "ppc", "ppc", "powerpc", .big_endian = true, .kvm = true },
    { "ppc64", "ppc64", "ppc", "powerpc", .big_endian = true, .kvm = true },
    { "riscv32", "riscv32", "riscv", "riscv", .kvm = true },
    { "riscv64", "riscv64", "riscv", "riscv", .kvm = true },
    { "rx", "rx", "rx", "x86" },
    { "s390x", "s390x", "s390x", "s390", .big_endian = true, .kvm = true },
    { "sh4", "sh4", "sh4", "x86" },
    { "sh4eb", "sh4", "sh4", "x86", .big_endian = true },
    { "sparc", "sparc", "sparc", "x86", .big_endian = true },
    { "sparc64", "sparc64", "sparc", "x86", .big_endian = true },
    { "tilegx", "tilegx", "tilegx", "x86" },
    { "tricore", "tricore", "tricore", "x86" },
    { "unicore32", "unicore32", "unicore32", "x86" },
    { "x86_64", "x86_64", "i386", "x86", .kvm = true, .xen = true },
    { "xtensa", "xtensa", "xtensa", "x86" },
    { "xtensaeb", "xtensa", "xtensa", "x86", .big_endian = true },
};

/* Directories below hw/ and target/ whose target has another name, or of
 * several names the one that sees most. */
static const struct {
    const char *dir, *target;
} dir_targets[] = {
    { "arm", "aarch64" },
    { "i386", "x86_64" },
    { "xen", "x86_64" },
    { "xenpv", "x86_64" },
    { "loongarch", "loongarch64" },
    { "mips", "mips64el" },
    { "openrisc", "or1k" },
    { "ppc", "ppc64" },
    { "riscv", "riscv64" },
};

const struct target_config *config_targets(guint *ret_n)
{
    *ret_n = G_N_ELEMENTS(targets);
    return targets;
}

const struct target_config *config_target(const char *name)
{
    for (gsize i = 0; i < G_N_ELEMENTS(targets); i++) {
        if (!strcmp(targets[i].name, name)) {
            return &targets[i];
        }
    }
    return NULL;
}

/* The target of the directory name that DIR starts with ("arm/virt.c"). */
static const struct target_config *dir_target(const char *dir)
{
    const char *slash = strchr(dir, '/');
    g_autofree char *name = slash ? g_strndup(dir, (gsize)(slash - dir)) : NULL;

    for (gsize i = 0; name && i < G_N_ELEMENTS(dir_targets); i++) {
        if (!strcmp(dir_targets[i].dir, name)) {
            return config_target(dir_targets[i].target);
        }
    }
    return name ? config_target(name) : NULL;
}

/* The target that PATH belongs to by its place in the tree. */
static const struct target_config *path_target(const char *path)
{
    static const char *const roots[] = {
        "hw/", "target/", "target-", "linux-user/", "semihosting/",
        "include/hw/",
    };

    for (gsize i = 0; i < G_N_ELEMENTS(roots); i++) {
        if (g_str_has_prefix(path, roots[i])) {
            return dir_target(path + strlen(roots[i]));
        }
    }
    return NULL;
}

/* The name that an #include line gives, NULL where LINE is none. */
static char *included(const char *line)
{
    const char *end;

    line += strspn(line, " \t");
    if (*line++ != '#') {
        return NULL;
    }
    line += strspn(line, " \t");
    if (!g_str_has_prefix(line, "include")) {
        return NULL;
    }
    line += strlen("include");
    line += strspn(line, " \t");
    end = *line == '"' ? strpbrk(line + 1, "\"\n") : NULL;
    return end && *end == '"' ? g_strndup(line + 1, (gsize)(end - line - 1))
                              : NULL;
}

/* The target whose name NAME starts with: "arm_gic.c", "kvm_mips.h". */
static const struct target_config *name_target(const char *name)
{
    const char *slash = strrchr(name, '/');
    const char *base = slash ? slash + 1 : name;
    g_autofree char *dir = NULL;
    gsize length;

    if (g_str_has_prefix(base, "kvm_")) {
        base += strlen("kvm_");
    }
    length = strcspn(base, "_-.");
    dir = g_strdup_printf("%.*s/", (int)length, base);
    return base[length] ? dir_target(dir) : NULL;
}

/* How much an include says about the target of the file. */
static const struct target_config *include_target(const char *name,
                                                  int *ret_rank)
{
    const struct target_config *target = path_target(name);

    *ret_rank = target ? (g_str_has_prefix(name, "target") ? 3 : 2) : 1;
    return target ? target : name_target(name);
}

/*
 * A device outside of the directories of an architecture may still need its
 * CPU (hw/intc/armv7m_nvic.c): the headers say so.  A header of target/X
 * says most, then one of hw/X, then one that has X in its name; of equals
 * the first counts.  Only what says more than FOUND_RANK counts.
 */
static const struct target_config *text_target(const char *text,
                                               int found_rank)
{
    const struct target_config *found = NULL;

    for (const char *line = text; line; line = strchr(line, '\n')) {
        line += *line == '\n';
        g_autofree char *name = included(line);
        int rank = 0;
        const struct target_config *target =
            name ? include_target(name, &rank) : NULL;

        if (target && rank > found_rank) {
            found = target;
            found_rank = rank;
        }
    }
    return found;
}

char *config_own_header(const char *path, const char *text)
{
    g_autofree char *base = g_path_get_basename(path);
    g_autofree char *own = NULL;

    if (!g_str_has_suffix(base, ".c")) {
        return NULL;
    }
    base[strlen(base) - 1] = 'h';
    own = g_strconcat("/", base, NULL);
    for (const char *line = text; line; line = strchr(line, '\n')) {
        line += *line == '\n';
        g_autofree char *name = included(line);

        if (name && g_str_has_suffix(name, own)) {
            return g_steal_pointer(&name);
        }
    }
    return NULL;
}

const struct target_config *config_target_of(const char *path,
                                             const char *text,
                                             const char *header)
{
    const struct target_config *target = path_target(path);

    if (!target) {
        target = name_target(path);
    }
    if (!target && header) {
        target = text_target(header, 2);
    }
    if (!target && text) {
        target = text_target(text, 0);
    }
    return target ? target : config_target("x86_64");
}

/* A part of the path tells hosts and modes apart. */
bool config_is_foreign(const char *path)
{
    static const char *const parts[] = {
        "win32", "char-win", "char-console", "/whpx", "_whpx", "/whp-", "/hvf",
        "/nvmm", "/hax", "audio_win", "/dsound", "/coreaudio", "/cocoa",
        "-solaris.", "-haiku.", "-bsd.", "-darwin.", "-wasm.", "netbsd",
        "openbsd", "freebsd", "sdl_win", "/vmnet",
        /* user-mode emulation only */
        "linux-user/", "bsd-user/", "target/hexagon/", "target/tilegx/",
        "target-tilegx/",
    };

    for (gsize i = 0; i < G_N_ELEMENTS(parts); i++) {
        if (strstr(path, parts[i])) {
            return true;
        }
    }
    return g_str_has_suffix(path, ".inc.c");
}
