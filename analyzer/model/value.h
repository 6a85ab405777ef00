/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Property values and the kinds that give them meaning.
 *
 * A value is compared by meaning, never by spelling: "off", "false" and "0"
 * are one boolean, "64", "0x40" and "64B" one size.  VALUE_UNEVALUATED is a
 * state of its own: it equals nothing, not even itself.
 *
 * All strings are interned with g_intern_string() and live for ever.
 */
#ifndef QCOMPAT_MODEL_VALUE_H
#define QCOMPAT_MODEL_VALUE_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

enum value_kind {
    VALUE_ABSENT,        /* the property has no default that QEMU reports */
    VALUE_BOOL,
    VALUE_INT,           /* signed; negative values only of signed kinds */
    VALUE_UINT,
    VALUE_STRING,        /* enum name, or the text of a string kind */
    VALUE_LIST,          /* the empty list: no other is a default */
    VALUE_UNEVALUATED,   /* string holds the spelling */
};

struct value {
    enum value_kind kind;
    union {
        bool boolean;
        int64_t integer;
        uint64_t uinteger;
        const char *string;
    };
};

/* How the setter of a kind reads text (hw/core/qdev-properties.c, qapi/). */
enum value_syntax {
    SYNTAX_OPAQUE,       /* custom setter: text is compared as text */
    SYNTAX_BOOL,         /* on off yes no true false y n (qapi_bool_parse) */
    SYNTAX_INT,          /* signed integer of `bits` (qemu_strtoi64) */
    SYNTAX_UINT,         /* unsigned integer of `bits` (qemu_strtou64) */
    SYNTAX_SIZE,         /* integer with suffix B K M G T P E (qemu_strtosz) */
    SYNTAX_ENUM,         /* one of `names` (qapi_enum_parse) */
    SYNTAX_STRING,       /* any text is accepted */
};

/*
 * A property kind: one PropertyInfo of the tree.  `name` is the type that QMP
 * reports ("uint16", "OnOffAuto"), `info` the C variable ("qdev_prop_uint16").
 */
struct property_kind {
    const char *name;
    const char *info;            /* NULL: class or instance property */
    enum value_syntax syntax;
    unsigned bits;               /* width of integers: 8, 16, 32, 64; else 0 */
    const char *const *names;    /* NULL-terminated enum names, or NULL */
};

/* Whether KIND takes on, off and auto: QEMU's OnOffAuto. */
bool kind_is_on_off_auto(const struct property_kind *kind);

/* Whether VALUE of KIND says on or off: a flag, or 0 or 1 of a number. */
bool value_is_switch(const struct property_kind *kind,
                     const struct value *value);

/*
 * Parses TEXT as QEMU's string visitor and the setter of KIND would.
 * Returns false where the setter would refuse it (QEMU aborts on such a
 * compat entry).  SYNTAX_OPAQUE and SYNTAX_STRING accept everything.
 * *ret is untouched on failure.
 */
bool value_parse(const struct property_kind *kind, const char *text,
                 struct value *ret);

/*
 * Equality by meaning: a signed and an unsigned integer of one value are
 * equal, and so are -1 and all ones of the kind's width when KIND is given.
 * Anything unevaluated is equal to nothing.
 */
bool value_equal(const struct property_kind *kind, const struct value *a,
                 const struct value *b);

/* As the user writes it in a compat entry ("on", "1", "auto"); free it. */
char *value_to_text(const struct value *value);

static inline struct value value_absent(void)
{
    return (struct value){ .kind = VALUE_ABSENT };
}

static inline struct value value_bool(bool b)
{
    return (struct value){ .kind = VALUE_BOOL, .boolean = b };
}

static inline struct value value_int(int64_t i)
{
    return (struct value){ .kind = VALUE_INT, .integer = i };
}

static inline struct value value_uint(uint64_t u)
{
    return (struct value){ .kind = VALUE_UINT, .uinteger = u };
}

static inline struct value value_string(const char *s)
{
    return (struct value){ .kind = VALUE_STRING,
                           .string = g_intern_string(s) };
}

static inline struct value value_list(void)
{
    return (struct value){ .kind = VALUE_LIST };
}

static inline struct value value_unevaluated(const char *spelling)
{
    return (struct value){ .kind = VALUE_UNEVALUATED,
                           .string = g_intern_string(spelling) };
}

#endif
