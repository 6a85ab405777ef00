/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/value.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static bool parse_bool(const char *text, bool *ret)
{
    static const struct {
        const char *text;
        bool value;
    } words[] = {
        { "on", true },   { "yes", true }, { "true", true },   { "y", true },
        { "off", false }, { "no", false }, { "false", false }, { "n", false },
    };

    for (size_t i = 0; i < G_N_ELEMENTS(words); i++) {
        if (strcmp(text, words[i].text) == 0) {
            *ret = words[i].value;
            return true;
        }
    }
    return false;
}

static uint64_t unsigned_max(unsigned bits)
{
    return bits && bits < 64 ? (UINT64_C(1) << bits) - 1 : UINT64_MAX;
}

static bool parse_int(const char *text, unsigned bits, int64_t *ret)
{
    int64_t max = unsigned_max(bits) >> 1;
    char *end;

    errno = 0;
    long long value = strtoll(text, &end, 0);
    if (errno || end == text || *end || value > max || value < -max - 1) {
        return false;
    }
    *ret = value;
    return true;
}

/* As strtoull() does, a negative text wraps: "-1" is the maximum of 64 bits
 * and out of the range of every narrower kind. */
static bool parse_uint(const char *text, unsigned bits, uint64_t *ret)
{
    char *end;

    errno = 0;
    unsigned long long value = strtoull(text, &end, 0);
    if (errno || end == text || *end || value > unsigned_max(bits)) {
        return false;
    }
    *ret = value;
    return true;
}

/* The shift of a size suffix, -1 where C is none. */
static int suffix_shift(char c)
{
    static const char suffixes[] = "BKMGTPE";
    const char *at = c ? strchr(suffixes, g_ascii_toupper(c)) : NULL;

    return at ? (int)(at - suffixes) * 10 : -1;
}

/* ".digits" as 64-bit fixed point; *text moves behind it. */
static bool parse_fraction(const char **text, uint64_t *ret)
{
    double fraction = 0, unit = 1;

    for ((*text)++; g_ascii_isdigit(**text); (*text)++) {
        unit /= 10;
        fraction += (**text - '0') * unit;
    }
    if (fraction >= 1) {
        return false;
    }
    *ret = (uint64_t)(fraction * 0x1p64);
    if (*ret == 0 && fraction > 0) {
        *ret = 1;
    }
    return true;
}

/* value.fraction * 2^shift, rounded half up. */
static bool scale(uint64_t value, uint64_t fraction, int shift, uint64_t *ret)
{
    unsigned __int128 part = (unsigned __int128)fraction << shift;
    unsigned __int128 total = ((unsigned __int128)value << shift)
                              + (uint64_t)(part >> 64)
                              + ((uint64_t)part >> 63);

    /* A fraction of a byte is refused, not rounded away. */
    if ((shift == 0 && fraction) || total > UINT64_MAX) {
        return false;
    }
    *ret = (uint64_t)total;
    return true;
}

static bool is_hex(const char *text)
{
    return text[0] == '0' && (text[1] == 'x' || text[1] == 'X');
}

/* qemu_strtosz(): decimal with fraction and suffix, or hex with neither. */
static bool parse_size(const char *text, unsigned bits, uint64_t *ret)
{
    uint64_t value = 0, fraction = 0;
    char *end;

    while (g_ascii_isspace(*text)) {
        text++;
    }
    if (is_hex(text)) {
        return parse_uint(text, bits, ret);
    }
    bool digits = g_ascii_isdigit(text[*text == '+']);
    if (!digits && (*text != '.' || !g_ascii_isdigit(text[1]))) {
        return false;
    }
    errno = 0;
    if (digits) {
        value = strtoull(text, &end, 10);
        text = end;
    }
    if (errno || (*text == '.' && !parse_fraction(&text, &fraction))) {
        return false;
    }
    int shift = suffix_shift(*text);
    if (shift >= 0) {
        text++;
    }
    if (*text || !scale(value, fraction, MAX(shift, 0), &value)
        || value > unsigned_max(bits)) {
        return false;
    }
    *ret = value;
    return true;
}

/* Names that were not found out refuse nothing. */
static bool is_enum_name(const struct property_kind *kind, const char *text)
{
    return !kind->names || g_strv_contains(kind->names, text);
}

static bool parse_number(const struct property_kind *kind, const char *text,
                         struct value *ret)
{
    int64_t integer;
    uint64_t uinteger;

    if (kind->syntax == SYNTAX_INT) {
        if (!parse_int(text, kind->bits, &integer)) {
            return false;
        }
        *ret = value_int(integer);
        return true;
    }
    bool ok = kind->syntax == SYNTAX_UINT
              ? parse_uint(text, kind->bits, &uinteger)
              : parse_size(text, kind->bits, &uinteger);
    if (ok) {
        *ret = value_uint(uinteger);
    }
    return ok;
}

bool kind_is_on_off_auto(const struct property_kind *kind)
{
    const char *const *names = kind->names;

    return names && g_strv_length((char **)(uintptr_t)names) == 3 &&
           g_strv_contains(names, "on") && g_strv_contains(names, "off") &&
           g_strv_contains(names, "auto");
}

