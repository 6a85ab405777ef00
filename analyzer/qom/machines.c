/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Compat arrays and machine types.
 */
#include "qom/interp.h"

#include <string.h>

/* --- Arrays -------------------------------------------------------------- */

static bool is_compat_type(const char *type)
{
    type = type_bare(type);
    return type && g_str_has_prefix(type, "GlobalProperty") &&
           type_is_array(type);
}

void arrays_note(struct interp *in, struct object *object, const char *type)
{
    if (is_compat_type(type)) {
        g_ptr_array_add(in->arrays, object);
    }
}

/* "hw_compat_7_1" or "ccw_machine_7_1_class_options/compat" */
static const char *array_id(const struct object *object)
{
    g_autofree char *id = NULL;

    if (!object->decl) {
        return object->sym->symbol->name;
    }
    id = g_strconcat(object->sym->symbol->name, "/", object->decl->str,
                     NULL);
    return g_intern_string(id);
}

static const char *entry_text(struct interp *in, struct place entry,
                              const char *field)
{
    struct val v = memory_field(in, entry, field);
    const char *text = memory_string(in, &v);

    return text ? g_intern_string(text) : NULL;
}

static void emit_entry(struct interp *in, struct place place,
                       struct compat_array *array)
{
    const struct cell *cell = memory_find(place);
    struct val optional = memory_field(in, place, "optional");
    struct val value = memory_field(in, place, "value");
    const char *driver = entry_text(in, place, "driver");
    const char *property = entry_text(in, place, "property");
    const char *text = entry_text(in, place, "value");
    struct location loc = interp_location(cell->unit, cell->loc);
    struct compat_entry *entry;

    if (!driver || !property || (!text && !val_is_zero(&value))) {
        facts_add_gap(in->facts, loc.file, loc.line,
                      g_intern_string("a compat entry could not be "
                                      "evaluated"));
        return;
    }
    entry = compat_array_add_entry(array);
    entry->driver = driver;
    entry->property = property;
    entry->value = text ? text : g_intern_string("");
    entry->optional = val_truth(&optional) == 1;
    entry->loc = loc;
}

static struct location array_end(const struct object *object)
{
    struct ir_loc loc = object->sym->symbol->end;

    if (object->decl) {
        return (struct location){ NULL, 0, 0 };
    }
    return interp_location(object->sym->unit, loc);
}

static struct location array_start(const struct object *object)
{
    return interp_location(object->sym->unit,
                           object->decl ? object->decl->loc
                                        : object->sym->symbol->loc);
}

static void emit_entries(struct interp *in, struct object *object,
                         struct compat_array *array)
{
    struct place place = { object, "" };

    for (int64_t i = 0; i < MAX_ELEMENTS; i++) {
        struct place entry = place_index(in, place, i);
        struct val driver;

        if (!memory_find(entry)) {
            break;
        }
        driver = memory_field(in, entry, "driver");
        if (val_is_zero(&driver)) {
            break;
        }
        emit_entry(in, entry, array);
    }
}

static struct compat_array *emit_array(struct interp *in,
                                       struct object *object)
{
    struct compat_array *array = facts_add_array(in->facts,
                                                 array_id(object));

    array->name = object->decl ? object->decl->str
                               : object->sym->symbol->name;
    array->loc = array_start(object);
    array->end = array_end(object);
    emit_entries(in, object, array);
    return array;
}

/* File-scope arrays count whether or not a machine applies them. */
static void note_global_arrays(struct interp *in)
{
    for (guint u = 0; u < in->units->len; u++) {
        struct ir_unit *unit = g_ptr_array_index(in->units, u);
        GHashTable *statics = g_hash_table_lookup(in->statics, unit);

        for (unsigned i = 0; i < ir_unit_n_symbols(unit); i++) {
            const struct ir_symbol *symbol = ir_unit_symbol(unit, i);
            struct sym *sym;

            if (!symbol || symbol->kind != IR_SYM_VARIABLE ||
                !is_compat_type(symbol->type)) {
                continue;
            }
            sym = g_hash_table_lookup(symbol->flags & IR_F_STATIC
                                      ? statics : in->symbols, symbol->name);
            while (sym && (sym->unit != unit || sym->index != i)) {
                sym = sym->next;
            }
            if (sym && ir_unit_node(unit, i)->kind != IR_NONE) {
                g_ptr_array_add(in->arrays, symbol_object(in, sym));
            }
        }
    }
}

void arrays_emit(struct interp *in)
{
    g_autoptr(GHashTable) by_id = g_hash_table_new(NULL, NULL);

    note_global_arrays(in);
    for (guint i = 0; i < in->arrays->len; i++) {
        struct object *object = g_ptr_array_index(in->arrays, i);
        const char *id = array_id(object);
        struct compat_array *array = g_hash_table_lookup(by_id, id);

        if (!array) {
            array = emit_array(in, object);
            g_hash_table_insert(by_id, unconst(id), array);
        }
        g_hash_table_insert(in->array_of, object, array);
    }
}

/* --- The chain ----------------------------------------------------------- */

/* Until v2.3 a machine type had its entries in an array without a name. */
static const struct compat_array *unnamed_array(struct interp *in,
                                                const struct machine *machine,
                                                struct object *object)
{
    const struct cell *cell =
        memory_find(place_index(in, (struct place){ object, "" }, 0));
    g_autofree char *text = g_strconcat(machine->name, "/compat_props", NULL);
    const char *id = g_intern_string(text);
    g_autofree char *family = NULL;
    struct compat_array *array;

