/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Findings that somebody has looked at and accepted, with the reason: blocks
 * of .qcompat-accept, comments in the sources, trailers of commits.
 */
#ifndef QCOMPAT_ACCEPT_ACCEPT_H
#define QCOMPAT_ACCEPT_ACCEPT_H

#include "model/finding.h"

struct acceptance {
    const char *where;       /* file, or id of a commit; interned */
    int line;
    char *rule;
    char *driver, *property; /* "*" = any, NULL = the finding has none */
    char *old, *new;         /* as value_to_text(); the same */
    char *fingerprint;       /* its first digits: settles it alone; or NULL */
    char *reason;
    struct version until;    /* good before this version; 0.0 = for ever */
    bool trusted;            /* it does not come with the change itself */
    bool used;
};

void acceptance_free(struct acceptance *acceptance);
typedef struct acceptance Acceptance;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Acceptance, acceptance_free)

/* Blocks of "key = value" lines, an empty line between two; '#' starts a
 * comment.  Appends struct acceptance * to OUT; NAME is the file's. */
bool acceptances_parse(const char *text, const char *name, GPtrArray *out,
                       GError **error);
/* "Compat-Reviewed: FINGERPRINT reason" trailers of a commit MESSAGE. */
void acceptances_of_message(const char *message, const char *commit,
                            GPtrArray *out);
/* The reason of a comment "qcompat: accept(RULE): reason" in LINE that is
 * about RULE; NULL where there is none.  Free it. */
char *acceptance_comment(const char *line, const char *rule);

bool acceptance_matches(const struct acceptance *acceptance,
                        const struct finding *finding);
/* Whether it has run out in a tree of VERSION. */
bool acceptance_expired(const struct acceptance *acceptance,
                        const struct version *version);
/* What it leaves open that it should say, or NULL. */
const char *acceptance_too_broad(const struct acceptance *acceptance);

/* Appends the block that accepts FINDING; REASON NULL leaves it out, UNTIL
 * may be NULL. */
void acceptance_append(GString *out, const struct finding *finding,
                       const char *reason, const char *until);
/* The same of a parsed one. */
void acceptance_append_parsed(GString *out,
                              const struct acceptance *acceptance,
                              const char *reason, const char *until);

#endif
