/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Shared by the parts of the matrix. */
#ifndef QCOMPAT_REVIEW_MATRIX_INTERNAL_H
#define QCOMPAT_REVIEW_MATRIX_INTERNAL_H

#include "review/matrix.h"
#include "review/wrappers.h"
#include "rules/changes.h"

/* Two revisions, and the hop of each direction between them. */
struct matrix_pair {
    const struct matrix_request *request;
    const struct facts *older, *newer;
    const struct machine *old_machine, *new_machine;
    struct matrix_hop *forward;      /* from the older to the newer */
    struct matrix_hop *backward;
    struct wrappers *wrappers;       /* of the newer revision */
};

/* A difference as both directions see it. */
struct matrix_difference {
    enum matrix_about about;
    enum matrix_verdict forward, backward;
    const char *subject;
    char *older, *newer;             /* taken */
    char *because;                   /* taken */
    struct location loc;
    const GPtrArray *devices;        /* const struct qom_type *, or NULL: it
                                        concerns the machine */
    const char *driver, *property;   /* of a remedy, NULL = there is none */
    char *old_setting, *new_setting; /* taken: what -global would say to get
                                        what the older, the newer has; NULL =
                                        that cannot be had there */
};

/* Leaves out what no device sees. */
void matrix_add(struct matrix_pair *pair, struct matrix_difference *d);
/* A reason of one hop. */
void matrix_refuse(struct matrix_hop *hop, enum matrix_about about,
                   const char *subject, char *because);

/* matrix-changes.c: what the comparison of the engine found. */
void matrix_add_changes(struct matrix_pair *pair,
                        const struct change_set *changes);

/* matrix-cpus.c */
void matrix_add_cpu(struct matrix_pair *pair, const struct cpu_change *c);
/* What the CPUs of the request are to each other. */
void matrix_add_choice(struct matrix_pair *pair, const struct matrix *matrix);

#endif
