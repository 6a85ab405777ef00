/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The abstract interpreter behind qom.h; private to this directory.
 *
 * Values are known or unknown, never guessed.  Memory is made of objects
 * (variables, heap, one class struct per QOM type, symbolic instances); a
 * place is an object and a path into it.  Members of class structs and
 * instances are qualified with the record that declares them, so that
 * DeviceClass.reset and VirtioDeviceClass.reset stay apart while casts up and
 * down the hierarchy are the identity.
 */
#ifndef QCOMPAT_QOM_INTERP_H
#define QCOMPAT_QOM_INTERP_H

#include "ir/ir.h"
#include "model/facts.h"

/* Limits on hostile input. */
enum {
    MAX_DEPTH = 64,              /* calls */
    MAX_NESTING = 400,           /* expressions and statements */
    MAX_ROOT_STEPS = 4000000,    /* one constructor, class or instance */
    MAX_TOTAL_STEPS = 20000000,
    MAX_MEMORY = 1 << 30,        /* bytes of objects, cells and strings */
    MAX_STRING = 65536,
    MAX_ELEMENTS = 65536,        /* of an array that is walked */
    MAX_CALL_ARGS = 40,
};

/* A function or variable of a unit. */
struct sym {
    struct ir_unit *unit;
    unsigned index;
    bool undefined;              /* no unit has it */
    const struct ir_symbol *symbol;
    target_set targets;
    struct object *object;       /* storage of a variable, once used */
    struct sym *next;            /* of the same name, another unit */
};

/* Path is interned by the interpreter: equal paths are equal pointers. */
struct place {
    struct object *object;
    const char *path;            /* "", ".defval.u", "[3].name",
                                    "DeviceClass.desc" */
};

enum val_kind {
    VAL_UNKNOWN,                 /* node: what was not understood, or NULL */
    VAL_INT,                     /* NULL pointers are 0 */
    VAL_STRING,
    VAL_FUNCTION,
    VAL_POINTER,
    VAL_AGGREGATE,               /* the struct that stands at `place` */
};

struct val {
    enum val_kind kind;
    bool is_unsigned;
    int64_t number;
    const char *text;            /* contents; spelling of an integer; name of
                                    a function */
    struct place place;
    struct sym *function;        /* NULL: no unit has its body */
    const struct ir_node *node;
};

/* What memory holds, and the code that put it there. */
struct cell {
    struct val val;              /* VAL_AGGREGATE without place: a marker that
                                    members exist below */
    const struct ir_node *node;
    struct ir_unit *unit;
    struct ir_loc loc;
    bool array;                  /* marker of an array */
    bool zeroed;                 /* marker: members not named are 0 */
    bool opaque;                 /* marker: they are unknown */
};

enum object_kind {
    OBJECT_VARIABLE, OBJECT_LOCAL, OBJECT_HEAP, OBJECT_CLASS, OBJECT_INSTANCE,
    OBJECT_LIST, OBJECT_PROPERTY,
};

struct object {
    enum object_kind kind;
    bool zeroed;                 /* what was never written reads as 0 */
    bool has_self;
    struct cell self;            /* the cell of path "" */
    GHashTable *cells;           /* path → struct cell * */
    GHashTable *children;        /* path → struct object *, instances made
                                    inside this one */
    const struct object *base;   /* class of the parent: read through */
    struct qtype *type;          /* classes and instances */
    struct sym *sym;             /* variables: the symbol, static locals: the
                                    function */
    const struct ir_node *decl;  /* static locals */
    GArray *list;                /* struct val, OBJECT_LIST */
    struct property *property;   /* OBJECT_PROPERTY */
};

enum type_state { TYPE_NEW, TYPE_RUNNING, TYPE_DONE };

