/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "recall.h"

#include "bodies.h"
#include "near.h"
#include "verdict-id.h"

#include <string.h>

/* --- What was judged ----------------------------------------------------------- */

static void add_fixes(const GArray *fixes, GString *text)
{
    for (guint i = 0; fixes && i < fixes->len; i++) {
        const struct check_fix *fix = &g_array_index(fixes, struct check_fix,
                                                     i);

        g_string_append_printf(text, " %d.%d.%d/%d", fix->last_without.major,
                               fix->last_without.minor,
                               fix->last_without.micro, fix->released);
    }
}

static const char *tree_of(const struct side *side)
{
    return side && side->source ? source_revision(side->source)->tree : NULL;
}

/* NULL where one of the sides has no name that lasts, or the trailers are not
 * known yet. */
static char *verdict_key(const struct judgement *j, int fail_on)
{
    g_autoptr(GString) more = g_string_new(NULL);
    const char *released = j->released ? tree_of(j->released) : "";

    if (!tree_of(j->base) || !tree_of(j->head) || !released ||
        (j->late && !j->fixes)) {
        return NULL;
    }
    g_string_append_printf(more, "%d.%d %d %d", j->released_version.major,
                           j->released_version.minor, j->subtract, fail_on);
    add_fixes(j->fixes, more);
    const char *parts[] = {
        VERDICT_ID, loader_facts_id(), tree_of(j->base), tree_of(j->head),
        released, more->str,
    };

    return cache_key(parts, G_N_ELEMENTS(parts));
}

static struct kept_verdict *known_verdict(struct cache *cache,
                                          const char *key)
{
    g_autoptr(GBytes) bytes = cache_get(cache, "check", key);
    gsize length;
    const char *text = bytes ? g_bytes_get_data(bytes, &length) : NULL;

    return text ? kept_verdict_from_text(text, length) : NULL;
}

static void keep(struct cache *cache, const char *key,
                 const struct kept_verdict *verdict,
                 const struct facts *head)
{
    g_autoptr(GString) text = g_string_new(NULL);

    kept_verdict_append(verdict, head, text);
    cache_put(cache, "check", key, text->str, text->len);
}

static void add_gaps(struct kept_verdict *verdict, const GPtrArray *gaps)
{
    for (guint i = 0; i < gaps->len; i++) {
        g_ptr_array_add(verdict->gaps,
                        g_memdup2(gaps->pdata[i], sizeof(struct gap)));
    }
}

void recall_keep(struct session *session, const struct judgement *judgement,
                 const struct check_result *result)
{
    struct cache *cache = loader_cache(session_loader(session));
    g_autofree char *key = cache ? verdict_key(
        judgement, session->options->fail_on) : NULL;
    g_autoptr(KeptVerdict) verdict = kept_verdict_new();

    /* Another run may get further. */
    if (!key || loader_stats(session->loader)->failed) {
        return;
    }
    g_ptr_array_set_free_func(verdict->findings, NULL);
    g_ptr_array_extend(verdict->findings, result->findings, NULL, NULL);
    add_gaps(verdict, result->gaps);
    verdict->counts = (struct kept_counts) {
        loader_stats(session->loader)->files, result->n_types,
        result->n_properties, result->n_machines,
    };
    keep(cache, key, verdict, judgement->head->facts);
}

/* --- What needs no judgement ------------------------------------------------- */

/* FACTS: the tree whose facts HEAD has. */
static char *scope_key(const struct judgement *j, const char *facts)
{
    const char *released = tree_of(j->released ? j->released : j->base);
    const char *parts[] = { VERDICT_ID, loader_facts_id(), released, facts };

    return released ? cache_key(parts, G_N_ELEMENTS(parts)) : NULL;
}

/* Whether what differs are bodies that show a guest nothing. */
static bool shows_nothing(struct loader *loader, const struct judgement *j,
                          const char *root)
{
    struct cache *cache = loader_cache(loader);
    g_autofree char *key = scope_key(j, root);
    g_autoptr(GBytes) bytes = key ? cache_get(cache, "scope", key) : NULL;

    if (!bytes) {
        return false;
    }
    gsize length;
    const char *text = g_bytes_get_data(bytes, &length);
    g_autoptr(BodiesScope) scope = bodies_scope_from_text(text, length);
    const struct side *released = j->released ? j->released : j->base;
    const struct bodies_sides sides = {
        .released = released->source, .base = j->base->source,
        .head = j->head->source, .paths = j->changed_paths,
    };

    return !bodies_has_any(loader, &sides, scope);
}

