/* SPDX-License-Identifier: GPL-2.0-or-later */
/* `audit`: what is wrong with compat entries in one tree. */
#include "births.h"
#include "check/check.h"
#include "command.h"
#include "rules/rule.h"
#include "session.h"
#include "source/source.h"
#include "summary.h"
#include "verdict.h"

/* X.Y that the tree promises to, 0.0 where its VERSION says nothing. */
static struct version version_of(const struct facts *facts)
{
    struct version version = { 0 };

    if (facts->revision.version) {
        version_parse(facts->revision.version, &version);
    }
    return version;
}

/* The files of SIDE, in the repository around us where it is a snapshot of a
 * revision that is there; NULL: out of reach. */
static struct source *find_source(struct session *session,
                                  const struct side *side)
{
    const char *commit = side_commit(side);
    struct repository *repo =
        commit ? session_repository(session, NULL) : NULL;

    return repo ? source_open_git(repo, commit, NULL) : NULL;
}

static struct check_result *judge(struct session *session,
                                  const struct side *side)
{
    const struct facts *facts = side->facts;
    /* Nothing has changed, so no gap can touch the change. */
    g_autoptr(GPtrArray) no_paths = g_ptr_array_new();
    g_autoptr(Source) source = find_source(session, side);
    g_autoptr(Births) births =
        source ? births_new(session->repo, source, facts) : NULL;
    const struct check_input input = {
        .released_version = version_of(facts),
        .head = facts,
        .changed_paths = no_paths,
        .rules = rules_all(),
        .past = births ? births_past : NULL,
        .opaque = births,
    };

    return check_run(&input);
}

static enum status report_on(const struct options *options,
                             const GArray *outputs,
                             struct session *session,
                             const struct side *side, GError **error)
{
    g_autoptr(CheckResult) result = judge(session, side);
    g_autoptr(GPtrArray) findings =
        verdict_apply_levels(options->levels, result->findings);
    const struct report report = {
        .tool_version = QCOMPAT_VERSION,
        .head_name = side->name,
        .head = side->facts,
        .findings = findings,
        .gaps = result->gaps,
        .suppressed = result->findings->len - findings->len,
        .read = side->source ? verdict_read : NULL,
        .opaque = side->source,
    };

    if (!verdict_write(options, outputs, &report, error)) {
        return STATUS_ERROR;
    }
    summary_of_audit(options, session, side, result, &report);
    return verdict_status(options, &report);
}

enum status cmd_audit(const struct options *options, GError **error)
{
    const char *rev = options->operands[0];
    const char *fallback = options->plain_directories ? "." : "HEAD";
    g_autoptr(GArray) outputs = verdict_outputs(options, error);
    g_autoptr(Session) session = session_new(options);
    struct side *side = outputs
        ? session_open(session, rev ? rev : fallback, NULL, error) : NULL;

    if (!side || !session_load(session, error)) {
        return STATUS_ERROR;
    }
    return report_on(options, outputs, session, side, error);
}
