/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * QOM types: registration, class initialisation as type_initialize() of
 * qom/object.c does it, and the instance code of devices.
 */
#include "qom/interp.h"

#include <string.h>

/* --- Registration -------------------------------------------------------- */

struct qtype *types_find(struct interp *in, const char *name,
                         target_set targets)
{
    struct qtype *type = g_hash_table_lookup(in->types_by_name, name);

    while (type && !targets_meet(type->targets, targets)) {
        type = type->next;
    }
    return type;
}

/* "sizeof(VirtIOBlock)" */
static const char *struct_of_size(const struct val *size)
{
    g_autofree char *name = NULL;
    size_t length;

    if (size->kind != VAL_INT || !size->text ||
        !g_str_has_prefix(size->text, "sizeof(")) {
        return NULL;
    }
    length = strlen(size->text);
    name = g_strndup(size->text + 7, length - 8);
    return g_intern_string(type_bare(name));
}

static void read_interfaces(struct interp *in, struct place info,
                            struct qtype *type)
{
    struct val list = memory_field(in, info, "interfaces");
    struct place array;

    if (list.kind != VAL_POINTER) {
        return;
    }
    array = place_array(in, list.place);
    for (int64_t i = 0; i < MAX_ELEMENTS && interp_step(in); i++) {
        struct place element = place_index(in, array, i);
        struct val name = memory_field(in, element, "type");

        /* "typename" from v9.2 on. */
        if (name.kind != VAL_STRING) {
            name = memory_field(in, element, "typename");
        }
        if (name.kind != VAL_STRING) {
            return;
        }
        g_ptr_array_add(type->interfaces,
                        unconst(g_intern_string(name.text)));
    }
}

static struct location info_location(struct interp *in, struct place info)
{
    const struct cell *cell = memory_find(info);
    struct location loc = { NULL, 0, 0 };
    const struct sym *sym = info.object->sym;

    if (cell) {
        loc = interp_location(cell->unit, cell->loc);
    }
    if (!loc.file && sym && info.object->kind == OBJECT_VARIABLE) {
        loc = interp_location(sym->unit, sym->symbol->loc);
    }
    return loc.file ? loc : interp_here(in);
}

static struct qtype *new_type(struct interp *in, const char *name)
{
    struct qtype *type = interp_alloc(in, sizeof(*type));
    struct qtype *first;

    type->name = g_intern_string(name);
    type->targets = in->targets;
    type->interfaces = g_ptr_array_new();
    type->properties = g_ptr_array_new();
    type->aliases = g_ptr_array_new();
    type->runs = g_ptr_array_new();
    type->inits = g_array_new(FALSE, FALSE, sizeof(struct class_slot));
    type->globals = g_array_new(FALSE, FALSE, sizeof(struct global_write));
    g_ptr_array_add(in->types, type);
    first = g_hash_table_lookup(in->types_by_name, type->name);
    if (!first) {
        g_hash_table_insert(in->types_by_name, unconst(type->name), type);
    } else {
        while (first->next) {
            first = first->next;
        }
        first->next = type;
    }
    return type;
}

static const char *field_text(struct interp *in, struct place info,
                              const char *field)
{
    struct val v = memory_field(in, info, field);
    const char *text = memory_string(in, &v);

    return text ? g_intern_string(text) : NULL;
}

void types_register(struct interp *in, struct place info)
{
    const char *name = field_text(in, info, "name");
    struct val abstract = memory_field(in, info, "abstract");
    struct val size = memory_field(in, info, "instance_size");
    struct qtype *type;

    if (!name) {
        interp_gap(in, "a type is registered under a name that could not be "
                   "evaluated");
        return;
    }
    if (types_find(in, name, in->targets)) {
        return;
    }
    type = new_type(in, name);
    type->parent_name = field_text(in, info, "parent");
    type->instance_struct = struct_of_size(&size);
    type->abstract = val_truth(&abstract) == 1;
    type->class_init = memory_field(in, info, "class_init");
    type->class_base_init = memory_field(in, info, "class_base_init");
    type->class_data = memory_field(in, info, "class_data");
    type->instance_init = memory_field(in, info, "instance_init");
    type->instance_post_init = memory_field(in, info, "instance_post_init");
    read_interfaces(in, info, type);
    type->loc = info_location(in, info);
}

