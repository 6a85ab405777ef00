/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "sweep.h"

#include "base/error.h"
#include "inputs.h"
#include "output.h"
#include "progress.h"

/* So many commits are read and parsed together: what they share is parsed
 * once, and all processors have something to do.  The first results should not
 * have to wait for that. */
static bool is_early(guint done)
{
    return done < 32;
}

static guint batch_size(guint done)
{
    return done < 4 ? 4 : is_early(done) ? 16 : 64;
}

struct sweep {
    const struct options *options;
    struct session *session;
    GPtrArray *commits;          /* struct range_commit * */
    GPtrArray *todo;             /* struct sweep_commit * */
    GHashTable *released;        /* landing → struct sweep_commit *: the same
                                    release */
    struct judge *judge;
    struct sweep_printer *printer;
    struct progress *progress;
};

static void sweep_commit_free(gpointer data)
{
    struct sweep_commit *commit = data;

    g_free(commit->released);
    g_free(commit->released_name);
    g_free(commit->hint);
    kept_verdict_free(commit->verdict);
    g_free(commit);
}

/* --- What there is to do ----------------------------------------------------- */

static bool named_release(struct sweep *sweep, struct sweep_commit *commit,
                          GError **error)
{
    const char *name = sweep->options->released;
    struct side *side = session_open(sweep->session, name, NULL, error);

    if (side && !side_commit(side)) {
        g_set_error(error, QC_ERROR, QC_ERROR_USAGE,
                    "--released needs a commit here, not '%s'", name);
        return false;
    }
    if (side) {
        const char *version = source_revision(side->source)->version;

        commit->released = g_strdup(side_commit(side));
        commit->released_name = g_strdup(name);
        if (version && version_parse(version, &commit->released_version)) {
            commit->released_version.micro = -1;
        }
    }
    return side;
}

/* A commit is judged by the release that was the last one when it landed: it
 * may have been written before that. */
static bool find_release(struct sweep *sweep, struct sweep_commit *commit,
                         GError **error)
{
    const char *landing = sweep->options->released ? "" :
                          commit->commit->landing;
    const struct sweep_commit *same = g_hash_table_lookup(sweep->released,
                                                          landing);

    if (same) {
        commit->released = g_strdup(same->released);
        commit->released_name = g_strdup(same->released_name);
        commit->released_version = same->released_version;
        commit->hint = g_strdup(same->hint);
        return true;
    }
    if (sweep->options->released
        ? !named_release(sweep, commit, error)
        : !history_released(sweep->session->repo, landing, &commit->released,
                            &commit->released_name,
                            &commit->released_version, &commit->hint,
                            error)) {
        return false;
    }
    g_hash_table_insert(sweep->released, (gpointer)(uintptr_t)landing, commit);
    return true;
}

static bool list_commits(struct sweep *sweep, GError **error)
{
    const struct options *options = sweep->options;
    g_autoptr(GError) cause = NULL;
    const struct input_range *range = session_find_range(sweep->session,
                                                         &cause);

    if (cause) {
        g_propagate_error(error, g_steal_pointer(&cause));
    } else if (!range) {
        g_set_error(error, QC_ERROR, QC_ERROR_USAGE,
                    "--per-commit needs a range of commits");
    }
    if (!range) {
        return false;
    }
    sweep->commits = history_commits(sweep->session->repo, range->base,
                                     range->head, error);
    if (sweep->commits && options->max_count > 0) {
        history_keep_newest(sweep->commits, (guint)options->max_count);
    }
    return sweep->commits;
}

static bool plan(struct sweep *sweep, GError **error)
{
    if (!list_commits(sweep, error)) {
        return false;
    }
    for (guint i = 0; i < sweep->commits->len; i++) {
        struct sweep_commit *commit = g_new0(struct sweep_commit, 1);

        g_ptr_array_add(sweep->todo, commit);
        commit->commit = sweep->commits->pdata[i];
        if (!commit->commit->parent) {
            g_set_error(error, QC_ERROR, QC_ERROR_MISSING,
                        "commit %s has no parent here to compare it with: in "
                        "a shallow clone run `git fetch --deepen=100`",
                        commit->commit->id);
            return false;
        }
        if (!find_release(sweep, commit, error)) {
            return false;
        }
    }
    return true;
}

/* --- Doing it ---------------------------------------------------------------- */

