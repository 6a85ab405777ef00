/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * VMStateDescriptions → facts.  They are tables: nothing of them is run, what
 * their initialisers say is read.
 */
#include "qom/interp.h"

#include "qom/condition.h"

#include <limits.h>
#include <string.h>

#define DESCRIPTION "VMStateDescription"

struct streams {
    struct interp *in;
    GHashTable *by_sym;          /* struct sym * → struct vmstate * */
    GHashTable *by_name;         /* variable → GPtrArray of struct vmstate * */
};

/* --- Reading initialisers -------------------------------------------------- */

static bool is_description(const char *type)
{
    return type && !strcmp(type_bare(type), DESCRIPTION);
}

static const struct ir_node *stripped(const struct ir_node *node)
{
    while (node && (node->kind == IR_ADDR || node->kind == IR_CAST)) {
        node = node->kids;
    }
    return node;
}

static const struct ir_node *field_of(const struct ir_node *init,
                                      const char *name)
{
    const struct ir_node *node = ir_init_field(init, name);

    return node && node->kind != IR_NONE ? node : NULL;
}

/* ABSENT where the initialiser does not say; STREAM_UNKNOWN where it cannot
 * be evaluated. */
static int64_t number_of(struct streams *s, const struct ir_node *init,
                         const char *name, int64_t absent)
{
    const struct ir_node *node = field_of(init, name);
    struct val v;

    if (!node) {
        return absent;
    }
    v = eval(s->in, node);
    return v.kind == VAL_INT && v.number > -INT_MAX && v.number < INT_MAX
           ? v.number : STREAM_UNKNOWN;
}

static const char *text_of(struct streams *s, const struct ir_node *init,
                           const char *name)
{
    const struct ir_node *node = field_of(init, name);
    struct val v = node ? eval(s->in, node) : val_unknown(NULL);
    const char *text = memory_string(s->in, &v);

    return text ? g_intern_string(text) : NULL;
}

static bool is_null(const struct ir_node *node)
{
    node = stripped(node);
    return !node || (node->kind == IR_INT && !node->value);
}

/* The condition that member NAME of INIT is a function for, and its name. */
static const char *test_of(struct streams *s, const struct ir_node *init,
                           const char *name, const char **ret_name)
{
    const struct ir_node *node = field_of(init, name);

    if (is_null(node)) {
        return NULL;
    }
    node = stripped(node);
    *ret_name = node->kind == IR_REF && node->str
                ? g_intern_string(node->str) : NULL;
    return condition_of(s->in, node);
}

/* The description that NODE, a pointer to one, is about; NULL. */
static struct vmstate *target_of(struct streams *s,
                                 const struct ir_node *node)
{
    struct sym *sym;

    node = stripped(node);
    if (node && node->kind == IR_INDEX) {
        node = node->kids;
    }
    if (!node || node->kind != IR_REF) {
        return NULL;
    }
    sym = symbols_find(s->in, node->str, node->flags & IR_F_STATIC, false);
    return sym ? g_hash_table_lookup(s->by_sym, sym) : NULL;
}

/* The list that NODE is, or that the variable holds which it names. */
static const struct ir_node *list_of(struct streams *s,
                                     const struct ir_node *node)
{
    struct sym *sym;

    node = stripped(node);
    if (node && node->kind == IR_REF) {
        sym = symbols_find(s->in, node->str, node->flags & IR_F_STATIC,
                           false);
        node = sym && !sym->undefined ? ir_unit_node(sym->unit, sym->index)
                                      : NULL;
    }
    return node && node->kind == IR_INIT ? node : NULL;
}

/* --- Fields ----------------------------------------------------------------- */

