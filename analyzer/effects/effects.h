/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What device code does that a guest can see: contents and masks of PCI
 * config space, capabilities, BARs, virtio features and queues.
 *
 * The functions that make, plug and reset a device are walked on the IR with
 * what is known of the fields that properties and classes set; branches that
 * are not taken under those values leave no trace, those that hang on
 * anything else leave their conditions.  Calls are followed where the callee
 * was lowered, so that code which moved into a helper does what it did.
 */
#ifndef QCOMPAT_EFFECTS_EFFECTS_H
#define QCOMPAT_EFFECTS_EFFECTS_H

#include "ir/ir.h"
#include "model/facts.h"

/* A number of which some bits may not be known. */
struct bits {
    uint64_t value, known;
};

/* Functions of one revision. */
struct code;

/* UNITS: struct ir_unit *, which must outlive the world. */
struct code *code_new(const GPtrArray *units);
void code_free(struct code *world);
typedef struct code Code;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Code, code_free)

struct code_function {
    struct ir_unit *unit;
    unsigned index;
    const struct ir_symbol *symbol;
    const char *file;            /* interned */
    struct code_function *next; /* of the same name */
};

/* The function NAME of FILE or, where FILE has none, one with external
 * linkage; NULL.  FILE may be NULL. */
const struct code_function *code_find(const struct code *world,
                                        const char *name, const char *file);
/* All of them, by file and name. */
const GPtrArray *code_functions(const struct code *world);
/* Those of units that mention the last name of MEMBER ("conf.queues") at all:
 * no other can use that field.  The caller frees the array. */
GPtrArray *code_functions_near(const struct code *world, const char *member);

/* Whether a walk of FUNCTION could find anything: it, or what it calls, names
 * something of effects_is_visible(). */
bool code_shows(const struct code *world,
                const struct code_function *function);
/* Whether it, or what it calls, sets a property of some object. */
bool code_sets(const struct code *world,
               const struct code_function *function);
/* The functions that set a property NAME of some object themselves: const
 * struct code_function *; NULL: there is none. */
const GPtrArray *code_setters(const struct code *world, const char *name);
/* Whether another of them calls or names FUNCTION. */
bool code_is_called(const struct code *world,
                    const struct code_function *function);
/* Whether one of ENTRIES (struct code_function *) is FUNCTION or ends up
 * calling it. */
bool code_calls(const struct code *world, const GPtrArray *entries,
                const struct code_function *function);
/* Whether one of ENTRIES (struct code_function *), or what they call, names a
 * member MEMBER of some struct. */
bool code_reaches(const struct code *world, const GPtrArray *entries,
                  const char *member);

/* A function that fails with an error for every value but VALUE of a field, on
 * a device that no other option was given; NULL where there is none.  FLAG:
 * the field is 0 or 1. */
const struct code_function *code_refuses(const struct code *world,
                                         const char *record,
                                         const char *member, uint64_t value,
                                         bool flag);

/* A function that gives a field a value where it is zero; NULL where there is
 * none.  *RET_CONSTANT: it is always *RET_VALUE. */
const struct code_function *code_fills(const struct code *world,
                                       const char *record, const char *member,
                                       bool *ret_constant,
                                       uint64_t *ret_value);

/* A function that reads a flag, where all that do so do what they did in OLD,
 * statement by statement, when it is VALUE; NULL where there is none, or one
 * does something else. */
const struct code_function *code_switches(const struct code *old,
                                          const struct code *new,
                                          const char *record,
                                          const char *member, bool value);

/* More objects of one type than are told apart. */
#define SETTING_MANY 1000

enum effect_kind {
    EFFECT_BYTE,                 /* a byte of config space or of a mask */
    EFFECT_CALL,                 /* a capability or the like was added */
    EFFECT_BAR,
    EFFECT_FEATURE,              /* a virtio feature bit */
    EFFECT_CONFIG_SIZE,          /* of a virtio device */
    EFFECT_SETTING,              /* a property of an object that is made;
                                    place: "type\nproperty" */
    EFFECT_ANY,                  /* any call or assignment; on demand */
};

struct effect {
    enum effect_kind kind;
    const char *place;           /* "config+0x40", "pcie_aer_init", "BAR 0" */
    const char *guards;          /* conditions not known, "" = none */
    struct bits byte;            /* EFFECT_BYTE; known 0: see value */
    const char *value;           /* text, the same for the same value */
    bool exact;                  /* all of it is known */
    const char *name;            /* "PCI_ERR_UNCOR_MASK", or NULL */
    const char *space;           /* EFFECT_BYTE: "config", "wmask" … */
    const char *base;            /* EFFECT_BYTE: the place less its offset */
    int64_t offset;              /* EFFECT_BYTE: from there */
    bool relative;               /* EFFECT_BYTE: to what is not known */
    unsigned at, size;           /* EFFECT_BYTE: its place in what was
                                    written at once, and how much that is */
    const char *function;        /* that does it */
    const char *entry;           /* the one of the walk's that led there */
    struct location loc;
};

/* What is known of a field; false where nothing is. */
typedef bool (*effects_field_fn)(void *opaque, const char *record,
                                 const char *field, struct bits *ret);

/* What the class gives config space before any of the code runs. */
struct effects_seed {
    unsigned offset, size;
    uint64_t value;
    bool known;
    const char *name;
};

struct effects_query {
    effects_field_fn field;      /* or NULL */
    void *opaque;
    bool any;                    /* EFFECT_ANY as well */
    const struct effects_seed *seeds;
    unsigned n_seeds;
    struct location class_loc;   /* where seeds come from */
    /* struct code_function *: those whose second parameter is the word of
     * features that VirtIODevice.host_features holds; or NULL. */
    GHashTable *get_features;
};

/* Effects in order of kind, place and guards.  Strings belong to it. */
struct effects {
    GPtrArray *list;             /* struct effect * */
    GHashTable *entries;         /* names of functions the walk began at */
    GHashTable *visited;         /* struct code_function * it came by */
    GHashTable *made;            /* name of a type → how many objects of it,
                                    SETTING_MANY: nobody knows */
    const struct code *world;    /* borrowed */
    bool exhausted;              /* too much to walk: it says nothing */
    GStringChunk *strings;
    GPtrArray *blocks;
    guint refs;
};

/* ENTRIES: struct code_function *, walked in order as code of one object.
 * FIELD of QUERY says the same whenever it is asked the same. */
struct effects *effects_walk(const struct code *world,
                             const GPtrArray *entries,
                             const struct effects_query *query);
struct effects *effects_ref(struct effects *effects);
/* Drops a reference; the world of the walk has to be there still. */
void effects_free(struct effects *effects);
typedef struct effects Effects;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Effects, effects_free)

/* Whether NAME is one of those through which a guest sees something. */
bool effects_is_visible(const char *name);
/* Whether it is so as an array of a PCI device's config space only. */
bool effects_is_space(const char *name);
/* Whether NAME is a call that sets a property. */
bool effects_is_setter(const char *name);
/* Whether NAME makes an object of a type that it is given by name. */
bool effects_is_maker(const char *name);

#endif
