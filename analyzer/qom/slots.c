/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What class_init gave a device type of its own, for the model. */
#include "qom/interp.h"

#include <string.h>

/* Records whose numbers are no business of a device's realize code. */
static bool is_generic(const char *path)
{
    return g_str_has_prefix(path, "DeviceClass.") ||
           g_str_has_prefix(path, "ObjectClass.") ||
           strstr(path, "CPUClass.");
}

/* Fields through which a device is made, plugged or reset. */
static bool is_life_cycle(const char *field)
{
    static const char *const fields[] = {
        "realize", "init", "reset", "legacy_reset", "enter", "hold",
        "get_features", "device_plugged", "pre_plugged", "plugged",
    };

    for (size_t i = 0; i < G_N_ELEMENTS(fields); i++) {
        if (!strcmp(field, fields[i])) {
            return true;
        }
    }
    return false;
}

static bool has_name(const char *path)
{
    return g_ascii_isalpha(*path) && !strchr(path, '[');
}

static void add_function(struct qom_type *to, const char *name,
                         const char *function, const char *file)
{
    struct class_slot *slot = qom_type_add_slot(to, g_intern_string(name));

    slot->function = g_intern_string(function);
    slot->file = file ? g_intern_string(file) : NULL;
}

/* Where the function is, which need not be where it was put in its place:
 * device_class_set_legacy_reset() does that for others. */
static const char *file_of(const struct cell *cell)
{
    const struct sym *function = cell->val.function;
    struct ir_unit *unit = function && function->unit ? function->unit
                                                      : cell->unit;

    return unit ? ir_unit_path(unit) : NULL;
}

static void add_cell(struct qom_type *to, const char *path,
                     const struct cell *cell)
{
    const struct val *v = &cell->val;
    const char *field = strrchr(path, '.');

    if (!field || !has_name(path)) {
        return;
    }
    if (v->kind == VAL_FUNCTION && v->text && is_life_cycle(field + 1)) {
        add_function(to, path, v->text, file_of(cell));
    } else if ((v->kind == VAL_INT || v->kind == VAL_UNKNOWN) &&
               !is_generic(path)) {
        struct class_slot *slot = qom_type_add_slot(to,
                                                    g_intern_string(path));

        slot->known = v->kind == VAL_INT;
        slot->number = slot->known ? v->number : 0;
    }
}

static void add_hook(struct qom_type *to, const char *name,
                     const struct val *function)
{
    if (function->kind == VAL_FUNCTION && function->text) {
        add_function(to, name, function->text,
                     function->function && function->function->unit ?
                     ir_unit_path(function->function->unit) : to->loc.file);
    }
}

void slots_emit_machine(struct interp *in, const struct qtype *type,
                        struct qom_type *to)
{
    struct place init = place_member(in, (struct place){ type->klass, "" },
                                     "init", "MachineClass");
    const struct cell *cell = type->klass ? cell_own(type->klass, init.path)
                                          : NULL;

    add_hook(to, "instance_init", &type->instance_init);
    if (cell && cell->val.kind == VAL_FUNCTION && cell->val.text) {
        add_function(to, "MachineClass.init", cell->val.text, file_of(cell));
    }
}

void slots_emit(struct interp *in, const struct qtype *type,
                struct qom_type *to)
{
    GHashTableIter iter;
    gpointer path, cell;

    add_hook(to, "instance_init", &type->instance_init);
    add_hook(to, "instance_post_init", &type->instance_post_init);
    for (guint i = 0; i < type->inits->len; i++) {
        const struct class_slot *init =
            &g_array_index(type->inits, struct class_slot, i);

        *qom_type_add_slot(to, init->name) = *init;
    }
    if (!type->klass || !type->klass->cells) {
        return;
    }
    g_hash_table_iter_init(&iter, type->klass->cells);
    while (g_hash_table_iter_next(&iter, &path, &cell)) {
        add_cell(to, path, cell);
    }
}
