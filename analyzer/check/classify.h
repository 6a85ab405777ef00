/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Why a machine type's value changed: which entry, of those that mention the
 * property, was meant to keep it and does not.
 */
#ifndef QCOMPAT_CHECK_CLASSIFY_H
#define QCOMPAT_CHECK_CLASSIFY_H

#include "check/engine.h"

/* An entry of HEAD on the property under judgement, seen from one device. */
struct candidate {
    struct entry_ref ref;
    bool covers;             /* applies to the device */
    bool unknown_driver;     /* its driver is no type */
};

struct cause {
    enum break_cause cause;
    const struct compat_entry *entry;
    const struct compat_array *array;
    bool entry_gone;
    bool omitted;            /* CAUSE_FAMILY_MISSED: the machine type did not
                                apply `array` at BASE either, which it ought
                                to */
};

/*
 * Entries of HEAD in versioned arrays that mention the property behind TRACK
 * and apply to the device, to a sibling that has the same declaration, or to
 * nothing.  ONLY_ADDED leaves out those that the released arrays have.
 */
GArray *classify_candidates(const struct engine *engine,
                            const struct track *track, bool only_added);

/* The candidate of the newest version that is about the device or a
 * sibling, NULL where there is none. */
const struct candidate *classify_newest(const GArray *candidates);

/* A value that no entry of HEAD restores on machine MACHINE_NO. */
struct cause classify_uncovered(const struct engine *engine,
                                const GArray *candidates, guint machine_no);

#endif