/* A registered QOM type. */
struct qtype {
    const char *name, *parent_name, *instance_struct;
    bool abstract;
    target_set targets;
    struct location loc;
    GPtrArray *interfaces;       /* const char * */
    struct val class_init, class_base_init, class_data;
    struct val instance_init, instance_post_init;
    struct qtype *parent;
    struct qtype *next;          /* of the same name, other targets */
    enum type_state state;
    struct object *klass;
    GPtrArray *properties;       /* struct property *, class level */
    GPtrArray *aliases;          /* struct alias * */
    GPtrArray *runs;             /* struct instance_run *, of this type's
                                    instances, one per type of the chain */
    GArray *inits;               /* struct class_slot: what instance code
                                    leaves in fields of properties */
    GArray *globals;             /* struct global_write, by class code */
};

/* A number that class code wrote to a variable. */
struct global_write {
    const char *name;
    int64_t number;
    struct location loc;
};

/* What the instance code of OWNER gave to one instance. */
struct instance_run {
    struct qtype *owner;
    GPtrArray *properties;       /* struct property * */
    GPtrArray *aliases;          /* struct alias * */
};

struct binding {
    const char *name;
    struct object *object;
};

struct frame {
    struct sym *function;
    struct frame *caller;
    guint first;                 /* own bindings start here */
    bool has_result;
    struct val result;
};

struct undo {
    struct place place;
    struct cell old;
    bool had;
};

struct interp {
    GPtrArray *units;
    struct facts *facts;
    GHashTable *symbols;         /* name → struct sym * of external linkage */
    GHashTable *statics;         /* unit → (name → struct sym *) */
    GHashTable *records;         /* name → const struct ir_node *, sym */
    GHashTable *tags;            /* what property tables call a struct → what
                                    its members do, where that differs */
    GHashTable *builtins;        /* interned name → const struct builtin * */
    GHashTable *static_locals;   /* IR_DECL → struct object * */
    GHashTable *kinds;           /* PropertyInfo → struct property_kind * */
    GHashTable *gaps;            /* reasons given already */
    GStringChunk *strings;
    struct join_cache *joins;    /* paths made lately */
    GPtrArray *blocks;           /* arena */
    size_t block_left;
    char *block_next;
    size_t memory;               /* taken so far */
    GPtrArray *objects;          /* those that own tables */
    GPtrArray *types;            /* struct qtype *, as registered */
    GHashTable *types_by_name;
    GPtrArray *arrays;           /* struct object *: GlobalProperty arrays */
    GHashTable *array_of;        /* such an object → struct compat_array * */

    GArray *bindings;            /* struct binding */
    struct frame *frame;
    unsigned depth, nesting;
    struct ir_loc loc;           /* of what is being evaluated */
    GArray *journal;             /* struct undo */
    unsigned maybe;              /* branches of unknown conditions around */
    struct val last;             /* of the last expression statement */
    const char *label;           /* being looked for by goto */
    unsigned root_steps;
    uint64_t total_steps;
    bool exhausted;
    target_set targets;          /* of the root */
    struct object *self;         /* instance whose code runs */
    struct instance_run *run;
    struct qtype *making;        /* whose class code runs, or NULL */
    struct streams *streams;     /* while types are emitted */
};

struct call {
    const char *name;
    const struct ir_node *node;
    struct val *args;
    unsigned n;
};

typedef struct val (*builtin_fn)(struct interp *in, const struct call *call);

struct builtin {
    const char *name;
    builtin_fn fn;
};

/* GLib's containers know no const. */
static inline gpointer unconst(const void *p)
{
    return (gpointer)(uintptr_t)p;
}

/* --- value.c ------------------------------------------------------------ */

static inline struct val val_int(int64_t n)
{
    return (struct val){ .kind = VAL_INT, .number = n };
}

static inline struct val val_unknown(const struct ir_node *node)
{
    return (struct val){ .kind = VAL_UNKNOWN, .node = node };
}

static inline struct val val_pointer(struct object *object, const char *path)
{
    return (struct val){ .kind = VAL_POINTER, .place = { object, path } };
}

static inline bool val_is_zero(const struct val *v)
{
    return v->kind == VAL_INT && v->number == 0;
}

struct val val_string(struct interp *in, const char *text);
/* 1, 0, or -1 where it is not known. */
int val_truth(const struct val *v);
bool val_same(const struct val *a, const struct val *b);
struct val val_unary(enum ir_op op, struct val v, const struct ir_node *node);
struct val val_binary(struct interp *in, enum ir_op op, struct val a,
                      struct val b, const struct ir_node *node);