/* --- The hierarchy ------------------------------------------------------- */

static bool in_own_chain(const struct qtype *type, const struct qtype *parent)
{
    while (parent) {
        if (parent == type) {
            return true;
        }
        parent = parent->parent;
    }
    return false;
}

void types_link(struct interp *in)
{
    for (guint i = 0; i < in->types->len; i++) {
        struct qtype *type = g_ptr_array_index(in->types, i);
        struct qtype *parent = NULL;

        if (type->parent_name) {
            parent = types_find(in, type->parent_name, type->targets);
        }
        if (parent && !in_own_chain(type, parent)) {
            type->parent = parent;
        }
    }
}

static bool is_a_below(struct interp *in, const struct qtype *type,
                       const char *name, unsigned depth)
{
    for (; type; type = type->parent) {
        if (!strcmp(type->name, name)) {
            return true;
        }
        for (guint i = 0; depth && i < type->interfaces->len; i++) {
            struct qtype *iface = types_find(
                in, g_ptr_array_index(type->interfaces, i), type->targets);

            if (iface && is_a_below(in, iface, name, depth - 1)) {
                return true;
            }
        }
    }
    return false;
}

bool qtype_is_a(struct interp *in, struct qtype *type, const char *name)
{
    return is_a_below(in, type, name, 4);
}

/* --- Classes ------------------------------------------------------------- */

static void initialize_class(struct interp *in, struct qtype *type)
{
    struct val args[2] = { val_pointer(type->klass, ""), type->class_data };
    struct frame *frame = in->frame;

    for (struct qtype *p = type->parent; p; p = p->parent) {
        call_root(in, &p->class_base_init, type->targets, args, 2);
    }
    call_root(in, &type->class_init, type->targets, args, 2);
    properties_bind_assigned(in, type);
    in->frame = frame;
}

struct object *qtype_class(struct interp *in, struct qtype *type)
{
    struct instance_run *run = in->run;
    struct object *self = in->self;
    struct qtype *making = in->making;

    if (type->state != TYPE_NEW) {
        return type->klass;
    }
    type->state = TYPE_RUNNING;
    type->klass = object_make(in, OBJECT_CLASS);
    type->klass->type = type;
    type->klass->zeroed = !type->parent_name;
    if (type->parent) {
        type->klass->base = qtype_class(in, type->parent);
        type->klass->zeroed = type->klass->base->zeroed;
    }
    in->run = NULL;
    in->self = NULL;
    in->making = type;
    initialize_class(in, type);
    in->making = making;
    in->run = run;
    in->self = self;
    type->state = TYPE_DONE;
    return type->klass;
}

/* --- Instances ----------------------------------------------------------- */

/* The field that P sets in OBJECT; object NULL: none as a whole. */
static struct place field_of(struct interp *in, struct object *object,
                             const struct property *p)
{
    struct place place = { object, "" };
    const char *tag;
    g_auto(GStrv) names = NULL;

    if (!p->record || p->def.kind == VALUE_ABSENT) {
        return (struct place){ NULL, "" };
    }
    tag = g_hash_table_lookup(in->tags, p->record);
    names = g_strsplit(p->field, ".", -1);
    for (char **name = names; *name; name++) {
        place = place_member(in, place, interp_string(in, *name),
                             tag ? tag : p->record);
    }
    return place;
}

