/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Facts laid out flat: one item a fact, with a key that names the same thing
 * in another revision.  What `facts` lists and `diff` compares.
 */
#ifndef QCOMPAT_REPORT_ITEMS_H
#define QCOMPAT_REPORT_ITEMS_H

#include "model/facts.h"

#include <jansson.h>

struct item {
    const char *fact;        /* "type", "property", "machine" … */
    char *key;               /* unique with FACT in one revision */
    json_t *attributes;      /* an object: what could differ */
    const char *spelling;    /* of a default, or NULL */
    struct location loc;
};

/* struct item *, sorted by fact and key. */
GPtrArray *items_of_facts(const struct facts *facts);

/* -1, 0, 1: whether A comes before, is the same as, or comes after B. */
int item_compare(const struct item *a, const struct item *b);

/* Appends an attribute's value as text: JSON, without the quotes where the
 * string needs none. */
void item_append_value(GString *out, const json_t *value);
/* " name=value" for each attribute. */
void item_append_attributes(GString *out, const struct item *item);

#endif
