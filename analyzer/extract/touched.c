/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "extract/touched.h"

#include "base/borrow.h"
#include "extract/chunk.h"
#include "extract/includes.h"
#include "extract/near.h"
#include "extract/plan-internal.h"
#include "extract/words.h"

#include <string.h>

/* More names than that are in nearly every unit. */
#define MAX_NAMES 2000
/* So far may one name be from another; a longer way is no header of ours. */
#define MAX_ROUNDS 64
/* More units than that are found as fast by planning the tree. */
#define MAX_UNITS 400

/* A header of the tree; what it says now. */
struct header {
    guint32 no;                  /* of the manifest */
    const char *text;            /* borrowed */
    gsize length;
    GArray *chunks;              /* struct chunk; NULL: not cut yet */
    bool *doubtful;              /* by chunk */
};

/* A file of the manifest, by number. */
struct place {
    bool header;                 /* in chunks; else text of who includes it */
    bool hot;                    /* something in it is in doubt */
    bool always;                 /* that concerns all who include it */
    guint unit;                  /* the last one that was found to see it */
};

/* What may depend on something else than before: the names, and who defines
 * them. */
struct doubt {
    const struct touched_request *request;
    struct near *near;
    struct tree *tree;           /* what is generated now; NULL: the same */
    GArray *texts;               /* struct touched_text */
    GHashTable *changes;         /* of headers: no + 1 → struct touched_file * */
    GHashTable *changed;         /* relative paths */
    GArray *places;              /* struct place */
    GArray *headers;             /* struct header */
    struct names names;
    GHashTable *definers;        /* name + 1 → GArray of guint32: files */
    GArray *fresh;               /* guint32: names whose users are not known */
    struct words *words;         /* that are looked for */
    bool failed;
};

void touched_file_clear(gpointer data)
{
    struct touched_file *file = data;

    g_bytes_unref(file->old);
    g_bytes_unref(file->new);
}

static void free_file(gpointer file)
{
    touched_file_clear(file);
    g_free(file);
}

void touched_text_clear(gpointer data)
{
    struct touched_text *text = data;

    g_bytes_unref(text->text);
}

static GPtrArray *includes_of(GBytes *bytes)
{
    gsize length;
    const char *text = g_bytes_get_data(bytes, &length);

    return includes_scan(text ? text : "", length);
}

bool touched_same_includes(const struct touched_file *file)
{
    g_autoptr(GPtrArray) old = includes_of(file->old);
    g_autoptr(GPtrArray) new = includes_of(file->new);

    return includes_equal(old, new);
}

bool touched_has_parts(const struct touched_file *file)
{
    g_autoptr(GPtrArray) old = includes_of(file->old);
    g_autoptr(GPtrArray) new = includes_of(file->new);

    return includes_have_parts(old) || includes_have_parts(new);
}

static void clear_header(gpointer data)
{
    struct header *header = data;

    g_clear_pointer(&header->chunks, g_array_unref);
    g_free(header->doubtful);
}

static bool is_header(const char *path)
{
    return g_str_has_suffix(path, ".h");
}

/* --- Names in doubt ---------------------------------------------------------- */

static struct place *place_at(const struct doubt *d, guint32 no)
{
    return &g_array_index(d->places, struct place, no);
}

static void doubt_name(struct doubt *d, guint32 name, guint32 file)
{
    gpointer key = GUINT_TO_POINTER(name + 1);
    GArray *files = g_hash_table_lookup(d->definers, key);

    if (!files) {
        files = g_array_new(FALSE, FALSE, sizeof(guint32));
        g_hash_table_insert(d->definers, key, files);
        g_array_append_val(d->fresh, name);
    }
    g_array_append_val(files, file);
}

static void doubt_chunk(struct doubt *d, const struct chunk *chunk,
                        guint32 file)
{
    for (guint i = 0; i < chunk->defines->len; i++) {
        doubt_name(d, g_array_index(chunk->defines, guint32, i), file);
    }
    place_at(d, file)->hot = true;
    place_at(d, file)->always |= chunk->always;
}

static void cut(struct doubt *d, struct header *header)
{
    if (!header->chunks) {
        header->chunks = chunks_cut(&d->names, header->text, header->length);
        header->doubtful = g_new0(bool, header->chunks->len);
    }
}

