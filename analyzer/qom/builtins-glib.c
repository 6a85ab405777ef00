/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * GLib's growing arrays, as far as registration code builds lists with them:
 * GPtrArray of pointers, GArray of pointers, GString.
 */
#include "qom/interp.h"

static struct val do_array_new(struct interp *in, const struct call *call)
{
    struct object *object = object_make(in, OBJECT_LIST);

    object->list = g_array_new(false, false, sizeof(struct val));
    g_ptr_array_add(in->objects, object);
    return val_pointer(object, "");
}

static GArray *list_arg(const struct call *call, unsigned i)
{
    struct val v = call_arg(call, i);

    return v.kind == VAL_POINTER && v.place.object->kind == OBJECT_LIST
           ? v.place.object->list : NULL;
}

static void append(GArray *list, struct val v)
{
    if (list && list->len < MAX_ELEMENTS) {
        g_array_append_val(list, v);
    }
}

static struct val do_ptr_array_add(struct interp *in,
                                   const struct call *call)
{
    append(list_arg(call, 0), call_arg(call, 1));
    return val_int(0);
}

/* g_array_append_vals(array, &element, n) */
static struct val do_array_append(struct interp *in, const struct call *call)
{
    struct val data = call_arg(call, 1), n = call_arg(call, 2);

    if (n.kind == VAL_INT && n.number == 1 && data.kind == VAL_POINTER) {
        append(list_arg(call, 0), memory_load(in, data.place));
    }
    return call_arg(call, 0);
}

/* A GString is its text at member "str". */
static struct place string_place(struct interp *in, const struct call *call)
{
    struct val v = call_arg(call, 0);

    if (v.kind != VAL_POINTER) {
        return (struct place){ NULL, NULL };
    }
    return place_member(in, v.place, "str", NULL);
}

static struct val do_string_new(struct interp *in, const struct call *call)
{
    struct object *object = object_make(in, OBJECT_HEAP);
    struct val init = call_arg(call, 0);
    const char *text = memory_string(in, &init);

    if (text || val_is_zero(&init)) {
        memory_store(in, place_member(in, (struct place){ object, "" },
                                      "str", NULL),
                     val_string(in, text ? text : ""), call->node);
    }
    return val_pointer(object, "");
}

static void string_append(struct interp *in, const struct call *call,
                          const char *more)
{
    struct place place = string_place(in, call);
    struct val old = memory_load(in, place), v = val_unknown(call->node);
    g_autofree char *text = NULL;

    if (old.kind == VAL_STRING && more) {
        text = g_strconcat(old.text, more, NULL);
        v = val_string(in, text);
    }
    memory_store(in, place, v, call->node);
}

static struct val do_string_append(struct interp *in,
                                   const struct call *call)
{
    struct val text = call_arg(call, 1);

    string_append(in, call, memory_string(in, &text));
    return call_arg(call, 0);
}

static struct val do_string_append_printf(struct interp *in,
                                          const struct call *call)
{
    g_autofree char *text = NULL;

    if (call->n >= 2) {
        text = interp_format(in, &call->args[1], call->args + 2,
                             call->n - 2);
    }
    string_append(in, call, text);
    return call_arg(call, 0);
}

static struct val do_string_free(struct interp *in, const struct call *call)
{
    return memory_load(in, string_place(in, call));
}

const struct builtin builtins_glib[] = {
    { "g_ptr_array_new", do_array_new },
    { "g_ptr_array_new_full", do_array_new },
    { "g_ptr_array_new_with_free_func", do_array_new },
    { "g_array_new", do_array_new },
    { "g_ptr_array_add", do_ptr_array_add },
    { "g_array_append_vals", do_array_append },
    { "g_string_new", do_string_new },
    { "g_string_append", do_string_append },
    { "g_string_append_printf", do_string_append_printf },
    { "g_string_free", do_string_free },
    { NULL, NULL },
};
