/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a range of commits means: its ends, the release it is judged against,
 * and what its messages say.
 */
#ifndef QCOMPAT_SOURCE_HISTORY_H
#define QCOMPAT_SOURCE_HISTORY_H

#include "source/source.h"

/* "BASE..HEAD", "BASE...HEAD" (merge-base), "BASE" (with HEAD), or two
 * revisions given apart (HEAD_TEXT non-NULL).  Everything NULL: merge-base of
 * HEAD and origin/master .. HEAD.  *ret_base and *ret_head are full commit
 * ids, to free. */
bool history_range(struct repository *repo, const char *text,
                   const char *head_text, char **ret_base, char **ret_head,
                   GError **error);

/*
 * The last release a change ending in HEAD is judged against.
 * *ret_commit (full id) and *ret_name ("v7.2.0" or the commit) are to free;
 * *ret_version is X.Y of it, X.Y.Z where that is a stable release.  Where
 * history is too short, *ret_commit is NULL, the call succeeds and *ret_hint
 * says which `git fetch` would help; the version is 0.0 where not even that
 * is known.
 */
bool history_released(struct repository *repo, const char *head,
                      char **ret_commit, char **ret_name,
                      struct version *ret_version, char **ret_hint,
                      GError **error);

/* Whether A is B or an ancestor of it. */
bool history_is_ancestor(struct repository *repo, const char *a,
                         const char *b);

/* One commit of a range that is no merge. */
struct range_commit {
    char *id;                    /* full hex ids */
    char *parent;                /* NULL: it has none, or not here */
    char *landing;               /* the commit of HEAD's first-parent line
                                    that brought it; itself where it lies on
                                    that line */
    char *subject;               /* valid UTF-8 */
    gint64 date;
};

/* Commits that HEAD has and BASE lacks, without merges, parents first, and
 * what a merge brought together; struct range_commit *. */
GPtrArray *history_commits(struct repository *repo, const char *base,
                           const char *head, GError **error);
/* Leaves the N newest of history_commits(). */
void history_keep_newest(GPtrArray *commits, guint n);

/* Changes when a tag of a release comes, goes or moves; to free. */
char *history_releases_id(struct repository *repo);

/* Paths that differ between two commits; const char * interned, sorted. */
GPtrArray *history_changed_paths(struct repository *repo, const char *base,
                                 const char *head, GError **error);

/* Messages of the commits BASE..HEAD; struct history_message *. */
struct history_message {
    char *commit;                /* full id */
    char *text;
};
GPtrArray *history_messages(struct repository *repo, const char *base,
                            const char *head, GError **error);

/*
 * The releases (X.Y, oldest first) that lack every commit named by a
 * `Fixes:` trailer of the commits BASE..HEAD, and those which have one.
 * Returns a GArray of struct fixes; unresolvable ids are left
 * out, an empty array = no usable trailer.
 */
struct fixes {
    char commit[65];             /* the commit named, full hex id */
    bool released;               /* some release contains it */
    struct version last_without; /* newest release that lacks it */
};
GArray *history_fixes(struct repository *repo, const char *base,
                      const char *head, GError **error);
/* Whether any of them names a commit that is there; true where that cannot be
 * found out. */
bool history_names_commits(struct repository *repo, const char *base,
                           const char *head);
/* The same trailers from a message of a plain directory's case: "Fixes:
 * X.Y" stands for a commit that first shipped after release X.Y. */
GArray *history_fixes_from_message(const char *message);

#endif