static void read_field(struct streams *s, struct vmstate *vmstate,
                       const struct ir_node *init, int64_t flags)
{
    struct vmstate_field *field = vmstate_add_field(vmstate);
    const struct ir_node *info = stripped(field_of(init, "info"));
    const struct ir_node *nested = field_of(init, "vmsd");
    const struct vmstate *target;
    int64_t version = number_of(s, init, "version_id", 0);
    int64_t inner = number_of(s, init, "struct_version_id", 0);

    field->name = text_of(s, init, "name");
    field->size = number_of(s, init, "size", 0);
    field->num = number_of(s, init, "num", 0);
    field->flags = flags == STREAM_UNKNOWN ? 0 : (unsigned)flags;
    field->version_id = version == STREAM_UNKNOWN ? 0 : (int)version;
    field->struct_version_id = inner == STREAM_UNKNOWN ? 0 : (int)inner;
    field->test = test_of(s, init, "field_exists", &field->test_name);
    field->line = init->loc.line ? (int)init->loc.line : vmstate->line;
    if (info && info->kind == IR_REF && info->str) {
        field->info = g_intern_string(info->str);
    }
    if (!is_null(nested)) {
        target = target_of(s, nested);
        field->nested = target ? target->id : NULL;
        vmstate->unknown |= !target;
    }
    vmstate->unknown |= flags == STREAM_UNKNOWN || !field->name ||
                        version == STREAM_UNKNOWN || inner == STREAM_UNKNOWN;
}

static void read_fields(struct streams *s, struct vmstate *vmstate,
                        const struct ir_node *init)
{
    const struct ir_node *given = field_of(init, "fields");
    const struct ir_node *list = list_of(s, given);

    vmstate->unterminated = list != NULL;
    vmstate->unknown |= !list && !is_null(given);
    for (const struct ir_node *kid = list ? list->kids : NULL; kid;
         kid = kid->next) {
        const struct ir_node *item = ir_kid(kid, 0);
        int64_t flags;

        if (!item || item->kind != IR_INIT) {
            vmstate->unknown = true;
            continue;
        }
        flags = number_of(s, item, "flags", 0);
        if ((flags != STREAM_UNKNOWN && flags & STREAM_END) ||
            is_null(field_of(item, "name"))) {
            vmstate->unterminated = false;
            return;
        }
        read_field(s, vmstate, item, flags);
    }
}

/* --- Subsections ------------------------------------------------------------ */

/* Before v2.4 an element was { .vmsd = &x, .needed = f }. */
static void read_subsection(struct streams *s, struct vmstate *vmstate,
                            const struct ir_node *item)
{
    bool is_pair = item->kind == IR_INIT;
    struct vmstate *target = target_of(s, is_pair ? field_of(item, "vmsd")
                                                  : item);

    if (!target) {
        vmstate->unknown = true;
        return;
    }
    if (is_pair && !target->needed) {
        target->needed = test_of(s, item, "needed", &target->needed_name);
    }
    g_ptr_array_add(vmstate->subsections, unconst(target->id));
}

static bool ends_list(const struct ir_node *item)
{
    return item->kind == IR_INIT ? is_null(field_of(item, "vmsd"))
                                 : is_null(item);
}

static void read_subsections(struct streams *s, struct vmstate *vmstate,
                             const struct ir_node *init)
{
    const struct ir_node *given = field_of(init, "subsections");
    const struct ir_node *list = list_of(s, given);

    vmstate->unknown |= !list && !is_null(given);
    for (const struct ir_node *kid = list ? list->kids : NULL; kid;
         kid = kid->next) {
        const struct ir_node *item = ir_kid(kid, 0);

        if (!item || ends_list(item)) {
            return;
        }
        read_subsection(s, vmstate, item);
    }
}

/* --- Descriptions ------------------------------------------------------------ */

static void read_description(struct streams *s, struct sym *sym,
                             struct vmstate *vmstate)
{
    const struct ir_node *init = ir_unit_node(sym->unit, sym->index);
    struct interp *in = s->in;
    struct frame frame = { .function = sym, .caller = in->frame };
    int64_t version, minimum;

