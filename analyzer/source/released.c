/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Which release a change is judged against.
 *
 * VERSION says where a commit stands: X.Y.50 and up (release candidates are
 * X.Y.90 and up) come after X.Y.0, anything else is a release, or a stable
 * branch on its way from that release to the next.
 */
#include "source/history.h"
#include "source/release.h"

#include <string.h>

#define FIRST_DEVELOPMENT_MICRO 50
#define VERSION_MAX_SIZE 64

void release_clear(struct release *release)
{
    g_clear_pointer(&release->tag, g_free);
}

/* --- VERSION of a commit. ---------------------------------------------- */

/* Id of the VERSION blob, zero where there is none. */
static const git_oid *version_blob(struct repository *repo,
                                   struct commit *commit)
{
    g_autoptr(git_tree) tree = NULL;

    if (commit->version_known) {
        return &commit->version;
    }
    commit->version_known = true;
    if (!git_tree_lookup(&tree, repo->git, &commit->tree)) {
        const git_tree_entry *entry =
            git_tree_entry_byname(tree, "VERSION");

        if (entry && git_tree_entry_type(entry) == GIT_OBJECT_BLOB) {
            commit->version = *git_tree_entry_id(entry);
        }
    }
    return &commit->version;
}

static bool same_version(struct repository *repo, struct commit *a,
                         struct commit *b)
{
    return git_oid_equal(version_blob(repo, a), version_blob(repo, b));
}

/* What VERSION says; NULL where it is missing or unreasonably long. */
static char *version_text(struct repository *repo, struct commit *commit)
{
    const git_oid *id = version_blob(repo, commit);
    g_autoptr(git_blob) blob = NULL;
    git_object_t type;
    size_t size;

    if (git_oid_is_zero(id) ||
        git_odb_read_header(&size, &type, repo->odb, id) ||
        size > VERSION_MAX_SIZE || git_blob_lookup(&blob, repo->git, id)) {
        return NULL;
    }
    return g_strstrip(g_strndup(git_blob_rawcontent(blob), size));
}

/* Stable branches of old had a fourth number: 2.4.0.1 is as good as 2.4.0. */
static bool parse_version(const char *text, struct version *ret)
{
    g_auto(GStrv) parts = g_strsplit(text, ".", 4);
    g_autofree char *fourth = NULL;

    if (g_strv_length(parts) == 4) {
        fourth = g_steal_pointer(&parts[3]);
    }
    g_autofree char *start = g_strjoinv(".", parts);
    return version_parse(start, ret);
}

bool release_version(struct repository *repo, struct commit *commit,
                     struct version *ret)
{
    g_autofree char *text = version_text(repo, commit);

    return text && parse_version(text, ret);
}

static bool is_development(const struct version *version)
{
    return version->micro >= FIRST_DEVELOPMENT_MICRO;
}

/*
 * The commit that gave VERSION the value it has in COMMIT.  A merge that took
 * it over from any of its parents did not set it.
 */
static struct commit *version_setter(struct repository *repo,
                                     struct commit *commit)
{
    for (;;) {
        struct commit *from = NULL;

        for (guint i = 0; i < commit->n_parents && !from; i++) {
            struct commit *parent = graph_parent(repo, commit, i);

            from = parent && same_version(repo, parent, commit) ? parent
                                                                : NULL;
        }
        if (!from) {
            return commit;
        }
        commit = from;
    }
}

/* --- Releases. --------------------------------------------------------- */

static struct commit *tagged_commit(struct repository *repo, const char *tag)
{
    g_autofree char *name = g_strconcat("refs/tags/", tag, NULL);
    g_autoptr(git_reference) reference = NULL;
    g_autoptr(git_object) commit = NULL;

    if (git_reference_lookup(&reference, repo->git, name) ||
        git_reference_peel(&commit, reference, GIT_OBJECT_COMMIT)) {
        return NULL;
    }
    return graph_commit(repo, git_object_id(commit));
}

static struct version release_number(struct version version)
{
    if (version.micro <= 0 || is_development(&version)) {
        version.micro = -1;
    }
    return version;
}

static struct release release_init(const char *number,
                                   struct version version)
{
    return (struct release){ .version = release_number(version),
                             .tag = g_strconcat("v", number, NULL) };
}

/*
 * Lets the tag of RELEASE decide, where it exists and COMMIT comes after it.
 * SETTER (may be NULL) is the commit that VERSION tells: in nearly every case
 * it is the tagged one, which saves the walk.  Where history ends before that
 * can be told, a tag of this name is believed.
 */