static bool is_in_doubt(const struct doubt *d, const struct chunk *chunk)
{
    for (guint i = 0; i < chunk->uses->len; i++) {
        guint32 name = g_array_index(chunk->uses, guint32, i);

        if (g_hash_table_contains(d->definers, GUINT_TO_POINTER(name + 1))) {
            return true;
        }
    }
    return false;
}

/* Chunks of HEADER that use what is in doubt are in doubt. */
static void doubt_users(struct doubt *d, struct header *header)
{
    cut(d, header);
    for (guint i = 0; i < header->chunks->len; i++) {
        const struct chunk *chunk = &g_array_index(header->chunks,
                                                   struct chunk, i);

        if (!header->doubtful[i] && is_in_doubt(d, chunk)) {
            header->doubtful[i] = true;
            doubt_chunk(d, chunk, header->no);
        }
    }
}

static void look_for(struct doubt *d, guint32 name)
{
    words_add(d->words, d->names.texts->pdata[name], name + 1);
}

/* Headers that have been cut already are as easily asked themselves. */
static bool may_use(const struct doubt *d, const struct header *header)
{
    const char *at = header->text;

    return header->chunks ||
           (words_may_occur(d->words, header->text, header->length) &&
            words_next(d->words, &at, header->text + header->length));
}

static void find_users(struct doubt *d)
{
    for (guint round = 0; d->fresh->len && round < MAX_ROUNDS &&
         g_hash_table_size(d->definers) <= MAX_NAMES; round++) {
        words_clear(d->words);
        for (guint i = 0; i < d->fresh->len; i++) {
            look_for(d, g_array_index(d->fresh, guint32, i));
        }
        g_array_set_size(d->fresh, 0);
        for (guint i = 0; i < d->headers->len; i++) {
            struct header *header = &g_array_index(d->headers, struct header,
                                                   i);

            if (may_use(d, header)) {
                doubt_users(d, header);
            }
        }
    }
    d->failed |= d->fresh->len;
}

/* --- What differs ------------------------------------------------------------- */

static void compare_chunks(struct doubt *d, struct header *header,
                           GBytes *old)
{
    gsize length;
    const char *text = g_bytes_get_data(old, &length);
    g_autoptr(GArray) before = chunks_cut(&d->names, text ? text : "",
                                          length);

    cut(d, header);
    g_autoptr(GHashTable) had = chunks_set(before);
    g_autoptr(GHashTable) has = chunks_set(header->chunks);

    for (guint i = 0; i < before->len; i++) {
        const struct chunk *chunk = &g_array_index(before, struct chunk, i);

        if (!g_hash_table_contains(has, chunk)) {
            doubt_chunk(d, chunk, header->no);
        }
    }
    for (guint i = 0; i < header->chunks->len; i++) {
        const struct chunk *chunk = &g_array_index(header->chunks,
                                                   struct chunk, i);

        header->doubtful[i] = !g_hash_table_contains(had, chunk);
        if (header->doubtful[i]) {
            doubt_chunk(d, chunk, header->no);
        }
    }
}

/* The change of the tree's file at PATH; false: there is none. */
static bool change_of(const struct doubt *d, const char *path,
                      struct touched_file *ret)
{
    const GArray *files = d->request->files;

    for (guint i = 0; path && i < files->len; i++) {
        const struct touched_file *file = &g_array_index(
            files, struct touched_file, i);

        if (!strcmp(file->path, path)) {
            *ret = *file;
            g_bytes_ref(ret->old);
            g_bytes_ref(ret->new);
            return true;
        }
    }
    return false;
}

/* The same of a generated header. */
static bool change_of_text(struct doubt *d, const struct manifest_file *known,
                           struct touched_file *ret)
{
    const struct tree_file *file = d->tree ? tree_find(d->tree, known->path)
                                           : NULL;

    d->failed |= d->tree && !file;
    if (!file || !strcmp(file->content->id, known->id)) {
        return false;
    }
    GBytes *old = cache_get(d->request->cache, "text", known->id);

    if (!old) {
        d->failed = true;
        return false;
    }
    const struct touched_text text = {
        file->path, file->content->id, g_bytes_ref(file->content->bytes),
    };

    g_array_append_val(d->texts, text);
    *ret = (struct touched_file) {
        file->path, old, g_bytes_ref(file->content->bytes),
    };
    return true;
}

/* File NO of the manifest.  What is included as text and differs concerns all
 * who include it, and so does what includes other files now. */
