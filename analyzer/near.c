/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "near-internal.h"

#include "base/borrow.h"
#include "extract/manifest.h"
#include "extract/touched.h"
#include "facts-id.h"
#include "load-internal.h"
#include "reach/reach.h"
#include "relevance.h"
#include "snapshot/snapshot.h"
#include "source/near.h"

#include <string.h>

/* So many commits back another tree is looked for. */
#define MAX_GENERATIONS 64
/* So many files may differ. */
#define MAX_CHANGES 48
/* So many may differ from the root, or see what does. */
#define MAX_COPIED 512

static struct near_tree *near_tree_new(const struct near_request *request)
{
    struct near_tree *near = g_new0(struct near_tree, 1);

    near->request = request;
    near->tree = source_revision(request->source)->tree;
    return near;
}

void near_tree_free(struct near_tree *near)
{
    if (near) {
        manifest_free(near->manifest);
        g_clear_pointer(&near->units, g_ptr_array_unref);
        g_clear_pointer(&near->lines, g_ptr_array_unref);
        g_clear_pointer(&near->files, g_array_unref);
        g_clear_pointer(&near->changed, g_hash_table_unref);
        g_clear_pointer(&near->texts, g_array_unref);
        extraction_free(near->extraction);
        g_free(near);
    }
}

/* --- What differs ------------------------------------------------------------ */

static void open_model(struct near_tree *near, const char *tree)
{
    near->model = tree;
    near->manifest = manifest_open(near->request->cache, FACTS_ID, tree);
}

/* The nearest tree of which there is a manifest. */
static bool find_model(struct near_tree *near)
{
    g_autoptr(GPtrArray) trees = source_trees_before(near->request->source,
                                                     MAX_GENERATIONS);

    for (guint i = 0; i < trees->len && !near->manifest; i++) {
        open_model(near, trees->pdata[i]);
    }
    return near->manifest;
}

/* A file that differs, which may be a unit and may be part of others; false
 * where it has become a unit, or ceased to be one, or has a say in what else is
 * one. */
static bool add_file(struct near_tree *near, const char *path, GBytes *old,
                     GBytes *new)
{
    struct manifest_file file;
    struct manifest_unit unit;
    const struct touched_file touched = {
        borrow(path), g_bytes_ref(old), g_bytes_ref(new),
    };
    bool is_unit = manifest_unit(near->manifest, path, &unit);

    g_array_append_val(near->files, touched);
    g_hash_table_add(near->changed, borrow(path));
    if (is_unit) {
        g_ptr_array_add(near->units, borrow(path));
    }
    near->shared |= !is_unit && !g_str_has_suffix(path, ".c");
    near->shared |= manifest_find(near->manifest, path, &file) && file.shared;
    if (!touched_same_includes(&touched)) {
        near->resolve = true;
        near->same = false;
        return extract_is_unit(path, new) == is_unit &&
               !touched_has_parts(&touched);
    }
    return extract_is_unit(path, new) == is_unit;
}

static GBytes *read_new(const struct near_tree *near, const char *path)
{
    struct source *source = near->request->source;
    const struct source_file *file = source_find(source, path);

    return file ? source_read(source, file, NULL) : NULL;
}

static bool add_path(struct near_tree *near, const char *path)
{
    bool matters = path_matters(path);
    bool source = !tree_is_bystander(path);

    if (!matters && !source) {
        return true;
    }
    g_autoptr(GBytes) old = source_read_in(near->request->source, near->model,
                                           path);
    g_autoptr(GBytes) new = read_new(near, path);

    if (!old || !new) {
        near->same = false;
        return !source;
    }
    if (matters && !reach_same_file(path, old, new)) {
        near->same = false;
    }
    return !source || add_file(near, path, old, new);
}

static bool find_changes(struct near_tree *near)
{
    g_autoptr(GPtrArray) paths = source_paths_since(near->request->source,
                                                    near->model);
    guint n = 0;

    near->same = true;
    near->units = g_ptr_array_new();
    near->files = g_array_new(FALSE, FALSE, sizeof(struct touched_file));
    near->changed = g_hash_table_new(g_str_hash, g_str_equal);
    near->texts = g_array_new(FALSE, FALSE, sizeof(struct touched_text));
    g_array_set_clear_func(near->texts, touched_text_clear);
    g_array_set_clear_func(near->files, touched_file_clear);
    for (guint i = 0; paths && i < paths->len; i++) {
        n += path_matters(paths->pdata[i]);
        if (n > MAX_CHANGES || !add_path(near, paths->pdata[i])) {
            return false;
        }
    }
    return paths;
}

/* Adds the units that see what differs. */
static bool find_touched(struct near_tree *near)
{
    const struct touched_request request = {
        .memory = near->request->memory, .cache = near->request->cache,
        .source = near->request->source, .manifest = near->manifest,
        .files = near->files,
    };

    if (!source_list(near->request->source, NULL) ||
        !touched_units(&request, near->units, near->texts)) {
        return false;
    }
    if (near->texts->len) {
        near->resolve = true;
        near->same = false;
    }
    return true;
}

