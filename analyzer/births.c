/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "births.h"

#include "source/source.h"

#include <string.h>

#define NAME_MAX_LENGTH 80

struct births {
    struct repository *repo;
    struct source *head;
    const struct facts *facts;
    GHashTable *names;       /* all types of FACTS */
    GHashTable *by_tag;      /* "v7.2.0" → set of names, or NULL: no tag */
    GHashTable *in_head;     /* set of names, NULL until it is needed */
};

static void free_set(void *set)
{
    g_clear_pointer((GHashTable **)&set, g_hash_table_unref);
}

struct births *births_new(struct repository *repo, struct source *head,
                          const struct facts *facts)
{
    struct births *births = g_new0(struct births, 1);

    births->repo = repo;
    births->head = head;
    births->facts = facts;
    births->names = g_hash_table_new(g_str_hash, g_str_equal);
    births->by_tag = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
                                           free_set);
    for (guint i = 0; i < facts->types->len; i++) {
        g_hash_table_add(births->names, (gpointer)(uintptr_t)
                         facts_type_at(facts, i)->name);
    }
    return births;
}

void births_free(struct births *births)
{
    g_hash_table_unref(births->names);
    g_hash_table_unref(births->by_tag);
    g_clear_pointer(&births->in_head, g_hash_table_unref);
    g_free(births);
}

/* --- Names in a tree ---------------------------------------------------- */

/* Adds what stands between quotes in one line and is the name of a type. */
static void scan_line(const struct births *births, const char *line,
                      const char *end, GHashTable *found)
{
    const char *open;

    while ((open = memchr(line, '"', end - line))) {
        const char *start = open + 1;
        const char *close = memchr(start, '"', end - start);
        char name[NAME_MAX_LENGTH + 1];
        gpointer known;

        if (!close) {
            return;
        }
        line = close + 1;
        if (close - start > NAME_MAX_LENGTH) {
            continue;
        }
        memcpy(name, start, close - start);
        name[close - start] = '\0';
        known = g_hash_table_lookup(births->names, name);
        if (known) {
            g_hash_table_add(found, known);
        }
    }
}

static void scan(const struct births *births, GBytes *bytes,
                 GHashTable *found)
{
    gsize size;
    const char *text = g_bytes_get_data(bytes, &size);
    const char *end = text + size;

    while (text < end) {
        const char *newline = memchr(text, '\n', end - text);
        const char *stop = newline ? newline : end;

        scan_line(births, text, stop, found);
        text = stop + 1;
    }
}

/* The names that the C files of SOURCE spell out; NULL where one of them
 * cannot be read. */
static GHashTable *names_in(const struct births *births,
                            struct source *source)
{
    g_autoptr(GHashTable) found = g_hash_table_new(NULL, NULL);

    for (guint i = 0; i < source_n_files(source); i++) {
        const struct source_file *file = source_file(source, i);
        g_autoptr(GBytes) bytes = NULL;

        if (!g_str_has_suffix(file->path, ".c") &&
            !g_str_has_suffix(file->path, ".h")) {
            continue;
        }
        bytes = source_read(source, file, NULL);
        if (!bytes) {
            return NULL;
        }
        scan(births, bytes, found);
    }
    return g_steal_pointer(&found);
}

/* --- Releases ----------------------------------------------------------- */

static GHashTable *names_of_release(struct births *births,
                                    const struct version *version)
{
    g_autofree char *tag =
        g_strdup_printf("v%d.%d.0", version->major, version->minor);
    g_autoptr(Source) source = NULL;
    gpointer names = NULL;

    if (!g_hash_table_lookup_extended(births->by_tag, tag, NULL, &names)) {
        source = source_open_git(births->repo, tag, NULL);
        names = source ? names_in(births, source) : NULL;
        g_hash_table_insert(births->by_tag, g_steal_pointer(&tag), names);
    }
    return names;
}

static bool is_between(const struct version *version,
                       const struct version *low, const struct version *high)
{
    return version_compare(version, low) > 0 &&
           (!high || version_compare(version, high) < 0);
}

/* The version of an array that follows VERSION; false: none does. */
static bool next_version(const struct facts *facts, struct version *version)
{
    const struct version *next = NULL;

    for (guint i = 0; i < facts->arrays->len; i++) {
        const struct compat_array *array = facts->arrays->pdata[i];

        if (array->has_version &&
            is_between(&array->version, version, next)) {
            next = &array->version;
        }
    }
    if (next) {
        *version = *next;
    }
    return next;
}

enum check_past births_past(void *opaque, const char *type,
                            const struct version *version)
{
    struct births *births = opaque;
    struct version at = *version;
    GHashTable *names;

    do {
        names = names_of_release(births, &at);
    } while (!names && next_version(births->facts, &at));
    if (!names || g_hash_table_contains(names, type)) {
        return names ? PAST_HAD : PAST_UNKNOWN;
    }
    if (!births->in_head) {
        births->in_head = names_in(births, births->head);
    }
    return births->in_head && g_hash_table_contains(births->in_head, type)
           ? PAST_LACKED : PAST_UNKNOWN;
}