static void add_place(struct doubt *d, guint32 no)
{
    struct manifest_file known = manifest_file(d->request->manifest, no);
    g_autofree char *path = known.generated ? NULL
                                            : manifest_place(known.path);
    struct touched_file change = { 0 };
    bool differs = known.generated ? change_of_text(d, &known, &change)
                                   : change_of(d, path, &change);
    struct place place = { .header = is_header(known.path), .hot = differs };

    place.always = differs &&
                   (!place.header || !touched_same_includes(&change));
    g_array_append_val(d->places, place);
    if (differs && place.header) {
        g_hash_table_insert(d->changes, GUINT_TO_POINTER(no + 1),
                            g_memdup2(&change, sizeof(change)));
    } else if (differs) {
        touched_file_clear(&change);
    }
}

static void add_header(struct doubt *d, guint32 no)
{
    const struct touched_file *change =
        g_hash_table_lookup(d->changes, GUINT_TO_POINTER(no + 1));
    const struct tree_file *file = change ? NULL : near_file_at(d->near, no);
    GBytes *bytes = change ? change->new : file ? file->content->bytes : NULL;
    struct header header = { .no = no };

    if (!bytes) {
        d->failed = true;
        return;
    }
    const char *text = g_bytes_get_data(bytes, &header.length);

    header.text = text ? text : "";
    g_array_append_val(d->headers, header);
    if (change) {
        compare_chunks(d, &g_array_index(d->headers, struct header,
                                         d->headers->len - 1), change->old);
    }
}

static void find_names(struct doubt *d)
{
    for (guint32 i = 0; i < d->places->len && !d->failed; i++) {
        if (place_at(d, i)->header) {
            add_header(d, i);
        }
    }
    if (!d->failed) {
        find_users(d);
    }
}

/* --- Generated headers --------------------------------------------------------- */

