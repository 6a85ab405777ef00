/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "source/graph.h"

#include <string.h>

/* Bytes of packs that are mapped at a time: QEMU's history is one of 400 MB,
 * and what of it was touched once would stay in memory. */
#define PACK_WINDOW ((size_t)1 << 20)
#define PACK_MAPPED ((size_t)16 << 20)

guint oid_hash(gconstpointer oid)
{
    guint hash;

    memcpy(&hash, ((const git_oid *)oid)->id, sizeof(hash));
    return hash;
}

gboolean oid_equal(gconstpointer a, gconstpointer b)
{
    return git_oid_equal(a, b);
}

char *oid_text(const git_oid *oid)
{
    char hex[GIT_OID_HEXSZ + 1];

    return g_strdup(git_oid_tostr(hex, sizeof(hex), oid));
}

const char *git_reason(void)
{
    const git_error *last = git_error_last();

    return last && last->message ? last->message : "unknown reason";
}

bool repository_is_shallow(const struct repository *repo)
{
    return g_hash_table_size(repo->shallow) > 0;
}

char *repository_remote(const struct repository *repo)
{
    g_auto(git_strarray) names = { 0 };

    if (git_remote_list(&names, repo->git) || names.count == 0) {
        return g_strdup("origin");
    }
    for (size_t i = 0; i < names.count; i++) {
        if (!strcmp(names.strings[i], "origin")) {
            return g_strdup("origin");
        }
    }
    return g_strdup(names.strings[0]);
}

/*
 * The library is initialised once per call and never shut down: contents that
 * source_read() has handed out are its objects and may outlive everything.
 *
 * Extensions that change nothing about how objects are read are declared as
 * known, or a partial clone and a sparse checkout would be refused.
 *
 * Objects are not hashed again when they are read, as in git itself: that
 * took 250 of 565 ms for the 52 MB that one QEMU takes, and zlib's checksum
 * finds damage.
 */
static void library_init(void)
{
    const char *known[] = { "partialclone", "worktreeconfig",
                            "preciousobjects", "relativeworktrees" };

    git_libgit2_init();
    git_libgit2_opts(GIT_OPT_SET_EXTENSIONS, known, G_N_ELEMENTS(known));
    git_libgit2_opts(GIT_OPT_ENABLE_STRICT_HASH_VERIFICATION, 0);
    git_libgit2_opts(GIT_OPT_SET_MWINDOW_SIZE, PACK_WINDOW);
    git_libgit2_opts(GIT_OPT_SET_MWINDOW_MAPPED_LIMIT, PACK_MAPPED);
}

/* libgit2 1.5 says "not found" of a repository that it refuses where the user
 * has no configuration at all, as in a container. */
static bool is_refused(int code, const char *dir)
{
    git_buf path = { 0 };
    bool found = code == GIT_ENOTFOUND &&
                 !git_repository_discover(&path, dir, 0, NULL);

    git_buf_dispose(&path);
    return found || code == GIT_EOWNER;
}

static void open_failed(int code, const char *dir, GError **error)
{
    g_autofree char *reason = g_strdup(git_reason());

    if (is_refused(code, dir)) {
        g_autofree char *path = g_canonicalize_filename(dir, NULL);

        g_set_error(error, QC_ERROR, QC_ERROR_GIT,
                    "repository '%s' belongs to another user: if you trust "
                    "it, run `git config --global --add safe.directory %s`",
                    dir, path);
    } else if (code == GIT_ENOTFOUND) {
        g_set_error(error, QC_ERROR, QC_ERROR_GIT,
                    "not a git repository: '%s': run this inside a QEMU "
                    "clone or name one with -C DIR", dir);
    } else if (strstr(reason, "objectformat")) {
        g_set_error(error, QC_ERROR, QC_ERROR_GIT,
                    "repository '%s' has SHA-256 objects, which this libgit2 "
                    "cannot read: use a SHA-1 clone", dir);
    } else {
        g_set_error(error, QC_ERROR, QC_ERROR_GIT,
                    "cannot open repository '%s': %s", dir, reason);
    }
}

/* git writes one id a line; libgit2 before 1.7 does not look at them. */
static void read_shallow(struct repository *repo)
{
    g_autofree char *path =
        g_build_filename(git_repository_commondir(repo->git), "shallow",
                         NULL);
    g_autofree char *text = NULL;

    if (!g_file_get_contents(path, &text, NULL, NULL)) {
        return;
    }
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    for (char **line = lines; *line; line++) {
        git_oid oid;

        if (!git_oid_fromstr(&oid, *line)) {
            git_oid *key = g_memdup2(&oid, sizeof(oid));

            g_hash_table_add(repo->shallow, key);
        }
    }
}

struct repository *repository_open(const char *dir, GError **error)
{
    git_repository *git = NULL;
    git_odb *odb = NULL;
    const char *env = dir ? NULL : g_getenv("GIT_DIR");
    const char *name = dir ? dir : env ? env : ".";

    library_init();
    /* Only a repository that was not named is searched for as git does it
     * from its environment: the variables belong to that one. */
    int code = dir ? git_repository_open_ext(&git, dir, 0, NULL)
                   : git_repository_open_ext(
                         &git, NULL, GIT_REPOSITORY_OPEN_FROM_ENV, NULL);

    if (code == 0) {
        code = git_repository_odb(&odb, git);
    }
    if (code) {
        open_failed(code, name, error);
        git_repository_free(git);
        return NULL;
    }

