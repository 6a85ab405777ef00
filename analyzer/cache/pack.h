/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * An entry on disk: its checksum, the length of what is in it, and that,
 * deflated.
 */
#ifndef QCOMPAT_CACHE_PACK_H
#define QCOMPAT_CACHE_PACK_H

#include <glib.h>

GBytes *cache_pack(const void *data, gsize length);
/* NULL where ENTRY is not what cache_pack() made. */
GBytes *cache_unpack(GBytes *entry);

#endif
