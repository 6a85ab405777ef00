/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "sweep.h"

#include "base/forks.h"
#include "bodies.h"
#include "cache/cache.h"
#include "check/check.h"
#include "late-fixes.h"
#include "mend.h"
#include "relevance.h"
#include "rules/rule.h"
#include "verdict-id.h"

#include <string.h>

#define KIND "verdict"

struct judge {
    struct session *session;
    struct loader *loader;
    struct cache *cache;         /* NULL: none */
    char *releases;              /* history_releases_id() */
    GHashTable *released;        /* commit id → struct released * */
};

struct released {
    char *commit;
    struct source *source;
    struct facts *facts;
    bool failed;                 /* see loader_failed() */
};

static void released_free(gpointer data)
{
    struct released *released = data;

    g_free(released->commit);
    facts_free(released->facts);
    source_free(released->source);
    g_free(released);
}

struct judge *judge_new(struct session *session)
{
    const struct options *options = session->options;
    struct load_options load = {
        .jobs = options->jobs, .no_cache = options->no_cache,
        .verbose = options->verbose && !options->quiet,
    };
    struct judge *judge = g_new0(struct judge, 1);

    judge->session = session;
    judge->loader = loader_new(&load);
    judge->cache = options->no_cache ? NULL : cache_open(CACHE_LIMIT);
    judge->releases = history_releases_id(session->repo);
    judge->released = g_hash_table_new_full(g_str_hash, g_str_equal, NULL,
                                            released_free);
    return judge;
}

void judge_free(struct judge *judge)
{
    if (judge) {
        g_hash_table_unref(judge->released);
        cache_close(judge->cache);
        loader_free(judge->loader);
        g_free(judge->releases);
        g_free(judge);
    }
}

/* --- What is known ------------------------------------------------------------- */

/* Commits are what they are for ever; which releases have one that a Fixes:
 * trailer names is decided by the tags. */
static char *verdict_key(const struct judge *judge,
                         const struct sweep_commit *commit)
{
    const struct version *version = &commit->released_version;
    g_autofree char *number = g_strdup_printf("%d.%d", version->major,
                                              version->minor);
    const char *parts[] = {
        VERDICT_ID, loader_facts_id(), commit->commit->id,
        commit->released ? commit->released : "", number, judge->releases,
    };

    return cache_key(parts, G_N_ELEMENTS(parts));
}

void judge_recall(struct judge *judge, struct sweep_commit *commit)
{
    g_autofree char *key = verdict_key(judge, commit);
    g_autoptr(GBytes) bytes = cache_get(judge->cache, KIND, key);

    if (bytes && !commit->verdict) {
        gsize length;
        const char *text = g_bytes_get_data(bytes, &length);

        commit->verdict = kept_verdict_from_text(text, length);
    }
}

static void keep(struct judge *judge, const struct sweep_commit *commit,
                 const GString *text)
{
    g_autofree char *key = verdict_key(judge, commit);

    cache_put(judge->cache, KIND, key, text->str, text->len);
}

/* --- Reading ------------------------------------------------------------------- */

/* One commit whose change may matter. */
struct job {
    struct sweep_commit *commit;
    GPtrArray *paths;            /* const char *: what it changed */
    GArray *fixes;               /* struct check_fix */
    const struct released *released; /* NULL: judged against its parent */
    guint base, head;            /* in the batch's sources */
};

struct batch {
    struct judge *judge;
    GArray *jobs;                /* struct job */
    GPtrArray *sources;          /* struct source * */
    GHashTable *index;           /* commit id → index of its source + 1 */
    struct loader_trees *trees;
    struct fork_group *group;    /* NULL: not started, or nothing to do */
};

static void clear_job(gpointer data)
{
    struct job *job = data;

    g_ptr_array_unref(job->paths);
    g_array_unref(job->fixes);
}

static void batch_free(struct batch *batch)
{
    loader_trees_free(batch->trees);
    g_array_unref(batch->jobs);
    g_ptr_array_unref(batch->sources);
    g_hash_table_unref(batch->index);
    g_free(batch);
}

