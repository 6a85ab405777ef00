/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "extract/tree-internal.h"

#include "extract/config.h"
#include "extract/includes.h"
#include "extract/qapi.h"
#include "extract/sysroot.h"

#include <string.h>

struct tree_store {
    GHashTable *by_id;       /* id → struct tree_content * */
};

/* --- Contents ------------------------------------------------------------ */

static void content_free(gpointer data)
{
    struct tree_content *content = data;

    g_bytes_unref(content->bytes);
    g_clear_pointer(&content->includes, g_ptr_array_unref);
    g_free(content);
}

struct tree_store *tree_store_new(void)
{
    struct tree_store *store = g_new0(struct tree_store, 1);

    store->by_id = g_hash_table_new_full(NULL, NULL, NULL, content_free);
    return store;
}

void tree_store_free(struct tree_store *store)
{
    if (store) {
        g_hash_table_unref(store->by_id);
        g_free(store);
    }
}

struct tree_content *tree_store_find(struct tree_store *store, const char *id)
{
    return g_hash_table_lookup(store->by_id, id);
}

struct tree_content *tree_store_add(struct tree_store *store, const char *id,
                                    GBytes *bytes)
{
    struct tree_content *content = g_new0(struct tree_content, 1);

    content->id = id;
    content->bytes = bytes;
    content->relevant = -1;
    g_hash_table_insert(store->by_id, (gpointer)id, content);
    return content;
}

static struct tree_content *store_text(struct tree_store *store,
                                       const char *text)
{
    g_autofree char *sum = g_compute_checksum_for_string(G_CHECKSUM_SHA256,
                                                         text, -1);
    const char *id = g_intern_string(sum);
    struct tree_content *content = tree_store_find(store, id);

    return content ? content :
           tree_store_add(store, id, g_bytes_new(text, strlen(text)));
}

bool tree_read_file(struct tree *tree, struct tree_file *file)
{
    g_autoptr(GError) error = NULL;

    if (file->content || file->unreadable) {
        return !file->unreadable;
    }
    file->content = tree_store_find(tree->store, file->blob->blob);
    if (file->content) {
        return true;
    }
    GBytes *bytes = source_read(tree->source, file->blob, &error);

    if (!bytes) {
        file->unreadable = true;
        g_ptr_array_add(tree->gaps, g_strdup_printf("%s: %s",
                                                    file->blob->path,
                                                    error->message));
        return false;
    }
    file->content = tree_store_add(tree->store, file->blob->blob, bytes);
    return true;
}

/* --- The set of files ------------------------------------------------------ */

static struct tree_file *add_file(struct tree *tree, const char *path,
                                  const struct source_file *blob,
                                  struct tree_content *content)
{
    struct tree_file *file = g_new0(struct tree_file, 1);

    file->path = g_intern_string(path);
    file->blob = blob;
    file->content = content;
    g_hash_table_replace(tree->root->files, (gpointer)file->path, file);
    g_hash_table_remove_all(tree->root->beside);
    return file;
}

static struct tree_file *add_generated(struct tree *tree, const char *dir,
                                       const char *path, const char *text)
{
    g_autofree char *virtual = g_strconcat(dir, path, NULL);

    return add_file(tree, virtual, NULL, store_text(tree->store, text));
}

static GBytes *read_relative(const char *path, void *opaque)
{
    struct tree *tree = opaque;
    g_autofree char *virtual = g_strconcat(TREE_ROOT, path, NULL);
    struct tree_file *file = tree_find(tree, virtual);

    if (tree->generating && file) {
        g_hash_table_add(tree->inputs, (gpointer)file->path);
    }
    return file ? g_bytes_ref(file->content->bytes) : NULL;
}

static void add_qapi(struct tree *tree)
{
    struct qapi_output *output = qapi_generate(read_relative, tree);

    for (guint i = 0; i < output->files->len; i++) {
        const struct qapi_file *file = g_ptr_array_index(output->files, i);

        add_generated(tree, TREE_GEN, file->path, file->text);
    }
    for (guint i = 0; i < output->gaps->len; i++) {
        g_ptr_array_add(tree->gaps,
                        g_strdup(g_ptr_array_index(output->gaps, i)));
    }
    qapi_output_free(output);
}

