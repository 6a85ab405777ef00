/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * How QEMU's code adds properties to classes and objects, and compat arrays
 * to machines.
 */
#include "qom/interp.h"

#include <string.h>

static const char *text_arg(struct interp *in, const struct call *call,
                            unsigned i)
{
    return i < call->n ? memory_string(in, &call->args[i]) : NULL;
}

/* The class or object that argument 0 is. */
static struct object *owner_arg(const struct call *call)
{
    struct val v = call_arg(call, 0);
    struct object *owner = val_class(&v);

    return owner ? owner : val_instance(&v);
}

static struct val property_pointer(struct interp *in,
                                   struct property *property)
{
    struct object *object = object_make(in, OBJECT_PROPERTY);

    object->property = property;
    return val_pointer(object, "");
}

static struct property *property_arg(const struct call *call)
{
    struct val v = call_arg(call, 0);

    return v.kind == VAL_POINTER && v.place.object->kind == OBJECT_PROPERTY
           ? v.place.object->property : NULL;
}

static struct val add(struct interp *in, const struct call *call,
                      const struct property_kind *kind)
{
    struct object *owner = owner_arg(call);
    const char *name = text_arg(in, call, 1);

    if (!owner) {
        return val_unknown(call->node);
    }
    if (!name) {
        interp_gap(in, "the name of a property given to '%s' could not be "
                   "evaluated", call->name);
        return val_unknown(call->node);
    }
    return property_pointer(in, properties_add(in, owner, name, kind));
}

/* object_[class_]property_add(owner, name, type, …) */
static struct val do_add(struct interp *in, const struct call *call)
{
    const char *type = text_arg(in, call, 2);

    return add(in, call, properties_named_kind(in, type ? type : "?"));
}

/* object_[class_]property_add_TYPE[_ptr](owner, name, …): the kind is in the
 * function's name. */
static struct val do_add_typed(struct interp *in, const struct call *call)
{
    const char *type = strstr(call->name, "property_add_");
    g_autofree char *name = g_strdup(type + strlen("property_add_"));
    char *end = strstr(name, "_ptr");

    if (end) {
        *end = '\0';
    }
    return add(in, call, properties_named_kind(
                   in, !strcmp(name, "str") ? "string" :
                       !strcmp(name, "tm") ? "struct tm" : name));
}

/* object_[class_]property_add_enum(owner, name, typename, lookup, …) */
static struct val do_add_enum(struct interp *in, const struct call *call)
{
    const char *type = text_arg(in, call, 2);
    struct val lookup = call_arg(call, 3);
    g_auto(GStrv) names = properties_enum_names(in, &lookup);

    if (!type || !names) {
        return do_add(in, call);
    }
    return add(in, call, facts_add_kind(in->facts, g_intern_string(type),
                                        NULL, SYNTAX_ENUM, 0,
                                        (const char *const *)names));
}

static struct val do_add_link(struct interp *in, const struct call *call)
{
    const char *type = text_arg(in, call, 2);
    g_autofree char *name = g_strdup_printf("link<%s>", type ? type : "?");

    return add(in, call, properties_named_kind(in, name));
}

static struct val do_add_alias(struct interp *in, const struct call *call)
{
    struct object *owner = owner_arg(call);
    const char *name = text_arg(in, call, 1);
    struct val target = call_arg(call, 2);
    const char *property = text_arg(in, call, 3);

    if (owner && name && property && val_instance(&target)) {
        properties_add_alias(in, owner, name, val_instance(&target),
                             property);
    }
    return val_unknown(call->node);
}

/* qdev_alias_all_properties(target, source) */
static struct val do_alias_all(struct interp *in, const struct call *call)
{
    struct val target = call_arg(call, 0), source = call_arg(call, 1);

    if (val_instance(&target) && val_instance(&source)) {
        properties_add_alias(in, val_instance(&source), NULL,
                             val_instance(&target), NULL);
    }
    return val_int(0);
}

/* --- Tables -------------------------------------------------------------- */

static struct val do_set_props(struct interp *in, const struct call *call)
{
    struct val n = call_arg(call, 2);
    struct object *owner = owner_arg(call);

    if (owner) {
        properties_bind_table(in, owner, call_arg(call, 1),
                              n.kind == VAL_INT ? n.number : -1);
    } else {
        interp_gap(in, "table not bound: the class given to '%s' could not "
                   "be evaluated", call->name);
    }
    return val_int(0);
}

/* qdev_property_add_static(dev, &property).  Before v5.0 every device gives
 * itself the table of its class so: that is known already. */
