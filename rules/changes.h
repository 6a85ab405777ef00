/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the engine hands to the rules: everything that differs in effect
 * between the released revision and HEAD, and what is wrong in HEAD alone,
 * each with its cause.  One cause is one struct here and one finding later.
 */
#ifndef QCOMPAT_RULES_CHANGES_H
#define QCOMPAT_RULES_CHANGES_H

#include "model/cpus.h"
#include "model/facts.h"
#include "model/finding.h"

/* Why a released machine type no longer is what it was: decides which rule
 * speaks. */
enum break_cause {
    CAUSE_NO_ENTRY,          /* nothing even tries to restore the value */
    CAUSE_WRONG_VERSION,     /* the entry sits in an array of another version */
    CAUSE_WRONG_VALUE,       /* the entry applies and is wrong */
    CAUSE_NARROW_DRIVER,     /* the entry names a sibling only */
    CAUSE_FAMILY_MISSED,     /* the machine does not apply the array */
    CAUSE_UNKNOWN_DRIVER,    /* the entry's driver is no type */
    CAUSE_EDITED,            /* an entry of a released array changed */
    CAUSE_REMOVED,           /* the property is gone, its effect with it */
};

/* What is known of the value under which a new property changes nothing. */
enum neutral_verdict {
    NEUTRAL_SAME,            /* the default changes nothing */
    NEUTRAL_HOST_SIDE,       /* only a mechanism of the host */
    NEUTRAL_KNOWN,           /* `value` is neutral and the default differs */
    NEUTRAL_CONSTANT,        /* probably takes the place of a constant */
    NEUTRAL_BOARD,           /* code that makes the device sets it */
    NEUTRAL_UNKNOWN,         /* active, and nothing says what it replaces */
};

struct neutral {
    enum neutral_verdict verdict;
    struct value value;      /* NEUTRAL_KNOWN: the neutral value */
    bool shared;             /* released properties bind the same field */
    char *reason;            /* one clause: how that was decided */
};

/* How sure it is that the values differ. */
enum doubt {
    DOUBT_NONE,
    DOUBT_VALUE,             /* one of them could not be evaluated */
    DOUBT_MEANING,           /* one side reports no default, or the new one
                                only says "not given" (which code gives a
                                value) or "auto" of what was on: it may mean
                                the same */
};

/* What became of the field that a removed property wrote. */
enum field_fate {
    FIELD_GONE,
    FIELD_UNWRITTEN,         /* it is there, no property writes it */
    FIELD_SHARED,            /* other types' properties write it */
};

/*
 * Tuples (machine type, device, property) whose effective value differs, of
 * one cause.  Old: what the released revision says; new: what HEAD says.
 */
struct compat_break {
    enum break_cause cause;
    const char *name;                    /* the property, as HEAD calls it */
    const char *old_name;                /* other where it was renamed */
    const struct qom_type *owner;        /* the type that declares it */
    const struct property *old_property; /* NULL: new */
    const struct property *new_property; /* NULL: gone */
    struct value old_value, new_value;   /* VALUE_ABSENT where there is none */
    bool default_differs;
    bool in_code;                        /* instance code takes the place of
                                            the default, before or after */
    /* The entry that explains the break and its array, NULL where none. */
    const struct compat_entry *entry;
    const struct compat_array *array;
    unsigned lag;                        /* releases that are newer than the
                                            array, of those HEAD knows */
    GPtrArray *entries;                  /* all such entries, `entry` first */
    bool entry_gone;                     /* they are the released revision's */
    bool omitted;                        /* CAUSE_FAMILY_MISSED: the machine
                                            types did not apply `array` before
                                            the change either, and none that
                                            would do is there */
    const char *needed_array;            /* where the entry belongs */
    const struct compat_array *needed;   /* the same, NULL: not there yet */
    struct neutral neutral;              /* of new properties */
    bool late_fix;                       /* a Fixes: trailer explains it */
    enum field_fate field;               /* CAUSE_REMOVED */
    bool inside_only;                    /* CAUSE_NARROW_DRIVER: the devices
                                            that wrap these are covered */
    bool has_trailer;                    /* there are trailers, none fits */
    enum doubt doubt;                    /* the greatest of its tuples */
    bool stable;                         /* upstream keeps these devices */
    const char *host_side;               /* why no guest sees it, or NULL */
    GPtrArray *devices;                  /* const struct qom_type *, HEAD's */
    GPtrArray *machines;                 /* const struct machine *, HEAD's */
};

/* What is wrong with an entry whatever the released revision says. */
enum entry_issue_kind {
    ENTRY_UNKNOWN_DRIVER,    /* no such type, ever */
    ENTRY_DRIVER_GONE,       /* the type was there before the change */
    ENTRY_UNKNOWN_PROPERTY,  /* `devices` lack the property */
    ENTRY_PROPERTY_GONE,     /* `devices` had it before the change */
    ENTRY_BAD_VALUE,         /* the setter refuses the text */
    ENTRY_DUPLICATE,         /* `other` sets the same key in one array */
    ENTRY_NARROW_DRIVER,     /* `devices` are siblings that it misses */
    ENTRY_DEAD,              /* without it nothing would change */
};

