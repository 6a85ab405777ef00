/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Devices by what they have inside: virtio-net-pci and virtio-net-ccw hand on
 * the properties of a virtio-net-device, and are what a user plugs.
 */
#ifndef QCOMPAT_REVIEW_WRAPPERS_H
#define QCOMPAT_REVIEW_WRAPPERS_H

#include "model/facts.h"

struct wrappers;

/* Of what MACHINE can have; FACTS must outlive it. */
struct wrappers *wrappers_new(const struct facts *facts,
                              const struct machine *machine);
void wrappers_free(struct wrappers *wrappers);

/* const char *, or NULL: nothing has a device NAME (interned) inside. */
const GPtrArray *wrappers_of(const struct wrappers *wrappers,
                             const char *name);

#endif
