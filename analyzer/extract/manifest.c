/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "extract/manifest.h"

#include "base/borrow.h"
#include "extract/extract.h"

#include <string.h>

#define KIND "tree"

/* root; path, id, key and lines of what differs from it; path, id and flags
 * of files; key, target, targets, closure and marks of units. */
#define CHANGES "a(sssa(ii))"
#define FILES "a(ssy)"
#define UNITS "a(sstauay)"
#define FORMAT "(s" CHANGES FILES UNITS ")"

enum { GENERATED = 1, SHARED = 2, INPUT = 4 };

struct manifest {
    GVariant *whole;
    GVariant *files, *units;
    const char *root;
    GPtrArray *changes;          /* struct manifest_change * */
    GHashTable *changed;         /* path → struct manifest_change * */
    GHashTable *file_at;         /* virtual path → number + 1 */
    GHashTable *unit_at;         /* number of its file → number + 1 */
};

/* --- Reading ----------------------------------------------------------------- */

static char *manifest_key(const char *by, const char *tree)
{
    const char *parts[] = { extract_version(), FORMAT, by, tree };

    return cache_key(parts, G_N_ELEMENTS(parts));
}

void manifest_change_free(gpointer data)
{
    struct manifest_change *change = data;

    g_array_unref(change->lines);
    g_free(change);
}

struct manifest_change *manifest_change_copy(
    const struct manifest_change *change)
{
    struct manifest_change *copy = g_memdup2(change, sizeof(*change));

    copy->lines = g_array_copy(change->lines);
    return copy;
}

static void read_change(struct manifest *manifest, GVariant *item)
{
    struct manifest_change *change = g_new0(struct manifest_change, 1);
    const char *path, *id, *key;
    g_autoptr(GVariantIter) lines = NULL;
    struct manifest_line line;

    g_variant_get(item, "(&s&s&sa(ii))", &path, &id, &key, &lines);
    change->path = g_intern_string(path);
    change->id = g_intern_string(id);
    change->key = *key ? g_intern_string(key) : NULL;
    change->lines = g_array_new(FALSE, FALSE, sizeof(struct manifest_line));
    while (g_variant_iter_next(lines, "(ii)", &line.from, &line.to)) {
        g_array_append_val(change->lines, line);
    }
    g_ptr_array_add(manifest->changes, change);
    g_hash_table_insert(manifest->changed, borrow(change->path), change);
}

static void index_files(struct manifest *manifest)
{
    gsize n = g_variant_n_children(manifest->files);

    for (gsize i = 0; i < n; i++) {
        const char *path;

        g_variant_get_child(manifest->files, i, "(&s&sy)", &path, NULL, NULL);
        g_hash_table_insert(manifest->file_at, borrow(path),
                            GUINT_TO_POINTER(i + 1));
    }
    n = g_variant_n_children(manifest->units);
    for (gsize i = 0; i < n; i++) {
        g_autoptr(GVariant) unit = g_variant_get_child_value(manifest->units, i);
        g_autoptr(GVariant) closure = g_variant_get_child_value(unit, 3);
        gsize length;
        const guint32 *files = g_variant_get_fixed_array(closure, &length,
                                                         sizeof(*files));

        if (length) {
            g_hash_table_insert(manifest->unit_at, GUINT_TO_POINTER(files[0]),
                                GUINT_TO_POINTER(i + 1));
        }
    }
}

static GVariant *read_variant(struct cache *cache, const char *by,
                              const char *tree)
{
    g_autofree char *key = manifest_key(by, tree);
    g_autoptr(GBytes) bytes = cache_get(cache, KIND, key);

    return bytes ? g_variant_ref_sink(g_variant_new_from_bytes(
                       G_VARIANT_TYPE(FORMAT), bytes, FALSE)) : NULL;
}

static struct manifest *manifest_new(struct cache *cache, const char *by,
                                     GVariant *copy)
{
    g_autoptr(GVariant) changes = g_variant_get_child_value(copy, 1);
    const char *root;

    g_variant_get_child(copy, 0, "&s", &root);
    struct manifest *manifest = g_new0(struct manifest, 1);

    manifest->root = g_intern_string(root);
    manifest->whole = read_variant(cache, by, root);
    manifest->changes = g_ptr_array_new_with_free_func(manifest_change_free);
    manifest->changed = g_hash_table_new(g_str_hash, g_str_equal);
    manifest->file_at = g_hash_table_new(g_str_hash, g_str_equal);
    manifest->unit_at = g_hash_table_new(NULL, NULL);
    for (gsize i = 0; i < g_variant_n_children(changes); i++) {
        g_autoptr(GVariant) item = g_variant_get_child_value(changes, i);

        read_change(manifest, item);
    }
    return manifest;
}

