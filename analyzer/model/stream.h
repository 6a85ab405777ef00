/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a migration stream is made of: QEMU's VMStateDescriptions.
 *
 * A condition (the test of a field, `needed` of a description) is kept as the
 * text of an expression in prefix form:
 *
 *     7  -1             a number
 *     v                 the version that is loaded or saved
 *     ?                 not known: state of the running machine, or code that
 *                       was not followed
 *     (field S.a.b T.b) a member, by the record that holds it, the outermost
 *                       first: a property may bind any of them
 *     (! x)  (~ x)  (- x)  (&& x y)  (|| x y)  (== x y)  (& x y) …  as in C
 *     (if c x y)        c ? x : y
 */
#ifndef QCOMPAT_MODEL_STREAM_H
#define QCOMPAT_MODEL_STREAM_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* enum VMStateFlags of QEMU, which has never changed a value. */
enum stream_flags {
    STREAM_POINTER          = 0x2,
    STREAM_ARRAY            = 0x4,
    STREAM_STRUCT           = 0x8,
    STREAM_VARRAY_INT32     = 0x10,
    STREAM_BUFFER           = 0x20,
    STREAM_ARRAY_OF_POINTER = 0x40,
    STREAM_VARRAY_UINT16    = 0x80,
    STREAM_VBUFFER          = 0x100,
    STREAM_MULTIPLY         = 0x200,
    STREAM_VARRAY_UINT8     = 0x400,
    STREAM_VARRAY_UINT32    = 0x800,
    STREAM_MUST_EXIST       = 0x1000,
    STREAM_MULTIPLY_ELEMENTS = 0x4000,
    STREAM_VSTRUCT          = 0x8000,
    STREAM_END              = 0x10000,

    /* Their number is not a constant. */
    STREAM_VARRAY = STREAM_VARRAY_INT32 | STREAM_VARRAY_UINT16 |
                    STREAM_VARRAY_UINT8 | STREAM_VARRAY_UINT32,
};

/* Not a constant, or nothing that could be evaluated. */
#define STREAM_UNKNOWN INT64_MIN

struct vmstate_field {
    const char *name;
    const char *info;        /* "vmstate_info_uint32", or NULL */
    const char *nested;      /* id of the description of its elements, or
                                NULL */
    const char *test;        /* condition, NULL = none */
    const char *test_name;   /* the function, or NULL */
    unsigned flags;          /* enum stream_flags */
    int version_id;
    int struct_version_id;
    int64_t size;            /* of an element, in memory */
    int64_t num;             /* elements, or what their number is multiplied
                                by */
    int line;                /* in the file of the description */
};

struct vmstate {
    const char *id;          /* the variable, with its file where there are
                                several of that name; unique */
    const char *name;        /* in the stream; NULL where not evaluated */
    const char *file;
    int line, column;
    int version_id, minimum_version_id;
    bool unmigratable;
    bool early_setup;
    bool unterminated;       /* its fields lack VMSTATE_END_OF_LIST */
    bool unknown;            /* some of it could not be evaluated */
    uint64_t targets;        /* a target_set */
    uint64_t boards;         /* as of types: where a function among `users` is
                                built; ALL_BOARDS = not known */
    const char *needed;      /* condition, NULL = none */
    const char *needed_name;
    GPtrArray *fields;       /* struct vmstate_field *, without the end */
    GPtrArray *subsections;  /* const char *: ids */
    GPtrArray *users;        /* const char *: functions that register it as a
                                section, "file:function" */
    GPtrArray *savers;       /* the same: that save it inside another one */
};

/* A description that a class names: "DeviceClass.vmsd". */
struct vmstate_use {
    const char *member;
    const char *id;          /* NULL: none, whatever the parent has */
};

#endif
