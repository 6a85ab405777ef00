/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef QCOMPAT_CHECK_HOST_SIDE_H
#define QCOMPAT_CHECK_HOST_SIDE_H

#include <stdbool.h>

/* Why the property NAME only chooses a mechanism of the host, which neither
 * the guest nor the migration stream can see; NULL where nothing says so. */
const char *host_side_reason(const char *name);

#endif