    if (object->kind != OBJECT_HEAP || !cell) {
        return NULL;
    }
    for (guint i = 0; i < in->facts->arrays->len; i++) {
        array = g_ptr_array_index(in->facts->arrays, i);
        if (array->id == id) {
            return array;
        }
    }
    array = facts_add_array(in->facts, id);
    array->name = g_intern_static_string("compat_props");
    array->loc = interp_location(cell->unit, cell->loc);
    family = version_cut_from_name(machine->name, &array->version);
    array->has_version = family != NULL;
    emit_entries(in, object, array);
    return array;
}

static void add_to_chain(struct interp *in, struct machine *machine,
                         struct place place, const struct object **last)
{
    struct object *object = place.object;
    const struct compat_array *array;

    /* Element by element: the first stands for the array. */
    if (*place_array(in, place).path || object == *last) {
        return;
    }
    array = g_hash_table_lookup(in->array_of, object);
    if (!array) {
        array = unnamed_array(in, machine, object);
    }
    if (array) {
        g_ptr_array_add(machine->compat, unconst(array));
    } else {
        facts_add_gap(in->facts, machine->loc.file, machine->loc.line,
                      g_intern_string("a compat array of the machine type "
                                      "could not be evaluated"));
    }
    *last = *place.path ? object : NULL;
}

static void emit_chain(struct interp *in, struct machine *machine,
                       struct place klass)
{
    struct val props = memory_load(in, place_member(in, klass, "compat_props",
                                                    "MachineClass"));
    const struct object *last = NULL;

    if (props.kind != VAL_POINTER) {
        return;
    }
    if (props.place.object->kind != OBJECT_LIST) {
        add_to_chain(in, machine, place_array(in, props.place), &last);
        return;
    }
    for (guint i = 0; i < props.place.object->list->len; i++) {
        struct val v = g_array_index(props.place.object->list, struct val,
                                     i);

        if (v.kind == VAL_POINTER) {
            add_to_chain(in, machine, v.place, &last);
        }
    }
}

/* --- Machines ------------------------------------------------------------ */

static bool same_field(const struct class_field *a,
                       const struct class_field *b)
{
    return a->name == b->name && a->value == b->value &&
           a->evaluated == b->evaluated;
}

static bool same_machine(const struct machine *a, const struct machine *b)
{
    if (a->name != b->name || a->loc.file != b->loc.file ||
        a->loc.line != b->loc.line || a->alias != b->alias ||
        a->deprecated != b->deprecated || a->compat->len != b->compat->len ||
        a->fields->len != b->fields->len) {
        return false;
    }
    for (guint i = 0; i < a->compat->len; i++) {
        if (g_ptr_array_index(a->compat, i) !=
            g_ptr_array_index(b->compat, i)) {
            return false;
        }
    }
    for (guint i = 0; i < a->fields->len; i++) {
        if (!same_field(g_ptr_array_index(a->fields, i),
                        g_ptr_array_index(b->fields, i))) {
            return false;
        }
    }
    return true;
}

/* One machine type of several targets is one where nothing differs. */
static struct machine *find_twin(const struct facts *facts,
                                 const struct machine *draft)
{
    for (guint i = facts->machines->len; i > 0; i--) {
        struct machine *other = g_ptr_array_index(facts->machines, i - 1);

        if (same_machine(draft, other)) {
            return other;
        }
    }
    return NULL;
}

static struct machine *emit_machine(struct interp *in, struct facts *facts,
                                    const struct qtype *type,
                                    const char *name)
{
    struct place klass = { type->klass, "" };
    struct machine *machine = facts_add_machine(facts, name);
    const char *alias;
    struct val v;

    machine->type = type->name;
    machine->targets = type->targets;
    machine->loc = type->loc;
    v = memory_load(in, place_member(in, klass, "alias", "MachineClass"));
    alias = memory_string(in, &v);
    machine->alias = alias ? g_intern_string(alias) : NULL;
    v = memory_load(in, place_member(in, klass, "deprecation_reason",
                                     "MachineClass"));
    machine->deprecated = val_truth(&v) == 1;
    emit_chain(in, machine, klass);
    fields_emit(in, machine, type->klass, type->globals);
    return machine;
}

/* What the class says; newer trees make that of the name of the type, and up
 * to v2.4 the two had nothing to do with each other.  NULL: none. */
static const char *machine_name(struct interp *in, const struct qtype *type)
{
    static const char suffix[] = "-machine";
    struct place place = place_member(in, (struct place){ type->klass, "" },
                                      "name", "MachineClass");
    const struct cell *own = cell_own(type->klass, place.path);
    const char *name = own ? memory_string(in, &own->val) : NULL;

    if (name) {
        return g_intern_string(name);
    }
    if (!g_str_has_suffix(type->name, suffix)) {
        return NULL;
    }
    g_autofree char *text = g_strndup(type->name, strlen(type->name) -
                                                  strlen(suffix));

    return g_intern_string(text);
}

void machines_emit(struct interp *in, const struct qtype *type)
{
    g_autoptr(Facts) scratch = NULL;
    const struct qtype *first = g_hash_table_lookup(in->types_by_name,
                                                    type->name);
    struct machine *twin = NULL;
    const char *name;

    name = type->abstract ? NULL : machine_name(in, type);
    if (!name) {
        return;
    }
    if (first != type) {
        scratch = facts_new();
        twin = find_twin(in->facts, emit_machine(in, scratch, type, name));
    }
    if (twin) {
        twin->targets |= type->targets;
    } else {
        emit_machine(in, in->facts, type, name);
    }
}