static bool load_released(struct judge *judge, const char *commit,
                          const struct released **ret, GError **error)
{
    *ret = commit ? g_hash_table_lookup(judge->released, commit) : NULL;
    if (!commit || *ret) {
        return true;
    }
    g_autoptr(Source) source = source_open_git(judge->session->repo, commit,
                                               error);
    guint failed = loader_stats(judge->loader)->failed;
    struct facts *facts;

    if (!source || !loader_load(judge->loader, &source, 1, &facts, error)) {
        return false;
    }
    struct released *released = g_new0(struct released, 1);

    *released = (struct released) {
        .commit = g_strdup(commit), .source = g_steal_pointer(&source),
        .facts = facts,
        .failed = loader_stats(judge->loader)->failed != failed,
    };
    g_hash_table_insert(judge->released, released->commit, released);
    *ret = released;
    return true;
}

static bool want_source(struct batch *batch, const char *commit, guint *ret,
                        GError **error)
{
    guint known = GPOINTER_TO_UINT(g_hash_table_lookup(batch->index, commit));

    if (!known) {
        struct source *source = source_open_git(batch->judge->session->repo,
                                                commit, error);

        if (!source) {
            return false;
        }
        g_ptr_array_add(batch->sources, source);
        known = batch->sources->len;
        g_hash_table_insert(batch->index, (gpointer)(uintptr_t)commit,
                            GUINT_TO_POINTER(known));
    }
    *ret = known - 1;
    return true;
}

static bool is_relevant(const GPtrArray *paths)
{
    for (guint i = 0; i < paths->len; i++) {
        if (path_matters(paths->pdata[i])) {
            return true;
        }
    }
    return false;
}

static bool add_job(struct batch *batch, struct sweep_commit *commit,
                    GError **error)
{
    const struct range_commit *range = commit->commit;
    g_autoptr(GPtrArray) paths = history_changed_paths(
        batch->judge->session->repo, range->parent, range->id, error);

    if (!paths) {
        return false;
    }
    if (!is_relevant(paths)) {
        commit->verdict = kept_verdict_new();
        return true;
    }
    g_autoptr(GArray) fixes = late_fixes(batch->judge->session->repo,
                                         range->parent, range->id, error);
    struct job job = { .commit = commit };

    if (!fixes ||
        !load_released(batch->judge, commit->released, &job.released,
                       error) ||
        !want_source(batch, range->parent, &job.base, error) ||
        !want_source(batch, range->id, &job.head, error)) {
        return false;
    }
    job.paths = g_steal_pointer(&paths);
    job.fixes = g_steal_pointer(&fixes);
    g_array_append_val(batch->jobs, job);
    return true;
}

/* --- Judging, in a child -------------------------------------------------------- */

/* Takes over the findings of RESULT. */
static void take(GPtrArray *from, GPtrArray *to)
{
    g_ptr_array_set_free_func(from, NULL);
    g_ptr_array_extend(to, from, NULL, NULL);
}

static void take_gaps(const GPtrArray *gaps, struct kept_verdict *verdict)
{
    for (guint i = 0; i < gaps->len; i++) {
        const struct gap *gap = g_ptr_array_index(gaps, i);

        if (gap->touches_change) {
            g_ptr_array_add(verdict->gaps, g_memdup2(gap, sizeof(*gap)));
        }
    }
}

/* What BASE broke and HEAD did not is what HEAD repaired. */
static void judge_repairs(const struct check_input *forward,
                          struct kept_verdict *verdict)
{
    struct check_input input = *forward;
    struct check_bodies bodies;

    input.base = forward->head;
    input.head = forward->base;
    input.n_fixes = 0;
    if (forward->bodies) {
        bodies = *forward->bodies;
        bodies.base = forward->bodies->head;
        bodies.head = forward->bodies->base;
        input.bodies = &bodies;
    }
    g_autoptr(CheckResult) result = check_run(&input);