/* The conversion to a spelled scalar type; identity for all others. */
struct val val_convert(struct val v, const char *type);
bool type_is_array(const char *type);
/* "struct X", "const X": X; NULL in, NULL out. */
const char *type_bare(const char *type);

/* --- place.c ------------------------------------------------------------- */

void *interp_alloc(struct interp *in, size_t size);
const char *interp_string(struct interp *in, const char *text);
struct object *object_make(struct interp *in, enum object_kind kind);
void object_release(struct object *object);
/* A + B + C; NULL where that is too long. */
const char *path_join(struct interp *in, const char *a, const char *b,
                      const char *c);
/* Where the last "[n]" of a path starts, NULL where it ends in none. */
const char *path_last_index(const char *path);
/* FIELD and RECORD must live as long as the interpreter. */
struct place place_member(struct interp *in, struct place place,
                          const char *field, const char *record);
struct place place_index(struct interp *in, struct place place, int64_t n);
/* The element N further on; false where the place is none of an array. */
bool place_advance(struct interp *in, struct place *place, int64_t n);
/* Follows into an instance that was made at this place. */
struct place place_resolve(struct place place);
/* The array that a decayed pointer points into: "x[0]" → "x". */
struct place place_array(struct interp *in, struct place place);

/* --- memory.c ------------------------------------------------------------ */

/* What the object itself has at PATH, NULL where nothing. */
struct cell *cell_own(const struct object *object, const char *path);
struct cell *cell_make(struct interp *in, struct place place);
void cell_put(struct interp *in, struct place place,
              const struct cell *content);
void cell_remove(struct interp *in, struct place place);
/* Whether a cell only says that there are members below. */
bool cell_is_marker(const struct cell *cell);
/* As cell_own(), or what the object inherits. */
const struct cell *memory_find(struct place place);
/* NULL object: unknown place. */
struct val memory_load(struct interp *in, struct place place);
void memory_store(struct interp *in, struct place place, struct val v,
                  const struct ir_node *node);
void memory_store_init(struct interp *in, struct place place,
                       const struct ir_node *init);
/* Text of a string value or of the char buffer it points to; NULL. */
const char *memory_string(struct interp *in, const struct val *v);
struct val memory_field(struct interp *in, struct place place,
                        const char *field);

/* --- journal.c ----------------------------------------------------------- */

/* To be called before PLACE, which has the cell OLD, changes. */
void journal_note(struct interp *in, struct place place,
                  const struct cell *old);
/* The changes since MARK, undone and handed back. */
GArray *journal_take(struct interp *in, guint mark);
void journal_apply(struct interp *in, const GArray *changes);
/* Applies what either of two branches changed. */
void journal_merge(struct interp *in, const GArray *a, const GArray *b);

/* --- symbols.c ---------------------------------------------------------- */

void symbols_init(struct interp *in);
/* NULL where no unit defines it. */
struct sym *symbols_find(struct interp *in, const char *name, bool is_static,
                         bool is_function);
/* A variable that no unit defines: it has an address, its contents are not
 * known until they are written. */
struct sym *symbols_add_unknown(struct interp *in,
                                const struct ir_node *ref);
struct object *symbol_object(struct interp *in, struct sym *sym);
/* Whether FIELD is the struct at offset 0 of RECORD: its parent. */
bool record_is_parent(struct interp *in, const char *record,
                      const char *field);
struct location interp_location(const struct ir_unit *unit,
                                struct ir_loc loc);
struct location interp_here(const struct interp *in);
void interp_gap(struct interp *in, const char *format, ...)
    G_GNUC_PRINTF(2, 3);

/* --- eval.c, exec.c, call.c --------------------------------------------- */

enum flow { FLOW_NEXT, FLOW_BREAK, FLOW_CONTINUE, FLOW_RETURN, FLOW_GOTO };

