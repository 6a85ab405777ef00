/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A range and what it is judged with. */
#ifndef QCOMPAT_JUDGEMENT_H
#define QCOMPAT_JUDGEMENT_H

#include "session.h"

struct judgement {
    struct side *base;
    struct side *head;
    struct side *released;       /* NULL: judged against base */
    struct version released_version;
    char *released_hint;         /* why there is no release */
    struct late_search *late;    /* of a range in git, or NULL */
    const GArray *fixes;         /* struct check_fix; NULL: not known yet */
    GPtrArray *changed_paths;    /* NULL = all */
    bool subtract;               /* what BASE broke is not news */
    struct bodies *bodies;       /* NULL: nothing to look at */
    bool recalled;               /* sides have no facts: the verdict was known */
};

#endif
