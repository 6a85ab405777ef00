/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Linking: which unit's symbol a name means.
 *
 * A unit may stand there several times with different targets, and a name
 * may be defined by several units (stubs, one board file per target): the
 * definition is taken that can be in one binary with the code that asks.
 */
#include "qom/interp.h"

#include <stdarg.h>
#include <string.h>

static void add_symbol(struct interp *in, struct sym *sym, GHashTable *table)
{
    struct sym *last = g_hash_table_lookup(table, sym->symbol->name);

    if (!last) {
        g_hash_table_insert(table, unconst(sym->symbol->name), sym);
        return;
    }
    while (last->next) {
        last = last->next;
    }
    last->next = sym;
}

static void add_record(struct interp *in, struct sym *sym)
{
    const char *name = type_bare(sym->symbol->name);

    if (!g_hash_table_contains(in->records, name)) {
        g_hash_table_insert(in->records, unconst(name), sym);
    }
}

static void add_unit(struct interp *in, struct ir_unit *unit)
{
    GHashTable *statics = g_hash_table_new(NULL, NULL);

    g_hash_table_insert(in->statics, unit, statics);
    for (unsigned i = 0; i < ir_unit_n_symbols(unit); i++) {
        const struct ir_symbol *symbol = ir_unit_symbol(unit, i);
        struct sym *sym;

        /* What a function hands on is read where it is asked for. */
        if (!symbol || !symbol->name || symbol->kind == IR_SYM_USES) {
            continue;
        }
        sym = interp_alloc(in, sizeof(*sym));
        sym->unit = unit;
        sym->index = i;
        sym->symbol = symbol;
        sym->targets = ir_unit_targets(unit);
        if (symbol->kind == IR_SYM_RECORD) {
            add_record(in, sym);
        } else {
            add_symbol(in, sym, symbol->flags & IR_F_STATIC ? statics
                                                            : in->symbols);
        }
    }
}

void symbols_init(struct interp *in)
{
    in->symbols = g_hash_table_new(NULL, NULL);
    in->records = g_hash_table_new(g_str_hash, g_str_equal);
    in->tags = g_hash_table_new(g_str_hash, g_str_equal);
    in->statics = g_hash_table_new_full(NULL, NULL, NULL,
                                        (GDestroyNotify)g_hash_table_destroy);
    for (guint i = 0; i < in->units->len; i++) {
        add_unit(in, g_ptr_array_index(in->units, i));
    }
}

static bool has_content(const struct sym *sym)
{
    const struct ir_node *node;

    if (sym->undefined) {
        return false;
    }
    node = ir_unit_node(sym->unit, sym->index);
    return node && node->kind != IR_NONE;
}

/* How good a definition is for code of UNIT that runs for IN's targets. */
static int rank(struct interp *in, const struct sym *sym,
                const struct ir_unit *unit)
{
    int n = 0;

    if (!targets_meet(in->targets, sym->targets)) {
        return 0;
    }
    n += 1;
    if (has_content(sym)) {
        n += 8;
    }
    if (sym->unit == unit) {
        n += 4;
    }
    if (!strstr(ir_unit_path(sym->unit), "stub")) {
        n += 2;
    }
    return n;
}

static struct sym *best(struct interp *in, struct sym *first,
                        const struct ir_unit *unit, bool is_function)
{
    struct sym *found = NULL;
    int found_rank = 0;

    for (struct sym *sym = first; sym; sym = sym->next) {
        int n;

        if ((sym->symbol->kind == IR_SYM_FUNCTION) != is_function) {
            continue;
        }
        n = first->next ? rank(in, sym, unit) : 1;
        if (n > found_rank) {
            found = sym;
            found_rank = n;
        }
    }
    return found;
}

struct sym *symbols_find(struct interp *in, const char *name, bool is_static,
                         bool is_function)
{
    struct ir_unit *unit = in->frame ? in->frame->function->unit : NULL;
    GHashTable *statics = unit ? g_hash_table_lookup(in->statics, unit)
                               : NULL;
    struct sym *found = NULL;

    if (!name) {
        return NULL;
    }
    if (statics && is_static) {
        found = best(in, g_hash_table_lookup(statics, name), unit,
                     is_function);
    }
    if (!found) {
        found = best(in, g_hash_table_lookup(in->symbols, name), unit,
                     is_function);
    }
    return found;
}

