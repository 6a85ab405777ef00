/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * JSON parser for snapshots, for analyzer/snapshot only.
 *
 * A warm run spends its time reading two or three of them, some megabytes
 * each; jansson takes five times as long.  Strings are decoded in place and
 * values live in one arena.  Numbers are whole: snapshots have no others.
 */
#ifndef QCOMPAT_SNAPSHOT_PARSE_H
#define QCOMPAT_SNAPSHOT_PARSE_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

enum jtype { J_NULL, J_FALSE, J_TRUE, J_NUMBER, J_STRING, J_ARRAY, J_OBJECT };

struct jvalue {
    enum jtype type;
    bool negative;               /* J_NUMBER: the value is -magnitude */
    const char *key;             /* in an object */
    struct jvalue *next;         /* in an array or object */
    union {
        uint64_t magnitude;
        const char *text;
        struct jvalue *first;
    };
    struct jvalue *hint;         /* where jvalue_get() goes on looking */
};

struct jdoc;

/* Takes TEXT, which is changed.  NULL and QC_ERROR_CONFIG for no JSON. */
struct jdoc *jdoc_new(char *text, size_t length, GError **error);
void jdoc_free(struct jdoc *doc);
typedef struct jdoc JDoc;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(JDoc, jdoc_free)

struct jvalue *jdoc_root(struct jdoc *doc);

/* The value of KEY in an object; NULL where there is none or VALUE is no
 * object (NULL included).  Fast when keys are asked for in their order. */
struct jvalue *jvalue_get(struct jvalue *value, const char *key);

static inline const char *jvalue_text(const struct jvalue *value)
{
    return value && value->type == J_STRING ? value->text : NULL;
}

#endif
