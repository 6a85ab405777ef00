/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cache/pack.h"

#include <stdint.h>
#include <string.h>
#include <zlib.h>

/* Facts shrink to a tenth of their size, units to the half; more effort saves
 * little more. */
#define EFFORT 1

/* What no entry can be: a length that asks for more is damage. */
#define MAX_LENGTH ((uint64_t)1 << 30)

#define CHECKSUM_BYTES 32

struct header {
    guint8 checksum[CHECKSUM_BYTES];     /* of all that follows */
    uint64_t length;
};

static void checksum(const struct header *header, gsize size,
                     guint8 ret[CHECKSUM_BYTES])
{
    g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
    gsize length = CHECKSUM_BYTES;

    g_checksum_update(sum, (const guint8 *)&header->length,
                      (gssize)(size - CHECKSUM_BYTES));
    g_checksum_get_digest(sum, ret, &length);
}

GBytes *cache_pack(const void *data, gsize length)
{
    uLongf packed = compressBound(length);
    struct header *header = g_malloc(sizeof(*header) + packed);

    header->length = length;
    if (compress2((Bytef *)(header + 1), &packed, data, length, EFFORT) !=
        Z_OK) {
        g_error("zlib has no memory");
    }
    gsize size = sizeof(*header) + packed;

    checksum(header, size, header->checksum);
    return g_bytes_new_take(header, size);
}

GBytes *cache_unpack(GBytes *entry)
{
    gsize size;
    const struct header *header = g_bytes_get_data(entry, &size);
    guint8 sum[CHECKSUM_BYTES];

    if (size < sizeof(*header)) {
        return NULL;
    }
    checksum(header, size, sum);
    if (memcmp(sum, header->checksum, sizeof(sum)) ||
        header->length > MAX_LENGTH) {
        return NULL;
    }
    uLongf length = header->length;
    g_autofree void *data = g_malloc(length + 1);

    if (uncompress(data, &length, (const Bytef *)(header + 1),
                   size - sizeof(*header)) != Z_OK ||
        length != header->length) {
        return NULL;
    }
    return g_bytes_new_take(g_steal_pointer(&data), length);
}
