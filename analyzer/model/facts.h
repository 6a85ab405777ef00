/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The facts of one revision: what the device model of that QEMU looks like.
 *
 * Plain structs that nothing points back to: no clang, no git, no I/O.  A
 * struct facts owns everything below it and is released with facts_free();
 * nothing is changed after facts_seal().  Every const char * is interned with
 * g_intern_string(): equal strings are equal pointers, across revisions too.
 */
#ifndef QCOMPAT_MODEL_FACTS_H
#define QCOMPAT_MODEL_FACTS_H

#include "model/stream.h"
#include "model/value.h"

/* A set of QEMU system targets (qemu-system-X), 0 = common to all. */
typedef uint64_t target_set;

/* Bit of a target by its name ("x86_64"), 0 where it is not known. */
target_set target_bit(const char *name);
/* Name of the lowest bit in SET, NULL where it is empty; iterate with
 * set &= set - 1. */
const char *target_first(target_set set);
/* Whether facts of sets A and B can be in one binary (0 meets everything). */
static inline bool targets_meet(target_set a, target_set b)
{
    return !a || !b || (a & b);
}

struct location {
    const char *file;    /* path in the tree, NULL where unknown */
    int line;            /* from 1 */
    int column;          /* from 1 */
};

/* X.Y.Z; micro is -1 where only X.Y is given ("hw_compat_7_2"). */
struct version {
    int major, minor, micro;
};

/* "7.2", "7.2.0", "8.0.50"; false where TEXT is no version. */
bool version_parse(const char *text, struct version *ret);
/* The version at the end of a name: hw_compat_7_2, pc-q35-4.0.1,
 * pc_compat_2_12; false for names without one (microvm, powernv10). */
bool version_of_name(const char *name, struct version *ret);
/* The last version anywhere in the name of a function:
 * ccw_machine_7_1_class_options. */
bool version_in_name(const char *name, struct version *ret);
/* The name of a machine type without its version, "pc-q35" of "pc-q35-7.2"
 * and "pseries-sxxm" of "pseries-2.12-sxxm"; NULL where it has none. */
char *version_cut_from_name(const char *name, struct version *ret);
/* <0, 0, >0; micro -1 counts as 0. */
int version_compare(const struct version *a, const struct version *b);

/* Where a property comes from: the table of a type, its class_init, or
 * instance code (device_class_set_props, object_class_property_add*,
 * object_property_add*). */
enum property_origin { ORIGIN_TABLE, ORIGIN_CLASS, ORIGIN_INSTANCE };

struct property {
    const char *name;
    const struct property_kind *kind;    /* owned by the facts, never NULL */
    struct value def;                    /* as QMP reports it */
    const char *spelling;                /* what the author wrote, or NULL */
    const char *record;                  /* "VirtIOBlock", or NULL */
    const char *field;                   /* "conf.num_queues", or NULL */
    int bit;                             /* bit of the field, -1 = whole */
    enum property_origin origin;
    target_set targets;
    const char *condition;               /* the #if it sits under, or NULL */
    struct location loc;
};

/* object_property_add_alias: NAME NULL = all properties of TARGET that the
 * type does not declare itself (qdev_alias_all_properties). */
struct alias {
    const char *name;
    const char *target;      /* QOM type */
    const char *property;    /* NULL = the same name */
};

/* Nothing is known about the boards of a type: it can be everywhere. */
#define ALL_BOARDS UINT64_MAX

/*
 * What class_init gives a type of its own, unlike its parent: a function that
 * is called when an object is made, plugged or reset, or a number that such
 * code reads.  "init:NAME" is what the instance code of the type leaves in
 * the field of its property NAME where that is not the declared default.
 */
struct class_slot {
    const char *name;        /* "PCIDeviceClass.realize", "instance_init" */
    const char *function;    /* NULL: a number */
    const char *file;        /* where it was named, NULL for numbers */
    bool known;              /* the number could be evaluated */
    int64_t number;
};

