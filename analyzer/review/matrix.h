/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Which revision can take over a guest from which: the same machine type on
 * every ordered pair of revisions, with what differs, which direction it
 * breaks, and what to give on the command line so that it does not.
 */
#ifndef QCOMPAT_REVIEW_MATRIX_H
#define QCOMPAT_REVIEW_MATRIX_H

#include "model/facts.h"

/* In order of weight. */
enum matrix_verdict {
    MATRIX_SAME,
    MATRIX_DIFFERS,          /* the stream loads, the guest may notice */
    MATRIX_MAY_FAIL,
    MATRIX_FAILS,
    MATRIX_REFUSED,          /* one side has no such machine type, or device */
    MATRIX_N_VERDICTS
};

enum matrix_about {
    MATRIX_MACHINE,          /* the machine type itself */
    MATRIX_DEVICE,           /* a device that one side has not */
    MATRIX_PROPERTY,
    MATRIX_FIELD,            /* of the machine class */
    MATRIX_STREAM,           /* the layout of the migration stream */
    MATRIX_STATE,            /* what the guest sees without a property */
    MATRIX_CPU,              /* features of a CPU model */
    MATRIX_N_ABOUT
};

/* What makes the two sides alike again, NULL driver = nothing does. */
struct matrix_remedy {
    const char *driver, *property;   /* interned; of -global */
    char *value;
    bool on_destination;             /* else on the source, at its start */
};

/* One difference of one hop. */
struct matrix_reason {
    enum matrix_verdict verdict;
    enum matrix_about about;
    const char *subject;             /* "virtio-rng-pci.vectors"; interned */
    char *source, *destination;      /* what each has, NULL = nothing */
    char *because;                   /* one clause, or NULL */
    struct location loc;             /* in the newer revision */
    GPtrArray *devices;              /* const char *, sorted; may be empty */
    struct matrix_remedy remedy;
    char *source_cpu;                /* -cpu of each side that makes them */
    char *destination_cpu;           /* alike, or NULL */
};

struct matrix_hop {
    guint from, to;                  /* revisions, by their number */
    enum matrix_verdict verdict;     /* that of its worst reason */
    GPtrArray *reasons;              /* struct matrix_reason *, worst first */
};

struct matrix_revision {
    const char *name;                /* as the user said it; borrowed */
    const struct facts *facts;       /* borrowed */
};

struct matrix {
    const char *machine;             /* interned */
    const struct matrix_revision *revisions;     /* borrowed */
    guint n;
    GPtrArray *hops;                 /* struct matrix_hop *: N × N, those from
                                        a revision to itself included */
};

struct check_bodies;

/* The bodies of the functions that differ between two revisions, or NULL;
 * PROPERTIES (const struct property *) have other values on the machine type.
 * They stay with the callee until matrix_new() returns. */
typedef const struct check_bodies *(*matrix_bodies_fn)(
    void *opaque, guint older, guint newer, const GPtrArray *properties);

/*
 * What was found of two revisions before, and what is found now: reasons for
 * all devices, in both directions.  RECALL is false where nothing is known.
 */
typedef bool (*matrix_recall_fn)(void *opaque, guint older, guint newer,
                                 struct matrix_hop *forward,
                                 struct matrix_hop *backward);
typedef void (*matrix_keep_fn)(void *opaque, guint older, guint newer,
                               const struct matrix_hop *forward,
                               const struct matrix_hop *backward);

/* Adds what else is known of the two, in both directions. */
typedef void (*matrix_more_fn)(void *opaque, guint older, guint newer,
                               struct matrix_hop *forward,
                               struct matrix_hop *backward);

struct matrix_request {
    const char *machine;
    const char *target;              /* of a name that several targets have;
                                        NULL = the first */
    const char *const *devices;      /* only these; NULL = all */
    const char *const *cpus;         /* what -cpu is to say: one for all
                                        revisions, or one for each; or NULL */
    const struct matrix_revision *revisions;
    guint n;
    matrix_bodies_fn bodies;         /* NULL: there are none */
    matrix_more_fn more;             /* NULL: nothing is */
    matrix_recall_fn recall;         /* NULL, as KEEP: everything is new */
    matrix_keep_fn keep;
    void *opaque;
};

/* The request's revisions must outlive the result. */
struct matrix *matrix_new(const struct matrix_request *request);
void matrix_free(struct matrix *matrix);
typedef struct matrix Matrix;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Matrix, matrix_free)

/* Of revision NO; NULL where the request has none. */
static inline const char *matrix_cpu(const struct matrix_request *request,
                                     guint no)
{
    return !request->cpus ? NULL
           : request->cpus[0] && request->cpus[1] ? request->cpus[no]
                                                  : request->cpus[0];
}

/* A reason more, without contents; borrowed from HOP.  SUBJECT is interned. */
struct matrix_reason *matrix_hop_add(struct matrix_hop *hop,
                                     enum matrix_verdict verdict,
                                     enum matrix_about about,
                                     const char *subject);

static inline const struct matrix_hop *matrix_hop(const struct matrix *matrix,
                                                  guint from, guint to)
{
    return g_ptr_array_index(matrix->hops, from * matrix->n + to);
}

#endif