    take(result->findings, verdict->repaired);
}

static void propose_fixes(const struct side *head, GPtrArray *findings)
{
    const struct options plain = { .fail_on = SEVERITY_WARNING };

    if (findings->len) {
        mend_free(mend_new(&plain, head, findings));
    }
}

/* Findings point into the facts, so what is handed on is text. */
static GString *judge_job(const struct batch *batch, const struct job *job,
                          const struct facts *base, const struct facts *head,
                          const struct bodies *bodies)
{
    const struct side mended = {
        .source = batch->sources->pdata[job->head], .facts = head,
    };
    const struct check_input input = {
        .released = job->released ? job->released->facts : NULL,
        .released_version = job->commit->released_version,
        .base = base,
        .head = head,
        .subtract_base = true,
        .fixes = (const void *)job->fixes->data,
        .n_fixes = job->fixes->len,
        .changed_paths = job->paths,
        .bodies = bodies_for_check(bodies),
        .rules = rules_all(),
    };
    g_autoptr(KeptVerdict) verdict = kept_verdict_new();
    g_autoptr(CheckResult) result = check_run(&input);
    GString *text = g_string_new(NULL);

    take(result->findings, verdict->findings);
    take_gaps(result->gaps, verdict);
    propose_fixes(&mended, verdict->findings);
    if (input.released) {
        judge_repairs(&input, verdict);
    }
    if (verdict->findings->len || verdict->repaired->len ||
        verdict->gaps->len) {
        kept_verdict_append(verdict, head, text);
    }
    return text;
}

/* The functions of the change that do what a guest sees; false: that
 * failed. */
static bool load_bodies(const struct batch *batch, const struct job *job,
                        const struct facts *base, const struct facts *head,
                        struct bodies **ret)
{
    struct source *source = batch->sources->pdata[job->base];
    const struct bodies_sides sides = {
        .base = source,
        .head = batch->sources->pdata[job->head],
        .released = job->released ? job->released->source : source,
        .released_facts = job->released ? job->released->facts : base,
        .head_facts = head,
        .paths = job->paths,
    };
    g_autoptr(GError) error = NULL;

    *ret = bodies_load(batch->judge->loader, &sides, &error);
    return !error;
}

/* So many facts are kept, for sources to come that say the same. */
#define MAX_KNOWN 3

/* What this child has evaluated last. */
struct known {
    guint source;
    struct facts *facts;
};

static void clear_known(gpointer data)
{
    facts_free(((struct known *)data)->facts);
}

/* Whether evaluating source B would say what it said of A. */
static bool says_same(const struct batch *batch, guint a, guint b)
{
    g_autoptr(GPtrArray) paths = bodies_changed_paths(
        batch->sources->pdata[a], batch->sources->pdata[b]);

    return loader_same(batch->trees, a, b, paths);
}

/* The facts of SOURCE, borrowed; LIKE: or those of one that says the same on
 * other lines. */
static const struct facts *facts_of(const struct batch *batch, GArray *known,
                                    guint source, bool like)
{
    for (guint i = known->len; i-- > 0;) {
        const struct known *k = &g_array_index(known, struct known, i);

        if (k->source == source ||
            (like && says_same(batch, k->source, source))) {
            return k->facts;
        }
    }
    struct known new = { source, loader_evaluate(batch->trees, source) };

    g_array_append_val(known, new);
    return new.facts;
}

static void forget_old(GArray *known)
{
    if (known->len > MAX_KNOWN) {
        g_array_remove_range(known, 0, known->len - MAX_KNOWN);
    }
}

/* Whether a run after this one would come to the same, whatever it has time
 * and memory for. */
static bool is_final(const struct batch *batch, const struct job *job,
                     const struct bodies *bodies)
{
    const struct check_bodies *check = bodies_for_check(bodies);

    return !loader_failed(batch->trees, job->base) &&
           !loader_failed(batch->trees, job->head) &&
           !(job->released && job->released->failed) &&
           !(check && check->gaps->len);
}

