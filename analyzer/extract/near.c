/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "extract/near.h"

#include "base/borrow.h"
#include "extract/config.h"
#include "extract/tree-internal.h"

#include <string.h>

struct near {
    struct tree_store *store;
    struct source *source;
    const struct manifest *manifest;
    GHashTable *changed;         /* relative paths, or NULL */
    struct cache *cache;
    GHashTable *files;           /* number + 1 → struct tree_file * */
    GHashTable *own;             /* path → struct tree_file * */
    GHashTable *configs;         /* target → struct tree_config * */
    GPtrArray *blobs;            /* struct source_file * */
};

static void config_free(gpointer data)
{
    struct tree_config *config = data;

    g_strfreev(config->arguments);
    g_free(config);
}

struct near *near_new(struct tree_store *store, struct source *source,
                      const struct manifest *manifest, GHashTable *changed,
                      struct cache *cache)
{
    struct near *r = g_new0(struct near, 1);

    r->store = store;
    r->source = source;
    r->manifest = manifest;
    r->changed = changed;
    r->cache = cache;
    r->files = g_hash_table_new_full(NULL, NULL, NULL, g_free);
    r->own = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, g_free);
    r->configs = g_hash_table_new_full(g_str_hash, g_str_equal, NULL,
                                       config_free);
    r->blobs = g_ptr_array_new_with_free_func(g_free);
    return r;
}

void near_free(struct near *r)
{
    if (r) {
        g_hash_table_unref(r->files);
        g_hash_table_unref(r->own);
        g_hash_table_unref(r->configs);
        g_ptr_array_unref(r->blobs);
        g_free(r);
    }
}

static const struct source_file *add_blob(struct near *r,
                                          const char *path, const char *id)
{
    struct source_file *blob = g_new0(struct source_file, 1);

    blob->path = g_intern_string(path);
    blob->blob = id;
    g_ptr_array_add(r->blobs, blob);
    return blob;
}

/* NULL where it is not to be had. */
static struct tree_content *content_of(struct near *r, const char *id,
                                       const struct source_file *blob)
{
    struct tree_content *content = tree_store_find(r->store, id);

    if (content) {
        return content;
    }
    GBytes *bytes = blob ? source_read(r->source, blob, NULL)
                         : cache_get(r->cache, "text", id);

    return bytes ? tree_store_add(r->store, id, bytes) : NULL;
}

static struct tree_file *file_new(const char *path,
                                  const struct source_file *blob,
                                  struct tree_content *content)
{
    struct tree_file *file = g_new0(struct tree_file, 1);

    file->path = g_intern_string(path);
    file->blob = blob;
    file->content = content;
    return file;
}

/* The relative path of VIRTUAL where SOURCE says something else there than the
 * manifest; NULL: it does not. */
static char *changed_place(const struct near *r, const char *virtual)
{
    g_autofree char *path = r->changed ? manifest_place(virtual) : NULL;

    return path && g_hash_table_contains(r->changed, path)
           ? g_steal_pointer(&path) : NULL;
}

struct tree_file *near_file_at(struct near *r, guint32 i)
{
    gpointer key = GUINT_TO_POINTER(i + 1);
    struct tree_file *file = g_hash_table_lookup(r->files, key);

    if (file) {
        return file;
    }
    struct manifest_file known = manifest_file(r->manifest, i);
    g_autofree char *changed =
        known.generated ? NULL : changed_place(r, known.path);
    const struct tree_file *own = changed ? near_file(r, changed) : NULL;
    const char *id = own ? own->content->id : g_intern_string(known.id);
    const struct source_file *blob = known.generated ? NULL :
        add_blob(r, known.path + strlen(TREE_ROOT), id);
    struct tree_content *content = own ? own->content
                                 : changed ? NULL : content_of(r, id, blob);

    if (!content) {
        return NULL;
    }
    file = file_new(known.path, blob, content);
    g_hash_table_insert(r->files, key, file);
    return file;
}

struct tree_file *near_file(struct near *r, const char *path)
{
    struct tree_file *file = g_hash_table_lookup(r->own, path);
    const struct source_file *blob = file ? NULL
                                          : source_find(r->source, path);

    if (file || !blob) {
        return file;
    }
    const struct source_file *kept = add_blob(r, path, blob->blob);
    struct tree_content *content = content_of(r, kept->blob, kept);
    g_autofree char *virtual = g_strconcat(TREE_ROOT, path, NULL);

    if (!content) {
        return NULL;
    }
    file = file_new(virtual, kept, content);
    g_hash_table_insert(r->own, borrow(kept->path), file);
    return file;
}

static struct tree_config *config_of(struct near *r, const char *target)
{
    struct tree_config *config = g_hash_table_lookup(r->configs, target);
    const struct target_config *known = config ? NULL : config_target(target);

    if (known) {
        config = g_new0(struct tree_config, 1);
        config->target = known->name;
        config->arguments = config_arguments(known);
        g_hash_table_insert(r->configs, borrow(known->name), config);
    }
    return config;
}

bool near_unit(struct near *r, const char *path,
                   struct parse_unit *ret)
{
    struct manifest_unit unit;
    struct tree_file *file = near_file(r, path);

    *ret = (struct parse_unit) { .file = file };
    if (!file || !manifest_unit(r->manifest, path, &unit)) {
        return false;
    }
    g_autoptr(GPtrArray) closure = g_ptr_array_new();
    struct tree_file *before = near_file_at(r, unit.closure[0]);

    ret->config = config_of(r, unit.target);
    ret->targets = unit.targets;
    if (!before || !ret->config || !tree_same_includes(before, file)) {
        return false;
    }
    g_ptr_array_add(closure, file);
    for (gsize i = 1; i < unit.n_closure; i++) {
        struct tree_file *seen = near_file_at(r, unit.closure[i]);

        if (!seen) {
            return false;
        }
        g_ptr_array_add(closure, seen);
    }
    ret->closure = g_steal_pointer(&closure);
    return true;
}