static bool use_tag(struct repository *repo, struct commit *commit,
                    const struct commit *setter, struct release *release)
{
    struct commit *tagged = tagged_commit(repo, release->tag);
    bool cut = false;

    if (!tagged ||
        (tagged != setter &&
         !graph_is_ancestor(repo, tagged, commit, &cut) && !cut)) {
        return false;
    }
    release->commit = tagged;
    release->tagged = true;
    return true;
}

/* COMMIT carries the version TEXT of a release. */
static struct release release_of(struct repository *repo,
                                 struct commit *commit, const char *text,
                                 struct version version)
{
    struct commit *setter = version_setter(repo, commit);
    struct release release = release_init(text, version);

    if (!use_tag(repo, commit, setter, &release)) {
        release.commit = setter->cut ? NULL : setter;
    }
    return release;
}

/* COMMIT is in development after X.Y.0: only the tag can say which commit
 * that was. */
static struct release tagged_before(struct repository *repo,
                                    struct commit *commit,
                                    struct version version)
{
    g_autofree char *number =
        g_strdup_printf("%d.%d.0", version.major, version.minor);
    struct release release = release_init(number, version);

    use_tag(repo, commit, NULL, &release);
    return release;
}

bool release_at(struct repository *repo, struct commit *commit,
                struct release *ret)
{
    struct commit *at = commit;

    for (;;) {
        g_autofree char *text = version_text(repo, at);
        struct version version;

        if (!text || !parse_version(text, &version)) {
            return false;
        }
        if (!is_development(&version)) {
            *ret = release_of(repo, at, text, version);
            return true;
        }
        struct commit *next = graph_parent(repo, version_setter(repo, at), 0);
        if (!next) {
            *ret = tagged_before(repo, commit, version);
            return true;
        }
        at = next;
    }
}

/* Whether COMMIT is the release of its own VERSION, not one after it.  At the
 * end of a shallow clone only a tag can tell. */
static bool is_release(struct repository *repo, struct commit *commit,
                       const struct commit *setter, const char *text)
{
    g_autofree char *tag = g_strconcat("v", text, NULL);
    const struct commit *tagged = tagged_commit(repo, tag);

    return tagged == commit || (setter == commit && !setter->cut);
}

bool release_before(struct repository *repo, struct commit *commit,
                    struct release *ret)
{
    g_autofree char *text = version_text(repo, commit);
    struct version version;

    if (!text || !parse_version(text, &version)) {
        return false;
    }
    if (is_development(&version)) {
        return release_at(repo, commit, ret);
    }
    struct commit *setter = version_setter(repo, commit);
    if (!is_release(repo, commit, setter, text)) {
        return release_at(repo, commit, ret);
    }
    struct commit *before = graph_parent(repo, setter, 0);
    if (before) {
        return release_at(repo, before, ret);
    }
    *ret = (struct release){ .version = { 0, 0, -1 } };
    return true;
}

/* What would bring RELEASE, which history does not show. */
static char *missing_hint(struct repository *repo,
                          const struct release *release)
{
    g_autofree char *remote = repository_remote(repo);
    bool shallow = repository_is_shallow(repo);

    if (shallow && !release->tag) {
        return g_strdup_printf("the release before this one is not in this "
                               "shallow clone: run `git fetch --unshallow "
                               "--tags %s`", remote);
    }
    if (release->tag && (shallow || !tagged_commit(repo, release->tag))) {
        return g_strdup_printf("release %s is not in this clone: run `git "
                               "fetch %s%s tag %s`", release->tag + 1,
                               shallow ? "--depth=1 " : "", remote,
                               release->tag);
    }
    return g_strdup("history holds no earlier release: name one with "
                    "--released REV");
}

bool history_released(struct repository *repo, const char *head,
                      char **ret_commit, char **ret_name,
                      struct version *ret_version, char **ret_hint,
                      GError **error)
{
    g_auto(Release) release = { 0 };
    git_oid oid;

    if (!repository_resolve_commit(repo, head, &oid, error)) {
        return false;
    }
    struct commit *commit = graph_commit(repo, &oid);
    *ret_commit = *ret_name = *ret_hint = NULL;
    *ret_version = (struct version){ 0, 0, -1 };
    if (!commit || !release_before(repo, commit, &release)) {
        *ret_hint = g_strdup_printf("'%s' has no file VERSION that says which "
                                    "QEMU it is: name the last release with "
                                    "--released REV", head);
        return true;
    }
    *ret_version = release.version;
    if (!release.commit) {
        *ret_hint = missing_hint(repo, &release);
        return true;
    }
    *ret_commit = oid_text(&release.commit->id);
    *ret_name = release.tagged ? g_strdup(release.tag)
                               : oid_text(&release.commit->id);
    return true;
}
