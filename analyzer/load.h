/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * From sources to facts: the one door through which commands get the facts of
 * a revision, whatever has to be read, parsed, evaluated or taken from the
 * cache for it.
 */
#ifndef QCOMPAT_LOAD_H
#define QCOMPAT_LOAD_H

#include "model/facts.h"
#include "reach/tree.h"
#include "source/source.h"

struct cache;
struct extraction;
struct extract_memory;

struct load_options {
    unsigned jobs;           /* worker processes; 0 = one per processor */
    bool no_cache;           /* read nothing from the cache, write nothing */
    const struct pool_progress *progress;    /* extract/pool.h, or NULL */
    bool verbose;            /* say on stderr what is being done */
};

/* What was done so far, for the summary. */
struct load_stats {
    unsigned files;          /* translation units that count */
    unsigned parsed;         /* of them, parsed in this run */
    unsigned reused;         /* of them, known from the cache or shared */
    bool confined;           /* no worker could see the file system */
    const char *confinement; /* what was missing where confined is false */
    unsigned failed;         /* files that could not be read or parsed: for
                                want of time or memory, or by themselves */
    double read_seconds;     /* wall time by phase */
    double parse_seconds;
    double evaluate_seconds;
    double body_seconds;
};

struct loader *loader_new(const struct load_options *options);
void loader_free(struct loader *loader);
typedef struct loader Loader;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Loader, loader_free)

/* What was read so far, borrowed; NULL: nothing. */
struct extract_memory *loader_memory(const struct loader *loader);

/* This process is a child, one of several, which works with what its parent
 * has read: with one worker at a time. */
void loader_enter_child(struct loader *loader);

/*
 * Sealed facts of each of the N sources, in their order; all at once, so that
 * what they share is parsed once.  RET_FACTS has room for N; on failure none
 * of it is set.
 */
bool loader_load(struct loader *loader, struct source *const *sources,
                 guint n, struct facts **ret_facts, GError **error);

/*
 * The same in two steps, for many revisions that are looked at one after the
 * other and never again: what was parsed, and facts of it on demand.  Nothing
 * is taken from the snapshots that loader_load() keeps, and none is kept.
 */
struct loader_trees;

/* The sources must outlive the result. */
struct loader_trees *loader_parse(struct loader *loader,
                                  struct source *const *sources, guint n,
                                  GError **error);
void loader_trees_free(struct loader_trees *trees);
/* Sealed facts of source I, to free. */
struct facts *loader_evaluate(struct loader_trees *trees, guint i);
/* Whether a file of source I could not be read or parsed: another run may get
 * further, so what follows from I is not to be kept. */
bool loader_failed(const struct loader_trees *trees, guint i);
/*
 * Whether loader_evaluate() of B would say what it says of A, but for where
 * things stand.  A was evaluated in this process, or is the same as one that
 * was.  PATHS: all that differ between the two.
 */
bool loader_same(struct loader_trees *trees, guint a, guint b,
                 const GPtrArray *paths);

/* The files of SOURCE for analyzer/reach; borrows SOURCE. */
struct reach_tree loader_tree(struct source *source);

/* The cache, NULL for none. */
struct cache *loader_cache(const struct loader *loader);

/* Facts that are in the cache, to free; NULL where they are not. */
struct facts *loader_known(struct loader *loader, struct source *source);

/* The tree (hex id) whose facts both have but for where things stand; NULL
 * where that is not known or not so.  Parses what differs. */
const char *loader_same_facts(struct loader *loader, struct source *base,
                              struct source *head);

/* Names everything that makes facts out of a tree. */
const char *loader_facts_id(void);

/* The units of the N sources that hold the functions BODIES: see
 * extract_options. */
struct extraction *loader_extract(struct loader *loader,
                                  struct source *const *sources, guint n,
                                  GHashTable *bodies, GError **error);

/* Notes that FILES units counted without being looked at. */
void loader_add_reused(struct loader *loader, unsigned files);

/* Processes it may use; 0 = one per processor. */
unsigned loader_jobs(const struct loader *loader);

const struct load_stats *loader_stats(const struct loader *loader);

#endif