/* False when the budget of the root is used up, or that of the tree. */
bool interp_step(struct interp *in);
bool interp_is_spent(const struct interp *in);
struct val eval(struct interp *in, const struct ir_node *node);
/* Object NULL where NODE names no known place. */
struct place eval_place(struct interp *in, const struct ir_node *node);
enum flow exec(struct interp *in, const struct ir_node *node);
struct val eval_call(struct interp *in, const struct ir_node *node);
struct val call_function(struct interp *in, struct sym *function,
                         const struct val *args, unsigned n);
/* A function that starts with a budget of its own. */
struct val call_root(struct interp *in, const struct val *function,
                     target_set targets, const struct val *args, unsigned n);

/* --- builtins-*.c ------------------------------------------------------- */

void builtins_init(struct interp *in);
extern const struct builtin builtins_libc[], builtins_glib[];
extern const struct builtin builtins_qom[], builtins_property[];
/* printf; NULL where an argument is not known. */
char *interp_format(struct interp *in, const struct val *format,
                    const struct val *args, unsigned n);
static inline struct val call_arg(const struct call *call, unsigned i)
{
    return i < call->n ? call->args[i] : val_unknown(call->node);
}
/* The class or instance a value points to, NULL. */
struct object *val_class(const struct val *v);
struct object *val_instance(const struct val *v);

/* --- types.c ------------------------------------------------------------ */

void types_register(struct interp *in, struct place info);
struct qtype *types_find(struct interp *in, const char *name,
                         target_set targets);
bool qtype_is_a(struct interp *in, struct qtype *type, const char *name);
void types_link(struct interp *in);
struct object *qtype_class(struct interp *in, struct qtype *type);
struct object *qtype_instance(struct interp *in, struct qtype *type);
void types_run_instances(struct interp *in);

/* --- properties.c ------------------------------------------------------- */

/* Where a property goes: the class being initialised, or the instance whose
 * code runs; NULL object: nowhere that matters. */
struct property *properties_add(struct interp *in, struct object *owner,
                                const char *name,
                                const struct property_kind *kind);
void properties_add_alias(struct interp *in, struct object *owner,
                          const char *name, struct object *target,
                          const char *property);
/* N < 0: up to the element without name. */
void properties_bind_table(struct interp *in, struct object *owner,
                           struct val table, int64_t n);
/* Whether ELEMENT belongs to a table that a class of OWNER's chain assigned. */
bool properties_is_class_table(struct interp *in, const struct object *owner,
                               struct place element);
void properties_bind(struct interp *in, struct object *owner,
                     struct place element);
/* Trees before v5.0 assign the table of a class: dc->props = table. */
void properties_bind_assigned(struct interp *in, struct qtype *type);
const struct property_kind *properties_named_kind(struct interp *in,
                                                  const char *name);
void properties_set_default(struct property *property, const struct val *v,
                            enum value_kind kind, const char *text);
/* Enum names of a QEnumLookup or of a plain array; NULL. */
char **properties_enum_names(struct interp *in, const struct val *table);

/* --- vmstate.c ----------------------------------------------------------- */

/* The descriptions of migration streams, which it adds to the facts. */
struct streams;

struct streams *streams_new(struct interp *in);
void streams_free(struct streams *streams);
/* Those that the class of FROM names itself, in whatever member. */
void streams_read_class(struct streams *streams, const struct qtype *from,
                        struct qom_type *to);

/* --- machines.c, fields.c, cpus.c, emit.c ------------------------------- */

/* The class fields of MACHINE, whose class struct is KLASS. */
void fields_emit(struct interp *in, struct machine *machine,
                 const struct object *klass, const GArray *globals);
/* Where TYPE is a CPU model that a table describes. */
void cpus_emit(struct interp *in, const struct qtype *type);
void machines_emit(struct interp *in, const struct qtype *type);
void arrays_note(struct interp *in, struct object *object, const char *type);
void arrays_emit(struct interp *in);
void types_emit(struct interp *in);
/* slots.c: what the class of TYPE has of its own. */
/* The functions that make a machine. */
void slots_emit_machine(struct interp *in, const struct qtype *type,
                        struct qom_type *to);
void slots_emit(struct interp *in, const struct qtype *type,
                struct qom_type *to);

#endif
