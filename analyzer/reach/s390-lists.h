/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The feature lists of s390x, which a program (gen-features.c) makes into a
 * header when QEMU is built: read from its text, as it would add them up.
 */
#ifndef QCOMPAT_REACH_S390_LISTS_H
#define QCOMPAT_REACH_S390_LISTS_H

#include "reach/tokens.h"

struct s390_list {
    const char *name;        /* "GEN15_GA1", "V7_1" */
    int line;                /* of what it, or else an older one, has of its own */
    GHashTable *base;        /* set of "S390_FEAT_…", interned; of what the
                                "qemu" model has: NULL */
    GHashTable *features;    /* the same: by default */
};

struct s390_lists {
    GPtrArray *generations;  /* struct s390_list *, oldest first */
    GPtrArray *qemu;         /* the same */
};

/* TEXT is that of gen-features.c.  Lists that it does not understand make all
 * of it unknown: NULL. */
struct s390_lists *s390_lists_new(const char *text);
void s390_lists_free(struct s390_lists *lists);
typedef struct s390_lists S390Lists;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(S390Lists, s390_lists_free)

/* NULL: there is none. */
const struct s390_list *s390_list_find(const GPtrArray *list,
                                       const char *name);

#endif
