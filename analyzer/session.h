/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the operands of a command stand for: revisions of a repository, plain
 * directories or snapshots, and the facts of each.
 */
#ifndef QCOMPAT_SESSION_H
#define QCOMPAT_SESSION_H

#include "extract/pool.h"
#include "load.h"
#include "options.h"

/* One side of a comparison. */
struct side {
    char *name;              /* as the user said it */
    char *commit;            /* full id that it was resolved to, which may
                                be a commit in memory; or NULL */
    struct source *source;   /* NULL for a snapshot */
    const struct facts *facts;   /* borrowed from the session; set by
                                    session_load() */
};

/* What a person who waits was told. */
struct session_progress {
    gint64 next;             /* when the next line is due */
    bool shown;
    struct pool_progress pool;
};

struct session {
    struct session_progress progress;
    const struct options *options;
    struct repository *repo; /* opened when first needed */
    struct loader *loader;
    struct input_range *range;   /* set by session_find_range() */
    GPtrArray *sides;        /* struct side *, owned */
    GPtrArray *facts;        /* struct facts *, owned */
};

struct session *session_new(const struct options *options);
void session_free(struct session *session);
typedef struct session Session;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Session, session_free)

/* The repository around the current directory; NULL and an error where there
 * is none. */
struct repository *session_repository(struct session *session,
                                      GError **error);

/* Whether what is judged is no commit that anybody could check out. */
bool session_is_virtual(const struct options *options);

/* Whether TEXT names a snapshot: an existing file whose name ends in .json. */
bool session_is_snapshot(const char *text);

/* Opens what TEXT names; COMMIT, where not NULL, is what it was resolved to.
 * Borrowed from the session. */
struct side *session_open(struct session *session, const char *text,
                          const char *commit, GError **error);

/* The two ends that one or two OPERANDS name, for check (ranges, a default
 * HEAD) and diff. */
bool session_open_range(struct session *session, char *const *operands,
                        struct side **ret_base, struct side **ret_head,
                        GError **error);

/* The range that the operands name in the repository; NULL and no error where
 * they name something else. */
const struct input_range *session_find_range(struct session *session,
                                             GError **error);

/* What loads facts, as the options have it; the session's. */
struct loader *session_loader(struct session *session);

/* Gives every opened side its facts. */
bool session_load(struct session *session, GError **error);

/* Commit id of SIDE, NULL where it has none. */
const char *side_commit(const struct side *side);

#endif
