/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The comparison of revisions and the verdict: pure, no I/O.
 */
#ifndef QCOMPAT_CHECK_CHECK_H
#define QCOMPAT_CHECK_CHECK_H

#include "model/facts.h"
#include "model/finding.h"

struct check_bodies;
struct rule;

/* A Fixes: trailer of the range, resolved (source/history.h fills it in). */
struct check_fix {
    struct version last_without;   /* newest release lacking the commit */
    bool released;
};

/* -W: a glob over rule ids and the level the user wants.  It replaces the
 * rule's own level; findings that the rule itself made milder are only made
 * milder still.  The last one that matches wins. */
struct check_level {
    const char *pattern;
    enum severity level;
};

enum check_past { PAST_UNKNOWN, PAST_HAD, PAST_LACKED };

struct check_input {
    const struct facts *released;  /* the last release; NULL = judged against
                                      base */
    struct version released_version;
    const struct facts *base;      /* NULL = an audit of HEAD alone */
    const struct facts *head;
    bool subtract_base;            /* what BASE already broke is not news */
    const struct check_fix *fixes; /* late fixes */
    guint n_fixes;
    const struct check_level *levels;
    guint n_levels;
    GPtrArray *changed_paths;      /* const char * interned; NULL = all */
    const struct machine *machine; /* of HEAD: compare this one, released or
                                      not; NULL = all that were released */
    const struct check_bodies *bodies; /* NULL: none was looked at */
    const struct rule *const *rules;   /* NULL-terminated */
    /* An audit may know more of the past: whether release VERSION had a type
     * TYPE.  NULL: nothing is known. */
    enum check_past (*past)(void *opaque, const char *type,
                            const struct version *version);
    void *opaque;
};

struct check_result {
    GPtrArray *findings;           /* struct finding *, in report order */
    GPtrArray *gaps;               /* struct gap * of HEAD (borrowed copies),
                                      touches_change set */
    unsigned n_gaps_touching;
    unsigned n_types, n_properties, n_machines;   /* looked at, in HEAD */
};

/* What differs, before a rule words it.  INPUT must outlive it. */
struct check_comparison;
struct change_set;
struct check_comparison *check_compare(const struct check_input *input);
const struct change_set *check_changes(const struct check_comparison *c);
void check_comparison_free(struct check_comparison *comparison);
typedef struct check_comparison CheckComparison;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(CheckComparison, check_comparison_free)

/* How much there is to look at in FACTS. */
void check_count(const struct facts *facts, unsigned *ret_types,
                 unsigned *ret_properties, unsigned *ret_machines);

struct check_result *check_run(const struct check_input *input);
void check_result_free(struct check_result *result);
typedef struct check_result CheckResult;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(CheckResult, check_result_free)

#endif