struct manifest *manifest_open(struct cache *cache, const char *by,
                               const char *tree)
{
    g_autoptr(GVariant) copy = cache ? read_variant(cache, by, tree) : NULL;

    if (!copy) {
        return NULL;
    }
    g_autoptr(Manifest) manifest = manifest_new(cache, by, copy);

    if (!manifest->whole) {
        return NULL;             /* the root has gone */
    }
    manifest->files = g_variant_get_child_value(manifest->whole, 2);
    manifest->units = g_variant_get_child_value(manifest->whole, 3);
    if (!g_variant_n_children(manifest->units)) {
        return NULL;             /* no root, or nothing in it */
    }
    index_files(manifest);
    return g_steal_pointer(&manifest);
}

void manifest_free(struct manifest *manifest)
{
    if (manifest) {
        g_clear_pointer(&manifest->whole, g_variant_unref);
        g_clear_pointer(&manifest->files, g_variant_unref);
        g_clear_pointer(&manifest->units, g_variant_unref);
        g_ptr_array_unref(manifest->changes);
        g_hash_table_unref(manifest->changed);
        g_hash_table_unref(manifest->file_at);
        g_hash_table_unref(manifest->unit_at);
        g_free(manifest);
    }
}

const char *manifest_root(const struct manifest *manifest)
{
    return manifest->root;
}

const GPtrArray *manifest_changes(const struct manifest *manifest)
{
    return manifest->changes;
}

char *manifest_place(const char *path)
{
    g_autofree char *whole = strstr(path, "./")
        ? g_canonicalize_filename(path, "/") : g_strdup(path);

    return g_str_has_prefix(whole, TREE_ROOT)
           ? g_strdup(whole + strlen(TREE_ROOT)) : NULL;
}

/* What differs from the root at a virtual path; NULL: nothing does. */
static const struct manifest_change *change_at(const struct manifest *manifest,
                                               const char *virtual)
{
    g_autofree char *path = manifest->changes->len ? manifest_place(virtual)
                                                   : NULL;

    return path ? g_hash_table_lookup(manifest->changed, path) : NULL;
}

struct manifest_file manifest_file(const struct manifest *manifest, guint32 i)
{
    struct manifest_file file = { "", "", true, true, true };
    guint8 flags;

    if (manifest_has_file(manifest, i)) {
        g_variant_get_child(manifest->files, i, "(&s&sy)", &file.path, &file.id,
                            &flags);
        const struct manifest_change *change = change_at(manifest, file.path);

        file.id = change ? change->id : file.id;
        file.generated = flags & GENERATED;
        file.shared = flags & SHARED;
        file.input = flags & INPUT;
    }
    return file;
}

bool manifest_has_file(const struct manifest *manifest, guint32 i)
{
    return i < g_variant_n_children(manifest->files);
}

static guint find_file(const struct manifest *manifest, const char *path)
{
    g_autofree char *virtual = g_strconcat(TREE_ROOT, path, NULL);

    return GPOINTER_TO_UINT(g_hash_table_lookup(manifest->file_at, virtual));
}

bool manifest_find(const struct manifest *manifest, const char *path,
                 struct manifest_file *ret)
{
    guint number = find_file(manifest, path);

    if (number) {
        *ret = manifest_file(manifest, number - 1);
    }
    return number;
}

static void read_unit(const struct manifest *manifest, guint number,
                      struct manifest_unit *ret)
{
    g_autoptr(GVariant) unit = g_variant_get_child_value(manifest->units,
                                                         number);
    g_autoptr(GVariant) closure = g_variant_get_child_value(unit, 3);
    g_autoptr(GVariant) read = g_variant_get_child_value(unit, 4);

    /* All of it lies in the manifest's bytes. */
    g_variant_get_child(unit, 0, "&s", &ret->key);
    g_variant_get_child(unit, 1, "&s", &ret->target);
    g_variant_get_child(unit, 2, "t", &ret->targets);
    ret->closure = g_variant_get_fixed_array(closure, &ret->n_closure,
                                             sizeof(*ret->closure));
    ret->read = g_variant_get_fixed_array(read, &ret->n_read,
                                          sizeof(*ret->read));
}

static const char *relative(const char *virtual)
{
    return g_str_has_prefix(virtual, TREE_ROOT) ? virtual + strlen(TREE_ROOT)
                                                : virtual;
}

bool manifest_unit(const struct manifest *manifest, const char *path,
                 struct manifest_unit *ret)
{
    guint file = find_file(manifest, path);
    guint number = file
        ? GPOINTER_TO_UINT(g_hash_table_lookup(manifest->unit_at,
                                               GUINT_TO_POINTER(file - 1)))
        : 0;