static void add_sysroot(struct tree *tree)
{
    guint n;
    const struct sysroot_file *files = sysroot_files(&n);

    for (guint i = 0; i < n; i++) {
        add_generated(tree, TREE_SYSROOT, files[i].path, files[i].text);
    }
}

static void config_free(gpointer data)
{
    struct tree_config *config = data;

    g_strfreev(config->arguments);
    g_ptr_array_unref(config->dirs);
    g_ptr_array_unref(config->always);
    g_hash_table_unref(config->resolved);
    g_free(config);
}

/* The root's FILE as TREE has it; NULL where it cannot be read.  What a tree
 * has not replaced is read by the one that has the table. */
static struct tree_file *readable(struct tree *tree, struct tree_file *file)
{
    struct tree_file *own = tree_own(tree, file);

    return own && tree_read_file(own == file ? tree->root : tree, own) ? own
                                                                  : NULL;
}

/* Look-up by interned path; NULL where it cannot be read. */
static struct tree_file *find_interned(struct tree *tree, const char *path)
{
    struct tree_file *file = g_hash_table_lookup(tree->root->files, path);
    return readable(tree, file);
}

struct tree_file *tree_find(struct tree *tree, const char *path)
{
    /* Only a path that was interned for a file can be in the table. */
    GQuark known = g_quark_try_string(path);

    return known ? find_interned(tree, g_quark_to_string(known)) : NULL;
}

/* --- Configurations -------------------------------------------------------- */

static const char *list_relative(guint i, void *opaque)
{
    struct tree *tree = opaque;

    return i < source_n_files(tree->source) ?
           source_file(tree->source, i)->path : NULL;
}

/* TARGET NULL: what is common to all. */
static GPtrArray *generate(struct tree *tree,
                           const struct target_config *target)
{
    tree->generating = true;
    g_autoptr(GPtrArray) generated = config_generate(read_relative,
                                                     list_relative, tree,
                                                     target);
    GPtrArray *files = g_ptr_array_new();

    tree->generating = false;

    for (guint i = 0; i < generated->len; i++) {
        const struct generated_file *file = g_ptr_array_index(generated, i);

        g_ptr_array_add(files, add_generated(tree, SYSROOT_ROOT "/",
                                             file->path, file->text));
    }
    return files;
}

static GPtrArray *include_dirs(char **arguments)
{
    GPtrArray *dirs = g_ptr_array_new();

    for (char **arg = arguments; *arg; arg++) {
        const char *dir = NULL;

        if (g_str_has_prefix(*arg, "-I")) {
            dir = *arg + 2;
        } else if (!strcmp(*arg, "-isystem") || !strcmp(*arg, "-iquote")) {
            dir = *++arg;
        }
        if (dir) {
            g_autofree char *slashed = g_strconcat(dir, "/", NULL);

            g_ptr_array_add(dirs, (gpointer)g_intern_string(slashed));
        }
    }
    return dirs;
}

static struct tree_config *config_new(struct tree *tree,
                                      const struct target_config *target)
{
    struct tree_config *config = g_new0(struct tree_config, 1);

    config->target = target->name;
    config->arguments = config_arguments(target);
    config->dirs = include_dirs(config->arguments);
    config->always = generate(tree, target);
    config->resolved = g_hash_table_new(NULL, NULL);
    g_hash_table_insert(tree->configs, (gpointer)target->name, config);
    return config;
}

/* Targets whose emulators hold the units of a directory of one architecture;
 * 0 where PATH lies in none. */
static target_set targets_of(const char *path)
{
    const struct target_config *own = config_target_of(path, NULL, NULL);
    target_set set = 0;
    guint n;

    if (!g_str_has_prefix(path, "hw/") && !g_str_has_prefix(path, "target/")) {
        return 0;
    }
    if (own == config_target("x86_64") && !strstr(path, "/i386/") &&
        !strstr(path, "/xenpv/")) {
        return 0;
    }
    const struct target_config *all = config_targets(&n);

    for (guint i = 0; i < n; i++) {
        if (!strcmp(all[i].base, own->base)) {
            set |= target_bit(all[i].name);
        }
    }
    return set;
}

