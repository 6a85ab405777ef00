/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One QEMU process that does nothing but answer QMP.
 *
 * It runs with -machine none, but for a dump, in a process group of its own and
 * dies with us; its socket lies in a private directory that goes away with it.
 */
#ifndef QCOMPAT_VERIFY_QEMU_H
#define QCOMPAT_VERIFY_QEMU_H

#include <glib.h>
#include <jansson.h>
#include <stdbool.h>

struct qemu;

/* How a question ended; everything but QEMU_ANSWERED comes with an error. */
enum qemu_outcome {
    QEMU_ANSWERED,
    QEMU_REFUSED,            /* QMP error: it lives and takes the next one */
    QEMU_DIED,               /* also when it did not answer in time */
    QEMU_INTERRUPTED,        /* the user wants us to stop */
};

/*
 * Starts BINARY and waits until it is ready; SIGNAL_FD becomes readable when
 * the user wants to stop.  *RET_GREETING is what QMP says first.  NULL where
 * BINARY cannot be started or is no QEMU.
 */
struct qemu *qemu_start(const char *binary, int signal_fd,
                        json_t **ret_greeting, enum qemu_outcome *ret_outcome,
                        GError **error);

/* Ends it, whatever it does. */
void qemu_stop(struct qemu *qemu);
typedef struct qemu Qemu;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Qemu, qemu_stop)

/*
 * Executes COMMAND with ARGUMENTS (taken over; may be NULL); *RET is what it
 * returned, a new reference, in QEMU_ANSWERED only.
 */
enum qemu_outcome qemu_execute(struct qemu *qemu, const char *command,
                               json_t *arguments, json_t **ret,
                               GError **error);

/*
 * What BINARY writes about the migration streams of MACHINE when it is asked
 * to do nothing else; a new reference, or NULL where it does not.
 */
json_t *qemu_dump_vmstate(const char *binary, const char *machine,
                          int signal_fd, GError **error);

#endif
