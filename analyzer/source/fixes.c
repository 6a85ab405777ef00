/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * `Fixes:` trailers: which releases have the mistake that a change repairs.
 */
#include "source/history.h"
#include "source/release.h"

#include <string.h>

#define MIN_ID_LENGTH 7

/* --- Words of the trailers. -------------------------------------------- */

/* Adds the words of LINE outside parentheses: what is inside is a title. */
static void add_words(GPtrArray *words, const char *line, size_t length)
{
    int depth = 0;
    size_t start = 0;

    for (size_t i = 0; i <= length; i++) {
        char c = i < length ? line[i] : ' ';
        bool ends = c == '(' || c == ')' || c == ',' || g_ascii_isspace(c);

        if (ends && !depth && i > start) {
            g_ptr_array_add(words, g_strndup(line + start, i - start));
        }
        if (ends) {
            start = i + 1;
        }
        depth += c == '(' ? 1 : c == ')' && depth ? -1 : 0;
    }
}

static GPtrArray *trailer_words(const char *message)
{
    static const char key[] = "fixes:";
    GPtrArray *words = g_ptr_array_new_with_free_func(g_free);

    while (*message) {
        size_t length = strcspn(message, "\n");
        size_t indent = strspn(message, " \t");

        if (!g_ascii_strncasecmp(message + indent, key, strlen(key))) {
            size_t skip = indent + strlen(key);

            add_words(words, message + skip, length - skip);
        }
        message += length + (message[length] == '\n');
    }
    return words;
}

GArray *history_fixes_from_message(const char *message)
{
    g_autoptr(GPtrArray) words = trailer_words(message);
    GArray *fixes = g_array_new(FALSE, TRUE, sizeof(struct fixes));

    for (guint i = 0; i < words->len; i++) {
        struct fixes fix = { .released = true };
        const char *word = g_ptr_array_index(words, i);

        if (version_parse(word + (*word == 'v'), &fix.last_without)) {
            g_array_append_val(fixes, fix);
        }
    }
    return fixes;
}

/* --- Where a commit was released. -------------------------------------- */

struct placer {
    struct repository *repo;
    struct release baseline;     /* of HEAD */
    GArray *releases;            /* struct release, X.Y.0, oldest first */
};

static int compare_releases(gconstpointer a, gconstpointer b)
{
    const struct release *x = a, *y = b;

    return version_compare(&x->version, &y->version);
}

static int add_tag(const char *name, void *opaque)
{
    struct placer *placer = opaque;
    const char *number = name + strlen("refs/tags/v");
    struct version version;
    git_oid oid;

    if (!version_parse(number, &version) || version.micro != 0 ||
        version_compare(&version, &placer->baseline.version) > 0 ||
        !repository_resolve_commit(placer->repo, name, &oid, NULL)) {
        return 0;
    }
    version.micro = -1;
    struct release release = {
        .version = version,
        .commit = graph_commit(placer->repo, &oid),
        .tag = g_strdup(name + strlen("refs/tags/")),
        .tagged = true,
    };
    if (release.commit) {
        g_array_append_val(placer->releases, release);
    } else {
        release_clear(&release);
    }
    return 0;
}

/* Without tags: the commits that set VERSION, back to DATE. */
static void add_untagged(struct placer *placer, gint64 date)
{
    struct commit *at = placer->baseline.commit;
    struct release release = { 0 };

    while (at && at->date >= date && release_before(placer->repo, at,
                                                    &release)) {
        at = release.commit;
        if (at && release.version.micro == -1) {
            g_array_append_val(placer->releases, release);
        } else {
            release_clear(&release);
        }
    }
}

static void add_baseline(struct placer *placer)
{
    struct release copy = placer->baseline;

    if (copy.commit && copy.version.micro == -1) {
        copy.tag = g_strdup(copy.tag);
        g_array_append_val(placer->releases, copy);
    }
}

static void placer_init(struct placer *placer, struct repository *repo,
                        struct commit *head, gint64 oldest)
{
    *placer = (struct placer){ .repo = repo };
    placer->releases = g_array_new(FALSE, TRUE, sizeof(struct release));
    g_array_set_clear_func(placer->releases, (GDestroyNotify)release_clear);
    if (!release_before(repo, head, &placer->baseline)) {
        return;
    }
    git_reference_foreach_glob(repo->git, "refs/tags/v*.0", add_tag, placer);
    if (placer->releases->len == 0) {
        add_baseline(placer);
        add_untagged(placer, oldest);
    }
    g_array_sort(placer->releases, compare_releases);
}

static void placer_clear(struct placer *placer)
{
    g_array_unref(placer->releases);
    release_clear(&placer->baseline);
}

static const struct release *release_index(const struct placer *placer,
                                           guint i)
{
    return &g_array_index(placer->releases, struct release, i);
}

static bool contains(const struct placer *placer, guint i,
                     struct commit *commit)
{
    return graph_is_ancestor(placer->repo, commit,
                             release_index(placer, i)->commit, NULL);
}

/* First release from LOW on with COMMIT; the number of them where none. */
static guint bisect(const struct placer *placer, guint low,
                    struct commit *commit)
{
    guint high = placer->releases->len;

