/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Facts as JSON, schema 1: what `qcompat facts` prints, what `-o` writes and
 * what the cache keeps.  Written in a fixed order: same facts, same bytes.
 */
#ifndef QCOMPAT_SNAPSHOT_SNAPSHOT_H
#define QCOMPAT_SNAPSHOT_SNAPSHOT_H

#include "model/facts.h"

#include <jansson.h>

/* The documented JSON of FACTS, on one line with its end. */
void facts_append_json(const struct facts *facts, GString *out);
/* Sealed facts; NULL and QC_ERROR_CONFIG where TEXT is no snapshot.  It may
 * come from anywhere: whatever it holds, this returns. */
struct facts *facts_from_text(const char *text, size_t length,
                              GError **error);

/* The same of a tree that differs from that of TEXT by where things stand.
 * MOVES: interned path → table of its lines, old → new (GINT_TO_POINTER);
 * NULL and an error where a line is not in it. */
struct facts *facts_from_text_moved(const char *text, size_t length,
                                    GHashTable *moves, GError **error);

/* A value as the contract has it: true, 64, "auto", null where absent,
 * {"unevaluated": "EXPR"}.  Print what holds it with exact_json_dump(). */
json_t *value_to_json(const struct value *value);

/* TEXT as a JSON string, null where it is NULL; bytes that are no UTF-8 are
 * replaced. */
json_t *text_to_json(const char *text);

/*
 * jansson's integers have a sign.  Numbers from 2^63 to 2^64 - 1 (the usual
 * "no limit" of 64-bit properties) live in a json_t as strings that start
 * with U+0001; exact_json_dump() prints their digits.
 */
json_t *uint_to_json(uint64_t number);

/* json_dumps() with whole unsigned numbers. */
char *exact_json_dump(const json_t *json, size_t flags);

/* Whole files; written to a temporary name and renamed. */
bool snapshot_write(const struct facts *facts, const char *path,
                    GError **error);
struct facts *snapshot_read(const char *path, GError **error);

#endif
