/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Properties that only choose how the host does its work.
 *
 * Nothing in a declaration tells them from the ones that a guest sees, so
 * this is a list, kept short: a name is here when released devices have had
 * such a property changed or added freely and no guest could tell.
 */
#include "check/host-side.h"

#include <string.h>

static const struct {
    const char *pattern;     /* glob over the whole name */
    const char *reason;
} table[] = {
    { "ioeventfd", "it chooses how notifications reach QEMU" },
    { "iothread*", "it chooses the thread that does the work" },
    { "*timeout*", "it bounds a wait of the host" },
    { "account-*", "it configures statistics" },
    { "stats-*", "it configures statistics" },
    { "x-pixman", "it chooses a drawing library" },
    { "multifd*", "it tunes the transport of a migration" },
    { "x-max-bounce-*", "it bounds memory of the host" },
    { "max-bounce-*", "it bounds memory of the host" },
    { "drive", "it names a back end" },
    { "netdev", "it names a back end" },
    { "chardev", "it names a back end" },
    { "audiodev", "it names a back end" },
    { "x-trace*", "it controls tracing" },
    { "trace*", "it controls tracing" },
    { "debug*", "it controls debug output" },
    { "x-debug*", "it controls debug output" },
};

/* The migration object decides what the stream looks like by switches;
 * its numbers are speeds, delays and sizes of buffers. */
static bool tunes_migration(const struct qom_type *type,
                            const struct property *property)
{
    return strcmp(type->name, "migration") == 0 &&
           (property->def.kind == VALUE_INT ||
            property->def.kind == VALUE_UINT);
}

const char *host_side_reason(const struct qom_type *type,
                             const struct property *property)
{
    for (gsize i = 0; i < G_N_ELEMENTS(table); i++) {
        if (g_pattern_match_simple(table[i].pattern, property->name)) {
            return table[i].reason;
        }
    }
    return tunes_migration(type, property) ? "it tunes the migration itself"
                                           : NULL;
}