struct qom_type {
    const char *name;
    const char *parent;              /* NULL for roots */
    const char *instance_struct;     /* NULL = inherits its parent's */
    bool abstract;
    bool user_creatable;             /* devices: -device may create it */
    bool unmigratable;               /* its VMStateDescription says so */
    target_set targets;
    uint64_t boards;                 /* bits of facts->boards whose machines
                                        can have it; ALL_BOARDS = not known */
    struct location loc;
    GPtrArray *interfaces;           /* const char *, declared here */
    GPtrArray *properties;           /* struct property *, by name */
    GPtrArray *aliases;              /* struct alias * */
    GPtrArray *vmstates;             /* struct vmstate_use *, by member, that
                                        its own class_init names */
    GPtrArray *slots;                /* struct class_slot *, by name */
};

struct compat_entry {
    const char *driver;
    const char *property;
    const char *value;
    bool optional;
    struct location loc;
};

/*
 * A GlobalProperty array.  `id` is unique: the name of a file-scope array
 * ("hw_compat_7_1"), "function/name" of a local one
 * ("ccw_machine_7_1_class_options/compat").
 */
struct compat_array {
    const char *id;
    const char *name;
    bool has_version;
    bool downstream;         /* its version is not one of QEMU's: set by a
                                project's configuration */
    struct version version;
    struct location loc;
    struct location end;     /* the closing brace: where an entry is added */
    GPtrArray *entries;      /* struct compat_entry *, in source order */
};

/* A class field that machine code sets: "PCMachineClass.pci_enabled"; or,
 * with a plain name, a variable that the class code of the machine type
 * writes. */
struct class_field {
    const char *name;
    const char *value;       /* evaluated text, or the spelling */
    bool evaluated;
    struct location loc;     /* the assignment that won */
};

/* Machine types are keyed by (name, targets): arm and m68k both have
 * virt-8.0. */
struct machine {
    const char *name;        /* pc-q35-7.1 */
    const char *type;        /* pc-q35-7.1-machine */
    const char *family;      /* the name without its version: pc-q35 */
    bool versioned;
    struct version version;
    const char *alias;
    bool deprecated;
    bool latest;             /* newest version of its family in this tree */
    target_set targets;
    uint64_t board;          /* bit of facts->boards, 0 = not known */
    struct location loc;
    GPtrArray *compat;       /* const struct compat_array *, as applied */
    GPtrArray *fields;       /* struct class_field *, by name */
};

/* A C struct that property tables refer to. */
struct record_field {
    const char *name;
    const char *type;        /* spelled type */
};

struct record {
    const char *name;        /* tag or typedef name */
    GPtrArray *fields;       /* struct record_field *, in order */
};

/* Something that could not be read or understood. */
struct gap {
    const char *file;
    int line;                /* 0 = the whole file */
    const char *reason;      /* "unknown registrar 'x'", "parse error: …" */
    bool touches_change;     /* set by the check: file is in the change */
};

struct revision {
    const char *rev;         /* as the user said it */
    const char *commit;      /* hex id; NULL for a plain directory */
    const char *tree;        /* hex id; NULL for a plain directory */
    const char *version;     /* content of VERSION, NULL where none */
};

struct facts {
    struct revision revision;
    GPtrArray *types;        /* struct qom_type *, by name, then targets */
    GPtrArray *arrays;       /* struct compat_array *, by id */
    GPtrArray *machines;     /* struct machine *, by name, then targets */
    GPtrArray *records;      /* struct record *, by name */
    GPtrArray *kinds;        /* struct property_kind * */
    GPtrArray *vmstates;     /* struct vmstate *, by id */
    GPtrArray *cpu_models;   /* struct cpu_model *, by type (model/cpus.h) */
    GPtrArray *gaps;         /* struct gap *, by file and line */
    GPtrArray *boards;       /* const char *: boards of versioned machine
                                types ("Q35"); empty = not known */
    unsigned files;          /* translation units that were read */
    struct facts_index *index;   /* made by facts_seal() */
};

struct facts *facts_new(void);
void facts_free(struct facts *facts);
typedef struct facts Facts;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Facts, facts_free)

/* Adding; the returned object is owned by FACTS, its arrays are empty and the
 * caller fills in the rest.  Strings given must be interned. */