struct tree_config *tree_config(struct tree *tree, const char *name)
{
    struct tree_config *config = g_hash_table_lookup(tree->root->configs,
                                                     name);
    const struct target_config *target = config ? NULL : config_target(name);

    return target && tree->root == tree ? config_new(tree, target) : config;
}

struct tree_config *tree_config_for(struct tree *tree,
                                    const struct tree_file *file,
                                    target_set *ret_targets)
{
    gsize len;
    const char *text = g_bytes_get_data(file->content->bytes, &len);
    const char *path = file->blob ? file->blob->path : file->path;
    g_autofree char *copy = g_strndup(text ? text : "", len);
    g_autofree char *own = config_own_header(path, copy);
    g_autofree char *include = own ? g_strconcat("include/", own, NULL) : NULL;
    g_autoptr(GBytes) header = include ? read_relative(include, tree) : NULL;
    g_autofree char *header_text =
        header ? g_strndup(g_bytes_get_data(header, NULL),
                           g_bytes_get_size(header)) : NULL;
    const struct target_config *target = config_target_of(path, copy,
                                                          header_text);

    *ret_targets = targets_of(path);
    return tree_config(tree, target->name);
}

/* --- Life -------------------------------------------------------------------- */

struct tree *tree_new(struct tree_store *store, struct source *source)
{
    struct tree *tree = g_new0(struct tree, 1);

    tree->store = store;
    tree->source = source;
    tree->root = tree;
    tree->inputs = g_hash_table_new(NULL, NULL);
    tree->beside = g_hash_table_new_full(NULL, NULL, NULL,
                                         (GDestroyNotify)g_ptr_array_unref);
    tree->files = g_hash_table_new_full(NULL, NULL, NULL, g_free);
    tree->configs = g_hash_table_new_full(NULL, NULL, NULL, config_free);
    tree->gaps = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < source_n_files(source); i++) {
        const struct source_file *blob = source_file(source, i);
        g_autofree char *path = g_strconcat(TREE_ROOT, blob->path, NULL);

        add_file(tree, path, blob, NULL);
    }
    add_sysroot(tree);
    tree->generating = true;
    add_qapi(tree);
    tree->generating = false;
    g_ptr_array_unref(generate(tree, NULL));
    return tree;
}

void tree_free(struct tree *tree)
{
    if (tree) {
        g_clear_pointer(&tree->files, g_hash_table_unref);
        g_clear_pointer(&tree->configs, g_hash_table_unref);
        g_clear_pointer(&tree->inputs, g_hash_table_unref);
        g_clear_pointer(&tree->beside, g_hash_table_unref);
        g_clear_pointer(&tree->changed, g_hash_table_unref);
        g_clear_pointer(&tree->replaced, g_hash_table_unref);
        g_ptr_array_unref(tree->gaps);
        g_free(tree);
    }
}

struct tree_file *tree_add_text(struct tree *tree, const char *path,
                                const char *text)
{
    return add_generated(tree, "", path, text);
}

GPtrArray *tree_gaps(struct tree *tree)
{
    return tree->gaps;
}

/* --- Include closure -------------------------------------------------------- */

/* How often a name goes up again: "../x/a.h" and "../y/b.h" that include each
 * other make ever longer ones. */
#define MAX_CLIMBS 4

static guint climbs(const char *path)
{
    guint n = 0;

    for (const char *at = path; (at = strstr(at, "/../")); at += 3) {
        n++;
    }
    return n;
}

static struct tree_file *lookup_in(struct tree *tree, const char *dir,
                                   const char *name)
{
    g_autofree char *joined = g_strconcat(dir, name, NULL);

    struct tree_file *file = tree_find(tree, joined);

    if (file || !strstr(joined, "./")) {
        return file;
    }
    g_autofree char *canonical = g_canonicalize_filename(joined, "/");

    file = tree_find(tree, canonical);
    if (climbs(joined) > MAX_CLIMBS) {
        return file;
    }
    /* The parser asks by the name that the directive makes, and nothing on
     * disk tells it that the two are one. */
    return file ? add_file(tree, joined, file->blob, file->content) : NULL;
}