static struct val do_add_static(struct interp *in, const struct call *call)
{
    struct object *owner = owner_arg(call);
    struct val property = call_arg(call, 1);

    if (owner && property.kind == VAL_POINTER &&
        !properties_is_class_table(in, owner, property.place)) {
        properties_bind(in, owner, property.place);
    }
    return val_int(0);
}

/* --- Defaults ------------------------------------------------------------ */

static struct val do_default_bool(struct interp *in, const struct call *call)
{
    struct val v = call_arg(call, 1);

    properties_set_default(property_arg(call), &v, VALUE_BOOL, NULL);
    return val_int(1);
}

static struct val do_default_int(struct interp *in, const struct call *call)
{
    struct val v = call_arg(call, 1);

    properties_set_default(property_arg(call), &v, VALUE_INT, NULL);
    return val_int(1);
}

static struct val do_default_uint(struct interp *in, const struct call *call)
{
    struct val v = call_arg(call, 1);

    properties_set_default(property_arg(call), &v, VALUE_UINT, NULL);
    return val_int(1);
}

static struct val do_default_str(struct interp *in, const struct call *call)
{
    struct val v = call_arg(call, 1);

    properties_set_default(property_arg(call), &v, VALUE_STRING,
                           text_arg(in, call, 1));
    return val_int(1);
}

static struct val do_default_list(struct interp *in, const struct call *call)
{
    struct property *property = property_arg(call);

    if (property) {
        property->def = value_list();
    }
    return val_int(1);
}

/* qapi_enum_lookup(lookup, value) */
static struct val do_enum_lookup(struct interp *in, const struct call *call)
{
    struct val lookup = call_arg(call, 0), value = call_arg(call, 1);
    g_auto(GStrv) names = properties_enum_names(in, &lookup);

    if (!names || value.kind != VAL_INT || value.number < 0 ||
        value.number >= g_strv_length(names)) {
        return val_unknown(call->node);
    }
    return val_string(in, names[value.number]);
}

/* --- Compat arrays ------------------------------------------------------- */

/* compat_props_add(list, array, n): the array as a whole. */
static struct val do_compat_props_add(struct interp *in,
                                      const struct call *call)
{
    struct val list = call_arg(call, 0), array = call_arg(call, 1);

    if (list.kind != VAL_POINTER || list.place.object->kind != OBJECT_LIST ||
        array.kind != VAL_POINTER) {
        interp_gap(in, "an array given to '%s' could not be evaluated",
                   call->name);
        return val_int(0);
    }
    array.place = place_array(in, array.place);
    g_array_append_val(list.place.object->list, array);
    return val_int(0);
}

static struct val do_nothing(struct interp *in, const struct call *call)
{
    return val_int(0);
}

#define TYPED(type) \
    { "object_property_add_" type, do_add_typed }, \
    { "object_class_property_add_" type, do_add_typed }

const struct builtin builtins_property[] = {
    { "object_property_add", do_add },
    { "object_property_try_add", do_add },
    { "object_class_property_add", do_add },
    TYPED("bool"), TYPED("str"), TYPED("tm"), TYPED("uint8_ptr"),
    TYPED("uint16_ptr"), TYPED("uint32_ptr"), TYPED("uint64_ptr"),
    { "object_property_add_enum", do_add_enum },
    { "object_class_property_add_enum", do_add_enum },
    { "object_property_add_link", do_add_link },
    { "object_class_property_add_link", do_add_link },
    { "object_property_add_const_link", do_nothing },
    { "object_property_add_child", do_nothing },
    { "object_property_set_description", do_nothing },
    { "object_class_property_set_description", do_nothing },
    { "object_property_add_alias", do_add_alias },
    { "qdev_alias_all_properties", do_alias_all },
    { "device_class_set_props", do_set_props },
    { "device_class_set_props_n", do_set_props },
    { "qdev_property_add_static", do_add_static },
    { "qdev_property_add_legacy", do_nothing },
    { "object_property_set_default_bool", do_default_bool },
    { "object_property_set_default_int", do_default_int },
    { "object_property_set_default_uint", do_default_uint },
    { "object_property_set_default_str", do_default_str },
    { "object_property_set_default_list", do_default_list },
    /* Up to v4.2 the default was set on the object. */
    { "object_property_set_bool", do_default_bool },
    { "object_property_set_int", do_default_int },
    { "object_property_set_uint", do_default_uint },
    { "object_property_set_str", do_default_str },
    { "qapi_enum_lookup", do_enum_lookup },
    { "compat_props_add", do_compat_props_add },
    { NULL, NULL },
};
