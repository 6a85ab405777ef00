/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * QEMU's object model: registration, casts, classes and instances.
 */
#include "qom/interp.h"

#include <string.h>

/* --- Constructors and registration --------------------------------------- */

/* register_module_init(fn, MODULE_INIT_QOM) */
static struct val do_module_init(struct interp *in, const struct call *call)
{
    struct val function = call_arg(call, 0), kind = call_arg(call, 1);

    if (kind.kind == VAL_INT && kind.text &&
        (!strcmp(kind.text, "MODULE_INIT_QOM") ||
         !strcmp(kind.text, "MODULE_INIT_MACHINE"))) {
        call_root(in, &function, in->targets, NULL, 0);
    }
    return val_int(0);
}

static struct val do_type_register(struct interp *in, const struct call *call)
{
    struct val info = call_arg(call, 0);

    if (info.kind == VAL_POINTER) {
        types_register(in, place_resolve(info.place));
    } else {
        interp_gap(in, "a TypeInfo given to '%s' could not be evaluated",
                   call->name);
    }
    return val_pointer(object_make(in, OBJECT_HEAP), "");
}

static struct val do_type_register_array(struct interp *in,
                                         const struct call *call)
{
    struct val infos = call_arg(call, 0), n = call_arg(call, 1);

    if (infos.kind != VAL_POINTER || n.kind != VAL_INT) {
        interp_gap(in, "an array of TypeInfo could not be evaluated");
        return val_int(0);
    }
    for (int64_t i = 0; i < MIN(n.number, MAX_ELEMENTS); i++) {
        struct place place = infos.place;

        if (!interp_step(in) || !place_advance(in, &place, i)) {
            break;
        }
        types_register(in, place);
    }
    return val_int(0);
}

/* --- Values that are objects --------------------------------------------- */

static struct object *pointed_object(const struct val *v,
                                     enum object_kind kind)
{
    struct place place;

    if (v->kind != VAL_POINTER) {
        return NULL;
    }
    place = place_resolve(v->place);
    return place.object->kind == kind ? place.object : NULL;
}

struct object *val_class(const struct val *v)
{
    return pointed_object(v, OBJECT_CLASS);
}

struct object *val_instance(const struct val *v)
{
    return pointed_object(v, OBJECT_INSTANCE);
}

static struct qtype *val_type(const struct val *v)
{
    struct object *object = val_class(v);

    if (!object) {
        object = val_instance(v);
    }
    return object ? object->type : NULL;
}

static const char *text_arg(struct interp *in, const struct call *call,
                            unsigned i)
{
    return i < call->n ? memory_string(in, &call->args[i]) : NULL;
}

static struct val class_pointer(struct interp *in, struct qtype *type)
{
    return val_pointer(qtype_class(in, type), "");
}

/* --- Casts --------------------------------------------------------------- */

static struct val do_cast(struct interp *in, const struct call *call)
{
    return call_arg(call, 0);
}

/* Casts that may fail: known where the type is. */
static struct val do_dynamic_cast(struct interp *in, const struct call *call)
{
    struct val v = call_arg(call, 0);
    struct qtype *type = val_type(&v);
    const char *name = text_arg(in, call, 1);

    if (!type || !name) {
        return val_unknown(call->node);
    }
    return qtype_is_a(in, type, name) ? v : val_int(0);
}

/* --- Classes ------------------------------------------------------------- */

static struct val do_get_class(struct interp *in, const struct call *call)
{
    struct val v = call_arg(call, 0);
    struct object *instance = val_instance(&v);

    return instance ? class_pointer(in, instance->type)
                    : val_unknown(call->node);
}

static struct val do_get_parent(struct interp *in, const struct call *call)
{
    struct val v = call_arg(call, 0);
    struct object *klass = val_class(&v);

    if (!klass) {
        return val_unknown(call->node);
    }
    if (klass->type->parent) {
        return class_pointer(in, klass->type->parent);
    }
    return klass->type->parent_name ? val_unknown(call->node) : val_int(0);
}

static struct val do_type_name(struct interp *in, const struct call *call)
{
    struct val v = call_arg(call, 0);
    struct qtype *type = val_type(&v);

    return type ? val_string(in, type->name) : val_unknown(call->node);
}

static struct val do_is_abstract(struct interp *in, const struct call *call)
{
    struct val v = call_arg(call, 0);
    struct qtype *type = val_type(&v);

    return type ? val_int(type->abstract) : val_unknown(call->node);
}

static struct val do_class_by_name(struct interp *in, const struct call *call)
{
    const char *name = text_arg(in, call, 0);
    struct qtype *type = name ? types_find(in, name, in->targets) : NULL;

