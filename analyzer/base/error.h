/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The error domain of the whole program.
 *
 * Operations that can fail for the user's reasons (bad revision, unreadable
 * object, missing file) take a trailing GError ** and return false or NULL.
 * The message says what went wrong, where, and what to do; it is lower case,
 * has no full stop and quotes its subject: "cannot read 'x': no such file".
 * Source that is not understood is no error but a gap (model/facts.h).
 */
#ifndef QCOMPAT_BASE_ERROR_H
#define QCOMPAT_BASE_ERROR_H

#include <glib.h>

enum qc_error {
    QC_ERROR_USAGE,       /* the call itself is wrong */
    QC_ERROR_GIT,         /* no repository, unknown revision, broken object */
    QC_ERROR_MISSING,     /* history or objects that a fetch would bring */
    QC_ERROR_IO,          /* a file could not be read or written */
    QC_ERROR_CONFIG,      /* configuration or snapshot not understood */
    QC_ERROR_INTERNAL,    /* a worker or the parser could not be started */
};

#define QC_ERROR qc_error_quark()
GQuark qc_error_quark(void);

#endif
