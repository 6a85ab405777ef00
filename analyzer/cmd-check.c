/* SPDX-License-Identifier: GPL-2.0-or-later */
/* `check`: the verdict on a range. */
#include "attribute.h"
#include "bodies.h"
#include "check/check.h"
#include "command.h"
#include "inputs.h"
#include "judgement.h"
#include "last-report.h"
#include "late-fixes.h"
#include "mend.h"
#include "output.h"
#include "policy.h"
#include "recall.h"
#include "relevance.h"
#include "report/report.h"
#include "rules/rule.h"
#include "session.h"
#include "source/history.h"
#include "summary.h"
#include "sweep.h"
#include "verdict.h"

#include <string.h>

typedef struct judgement Judgement;

static void judgement_clear(struct judgement *judgement)
{
    g_free(judgement->released_hint);
    late_search_free(judgement->late);
    g_clear_pointer(&judgement->changed_paths, g_ptr_array_unref);
    bodies_free(judgement->bodies);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Judgement, judgement_clear)

/* The release that history names, unless the user named one. */
static bool open_released(struct session *session, struct judgement *judgement,
                          GError **error)
{
    const char *wanted = session->options->released;
    const char *head = side_commit(judgement->head);
    if (wanted) {
        judgement->released = session_open(session, wanted, NULL, error);
        return judgement->released;
    }
    if (!judgement->head->source || !head) {
        return true;
    }
    g_autofree char *commit = NULL;
    g_autofree char *name = NULL;
    if (!history_released(session->repo, head, &commit, &name,
                          &judgement->released_version,
                          &judgement->released_hint, error)) {
        return false;
    }
    if (commit) {
        judgement->released = session_open(session, name, commit, error);
        return judgement->released;
    }
    return true;
}

/* Only a range in git has messages. */
static void start_late_search(struct session *session,
                              struct judgement *judgement)
{
    const char *base = side_commit(judgement->base);
    const char *head = side_commit(judgement->head);
    if (session->repo && base && head && judgement->base->source &&
        judgement->head->source) {
        judgement->late = late_search_start(
            session->repo, loader_cache(session_loader(session)), base, head);
        judgement->fixes = late_search_known(judgement->late);
    }
}

static bool wait_for_fixes(struct judgement *judgement, GError **error)
{
    if (judgement->late && !judgement->fixes) {
        judgement->fixes = late_search_wait(judgement->late, error);
        return judgement->fixes;
    }
    return true;
}

/* Of git trees without a list of all files. */
static bool find_changed_paths(struct session *session,
                               struct judgement *judgement, GError **error)
{
    const struct source *old = judgement->base->source;
    const struct source *new = judgement->head->source;
    if (!old || !new) {
        return true;
    }
    const char *old_tree = source_revision(old)->tree;
    const char *new_tree = source_revision(new)->tree;
    judgement->changed_paths = old_tree && new_tree
        ? history_changed_paths(session->repo, old_tree, new_tree, error)
        : bodies_changed_paths(old, new);
    return judgement->changed_paths;
}

static bool open_judgement(struct session *session, struct judgement *judgement,
                           GError **error)
{
    if (!session_open_range(session, session->options->operands,
                            &judgement->base, &judgement->head, error) ||
        !open_released(session, judgement, error)) {
        return false;
    }
    start_late_search(session, judgement);
    return find_changed_paths(session, judgement, error);
}

static const char *version_of(const struct side *side)
{
    return side->source ? source_revision(side->source)->version
                        : side->facts->revision.version;
}

/* X.Y of the side that stands for the release, where history did not say. */
static void find_version(struct judgement *judgement)
{
    const char *text = version_of(judgement->released ? judgement->released
                                                      : judgement->base);
    struct version version;
    if (!judgement->released_version.major && text &&
        version_parse(text, &version)) {
        judgement->released_version = version;
    }
    judgement->released_version.micro = -1;
}

