/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "sweep.h"

#include "cache/cache.h"
#include "check/check.h"
#include "mend.h"
#include "rules/rule.h"
#include "verdict-id.h"

#include <string.h>

#define KIND "verdict"

struct judge {
    struct session *session;
    struct loader *loader;
    struct cache *cache;         /* NULL: none */
    char *releases;              /* history_releases_id() */
    GHashTable *sides;           /* commit id → struct side *: releases, and
                                    what the last batch has read */
};

static void side_release(gpointer data)
{
    struct side *side = data;

    g_free(side->name);
    facts_free((struct facts *)(uintptr_t)side->facts);
    g_clear_pointer(&side->source, source_free);
    g_free(side);
}

struct judge *judge_new(struct session *session)
{
    const struct options *options = session->options;
    const struct load_options load = {
        .jobs = options->jobs, .no_cache = options->no_cache,
        .verbose = options->verbose && !options->quiet,
    };
    struct judge *judge = g_new0(struct judge, 1);

    judge->session = session;
    judge->loader = loader_new(&load);
    judge->cache = options->no_cache ? NULL : cache_open(CACHE_LIMIT);
    judge->releases = history_releases_id(session->repo);
    judge->sides = g_hash_table_new_full(g_str_hash, g_str_equal, NULL,
                                         side_release);
    return judge;
}

