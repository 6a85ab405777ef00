/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Calls: builtins by name, everything else by running its body.
 */
#include "qom/interp.h"

#include <string.h>

/* QEMU's casts are macros or inline functions in capitals: DEVICE(obj),
 * VIRTIO_PCI_GET_CLASS(obj). */
static bool is_cast_name(const char *name)
{
    bool letter = false;

    for (; *name; name++) {
        if (g_ascii_islower(*name)) {
            return false;
        }
        letter |= g_ascii_isupper(*name);
    }
    return letter;
}

static bool eval_cast_call(struct interp *in, const struct call *call,
                           struct val *ret)
{
    struct object *instance;

    if (!call->n || !call->name || !is_cast_name(call->name)) {
        return false;
    }
    if (g_str_has_suffix(call->name, "_GET_CLASS")) {
        instance = val_instance(&call->args[0]);
        *ret = instance ? val_pointer(qtype_class(in, instance->type), "")
                        : val_unknown(call->node);
        return true;
    }
    *ret = call->args[0];
    return ret->kind == VAL_POINTER || ret->kind == VAL_UNKNOWN;
}

static bool suggests_registration(const char *name)
{
    static const char *const words[] = {
        "prop", "compat", "type_register", "register_type", "alias",
    };

    for (size_t i = 0; i < G_N_ELEMENTS(words); i++) {
        if (strstr(name, words[i])) {
            return true;
        }
    }
    return false;
}

/* A function without a body that may register something unseen. */
static void note_unknown_registrar(struct interp *in,
                                   const struct call *call)
{
    if (!call->name || !suggests_registration(call->name)) {
        return;
    }
    for (unsigned i = 0; i < call->n; i++) {
        if (val_class(&call->args[i])) {
            interp_gap(in, "unknown registrar '%s' is given a class",
                       call->name);
            return;
        }
    }
}

static void bind_params(struct interp *in, struct sym *function,
                        const struct val *args, unsigned n)
{
    const char *const *params = function->symbol->params;

    for (unsigned i = 0; params && params[i]; i++) {
        struct object *object = object_make(in, OBJECT_LOCAL);
        struct binding binding = { params[i], object };

        object->sym = function;
        g_array_append_val(in->bindings, binding);
        memory_store(in, (struct place){ object, "" },
                     i < n ? args[i] : val_unknown(NULL), NULL);
    }
}

struct val call_function(struct interp *in, struct sym *function,
                         const struct val *args, unsigned n)
{
    const struct ir_node *body = ir_unit_node(function->unit,
                                              function->index);
    struct frame frame = { .function = function, .caller = in->frame,
                           .first = in->bindings->len };
    struct ir_loc loc = in->loc;
    struct val last = in->last;

    if (!body || body->kind == IR_NONE || !interp_step(in)) {
        return val_unknown(NULL);
    }
    if (in->depth >= MAX_DEPTH) {
        interp_gap(in, "evaluation limit reached in '%s'",
                   function->symbol->name);
        return val_unknown(NULL);
    }
    in->depth++;
    in->frame = &frame;
    in->loc = function->symbol->loc;
    bind_params(in, function, args, n);
    exec(in, body);
    g_array_set_size(in->bindings, frame.first);
    in->frame = frame.caller;
    in->depth--;
    in->loc = loc;
    in->last = last;
    return frame.has_result ? frame.result : val_unknown(NULL);
}

/* Code of one unit asked for from nowhere: links from the unit itself. */
struct val call_root(struct interp *in, const struct val *function,
                     target_set targets, const struct val *args, unsigned n)
{
    target_set outer_targets = in->targets;
    unsigned outer_steps = in->root_steps, maybe = in->maybe;
    bool outer_exhausted = in->exhausted;
    struct val v;

    if (function->kind != VAL_FUNCTION || !function->function) {
        return val_unknown(NULL);
    }
    in->targets = targets;
    in->root_steps = 0;
    in->exhausted = interp_is_spent(in);
    in->maybe = 0;
    v = call_function(in, function->function, args, n);
    in->maybe = maybe;
    in->targets = outer_targets;
    in->root_steps = outer_steps;
    in->exhausted = outer_exhausted;
    return v;
}

static unsigned eval_args(struct interp *in, const struct ir_node *node,
                          struct val *args)
{
    unsigned n = 0;

    for (const struct ir_node *kid = ir_kid(node, 1);
         kid && n < MAX_CALL_ARGS; kid = kid->next) {
        args[n++] = eval(in, kid);
    }
    return n;
}

/* What the functions of QEMU's own object model do is either built in or
 * about objects that do not exist here. */
static bool is_object_model(const struct sym *function)
{
    return !strcmp(ir_unit_path(function->unit), "qom/object.c");
}

struct val eval_call(struct interp *in, const struct ir_node *node)
{
    const struct ir_node *callee = node->kids;
    struct val args[MAX_CALL_ARGS], result;
    struct call call = { .node = node, .args = args };
    struct ir_loc loc = in->loc;
    const struct builtin *builtin;
    struct val function;

    if (!callee) {
        return val_unknown(node);
    }
    function = eval(in, callee);
    call.name = function.kind == VAL_FUNCTION ? function.text : NULL;
    call.n = eval_args(in, node, args);
    if (node->loc.line) {
        in->loc = node->loc;
    }
    builtin = call.name ? g_hash_table_lookup(in->builtins, call.name)
                        : NULL;
    if (builtin) {
        result = builtin->fn(in, &call);
    } else if (!eval_cast_call(in, &call, &result)) {
        result = val_unknown(node);
        if (!call.name || !function.function) {
            note_unknown_registrar(in, &call);
        } else if (!is_object_model(function.function)) {
            result = call_function(in, function.function, args, call.n);
        }
    }
    in->loc = loc;
    if (result.kind == VAL_UNKNOWN && !result.node) {
        result.node = node;
    }
    return result;
}
