/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The class fields of machine types, as all class code of the chain leaves
 * them.
 */
#include "qom/interp.h"

#include <string.h>

/* What the machine's own facts say already, and the function that makes the
 * machine: it has one name per version. */
static bool is_noise(const char *path)
{
    static const char *const fields[] = {
        "MachineClass.name", "MachineClass.alias",
        "MachineClass.deprecation_reason", "MachineClass.init",
    };

    for (size_t i = 0; i < G_N_ELEMENTS(fields); i++) {
        if (!strcmp(path, fields[i])) {
            return true;
        }
    }
    return false;
}

/* The declared type of "Record.field"; NULL: not known, or deeper. */
static const char *declared_type(struct interp *in, const char *path)
{
    const char *dot = strchr(path, '.');
    g_autofree char *record = dot ? g_strndup(path, dot - path) : NULL;
    const struct sym *sym =
        record ? g_hash_table_lookup(in->records, record) : NULL;
    const struct ir_node *body =
        sym ? ir_unit_node(sym->unit, sym->index) : NULL;

    for (const struct ir_node *kid = body ? body->kids : NULL; kid;
         kid = kid->next) {
        if (kid->kind == IR_DECL && kid->str && !strcmp(kid->str, dot + 1)) {
            return kid->str2;
        }
    }
    return NULL;
}

/* Numbers and flags are what they are; of all others the name counts. */
static bool is_number(const char *type)
{
    static const char *const types[] = {
        "_Bool", "bool", "char", "short", "int", "long", "unsigned", "hwaddr",
        "ram_addr_t", "size_t", "uint",
    };

    for (size_t i = 0; i < G_N_ELEMENTS(types); i++) {
        if (g_str_has_prefix(type, types[i])) {
            return true;
        }
    }
    return false;
}

static char *number_text(struct interp *in, const char *path,
                         const struct val *v)
{
    /* What nobody wrote is 0 as well, whatever its name. */
    const char *type = v->text && v->number ? declared_type(in, path) : NULL;

    if (type && !is_number(type) && !strchr(type, '*')) {
        return g_strdup(v->text);
    }
    return v->is_unsigned
           ? g_strdup_printf("%" G_GUINT64_FORMAT, (uint64_t)v->number)
           : g_strdup_printf("%" G_GINT64_FORMAT, v->number);
}

/* A string, or "&name" of what is pointed to.  Nothing for a list of
 * strings: what users may choose from. */
static char *pointer_text(struct interp *in, const struct val *v)
{
    const char *text = memory_string(in, v);
    const struct object *object = v->place.object;
    bool named = object->kind == OBJECT_VARIABLE && object->sym;
    const struct cell *cell = memory_find(v->place);

    if (text) {
        return cell && cell->val.kind == VAL_STRING &&
               path_last_index(v->place.path) ? NULL : g_strdup(text);
    }
    return named && !*place_array(in, v->place).path
           ? g_strdup_printf("&%s", object->sym->symbol->name) : NULL;
}

static char *value_text(struct interp *in, const char *path,
                        const struct val *v)
{
    switch (v->kind) {
    case VAL_INT:
        return number_text(in, path, v);
    case VAL_STRING:
        return g_strdup(v->text);
    case VAL_POINTER:
        return pointer_text(in, v);
    case VAL_FUNCTION:
        return g_strdup_printf("&%s", v->text);
    case VAL_UNKNOWN:
        return v->node ? ir_to_text(v->node) : g_strdup("?");
    case VAL_AGGREGATE:
        break;
    }
    return NULL;
}

static int compare_paths(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* All that was written in KLASS or in what it inherits, sorted. */
static GPtrArray *written_paths(const struct object *klass)
{
    g_autoptr(GHashTable) seen = g_hash_table_new(NULL, NULL);
    GPtrArray *paths = g_ptr_array_new();

    for (const struct object *o = klass; o; o = o->base) {
        GHashTableIter iter;
        gpointer path;

        if (!o->cells) {
            continue;
        }
        g_hash_table_iter_init(&iter, o->cells);
        while (g_hash_table_iter_next(&iter, &path, NULL)) {
            if (g_hash_table_add(seen, path)) {
                g_ptr_array_add(paths, path);
            }
        }
    }
    g_ptr_array_sort(paths, compare_paths);
    return paths;
}

/* Variables go by their plain names: nothing else has none of a class. */
static void emit_globals(struct machine *machine, const GArray *globals)
{
    for (guint i = 0; i < globals->len; i++) {
        const struct global_write *write =
            &g_array_index(globals, struct global_write, i);
        g_autofree char *text = g_strdup_printf("%" G_GINT64_FORMAT,
                                                write->number);

        machine_set_field(machine, write->name, g_intern_string(text), true,
                          write->loc);
    }
}

void fields_emit(struct interp *in, struct machine *machine,
                 const struct object *klass, const GArray *globals)
{
    g_autoptr(GPtrArray) paths = written_paths(klass);

    for (guint i = 0; i < paths->len; i++) {
        const char *path = g_ptr_array_index(paths, i);
        const struct cell *cell = memory_find((struct place){
            unconst(klass), path });
        g_autofree char *text =
            cell && !is_noise(path) ? value_text(in, path, &cell->val) : NULL;

        if (text) {
            machine_set_field(machine, g_intern_string(path),
                              g_intern_string(text),
                              cell->val.kind != VAL_UNKNOWN,
                              interp_location(cell->unit, cell->loc));
        }
    }
    emit_globals(machine, globals);
}
