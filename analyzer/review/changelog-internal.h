/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Shared by the parts of the changelog. */
#ifndef QCOMPAT_REVIEW_CHANGELOG_INTERNAL_H
#define QCOMPAT_REVIEW_CHANGELOG_INTERNAL_H

#include "check/side.h"
#include "review/changelog.h"
#include "rules/changes.h"

struct changelog_run {
    struct side *old, *new;
    GPtrArray *pairs;            /* struct machine_index *: versioned machine
                                    types of both revisions that the old one
                                    has released */
    GPtrArray *changes;          /* struct change * */
    GHashTable *groups;          /* key → struct change * */
    const struct change_set *compared;   /* by the engine */
    GHashTable *streams;         /* struct vmstate * that it has something to
                                    say of */
};

/* A machine type by its number in the facts of both sides. */
struct machine_index {
    guint old, new;
};

/* One difference, before those that are alike are taken together.  Takes
 * BECAUSE, OLD and NEW; MACHINES may be NULL. */
struct difference {
    enum change_about about;
    enum change_act act;
    enum change_cover cover;
    const char *name, *detail, *array;
    char *old, *new, *because;
    struct location loc;
    const GPtrArray *machines;
};
void changelog_add(struct changelog_run *run, struct difference *difference);

/* What became of the property NAME of the objects that are an OWNER. */
struct coverage {
    enum change_cover cover;
    const char *array;
    char *because;
    GPtrArray *machines;         /* const struct machine * */
};
void coverage_clear(struct coverage *coverage);
typedef struct coverage Coverage;
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Coverage, coverage_clear)

struct coverage coverage_of_property(const struct changelog_run *run,
                                     const struct qom_type *owner,
                                     const char *name);

/* The parts. */
void changelog_machines(struct changelog_run *run);
void changelog_arrays(struct changelog_run *run);
void changelog_types(struct changelog_run *run);
void changelog_streams(struct changelog_run *run);
void changelog_cpus(struct changelog_run *run);

#endif