static bool extract_units(struct near_tree *near)
{
    if ((near->shared || near->resolve) && !find_touched(near)) {
        return false;
    }
    struct source *source = near->request->source;
    struct manifest *manifest = near->manifest;
    const struct extract_options options = {
        .jobs = near->request->jobs, .cache = near->request->cache,
        .manifests = &manifest, .paths = near->units,
        .memory = near->request->memory, .draft = true,
        .changed = near->shared ? near->changed : NULL,
        .resolve = near->resolve && near->units->len,
    };

    near->extraction = extract_sources(&source, 1, &options, NULL);
    if (!near->extraction) {
        return false;
    }
    load_add_stats(near->request->stats, near->extraction);
    if (near->extraction->sources[0].gaps->len) {
        g_clear_pointer(&near->extraction, extraction_free);
    }
    return near->extraction;
}

/* --- The same facts ----------------------------------------------------------- */

struct ir_unit *near_known_unit(struct cache *cache, const char *key)
{
    g_autoptr(GBytes) bytes = cache_get(cache, "unit", key);

    return bytes ? ir_unit_new(bytes) : NULL;
}

/* Whether evaluation reads the same of every unit. */
static bool find_lines(struct near_tree *near)
{
    near->lines = g_ptr_array_new_with_free_func(
        (GDestroyNotify)g_hash_table_unref);
    for (guint i = 0; i < near->units->len; i++) {
        struct manifest_unit known;
        GHashTable *lines = g_hash_table_new(NULL, NULL);

        g_ptr_array_add(near->lines, lines);
        if (!manifest_unit(near->manifest, near->units->pdata[i], &known)) {
            return false;
        }
        g_autoptr(IrUnit) old = near_known_unit(near->request->cache, known.key);

        if (!old ||
            !ir_unit_has_moved(old,
                               near->extraction->sources[0].units->pdata[i],
                               known.read, known.n_read, lines)) {
            return false;
        }
    }
    return true;
}

/* The lines of the root, of which those of MODEL are known, as they are here;
 * false where one is not known. */
static bool compose_lines(const struct manifest_change *model,
                          GHashTable *lines, GArray *ret)
{
    GHashTableIter iter;
    gpointer from, to;

    for (guint i = 0; model && i < model->lines->len; i++) {
        struct manifest_line line = g_array_index(
            model->lines, struct manifest_line, i);

        line.to = GPOINTER_TO_INT(g_hash_table_lookup(
            lines, GINT_TO_POINTER(line.to)));
        if (!line.to) {
            return false;
        }
        g_array_append_val(ret, line);
    }
    g_hash_table_iter_init(&iter, lines);
    while (!model && g_hash_table_iter_next(&iter, &from, &to)) {
        const struct manifest_line line = { GPOINTER_TO_INT(from),
                                            GPOINTER_TO_INT(to) };

        g_array_append_val(ret, line);
    }
    return true;
}

static struct manifest_change *find_change(const GPtrArray *changes,
                                           const char *path)
{
    for (guint i = 0; i < changes->len; i++) {
        struct manifest_change *change = changes->pdata[i];

        if (!strcmp(change->path, path)) {
            return change;
        }
    }
    return NULL;
}

static struct manifest_change *add_change(const struct near_tree *near,
                                          GPtrArray *changes,
                                          const char *path)
{
    const struct source_file *file = source_find(near->request->source, path);
    struct manifest_change *change = g_new0(struct manifest_change, 1);

    g_ptr_array_add(changes, change);
    change->path = path;
    change->id = file ? file->blob : "";
    change->lines = g_array_new(FALSE, FALSE, sizeof(struct manifest_line));
    return change;
}

/* What differs from the model's root; NULL where that is too much. */
static GPtrArray *all_changes(const struct near_tree *near)
{
    const GPtrArray *before = manifest_changes(near->manifest);
    const struct extract_source *extracted = &near->extraction->sources[0];
    g_autoptr(GPtrArray) changes =
        g_ptr_array_new_with_free_func(manifest_change_free);

    for (guint i = 0; i < near->units->len; i++) {
        const char *path = near->units->pdata[i];
        struct manifest_change *change = add_change(near, changes, path);

        change->key = extracted->keys->pdata[i];
        if (!compose_lines(find_change(before, path), near->lines->pdata[i],
                           change->lines)) {
            return NULL;
        }
    }
    for (guint i = 0; i < near->files->len; i++) {
        const char *path = g_array_index(near->files, struct touched_file,
                                         i).path;

        if (!find_change(changes, path)) {
            add_change(near, changes, path);
        }
    }
    for (guint i = 0; i < before->len; i++) {
        const struct manifest_change *change = before->pdata[i];

        if (!find_change(changes, change->path)) {
            g_ptr_array_add(changes, manifest_change_copy(change));
        }
    }
    return changes->len <= MAX_COPIED ? g_steal_pointer(&changes) : NULL;
}

