/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Putting JSON together, for analyzer/snapshot only: add_*() appends a value
 * to a list, put_*() a key and its value to an object.  Commas come by
 * themselves.
 */
#ifndef QCOMPAT_SNAPSHOT_WRITER_H
#define QCOMPAT_SNAPSHOT_WRITER_H

#include "model/facts.h"

void begin(GString *out, char bracket);
void end(GString *out, char bracket);

/* NULL becomes null. */
void add_text(GString *out, const char *text);
void add_number(GString *out, bool negative, uint64_t magnitude);
void add_bool(GString *out, bool boolean);

/* KEY is one of the contract: nothing in it needs escaping. */
void put_key(GString *out, const char *key);
void put_text(GString *out, const char *key, const char *text);
/* NAME comes from the tree. */
void put_named(GString *out, const char *name, const char *text);
void put_int(GString *out, const char *key, int number);
void put_bool(GString *out, const char *key, bool boolean);
void put_list(GString *out, const char *key, const GPtrArray *list,
              void (*add)(GString *out, const void *item));
void put_targets(GString *out, target_set set);

/* write.c: nothing for ALL_BOARDS. */
void put_boards(GString *out, const struct facts *facts, uint64_t boards);

/* write-stream.c */
void put_vmstate_uses(GString *out, const struct qom_type *type);
void put_vmstates(GString *out, const struct facts *facts);

#endif
