/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Who looks after which file, by QEMU's MAINTAINERS.
 *
 * Mirrors scripts/get_maintainer.pl as far as F: and X: patterns go: a
 * trailing slash means everything below, a pattern matches files of its own
 * depth only.  Of several sections that match, the one with the most specific
 * pattern is the file's.
 */
#ifndef QCOMPAT_REVIEW_MAINTAINERS_H
#define QCOMPAT_REVIEW_MAINTAINERS_H

#include <glib.h>

struct maintained {
    char *title;             /* "virtio-net" */
    GPtrArray *people;       /* char *, "Name <address>": the M: lines */
    char *status;            /* "Supported", or NULL */
};

struct maintainers;

/* TEXT is the content of MAINTAINERS, or NULL: nobody is known. */
struct maintainers *maintainers_new(const char *text);
void maintainers_free(struct maintainers *maintainers);
typedef struct maintainers Maintainers;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Maintainers, maintainers_free)

/* The section that PATH belongs to, NULL where none but those for everything
 * match; borrowed. */
const struct maintained *maintainers_of(const struct maintainers *maintainers,
                                        const char *path);

#endif