static GHashTable *moves_of(const GPtrArray *changes)
{
    GHashTable *moves = g_hash_table_new_full(
        NULL, NULL, NULL, (GDestroyNotify)g_hash_table_unref);

    for (guint i = 0; i < changes->len; i++) {
        const struct manifest_change *change = changes->pdata[i];
        GHashTable *lines = g_hash_table_new(NULL, NULL);

        for (guint l = 0; l < change->lines->len; l++) {
            const struct manifest_line *line = &g_array_index(
                change->lines, struct manifest_line, l);

            g_hash_table_insert(lines, GINT_TO_POINTER(line->from),
                                GINT_TO_POINTER(line->to));
        }
        g_hash_table_insert(moves, borrow(g_intern_string(change->path)),
                            lines);
    }
    return moves;
}

static struct facts *moved_facts(struct cache *cache, const char *root,
                                 const GPtrArray *changes)
{
    g_autoptr(GBytes) bytes = load_snapshot(cache, root);

    if (!bytes) {
        return NULL;
    }
    g_autoptr(GHashTable) moves = moves_of(changes);
    gsize length;
    const char *text = g_bytes_get_data(bytes, &length);

    return facts_from_text_moved(text, length, moves, NULL);
}

struct facts *near_recall(struct cache *cache, const char *tree)
{
    g_autoptr(Manifest) manifest = manifest_open(cache, FACTS_ID, tree);

    return manifest && strcmp(manifest_root(manifest), tree)
        ? moved_facts(cache, manifest_root(manifest),
                      manifest_changes(manifest)) : NULL;
}

/* Keeps that the source is a copy of the model's root; false where it is
 * none. */
static bool keep_copy(struct near_tree *near)
{
    if (near->compared) {
        return near->copy;
    }
    near->compared = true;
    if (!near->same || !find_lines(near)) {
        return false;
    }
    g_autoptr(GPtrArray) changes = all_changes(near);

    if (changes) {
        manifest_keep_copy(near->request->cache, FACTS_ID,
                           manifest_root(near->manifest), near->tree, changes);
    }
    near->copy = changes;
    return near->copy;
}

const char *near_root(struct cache *cache, const char *tree)
{
    g_autoptr(Manifest) manifest = manifest_open(cache, FACTS_ID, tree);

    return manifest ? manifest_root(manifest) : NULL;
}

struct facts *near_root_facts(struct cache *cache, const char *root)
{
    g_autoptr(GPtrArray) none = g_ptr_array_new();

    return moved_facts(cache, root, none);
}

GPtrArray *near_moved(struct cache *cache, const char *tree)
{
    g_autoptr(Manifest) manifest = manifest_open(cache, FACTS_ID, tree);
    const GPtrArray *changes = manifest ? manifest_changes(manifest) : NULL;
    GPtrArray *paths = g_ptr_array_new();

    for (guint i = 0; changes && i < changes->len; i++) {
        const struct manifest_change *change = changes->pdata[i];

        g_ptr_array_add(paths, borrow(change->path));
    }
    return paths;
}

static struct near_tree *start(const struct near_request *request)
{
    struct near_tree *near = near_tree_new(request);

    near_tree_free(*request->last);
    *request->last = near;
    return near;
}

const char *near_same(const struct near_request *request, const char *tree)
{
    const char *own = near_root(request->cache,
                                source_revision(request->source)->tree);

    if (own) {
        return own == near_root(request->cache, tree) ? own : NULL;
    }
    struct near_tree *near = start(request);

    open_model(near, tree);
    return near->manifest && find_changes(near) && extract_units(near) &&
           keep_copy(near) ? manifest_root(near->manifest) : NULL;
}

/* --- All of it --------------------------------------------------------------- */

/* A tree that the source is near, taken from the last request where that was
 * about the same source; NULL: none is known. */
static struct near_tree *find_near(const struct near_request *request)
{
    const char *tree = source_revision(request->source)->tree;
    struct near_tree *near = *request->last;
    const char *tried = NULL;    /* the model that this source is not near */

    if (near && near->tree == tree) {
        if (near->extraction) {
            near->request = request;
            return near;
        }
        tried = near->model;
    }
    near = start(request);
    return find_model(near) && near->model != tried && find_changes(near) &&
           extract_units(near) ? near : NULL;
}

struct facts *near_load(const struct near_request *request)
{
    struct near_tree *near = request->cache ? find_near(request) : NULL;

    if (!near) {
        return NULL;
    }
    const struct revision *revision = source_revision(request->source);
    struct facts *facts = keep_copy(near)
        ? near_recall(request->cache, revision->tree) : NULL;

    if (!facts) {
        facts = near_evaluate(near);
    }
    if (facts) {
        facts->revision = *revision;
    }
    return facts;
}
