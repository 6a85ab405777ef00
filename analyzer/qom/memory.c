/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What stands at a place.  Memory is a table of paths per object; a struct or
 * array is its members, plus a marker cell at its own path.
 */
#include "qom/interp.h"

#include <string.h>

/* --- Cells --------------------------------------------------------------- */

/* Objects that own tables are few; only they are visited at the end. */
static GHashTable *object_cells(struct interp *in, struct object *object)
{
    if (!object->cells) {
        object->cells = g_hash_table_new(NULL, NULL);
        g_ptr_array_add(in->objects, object);
    }
    return object->cells;
}

struct cell *cell_own(const struct object *object, const char *path)
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
        cell = cell_own(object, place.path);
        object = object->base;
    }
    return cell;
}

struct cell *cell_make(struct interp *in, struct place place)
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

void cell_put(struct interp *in, struct place place,
                     const struct cell *content)
{
    struct cell *cell = cell_own(place.object, place.path);

    journal_note(in, place, cell);
    if (!cell) {
        cell = cell_make(in, place);
    }
    *cell = *content;
}

void cell_remove(struct interp *in, struct place place)
{
    if (!*place.path) {
        place.object->has_self = false;
    } else if (place.object->cells) {
        g_hash_table_remove(place.object->cells, place.path);
    }
}

bool cell_is_marker(const struct cell *cell)
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
        struct cell *cell = cell_own(parent.object, parent.path);
        struct cell marker = {
            .val.kind = VAL_AGGREGATE, .array = array, .loc = in->loc,
            .opaque = cell && cell->val.kind == VAL_UNKNOWN,
        };

        if (cell && cell_is_marker(cell)) {
            return;
        }
        cell_put(in, parent, &marker);
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

    while ((length = parent_length(place.path, &array)) >= 0) {
        g_autofree char *head = g_strndup(place.path, (gsize)length);

        place.path = interp_string(in, head);
        cell = memory_find(place);
        if (cell && (!cell_is_marker(cell) || cell->opaque)) {
            return false;
        }
        if (cell && cell->zeroed) {
            return true;
        }
    }
    return place.object->zeroed;
}

/* A char buffer is one string at the path of the array. */
static bool text_at(struct interp *in, struct place place,
                    const char **ret_tail)
{
    const char *index = path_last_index(place.path);
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
    if (cell && !cell_is_marker(cell)) {
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
static GPtrArray *members_below(struct interp *in, struct place place)
{
    GPtrArray *paths = g_ptr_array_new();
    size_t length = strlen(place.path);
    GHashTableIter iter;
    gpointer key;

    if (!place.object->cells) {
        return paths;
    }
    /* The whole table is walked: that has its price. */
    in->root_steps += g_hash_table_size(place.object->cells) / 16;
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
    const struct cell *cell = cell_own(place.object, place.path);
    g_autoptr(GPtrArray) paths = NULL;

    if (!cell || !cell_is_marker(cell)) {
        return;
    }
    paths = members_below(in, place);
    for (guint i = 0; i < paths->len; i++) {
        struct place member = { place.object, g_ptr_array_index(paths, i) };

        journal_note(in, member, cell_own(member.object, member.path));
        cell_remove(in, member);
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
    g_autoptr(GPtrArray) paths = members_below(in, from);
    const struct cell *top = memory_find(from);
    struct cell marker = make_content(in, (struct val){
        .kind = VAL_AGGREGATE }, node);

    marker.opaque = top && top->opaque;
    marker.zeroed = from.object->zeroed || (top && top->zeroed);
    marker.array = top && top->array;
    cell_put(in, to, &marker);
    for (guint i = 0; i < paths->len; i++) {
        const char *path = g_ptr_array_index(paths, i);
        struct place member = {
            to.object, path_join(in, to.path, path + strlen(from.path), "")
        };
        struct cell content = *cell_own(from.object, path);

        if (member.path) {
            cell_put(in, member, &content);
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

/* Whether one of two places of an object is a part of the other. */
static bool overlap(struct place a, struct place b)
{
    size_t length = MIN(strlen(a.path), strlen(b.path));
    const char *longer = strlen(a.path) > length ? a.path : b.path;

    return a.object == b.object && !strncmp(a.path, b.path, length) &&
           (!longer[length] || strchr(".[", longer[length]));
}

/* A variable that is written is another one for all types. */
static void note_global(struct interp *in, struct place place,
                        const struct cell *content)
{
    struct global_write write = { 0 };

    if (!in->making || in->maybe || *place.path ||
        place.object->kind != OBJECT_VARIABLE || !place.object->sym ||
        content->val.kind != VAL_INT || !in->frame ||
        in->frame->function == place.object->sym) {
        return;
    }
    write.name = g_intern_string(place.object->sym->symbol->name);
    write.number = content->val.number;
    write.loc = interp_location(content->unit, content->loc);
    g_array_append_val(in->making->globals, write);
}

void memory_store(struct interp *in, struct place place, struct val v,
                  const struct ir_node *node)
{
    struct cell content;

    place = place_resolve(place);
    if (!place.object || store_char(in, place, v, node)) {
        return;
    }
    if (v.kind == VAL_AGGREGATE && v.place.object) {
        if (v.place.object == place.object && v.place.path == place.path) {
            return;
        }
        if (overlap(v.place, place)) {
            v = val_unknown(node);
        }
    }
    forget_below(in, place);
    if (v.kind == VAL_AGGREGATE && v.place.object) {
        copy_members(in, place, v.place, node);
    } else {
        content = make_content(in, v, node);
        note_global(in, place, &content);
        cell_put(in, place, &content);
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

/* The fields of a VMStateDescription are many, and vmstate.c reads them from
 * the initialiser. */
static bool is_stream_layout(const struct ir_node *init,
                             const struct ir_node *kid)
{
    return init->str2 && kid->kind == IR_INIT_FIELD && kid->str &&
           !strcmp(init->str2, "VMStateDescription") &&
           (!strcmp(kid->str, "fields") || !strcmp(kid->str, "subsections"));
}

static void store_list(struct interp *in, struct place place,
                       const struct ir_node *init)
{
    struct cell marker = make_content(in, (struct val){
        .kind = VAL_AGGREGATE }, init);

    marker.zeroed = true;
    marker.array = type_is_array(init->str2);
    cell_put(in, place, &marker);
    if (*place.path) {
        mark_parents(in, place);
    } else {
        place.object->zeroed = true;
    }
    for (const struct ir_node *kid = init->kids; kid; kid = kid->next) {
        if (is_stream_layout(init, kid)) {
            continue;
        }
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
