/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef QCOMPAT_CHECK_HOST_SIDE_H
#define QCOMPAT_CHECK_HOST_SIDE_H

#include "model/facts.h"

/* Why PROPERTY of TYPE only chooses a mechanism of the host, which neither the
 * guest nor the migration stream can see; NULL where nothing says so. */
const char *host_side_reason(const struct qom_type *type,
                             const struct property *property);

#endif
