/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Properties that code sets on the objects it makes.  Known by name: QEMU's
 * calls that make objects of a type that is given by its name, and those that
 * set a property.
 */
#include "effects/walk.h"

#include "base/borrow.h"

#include <string.h>

/* In front of the name of a type, where the object's address is the key. */
#define TYPE_OF "type of "

/* --- Objects ------------------------------------------------------------------ */

struct maker {
    const char *name;
    int object;                  /* the argument, -1: what it returns */
    int type;                    /* the argument, -1: the last one */
};

static const struct maker makers[] = {
    { "object_initialize", 0, 2 },
    { "object_initialize_child", 2, 4 },
    { "object_initialize_child_internal", 2, 4 },
    { "object_initialize_child_with_props", 2, 4 },
    { "sysbus_init_child_obj", 2, 4 },
    { "virtio_instance_init_common", 1, 3 },
    { "object_new", -1, 0 },
    { "qdev_new", -1, 0 },
    { "qdev_try_new", -1, 0 },
    { "qdev_create", -1, 1 },
    { "qdev_try_create", -1, 1 },
    { "isa_new", -1, 0 },
    { "isa_try_new", -1, 0 },
    { "isa_create", -1, 1 },
    { "isa_try_create", -1, 1 },
    { "usb_new", -1, 0 },
    { "usb_create", -1, 1 },
    { "i2c_slave_new", -1, 0 },
    { "pci_new", -1, -1 },
    { "pci_new_multifunction", -1, -1 },
    { "pci_create", -1, -1 },
    { "pci_create_multifunction", -1, -1 },
};

static const struct maker *find_maker(const char *name)
{
    for (size_t i = 0; i < G_N_ELEMENTS(makers); i++) {
        if (!strcmp(makers[i].name, name)) {
            return &makers[i];
        }
    }
    return NULL;
}

bool effects_is_maker(const char *name)
{
    return find_maker(name);
}

/* What a string constant says; NULL: V is none.  Free it. */
static char *constant(const struct sym *v)
{
    size_t length = v->text && !v->space && !v->offset ? strlen(v->text) : 0;

    return length >= 2 && *v->text == '"' && v->text[length - 1] == '"'
           ? g_strndup(v->text + 1, length - 2) : NULL;
}

static void count_object(struct walker *w, const char *type)
{
    GHashTable *made = w->out->made;
    guint n = GPOINTER_TO_UINT(g_hash_table_lookup(made, type));

    /* How often something at run time decides. */
    n = w->guards->len ? SETTING_MANY : MIN(n + 1, SETTING_MANY);
    g_hash_table_insert(made, borrow(type), GUINT_TO_POINTER(n));
}

bool setting_make(struct walker *w, const char *name, const struct sym *args,
                  unsigned n, struct sym *ret)
{
    const struct maker *maker = find_maker(name);
    unsigned at = maker && maker->type >= 0 ? (unsigned)maker->type : n - 1;
    g_autofree char *type = maker && n && at < n ? constant(&args[at]) : NULL;
    struct sym *object;
    const char *key;

    if (!type) {
        return false;
    }
    count_object(w, walk_string(w, type));
    if (maker->object < 0) {
        *ret = sym_text(w, WALK_ANOTHER "\"%s\"", type);
        return true;
    }
    object = walk_alloc(w, sizeof(*object));
    *object = sym_text(w, "%s", type);
    key = sym_text(w, TYPE_OF "%s",
                   sym_to_text(w, &args[maker->object])).text;
    g_hash_table_insert(w->heap, borrow(key), object);
    *ret = sym_text(w, "%s()", name);
    return true;
}

/* The type of what V points to, NULL where it is not known. */
static const char *type_of(struct walker *w, const struct sym *v)
{
    static const char made[] = WALK_ANOTHER;
    const struct sym *type;
    const char *text;

    if (!v->text || v->space || v->offset) {
        return NULL;
    }
    text = v->text;
    if (g_str_has_prefix(text, made) && text[strlen(made)] == '"' &&
        g_str_has_suffix(text, "\"") && !strchr(text, '~')) {
        g_autofree char *name = g_strndup(text + strlen(made) + 1,
                                          strlen(text) - strlen(made) - 2);

        return walk_string(w, name);
    }
    type = g_hash_table_lookup(w->heap,
                               sym_text(w, TYPE_OF "%s", text).text);
    return type && !strpbrk(type->text, "(?~") ? type->text : NULL;
}

/* --- Properties --------------------------------------------------------------- */

/* Of numbers and words: what names another object is none of the guest's
 * business. */
static const char *const setters[] = {
    "qdev_prop_set_bit", "qdev_prop_set_uint8", "qdev_prop_set_uint16",
    "qdev_prop_set_uint32", "qdev_prop_set_int32", "qdev_prop_set_uint64",
    "qdev_prop_set_enum", "qdev_prop_set_string",
    "object_property_set_bool", "object_property_set_int",
    "object_property_set_uint", "object_property_set_str",
};

bool effects_is_setter(const char *name)
{
    for (size_t i = 0; i < G_N_ELEMENTS(setters); i++) {
        if (!strcmp(setters[i], name)) {
            return true;
        }
    }
    return false;
}

/* The name comes second, up to v5.0 that of object_property_set_…() third. */
static char *property_name(const struct sym *args, const struct sym **value)
{
    char *name = constant(&args[1]);

    *value = &args[2];
    if (!name) {
        name = constant(&args[2]);
        *value = &args[1];
    }
    return name;
}

/* A device that is plugged by its property is no setting of it. */
static bool is_life_cycle(const char *name)
{
    return !strcmp(name, "realized") || !strcmp(name, "hotplugged");
}

bool setting_set(struct walker *w, const char *name, const struct sym *args,
                 unsigned n)
{
    const struct sym *value;
    g_autofree char *property = NULL;
    const char *type;

    if (n < 3 || !effects_is_setter(name)) {
        return false;
    }
    property = property_name(args, &value);
    if (!property || is_life_cycle(property)) {
        return true;
    }
    type = type_of(w, &args[0]);
    g_autofree char *text = constant(value);
    g_autofree char *place = g_strdup_printf(
        "%s\n%s", type ? type : sym_to_text(w, &args[0]), property);

    visible_setting(w, place, text ? text : sym_to_text(w, value),
                    type && (text || sym_is_known(value)));
    return true;
}
