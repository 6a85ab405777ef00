/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "relevance.h"

#include <glib.h>
#include <string.h>

static bool has_suffix(const char *path, const char *const *suffixes)
{
    for (; *suffixes; suffixes++) {
        if (g_str_has_suffix(path, *suffixes)) {
            return true;
        }
    }
    return false;
}

bool path_matters(const char *path)
{
    static const char *const never[] = {
        ".rst", ".md", ".texi", ".py", ".sh", ".pl", ".png", ".svg", ".bmp",
        ".jpg", ".css", ".html", ".po", ".yml", ".yaml", ".toml", ".rs",
        ".docker", ".bin", ".rom", ".dtb", ".patch", ".gitignore",
        "MAINTAINERS", "LICENSE", "COPYING", "README", ".mailmap", NULL,
    };
    /* What is in there is neither built into an emulator nor included. */
    static const char *const dirs[] = {
        "tests/", "roms/", "pc-bios/", "po/", ".gitlab", ".github/",
    };
    static const char *const in_docs[] = { ".txt", ".cfg", ".inc", NULL };

    for (guint i = 0; i < G_N_ELEMENTS(dirs); i++) {
        if (g_str_has_prefix(path, dirs[i])) {
            return false;
        }
    }
    return !has_suffix(path, never) &&
           !(g_str_has_prefix(path, "docs/") && has_suffix(path, in_docs));
}