    if (!number) {
        return false;
    }
    read_unit(manifest, number - 1, ret);
    const struct manifest_change *change = g_hash_table_lookup(manifest->changed,
                                                             path);

    if (change) {
        ret->key = change->key;
    }
    return true;
}

void manifest_each(const struct manifest *manifest, manifest_each_fn each,
                 void *opaque)
{
    gsize n = g_variant_n_children(manifest->units);

    for (guint i = 0; i < n; i++) {
        struct manifest_unit unit;

        read_unit(manifest, i, &unit);
        if (!unit.n_closure) {
            continue;            /* damaged */
        }
        struct manifest_file own = manifest_file(manifest, unit.closure[0]);
        const struct manifest_change *change =
            g_hash_table_lookup(manifest->changed, relative(own.path));

        if (change) {
            unit.key = change->key;
        }
        each(opaque, own.path, &unit);
    }
}

/* --- Writing ----------------------------------------------------------------- */

static void keep(struct cache *cache, const char *by, const char *tree,
                 GVariant *value)
{
    g_autoptr(GVariant) sunk = g_variant_ref_sink(value);
    g_autofree char *key = manifest_key(by, tree);

    cache_put(cache, KIND, key, g_variant_get_data(sunk),
              g_variant_get_size(sunk));
}

static GVariant *lines_variant(const GArray *lines)
{
    GVariantBuilder builder;

    g_variant_builder_init(&builder, G_VARIANT_TYPE("a(ii)"));
    for (guint i = 0; i < lines->len; i++) {
        const struct manifest_line *line = &g_array_index(
            lines, struct manifest_line, i);

        g_variant_builder_add(&builder, "(ii)", line->from, line->to);
    }
    return g_variant_builder_end(&builder);
}

void manifest_keep_copy(struct cache *cache, const char *by,
                        const char *root, const char *tree,
                        const GPtrArray *changes)
{
    GVariantBuilder all;

    g_variant_builder_init(&all, G_VARIANT_TYPE(CHANGES));
    for (guint i = 0; i < changes->len; i++) {
        const struct manifest_change *change = changes->pdata[i];

        g_variant_builder_add(&all, "(sss@a(ii))", change->path, change->id,
                              change->key ? change->key : "",
                              lines_variant(change->lines));
    }
    keep(cache, by, tree, g_variant_new(
        "(s@" CHANGES "@" FILES "@" UNITS ")", root,
        g_variant_builder_end(&all),
        g_variant_new_array(G_VARIANT_TYPE("(ssy)"), NULL, 0),
        g_variant_new_array(G_VARIANT_TYPE("(sstauay)"), NULL, 0)));
}

/* --- Making one -------------------------------------------------------------- */

struct draft {
    struct manifest_unit unit;
    char *key;
    guint32 *closure;
    const struct ir_unit *ir;
};

struct manifest_builder {
    GHashTable *numbers;         /* virtual path → number + 1 */
    GArray *files;               /* struct manifest_file */
    GHashTable *texts;           /* id → GBytes * */
    GArray *drafts;              /* struct draft */
};

static void clear_draft(gpointer data)
{
    struct draft *draft = data;

    g_free(draft->key);
    g_free(draft->closure);
}

struct manifest_builder *manifest_builder_new(void)
{
    struct manifest_builder *builder = g_new0(struct manifest_builder, 1);

    builder->numbers = g_hash_table_new(g_str_hash, g_str_equal);
    builder->files = g_array_new(FALSE, FALSE, sizeof(struct manifest_file));
    builder->texts = g_hash_table_new_full(g_str_hash, g_str_equal, NULL,
                                           (GDestroyNotify)g_bytes_unref);
    builder->drafts = g_array_new(FALSE, FALSE, sizeof(struct draft));
    g_array_set_clear_func(builder->drafts, clear_draft);
    return builder;
}

void manifest_builder_free(struct manifest_builder *builder)
{
    if (builder) {
        g_hash_table_unref(builder->numbers);
        g_array_unref(builder->files);
        g_hash_table_unref(builder->texts);
        g_array_unref(builder->drafts);
        g_free(builder);
    }
}

guint32 manifest_builder_file(struct manifest_builder *builder,
                            const struct manifest_file *file, GBytes *text)
{
    guint number = GPOINTER_TO_UINT(g_hash_table_lookup(builder->numbers,
                                                        file->path));

    if (!number) {
        struct manifest_file copy = *file;

        copy.path = g_intern_string(file->path);
        copy.id = g_intern_string(file->id);
        g_array_append_val(builder->files, copy);
        number = builder->files->len;
        g_hash_table_insert(builder->numbers, borrow(copy.path),
                            GUINT_TO_POINTER(number));
        if (text) {
            g_hash_table_insert(builder->texts, borrow(copy.id),
                                g_bytes_ref(text));
        }
    }
    return number - 1;
}

