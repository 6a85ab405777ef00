/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Patches as they come by mail: an mbox, one message, the output of git
 * format-patch or git diff.  Headers and bodies may be encoded in any way
 * that MIME knows.
 */
#ifndef QCOMPAT_MAIL_MAIL_H
#define QCOMPAT_MAIL_MAIL_H

#include <glib.h>
#include <stdbool.h>

struct mail_patch {
    char *subject;           /* without [PATCH …]; "" for a bare diff */
    char *message;           /* what git am would commit, UTF-8 */
    char *diff;              /* in git's form, lines end in LF */
    unsigned version;        /* of the series, from 1 */
    unsigned number, total;  /* 0 where the subject has none */
};

struct mail_series {
    GPtrArray *patches;      /* struct mail_patch *, in order of application;
                                of the newest version, without replies */
    char *base_commit;       /* what the author built it on, or NULL */
    char *missing;           /* numbers of the series that are not there:
                                "2/5, 4/5", or NULL */
};

/* NULL where TEXT holds no patch; the error says what it is instead. */
struct mail_series *mail_read(const char *text, gsize length, GError **error);
void mail_series_free(struct mail_series *series);
typedef struct mail_series MailSeries;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MailSeries, mail_series_free)

#endif
