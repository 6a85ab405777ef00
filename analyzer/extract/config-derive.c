/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "extract/config-derive.h"

#include <string.h>

static bool starts_with_any(const char *line, const char *const *words)
{
    while (*words && !g_str_has_prefix(line, *words)) {
        words++;
    }
    return *words;
}

char *config_derive_hx(char *const *lines)
{
    static const char *const start[] = { "STEXI", "SRST", NULL };
    static const char *const end[] = { "ETEXI", "ERST", NULL };
    GString *text = g_string_new(NULL);
    bool documentation = false;

    for (; *lines; lines++) {
        const char *line = *lines;

        if (starts_with_any(line, start)) {
            documentation = true;
        } else if (starts_with_any(line, end)) {
            documentation = false;
        } else if (!documentation && !g_str_has_prefix(line, "HXCOMM")) {
            g_string_append_printf(text, "%s\n", line);
        }
    }
    return g_string_free(text, FALSE);
}

/* "org.qemu.Display1.Clipboard" → QemuDBusDisplay1Clipboard. */
char *config_derive_dbus(char *const *lines)
{
    static const char start[] = "<interface name=\"org.qemu.";
    GString *text = g_string_new("#pragma once\n"
                                 "#include <gio/gio.h>\n");

    for (; *lines; lines++) {
        const char *name = strstr(*lines, start);

        if (name) {
            g_auto(GStrv) words = NULL;
            g_autofree char *type = NULL;

            name += strlen(start);
            type = g_strndup(name, strcspn(name, "\""));
            words = g_strsplit(type, ".", -1);
            g_free(type);
            type = g_strjoinv("", words);
            g_string_append_printf(text, "typedef struct QemuDBus%s "
                                   "QemuDBus%s;\n", type, type);
        }
    }
    return g_string_free(text, FALSE);
}

/* The argument of "MACRO(NAME)" in LINE, NULL where it has no such call; the
 * macro's own definition does not count. */
static char *macro_argument(const char *line, const char *macro)
{
    const char *call = strchr(line, '#') ? NULL : strstr(line, macro);
    const char *start = call ? call + strlen(macro) : NULL;
    const char *end = start ? strchr(start, ')') : NULL;

    return end ? g_strndup(start, (gsize)(end - start)) : NULL;
}

static void define_list(GString *text, const char *prefix, const char *name,
                        const char *suffix)
{
    g_string_append_printf(text, "#define %s%s%s "
                           "((uintptr_t)&qc_feature_list)\n",
                           prefix, name, suffix);
}

char *config_derive_s390x_features(char *const *lines)
{
    GString *text = g_string_new("#ifndef QC_GEN_FEATURES_H\n"
                                 "#define QC_GEN_FEATURES_H\n"
                                 "extern const char qc_feature_list;\n");
    GString *groups = g_string_new(NULL);
    bool prints_enum = false;

    for (; *lines; lines++) {
        g_autofree char *cpu = macro_argument(*lines, "CPU_FEAT_INITIALIZER(");
        g_autofree char *qemu = macro_argument(*lines,
                                               "QEMU_FEAT_INITIALIZER(");
        g_autofree char *group = macro_argument(*lines,
                                                "FEAT_GROUP_INITIALIZER(");

        prints_enum |= strstr(*lines, "enum_name") != NULL;
        if (cpu) {
            define_list(text, "S390_FEAT_LIST_", cpu, "_BASE");
            define_list(text, "S390_FEAT_LIST_", cpu, "_DEFAULT");
            define_list(text, "S390_FEAT_LIST_", cpu, "_FULL");
        } else if (qemu) {
            define_list(text, "S390_FEAT_LIST_QEMU_", qemu, "");
        } else if (group) {
            define_list(text, "S390_FEAT_GROUP_LIST_", group, "");
            g_string_append_printf(groups, "    S390_FEAT_GROUP_%s,\n",
                                   group);
        }
    }
    /* In older trees the enum is written by hand. */
    if (prints_enum) {
        g_string_append_printf(text, "typedef enum {\n%s"
                               "    S390_FEAT_GROUP_MAX,\n"
                               "} S390FeatGroup;\n", groups->str);
    }
    g_string_append(text, "#endif\n");
    g_string_free(groups, TRUE);
    return g_string_free(text, FALSE);
}
