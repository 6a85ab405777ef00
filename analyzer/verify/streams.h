/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Where the facts and `qemu -dump-vmstate` differ about migration streams.
 */
#ifndef QCOMPAT_VERIFY_STREAMS_H
#define QCOMPAT_VERIFY_STREAMS_H

#include "model/facts.h"

#include <jansson.h>

/* What differs in one description, in whatever devices it is. */
struct stream_difference {
    char *text;              /* one clause: "3 fields in the facts, 4 in …" */
    const char *state;       /* name of the description, or the device */
    struct location loc;     /* in the facts; file NULL: not there */
    GPtrArray *devices;      /* const char *, sorted */
};

struct stream_comparison {
    GPtrArray *differences;  /* struct stream_difference *, by description */
    const char *machine;     /* its name, whatever alias was asked for */
    unsigned n_devices;      /* that QEMU has a section for */
    unsigned n_states;       /* different descriptions among those */
    unsigned n_found, n_equal;   /* of these, in the facts; without any
                                    difference */
    unsigned n_fields;
};

/*
 * DUMP is what QEMU wrote for one machine type.  NULL and an error where it is
 * no such dump, or the facts have no such machine type.
 */
struct stream_comparison *stream_comparison_new(const struct facts *facts,
                                                const json_t *dump,
                                                GError **error);
void stream_comparison_free(struct stream_comparison *comparison);
typedef struct stream_comparison StreamComparison;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(StreamComparison, stream_comparison_free)

/* Text, a line or two per difference; VERBOSE names every device. */
void stream_comparison_to_text(const struct stream_comparison *comparison,
                               bool verbose, GString *out);
void stream_comparison_to_json(const struct stream_comparison *comparison,
                               const char *version, GString *out);

#endif
