/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef QCOMPAT_VERIFY_JSON_H
#define QCOMPAT_VERIFY_JSON_H

#include "model/value.h"

#include <jansson.h>

/* A line of QMP; NULL where it is no JSON.  Whole numbers beyond jansson's
 * range become strings that start with U+0001 (see snapshot/snapshot.h). */
json_t *exact_json_parse(const char *line, size_t length);

/* A default as QMP reports it; VALUE_ABSENT for NULL. */
struct value value_from_json(const json_t *json);

#endif
