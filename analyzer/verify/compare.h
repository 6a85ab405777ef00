/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Where the facts of a revision and a QEMU built from it differ.  What the
 * facts have beyond the binary's types is no difference: no binary is built
 * with everything.
 */
#ifndef QCOMPAT_VERIFY_COMPARE_H
#define QCOMPAT_VERIFY_COMPARE_H

#include "verify/answers.h"

enum difference_kind {
    DIFFERENCE_TYPE_MISSING,       /* QEMU has it, the facts do not */
    DIFFERENCE_PARENT,
    DIFFERENCE_ABSTRACT,
    DIFFERENCE_PROPERTY_MISSING,
    DIFFERENCE_PROPERTY_EXTRA,     /* the facts have it, QEMU does not */
    DIFFERENCE_PROPERTY_KIND,
    DIFFERENCE_DEFAULT,            /* another value, none, or none known */
    DIFFERENCE_DEFAULT_INVENTED,   /* QEMU reports none */
    DIFFERENCE_MACHINE_MISSING,
    DIFFERENCE_MACHINE_EXTRA,
    DIFFERENCE_MACHINE_ALIAS,
    DIFFERENCE_MACHINE_DEPRECATED,
    DIFFERENCE_COMPAT,             /* the first entry that differs */
};

/* "default", "property-missing": stable names, for scripts. */
const char *difference_kind_name(enum difference_kind kind);

/* One cause, however many types or machine types show it. */
struct difference {
    enum difference_kind kind;
    const char *subject;     /* the type that declares it, as far as one can
                                tell; the type; the machine type */
    const char *property;    /* or NULL */
    const char *ours;        /* what the facts say, NULL = nothing */
    const char *theirs;      /* what QEMU says, NULL = nothing */
    struct location loc;     /* of what the facts say; file may be NULL */
    GPtrArray *where;        /* const char *: the types or machine types */
};

struct comparison {
    GPtrArray *differences;  /* struct difference *, in the order of kinds */
    unsigned n_types, n_properties, n_defaults, n_machines, n_chains;
    unsigned n_silent;       /* device types that QEMU did not tell about */
};

struct comparison *comparison_new(const struct facts *facts,
                                  const struct answers *answers);
void comparison_free(struct comparison *comparison);
typedef struct comparison Comparison;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Comparison, comparison_free)

#endif
