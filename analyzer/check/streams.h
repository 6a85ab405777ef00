/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Migration streams of two revisions, for check/stream*.c only.
 */
#ifndef QCOMPAT_CHECK_STREAMS_H
#define QCOMPAT_CHECK_STREAMS_H

#include "check/engine.h"
#include "check/owners.h"

/* The released side against HEAD, or against what is subtracted. */
struct streams {
    const struct engine *engine;
    struct side *old, *new;
    bool is_base;                /* NEW is the base */
    GHashTable *pair_of;         /* old struct vmstate → new one */
    struct owners *old_owners, *new_owners;      /* made when asked for */
    GPtrArray *changes;          /* struct stream_change * */
};

/* Machine NO of the engine's pairs on the new side; NULL: not there. */
const struct machine *streams_machine(const struct streams *s, guint no,
                                      const struct machine **ret_old);
/* One of TYPES that MACHINE (of the new side) can have, or NULL. */
const struct qom_type *streams_device(const struct streams *s,
                                      const GPtrArray *types,
                                      const struct machine *machine);
/* Whether MACHINE can have VMSTATE, which is in the streams of TYPES, or with
 * none given of no type in particular. */
bool streams_has(const struct streams *s, const struct vmstate *vmstate,
                 const GPtrArray *types, const struct machine *machine);
/* Adds the machine types that can have it. */
void streams_add_machines(const struct streams *s,
                          struct stream_change *change,
                          const GPtrArray *types);
const struct owners *streams_old_owners(struct streams *s);
const struct owners *streams_new_owners(struct streams *s);

/* Adds a change of what is in the streams of TYPES (of the new side; NULL or
 * empty: of no type in particular); NULL where nobody was promised anything. */
struct stream_change *streams_add(struct streams *s,
                                  enum stream_change_kind kind,
                                  const struct vmstate *old,
                                  const struct vmstate *new,
                                  const GPtrArray *types);
void stream_change_free(struct stream_change *change);

/* stream-layout.c: fields and versions. */
void streams_judge_layouts(struct streams *s);
/* stream-tests.c: fields that no receiver can expect. */
void streams_judge_tests(struct streams *s);
/* stream-parts.c: subsections. */
void streams_judge_parts(struct streams *s);
/* stream-sections.c: who has a section at all. */
void streams_judge_sections(struct streams *s);

#endif
