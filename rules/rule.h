/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A rule names one way to break a machine type.
 *
 * The engine has already worked out what is broken and why (changes.h); a
 * rule picks the part that is its own and words it.  It is a pure function:
 * it prints nothing, opens nothing and knows no other rule.
 */
#ifndef QCOMPAT_RULES_RULE_H
#define QCOMPAT_RULES_RULE_H

#include "model/finding.h"
#include "rules/changes.h"

struct rule {
    const char *id;          /* also the name of its file; never changes */
    const char *title;       /* what is reported, one line */
    enum severity severity;  /* the worst it reports */
    enum confidence confidence;
    const char *rationale;   /* why it breaks migration */
    const char *example;     /* a change that it reports */
    const char *remedy;      /* how to fix it */
    const char *limits;      /* what it does not see, when it is wrong */
    /* Appends struct finding * to FINDINGS. */
    void (*check)(const struct change_set *changes, GPtrArray *findings);
};

#define RULE(name) extern const struct rule rule_##name;
#include "rules/rules.list"
#undef RULE

/* All rules by id, NULL-terminated. */
const struct rule *const *rules_all(void);
/* NULL where there is none. */
const struct rule *rule_find(const char *id);

/* The prose of a rule, for docs/rules/<id>.md and for `explain`; free it. */
char *rule_to_markdown(const struct rule *rule);
char *rule_to_text(const struct rule *rule);

#endif