struct entry_issue {
    enum entry_issue_kind kind;
    const struct compat_entry *entry;
    const struct compat_array *array;
    const struct compat_entry *other;    /* ENTRY_DUPLICATE: the first one;
                                            ENTRY_DEAD: what does its work,
                                            NULL: the default */
    const struct property *property;     /* the declaration, NULL: none */
    const struct qom_type *owner;        /* of the property, NULL: none */
    const char *suggestion;              /* a name that does exist, or NULL */
    bool uncertain;                      /* a gap may hold the answer */
    bool harmless;                       /* no object ever gets the entry */
    GPtrArray *devices;                  /* const struct qom_type *, HEAD's */
    GPtrArray *machines;                 /* const struct machine *, HEAD's */
};

/* What is wrong with the arrays a machine type applies. */
enum chain_issue_kind {
    CHAIN_TOO_OLD,           /* it applies an array older than itself */
    CHAIN_ORDER,             /* an older array comes before a newer one */
    CHAIN_MISSING,           /* the next newer machine of the family, or
                                another family, applies an array that it
                                does not */
};

struct chain_issue {
    enum chain_issue_kind kind;
    const char *family;
    const struct compat_array *array;
    const struct machine *other;         /* CHAIN_MISSING: who does */
    GPtrArray *machines;                 /* const struct machine *, HEAD's */
};

/* A property of a released type that became another kind of property. */
struct kind_change {
    const struct qom_type *owner;
    const struct property *old_property, *new_property;
    bool narrower;           /* texts that were accepted no longer are */
    bool stable;
    /* The first entry of HEAD that no longer parses, NULL: none. */
    const struct compat_entry *entry;
    const struct compat_array *array;
    GPtrArray *devices;                  /* const struct qom_type *, HEAD's */
    GPtrArray *machines;                 /* those that apply `array` */
};

/* What is wrong with a class field. */
enum field_change_kind {
    FIELD_CHANGED,           /* it got another value */
    FIELD_MOVED,             /* and is one of another class now */
    FIELD_TOO_OLD,           /* new: only machine types older than the newest
                                release are kept as they were */
    FIELD_TOO_NEW,           /* new: the next machine type is kept as it was,
                                as those that were released are */
    FIELD_GLOBAL,            /* no field: a variable that class code of
                                `machines` writes, and so for all */
};

/* A class field of released machine types that got another value. */
struct field_change {
    enum field_change_kind kind;
    const char *name;                    /* "MachineClass.max_cpus" */
    const char *old_name;                /* FIELD_MOVED; else NULL */
    /* FIELD_TOO_*: what keeps older machine types, what newer ones have. */
    const char *old_value, *new_value;   /* FIELD_GLOBAL: old NULL */
    const struct machine *other;         /* FIELD_TOO_OLD: the newest that
                                            has the old value; FIELD_TOO_NEW:
                                            one that has the new value */
    bool evaluated;                      /* both values are */
    bool late_fix;                       /* a Fixes: trailer names a commit
                                            that came after `newest` */
    bool meant;                          /* a value of older machine types
                                            alone */
    const struct machine *newest;        /* of `machines` */
    struct location loc;                 /* the assignment, or the machine */
    struct location old_loc;             /* file NULL: nothing assigned it */
    GPtrArray *machines;                 /* const struct machine *, HEAD's */
};

/* A value of a CPU model, or of one of its versions, that differs. */
struct cpu_change {
    const struct cpu_model *model;       /* HEAD's */
    int version;                         /* 0: the model as such */
    const char *name;                    /* "xlevel", "features" */
    const char *old_value, *new_value;   /* NULL: not set; of features: both */
    GPtrArray *gained, *lost;            /* const char *: names of features */
    /* The array whose entries restore it, and that no machine type applies
     * yet; NULL: none.  `uncovered`: they do not restore all of it. */
    const struct compat_array *waiting;
    bool uncovered;
    GPtrArray *machines;                 /* const struct machine *, HEAD's */
};

/* How a migration stream became another one. */
enum stream_change_kind {
    STREAM_FIELD_ADDED,
    STREAM_FIELD_REMOVED,
    STREAM_FIELD_RESIZED,
    STREAM_FIELD_MOVED,
    STREAM_FIELDS_DIFFER,    /* in more ways than one */
    STREAM_FIELD_UNEXPECTED, /* new, and only it tells whether it is there */
    STREAM_VERSION_RAISED,   /* the release refuses what HEAD sends */
    STREAM_VERSION_LOWERED,  /* HEAD refuses what the release sends */
    STREAM_MINIMUM_RAISED,   /* the same */
    STREAM_PART_ADDED,       /* a subsection */
    STREAM_PART_REMOVED,
    STREAM_PART_MISNAMED,    /* no receiver finds it */
    STREAM_SECTION_ADDED,
    STREAM_SECTION_REMOVED,
    STREAM_SECTION_RENAMED,
};