/* The verdict as text, "" for a clean one; NULL where that failed.  LIKE: where
 * nothing is found it does not matter on which lines it was looked for. */
static GString *judge_one(const struct batch *batch, const struct job *job,
                          GArray *known, bool like, bool *ret_final)
{
    const struct facts *base = facts_of(batch, known, job->base, like);
    const struct facts *head = facts_of(batch, known, job->head, like);
    g_autoptr(Bodies) bodies = NULL;

    if (!load_bodies(batch, job, base, head, &bodies)) {
        return NULL;
    }
    *ret_final = is_final(batch, job, bodies);
    return base == head && !bodies
        ? g_string_new(NULL) : judge_job(batch, job, base, head, bodies);
}

/* What a child hands in before the text. */
enum { FINAL = 'f', PASSING = 'p' };

static void work(void *opaque, guint from, guint to, struct forks *forks)
{
    const struct batch *batch = opaque;
    g_autoptr(GArray) known = g_array_new(FALSE, FALSE, sizeof(struct known));

    g_array_set_clear_func(known, clear_known);
    loader_enter_child(batch->judge->loader);
    for (guint i = from; i < to; i++) {
        const struct job *job = &g_array_index(batch->jobs, struct job, i);
        bool final;
        GString *text = judge_one(batch, job, known, true, &final);

        if (text && text->len) {
            g_string_free(text, TRUE);
            text = judge_one(batch, job, known, false, &final);
        }
        if (!text) {
            return;              /* the caller misses what is not put */
        }
        g_string_prepend_c(text, final ? FINAL : PASSING);
        forks_put(forks, i, text->str, text->len);
        g_string_free(text, TRUE);
        forget_old(known);
    }
}

/* --- Batches ------------------------------------------------------------------- */

static void done(void *opaque, guint i, GBytes *result)
{
    struct batch *batch = opaque;
    struct sweep_commit *commit = g_array_index(batch->jobs, struct job,
                                                i).commit;
    gsize length;
    const char *text = g_bytes_get_data(result, &length);
    g_autoptr(GString) verdict = g_string_new_len(text + 1,
                                                  (gssize)length - 1);

    if (!verdict->len) {
        g_autoptr(KeptVerdict) clean = kept_verdict_new();

        kept_verdict_append(clean, NULL, verdict);
    }
    if (*text == FINAL) {
        keep(batch->judge, commit, verdict);
    }
    /* What a run after this one would read: so both say the same. */
    commit->verdict = kept_verdict_from_text(verdict->str, verdict->len);
    g_assert(commit->verdict);
}

struct batch *judge_prepare(struct judge *judge,
                            struct sweep_commit *const *commits, guint n,
                            GError **error)
{
    struct batch *batch = g_new0(struct batch, 1);
    bool ok = true;

    batch->judge = judge;
    batch->jobs = g_array_new(FALSE, TRUE, sizeof(struct job));
    batch->sources = g_ptr_array_new_with_free_func(
        (GDestroyNotify)source_free);
    batch->index = g_hash_table_new(g_str_hash, g_str_equal);
    g_array_set_clear_func(batch->jobs, clear_job);
    for (guint i = 0; i < n && ok; i++) {
        ok = add_job(batch, commits[i], error);
    }
    if (ok && batch->jobs->len) {
        batch->trees = loader_parse(
            judge->loader, (struct source *const *)batch->sources->pdata,
            batch->sources->len, error);
        ok = batch->trees;
    }
    if (!ok) {
        g_clear_pointer(&batch, batch_free);
    }
    return batch;
}

void judge_start(struct batch *batch)
{
    if (batch->jobs->len) {
        batch->group = forks_start(
            batch->jobs->len, (unsigned)batch->judge->session->options->jobs,
            work, batch);
    }
}

bool judge_finish(struct batch *batch, GError **error)
{
    bool ok = !batch || !batch->group ||
              forks_finish(batch->group, done, batch, error);

    g_clear_pointer(&batch, batch_free);
    return ok;
}