    if (!init || init->kind != IR_INIT) {
        vmstate->unknown = true;
        return;
    }
    frame.first = in->bindings->len;
    in->frame = &frame;
    in->targets = sym->targets;
    in->loc = sym->symbol->loc;
    version = number_of(s, init, "version_id", 0);
    minimum = number_of(s, init, "minimum_version_id", 0);
    vmstate->name = text_of(s, init, "name");
    vmstate->version_id = version == STREAM_UNKNOWN ? 0 : (int)version;
    vmstate->minimum_version_id = minimum == STREAM_UNKNOWN ? 0
                                                            : (int)minimum;
    /* That of a stub says nothing at all. */
    vmstate->unknown |= version == STREAM_UNKNOWN ||
                        minimum == STREAM_UNKNOWN ||
                        (!vmstate->name && init->kids);
    vmstate->unmigratable = number_of(s, init, "unmigratable", 0) != 0;
    vmstate->early_setup = number_of(s, init, "early_setup", 0) != 0;
    if (field_of(init, "needed")) {
        vmstate->needed = test_of(s, init, "needed", &vmstate->needed_name);
    }
    read_fields(s, vmstate, init);
    read_subsections(s, vmstate, init);
    in->frame = frame.caller;
}

static const char *id_of(struct streams *s, const struct sym *sym,
                         const char *file)
{
    const char *name = sym->symbol->name;
    GPtrArray *same = g_hash_table_lookup(s->by_name, name);
    g_autofree char *id = NULL;
    guint in_file = 0;

    if (!same) {
        g_hash_table_insert(s->by_name, unconst(name), g_ptr_array_new());
        return g_intern_string(name);
    }
    for (guint i = 0; i < same->len; i++) {
        const struct vmstate *other = g_ptr_array_index(same, i);

        in_file += other->file == file;
    }
    id = in_file ? g_strdup_printf("%s:%s:%u", file, name, in_file + 1)
                 : g_strdup_printf("%s:%s", file, name);
    return g_intern_string(id);
}

static void add_description(struct streams *s, struct sym *sym)
{
    struct location loc = interp_location(sym->unit, sym->symbol->loc);
    struct vmstate *vmstate = facts_add_vmstate(s->in->facts,
                                                id_of(s, sym, loc.file));

    vmstate->file = loc.file;
    vmstate->line = loc.line;
    vmstate->column = loc.column;
    vmstate->targets = sym->targets;
    g_hash_table_insert(s->by_sym, sym, vmstate);
    g_ptr_array_add(g_hash_table_lookup(s->by_name, sym->symbol->name),
                    vmstate);
}

static struct sym *own_symbol(struct interp *in, struct ir_unit *unit,
                              unsigned index)
{
    const struct ir_symbol *symbol = ir_unit_symbol(unit, index);
    struct sym *sym = g_hash_table_lookup(
        symbol->flags & IR_F_STATIC ? g_hash_table_lookup(in->statics, unit)
                                    : in->symbols, symbol->name);

    while (sym && (sym->unit != unit || sym->index != index)) {
        sym = sym->next;
    }
    return sym;
}

typedef void (*symbol_fn)(struct streams *s, struct ir_unit *unit,
                          unsigned index, struct sym *sym);

static void each_description(struct streams *s, symbol_fn fn)
{
    for (guint u = 0; u < s->in->units->len; u++) {
        struct ir_unit *unit = g_ptr_array_index(s->in->units, u);

        for (unsigned i = 0; i < ir_unit_n_symbols(unit); i++) {
            const struct ir_symbol *symbol = ir_unit_symbol(unit, i);
            struct sym *sym = symbol && symbol->name &&
                              symbol->kind == IR_SYM_VARIABLE &&
                              is_description(symbol->type)
                              ? own_symbol(s->in, unit, i) : NULL;

            if (sym) {
                fn(s, unit, i, sym);
            }
        }
    }
}

static void note_description(struct streams *s, struct ir_unit *unit,
                             unsigned index, struct sym *sym)
{
    add_description(s, sym);
}

static void fill_description(struct streams *s, struct ir_unit *unit,
                             unsigned index, struct sym *sym)
{
    struct vmstate *vmstate = g_hash_table_lookup(s->by_sym, sym);

    read_description(s, sym, vmstate);
    if (vmstate->unknown) {
        facts_add_gap(s->in->facts, vmstate->file, vmstate->line,
                      g_intern_static_string("a description of a migration "
                                             "stream could not be evaluated"));
    }
}

/* --- Who puts them into the stream ------------------------------------------- */

