/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One property of one device type on every machine type: the entries that
 * can touch it are found once, each machine then only picks its winner.
 * Says for all machines what effective_value() says for one.
 */
#ifndef QCOMPAT_CHECK_TRACK_H
#define QCOMPAT_CHECK_TRACK_H

#include "check/reach.h"
#include "check/side.h"

struct track_entry {
    struct entry_ref ref;
    unsigned level;          /* 0 = the outermost object */
    struct value value;      /* unevaluated where the text does not parse */
};

struct track {
    bool found;              /* the device has the property */
    struct reach reach;
    struct value start;      /* before any entry: the default, or what the
                                instance code puts in its place */
    bool in_code;            /* the latter */
    GArray *entries;         /* struct track_entry */
};

struct outcome {
    struct value value;
    const struct track_entry *entry;     /* the winner, NULL: the default */
};

void track_init(struct track *track, const struct side *side,
                const struct qom_type *type, const char *name);
void track_clear(struct track *track);
typedef struct track Track;
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Track, track_clear)

/* The track must be found. */
struct outcome track_outcome(const struct track *track,
                             const struct side *side, guint machine_no);
/* The same if there were no SKIP. */
struct outcome track_outcome_without(const struct track *track,
                                     const struct side *side,
                                     guint machine_no,
                                     const struct compat_entry *skip);

#endif