static gint compare_lines(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The lines of a QAPI schema that include others. */
static char *schema_includes(GBytes *bytes)
{
    gsize length;
    const char *data = g_bytes_get_data(bytes, &length);
    g_autofree char *text = g_strndup(data ? data : "", length);
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    g_autoptr(GPtrArray) found = g_ptr_array_new();

    for (char **line = lines; *line; line++) {
        if (strstr(*line, "include")) {
            g_ptr_array_add(found, *line);
        }
    }
    g_ptr_array_sort(found, compare_lines);
    g_ptr_array_add(found, NULL);
    return g_strjoinv("\n", (char **)found->pdata);
}

/* Whether the same headers are made of it. */
static bool makes_same_headers(const struct touched_file *file)
{
    if (!g_str_has_suffix(file->path, ".json")) {
        return true;
    }
    g_autofree char *old = schema_includes(file->old);
    g_autofree char *new = schema_includes(file->new);

    return !strcmp(old, new);
}

static void make_config(void *opaque, const char *path,
                        const struct manifest_unit *unit)
{
    (void)path;
    tree_config(opaque, unit->target);
}

/* Where headers are made of what differs they are made again. */
static void generate(struct doubt *d)
{
    const struct touched_request *r = d->request;
    bool any = false;

    for (guint i = 0; i < r->files->len; i++) {
        const struct touched_file *file = &g_array_index(
            r->files, struct touched_file, i);
        struct manifest_file known;

        if (manifest_find(r->manifest, file->path, &known) && known.input) {
            any = true;
            d->failed |= !makes_same_headers(file);
        }
    }
    if (any && !d->failed) {
        d->tree = tree_new(r->memory->store, r->source);
        manifest_each(r->manifest, make_config, d->tree);
        d->failed = tree_gaps(d->tree)->len;
    }
}

/* --- Units -------------------------------------------------------------------- */

struct seeker {
    struct doubt *doubt;
    guint unit;                  /* the one at hand, from 1 */
    GPtrArray *ret;
};

static bool any_seen(const struct seeker *s, const GArray *files)
{
    for (guint i = 0; i < files->len; i++) {
        guint32 no = g_array_index(files, guint32, i);

        if (place_at(s->doubt, no)->unit == s->unit) {
            return true;
        }
    }
    return false;
}

/* Whether FILE mentions a name in doubt that the unit can see. */
static bool mentions(const struct seeker *s, const struct tree_file *file)
{
    gsize length;
    const char *at = g_bytes_get_data(file->content->bytes, &length);
    const char *end = at + length;
    guint32 name;

    while (at && (name = words_next(s->doubt->words, &at, end))) {
        if (any_seen(s, g_hash_table_lookup(s->doubt->definers,
                                            GUINT_TO_POINTER(name)))) {
            return true;
        }
    }
    return false;
}

/* Notes what the unit at hand sees. */
static void see(const struct seeker *s, const struct manifest_unit *unit,
                bool *ret_hot, bool *ret_always)
{
    for (gsize i = 0; i < unit->n_closure; i++) {
        struct place *place = place_at(s->doubt, unit->closure[i]);

        place->unit = s->unit;
        *ret_hot |= place->hot;
        *ret_always |= i && place->always;
    }
}

static bool is_touched(const struct seeker *s,
                       const struct manifest_unit *unit)
{
    struct doubt *d = s->doubt;
    bool hot = false, always = false;

    for (gsize i = 0; i < unit->n_closure; i++) {
        d->failed |= unit->closure[i] >= d->places->len;    /* damaged */
    }
    if (d->failed) {
        return false;
    }
    see(s, unit, &hot, &always);
    for (gsize i = 0; hot && !always && i < unit->n_closure; i++) {
        if (i && place_at(d, unit->closure[i])->header) {
            continue;
        }
        const struct tree_file *file = near_file_at(d->near,
                                                    unit->closure[i]);

        d->failed |= !file;
        if (d->failed || mentions(s, file)) {
            return !d->failed;
        }
    }
    return always;
}

static void seek(void *opaque, const char *virtual,
                 const struct manifest_unit *unit)
{
    struct seeker *s = opaque;
    const char *path = g_str_has_prefix(virtual, TREE_ROOT)
        ? virtual + strlen(TREE_ROOT) : virtual;

    s->unit++;
    if (!s->doubt->failed &&
        !g_hash_table_contains(s->doubt->changed, path) &&
        is_touched(s, unit)) {
        g_ptr_array_add(s->ret, borrow(g_intern_string(path)));
        s->doubt->failed = s->ret->len > MAX_UNITS;
    }
}

static void find_units(struct doubt *d, GPtrArray *ret)
{
    struct seeker seeker = { .doubt = d, .ret = ret };
    GHashTableIter iter;
    gpointer name;

    words_clear(d->words);
    g_hash_table_iter_init(&iter, d->definers);
    while (g_hash_table_iter_next(&iter, &name, NULL)) {
        look_for(d, GPOINTER_TO_UINT(name) - 1);
    }
    manifest_each(d->request->manifest, seek, &seeker);
}

/* --- All of it ------------------------------------------------------------------ */

bool touched_units(const struct touched_request *request, GPtrArray *units,
                   GArray *texts)
{
    g_autoptr(GHashTable) changed = g_hash_table_new(g_str_hash, g_str_equal);
    struct doubt d = {
        .request = request, .changed = changed, .texts = texts,
        .changes = g_hash_table_new_full(NULL, NULL, NULL, free_file),
        .places = g_array_new(FALSE, FALSE, sizeof(struct place)),
        .headers = g_array_new(FALSE, FALSE, sizeof(struct header)),
        .definers = g_hash_table_new_full(NULL, NULL, NULL,
                                          (GDestroyNotify)g_array_unref),
        .fresh = g_array_new(FALSE, FALSE, sizeof(guint32)),
        .words = words_new(),
    };

    names_init(&d.names);
    g_array_set_clear_func(d.headers, clear_header);
    for (guint i = 0; i < request->files->len; i++) {
        g_hash_table_add(changed, borrow(
            g_array_index(request->files, struct touched_file, i).path));
    }
    d.near = near_new(request->memory->store, request->source,
                      request->manifest, changed, request->cache);
    generate(&d);
    for (guint32 i = 0; !d.failed && manifest_has_file(request->manifest, i);
         i++) {
        add_place(&d, i);
    }
    if (!d.failed && g_hash_table_size(d.changes)) {
        find_names(&d);
    }
    if (!d.failed) {
        find_units(&d, units);
    }
    near_free(d.near);
    g_hash_table_unref(d.changes);
    g_array_unref(d.places);
    g_array_unref(d.headers);
    tree_free(d.tree);
    g_hash_table_unref(d.definers);
    g_array_unref(d.fresh);
    words_free(d.words);
    names_clear(&d.names);
    return !d.failed;
}
