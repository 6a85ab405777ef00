/* SPDX-License-Identifier: GPL-2.0-or-later */
/* From what was found on one device to changes, one for each cause. */
#ifndef QCOMPAT_CHECK_GUEST_CHANGES_H
#define QCOMPAT_CHECK_GUEST_CHANGES_H

#include "check/engine.h"
#include "check/guest-compare.h"
#include "check/guest-walk.h"

/* Old, new and, where something is to be subtracted, base. */
enum { OLD, NEW, BASE, N_VERSIONS };

struct guest_device {
    struct engine *engine;
    struct guest_code versions[N_VERSIONS];
    guint n;                     /* versions there are */
    GHashTable *asked;           /* "record\nfield" */
    GHashTable *gates;           /* const struct property *, new */
    bool settings_only;          /* it shows nothing else of its own */
    GPtrArray *seen;             /* struct guest_outcome * */
    GPtrArray *hidden;           /* struct code_function *: that differ, and
                                    that nothing calls unless an option is
                                    on */
    bool bars_only;              /* the device is never migrated */
    const struct property *option; /* that is taken to be on; NULL: none */
};

/* What was found with one set of values, and whom they stand for. */
struct guest_outcome {
    const struct machine *machines[N_VERSIONS];
    GPtrArray *found;            /* struct guest_found *; NULL: as OLD */
    bool own;                    /* entries on other devices count, too: it
                                    stands for this machine type alone */
    GPtrArray *on;               /* const struct machine *, HEAD's */
};

/* CHANGES: key → struct guest_change *, borrowed from the engine. */
void guest_add_changes(struct guest_device *d, GHashTable *changes);
/* What went from one object to another of the same code is where it was. */
void guest_cancel_moves(struct engine *engine);
/* What some devices do with an option, others do without one. */
void guest_cancel_options(struct engine *engine);

#endif