static void add_user(struct streams *s, struct ir_unit *unit,
                     const struct ir_symbol *function,
                     const struct ir_node *ref)
{
    struct vmstate *vmstate = target_of(s, ref);
    struct location loc = interp_location(unit, function->loc);
    g_autofree char *user = NULL;
    const char *interned;
    GPtrArray *list;

    if (vmstate && loc.file) {
        list = g_strcmp0(function->type, "save") ? vmstate->users
                                                 : vmstate->savers;
        user = g_strdup_printf("%s:%s", loc.file, function->name);
        interned = g_intern_string(user);
        if (!g_ptr_array_find(list, interned, NULL)) {
            g_ptr_array_add(list, unconst(interned));
        }
    }
}

static void read_users(struct streams *s, struct ir_unit *unit)
{
    struct interp *in = s->in;

    for (unsigned i = 0; i < ir_unit_n_symbols(unit); i++) {
        const struct ir_symbol *symbol = ir_unit_symbol(unit, i);
        struct sym here = { .unit = unit, .index = i, .symbol = symbol };
        struct frame frame = { .function = &here, .caller = in->frame };
        const struct ir_node *block;

        if (!symbol || !symbol->name || symbol->kind != IR_SYM_USES) {
            continue;
        }
        in->frame = &frame;
        in->targets = ir_unit_targets(unit);
        block = ir_unit_node(unit, i);
        for (const struct ir_node *ref = block ? block->kids : NULL; ref;
             ref = ref->next) {
            add_user(s, unit, symbol, ref);
        }
        in->frame = frame.caller;
    }
}

/* --- Classes ------------------------------------------------------------------- */

static const struct vmstate *pointed_to(struct streams *s,
                                        const struct val *v)
{
    const struct sym *sym = v->kind == VAL_POINTER ? v->place.object->sym
                                                   : NULL;

    return sym && v->place.object->kind == OBJECT_VARIABLE
           ? g_hash_table_lookup(s->by_sym, sym) : NULL;
}

/* CPUs have theirs in a table of operations (legacy_vmsd). */
static const struct vmstate *behind_operations(struct streams *s,
                                               const struct val *v)
{
    const struct sym *sym = v->kind == VAL_POINTER ? v->place.object->sym
                                                   : NULL;
    struct val inner;

    if (!sym || v->place.object->kind != OBJECT_VARIABLE ||
        !sym->symbol->type || !strstr(sym->symbol->type, "Ops")) {
        return NULL;
    }
    inner = memory_field(s->in, v->place, "legacy_vmsd");
    return pointed_to(s, &inner);
}

static void read_cell(struct streams *s, struct qom_type *type,
                      const char *path, const struct cell *cell)
{
    const struct vmstate *vmstate = pointed_to(s, &cell->val);
    const char *member = g_intern_string(path);

    if (!vmstate) {
        vmstate = behind_operations(s, &cell->val);
    }
    if (vmstate || (val_is_zero(&cell->val) &&
                    g_str_has_suffix(path, ".vmsd"))) {
        qom_type_add_vmstate(type, member, vmstate ? vmstate->id : NULL);
    }
}

void streams_read_class(struct streams *s, const struct qtype *from,
                        struct qom_type *to)
{
    GHashTableIter iter;
    gpointer path, cell;

    if (!from->klass || !from->klass->cells) {
        return;
    }
    g_hash_table_iter_init(&iter, from->klass->cells);
    while (g_hash_table_iter_next(&iter, &path, &cell)) {
        read_cell(s, to, path, cell);
    }
}

/* --- Life ------------------------------------------------------------------------ */

struct streams *streams_new(struct interp *in)
{
    struct streams *s = g_new0(struct streams, 1);

    s->in = in;
    s->by_sym = g_hash_table_new(NULL, NULL);
    s->by_name = g_hash_table_new_full(g_str_hash, g_str_equal, NULL,
                                       (GDestroyNotify)g_ptr_array_unref);
    each_description(s, note_description);
    each_description(s, fill_description);
    for (guint u = 0; u < in->units->len; u++) {
        read_users(s, g_ptr_array_index(in->units, u));
    }
    return s;
}

void streams_free(struct streams *s)
{
    g_hash_table_unref(s->by_sym);
    g_hash_table_unref(s->by_name);
    g_free(s);
}
