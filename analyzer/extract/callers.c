/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "extract/callers.h"

#include "base/borrow.h"
#include "extract/chunk.h"
#include "extract/cut.h"

#include <string.h>

/* More than these, and it is no helper of devices but everyone's. */
enum { MAX_ROUNDS = 6, MAX_NAMES = 400 };

struct callers {
    struct source *source;
    struct extract_memory *memory;       /* or NULL */
    GHashTable *skip;
    GPtrArray *texts;            /* struct text *; NULL: not read yet */
};

struct search {
    struct callers *callers;
    GHashTable *found;           /* the result */
    GPtrArray *names;            /* of external linkage, still to look for */
    GHashTable *asked;           /* all that ever were in names */
};

struct text {
    const char *path;
    GBytes *bytes;
    struct cut *cut;             /* NULL: nothing was looked for in it yet */
};

static void text_free(gpointer data)
{
    struct text *text = data;

    if (text->cut) {
        cut_clear(text->cut);
        g_free(text->cut);
    }
    g_bytes_unref(text->bytes);
    g_free(text);
}

static void read_texts(struct callers *s)
{
    s->texts = g_ptr_array_new_with_free_func(text_free);
    for (guint i = 0; i < source_n_files(s->source); i++) {
        const struct source_file *file = source_file(s->source, i);
        GBytes *bytes;

        if (!cut_is_unit(file->path)) {
            continue;
        }
        bytes = extract_memory_read(s->memory, s->source, file);
        if (bytes) {
            struct text *text = g_new(struct text, 1);

            *text = (struct text) { .path = file->path, .bytes = bytes };
            g_ptr_array_add(s->texts, text);
        }
    }
}

static void ask_for(struct search *s, const char *name)
{
    if (g_hash_table_size(s->asked) < MAX_NAMES &&
        g_hash_table_add(s->asked, borrow(name))) {
        g_ptr_array_add(s->names, borrow(name));
        g_hash_table_add(s->found, borrow(name));
    }
}

static void note(struct search *s, const struct text *text,
                 const struct cut *cut, const struct chunk *chunk)
{
    bool hidden = chunk_uses(chunk, cut_number(cut, "static"));

    for (guint i = 0; i < chunk->defines->len; i++) {
        guint32 id = g_array_index(chunk->defines, guint32, i);
        const char *name = g_intern_string(cut->names.texts->pdata[id]);
        g_autofree char *full = g_strdup_printf("%s:%s", text->path, name);

        g_hash_table_add(s->found, borrow(g_intern_string(full)));
        if (!hidden) {
            ask_for(s, name);
        }
    }
}

/* Callers of NAME in one file, and theirs. */
static void search_text(struct search *s, struct text *text, const char *name)
{
    g_autoptr(GHashTable) ids = g_hash_table_new(NULL, NULL);
    const GArray *chunks;
    guint32 id;

    if (!text->cut) {
        text->cut = g_new0(struct cut, 1);
        cut_bytes(text->cut, text->bytes);
    }
    id = cut_number(text->cut, name);
    chunks = text->cut->chunks[0];
    if (id == G_MAXUINT32) {
        return;
    }
    g_hash_table_add(ids, GUINT_TO_POINTER(id));
    cut_close_over(ids, text->cut, chunks);
    for (guint i = 0; i < chunks->len; i++) {
        const struct chunk *chunk = chunk_at(chunks, i);

        if (chunk_uses_any(chunk, ids) &&
            !cut_is_registration(text->cut, chunk)) {
            note(s, text, text->cut, chunk);
        }
    }
}

static void search_all(struct search *s, const char *name)
{
    GPtrArray *texts = s->callers->texts;

    for (guint i = 0; i < texts->len; i++) {
        struct text *text = g_ptr_array_index(texts, i);
        gsize length;
        const char *at = g_bytes_get_data(text->bytes, &length);

        if (!g_hash_table_contains(s->callers->skip, text->path) && at &&
            memmem(at, length, name, strlen(name))) {
            search_text(s, text, name);
        }
    }
}

struct callers *callers_new(struct source *source,
                            struct extract_memory *memory, GHashTable *skip)
{
    struct callers *callers = g_new0(struct callers, 1);

    callers->source = source;
    callers->memory = memory;
    callers->skip = skip;
    return callers;
}

void callers_free(struct callers *callers)
{
    if (callers) {
        g_clear_pointer(&callers->texts, g_ptr_array_unref);
        g_free(callers);
    }
}

GHashTable *callers_find(struct callers *callers, const char *name)
{
    struct search s = {
        .callers = callers,
        .found = g_hash_table_new(NULL, NULL),
        .names = g_ptr_array_new(),
        .asked = g_hash_table_new(NULL, NULL),
    };

    if (!callers->texts) {
        read_texts(callers);
    }
    ask_for(&s, g_intern_string(name));
    for (guint i = 0; i < s.names->len; i++) {
        search_all(&s, g_ptr_array_index(s.names, i));
    }
    g_ptr_array_unref(s.names);
    g_hash_table_unref(s.asked);
    return s.found;
}
