/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * `check --per-commit`: every commit of a range against its own parent, by
 * the release that it was made for.
 *
 * Commits come in the order in which they landed, parents first; merges are
 * left out, as `rev-list --no-merges` does.  What a commit did is kept in the
 * cache, so an interrupted sweep goes on where it was.
 */
#ifndef QCOMPAT_SWEEP_H
#define QCOMPAT_SWEEP_H

#include "command.h"
#include "session.h"
#include "snapshot/verdict.h"
#include "source/history.h"

struct sweep_commit {
    const struct range_commit *commit;
    char *released;              /* commit id of the release, or NULL */
    char *released_name;
    struct version released_version;
    char *hint;                  /* why there is no release */
    struct kept_verdict *verdict;    /* NULL until it is known */
};

/* The whole command; OUTPUTS as verdict_outputs() gives them. */
enum status sweep_run(const struct options *options, const GArray *outputs,
                      GError **error);

/* --- sweep-judge.c ---------------------------------------------------------- */

struct judge;

struct judge *judge_new(struct session *session);
void judge_free(struct judge *judge);
typedef struct judge Judge;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Judge, judge_free)

/* N neighbours that have no verdict, parsed; NULL where that failed. */
struct batch *judge_prepare(struct judge *judge,
                            struct sweep_commit *const *commits, guint n,
                            GError **error);
/* They are judged beside what the caller does next. */
void judge_start(struct batch *batch);
/* Gives them their verdicts.  BATCH (or NULL) is freed. */
bool judge_finish(struct batch *batch, GError **error);
/* The verdict that an earlier run found, if there is one. */
void judge_recall(struct judge *judge, struct sweep_commit *commit);

/* --- sweep-print.c ---------------------------------------------------------- */

struct sweep_printer;

/* Whether FORMAT can tell of one commit after the other. */
bool sweep_print_knows(const char *format);

struct sweep_printer *sweep_printer_new(const struct options *options,
                                        const GArray *outputs,
                                        struct repository *repo);
void sweep_printer_free(struct sweep_printer *printer);
typedef struct sweep_printer SweepPrinter;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(SweepPrinter, sweep_printer_free)

/* The next commit; what goes to stdout goes there at once. */
bool sweep_print(struct sweep_printer *printer, struct sweep_commit *commit,
                 GError **error);
/* What there is to say at the end. */
bool sweep_print_end(struct sweep_printer *printer, double seconds,
                     enum status *ret_status, GError **error);

#endif
