/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The order of things: constructors register types, classes are initialised
 * parents first, instance code runs, facts are written.
 */
#include "qom/qom.h"
#include "qom/interp.h"

#include <string.h>

#define CONSTRUCTOR_PREFIX "do_qemu_init_"

static void interp_init(struct interp *in, GPtrArray *units,
                        struct facts *facts)
{
    memset(in, 0, sizeof(*in));
    in->units = units;
    in->facts = facts;
    in->static_locals = g_hash_table_new(NULL, NULL);
    in->kinds = g_hash_table_new(NULL, NULL);
    in->gaps = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    in->strings = g_string_chunk_new(64 * 1024);
    in->blocks = g_ptr_array_new_with_free_func(g_free);
    in->objects = g_ptr_array_new();
    in->types = g_ptr_array_new();
    in->types_by_name = g_hash_table_new(g_str_hash, g_str_equal);
    in->arrays = g_ptr_array_new();
    in->array_of = g_hash_table_new(NULL, NULL);
    in->bindings = g_array_new(false, false, sizeof(struct binding));
    in->journal = g_array_new(false, false, sizeof(struct undo));
    symbols_init(in);
    builtins_init(in);
}

static void free_run(struct instance_run *run)
{
    g_ptr_array_free(run->properties, true);
    g_ptr_array_free(run->aliases, true);
}

static void free_type(struct qtype *type)
{
    for (guint i = 0; i < type->runs->len; i++) {
        free_run(g_ptr_array_index(type->runs, i));
    }
    g_ptr_array_free(type->runs, true);
    g_array_free(type->inits, true);
    g_array_free(type->globals, true);
    g_ptr_array_free(type->interfaces, true);
    g_ptr_array_free(type->properties, true);
    g_ptr_array_free(type->aliases, true);
}

static void interp_clear(struct interp *in)
{
    for (guint i = 0; i < in->types->len; i++) {
        free_type(g_ptr_array_index(in->types, i));
    }
    for (guint i = 0; i < in->objects->len; i++) {
        object_release(g_ptr_array_index(in->objects, i));
    }
    g_hash_table_destroy(in->symbols);
    g_hash_table_destroy(in->statics);
    g_hash_table_destroy(in->records);
    g_hash_table_destroy(in->tags);
    g_hash_table_destroy(in->builtins);
    g_hash_table_destroy(in->static_locals);
    g_hash_table_destroy(in->kinds);
    g_hash_table_destroy(in->gaps);
    g_hash_table_destroy(in->types_by_name);
    g_hash_table_destroy(in->array_of);
    g_ptr_array_free(in->arrays, true);
    g_ptr_array_free(in->types, true);
    g_ptr_array_free(in->objects, true);
    g_array_free(in->bindings, true);
    g_array_free(in->journal, true);
    g_string_chunk_free(in->strings);
    g_free(in->joins);
    g_ptr_array_free(in->blocks, true);
}

static void run_constructors(struct interp *in, struct ir_unit *unit)
{
    GHashTable *statics = g_hash_table_lookup(in->statics, unit);

    for (unsigned i = 0; i < ir_unit_n_symbols(unit); i++) {
        const struct ir_symbol *symbol = ir_unit_symbol(unit, i);
        struct val function = { .kind = VAL_FUNCTION };

        if (!symbol || !symbol->name ||
            symbol->kind != IR_SYM_FUNCTION ||
            !g_str_has_prefix(symbol->name, CONSTRUCTOR_PREFIX)) {
            continue;
        }
        function.text = symbol->name;
        function.function = g_hash_table_lookup(
            symbol->flags & IR_F_STATIC ? statics : in->symbols,
            symbol->name);
        if (function.function && function.function->unit == unit) {
            call_root(in, &function, ir_unit_targets(unit), NULL, 0);
        }
    }
}

static void emit_record(struct facts *facts, const struct sym *sym)
{
    const struct ir_node *body = ir_unit_node(sym->unit, sym->index);
    struct record *record = facts_add_record(
        facts, g_intern_string(type_bare(sym->symbol->name)));

    for (const struct ir_node *kid = body ? body->kids : NULL; kid;
         kid = kid->next) {
        if (kid->kind == IR_DECL && kid->str) {
            record_add_field(record, g_intern_string(kid->str),
                             g_intern_string(kid->str2 ? kid->str2 : ""));
        }
    }
}

static int compare_names(gconstpointer a, gconstpointer b)
{
    return strcmp(a, b);
}

static void emit_records(struct interp *in)
{
    g_autoptr(GList) names = g_hash_table_get_keys(in->records);

    names = g_list_sort(names, compare_names);
    for (GList *l = names; l; l = l->next) {
        emit_record(in->facts, g_hash_table_lookup(in->records, l->data));
    }
}

static void emit_unit_gaps(struct facts *facts, const struct ir_unit *unit)
{
    for (unsigned i = 0; i < ir_unit_n_gaps(unit); i++) {
        struct ir_gap gap = ir_unit_gap(unit, i);
        const char *file = gap.loc.line ? ir_unit_file(unit, gap.loc.file)
                                        : ir_unit_path(unit);

        facts_add_gap(facts, g_intern_string(file), (int)gap.loc.line,
                      g_intern_string(gap.reason));
    }
}

void qom_evaluate(GPtrArray *units, struct facts *facts)
{
    struct interp in;

    interp_init(&in, units, facts);
    for (guint i = 0; i < units->len; i++) {
        run_constructors(&in, g_ptr_array_index(units, i));
        emit_unit_gaps(facts, g_ptr_array_index(units, i));
    }
    types_link(&in);
    for (guint i = 0; i < in.types->len; i++) {
        qtype_class(&in, g_ptr_array_index(in.types, i));
    }
    types_run_instances(&in);
    arrays_emit(&in);
    types_emit(&in);
    emit_records(&in);
    interp_clear(&in);
}
