/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "extract/bodies.h"

#include "base/borrow.h"
#include "base/forks.h"
#include "extract/chunk.h"
#include "extract/cut.h"
#include "extract/setter-text.h"
#include "extract/words.h"

#include <string.h>

/* Fewer files are not worth another process. */
#define MIN_SHARED_FILES 32

struct selection {
    const struct bodies_request *request;
    GPtrArray *units;            /* const char *: paths to look at */
    GHashTable *changed;         /* interned names of macros and the like
                                    that differ in headers */
    GHashTable *redefined;       /* those of them that both revisions have */
    GHashTable *result;
};

/* --- Headers ---------------------------------------------------------------- */

/* What a struct holds decides the size of the space that shows it. */
static bool shows_config(const struct cut *cut, const struct chunk *chunk)
{
    for (guint i = 0; i < chunk->defines->len; i++) {
        guint32 id = g_array_index(chunk->defines, guint32, i);
        const char *name = cut->names.texts->pdata[id];

        if (g_str_has_suffix(name, "_config") ||
            g_str_has_suffix(name, "Config")) {
            return true;
        }
    }
    return false;
}

/* A macro, an enumeration or a config struct: what others are built from. */
static bool is_material(const struct cut *cut, const struct chunk *chunk)
{
    return chunk_uses(chunk, cut_number(cut, "define")) ||
           (chunk_uses(chunk, cut_number(cut, "enum")) &&
            !chunk_uses(chunk, cut_number(cut, "struct"))) ||
           shows_config(cut, chunk);
}

/* The material of A that B does not have so; interned names. */
static GHashTable *differing(const struct cut *cut, const GArray *a,
                             const GArray *b)
{
    GHashTable *changed = g_hash_table_new(NULL, NULL);
    g_autoptr(GHashTable) known = chunks_set(b);

    for (guint i = 0; i < a->len; i++) {
        const struct chunk *chunk = chunk_at(a, i);

        if (g_hash_table_contains(known, chunk->hash) ||
            !is_material(cut, chunk)) {
            continue;
        }
        for (guint d = 0; d < chunk->defines->len; d++) {
            guint32 id = g_array_index(chunk->defines, guint32, d);

            g_hash_table_add(changed, borrow(g_intern_string(
                cut->names.texts->pdata[id])));
        }
    }
    return changed;
}

static void add_changed(struct selection *s, GHashTable *names,
                        GHashTable *others)
{
    GHashTableIter iter;
    gpointer name;

    g_hash_table_iter_init(&iter, names);
    while (g_hash_table_iter_next(&iter, &name, NULL)) {
        g_hash_table_add(s->changed, name);
        if (g_hash_table_contains(others, name)) {
            g_hash_table_add(s->redefined, name);
        }
    }
}

static void compare_header(struct selection *s, const char *path)
{
    struct cut cut;
    GArray *base, *head;

    cut_file(s->request, path, &cut);
    base = cut.chunks[s->request->base];
    head = cut.chunks[s->request->head];
    if (base && head) {
        g_autoptr(GHashTable) before = differing(&cut, base, head);
        g_autoptr(GHashTable) after = differing(&cut, head, base);

        add_changed(s, before, after);
        add_changed(s, after, before);
    }
    cut_clear(&cut);
}

/* --- Units ------------------------------------------------------------------ */

static void add_ids(GHashTable *ids, const struct cut *cut,
                    GHashTable *texts)
{
    for (guint i = 0; texts && i < cut->names.texts->len; i++) {
        if (g_hash_table_contains(texts, cut->names.texts->pdata[i])) {
            g_hash_table_add(ids, GUINT_TO_POINTER(i));
        }
    }
}

/* Whether "config" and "wmask" mean those of a PCI device in this file. */
static bool is_pci(const struct cut *cut)
{
    return cut_number(cut, "PCIDevice") != G_MAXUINT32 ||
           cut_number(cut, "PCI_DEVICE") != G_MAXUINT32;
}

/* Names of what a guest sees. */
static GHashTable *visible_names(struct selection *s, const struct cut *cut)
{
    GHashTable *ids = g_hash_table_new(NULL, NULL);

    for (guint i = 0; i < cut->names.texts->len; i++) {
        const char *text = cut->names.texts->pdata[i];

        if (s->request->is_visible(text) &&
            (!s->request->is_space(text) || is_pci(cut))) {
            g_hash_table_add(ids, GUINT_TO_POINTER(i));
        }
    }
    return ids;
}

/* Where calls that set properties differ, these show as well, and so does
 * what makes the objects. */
static GHashTable *makers(struct selection *s, const struct cut *cut,
                          GHashTable *visible)
{
    GHashTable *ids = g_hash_table_new(NULL, NULL);

    if (!setter_text_differs(cut->bytes[s->request->base],
                             cut->bytes[s->request->head])) {
        return ids;
    }
    for (guint i = 0; i < cut->names.texts->len; i++) {
        const char *text = cut->names.texts->pdata[i];

        if (s->request->is_setter(text)) {
            g_hash_table_add(visible, GUINT_TO_POINTER(i));
        } else if (s->request->is_maker(text)) {
            g_hash_table_add(ids, GUINT_TO_POINTER(i));
        }
    }
    return ids;
}