void manifest_builder_share(struct manifest_builder *builder, guint32 file)
{
    g_array_index(builder->files, struct manifest_file, file).shared = true;
}

void manifest_builder_input(struct manifest_builder *builder, guint32 file)
{
    manifest_builder_share(builder, file);
    g_array_index(builder->files, struct manifest_file, file).input = true;
}

void manifest_builder_unit(struct manifest_builder *builder,
                         const struct manifest_unit *unit,
                         const struct ir_unit *ir)
{
    struct draft draft = { .unit = *unit, .ir = ir };

    draft.key = g_strdup(unit->key);
    draft.closure = g_memdup2(unit->closure,
                              unit->n_closure * sizeof(*unit->closure));
    draft.unit.target = g_intern_string(unit->target);
    g_array_append_val(builder->drafts, draft);
}

/* The number in BUILDER of OTHER's file NO. */
static guint32 take_file(struct manifest_builder *builder,
                         const struct manifest_builder *other, guint32 no)
{
    const struct manifest_file *file = &g_array_index(
        other->files, struct manifest_file, no);
    guint32 own = manifest_builder_file(
        builder, file, g_hash_table_lookup(other->texts, file->id));

    if (file->shared) {
        manifest_builder_share(builder, own);
    }
    return own;
}

void manifest_builder_take(struct manifest_builder *builder,
                           const struct manifest_builder *other, guint i)
{
    const struct draft *draft = &g_array_index(other->drafts, struct draft, i);
    g_autofree guint32 *closure = g_new(guint32, draft->unit.n_closure);
    struct manifest_unit unit = draft->unit;

    for (gsize f = 0; f < unit.n_closure; f++) {
        closure[f] = take_file(builder, other, draft->closure[f]);
    }
    unit.key = draft->key;
    unit.closure = closure;
    manifest_builder_unit(builder, &unit, draft->ir);
}

static GVariant *marks_of(const struct ir_unit *ir)
{
    guint n = ir_unit_n_symbols(ir);
    g_autofree guint8 *marks = g_new(guint8, n + 1);

    for (guint i = 0; i < n; i++) {
        marks[i] = ir_unit_is_read(ir, i);
    }
    return g_variant_new_fixed_array(G_VARIANT_TYPE_BYTE, marks, n, 1);
}

static GVariant *units_variant(const struct manifest_builder *builder)
{
    GVariantBuilder units;

    g_variant_builder_init(&units, G_VARIANT_TYPE(UNITS));
    for (guint i = 0; i < builder->drafts->len; i++) {
        const struct draft *draft = &g_array_index(builder->drafts,
                                                   struct draft, i);
        GVariant *closure = g_variant_new_fixed_array(
            G_VARIANT_TYPE_UINT32, draft->closure, draft->unit.n_closure,
            sizeof(*draft->closure));

        g_variant_builder_add(&units, "(sst@au@ay)", draft->key,
                              draft->unit.target,
                              (guint64)draft->unit.targets, closure,
                              marks_of(draft->ir));
    }
    return g_variant_builder_end(&units);
}

static GVariant *files_variant(const struct manifest_builder *builder)
{
    GVariantBuilder files;

    g_variant_builder_init(&files, G_VARIANT_TYPE(FILES));
    for (guint i = 0; i < builder->files->len; i++) {
        const struct manifest_file *file = &g_array_index(
            builder->files, struct manifest_file, i);
        guint8 flags = (guint8)((file->generated ? GENERATED : 0) |
                                (file->shared ? SHARED : 0) |
                                (file->input ? INPUT : 0));

        g_variant_builder_add(&files, "(ssy)", file->path, file->id, flags);
    }
    return g_variant_builder_end(&files);
}

static void keep_texts(const struct manifest_builder *builder,
                       struct cache *cache)
{
    GHashTableIter iter;
    gpointer id, text;

    g_hash_table_iter_init(&iter, builder->texts);
    while (g_hash_table_iter_next(&iter, &id, &text)) {
        g_autoptr(GBytes) known = cache_get(cache, "text", id);
        gsize length;
        const void *data = g_bytes_get_data(text, &length);

        if (!known) {
            cache_put(cache, "text", id, data, length);
        }
    }
}

void manifest_builder_keep(struct manifest_builder *builder,
                           struct cache *cache, const char *by,
                           const char *tree)
{
    keep_texts(builder, cache);
    keep(cache, by, tree, g_variant_new(
        "(s@" CHANGES "@" FILES "@" UNITS ")", tree,
        g_variant_new_array(G_VARIANT_TYPE("(sssa(ii))"), NULL, 0),
        files_variant(builder), units_variant(builder)));
}