void judge_free(struct judge *judge)
{
    if (judge) {
        g_hash_table_unref(judge->sides);
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

/* Keeps VERDICT, which points into HEAD, and gives COMMIT what a later run
 * would read: so both say the same, and HEAD may go. */
static void keep(struct judge *judge, struct sweep_commit *commit,
                 const struct kept_verdict *verdict, const struct facts *head)
{
    g_autofree char *key = verdict_key(judge, commit);
    g_autoptr(GString) text = g_string_new(NULL);

    kept_verdict_append(verdict, head, text);
    cache_put(judge->cache, KIND, key, text->str, text->len);
    commit->verdict = kept_verdict_from_text(text->str, text->len);
    g_assert(commit->verdict);
}

/* --- Reading ------------------------------------------------------------------- */

static struct side *find_side(const struct judge *judge, const char *commit)
{
    return commit ? g_hash_table_lookup(judge->sides, commit) : NULL;
}

static bool want_side(struct judge *judge, GPtrArray *wanted,
                      const char *commit, const char *name, GError **error)
{
    if (!commit || find_side(judge, commit)) {
        return true;
    }
    struct source *source = source_open_git(judge->session->repo, commit,
                                            error);

    if (!source) {
        return false;
    }
    struct side *side = g_new0(struct side, 1);

    side->name = g_strdup(name);
    side->source = source;
    g_hash_table_insert(judge->sides,
                        (gpointer)(uintptr_t)side_commit(side), side);
    g_ptr_array_add(wanted, side);
    return true;
}

static bool load_sides(struct judge *judge, GPtrArray *wanted, GError **error)
{
    g_autofree struct source **sources = g_new0(struct source *, wanted->len);
    g_autofree struct facts **facts = g_new0(struct facts *, wanted->len);

    for (guint i = 0; i < wanted->len; i++) {
        sources[i] = ((struct side *)wanted->pdata[i])->source;
    }
    if (!loader_load(judge->loader, sources, wanted->len, facts, error)) {
        return false;
    }
    for (guint i = 0; i < wanted->len; i++) {
        ((struct side *)wanted->pdata[i])->facts = facts[i];
    }
    return true;
}

/* --- Judging ------------------------------------------------------------------- */

static GArray *fixes_of(struct judge *judge,
                        const struct sweep_commit *commit, GError **error)
{
    g_autoptr(GArray) found = history_fixes(judge->session->repo,
                                            commit->commit->parent,
                                            commit->commit->id, error);
    GArray *fixes = found ? g_array_new(FALSE, TRUE, sizeof(struct check_fix))
                          : NULL;

    for (guint i = 0; found && i < found->len; i++) {
        const struct fixes *fix = &g_array_index(found, struct fixes, i);
        const struct check_fix check = { fix->last_without, fix->released };

        g_array_append_val(fixes, check);
    }
    return fixes;
}

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

    input.base = forward->head;
    input.head = forward->base;
    input.n_fixes = 0;
    g_autoptr(CheckResult) result = check_run(&input);

    take(result->findings, verdict->repaired);
}

static struct kept_verdict *judge_pair(const struct check_input *input,
                                       const struct side *head)
{
    struct kept_verdict *verdict = kept_verdict_new();
    const struct options plain = { .fail_on = SEVERITY_WARNING };
    g_autoptr(CheckResult) result = check_run(input);

    take(result->findings, verdict->findings);
    take_gaps(result->gaps, verdict);
    if (verdict->findings->len) {
        g_autoptr(Mend) mend = mend_new(&plain, head, verdict->findings);
    }
    if (input->released) {
        judge_repairs(input, verdict);
    }
    return verdict;
}

static bool judge_one(struct judge *judge, struct sweep_commit *commit,
                      GPtrArray *paths, GError **error)
{
    const struct side *base = find_side(judge, commit->commit->parent);
    const struct side *head = find_side(judge, commit->commit->id);
    const struct side *released = find_side(judge, commit->released);
    g_autoptr(GArray) fixes = fixes_of(judge, commit, error);

    if (!fixes) {
        return false;
    }
    const struct check_input input = {
        .released = released && released != base ? released->facts : NULL,
        .released_version = commit->released_version,
        .base = base->facts,
        .head = head->facts,
        .subtract_base = true,
        .fixes = (const void *)fixes->data,
        .n_fixes = fixes->len,
        .changed_paths = paths,
        .rules = rules_all(),
    };

    g_autoptr(KeptVerdict) verdict = judge_pair(&input, head);

    keep(judge, commit, verdict, head->facts);
    return true;
}

/* --- Batches ------------------------------------------------------------------- */

static bool is_relevant(const GPtrArray *paths)
{
    for (guint i = 0; i < paths->len; i++) {
        if (loader_path_matters(paths->pdata[i])) {
            return true;
        }
    }
    return false;
}

/* Opens what has to be read for COMMIT; PATHS: what it changed. */
static bool open_commit(struct judge *judge, struct sweep_commit *commit,
                        const GPtrArray *paths, GPtrArray *wanted,
                        GError **error)
{
    if (!is_relevant(paths)) {
        commit->verdict = kept_verdict_new();
        return true;
    }
    return want_side(judge, wanted, commit->released, commit->released_name,
                     error) &&
           want_side(judge, wanted, commit->commit->parent,
                     commit->commit->parent, error) &&
           want_side(judge, wanted, commit->commit->id, commit->commit->id,
                     error);
}

/* What the next batch will not ask for again. */
static void forget_sides(struct judge *judge,
                         struct sweep_commit *const *commits, guint n)
{
    g_autoptr(GHashTable) kept = g_hash_table_new(g_str_hash, g_str_equal);
    GHashTableIter iter;
    gpointer key;

    for (guint i = 0; i < n; i++) {
        if (commits[i]->released) {
            g_hash_table_add(kept, commits[i]->released);
        }
    }
    g_hash_table_add(kept, commits[n - 1]->commit->id);
    g_hash_table_iter_init(&iter, judge->sides);
    while (g_hash_table_iter_next(&iter, &key, NULL)) {
        if (!g_hash_table_contains(kept, key)) {
            g_hash_table_iter_remove(&iter);
        }
    }
}

bool judge_commits(struct judge *judge, struct sweep_commit *const *commits,
                   guint n, GError **error)
{
    g_autoptr(GPtrArray) wanted = g_ptr_array_new();
    g_autoptr(GPtrArray) paths =
        g_ptr_array_new_with_free_func((GDestroyNotify)g_ptr_array_unref);

    for (guint i = 0; i < n; i++) {
        GPtrArray *changed = history_changed_paths(
            judge->session->repo, commits[i]->commit->parent,
            commits[i]->commit->id, error);

        if (!changed) {
            return false;
        }
        g_ptr_array_add(paths, changed);
        if (!open_commit(judge, commits[i], changed, wanted, error)) {
            return false;
        }
    }
    if (wanted->len && !load_sides(judge, wanted, error)) {
        return false;
    }
    for (guint i = 0; i < n; i++) {
        if (!commits[i]->verdict &&
            !judge_one(judge, commits[i], paths->pdata[i], error)) {
            return false;
        }
    }
    forget_sides(judge, commits, n);
    return true;
}