/* What BASE already broke is not news, unless BASE is what was released or
 * came before it: then there is nothing it could have broken. */
static bool is_subtracted(const struct session *session,
                          const struct judgement *judgement)
{
    if (!judgement->released) {
        return false;
    }
    const char *base = side_commit(judgement->base);
    const char *released = side_commit(judgement->released);
    if (judgement->released == judgement->base ||
        (base && !g_strcmp0(base, released))) {
        return false;
    }
    return !(session->repo && base && released &&
             history_is_ancestor(session->repo, base, released));
}

/* False where that failed; there may be nothing to look at either way. */
static bool load_bodies(struct session *session,
                        struct judgement *judgement, GError **error)
{
    const struct side *released =
        judgement->released ? judgement->released : judgement->base;
    const struct bodies_sides sides = {
        .base = judgement->base->source,
        .head = judgement->head->source,
        .released = released->facts == judgement->base->facts
                    ? judgement->base->source : released->source,
        .released_facts = released->facts,
        .head_facts = judgement->head->facts,
        .paths = judgement->changed_paths,
    };
    GError *failure = NULL;

    if (!sides.paths || !sides.released) {
        return true;
    }
    judgement->bodies = bodies_load(session->loader, &sides, &failure);
    g_autoptr(BodiesScope) scope = bodies_scope_new(&sides);
    recall_keep_scope(session, judgement, scope);
    if (failure) {
        g_propagate_error(error, failure);
        return false;
    }
    return true;
}

static struct check_result *judge(const struct judgement *judgement,
                                  bool subtract)
{
    const GArray *fixes = judgement->fixes;
    const struct check_input input = {
        .released = judgement->released ? judgement->released->facts : NULL,
        .released_version = judgement->released_version,
        .base = judgement->base->facts,
        .head = judgement->head->facts,
        .subtract_base = subtract,
        .fixes = fixes ? (const void *)fixes->data : NULL,
        .n_fixes = fixes ? fixes->len : 0,
        .changed_paths = judgement->changed_paths,
        .bodies = bodies_for_check(judgement->bodies),
        .rules = rules_all(),
    };
    return check_run(&input);
}

static struct report make_report(const struct judgement *judgement,
                                 const struct check_result *result,
                                 GPtrArray *findings, GPtrArray *accepted)
{
    const struct side *released = judgement->released;
    return (struct report) {
        .tool_version = QCOMPAT_VERSION,
        .base_name = judgement->base->name,
        .head_name = judgement->head->name,
        .base = judgement->base->facts,
        .head = judgement->head->facts,
        .released = released ? released->facts : NULL,
        .released_name = released ? released->name : NULL,
        .released_version = judgement->released_version,
        .findings = findings,
        .accepted = accepted,
        .gaps = result->gaps,
        .suppressed = result->findings->len - findings->len,
        .read = judgement->head->source ? verdict_read : NULL,
        .opaque = judgement->head->source,
    };
}

/* Whether some machine type of SIDE applies an array of a downstream. */
static bool has_downstream(const struct side *side)
{
    for (guint i = 0; i < side->facts->machines->len; i++) {
        const struct machine *machine = side->facts->machines->pdata[i];
        for (guint k = 0; k < machine->compat->len; k++) {
            const struct compat_array *array = machine->compat->pdata[k];
            if (array->downstream) {
                return true;
            }
        }
    }
    return false;
}

/* QEMU's release knows nothing of a downstream's machine types: then BASE has
 * to do. */
static bool mark_downstream(struct session *session,
                            struct judgement *judgement,
                            const struct policy *policy, GError **error)
{
    bool downstream;
    if (!policy_mark_arrays(policy, session->facts, &downstream, error)) {
        return false;
    }
    if (downstream && judgement->released &&
        !has_downstream(judgement->released)) {
        judgement->released = NULL;
        judgement->released_version = (struct version) { 0 };
        g_free(judgement->released_hint);
        judgement->released_hint = g_strdup(
            "QEMU's release has none of the downstream machine types: "
            "--released names the last release that has");
    }
    return true;
}