/* Neighbours that are judged together. */
struct round {
    struct batch *batch;         /* NULL: all verdicts are known */
    guint end;                   /* the commit after them */
};

/* What comes after ROUND. */
static bool prepare(struct sweep *sweep, const struct round *round,
                    struct round *ret, GError **error)
{
    g_autoptr(GPtrArray) unknown = g_ptr_array_new();
    guint limit = batch_size(round->end);
    guint end = round->end;

    for (; end < sweep->todo->len && unknown->len < limit; end++) {
        struct sweep_commit *commit = sweep->todo->pdata[end];

        judge_recall(sweep->judge, commit);
        if (!commit->verdict) {
            g_ptr_array_add(unknown, commit);
        } else if (!unknown->len) {
            end++;
            break;               /* it can be printed at once */
        }
    }
    *ret = (struct round){ .end = end };
    if (unknown->len) {
        ret->batch = judge_prepare(
            sweep->judge, (struct sweep_commit *const *)unknown->pdata,
            unknown->len, error);
    }
    return !unknown->len || ret->batch;
}

/* Prints all commits from DONE on to the end of ROUND. */
static bool conclude(struct sweep *sweep, struct round *round, guint *done,
                     GError **error)
{
    struct batch *batch = g_steal_pointer(&round->batch);
    bool ok = judge_finish(batch, error);

    progress_hide(sweep->progress);
    for (; ok && *done < round->end; ++*done) {
        struct sweep_commit *commit = sweep->todo->pdata[*done];

        ok = sweep_print(sweep->printer, commit, error);
        g_clear_pointer(&commit->verdict, kept_verdict_free);
    }
    return ok;
}

/* A round is judged while the next one is prepared, which keeps all processors
 * busy; the first ones are not to wait for that. */
static bool run(struct sweep *sweep, GError **error)
{
    struct round round = { 0 };

    for (guint done = 0; done < sweep->todo->len;) {
        struct round next = { .end = round.end };

        progress_set(sweep->progress, done, sweep->todo->len);
        if (is_early(round.end) && !conclude(sweep, &round, &done, error)) {
            return false;
        }
        bool ok = next.end == sweep->todo->len ||
                  prepare(sweep, &round, &next, error);

        if (!conclude(sweep, &round, &done, ok ? error : NULL) || !ok) {
            judge_finish(next.batch, NULL);
            return false;
        }
        if (next.batch) {
            judge_start(next.batch);
        }
        round = next;
    }
    return true;
}

static bool check_usage(const struct options *options, const GArray *outputs,
                        GError **error)
{
    const char *other = options->fix ? "--fix" :
                        options->plain_directories ? "--dir" : NULL;

    if (other) {
        g_set_error(error, QC_ERROR, QC_ERROR_USAGE,
                    "--per-commit does not go with %s", other);
        return false;
    }
    for (guint i = 0; i < outputs->len; i++) {
        const char *format = g_array_index(outputs, struct output, i).format;

        if (!sweep_print_knows(format)) {
            g_set_error(error, QC_ERROR, QC_ERROR_USAGE,
                        "--per-commit knows the formats text, terse and "
                        "json, not '%s'", format);
            return false;
        }
    }
    return true;
}

enum status sweep_run(const struct options *options, const GArray *outputs,
                      GError **error)
{
    gint64 start = g_get_monotonic_time();
    g_autoptr(Session) session = session_new(options);
    g_autoptr(GPtrArray) todo =
        g_ptr_array_new_with_free_func(sweep_commit_free);
    g_autoptr(GHashTable) released = g_hash_table_new(g_str_hash,
                                                      g_str_equal);
    g_autoptr(Progress) progress = progress_new(options, "commits");
    struct sweep sweep = {
        .options = options, .session = session, .todo = todo,
        .released = released, .progress = progress,
    };
    enum status status = STATUS_ERROR;

    if (check_usage(options, outputs, error) && plan(&sweep, error)) {
        g_autoptr(Judge) judge = judge_new(session);
        g_autoptr(SweepPrinter) printer =
            sweep_printer_new(options, outputs, session->repo);

        sweep.judge = judge;
        sweep.printer = printer;
        if (run(&sweep, error)) {
            double seconds = (g_get_monotonic_time() - start) / 1e6;

            if (!sweep_print_end(printer, seconds, &status, error)) {
                status = STATUS_ERROR;
            }
        }
    }
    g_clear_pointer(&sweep.commits, g_ptr_array_unref);
    return status;
}
