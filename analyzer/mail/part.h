/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A mail as text, and text as a patch.  For analyzer/mail only. */
#ifndef QCOMPAT_MAIL_PART_H
#define QCOMPAT_MAIL_PART_H

#include "mail/mail.h"

/* Calls FN for every message of the mbox or the single message TEXT: subject
 * and body are decoded, in UTF-8. */
typedef void mail_message_fn(const char *subject, const char *body,
                             void *opaque);
void mail_foreach(const char *text, gsize length, mail_message_fn *fn,
                  void *opaque);

/* Whether TEXT starts as an mbox or a message does. */
bool mail_is_mail(const char *text, gsize length);

/* A patch of SUBJECT and BODY; NULL where BODY has no diff. */
struct mail_patch *mail_patch_new(const char *subject, const char *body);
void mail_patch_free(struct mail_patch *patch);

#endif