GPtrArray *tree_includes(struct tree_file *file)
{
    struct tree_content *content = file->content;

    if (!content->includes) {
        gsize len;
        const char *text = g_bytes_get_data(content->bytes, &len);

        content->includes = includes_scan(text ? text : "", len);
    }
    return content->includes;
}

static char *plain_name(const char *quoted)
{
    return g_strndup(quoted + 1, strlen(quoted) - 2);
}

/* The include path of CONFIG; the answer is kept. */
static struct tree_file *resolve_global(struct tree *tree,
                                        struct tree_config *config,
                                        const char *quoted)
{
    gpointer found;

    if (g_hash_table_lookup_extended(config->resolved, quoted, NULL,
                                     &found)) {
        return readable(tree, found);
    }
    g_autofree char *name = plain_name(quoted);
    struct tree_file *file = NULL;

    for (guint i = 0; i < config->dirs->len && !file; i++) {
        file = lookup_in(tree->root, g_ptr_array_index(config->dirs, i), name);
    }
    g_hash_table_insert(config->resolved, (gpointer)quoted, file);
    return readable(tree, file);
}

/* The root's file that FROM finds in its own directory. */
static struct tree_file *find_beside(struct tree *tree,
                                     const struct tree_file *from,
                                     const char *quoted)
{
    if (*quoted != '"') {
        return NULL;
    }
    const char *slash = strrchr(from->path, '/');
    g_autofree char *dir = g_strndup(from->path,
                                     (gsize)(slash - from->path) + 1);
    g_autofree char *name = plain_name(quoted);

    return lookup_in(tree->root, dir, name);
}

/* The same for all that FROM includes; of a root's file the answer is kept. */
static GPtrArray *find_all_beside(struct tree *tree, struct tree_file *from)
{
    GPtrArray *known = g_hash_table_lookup(tree->root->beside, from);

    if (known) {
        return g_ptr_array_ref(known);
    }
    GPtrArray *names = tree_includes(from);
    GPtrArray *files = g_ptr_array_sized_new(names->len);

    for (guint i = 0; i < names->len; i++) {
        g_ptr_array_add(files, find_beside(tree, from, names->pdata[i]));
    }
    if (g_hash_table_lookup(tree->root->files, from->path) == from) {
        g_hash_table_insert(tree->root->beside, from,
                            g_ptr_array_ref(files));
    }
    return files;
}

struct tree_file *tree_resolve(struct tree *tree, struct tree_config *config,
                               const struct tree_file *from,
                               const char *quoted)
{
    struct tree_file *file = readable(tree, find_beside(tree, from, quoted));

    return file ? file : resolve_global(tree, config, quoted);
}

GPtrArray *tree_closure(struct tree *tree, struct tree_config *config,
                        struct tree_file *file)
{
    GPtrArray *closure = g_ptr_array_new();
    g_autoptr(GHashTable) seen = g_hash_table_new(NULL, NULL);

    g_hash_table_add(seen, file);
    g_ptr_array_add(closure, file);
    for (guint i = 0; i < config->always->len; i++) {
        struct tree_file *always = tree_own(
            tree, g_ptr_array_index(config->always, i));

        if (always && g_hash_table_add(seen, always)) {
            g_ptr_array_add(closure, always);
        }
    }
    for (guint i = 0; i < closure->len; i++) {
        struct tree_file *from = g_ptr_array_index(closure, i);
        g_autoptr(GPtrArray) beside = find_all_beside(tree, from);

        for (guint n = 0; n < beside->len; n++) {
            struct tree_file *to = readable(tree, beside->pdata[n]);

            if (!to) {
                to = resolve_global(tree, config,
                                    tree_includes(from)->pdata[n]);
            }
            if (to && g_hash_table_add(seen, to)) {
                g_ptr_array_add(closure, to);
            }
        }
    }
    return closure;
}
