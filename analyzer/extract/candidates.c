/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Units that may hold facts.
 */
#include "extract/tree-internal.h"

#include "extract/config.h"
#include "extract/includes.h"
#include "extract/qapi.h"

#include <string.h>

/* Nothing below is linked into a system emulator. */
static bool is_foreign(const char *path)
{
    static const char *const dirs[] = {
        "tests/", "roms/", "docs/", "contrib/", "tools/", "linux-user/",
        "bsd-user/", "subprojects/", "disas/", "tcg/", "fpu/", "scripts/",
        "pc-bios/", "qga/", "storage-daemon/", "libdecnumber/", "capstone/",
        "slirp/", "dtc/", "pixman/", "rust/", "plugins/", "common-user/",
        "bsd-user/", "stubs/", "python/",
    };

    for (guint i = 0; i < G_N_ELEMENTS(dirs); i++) {
        if (g_str_has_prefix(path, dirs[i])) {
            return true;
        }
    }
    /* What tools keep for themselves, as quilt its copies in .pc/. */
    return path[0] == '.' || strstr(path, "/.");
}

/* CPU models are registered from tables that their neighbours hold. */
static bool is_cpu_unit(struct tree_file *file)
{
    const char *path = file->blob->path;
    GPtrArray *names;

    if (!g_str_has_prefix(path, "target")) {
        return false;
    }
    if (strstr(path, "/cpu")) {
        return true;
    }
    /* Until v6.0 some lay in translate_init.c, included by translate.c. */
    names = tree_includes(file);
    for (guint i = 0; i < names->len; i++) {
        const char *name = g_ptr_array_index(names, i);

        if (strstr(name, "_init") && strstr(name, ".c")) {
            return true;
        }
    }
    return false;
}

static bool is_relevant(struct tree_file *file)
{
    struct tree_content *content = file->content;

    if (content->relevant < 0) {
        gsize len;
        const char *text = g_bytes_get_data(content->bytes, &len);

        content->relevant = text && includes_relevant(text, len);
    }
    return content->relevant;
}

/* Paths of other .c files that FILE includes from beside itself. */
static void note_parts(struct tree_file *file, GHashTable *parts)
{
    GPtrArray *names = tree_includes(file);
    g_autofree char *dir = g_path_get_dirname(file->path);

    for (guint i = 0; i < names->len; i++) {
        const char *name = g_ptr_array_index(names, i);

        g_autofree char *bare = g_strndup(name + 1, strlen(name) - 2);
        char *part = g_strconcat(dir, "/", bare, NULL);

        if (g_str_has_suffix(bare, ".c") && strcmp(part, file->path)) {
            g_hash_table_add(parts, part);
        } else {
            g_free(part);
        }
    }
}

/* What a unit includes is part of it and no unit by itself, whatever its name
 * says (translate_init.c, up to v2.12). */
static void drop_parts(GPtrArray *units)
{
    g_autoptr(GHashTable) parts = g_hash_table_new_full(g_str_hash,
                                                        g_str_equal, g_free,
                                                        NULL);

    for (guint i = 0; i < units->len; i++) {
        note_parts(g_ptr_array_index(units, i), parts);
    }
    for (guint i = units->len; i-- > 0;) {
        const struct tree_file *file = g_ptr_array_index(units, i);

        if (g_hash_table_contains(parts, file->path)) {
            g_ptr_array_remove_index(units, i);
        }
    }
}

bool tree_is_candidate(struct tree_file *file)
{
    const char *path = file->blob->path;

    return g_str_has_suffix(path, ".c") && !is_foreign(path) &&
           !config_is_foreign(path) &&
           (is_cpu_unit(file) || is_relevant(file));
}

GPtrArray *tree_candidates(struct tree *tree)
{
    GPtrArray *candidates = g_ptr_array_new();

    for (guint i = 0; i < source_n_files(tree->source); i++) {
        const struct source_file *blob = source_file(tree->source, i);

        if (!g_str_has_suffix(blob->path, ".c") || is_foreign(blob->path) ||
            config_is_foreign(blob->path)) {
            continue;
        }
        g_autofree char *path = g_strconcat(TREE_ROOT, blob->path, NULL);
        struct tree_file *file = tree_find(tree, path);

        if (file && tree_is_candidate(file)) {
            g_ptr_array_add(candidates, file);
        }
    }
    drop_parts(candidates);
    struct tree_file *enums = tree_find(tree, TREE_GEN QAPI_ENUMS_C);

    if (enums) {
        g_ptr_array_add(candidates, enums);
    }
    return candidates;
}
