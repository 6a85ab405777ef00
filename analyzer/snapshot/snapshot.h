/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Facts as JSON, schema 1: what `qcompat facts` prints, what `-o` writes and
 * what the cache keeps.  Written in a fixed order: same facts, same bytes.
 */
#ifndef QCOMPAT_SNAPSHOT_SNAPSHOT_H
#define QCOMPAT_SNAPSHOT_SNAPSHOT_H

#include "model/facts.h"

#include <jansson.h>

/* The documented JSON of FACTS; a new reference. */
json_t *facts_to_json(const struct facts *facts);
/* Sealed facts; NULL and QC_ERROR_CONFIG where JSON is no snapshot. */
struct facts *facts_from_json(const json_t *json, GError **error);

/* A value as the contract has it: true, 64, "auto", null where absent,
 * {"unevaluated": "EXPR"}. */
json_t *value_to_json(const struct value *value);

/* Whole files; written to a temporary name and renamed. */
bool snapshot_write(const struct facts *facts, const char *path,
                    GError **error);
struct facts *snapshot_read(const char *path, GError **error);

#endif