static char *quiet_key(const char *root)
{
    const char *parts[] = { VERDICT_ID, loader_facts_id(), "quiet", root };

    return cache_key(parts, G_N_ELEMENTS(parts));
}

/* What there is to say of a tree with FACTS in which nothing differs. */
static struct kept_verdict *quiet_verdict(struct cache *cache,
                                          const char *key,
                                          const struct facts *facts)
{
    struct kept_verdict *verdict = kept_verdict_new();

    add_gaps(verdict, facts->gaps);
    check_count(facts, &verdict->counts.types, &verdict->counts.properties,
                &verdict->counts.machines);
    verdict->counts.files = facts->files;
    keep(cache, key, verdict, facts);
    return verdict;
}

static struct kept_verdict *known_quiet_verdict(struct cache *cache,
                                                const char *root)
{
    g_autofree char *key = quiet_key(root);
    struct kept_verdict *verdict = known_verdict(cache, key);
    struct facts *facts = verdict ? NULL : near_root_facts(cache, root);

    if (facts) {
        verdict = quiet_verdict(cache, key, facts);
        verdict->machines = facts;
    }
    return verdict;
}

static bool has_gap_in(const struct kept_verdict *verdict,
                       const GPtrArray *paths)
{
    for (guint i = 0; i < verdict->gaps->len; i++) {
        const struct gap *gap = verdict->gaps->pdata[i];

        for (guint p = 0; p < paths->len; p++) {
            if (!g_strcmp0(gap->file, paths->pdata[p])) {
                return true;
            }
        }
    }
    return false;
}

/* ROOT: the tree whose facts HEAD has.  NULL where a gap may be in what
 * changed, or on another line. */
static struct kept_verdict *clean_verdict(struct cache *cache,
                                          const struct judgement *j,
                                          const char *root)
{
    g_autoptr(KeptVerdict) verdict = known_quiet_verdict(cache, root);
    g_autoptr(GPtrArray) moved = near_moved(cache, tree_of(j->head));

    if (!verdict || has_gap_in(verdict, j->changed_paths) ||
        has_gap_in(verdict, moved)) {
        return NULL;
    }
    verdict->counts.files *= j->subtract ? 3 : 2;
    return g_steal_pointer(&verdict);
}

/* HEAD's facts are those of ROOT, on other lines where it is another tree. */
static void keep_quiet(struct cache *cache, const char *root,
                       const struct side *head)
{
    g_autofree char *key = quiet_key(root);

    kept_verdict_free(strcmp(tree_of(head), root)
                      ? known_quiet_verdict(cache, root)
                      : quiet_verdict(cache, key, head->facts));
}

void recall_keep_scope(struct session *session,
                       const struct judgement *judgement,
                       const struct bodies_scope *scope)
{
    struct cache *cache = loader_cache(session_loader(session));
    const char *tree = tree_of(judgement->head);
    const char *root = cache && tree ? near_root(cache, tree) : NULL;
    g_autofree char *key = root ? scope_key(judgement, root) : NULL;
    g_autoptr(GBytes) known = key ? cache_get(cache, "scope", key) : NULL;

    if (key && !known) {
        g_autofree char *text = bodies_scope_text(scope);

        cache_put(cache, "scope", key, text, strlen(text));
        keep_quiet(cache, root, judgement->head);
    }
}

/* Whether facts that are those of BASE leave nothing to find. */
static bool is_news_only(const struct judgement *j)
{
    return j->subtract || !j->released ||
           tree_of(j->released) == tree_of(j->base);
}

static struct kept_verdict *same_verdict(struct session *session,
                                         const struct judgement *j)
{
    struct loader *loader = session_loader(session);
    struct cache *cache = loader_cache(loader);
    const char *root = is_news_only(j)
        ? loader_same_facts(loader, j->base->source, j->head->source) : NULL;

    return root && shows_nothing(loader, j, root)
           ? clean_verdict(cache, j, root) : NULL;
}

struct kept_verdict *recall_verdict(struct session *session,
                                    const struct judgement *judgement)
{
    struct cache *cache = loader_cache(session_loader(session));

    if (!cache || !tree_of(judgement->base) || !tree_of(judgement->head)) {
        return NULL;
    }
    g_autofree char *key = verdict_key(judgement, session->options->fail_on);
    struct kept_verdict *verdict = key ? known_verdict(cache, key) : NULL;

    if (!verdict) {
        verdict = same_verdict(session, judgement);
        if (verdict && key) {
            keep(cache, key, verdict, verdict->machines);
        }
    }
    return verdict;
}
