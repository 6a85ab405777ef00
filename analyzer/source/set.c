/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "source/set.h"

#include <string.h>

struct source *set_new(void)
{
    struct source *source = g_new0(struct source, 1);

    source->files = g_array_new(FALSE, FALSE, sizeof(struct source_file));
    source->names = g_hash_table_new(g_str_hash, g_str_equal);
    source->found = g_hash_table_new_full(NULL, NULL, NULL, g_free);
    return source;
}

void source_free(struct source *source)
{
    if (!source) {
        return;
    }
    if (source->contents) {
        g_hash_table_unref(source->contents);
    }
    g_hash_table_unref(source->names);
    g_hash_table_unref(source->found);
    g_array_unref(source->files);
    g_free(source);
}

static bool has_control(const char *name)
{
    for (; *name; name++) {
        if (g_ascii_iscntrl(*name)) {
            return true;
        }
    }
    return false;
}

bool set_name_is_safe(const char *name, size_t length)
{
    return length > 0 && strlen(name) == length && !strchr(name, '/') &&
           strcmp(name, ".") && strcmp(name, "..") &&
           g_ascii_strcasecmp(name, ".git") && !has_control(name) &&
           g_utf8_validate(name, length, NULL);
}

const char *set_claim(struct source *source, const char *subject,
                      const GString *dir, const char *name, GError **error)
{
    g_autofree char *path = g_strconcat(dir->str, name, NULL);
    g_autofree char *shown = NULL;
    const char *problem = NULL;

    if (!set_name_is_safe(name, strlen(name))) {
        problem = "has an unsafe path";
    } else if (g_hash_table_contains(source->names, path)) {
        problem = "has one path twice";
    } else if (g_hash_table_size(source->names) >= SET_MAX_ENTRIES) {
        problem = "has too many files, the first too many is";
    }
    if (problem) {
        shown = g_strescape(path, NULL);
        g_set_error(error, QC_ERROR, QC_ERROR_GIT, "'%s' %s: '%s'", subject,
                    problem, shown);
        return NULL;
    }

    const char *interned = g_intern_string(path);
    g_hash_table_insert(source->names, interned_key(interned), NULL);
    return interned;
}

void set_add_file(struct source *source, const char *path, const char *blob,
                  uint64_t size)
{
    struct source_file file = { .path = path, .blob = blob, .size = size };

    g_array_append_val(source->files, file);
}

static int compare_files(gconstpointer a, gconstpointer b)
{
    const struct source_file *x = a, *y = b;

    return strcmp(x->path, y->path);
}

bool set_read_version(struct source *source, const struct source_file *file,
                      GError **error)
{
    gsize size;

    if (!file) {
        return true;
    }
    g_autoptr(GBytes) bytes = source_read(source, file, error);
    if (!bytes) {
        return false;
    }
    const char *data = g_bytes_get_data(bytes, &size);
    g_autofree char *text = g_strndup(data ? data : "", MIN(size, 64));
    source->revision.version = g_intern_string(g_strstrip(text));
    return true;
}

void set_finish(struct source *source)
{
    g_array_sort(source->files, compare_files);
    for (guint i = 0; i < source->files->len; i++) {
        const struct source_file *file = &g_array_index(source->files,
                                                        struct source_file,
                                                        i);

        g_hash_table_insert(source->names, interned_key(file->path),
                            GUINT_TO_POINTER(i + 1));
    }
    source->listed = true;
}

const struct revision *source_revision(const struct source *source)
{
    return &source->revision;
}

/* Whether there is a list now.  Making it changes nothing that a caller could
 * tell apart. */
static bool is_listed(const struct source *source)
{
    return source->listed ||
           source_list((struct source *)(uintptr_t)source, NULL);
}

guint source_n_files(const struct source *source)
{
    if (!is_listed(source)) {
        return 0;
    }
    return source->files->len;
}

const struct source_file *source_file(const struct source *source, guint i)
{
    return &g_array_index(source->files, struct source_file, i);
}

/* One file is not worth a list. */
static const struct source_file *find_unlisted(const struct source *source,
                                               const char *path)
{
    const char *interned = g_intern_string(path);
    struct source_file *file = g_hash_table_lookup(source->found, interned);

    if (!file && (file = set_look_up(source, interned))) {
        g_hash_table_insert(source->found, interned_key(interned), file);
    }
    return file;
}

const struct source_file *source_find(const struct source *source,
                                      const char *path)
{
    if (!source->listed) {
        return find_unlisted(source, path);
    }
    guint i = GPOINTER_TO_UINT(g_hash_table_lookup(source->names, path));

    return i ? source_file(source, i - 1) : NULL;
}
