/* SPDX-License-Identifier: GPL-2.0-or-later */
#define PCRE2_CODE_UNIT_WIDTH 8
#include "fixture.h"

#include <glib/gstdio.h>
#include <pcre2.h>
#include <stdlib.h>
#include <string.h>

#define REMOVED ".removed"

typedef void visit(const char *path, const char *name, void *opaque);

static void die(const char *what, const char *path)
{
    g_printerr("fixtures: %s '%s'\n", what, path);
    exit(2);
}

static int by_name(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static GPtrArray *entries_of(const char *dir)
{
    GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GDir) handle = g_dir_open(dir, 0, NULL);
    const char *name;

    while (handle && (name = g_dir_read_name(handle))) {
        g_ptr_array_add(names, g_strdup(name));
    }
    g_ptr_array_sort(names, by_name);
    return names;
}

/* Calls FN for every file below DIR with its path relative to it. */
static void walk(const char *dir, const char *prefix, visit *fn, void *opaque)
{
    g_autoptr(GPtrArray) names = entries_of(dir);

    for (guint i = 0; i < names->len; i++) {
        const char *name = g_ptr_array_index(names, i);
        g_autofree char *path = g_build_filename(dir, name, NULL);
        g_autofree char *relative =
            *prefix ? g_build_filename(prefix, name, NULL) : g_strdup(name);

        if (g_file_test(path, G_FILE_TEST_IS_DIR)) {
            walk(path, relative, fn, opaque);
        } else {
            fn(path, relative, opaque);
        }
    }
}

static void copy_file(const char *path, const char *name, void *opaque)
{
    const char *out = opaque;
    g_autofree char *to = g_build_filename(out, name, NULL);
    g_autofree char *parent = g_path_get_dirname(to);
    g_autofree char *text = NULL;
    gsize length;

    if (g_str_has_suffix(to, REMOVED)) {
        to[strlen(to) - strlen(REMOVED)] = '\0';
        if (g_unlink(to) != 0) {
            die("nothing to remove at", to);
        }
        return;
    }
    if (g_mkdir_with_parents(parent, 0755) != 0 ||
        !g_file_get_contents(path, &text, &length, NULL) ||
        !g_file_set_contents(to, text, (gssize)length, NULL)) {
        die("cannot copy", path);
    }
}

void fixture_overlay(const char *below, const char *dir, const char *name,
                     const char *out)
{
    g_autofree char *over = g_build_filename(dir, name, NULL);
    g_autofree char *to = g_strdup(out);

    walk(below, "", copy_file, to);
    walk(over, "", copy_file, to);
}

void fixture_remove(const char *dir)
{
    g_autoptr(GPtrArray) names = entries_of(dir);

    for (guint i = 0; i < names->len; i++) {
        g_autofree char *path = g_build_filename(
            dir, g_ptr_array_index(names, i), NULL);

        if (g_file_test(path, G_FILE_TEST_IS_DIR)) {
            fixture_remove(path);
        } else {
            g_unlink(path);
        }
    }
    g_rmdir(dir);
}

GPtrArray *fixture_list(const char *dir)
{
    GPtrArray *names = entries_of(dir);

    for (guint i = names->len; i-- > 0;) {
        g_autofree char *path = g_build_filename(
            dir, g_ptr_array_index(names, i), NULL);

        if (!g_file_test(path, G_FILE_TEST_IS_DIR)) {
            g_ptr_array_remove_index(names, i);
        }
    }
    return names;
}

GPtrArray *fixture_files(const char *dir, const char *suffix)
{
    GPtrArray *names = entries_of(dir);

    for (guint i = names->len; i-- > 0;) {
        char *name = g_ptr_array_index(names, i);

        if (g_str_has_suffix(name, suffix)) {
            name[strlen(name) - strlen(suffix)] = '\0';
        } else {
            g_ptr_array_remove_index(names, i);
        }
    }
    return names;
}

static void mark_free(void *data)
{
    struct fixture_mark *mark = data;

    g_free(mark->word);
    g_free(mark->rule);
    g_free(mark->pattern);
    g_free(mark->file);
    g_free(mark);
}

struct scan {
    GPtrArray *marks;
    const char *case_dir;
    bool gone;
};

static void add_mark(struct scan *scan, const char *body, const char *file,
                     int line)
{
    g_auto(GStrv) parts = g_strsplit(body, ":", 3);
    struct fixture_mark *mark;

    if (g_strv_length(parts) < 2) {
        return;
    }
    mark = g_new0(struct fixture_mark, 1);
    mark->word = g_strdup(g_strstrip(parts[0]));
    mark->rule = g_strdup(g_strstrip(parts[1]));
    mark->pattern = g_strdup(parts[2] ? g_strstrip(parts[2]) : "");
    mark->file = g_strdup(file);
    mark->line = line;
    mark->gone = scan->gone;
    g_ptr_array_add(scan->marks, mark);
}

static void scan_line(struct scan *scan, const char *text, const char *file,
                      int line)
{
    static const char *const words[] = { "expect:", "ok:", "todo:" };
    const char *at = text;

    while ((at = strstr(at, "/* "))) {
        const char *end = strstr(at, " */");

        at += strlen("/* ");
        for (gsize i = 0; end && i < G_N_ELEMENTS(words); i++) {
            if (g_str_has_prefix(at, words[i])) {
                g_autofree char *body = g_strndup(at, (gsize)(end - at));

                add_mark(scan, body, file, line);
            }
        }
    }
}

static bool replaced(const struct scan *scan, const char *name)
{
    g_autofree char *removed = g_strconcat(name, REMOVED, NULL);
    g_autofree char *over = g_build_filename(scan->case_dir, "after", name,
                                             NULL);
    g_autofree char *gone = g_build_filename(scan->case_dir, "after",
                                             removed, NULL);

    return g_file_test(over, G_FILE_TEST_EXISTS) ||
           g_file_test(gone, G_FILE_TEST_EXISTS);
}

static void scan_file(const char *path, const char *name, void *opaque)
{
    struct scan *scan = opaque;
    g_autofree char *text = NULL;
    g_auto(GStrv) lines = NULL;

    if (!g_file_get_contents(path, &text, NULL, NULL)) {
        die("cannot read", path);
    }
    if (scan->gone && !replaced(scan, name)) {
        return;
    }
    lines = g_strsplit(text, "\n", -1);
    for (int i = 0; lines[i]; i++) {
        scan_line(scan, lines[i], name, i + 1);
    }
}

GPtrArray *fixture_marks(const char *head, const char *case_dir)
{
    GPtrArray *marks = g_ptr_array_new_with_free_func(mark_free);
    struct scan scan = { marks, case_dir, false };
    g_autofree char *before = g_build_filename(case_dir, "before", NULL);

    walk(head, "", scan_file, &scan);
    scan.gone = true;
    walk(before, "", scan_file, &scan);
    return marks;
}

bool fixture_pattern_matches(const char *pattern, const char *text)
{
    int number;
    PCRE2_SIZE offset;
    pcre2_code *code = pcre2_compile((PCRE2_SPTR)pattern,
                                     PCRE2_ZERO_TERMINATED, 0, &number,
                                     &offset, NULL);
    pcre2_match_data *data;
    int result;

    if (!code) {
        die("bad pattern", pattern);
    }
    data = pcre2_match_data_create_from_pattern(code, NULL);
    result = pcre2_match(code, (PCRE2_SPTR)text, strlen(text), 0, 0, data,
                         NULL);
    pcre2_match_data_free(data);
    pcre2_code_free(code);
    return result >= 0;
}