struct qom_type *facts_add_type(struct facts *facts, const char *name);
struct property *qom_type_add_property(struct qom_type *type,
                                       const char *name);
struct alias *qom_type_add_alias(struct qom_type *type);
void qom_type_add_vmstate(struct qom_type *type, const char *member,
                          const char *id);
struct vmstate *facts_add_vmstate(struct facts *facts, const char *id);
void vmstate_free(struct vmstate *vmstate);
/* Size and number are STREAM_UNKNOWN until they are set. */
struct vmstate_field *vmstate_add_field(struct vmstate *vmstate);
struct class_slot *qom_type_add_slot(struct qom_type *type,
                                     const char *name);
struct compat_array *facts_add_array(struct facts *facts, const char *id);
struct compat_entry *compat_array_add_entry(struct compat_array *array);
struct machine *facts_add_machine(struct facts *facts, const char *name);
void machine_set_field(struct machine *machine, const char *name,
                       const char *value, bool evaluated,
                       struct location loc);
struct record *facts_add_record(struct facts *facts, const char *name);
void record_add_field(struct record *record, const char *name,
                      const char *type);
/* One kind per (name, info); names NULL or NULL-terminated, copied. */
const struct property_kind *facts_add_kind(struct facts *facts,
                                           const char *name,
                                           const char *info,
                                           enum value_syntax syntax,
                                           unsigned bits,
                                           const char *const *names);
void facts_add_gap(struct facts *facts, const char *file, int line,
                   const char *reason);

/* Sorts everything into its documented order, derives machine->family,
 * version and latest, array->version, and builds the indices behind the
 * look-ups below. */
void facts_seal(struct facts *facts);

/* Look-ups; all borrowed, NULL where there is none.  TARGETS picks among
 * types of one name (0 = any). */
const struct qom_type *facts_type(const struct facts *facts,
                                  const char *name, target_set targets);
const struct compat_array *facts_array(const struct facts *facts,
                                       const char *id);
const struct machine *facts_machine(const struct facts *facts,
                                    const char *name, target_set targets);
const struct record *facts_record(const struct facts *facts,
                                  const char *name);
const struct vmstate *facts_vmstate(const struct facts *facts,
                                    const char *id);
/* NULL: nothing assigns it. */
const struct class_field *machine_field(const struct machine *machine,
                                        const char *name);
const struct qom_type *facts_parent(const struct facts *facts,
                                    const struct qom_type *type);

/* Whether MACHINE can have an object of TYPE. */
bool facts_machine_has(const struct facts *facts,
                       const struct machine *machine,
                       const struct qom_type *type);

/* object_dynamic_cast: NAME is the type, an ancestor, or an interface of one
 * of them (or an ancestor of that interface). */
bool facts_type_is_a(const struct facts *facts, const struct qom_type *type,
                     const char *name);

/* The slot NAME of TYPE's own, or NULL. */
const struct class_slot *qom_type_slot(const struct qom_type *type,
                                       const char *name);

/* The property NAME as TYPE or its nearest ancestor declares it; *ret_owner
 * (may be NULL) is the declaring type. */
const struct property *facts_own_property(const struct facts *facts,
                                          const struct qom_type *type,
                                          const char *name,
                                          const struct qom_type **ret_owner);

/* As above, and through aliases: the property that NAME reaches on an object
 * of TYPE.  A name that the type declares itself is not aliased. */
const struct property *facts_property(const struct facts *facts,
                                      const struct qom_type *type,
                                      const char *name,
                                      const struct qom_type **ret_owner);

/* As above, on one of TARGETS. */
const struct property *facts_property_on(const struct facts *facts,
                                         const struct qom_type *type,
                                         const char *name,
                                         target_set targets,
                                         const struct qom_type **ret_owner);

/* Types that have TYPE among their ancestors, TYPE itself included, in the
 * order of facts->types; a new reference, not to be changed. */
GPtrArray *facts_descendants(const struct facts *facts,
                             const struct qom_type *type);

/* Convenience: type iteration by index. */
static inline const struct qom_type *facts_type_at(const struct facts *f,
                                                   guint i)
{
    return g_ptr_array_index(f->types, i);
}

#endif
