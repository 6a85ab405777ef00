/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * --fix: what findings propose, as a patch or in the work tree.
 */
#ifndef QCOMPAT_MEND_H
#define QCOMPAT_MEND_H

#include "options.h"
#include "session.h"

/* Works out the fix of each of FINDINGS, which are about HEAD, and sets it.
 * All arguments must outlive the result. */
struct mend *mend_new(const struct options *options, const struct side *head,
                      GPtrArray *findings);
void mend_free(struct mend *mend);
typedef struct mend Mend;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Mend, mend_free)

/*
 * Does what --fix says, for findings that would fail and for warnings.  The
 * files of REPO's work tree (of HEAD's directory where HEAD is one) must be
 * what was judged: nothing is written where one is not.
 */
bool mend_carry_out(const struct mend *mend, const struct repository *repo,
                    GError **error);

#endif
