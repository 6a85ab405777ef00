/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Lowers a parsed translation unit to IR (ir/ir.h).
 *
 * Roots are the variables of the types that registration code reads
 * (TypeInfo, Property, GlobalProperty, …), QEMU's constructors, the functions
 * that those tables name, and every function with external linkage that is
 * given an object, a class or a TypeInfo.  From there on what is called or
 * referred to comes along when this unit defines it.
 */
#ifndef QCOMPAT_EXTRACT_LOWER_H
#define QCOMPAT_EXTRACT_LOWER_H

#include "ir/ir.h"

#include <clang-c/Index.h>

/* Text of a file the parser read, NULL where unknown; borrowed. */
typedef const char *(*lower_text_fn)(void *opaque, const char *path,
                                     gsize *ret_len);

struct lower_options {
    const char *root;        /* virtual directory of the tree: "/q/src/" */
    const char *path;        /* the unit, relative to it */
    uint64_t targets;
    GHashTable *functions;   /* set of const char *: the roots, functions of
                                the unit's own file; NULL: as said above */
    lower_text_fn text;      /* takes paths relative to root */
    void *opaque;
    const GArray *left_out;  /* guint: offsets of the '{' of bodies that the
                                text lacks (hollow.h), or NULL */
};

/* Whether QOM calls what this field of a TypeInfo or the like is set to. */
bool lower_is_hook(const char *field);

/* The bytes of the unit; NULL where a body is wanted that was left out. */
GBytes *lower_unit(CXTranslationUnit tu, const struct lower_options *options);

#endif
