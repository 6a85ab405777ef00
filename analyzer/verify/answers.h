/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a running QEMU says about itself over QMP: its types, the properties
 * of its devices and its machine types.
 */
#ifndef QCOMPAT_VERIFY_ANSWERS_H
#define QCOMPAT_VERIFY_ANSWERS_H

#include "model/facts.h"

#include <jansson.h>

struct answer_property {
    const char *name;
    const char *kind;        /* "uint32", "OnOffAuto", "link<irq>" */
    struct value def;        /* VALUE_ABSENT where QEMU reports none */
};

struct answer_type {
    const char *name;
    const char *parent;      /* NULL where QEMU does not say */
    bool abstract;
    bool device;
    GArray *properties;      /* struct answer_property, in QEMU's order; NULL
                                where they were not asked for or not told */
    const char *silence;     /* why they were not told, or NULL */
};

struct answer_machine {
    const char *name;
    const char *alias;
    bool deprecated;
    GPtrArray *compat;       /* struct compat_entry *; NULL: not told */
};

struct answers {
    const char *binary;
    const char *target;      /* "x86_64" */
    const char *version;     /* "7.2.22" */
    const char *package;     /* "Debian 1:7.2+…", often empty */
    GPtrArray *types;        /* struct answer_type *, by name */
    GPtrArray *machines;     /* struct answer_machine *, by name */
    bool tells_defaults;     /* QEMU 2.12 and later do */
    bool tells_compat;       /* QEMU 9.1 and later do */
};

struct answers *answers_new(void);
void answers_free(struct answers *answers);
typedef struct answers Answers;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Answers, answers_free)

struct answer_type *answers_add_type(struct answers *answers,
                                     const char *name);
/* Also makes TYPE one whose properties were told. */
void answer_type_add_property(struct answer_type *type, const char *name,
                              const char *kind, struct value def);
struct answer_machine *answers_add_machine(struct answers *answers,
                                           const char *name);
/* Brings types and machines into their order. */
void answers_sort(struct answers *answers);
/* After answers_sort(); NULL where there is none. */
const struct answer_type *answers_type(const struct answers *answers,
                                       const char *name);
const struct answer_machine *answers_machine(const struct answers *answers,
                                             const char *name);

/*
 * Starts BINARY, asks it all and ends it.  A binary that dies over a type is
 * started again, and that type has no properties but a reason.  Fails where
 * it cannot be started, is no QEMU or stops answering.
 *
 * SIGINT, SIGTERM and SIGHUP end the binary first and reach the caller's
 * handlers (or end it) afterwards.
 */
struct answers *answers_ask(const char *binary, GError **error);

/* What `BINARY -machine MACHINE -dump-vmstate` writes, a new reference; the
 * same of signals. */
json_t *answers_dump_vmstate(const char *binary, const char *machine,
                             GError **error);

#endif