    struct repository *repo = g_new0(struct repository, 1);
    repo->git = git;
    repo->odb = odb;
    repo->name = g_strdup(name);
    repo->shallow = g_hash_table_new_full(oid_hash, oid_equal, g_free, NULL);
    repo->commits = g_hash_table_new_full(oid_hash, oid_equal, NULL,
                                          commit_free);
    repo->virtual = g_hash_table_new_full(oid_hash, oid_equal, g_free, NULL);
    read_shallow(repo);
    return repo;
}

void repository_free(struct repository *repo)
{
    if (!repo) {
        return;
    }
    g_hash_table_unref(repo->commits);
    g_hash_table_unref(repo->shallow);
    g_hash_table_unref(repo->virtual);
    git_odb_free(repo->odb);
    git_repository_free(repo->git);
    g_free(repo->name);
    g_free(repo);
}

const char *repository_workdir(const struct repository *repo)
{
    return git_repository_workdir(repo->git);
}

char *repository_hooks_dir(const struct repository *repo)
{
    g_autoptr(git_config) config = NULL;
    const char *top = git_repository_workdir(repo->git);
    git_buf path = { 0 };
    char *dir = NULL;

    if (!git_repository_config(&config, repo->git) &&
        !git_config_get_path(&path, config, "core.hooksPath")) {
        dir = g_canonicalize_filename(
            path.ptr, top ? top : git_repository_path(repo->git));
        git_buf_dispose(&path);
        return dir;
    }
    return g_build_filename(git_repository_commondir(repo->git), "hooks",
                            NULL);
}

static bool parse_full_id(const char *rev, git_oid *ret)
{
    return strlen(rev) == GIT_OID_HEXSZ && !git_oid_fromstr(ret, rev);
}

/*
 * Whether REV may exist beyond the end of a shallow clone: "HEAD~30" and
 * "X^" where HEAD and X do exist, and ids.  *ret_id is set for an id that can
 * be asked for.
 */
static bool may_be_cut_off(struct repository *repo, const char *rev,
                           bool *ret_id)
{
    g_autofree char *stem = g_strndup(rev, strcspn(rev, "^~"));
    g_autoptr(git_object) object = NULL;
    git_oid id;

    if (!repository_is_shallow(repo)) {
        return false;
    }
    *ret_id = parse_full_id(stem, &id);
    if (*ret_id) {
        return true;
    }
    if (strlen(stem) >= 7 && strspn(stem, "0123456789abcdef") == strlen(stem)) {
        return true;
    }
    return strlen(stem) < strlen(rev) &&
           !git_revparse_single(&object, repo->git, stem);
}

static void unknown_revision(struct repository *repo, const char *rev,
                             GError **error)
{
    bool is_id = false;

    if (may_be_cut_off(repo, rev, &is_id)) {
        g_autofree char *remote = repository_remote(repo);
        g_autofree char *id = g_strndup(rev, is_id ? GIT_OID_HEXSZ : 0);
        g_autofree char *command =
            is_id ? g_strdup_printf("git fetch --depth=100 %s %s", remote, id)
                  : g_strdup_printf("git fetch --deepen=100 %s", remote);

        g_set_error(error, QC_ERROR, QC_ERROR_MISSING,
                    "revision '%s' is not in this shallow clone: run `%s` or "
                    "`git fetch --unshallow %s`", rev, command, remote);
    } else if (git_repository_head_unborn(repo->git) == 1 &&
               (g_str_has_prefix(rev, "HEAD") || *rev == '@')) {
        g_set_error(error, QC_ERROR, QC_ERROR_GIT,
                    "unknown revision '%s': the current branch of '%s' has "
                    "no commits yet", rev, repo->name);
    } else {
        g_set_error(error, QC_ERROR, QC_ERROR_GIT,
                    "unknown revision '%s'", rev);
    }
}

git_object *repository_resolve(struct repository *repo, const char *rev,
                               GError **error)
{
    /* git's short name of HEAD, which libgit2 knows in "@{upstream}" only. */
    bool is_head = rev[0] == '@' && rev[1] != '{';
    g_autofree char *spelled =
        g_strconcat(is_head ? "HEAD" : "", rev + is_head, NULL);
    git_object *object = NULL;
    git_oid id;
    /* A full id is looked for among the objects at once: the parser would
     * try it as the name of a reference first. */
    int code = parse_full_id(rev, &id)
               ? git_object_lookup(&object, repo->git, &id, GIT_OBJECT_ANY)
               : git_revparse_single(&object, repo->git, spelled);

    if (code == GIT_EAMBIGUOUS) {
        g_set_error(error, QC_ERROR, QC_ERROR_GIT,
                    "revision '%s' is ambiguous: give more of its digits",
                    rev);
    } else if (code == GIT_ENOTFOUND || code == GIT_EINVALIDSPEC) {
        unknown_revision(repo, rev, error);
    } else if (code) {
        g_set_error(error, QC_ERROR, QC_ERROR_GIT,
                    "cannot resolve revision '%s': %s", rev, git_reason());
    }
    return code ? NULL : object;
}

bool repository_resolve_commit(struct repository *repo, const char *rev,
                               git_oid *ret, GError **error)
{
    g_autoptr(git_object) object = repository_resolve(repo, rev, error);
    g_autoptr(git_object) commit = NULL;

    if (!object) {
        return false;
    }
    if (git_object_peel(&commit, object, GIT_OBJECT_COMMIT)) {
        g_set_error(error, QC_ERROR, QC_ERROR_GIT,
                    "revision '%s' is no commit", rev);
        return false;
    }
    *ret = *git_object_id(commit);
    return true;
}
