/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Objects and the places in them.  Everything lives until the end of the
 * evaluation: a dangling pointer of the evaluated code stays harmless.
 */
#include "qom/interp.h"

#include <string.h>

#define BLOCK_SIZE (256 * 1024)

void *interp_alloc(struct interp *in, size_t size)
{
    size = (size + 15) & ~(size_t)15;
    if (size > in->block_left) {
        size_t block = MAX(size, (size_t)BLOCK_SIZE);

        in->block_next = g_malloc0(block);
        in->block_left = block;
        in->memory += block;
        g_ptr_array_add(in->blocks, in->block_next);
    }
    void *p = in->block_next;
    in->block_next += size;
    in->block_left -= size;
    return p;
}

const char *interp_string(struct interp *in, const char *text)
{
    if (!*text) {
        return "";
    }
    in->memory += strlen(text);
    return g_string_chunk_insert_const(in->strings, text);
}

struct object *object_make(struct interp *in, enum object_kind kind)
{
    struct object *object = interp_alloc(in, sizeof(*object));

    object->kind = kind;
    return object;
}

void object_release(struct object *object)
{
    g_clear_pointer(&object->cells, g_hash_table_destroy);
    g_clear_pointer(&object->children, g_hash_table_destroy);
    if (object->list) {
        g_array_free(object->list, true);
        object->list = NULL;
    }
}

/* --- Places -------------------------------------------------------------- */

struct place place_resolve(struct place place)
{
    while (place.object && place.object->children) {
        struct object *child = g_hash_table_lookup(place.object->children,
                                                   place.path);

        if (!child) {
            break;
        }
        place = (struct place){ child, "" };
    }
    return place;
}

struct join_cache {
    const char *a, *b, *c, *joined;
};

enum { JOIN_CACHE_SIZE = 4096 };

/* Most paths are made again and again from the same three strings. */
static struct join_cache *cached_join(struct interp *in, const char *a,
                                      const char *b, const char *c)
{
    guint hash = g_direct_hash(a) * 31 + g_direct_hash(b) * 7 +
                 g_direct_hash(c);

    if (!in->joins) {
        in->joins = g_new0(struct join_cache, JOIN_CACHE_SIZE);
    }
    return &in->joins[(hash ^ hash >> 12) % JOIN_CACHE_SIZE];
}

const char *path_join(struct interp *in, const char *a, const char *b,
                      const char *c)
{
    char text[512];
    g_autofree char *longer = NULL;

    if (strlen(a) + strlen(b) + strlen(c) < sizeof(text)) {
        stpcpy(stpcpy(stpcpy(text, a), b), c);
        return interp_string(in, text);
    }
    longer = g_strconcat(a, b, c, NULL);
    return strlen(longer) < MAX_STRING ? interp_string(in, longer) : NULL;
}

/* The parts must live as long as the interpreter. */
static const char *join(struct interp *in, const char *a, const char *b,
                        const char *c)
{
    struct join_cache *cached = cached_join(in, a, b, c);

    if (cached->a != a || cached->b != b || cached->c != c) {
        *cached = (struct join_cache){ a, b, c, path_join(in, a, b, c) };
    }
    return cached->joined;
}

/* Property.defval is a union: its members are one value. */
static bool is_default_union(struct place place)
{
    return g_str_has_suffix(place.path, ".defval");
}

struct place place_member(struct interp *in, struct place place,
                          const char *field, const char *record)
{
    bool qualified;

    place = place_resolve(place);
    if (!place.object || !field || !*field || is_default_union(place)) {
        return place;
    }
    qualified = (place.object->kind == OBJECT_CLASS ||
                 place.object->kind == OBJECT_INSTANCE) && !*place.path;
    if (!qualified || !record) {
        place.path = join(in, place.path, ".", field);
    } else if (!record_is_parent(in, record, field)) {
        place.path = join(in, type_bare(record), ".", field);
    }
    if (!place.path) {
        return (struct place){ NULL, NULL };
    }
    return place_resolve(place);
}

struct place place_index(struct interp *in, struct place place, int64_t n)
{
    char index[32];

    if (!place.object) {
        return place;
    }
    g_snprintf(index, sizeof(index), "[%" G_GINT64_FORMAT "]", n);
    place.path = path_join(in, place.path, index, "");
    if (!place.path) {
        return (struct place){ NULL, NULL };
    }
    return place_resolve(place);
}

const char *path_last_index(const char *path)
{
    size_t length = strlen(path);

    return length && path[length - 1] == ']' ? strrchr(path, '[') : NULL;
}

bool place_advance(struct interp *in, struct place *place, int64_t n)
{
    const char *index = place->object ? path_last_index(place->path) : NULL;
    int64_t to;

    if (!index ||
        __builtin_add_overflow(g_ascii_strtoll(index + 1, NULL, 10), n,
                               &to) || to < 0) {
        return false;
    }
    *place = place_index(in, place_array(in, *place), to);
    return place->object != NULL;
}

struct place place_array(struct interp *in, struct place place)
{
    const char *index = place.object ? path_last_index(place.path) : NULL;

    if (index) {
        g_autofree char *head = g_strndup(place.path, index - place.path);

        place.path = interp_string(in, head);
    }
    return place;
}
