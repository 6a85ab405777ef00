/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "fix/type-macro.h"

#include <string.h>

/* `#define TYPE_X "driver"` in TEXT. */
static char *defined_in(struct text text, const char *driver)
{
    g_autofree char *literal = g_strdup_printf("\"%s\"", driver);
    const char *end = text.data + text.length;
    const char *at = text.data;

    while (at < end &&
           (at = g_strstr_len(at, end - at, literal))) {
        gssize offset = at - text.data;
        gssize start = scan_line_start(text, offset);
        g_autofree char *line = g_strndup(text.data + start,
                                          (gsize)(offset - start));
        g_auto(GStrv) words = g_strsplit_set(g_strstrip(line), " \t", -1);
        guint last = g_strv_length(words);

        if (last >= 2 && !strcmp(words[0], "#define") &&
            g_str_has_prefix(words[last - 1], "TYPE_") &&
            !strchr(words[last - 1], '(')) {
            return g_strdup(words[last - 1]);
        }
        at += strlen(literal);
    }
    return NULL;
}

/* Path of the header that the line at AT includes, as the tree has it. */
static struct edited_file *included(struct patch *patch,
                                    const struct edited_file *file,
                                    const char *name)
{
    g_autofree char *below = g_strconcat("include/", name, NULL);
    g_autofree char *dir = g_path_get_dirname(file->path);
    g_autofree char *beside = g_build_filename(dir, name, NULL);
    struct edited_file *header = patch_file(patch, below);

    return header ? header : patch_file(patch, beside);
}

static char *defined_below(struct patch *patch,
                           const struct edited_file *file,
                           const char *driver)
{
    const char *end = file->text.data + file->text.length;
    const char *at = file->text.data;
    const char *mark = "#include \"";

    while (at < end && (at = g_strstr_len(at, end - at, mark))) {
        const char *name = at + strlen(mark);
        const char *quote = memchr(name, '"', (gsize)(end - name));

        if (!quote) {
            break;
        }
        g_autofree char *path = g_strndup(name, (gsize)(quote - name));
        const struct edited_file *header = included(patch, file, path);
        char *macro = header ? defined_in(header->text, driver) : NULL;

        if (macro) {
            return macro;
        }
        at = quote;
    }
    return NULL;
}

char *type_macro_find(struct patch *patch, const struct edited_file *file,
                      const char *driver, bool wanted)
{
    g_autofree char *macro = defined_in(file->text, driver);

    if (!macro) {
        macro = defined_below(patch, file, driver);
    }
    if (macro && !wanted &&
        scan_word(file->text, 0, file->text.length, macro) < 0) {
        return NULL;
    }
    return g_steal_pointer(&macro);
}