    while (low < high) {
        guint middle = low + (high - low) / 2;

        if (contains(placer, middle, commit)) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    return low;
}

/*
 * First release with COMMIT.  Its VERSION says which one that should be, and
 * a look at releases next to it is cheap; it is wrong for a commit that was
 * written before a release and merged after it.
 */
static guint first_with(const struct placer *placer, struct commit *commit)
{
    struct version version;
    guint n = placer->releases->len;
    guint i = 0;

    if (release_version(placer->repo, commit, &version)) {
        version.micro = -1;
        while (i < n && version_compare(&release_index(placer, i)->version,
                                        &version) <= 0) {
            i++;
        }
    }
    if (i < n && !contains(placer, i, commit)) {
        i++;
        if (i < n && !contains(placer, i, commit)) {
            i = bisect(placer, i + 1, commit);
        }
        return i;
    }
    while (i > 0 && contains(placer, i - 1, commit)) {
        i--;
    }
    return i;
}

static struct fixes place(const struct placer *placer, struct commit *commit)
{
    guint i = first_with(placer, commit);
    struct fixes fix = { .last_without = placer->baseline.version };

    git_oid_tostr(fix.commit, sizeof(fix.commit), &commit->id);
    fix.released = i < placer->releases->len ||
                   (placer->baseline.commit &&
                    graph_is_ancestor(placer->repo, commit,
                                      placer->baseline.commit, NULL));
    if (fix.released && i > 0) {
        fix.last_without = release_index(placer, i - 1)->version;
    } else if (fix.released &&
               release_version(placer->repo, commit, &fix.last_without)) {
        fix.last_without.micro = -1;    /* older than every release known */
    }
    return fix;
}

/* --- Trailers of a range. ---------------------------------------------- */

static struct commit *named_commit(struct repository *repo, const char *word)
{
    size_t length = strlen(word);
    g_autoptr(git_commit) object = NULL;
    git_oid prefix;

    if (length < MIN_ID_LENGTH || length > GIT_OID_HEXSZ ||
        strspn(word, "0123456789abcdefABCDEF") != length ||
        git_oid_fromstrn(&prefix, word, length) ||
        git_commit_lookup_prefix(&object, repo->git, &prefix, length)) {
        return NULL;
    }
    return graph_commit(repo, git_commit_id(object));
}

/* The commits that trailers of COMMITS name, each once. */
static GPtrArray *named_commits(struct repository *repo,
                                const GPtrArray *commits)
{
    GPtrArray *named = g_ptr_array_new();

    for (guint i = 0; i < commits->len; i++) {
        const struct commit *commit = g_ptr_array_index(commits, i);
        g_autoptr(git_commit) object = NULL;

        if (git_commit_lookup(&object, repo->git, &commit->id)) {
            continue;
        }
        g_autoptr(GPtrArray) words =
            trailer_words(git_commit_message(object));
        for (guint j = 0; j < words->len; j++) {
            struct commit *fixed =
                named_commit(repo, g_ptr_array_index(words, j));

            if (fixed && !g_ptr_array_find(named, fixed, NULL)) {
                g_ptr_array_add(named, fixed);
            }
        }
    }
    return named;
}

static gint64 oldest_date(const GPtrArray *commits)
{
    gint64 date = G_MAXINT64;

    for (guint i = 0; i < commits->len; i++) {
        const struct commit *commit = g_ptr_array_index(commits, i);

        date = MIN(date, commit->date);
    }
    return date;
}

static struct commit *range_end(struct repository *repo, const char *rev,
                                GError **error)
{
    git_oid oid;

    return repository_resolve_commit(repo, rev, &oid, error)
           ? graph_commit(repo, &oid) : NULL;
}

/* The commits that trailers of BASE..HEAD name; NULL and an error where there
 * is no such range. */
static GPtrArray *named_in_range(struct repository *repo, const char *base,
                                 const char *head, struct commit **ret_head,
                                 GError **error)
{
    struct commit *from = range_end(repo, base, error);

    *ret_head = from ? range_end(repo, head, error) : NULL;
    if (!*ret_head) {
        return NULL;
    }
    g_autoptr(GPtrArray) commits = graph_between(repo, from, *ret_head);

    return named_commits(repo, commits);
}

bool history_names_commits(struct repository *repo, const char *base,
                           const char *head)
{
    struct commit *to;
    g_autoptr(GPtrArray) named = named_in_range(repo, base, head, &to, NULL);

    return !named || named->len;
}

GArray *history_fixes(struct repository *repo, const char *base,
                      const char *head, GError **error)
{
    struct commit *to;
    g_autoptr(GPtrArray) named = named_in_range(repo, base, head, &to, error);

    if (!named) {
        return NULL;
    }
    GArray *fixes = g_array_new(FALSE, TRUE, sizeof(struct fixes));
    struct placer placer;

    if (named->len == 0) {
        return fixes;
    }
    placer_init(&placer, repo, to, oldest_date(named));
    for (guint i = 0; i < named->len; i++) {
        struct fixes fix = place(&placer, g_ptr_array_index(named, i));

        g_array_append_val(fixes, fix);
    }
    placer_clear(&placer);
    return fixes;
}
