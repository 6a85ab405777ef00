/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Whether a migration stream has a part at all. */
#ifndef QCOMPAT_CHECK_SENT_H
#define QCOMPAT_CHECK_SENT_H

#include "model/facts.h"

/* Whether VMSTATE is in every stream of DEVICE on MACHINE, both of FACTS,
 * whatever the guest does.  DEVICE may be NULL: a section of its own. */
bool stream_is_always_sent(const struct facts *facts,
                           const struct machine *machine,
                           const struct qom_type *device,
                           const struct vmstate *vmstate);

#endif
