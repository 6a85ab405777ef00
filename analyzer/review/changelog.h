/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a release review asks for: every difference between the facts of two
 * revisions, and for those that a released machine type could see, which
 * compat entry covers it, or why it needs none.
 */
#ifndef QCOMPAT_REVIEW_CHANGELOG_H
#define QCOMPAT_REVIEW_CHANGELOG_H

#include "model/facts.h"
#include "review/maintainers.h"

enum change_about {
    ABOUT_MACHINE,           /* names: the machine type */
    ABOUT_FIELD,             /* names: machine types; detail: the field */
    ABOUT_ARRAY,             /* names: the array */
    ABOUT_ENTRY,             /* names: the drivers; detail: the property */
    ABOUT_TYPE,              /* names: the types */
    ABOUT_PROPERTY,          /* names: the types; detail: the property */
    ABOUT_STREAM,            /* names: descriptions of migration streams;
                                detail: a field */
    ABOUT_CPU,               /* names: CPU models; detail: what differs */
    ABOUT_N
};

enum change_act { CHANGE_ADDED, CHANGE_REMOVED, CHANGE_CHANGED };

/* Whether machine types that were released stay what they were. */
enum change_cover {
    COVER_NOT_ASKED,         /* no machine type of both revisions sees it */
    COVER_NEUTRAL,           /* it changes nothing: `because` says why */
    COVER_ENTRY,             /* `array` restores the old value on all */
    COVER_UNSURE,            /* may matter: `because` says what is unclear */
    COVER_MISSING,           /* `machines` get something else */
};

struct change {
    enum change_about about;
    enum change_act act;
    enum change_cover cover;
    const char *detail;          /* NULL where the names say it all */
    char *old, *new;             /* as text; NULL where there is none */
    const char *array;           /* id, of entries and of COVER_ENTRY */
    char *because;               /* one clause, or NULL */
    struct location loc;         /* in NEW; of what is gone, in OLD */
    GPtrArray *names;            /* const char *, sorted */
    GPtrArray *machines;         /* const struct machine * of NEW */
    const struct maintained *area;   /* NULL: nobody's */
};

struct changelog {
    const struct facts *old, *new;   /* borrowed */
    const char *old_name, *new_name; /* as the user said it; borrowed */
    GPtrArray *changes;          /* struct change *, by area, then about,
                                    then place */
    guint counts[COVER_MISSING + 1];
};

/* One end of the range. */
struct changelog_end {
    const char *name;
    const struct facts *facts;
};

/* MAINTAINERS must outlive the result, as must both ends. */
struct changelog *changelog_new(const struct changelog_end *old,
                                const struct changelog_end *new,
                                const struct maintainers *maintainers);
void changelog_free(struct changelog *changelog);
typedef struct changelog Changelog;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Changelog, changelog_free)

#endif