struct sym *symbols_add_unknown(struct interp *in,
                                const struct ir_node *ref)
{
    struct ir_symbol *symbol;
    struct sym *sym;

    if (!ref->str || !in->frame) {
        return NULL;
    }
    symbol = interp_alloc(in, sizeof(*symbol));
    symbol->kind = IR_SYM_VARIABLE;
    symbol->flags = ref->flags & IR_F_STATIC;
    symbol->name = ref->str;
    symbol->type = ref->str2;
    sym = interp_alloc(in, sizeof(*sym));
    sym->unit = in->frame->function->unit;
    sym->targets = in->targets;
    sym->undefined = true;
    sym->symbol = symbol;
    add_symbol(in, sym, ref->flags & IR_F_STATIC
                        ? g_hash_table_lookup(in->statics, sym->unit)
                        : in->symbols);
    return sym;
}

/* What other code may have changed since start-up is not known from the
 * initialiser: plain scalars that are neither const nor initialised. */
static bool starts_zeroed(const struct ir_symbol *symbol,
                          const struct ir_node *init)
{
    return init && init->kind != IR_NONE;
}

struct object *symbol_object(struct interp *in, struct sym *sym)
{
    const struct ir_node *init;
    struct frame frame = { .function = sym, .caller = in->frame };
    unsigned maybe = in->maybe;
    struct ir_loc loc = in->loc;

    if (sym->object) {
        return sym->object;
    }
    sym->object = object_make(in, OBJECT_VARIABLE);
    sym->object->sym = sym;
    if (sym->undefined) {
        return sym->object;
    }
    init = ir_unit_node(sym->unit, sym->index);
    sym->object->zeroed = starts_zeroed(sym->symbol, init);
    frame.first = in->bindings->len;
    in->frame = &frame;
    in->maybe = 0;
    in->loc = sym->symbol->loc;
    memory_store_init(in, (struct place){ sym->object, "" }, init);
    in->loc = loc;
    in->maybe = maybe;
    in->frame = frame.caller;
    return sym->object;
}

static bool is_struct_type(const char *type)
{
    return type && (g_ascii_isupper(*type_bare(type)) ||
                    g_str_has_prefix(type, "struct ")) &&
           !strchr(type, '*') && !strchr(type, '[') && !strchr(type, '(');
}

bool record_is_parent(struct interp *in, const char *record,
                      const char *field)
{
    struct sym *sym = g_hash_table_lookup(in->records, type_bare(record));
    const struct ir_node *first;

    if (!sym) {
        return g_str_has_prefix(field, "parent");
    }
    first = ir_kid(ir_unit_node(sym->unit, sym->index), 0);
    return first && first->str && !strcmp(first->str, field) &&
           is_struct_type(first->str2);
}

struct location interp_location(const struct ir_unit *unit,
                                struct ir_loc loc)
{
    if (!unit || !loc.line) {
        return (struct location){ NULL, 0, 0 };
    }
    return (struct location){
        .file = g_intern_string(ir_unit_file(unit, loc.file)),
        .line = (int)loc.line,
        .column = (int)loc.column,
    };
}

struct location interp_here(const struct interp *in)
{
    return interp_location(in->frame ? in->frame->function->unit : NULL,
                           in->loc);
}

void interp_gap(struct interp *in, const char *format, ...)
{
    struct location here = interp_here(in);
    g_autofree char *reason = NULL;
    g_autofree char *key = NULL;
    va_list args;

    va_start(args, format);
    reason = g_strdup_vprintf(format, args);
    va_end(args);
    key = g_strdup_printf("%s:%d:%s", here.file ? here.file : "",
                          here.line, reason);
    if (!g_hash_table_contains(in->gaps, key)) {
        facts_add_gap(in->facts, here.file, here.line,
                      g_intern_string(reason));
        g_hash_table_add(in->gaps, g_steal_pointer(&key));
    }
}
