/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Objects, places and what stands there.
 *
 * Memory is a table of paths per object.  A struct or array is its members,
 * plus a marker cell at its own path.  Everything lives until the end of the
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
        g_ptr_array_add(in->blocks, in->block_next);
    }
    void *p = in->block_next;
    in->block_next += size;
    in->block_left -= size;
    return p;
}

const char *interp_string(struct interp *in, const char *text)
{
    return *text ? g_string_chunk_insert_const(in->strings, text) : "";
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

/* Objects that own tables are few; only they are visited at the end. */
static GHashTable *object_cells(struct interp *in, struct object *object)
{
    if (!object->cells) {
        object->cells = g_hash_table_new(NULL, NULL);
        g_ptr_array_add(in->objects, object);
    }
    return object->cells;
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

static const char *make_join(struct interp *in, const char *a, const char *b,
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
        *cached = (struct join_cache){ a, b, c, make_join(in, a, b, c) };
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
    place.path = make_join(in, place.path, index, "");
    if (!place.path) {
        return (struct place){ NULL, NULL };
    }
    return place_resolve(place);
}

/* Where the last "[n]" of a path starts, NULL where it ends in none. */
static const char *last_index(const char *path)
{
    size_t length = strlen(path);

    return length && path[length - 1] == ']' ? strrchr(path, '[') : NULL;
}

bool place_advance(struct interp *in, struct place *place, int64_t n)
{
    const char *index = place->object ? last_index(place->path) : NULL;
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
    const char *index = place.object ? last_index(place.path) : NULL;

    if (index) {
        g_autofree char *head = g_strndup(place.path, index - place.path);

        place.path = interp_string(in, head);
    }
    return place;
}

/* --- Cells --------------------------------------------------------------- */

static struct cell *own_cell(const struct object *object, const char *path)
{
    if (!*path) {
        return object->has_self ? unconst(&object->self) : NULL;
    }
    return object->cells ? g_hash_table_lookup(object->cells, path) : NULL;
}

const struct cell *memory_find(struct place place)
{
    const struct object *object = place.object;
    const struct cell *cell = NULL;

    while (object && !cell) {
        cell = own_cell(object, place.path);
        object = object->base;
    }
    return cell;
}

static struct cell *make_cell(struct interp *in, struct place place)
{
    struct cell *cell;

    if (!*place.path) {
        place.object->has_self = true;
        return &place.object->self;
    }
    cell = interp_alloc(in, sizeof(*cell));
    g_hash_table_insert(object_cells(in, place.object),
                        unconst(place.path), cell);
    return cell;
}

static void note_undo(struct interp *in, struct place place,
                      const struct cell *old)
{
    struct undo undo = { .place = place, .had = old != NULL };

    if (!in->maybe) {
        return;
    }
    if (old) {
        undo.old = *old;
    }
    g_array_append_val(in->journal, undo);
}

static void put_cell(struct interp *in, struct place place,
                     const struct cell *content)
{
    struct cell *cell = own_cell(place.object, place.path);

    note_undo(in, place, cell);
    if (!cell) {
        cell = make_cell(in, place);
    }
    *cell = *content;
}

static void remove_cell(struct interp *in, struct place place)
{
    if (!*place.path) {
        place.object->has_self = false;
    } else if (place.object->cells) {
        g_hash_table_remove(place.object->cells, place.path);
    }
}

static bool is_marker(const struct cell *cell)
{
    return cell->val.kind == VAL_AGGREGATE && !cell->val.place.object;
}

/* The length of PATH without its last component, which *ret_array says is an
 * index; -1 where it has none. */
static gssize parent_length(const char *path, bool *ret_array)
{
    const char *dot = strrchr(path, '.'), *index = strrchr(path, '[');
    const char *cut = dot > index ? dot : index;

    *ret_array = cut && cut == index;
    return cut ? cut - path : -1;
}

/* Says at every prefix of PATH that there are members below. */
static void mark_parents(struct interp *in, struct place place)
{
    bool array;
    gssize length = parent_length(place.path, &array);

    while (length >= 0) {
        g_autofree char *head = g_strndup(place.path, length);
        struct place parent = { place.object, interp_string(in, head) };
        struct cell *cell = own_cell(parent.object, parent.path);
        struct cell marker = { .val.kind = VAL_AGGREGATE, .array = array,
                               .loc = in->loc };

        if (cell && is_marker(cell)) {
            return;
        }
        put_cell(in, parent, &marker);
        place = parent;
        length = parent_length(place.path, &array);
    }
}

/* --- Loading ------------------------------------------------------------- */

/* Whether something around PATH was initialised as a whole. */
static bool is_zeroed(struct interp *in, struct place place)
{
    const struct cell *cell;
    bool array;
    gssize length;

    if (place.object->zeroed) {
        return true;
    }
    while ((length = parent_length(place.path, &array)) >= 0) {
        g_autofree char *head = g_strndup(place.path, length);

        place.path = interp_string(in, head);
        cell = memory_find(place);
        if (cell) {
            return cell->zeroed;
        }
    }
    return false;
}

/* A char buffer is one string at the path of the array. */
static bool text_at(struct interp *in, struct place place,
                    const char **ret_tail)
{
    const char *index = last_index(place.path);
    const struct cell *cell;
    gint64 n;

    if (!index) {
        return false;
    }
    cell = memory_find(place_array(in, place));
    n = g_ascii_strtoll(index + 1, NULL, 10);
    if (!cell || cell->val.kind != VAL_STRING || n < 0 ||
        (size_t)n > strlen(cell->val.text)) {
        return false;
    }
    *ret_tail = cell->val.text + n;
    return true;
}

struct val memory_load(struct interp *in, struct place place)
{
    const struct cell *cell;
    const char *tail;

    place = place_resolve(place);
    if (!place.object) {
        return val_unknown(NULL);
    }
    cell = memory_find(place);
    if (cell && !is_marker(cell)) {
        return cell->val;
    }
    if (!cell && text_at(in, place, &tail)) {
        return val_int((signed char)*tail);
    }
    if (cell && cell->array) {
        place = place_index(in, place, 0);
        return val_pointer(place.object, place.path);
    }
    if (cell) {
        return (struct val){ .kind = VAL_AGGREGATE, .place = place };
    }
    return is_zeroed(in, place) ? val_int(0) : val_unknown(NULL);
}

struct val memory_field(struct interp *in, struct place place,
                        const char *field)
{
    return memory_load(in, place_member(in, place, field, NULL));
}

const char *memory_string(struct interp *in, const struct val *v)
{
    const struct cell *cell;
    const char *tail;

    if (v->kind == VAL_STRING) {
        return v->text;
    }
    if (v->kind != VAL_POINTER) {
        return NULL;
    }
    if (text_at(in, v->place, &tail)) {
        return tail;
    }
    cell = memory_find(v->place);
    return cell && cell->val.kind == VAL_STRING ? cell->val.text : NULL;
}

/* --- Storing ------------------------------------------------------------- */

/* Paths below PLACE that have cells, relative to it. */
static GPtrArray *members_below(struct place place)
{
    GPtrArray *paths = g_ptr_array_new();
    size_t length = strlen(place.path);
    GHashTableIter iter;
    gpointer key;

    if (!place.object->cells) {
        return paths;
    }
    g_hash_table_iter_init(&iter, place.object->cells);
    while (g_hash_table_iter_next(&iter, &key, NULL)) {
        const char *path = key;

        if (!strncmp(path, place.path, length) &&
            (path[length] == '.' || path[length] == '[')) {
            g_ptr_array_add(paths, key);
        }
    }
    return paths;
}

static void forget_below(struct interp *in, struct place place)
{
    g_autoptr(GPtrArray) paths = members_below(place);

    for (guint i = 0; i < paths->len; i++) {
        struct place member = { place.object, g_ptr_array_index(paths, i) };

        note_undo(in, member, own_cell(member.object, member.path));
        remove_cell(in, member);
    }
}

static struct cell make_content(struct interp *in, struct val v,
                                const struct ir_node *node)
{
    return (struct cell){
        .val = v, .node = node, .loc = in->loc,
        .unit = in->frame ? in->frame->function->unit : NULL,
    };
}

static void copy_members(struct interp *in, struct place to,
                         struct place from, const struct ir_node *node)
{
    g_autoptr(GPtrArray) paths = members_below(from);
    const struct cell *top = memory_find(from);
    struct cell marker = make_content(in, (struct val){
        .kind = VAL_AGGREGATE }, node);

    marker.zeroed = from.object->zeroed || (top && top->zeroed);
    marker.array = top && top->array;
    put_cell(in, to, &marker);
    for (guint i = 0; i < paths->len; i++) {
        const char *path = g_ptr_array_index(paths, i);
        struct place member = {
            to.object, make_join(in, to.path, path + strlen(from.path), "")
        };
        struct cell content = *own_cell(from.object, path);

        if (member.path) {
            put_cell(in, member, &content);
        }
    }
}

/* buffer[n] = 'c' */
static bool store_char(struct interp *in, struct place place, struct val v,
                       const struct ir_node *node)
{
    struct place buffer = place_array(in, place);
    const char *tail;

    if (memory_find(place) || !text_at(in, place, &tail)) {
        return false;
    }
    if (v.kind == VAL_INT) {
        const char *text = memory_find(buffer)->val.text;
        g_autofree char *copy = g_strndup(text, MAX_STRING);

        if (*tail) {
            copy[tail - text] = (char)v.number;
        }
        v = val_string(in, copy);
    }
    memory_store(in, buffer, v, node);
    return true;
}

static bool is_inside(const char *path, const char *outer)
{
    return g_str_has_prefix(path, outer);
}

void memory_store(struct interp *in, struct place place, struct val v,
                  const struct ir_node *node)
{
    struct cell content = make_content(in, v, node);
    const struct cell *old;

    place = place_resolve(place);
    if (!place.object || store_char(in, place, v, node)) {
        return;
    }
    old = own_cell(place.object, place.path);
    if (v.kind == VAL_AGGREGATE && v.place.object) {
        if (v.place.object == place.object &&
            (is_inside(v.place.path, place.path) ||
             is_inside(place.path, v.place.path))) {
            return;
        }
        forget_below(in, place);
        copy_members(in, place, v.place, node);
    } else {
        if (old && is_marker(old)) {
            forget_below(in, place);
        }
        put_cell(in, place, &content);
    }
    if (*place.path) {
        mark_parents(in, place);
    }
}

static struct place place_fields(struct interp *in, struct place place,
                                 const char *fields)
{
    g_auto(GStrv) names = g_strsplit(fields, ".", -1);

    for (char **name = names; *name; name++) {
        place = place_member(in, place, interp_string(in, *name), NULL);
    }
    return place;
}

static void store_elements(struct interp *in, struct place place,
                           const struct ir_node *kid)
{
    int64_t last = MIN(kid->value2, kid->value + MAX_ELEMENTS);

    for (int64_t i = kid->value; i == kid->value || i <= last; i++) {
        if (!interp_step(in)) {
            return;
        }
        memory_store_init(in, place_index(in, place, i), ir_kid(kid, 0));
    }
}

static void store_list(struct interp *in, struct place place,
                       const struct ir_node *init)
{
    struct cell marker = make_content(in, (struct val){
        .kind = VAL_AGGREGATE }, init);

    marker.zeroed = true;
    marker.array = type_is_array(init->str2);
    put_cell(in, place, &marker);
    if (*place.path) {
        mark_parents(in, place);
    } else {
        place.object->zeroed = true;
    }
    for (const struct ir_node *kid = init->kids; kid; kid = kid->next) {
        if (kid->kind == IR_INIT_FIELD && kid->str) {
            memory_store_init(in, place_fields(in, place, kid->str),
                              ir_kid(kid, 0));
        } else if (kid->kind == IR_INIT_INDEX) {
            store_elements(in, place, kid);
        }
    }
}

void memory_store_init(struct interp *in, struct place place,
                       const struct ir_node *init)
{
    struct ir_loc loc = in->loc;

    if (!init || init->kind == IR_NONE || !place.object ||
        !interp_step(in) || in->nesting >= MAX_NESTING) {
        return;
    }
    in->nesting++;
    if (init->loc.line) {
        in->loc = init->loc;
    }
    if (init->kind == IR_INIT && !(init->flags & IR_F_LITERAL)) {
        forget_below(in, place);
        store_list(in, place, init);
    } else {
        memory_store(in, place, eval(in, init), init);
    }
    in->loc = loc;
    in->nesting--;
}

/* --- Branches ------------------------------------------------------------ */

static void restore(struct interp *in, const struct undo *undo)
{
    struct cell *cell = own_cell(undo->place.object, undo->place.path);

    if (!undo->had) {
        remove_cell(in, undo->place);
    } else if (cell) {
        *cell = undo->old;
    } else {
        *make_cell(in, undo->place) = undo->old;
    }
}

/* Entries of the result hold the new content in `old`. */
GArray *journal_take(struct interp *in, guint mark)
{
    GArray *changes = g_array_new(false, false, sizeof(struct undo));

    for (guint i = mark; i < in->journal->len; i++) {
        struct undo *undo = &g_array_index(in->journal, struct undo, i);
        struct cell *cell = own_cell(undo->place.object, undo->place.path);
        struct undo now = { .place = undo->place, .had = cell != NULL };

        if (cell) {
            now.old = *cell;
        }
        g_array_append_val(changes, now);
    }
    for (guint i = in->journal->len; i > mark; i--) {
        restore(in, &g_array_index(in->journal, struct undo, i - 1));
    }
    g_array_set_size(in->journal, mark);
    return changes;
}

static void apply(struct interp *in, const struct undo *change)
{
    if (change->had) {
        put_cell(in, change->place, &change->old);
    } else {
        note_undo(in, change->place, own_cell(change->place.object,
                                              change->place.path));
        remove_cell(in, change->place);
    }
}

void journal_apply(struct interp *in, const GArray *changes)
{
    for (guint i = 0; i < changes->len; i++) {
        apply(in, &g_array_index(changes, struct undo, i));
    }
}

/* After one of two branches: whatever it changed is known only if it was
 * that before, or the other branch did the same. */
static void apply_weakly(struct interp *in, const struct undo *change)
{
    struct val now = memory_load(in, change->place);
    struct cell content = change->old;

    if (!change->had || is_marker(&content)) {
        if (change->had && !memory_find(change->place)) {
            put_cell(in, change->place, &content);
        }
        return;
    }
    if (!val_same(&now, &content.val)) {
        content.val = val_unknown(content.val.kind == VAL_UNKNOWN
                                  ? content.val.node : content.node);
        put_cell(in, change->place, &content);
    }
}

static guint place_hash(gconstpointer key)
{
    const struct place *place = key;

    return g_direct_hash(place->object) * 31 + g_direct_hash(place->path);
}

static gboolean place_equal(gconstpointer a, gconstpointer b)
{
    const struct place *x = a, *y = b;

    return x->object == y->object && x->path == y->path;
}

void journal_merge(struct interp *in, const GArray *a, const GArray *b)
{
    g_autoptr(GHashTable) in_a = g_hash_table_new(place_hash, place_equal);

    /* Both are undone: first b, strongly where a has a say too. */
    for (guint i = 0; i < a->len; i++) {
        g_hash_table_add(in_a, &g_array_index(a, struct undo, i).place);
    }
    for (guint i = 0; i < b->len; i++) {
        const struct undo *change = &g_array_index(b, struct undo, i);

        if (g_hash_table_contains(in_a, &change->place)) {
            apply(in, change);
        } else {
            apply_weakly(in, change);
        }
    }
    for (guint i = 0; i < a->len; i++) {
        apply_weakly(in, &g_array_index(a, struct undo, i));
    }
}
