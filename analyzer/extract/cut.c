/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "extract/cut.h"

#include <string.h>

static void start(struct cut *cut, guint n)
{
    *cut = (struct cut) { .n = n };
    names_init(&cut->names);
    cut->chunks = g_new0(GArray *, n);
    cut->bytes = g_new0(GBytes *, n);
}

/* Takes BYTES, which may be NULL. */
static void add(struct cut *cut, guint i, GBytes *bytes)
{
    gsize length;
    const char *text = bytes ? g_bytes_get_data(bytes, &length) : NULL;

    cut->bytes[i] = bytes;
    if (bytes) {
        cut->chunks[i] = chunks_cut(&cut->names, text ? text : "",
                                    text ? length : 0);
    }
}

void cut_file(const struct bodies_request *r, const char *path,
              struct cut *ret)
{
    start(ret, r->n);
    for (guint i = 0; i < r->n; i++) {
        const struct source_file *file = source_find(r->sources[i], path);

        add(ret, i, file ? extract_memory_read(r->memory, r->sources[i],
                                            file) : NULL);
    }
}

void cut_bytes(struct cut *ret, GBytes *bytes)
{
    start(ret, 1);
    add(ret, 0, g_bytes_ref(bytes));
}

void cut_clear(struct cut *cut)
{
    for (guint i = 0; i < cut->n; i++) {
        g_clear_pointer(&cut->chunks[i], g_array_unref);
        g_clear_pointer(&cut->bytes[i], g_bytes_unref);
    }
    g_free(cut->chunks);
    g_free(cut->bytes);
    names_clear(&cut->names);
}

guint32 cut_number(const struct cut *cut, const char *word)
{
    gpointer id = g_hash_table_lookup(cut->names.by_text, word);

    return id ? GPOINTER_TO_UINT(id) - 1 : G_MAXUINT32;
}

bool chunk_uses(const struct chunk *chunk, guint32 id)
{
    guint low = 0, high = chunk->uses->len;

    while (low < high) {
        guint middle = (low + high) / 2;
        guint32 at = g_array_index(chunk->uses, guint32, middle);

        if (at == id) {
            return true;
        }
        low = at < id ? middle + 1 : low;
        high = at < id ? high : middle;
    }
    return false;
}

bool chunk_uses_any(const struct chunk *chunk, GHashTable *ids)
{
    for (guint i = 0; i < chunk->uses->len; i++) {
        guint32 id = g_array_index(chunk->uses, guint32, i);

        if (g_hash_table_contains(ids, GUINT_TO_POINTER(id))) {
            return true;
        }
    }
    return false;
}

bool chunk_join(GHashTable *ids, const struct chunk *chunk)
{
    bool any = false;

    for (guint i = 0; i < chunk->defines->len; i++) {
        guint32 id = g_array_index(chunk->defines, guint32, i);

        any |= g_hash_table_add(ids, GUINT_TO_POINTER(id));
    }
    return any;
}

bool cut_is_registration(const struct cut *cut, const struct chunk *chunk)
{
    static const char *const tables[] = {
        "ObjectClass", "TypeInfo", "VMStateDescription", "Property",
        "MemoryRegionOps",
    };

    for (gsize i = 0; i < G_N_ELEMENTS(tables); i++) {
        if (chunk_uses(chunk, cut_number(cut, tables[i]))) {
            return true;
        }
    }
    return false;
}

void cut_close_over(GHashTable *ids, const struct cut *cut,
                    const GArray *chunks)
{
    for (bool more = chunks != NULL; more;) {
        more = false;
        for (guint i = 0; i < chunks->len; i++) {
            const struct chunk *chunk = chunk_at(chunks, i);

            more |= chunk_uses_any(chunk, ids) &&
                    !cut_is_registration(cut, chunk) &&
                    chunk_join(ids, chunk);
        }
    }
}

bool cut_is_unit(const char *path)
{
    return g_str_has_suffix(path, ".c") &&
           (g_str_has_prefix(path, "hw/") ||
            g_str_has_prefix(path, "target/") ||
            g_str_has_prefix(path, "backends/") || !strchr(path, '/'));
}
