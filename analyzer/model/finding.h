/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a rule has found.  One cause is one finding, however many machine
 * types see it.  Plain data: the report formats read it, nothing else does.
 */
#ifndef QCOMPAT_MODEL_FINDING_H
#define QCOMPAT_MODEL_FINDING_H

#include "model/facts.h"

enum severity { SEVERITY_OFF, SEVERITY_NOTE, SEVERITY_WARNING, SEVERITY_ERROR };
enum confidence { CONFIDENCE_LOW, CONFIDENCE_MEDIUM, CONFIDENCE_HIGH };

const char *severity_name(enum severity severity);        /* "error" */
bool severity_parse(const char *text, enum severity *ret); /* and "off" */
const char *confidence_name(enum confidence confidence);  /* "high" */

/* A second place that matters: the old default, the array. */
struct related {
    struct location loc;
    char *message;
};

/*
 * One step that mends what a finding is about.  What the sources look like
 * afterwards is the business of fix/.
 */
enum repair_kind {
    REPAIR_ADD,              /* an entry to `array`, which may not be there */
    REPAIR_REPLACE,          /* the parts of the entry `at` that are given */
    REPAIR_REMOVE,           /* the entry `at` */
    REPAIR_APPLY,            /* `array` by `machine` and all that are older */
};

struct repair {
    enum repair_kind kind;
    const char *array;       /* id; interned like the others */
    struct location at;
    const char *driver, *property, *value;
    const struct machine *machine;   /* HEAD's */
};

struct finding {
    const char *rule;            /* id */
    enum severity severity;
    enum confidence confidence;
    const char *subject;         /* unique with the rule */
    const char *driver;          /* owning type, or NULL */
    const char *property;        /* property, array, field …, or NULL */
    struct value old_value;      /* VALUE_ABSENT where there is none */
    struct value new_value;
    char *message;               /* one line, lower case, no full stop */
    struct location loc;         /* a line that HEAD has */
    const char *needed_array;    /* array that should carry the entry */
    const char *found_array;     /* array that carries it, or NULL */
    const char *introduced_by;   /* full commit id, or NULL */
    const char *introduced_subject;  /* of that commit, or of a patch that is
                                        none yet; or NULL */
    char *fix;                   /* unified diff, or NULL */
    char *accepted;              /* why somebody has accepted it, or NULL */
    char *reason;                /* why the rule believes it: ν and its
                                    origin, the path of the decision */
    GPtrArray *devices;          /* const char *: concrete types affected */
    GPtrArray *machines;         /* const struct machine * affected, HEAD's */
    GPtrArray *related;          /* struct related * */
    GArray *repairs;             /* struct repair, all of them needed; empty:
                                    nothing that a program could do */
    char fingerprint[65];        /* SHA-256, hex; see finding_seal() */
};

struct finding *finding_new(const char *rule);
void finding_free(struct finding *finding);
/* Message is formatted and owned by the finding. */
void finding_add_related(struct finding *finding, struct location loc,
                         const char *format, ...) G_GNUC_PRINTF(3, 4);
/* Sorts devices and machines and computes the fingerprint over rule, subject,
 * old, new and needed array; never over line numbers. */
void finding_seal(struct finding *finding);
/* By file, line, column, rule, subject: the order of every report. */
int finding_compare(const struct finding *a, const struct finding *b);

#endif