    return type ? class_pointer(in, type) : val_unknown(call->node);
}

/* --- Instances ----------------------------------------------------------- */

static struct val new_instance(struct interp *in, const char *name,
                               const struct ir_node *node)
{
    struct qtype *type = name ? types_find(in, name, in->targets) : NULL;

    if (!type) {
        return val_unknown(node);
    }
    return val_pointer(qtype_instance(in, type), "");
}

static struct val do_object_new(struct interp *in, const struct call *call)
{
    return new_instance(in, text_arg(in, call, 0), call->node);
}

static struct val do_new_with_class(struct interp *in,
                                    const struct call *call)
{
    struct val v = call_arg(call, 0);
    struct object *klass = val_class(&v);

    return new_instance(in, klass ? klass->type->name : NULL, call->node);
}

/* Makes the object that stands at the place of argument WHERE. */
static struct val initialize(struct interp *in, const struct call *call,
                             unsigned where, unsigned type)
{
    struct val data = call_arg(call, where);
    struct val object = new_instance(in, text_arg(in, call, type),
                                     call->node);
    struct object *outer;

    if (data.kind != VAL_POINTER || object.kind != VAL_POINTER) {
        return val_unknown(call->node);
    }
    outer = data.place.object;
    if (!*data.place.path) {
        return val_int(1);
    }
    if (!outer->children) {
        outer->children = g_hash_table_new(NULL, NULL);
        g_ptr_array_add(in->objects, outer);
    }
    g_hash_table_insert(outer->children, unconst(data.place.path),
                        object.place.object);
    return val_int(1);
}

static struct val do_initialize(struct interp *in, const struct call *call)
{
    return initialize(in, call, 0, 2);
}

/* object_initialize_child*(parent, name, child, size, type, …) */
static struct val do_initialize_child(struct interp *in,
                                      const struct call *call)
{
    return initialize(in, call, 2, 4);
}

/* Costly, and about names of no interest. */
static struct val do_nothing(struct interp *in, const struct call *call)
{
    return val_int(0);
}

/* s390_init_feat_bitmap(list, bitmap) of target/s390x/cpu_features.c goes
 * through lists that a program prints (gen-features.c), which is not run: after
 * thousands of rounds nothing would be known of the bitmap. */
static struct val do_init_feat_bitmap(struct interp *in,
                                      const struct call *call)
{
    struct val bitmap = call_arg(call, 1);

    if (bitmap.kind == VAL_POINTER) {
        memory_store(in, place_array(in, bitmap.place),
                     val_unknown(call->node), call->node);
    }
    return val_int(0);
}

const struct builtin builtins_qom[] = {
    { "register_module_init", do_module_init },
    { "register_dso_module_init", do_module_init },
    { "type_register", do_type_register },
    { "type_register_static", do_type_register },
    { "type_register_internal", do_type_register },
    { "type_register_static_array", do_type_register_array },
    { "object_dynamic_cast_assert", do_cast },
    { "object_class_dynamic_cast_assert", do_cast },
    { "object_dynamic_cast", do_dynamic_cast },
    { "object_class_dynamic_cast", do_dynamic_cast },
    { "object_ref", do_cast },
    { "object_get_class", do_get_class },
    { "object_class_get_parent", do_get_parent },
    { "object_class_get_name", do_type_name },
    { "object_get_typename", do_type_name },
    { "object_class_is_abstract", do_is_abstract },
    { "object_class_by_name", do_class_by_name },
    { "module_object_class_by_name", do_class_by_name },
    { "object_new", do_object_new },
    { "object_new_with_class", do_new_with_class },
    { "object_new_with_props", do_object_new },
    { "qdev_new", do_object_new },
    { "qdev_try_new", do_object_new },
    { "object_initialize", do_initialize },
    { "object_initialize_child", do_initialize_child },
    { "object_initialize_childv", do_initialize_child },
    { "object_initialize_child_internal", do_initialize_child },
    { "object_initialize_child_with_props", do_initialize_child },
    { "object_initialize_child_with_propsv", do_initialize_child },
    { "memory_region_init", do_nothing },
    { "s390_init_feat_bitmap", do_init_feat_bitmap },
    { NULL, NULL },
};

void builtins_init(struct interp *in)
{
    static const struct builtin *const tables[] = {
        builtins_libc, builtins_glib, builtins_qom, builtins_property,
    };

    in->builtins = g_hash_table_new(NULL, NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(tables); i++) {
        for (const struct builtin *b = tables[i]; b->name; b++) {
            g_hash_table_insert(in->builtins,
                                unconst(g_intern_static_string(b->name)),
                                unconst(b));
        }
    }
}
