/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a project says about its findings: .qcompat.ini, acceptances, a
 * baseline.  All of it is taken from BASE, so that a change cannot settle its
 * own verdict.
 */
#ifndef QCOMPAT_POLICY_H
#define QCOMPAT_POLICY_H

#include "accept/config.h"
#include "options.h"
#include "session.h"

#define ACCEPT_FILE ".qcompat-accept"
#define CONFIG_FILE ".qcompat.ini"

struct policy;

/* For a range of two opened sides, which must outlive it. */
struct policy *policy_new(struct session *session, const struct side *base,
                          const struct side *head, GError **error);
void policy_free(struct policy *policy);
typedef struct policy Policy;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Policy, policy_free)

/* Whether it leaves facts and levels alone and accepts nothing by name. */
bool policy_is_plain(const struct policy *policy);

/* Names a downstream's arrays in every facts of the session.  To be called
 * between loading and judging.  *ret_downstream: whether there are any. */
bool policy_mark_arrays(const struct policy *policy, GPtrArray *facts,
                        bool *ret_downstream, GError **error);

/* Levels (-W beats the configuration), paths, acceptances and baseline.
 * Returns what is left of FINDINGS. */
GPtrArray *policy_apply(struct policy *policy, GPtrArray *findings);
/* struct finding * that were accepted; borrowed. */
GPtrArray *policy_accepted(const struct policy *policy);

/* Whether policy_check_unused() has anything to look for. */
bool policy_has_unused(const struct policy *policy);
/* Acceptances that fit one of FINDINGS (all that HEAD breaks, old or new) are
 * used after all. */
void policy_check_unused(struct policy *policy, const GPtrArray *findings);

/* Says on stderr what is unused, expired, too broad or came with the
 * change. */
void policy_report(const struct policy *policy);

/* --write-baseline.  FINDINGS are all before policy_apply(). */
bool policy_write_baseline(const struct policy *policy,
                           const GPtrArray *findings, GError **error);

/* The configuration of a tree, "" where it has none; free it.  NULL: error. */
struct config *policy_read_config(const char *text, const char *name,
                                  GError **error);

#endif
