/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "fix/edit.h"

#include "fix/diff.h"

#include <string.h>

struct edit {
    gssize at, length;
    guint order;             /* of edits at one place */
    char *insert;
};

static void edit_clear(void *data)
{
    struct edit *edit = data;

    g_free(edit->insert);
}

static void edited_file_free(void *data)
{
    struct edited_file *file = data;

    g_bytes_unref(file->bytes);
    g_array_unref(file->edits);
    g_free(file);
}

struct patch *patch_new(const struct fix_tree *tree)
{
    struct patch *patch = g_new0(struct patch, 1);

    patch->tree = tree;
    patch->files = g_ptr_array_new_with_free_func(edited_file_free);
    return patch;
}

void patch_free(struct patch *patch)
{
    if (patch) {
        g_ptr_array_unref(patch->files);
        g_free(patch);
    }
}

struct edited_file *patch_file(struct patch *patch, const char *path)
{
    const char *name = g_intern_string(path);
    GBytes *bytes;

    for (guint i = 0; i < patch->files->len; i++) {
        struct edited_file *file = g_ptr_array_index(patch->files, i);

        if (file->path == name) {
            return file;
        }
    }
    bytes = name ? patch->tree->read(patch->tree->opaque, name) : NULL;
    if (!bytes) {
        return NULL;
    }

    struct edited_file *file = g_new0(struct edited_file, 1);
    gsize size;

    file->path = name;
    file->bytes = bytes;
    file->text.data = g_bytes_get_data(bytes, &size);
    file->text.length = (gssize)size;
    file->edits = g_array_new(FALSE, FALSE, sizeof(struct edit));
    g_array_set_clear_func(file->edits, edit_clear);
    g_ptr_array_add(patch->files, file);
    return file;
}

bool edit_is_free(const struct edited_file *file, gssize at, gssize length)
{
    for (guint i = 0; i < file->edits->len; i++) {
        const struct edit *edit = &g_array_index(file->edits, struct edit, i);

        if (at < edit->at + edit->length && edit->at < at + length) {
            return false;
        }
    }
    return true;
}

bool edit_add(struct edited_file *file, gssize at, gssize length,
              const char *insert)
{
    const struct edit edit = { at, length, file->edits->len,
                               g_strdup(insert) };

    if (!edit_is_free(file, at, length)) {
        g_free(edit.insert);
        return false;
    }
    g_array_append_val(file->edits, edit);
    return true;
}

static int compare_edits(gconstpointer pa, gconstpointer pb)
{
    const struct edit *a = pa, *b = pb;
    int order = (a->at > b->at) - (a->at < b->at);

    return order ? order : (a->order > b->order) - (a->order < b->order);
}

static GString *apply(const struct edited_file *file)
{
    GString *new = g_string_new(NULL);
    gssize done = 0;

    g_array_sort(file->edits, compare_edits);
    for (guint i = 0; i < file->edits->len; i++) {
        const struct edit *edit = &g_array_index(file->edits, struct edit, i);

        g_string_append_len(new, file->text.data + done, edit->at - done);
        g_string_append(new, edit->insert);
        done = edit->at + edit->length;
    }
    g_string_append_len(new, file->text.data + done,
                        file->text.length - done);
    return new;
}

static void fixed_file_free(void *data)
{
    struct fixed_file *file = data;

    g_bytes_unref(file->old);
    g_string_free(file->new, TRUE);
    g_free(file);
}

static int by_path(gconstpointer pa, gconstpointer pb)
{
    const struct fixed_file *a = *(const struct fixed_file *const *)pa;
    const struct fixed_file *b = *(const struct fixed_file *const *)pb;

    return strcmp(a->path, b->path);
}

GPtrArray *patch_result(const struct patch *patch)
{
    GPtrArray *result = g_ptr_array_new_with_free_func(fixed_file_free);

    for (guint i = 0; i < patch->files->len; i++) {
        const struct edited_file *file = g_ptr_array_index(patch->files, i);

        if (file->edits->len) {
            struct fixed_file *fixed = g_new0(struct fixed_file, 1);

            fixed->path = file->path;
            fixed->old = g_bytes_ref(file->bytes);
            fixed->new = apply(file);
            g_ptr_array_add(result, fixed);
        }
    }
    g_ptr_array_sort(result, by_path);
    return result;
}

char *patch_diff(const struct patch *patch)
{
    g_autoptr(GPtrArray) files = patch_result(patch);
    GString *out = g_string_new(NULL);

    for (guint i = 0; i < files->len; i++) {
        diff_append(out, g_ptr_array_index(files, i));
    }
    return g_string_free(out, FALSE);
}