/* What is unused now may fit what BASE had broken already. */
static void find_unused(struct policy *policy,
                        const struct judgement *judgement)
{
    if (policy_has_unused(policy)) {
        g_autoptr(CheckResult) all = judge(judgement, false);
        policy_check_unused(policy, all->findings);
    }
}

/* --- A verdict that is known ------------------------------------------------- */

/* Facts that say of SIDE what a report wants to know. */
static void set_stub(struct session *session, struct side *side,
                     struct facts *facts)
{
    facts->revision = *source_revision(side->source);
    g_ptr_array_add(session->facts, facts);
    side->facts = facts;
}

/* Takes over what VERDICT has. */
static struct check_result *use_verdict(struct session *session,
                                        struct judgement *judgement,
                                        struct kept_verdict *verdict)
{
    struct check_result *result = g_new0(struct check_result, 1);

    result->findings = g_ptr_array_ref(verdict->findings);
    result->gaps = g_ptr_array_ref(verdict->gaps);
    result->n_types = verdict->counts.types;
    result->n_properties = verdict->counts.properties;
    result->n_machines = verdict->counts.machines;
    for (guint i = 0; i < result->gaps->len; i++) {
        const struct gap *gap = result->gaps->pdata[i];

        result->n_gaps_touching += gap->touches_change;
    }
    set_stub(session, judgement->head, g_steal_pointer(&verdict->machines));
    set_stub(session, judgement->base, facts_new());
    if (judgement->released) {
        set_stub(session, judgement->released, facts_new());
    }
    loader_add_reused(session->loader, verdict->counts.files);
    kept_verdict_free(verdict);
    return result;
}

static struct check_result *recall(struct session *session,
                                   struct judgement *judgement,
                                   const struct policy *policy)
{
    const struct options *options = session->options;

    if (options->fix || options->write_baseline ||
        !policy_is_plain(policy) || !judgement->base->source ||
        !judgement->head->source ||
        (judgement->released && !judgement->released->source)) {
        return NULL;
    }
    find_version(judgement);
    judgement->subtract = is_subtracted(session, judgement);
    struct kept_verdict *verdict = recall_verdict(session, judgement);

    judgement->recalled = verdict;
    return verdict ? use_verdict(session, judgement, verdict) : NULL;
}

/* --- Judging ------------------------------------------------------------------ */

/* The report is complete: writes it, carries out what is to be done about it
 * and comes to the verdict. */
static enum status conclude(struct session *session, const GArray *outputs,
                            const struct judgement *judgement,
                            struct policy *policy,
                            const struct check_result *result,
                            const struct report *report, gint64 start,
                            GError **error)
{
    const struct options *options = session->options;
    g_autoptr(Mend) mend = judgement->recalled ? NULL : mend_new(
        options, judgement->head, report->findings);

    /* Everything is in it, as it was found. */
    if (mend && policy_is_plain(policy) &&
        report->findings->len == result->findings->len) {
        recall_keep(session, judgement, result);
    }
    attribute_findings(session, judgement->base, judgement->head,
                       report->findings);
    if (!verdict_write(options, outputs, report, error) ||
        (mend && !mend_carry_out(mend, session->repo, error)) ||
        !policy_write_baseline(policy, result->findings, error)) {
        return STATUS_ERROR;
    }
    if (!options->no_cache) {
        g_autofree char *root = last_report_root(session->repo);
        last_report_keep(root, report->findings);
    }
    find_unused(policy, judgement);
    policy_report(policy);
    enum status status = verdict_status(options, report);
    summary_of_check(&(struct summary) {
        .options = options,
        .session = session,
        .report = report,
        .result = result,
        .released_hint = judgement->released_hint,
        .seconds = (g_get_monotonic_time() - start) / 1e6,
    }, status);
    return status;
}