struct stream_change {
    enum stream_change_kind kind;
    /* The description, section or subsection; NULL: not there. */
    const struct vmstate *old_state, *new_state;
    const struct vmstate *parent;        /* HEAD's, of a subsection */
    /* The field on either side, NULL where there is none. */
    const struct vmstate_field *old_field, *new_field;
    bool nested;             /* loaded with its own version: raising that
                                helps nobody */
    const char *gate;        /* the function that lets it through on
                                `machines`, NULL: nothing decides */
    bool kept;               /* on some machine type of the newest release
                                `gate` keeps the old stream */
    bool late_fix;           /* `gate` keeps it on older ones only, and a
                                Fixes: trailer says why */
    bool sometimes;          /* sent in some states of the guest only */
    bool unsure;             /* fields that are sent in some states only may
                                make up for it */
    bool lost;               /* a subsection that is gone from its parent and
                                still described: nobody meant to drop it */
    bool registered;         /* by a call, which may well be conditional */
    bool stable;
    GPtrArray *devices;                  /* const struct qom_type *, HEAD's */
    GPtrArray *machines;                 /* const struct machine *, HEAD's */
};

/* Something that a guest sees of a device. */
enum guest_aspect {
    GUEST_CONFIG,            /* contents of config space */
    GUEST_MASK,              /* what of it may be written */
    GUEST_CAPABILITY,        /* a capability or the like */
    GUEST_BAR,
    GUEST_FEATURE,           /* a virtio feature bit */
    GUEST_CONFIG_SIZE,       /* of a virtio device */
    GUEST_SETTING,           /* a property that code sets on an object which
                                it makes */
};

/* Whether what one side alone does may be done elsewhere on the other. */
enum guest_doubt {
    GUEST_SURE,
    GUEST_MOVED,             /* by a function that the other side has not */
    GUEST_LOST,              /* by one that it has, but not for this device,
                                or perhaps by another object's: how it gets
                                there was not understood */
};

struct guest_state {
    enum guest_aspect aspect;
    const char *name;                    /* "PCI_ERR_UNCOR_MASK in config" */
    const char *old_value, *new_value;   /* NULL: there is none */
    const struct property *switched_by;  /* GUEST_FEATURE: what should have
                                            decided, NULL: nothing does */
    bool migrated;                       /* migration refuses the difference */
    bool old_refuses, new_refuses;       /* who does: the receiver, unless
                                            what differs is writable there */
    enum guest_doubt doubt;
    /* GUEST_SETTING: whose it is, and whether each side sets it: the value is
     * the default, or that of an entry, where it does not. */
    const char *driver, *property;
    bool old_set, new_set;
};

/*
 * What released devices show a guest differs, for one piece of code and
 * whatever properties and class fields are set to on these machine types.
 */
struct guest_change {
    const char *function;                /* NULL: class_init */
    const struct property *option;       /* a released flag that is off and
                                            has to be on for it; NULL: none */
    const struct property *gate;         /* of HEAD, with `gate_value` it is
                                            as released; NULL: none.  Asked
                                            for of one machine type only. */
    uint64_t gate_value;
    struct location loc;                 /* in HEAD */
    GPtrArray *states;                   /* struct guest_state * */
    GPtrArray *devices;                  /* const struct qom_type *, HEAD's */
    GPtrArray *machines;                 /* const struct machine *, HEAD's */
    const char *needed_array;            /* of an entry, were there a
                                            property */
    const struct compat_array *needed;   /* the same, NULL: not there yet */
};

/* A property whose name a class above has taken. */
struct redeclaration {
    const struct qom_type *type, *owner;         /* below, above */
    const struct property *property, *inherited;
};

struct change_set {
    const struct facts *released;        /* NULL: audit of one tree */
    const struct facts *head;
    struct version released_version;
    GPtrArray *breaks;                   /* struct compat_break * */
    GPtrArray *entries;                  /* struct entry_issue * */
    GPtrArray *chains;                   /* struct chain_issue * */
    GPtrArray *kinds;                    /* struct kind_change * */
    GPtrArray *redeclared;               /* struct redeclaration * */
    GPtrArray *fields;                   /* struct field_change * */
    GPtrArray *cpus;                     /* struct cpu_change * */
    GPtrArray *streams;                  /* struct stream_change * */
    GPtrArray *guests;                   /* struct guest_change * */
};

/* Iterate with a C statement after the macro; P is declared by it. */
#define changes_foreach(type, p, list) \
    for (guint p##_i = 0; p##_i < (list)->len; p##_i++) \
        for (const type *p = g_ptr_array_index(list, p##_i); p; p = NULL)

#endif