bool value_is_switch(const struct property_kind *kind,
                     const struct value *value)
{
    return kind->syntax == SYNTAX_BOOL ||
           (value->kind == VALUE_INT && (value->integer & ~1) == 0) ||
           (value->kind == VALUE_UINT && value->uinteger <= 1);
}

bool value_parse(const struct property_kind *kind, const char *text,
                 struct value *ret)
{
    bool boolean;

    switch (kind->syntax) {
    case SYNTAX_BOOL:
        if (!parse_bool(text, &boolean)) {
            return false;
        }
        *ret = value_bool(boolean);
        return true;
    case SYNTAX_INT:
    case SYNTAX_UINT:
    case SYNTAX_SIZE:
        return parse_number(kind, text, ret);
    case SYNTAX_ENUM:
        if (!is_enum_name(kind, text)) {
            return false;
        }
        break;
    case SYNTAX_OPAQUE:
    case SYNTAX_STRING:
        break;
    }
    *ret = value_string(text);
    return true;
}

static bool is_integer(const struct value *value)
{
    return value->kind == VALUE_INT || value->kind == VALUE_UINT;
}

static bool integers_equal(const struct property_kind *kind,
                           const struct value *a, const struct value *b)
{
    bool sized = kind && (kind->bits || kind->syntax == SYNTAX_INT
                          || kind->syntax == SYNTAX_UINT
                          || kind->syntax == SYNTAX_SIZE);

    if (sized) {
        return ((a->uinteger ^ b->uinteger) & unsigned_max(kind->bits)) == 0;
    }
    /* Equal bits are equal values unless only one of them has a sign. */
    return a->uinteger == b->uinteger
           && (a->kind == b->kind || a->integer >= 0);
}

/* A boolean and an integer of a boolean property: tables say 1 for true. */
static bool boolean_is(const struct value *boolean, const struct value *other)
{
    return other->uinteger == (boolean->boolean ? 1 : 0);
}

/* A custom setter's text is read the way its default is recorded. */
static bool opaque_equal(const struct value *plain, const struct value *text)
{
    const struct property_kind as = {
        .syntax = plain->kind == VALUE_BOOL ? SYNTAX_BOOL
                  : plain->kind == VALUE_INT ? SYNTAX_INT : SYNTAX_UINT,
    };
    struct value value;

    return value_parse(&as, text->string, &value)
           && value_equal(&as, plain, &value);
}

/* Values that were recorded under different kinds mean the same where KIND
 * reads their texts alike: true and "on" of an OnOffAuto. */
static bool texts_equal(const struct property_kind *kind,
                        const struct value *a, const struct value *b)
{
    g_autofree char *text_a = value_to_text(a);
    g_autofree char *text_b = value_to_text(b);
    struct value x, y;

    return value_parse(kind, text_a, &x) && value_parse(kind, text_b, &y)
           && x.kind == y.kind && value_equal(kind, &x, &y);
}

static bool kinds_differ_equal(const struct property_kind *kind,
                               const struct value *a, const struct value *b)
{
    if (kind->syntax == SYNTAX_BOOL && is_integer(a)) {
        return b->kind == VALUE_BOOL && boolean_is(b, a);
    }
    if (kind->syntax == SYNTAX_BOOL && is_integer(b)) {
        return a->kind == VALUE_BOOL && boolean_is(a, b);
    }
    if (kind->syntax == SYNTAX_OPAQUE && a->kind == VALUE_STRING) {
        return opaque_equal(b, a);
    }
    if (kind->syntax == SYNTAX_OPAQUE && b->kind == VALUE_STRING) {
        return opaque_equal(a, b);
    }
    return texts_equal(kind, a, b);
}

bool value_equal(const struct property_kind *kind, const struct value *a,
                 const struct value *b)
{
    if (a->kind == VALUE_UNEVALUATED || b->kind == VALUE_UNEVALUATED) {
        return false;
    }
    if (is_integer(a) && is_integer(b)) {
        return integers_equal(kind, a, b);
    }
    if (a->kind != b->kind) {
        return kind && a->kind != VALUE_ABSENT && b->kind != VALUE_ABSENT
               && kinds_differ_equal(kind, a, b);
    }
    switch (a->kind) {
    case VALUE_BOOL:
        return a->boolean == b->boolean;
    case VALUE_STRING:
        return a->string == b->string;
    default:
        return true;
    }
}

char *value_to_text(const struct value *value)
{
    switch (value->kind) {
    case VALUE_BOOL:
        return g_strdup(value->boolean ? "on" : "off");
    case VALUE_INT:
        return g_strdup_printf("%" G_GINT64_FORMAT, value->integer);
    case VALUE_UINT:
        return g_strdup_printf("%" G_GUINT64_FORMAT, value->uinteger);
    case VALUE_STRING:
    case VALUE_UNEVALUATED:
        return g_strdup(value->string);
    case VALUE_LIST:
        return g_strdup("[]");
    case VALUE_ABSENT:
        break;
    }
    return g_strdup("");
}