/* Adds all that uses one of MADE to WANTED. */
static void add_makers(const struct cut *cut, GHashTable *wanted,
                       GHashTable *made)
{
    for (guint i = 0; i < cut->n && g_hash_table_size(made); i++) {
        for (guint c = 0; cut->chunks[i] && c < cut->chunks[i]->len; c++) {
            const struct chunk *chunk = chunk_at(cut->chunks[i], c);

            if (chunk_uses_any(chunk, made) &&
                !cut_is_registration(cut, chunk)) {
                chunk_join(wanted, chunk);
            }
        }
    }
}

/* What CHUNKS define that OTHER does not have so and that may show. */
static void add_wanted(struct selection *s, const struct cut *cut,
                       GHashTable *wanted, const GArray *chunks,
                       const GArray *other, GHashTable *visible)
{
    g_autoptr(GHashTable) known = chunks_set(other);
    g_autoptr(GHashTable) changed = g_hash_table_new(NULL, NULL);
    g_autoptr(GHashTable) fields = g_hash_table_new(NULL, NULL);

    add_ids(changed, cut, s->changed);
    add_ids(fields, cut, s->request->fields);
    for (guint i = 0; chunks && i < chunks->len; i++) {
        if (!g_hash_table_contains(known, chunk_at(chunks, i)->hash) &&
            is_material(cut, chunk_at(chunks, i))) {
            chunk_join(changed, chunk_at(chunks, i));
        }
    }
    for (guint i = 0; chunks && i < chunks->len; i++) {
        const struct chunk *chunk = chunk_at(chunks, i);

        bool differs = !g_hash_table_contains(known, chunk->hash);

        if (!cut_is_registration(cut, chunk) &&
            ((differs && chunk_uses_any(chunk, fields)) ||
             ((differs || chunk_uses_any(chunk, changed)) &&
              chunk_uses_any(chunk, visible)))) {
            chunk_join(wanted, chunk);
        }
    }
}

static void keep_names(struct selection *s, const char *path,
                       GHashTable *names)
{
    g_hash_table_insert(s->result, borrow(g_intern_string(path)), names);
}

static GHashTable *names_of(const struct cut *cut, GHashTable *ids)
{
    GHashTable *names = g_hash_table_new(NULL, NULL);
    GHashTableIter iter;
    gpointer id;

    g_hash_table_iter_init(&iter, ids);
    while (g_hash_table_iter_next(&iter, &id, NULL)) {
        g_hash_table_add(names, borrow(g_intern_string(
            cut->names.texts->pdata[GPOINTER_TO_UINT(id)])));
    }
    return names;
}

static bool mentions(GBytes *bytes, const char *word)
{
    gsize length;
    const char *text = g_bytes_get_data(bytes, &length);

    return text && memmem(text, length, word, strlen(word));
}

/* Whether it is worth cutting: what a guest sees comes through the functions
 * of PCI and virtio. */
static bool may_show(const struct selection *s, GBytes *bytes)
{
    GHashTableIter iter;
    gpointer field;

    if (mentions(bytes, "pci") || mentions(bytes, "virtio") ||
        mentions(bytes, "msi") || mentions(bytes, "PCI")) {
        return true;
    }
    g_hash_table_iter_init(&iter, s->request->fields);
    while (g_hash_table_iter_next(&iter, &field, NULL)) {
        if (mentions(bytes, field)) {
            return true;
        }
    }
    return false;
}

static bool skips(const struct selection *s, const char *path)
{
    return s->request->skip && g_hash_table_contains(
        s->request->skip, g_intern_string(path));
}

static GBytes *read_side(const struct selection *s, guint side,
                         const char *path)
{
    struct source *source = s->request->sources[side];
    const struct source_file *file = source_find(source, path);

    return file ? extract_memory_read(s->request->memory, source, file) : NULL;
}

static bool is_worth_it(const struct selection *s, const char *path)
{
    g_autoptr(GBytes) base = read_side(s, s->request->base, path);
    g_autoptr(GBytes) head = read_side(s, s->request->head, path);

    return (base && may_show(s, base)) || (head && may_show(s, head)) ||
           setter_text_differs(base, head);
}

static void compare_unit(struct selection *s, const char *path)
{
    struct cut cut;
    g_autoptr(GHashTable) wanted = g_hash_table_new(NULL, NULL);

    cut_file(s->request, path, &cut);
    g_autoptr(GHashTable) visible = visible_names(s, &cut);
    const GArray *base = cut.chunks[s->request->base];
    const GArray *head = cut.chunks[s->request->head];
    g_autoptr(GHashTable) made = makers(s, &cut, visible);

    cut_close_over(visible, &cut, base);
    cut_close_over(visible, &cut, head);
    add_wanted(s, &cut, wanted, base, head, visible);
    add_wanted(s, &cut, wanted, head, base, visible);
    if (g_hash_table_size(wanted)) {
        add_makers(&cut, wanted, made);
        for (guint i = 0; i < cut.n; i++) {
            cut_close_over(wanted, &cut, cut.chunks[i]);
        }
        keep_names(s, path, names_of(&cut, wanted));
    }
    cut_clear(&cut);
}