/* Whether the change could matter at all; true where that is not known.  Who
 * wants to hear of every gap, or of what is old, has to wait. */
static bool could_matter(struct session *session, GError **error)
{
    const struct options *options = session->options;
    const struct input_range *range =
        options->strict || options->write_baseline || options->released
        ? NULL : session_find_range(session, error);
    g_autoptr(GPtrArray) paths = range
        ? history_changed_paths(session->repo, range->base, range->head, NULL)
        : NULL;
    for (guint i = 0; paths && i < paths->len; i++) {
        if (path_matters(paths->pdata[i])) {
            return true;
        }
    }
    return !paths;
}

/* A change of documentation and the like is clean without a look. */
static enum status report_nothing(struct session *session,
                                  const GArray *outputs, GError **error)
{
    const struct input_range *range = session->range;
    g_autoptr(Facts) base = facts_new();
    g_autoptr(Facts) head = facts_new();
    g_autoptr(GPtrArray) nothing = g_ptr_array_new();
    base->revision.commit = g_intern_string(range->base);
    head->revision.commit =
        session_is_virtual(session->options) ? NULL
                                             : g_intern_string(range->head);
    const struct report report = {
        .tool_version = QCOMPAT_VERSION,
        .base_name = range->base_name,
        .head_name = range->head_name,
        .base = base,
        .head = head,
        .findings = nothing,
        .gaps = nothing,
    };
    if (!verdict_write(session->options, outputs, &report, error)) {
        return STATUS_ERROR;
    }
    if (!session->options->quiet) {
        output_message("compared %s with %s: no file that a machine type "
                       "depends on differs\nverdict: clean: 0 errors, 0 "
                       "warnings, 0 notes, 0 suppressed\n",
                       range->base_name, range->head_name);
    }
    return STATUS_CLEAN;
}

/* NULL: error. */
static struct check_result *load_and_judge(struct session *session,
                                           struct judgement *judgement,
                                           const struct policy *policy,
                                           GError **error)
{
    if (!session_load(session, error) ||
        !mark_downstream(session, judgement, policy, error)) {
        return NULL;
    }
    find_version(judgement);
    judgement->subtract = is_subtracted(session, judgement);
    if (!load_bodies(session, judgement, error) ||
        !wait_for_fixes(judgement, error)) {
        return NULL;
    }
    return judge(judgement, judgement->subtract);
}

enum status cmd_check(const struct options *options, GError **error)
{
    gint64 start = g_get_monotonic_time();
    g_auto(Judgement) judgement = { 0 };
    g_autoptr(Session) session = session_new(options);
    g_autoptr(GArray) outputs = verdict_outputs(options, error);
    if (outputs && options->per_commit) {
        return sweep_run(options, outputs, error);
    }
    g_autoptr(GError) bad_range = NULL;
    if (outputs && !could_matter(session, &bad_range)) {
        return report_nothing(session, outputs, error);
    }
    if (bad_range) {
        g_propagate_error(error, g_steal_pointer(&bad_range));
        return STATUS_ERROR;
    }
    if (!outputs || !open_judgement(session, &judgement, error)) {
        return STATUS_ERROR;
    }
    g_autoptr(Policy) policy = policy_new(session, judgement.base,
                                          judgement.head, error);
    if (!policy) {
        return STATUS_ERROR;
    }
    g_autoptr(CheckResult) result = recall(session, &judgement, policy);
    if (!result) {
        result = load_and_judge(session, &judgement, policy, error);
    }
    if (!result) {
        return STATUS_ERROR;
    }
    g_autoptr(GPtrArray) findings = policy_apply(policy, result->findings);
    const struct report report = make_report(&judgement, result, findings,
                                             policy_accepted(policy));
    return conclude(session, outputs, &judgement, policy, result, &report,
                    start, error);
}
