/* SPDX-License-Identifier: GPL-2.0-or-later */
/* libclang's values with GLib's cleanup idiom. */
#ifndef QCOMPAT_EXTRACT_CLANG_AUTO_H
#define QCOMPAT_EXTRACT_CLANG_AUTO_H

#include <clang-c/Index.h>
#include <glib.h>

static inline void clang_index_clear(CXIndex *index)
{
    clang_disposeIndex(*index);
}

static inline void clang_unit_clear(CXTranslationUnit *tu)
{
    if (*tu) {
        clang_disposeTranslationUnit(*tu);
    }
}

static inline void clang_eval_clear(CXEvalResult *result)
{
    if (*result) {
        clang_EvalResult_dispose(*result);
    }
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(CXIndex, clang_index_clear)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(CXTranslationUnit, clang_unit_clear)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(CXEvalResult, clang_eval_clear)

/* Takes STRING; interned, NULL where it is empty. */
static inline const char *clang_intern(CXString string)
{
    const char *text = clang_getCString(string);
    const char *interned = text && *text ? g_intern_string(text) : NULL;

    clang_disposeString(string);
    return interned;
}

/* Direct children of a cursor, for the constructs of which libclang tells
 * nothing but the order; free with g_array_unref(). */
static inline enum CXChildVisitResult clang_collect(CXCursor c, CXCursor p,
                                                    CXClientData data)
{
    g_array_append_val((GArray *)data, c);
    return CXChildVisit_Continue;
}

static inline GArray *clang_children(CXCursor cursor)
{
    GArray *kids = g_array_sized_new(FALSE, FALSE, sizeof(CXCursor), 4);

    clang_visitChildren(cursor, clang_collect, kids);
    return kids;
}

#define clang_child(kids, i) g_array_index(kids, CXCursor, i)

#endif
