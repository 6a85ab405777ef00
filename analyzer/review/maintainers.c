/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "review/maintainers.h"

#include <fnmatch.h>
#include <stdbool.h>
#include <string.h>

struct section {
    struct maintained public;
    GPtrArray *files, *excluded;     /* char * patterns */
};

struct maintainers {
    GPtrArray *sections;             /* struct section * */
};

static void section_free(gpointer data)
{
    struct section *section = data;

    g_free(section->public.title);
    g_free(section->public.status);
    g_ptr_array_unref(section->public.people);
    g_ptr_array_unref(section->files);
    g_ptr_array_unref(section->excluded);
    g_free(section);
}

static struct section *section_new(const char *title)
{
    struct section *section = g_new0(struct section, 1);

    section->public.title = g_strdup(title);
    section->public.people = g_ptr_array_new_with_free_func(g_free);
    section->files = g_ptr_array_new_with_free_func(g_free);
    section->excluded = g_ptr_array_new_with_free_func(g_free);
    return section;
}

static bool is_entry(const char *line)
{
    return g_ascii_isupper(line[0]) && line[1] == ':';
}

static void add_entry(struct section *section, const char *line)
{
    char *value = g_strstrip(g_strdup(line + 2));

    switch (line[0]) {
    case 'M':
        g_ptr_array_add(section->public.people, value);
        return;
    case 'F':
        g_ptr_array_add(section->files, value);
        return;
    case 'X':
        g_ptr_array_add(section->excluded, value);
        return;
    case 'S':
        g_free(section->public.status);
        section->public.status = value;
        return;
    default:
        g_free(value);
    }
}

/* A section is a line of text that entries follow: the last such line. */
struct maintainers *maintainers_new(const char *text)
{
    struct maintainers *maintainers = g_new0(struct maintainers, 1);
    g_auto(GStrv) lines = g_strsplit(text ? text : "", "\n", -1);
    const char *title = "";
    struct section *section = NULL;

    maintainers->sections = g_ptr_array_new_with_free_func(section_free);
    for (char **line = lines; *line; line++) {
        if (is_entry(*line)) {
            if (!section) {
                section = section_new(title);
                g_ptr_array_add(maintainers->sections, section);
            }
            add_entry(section, *line);
        } else if (**line && !g_ascii_isspace(**line)) {
            title = *line;
            section = NULL;
        }
    }
    return maintainers;
}

void maintainers_free(struct maintainers *maintainers)
{
    if (maintainers) {
        g_ptr_array_unref(maintainers->sections);
        g_free(maintainers);
    }
}

static guint depth_of(const char *text)
{
    guint n = 0;

    for (; *text; text++) {
        n += *text == '/';
    }
    return n;
}

/* How specific PATTERN is where it matches PATH, 0 = it does not: depth
 * first, then what is no wildcard. */
static guint match(const char *pattern, const char *path)
{
    gsize length = strlen(pattern);
    gsize literal = 0;

    if (!length) {
        return 0;
    }
    if (pattern[length - 1] == '/') {
        g_autofree char *below = g_strconcat(pattern, "*", NULL);

        if (fnmatch(below, path, 0) != 0) {
            return 0;
        }
    } else if (fnmatch(pattern, path, FNM_PATHNAME) != 0) {
        return 0;
    }
    for (const char *p = pattern; *p; p++) {
        literal += !strchr("*?[]", *p);
    }
    return depth_of(pattern) * 1000 + (guint)MIN(literal, 999);
}

static guint best_match(const GPtrArray *patterns, const char *path)
{
    guint best = 0;

    for (guint i = 0; i < patterns->len; i++) {
        best = MAX(best, match(patterns->pdata[i], path));
    }
    return best;
}

/* "*" and "*" with a slash: a section for everything is nobody's. */
#define LEAST_SPECIFIC 1002

const struct maintained *maintainers_of(const struct maintainers *maintainers,
                                        const char *path)
{
    const struct section *best = NULL;
    guint best_score = LEAST_SPECIFIC;

    for (guint i = 0; path && i < maintainers->sections->len; i++) {
        const struct section *section = maintainers->sections->pdata[i];
        guint score = best_match(section->files, path);

        if (score > best_score && !best_match(section->excluded, path)) {
            best = section;
            best_score = score;
        }
    }
    return best ? &best->public : NULL;
}