static struct val preset_value(const struct property *p)
{
    if (p->bit < 0 && p->def.kind == VALUE_BOOL) {
        return val_int(p->def.boolean);
    }
    return p->def.kind == VALUE_UINT || p->def.kind == VALUE_INT
           ? val_int(p->def.integer) : val_unknown(NULL);
}

/* Fields that properties set start with their defaults. */
static void preset_fields(struct interp *in, struct object *object,
                          const struct qtype *type)
{
    for (guint i = 0; i < type->properties->len; i++) {
        const struct property *p = g_ptr_array_index(type->properties, i);
        struct place place = field_of(in, object, p);

        if (place.object) {
            memory_store(in, place, preset_value(p), NULL);
        }
    }
}

/* What the instance code has put in place of the defaults. */
static void read_fields(struct interp *in, struct qtype *type,
                        struct object *object, const struct qtype *owner)
{
    for (guint i = 0; i < owner->properties->len; i++) {
        const struct property *p = g_ptr_array_index(owner->properties, i);
        struct val before = preset_value(p), after;
        struct place place = field_of(in, object, p);
        struct class_slot slot = { 0 };
        g_autofree char *name = g_strconcat("init:", p->name, NULL);

        if (!place.object || before.kind != VAL_INT) {
            continue;
        }
        after = memory_load(in, place);
        slot.known = after.kind == VAL_INT;
        if (!slot.known || after.number != before.number) {
            slot.name = g_intern_string(name);
            slot.number = slot.known ? after.number : 0;
            g_array_append_val(type->inits, slot);
        }
    }
}

struct object *qtype_instance(struct interp *in, struct qtype *type)
{
    struct object *object = object_make(in, OBJECT_INSTANCE);

    object->type = type;
    object->zeroed = true;
    qtype_class(in, type);
    for (const struct qtype *t = type; t; t = t->parent) {
        preset_fields(in, object, t);
    }
    return object;
}

static struct instance_run *new_run(struct interp *in, struct qtype *type,
                                    struct qtype *owner)
{
    struct instance_run *run = interp_alloc(in, sizeof(*run));

    run->owner = owner;
    run->properties = g_ptr_array_new();
    run->aliases = g_ptr_array_new();
    g_ptr_array_add(type->runs, run);
    return run;
}

static void run_initializers(struct interp *in, struct qtype *type,
                             struct qtype *owner, const struct val *self)
{
    if (owner->parent) {
        run_initializers(in, type, owner->parent, self);
    }
    in->run = new_run(in, type, owner);
    call_root(in, &owner->instance_init, type->targets, self, 1);
}

/* Leaf first, as before v10.1; what they add does not depend on it. */
static void run_post_initializers(struct interp *in, struct qtype *type,
                                  const struct val *self)
{
    guint i = type->runs->len;

    for (struct qtype *owner = type; owner; owner = owner->parent) {
        in->run = g_ptr_array_index(type->runs, --i);
        call_root(in, &owner->instance_post_init, type->targets, self, 1);
    }
}

/* Compat entries apply to instances of these only. */
static bool has_instances(struct interp *in, struct qtype *type)
{
    static const char *const roots[] = {
        "device", "memory-backend", "accel", "confidential-guest-support",
    };

    for (size_t i = 0; i < G_N_ELEMENTS(roots) && !type->abstract; i++) {
        if (qtype_is_a(in, type, roots[i])) {
            return true;
        }
    }
    return false;
}

void types_run_instances(struct interp *in)
{
    for (guint i = 0; i < in->types->len; i++) {
        struct qtype *type = g_ptr_array_index(in->types, i);
        struct val self;

        if (!has_instances(in, type)) {
            continue;
        }
        in->self = qtype_instance(in, type);
        self = val_pointer(in->self, "");
        run_initializers(in, type, type, &self);
        for (const struct qtype *t = type; t; t = t->parent) {
            read_fields(in, type, in->self, t);
        }
        run_post_initializers(in, type, &self);
        in->self = NULL;
        in->run = NULL;
    }
}