/* --- Units that did not change ---------------------------------------------- */

static bool names_any(GBytes *bytes, const struct words *words)
{
    gsize length;
    const char *at = g_bytes_get_data(bytes, &length);

    return at && words_next(words, &at, at + length);
}

/* Whether a unit that is as it was is another one, for what it is built on. */
static bool is_user(const struct selection *s, const struct source_file *file,
                    const struct words *redefined)
{
    struct source *head = s->request->sources[s->request->head];
    g_autoptr(GBytes) bytes = extract_memory_read(s->request->memory, head,
                                                  file);

    return bytes && may_show(s, bytes) && names_any(bytes, redefined);
}

static void add_users(struct selection *s)
{
    struct source *head = s->request->sources[s->request->head];
    g_autoptr(GHashTable) done = g_hash_table_new(g_str_hash, g_str_equal);

    if (!g_hash_table_size(s->redefined)) {
        return;
    }
    struct words *redefined = words_new();
    GHashTableIter iter;
    gpointer name;

    g_hash_table_iter_init(&iter, s->redefined);
    while (g_hash_table_iter_next(&iter, &name, NULL)) {
        words_add(redefined, name, 1);
    }
    for (guint i = 0; i < s->request->paths->len; i++) {
        g_hash_table_add(done, s->request->paths->pdata[i]);
    }
    for (guint i = 0; i < source_n_files(head); i++) {
        const struct source_file *file = source_file(head, i);

        if (cut_is_unit(file->path) &&
            !g_hash_table_contains(done, file->path) &&
            !skips(s, file->path) && is_user(s, file, redefined)) {
            g_ptr_array_add(s->units, borrow(file->path));
        }
    }
    words_free(redefined);
}

/* --- All of them, by several processes ---------------------------------------- */

static void add_changed_units(struct selection *s)
{
    for (guint i = 0; i < s->request->paths->len; i++) {
        const char *path = s->request->paths->pdata[i];

        if (cut_is_unit(path) && !skips(s, path) && is_worth_it(s, path)) {
            g_ptr_array_add(s->units, borrow(path));
        }
    }
}

/* Hands in the names, each with its NUL. */
static void work(void *opaque, guint from, guint to, struct forks *forks)
{
    struct selection *s = opaque;

    for (guint i = from; i < to; i++) {
        const char *path = s->units->pdata[i];
        g_autoptr(GByteArray) text = g_byte_array_new();

        compare_unit(s, path);
        GHashTable *names = g_hash_table_lookup(s->result,
                                                g_intern_string(path));
        GHashTableIter iter;
        gpointer name;

        if (names) {
            g_hash_table_iter_init(&iter, names);
            while (g_hash_table_iter_next(&iter, &name, NULL)) {
                g_byte_array_append(text, name, (guint)strlen(name) + 1);
            }
        }
        forks_put(forks, i, text->data, text->len);
    }
}

static void take(void *opaque, guint number, GBytes *result)
{
    struct selection *s = opaque;
    GHashTable *names = g_hash_table_new(NULL, NULL);
    gsize length;
    const char *at = g_bytes_get_data(result, &length);

    for (gsize i = 0; i < length; i += strlen(at + i) + 1) {
        g_hash_table_add(names, borrow(g_intern_string(at + i)));
    }
    if (g_hash_table_size(names)) {
        keep_names(s, s->units->pdata[number], names);
    } else {
        g_hash_table_unref(names);
    }
}

static void compare_units(struct selection *s)
{
    guint n = s->units->len;

    if (s->request->jobs != 1 && n >= MIN_SHARED_FILES &&
        forks_finish(forks_start(n, s->request->jobs, work, s), take, s,
                     NULL)) {
        return;
    }
    for (guint i = 0; i < n; i++) {
        compare_unit(s, s->units->pdata[i]);
    }
}

GHashTable *bodies_select(const struct bodies_request *request)
{
    struct selection s = {
        .request = request,
        .units = g_ptr_array_new(),
        .changed = g_hash_table_new(g_str_hash, g_str_equal),
        .redefined = g_hash_table_new(g_str_hash, g_str_equal),
        .result = g_hash_table_new_full(NULL, NULL, NULL,
                                        (GDestroyNotify)g_hash_table_unref),
    };

    for (guint i = 0; i < request->paths->len; i++) {
        if (g_str_has_suffix(request->paths->pdata[i], ".h")) {
            compare_header(&s, request->paths->pdata[i]);
        }
    }
    add_changed_units(&s);
    add_users(&s);
    compare_units(&s);
    g_ptr_array_unref(s.units);
    g_hash_table_unref(s.changed);
    g_hash_table_unref(s.redefined);
    return s.result;
}
