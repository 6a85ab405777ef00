/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "check/compare.h"

#include <string.h>

bool value_is_zero(const struct property_kind *kind, const struct value *v)
{
    switch (v->kind) {
    case VALUE_ABSENT:
    case VALUE_LIST:
        return true;
    case VALUE_BOOL:
        return !v->boolean;
    case VALUE_INT:
        return v->integer == 0;
    case VALUE_UINT:
        return v->uinteger == 0;
    case VALUE_STRING:
        if (kind->syntax == SYNTAX_ENUM && kind->names && kind->names[0]) {
            return strcmp(v->string, kind->names[0]) == 0;
        }
        return !*v->string;
    case VALUE_UNEVALUATED:
        return false;
    }
    return false;
}

bool value_is_all_ones(const struct property_kind *kind,
                       const struct value *v)
{
    unsigned bits = kind->bits ? kind->bits : 64;

    if (v->kind == VALUE_INT) {
        return v->integer == -1;
    }
    return v->kind == VALUE_UINT &&
           v->uinteger == (bits >= 64 ? UINT64_MAX
                                      : (UINT64_C(1) << bits) - 1);
}

static bool kinds_agree(const struct property_kind *a,
                        const struct property_kind *b)
{
    return a->syntax == b->syntax && a->bits == b->bits;
}

/* A value as the setter of another kind understands its text. */
static bool same_across_kinds(const struct value *a,
                              const struct property_kind *kind,
                              const struct value *b)
{
    g_autofree char *text = value_to_text(a);
    struct value read;

    if (value_parse(kind, text, &read) && value_equal(kind, &read, b)) {
        return true;
    }
    /* Flags that became numbers, and back. */
    if (a->kind == VALUE_BOOL && b->kind == VALUE_UINT) {
        return b->uinteger == a->boolean;
    }
    return a->kind == VALUE_UINT && b->kind == VALUE_BOOL &&
           a->uinteger == b->boolean;
}

enum same values_same(const struct property *old, const struct value *a,
                      const struct property *new, const struct value *b)
{
    if (a->kind == VALUE_UNEVALUATED || b->kind == VALUE_UNEVALUATED) {
        bool same_text = a->kind == b->kind
            ? a->string == b->string
            : old->spelling && old->spelling == new->spelling;

        return same_text ? SAME_YES : SAME_UNKNOWN;
    }
    if (a->kind == VALUE_ABSENT || b->kind == VALUE_ABSENT) {
        return value_is_zero(old->kind, a) && value_is_zero(new->kind, b)
               ? SAME_YES : SAME_UNKNOWN;
    }
    if (a->kind == VALUE_LIST || b->kind == VALUE_LIST) {
        /* Before v8.2 the length of a list was a number. */
        return value_is_zero(old->kind, a) && value_is_zero(new->kind, b)
               ? SAME_YES : SAME_NO;
    }
    if (kinds_agree(old->kind, new->kind)) {
        return value_equal(new->kind, a, b) ? SAME_YES : SAME_NO;
    }
    return same_across_kinds(a, new->kind, b) ? SAME_YES : SAME_NO;
}
