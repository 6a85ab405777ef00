/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "extract/collide.h"

#include "base/sorted.h"
#include "extract/clang-auto.h"

#include <stdbool.h>
#include <string.h>

/* Something is missing: more declarations cannot be the reason. */
static bool is_want(const char *error)
{
    static const char *const starts[] = {
        "use of undeclared identifier", "unknown type name",
        "no member named",
    };

    for (guint i = 0; i < G_N_ELEMENTS(starts); i++) {
        if (g_str_has_prefix(error, starts[i])) {
            return true;
        }
    }
    return g_str_has_suffix(error, "file not found");
}

/* "expanded from macro 'NAME'": the name, interned; NULL where NOTE says
 * something else. */
static const char *expanded_macro(CXDiagnostic note)
{
    static const char start[] = "expanded from macro '";
    const char *text = clang_intern(clang_getDiagnosticSpelling(note));

    if (!text || !g_str_has_prefix(text, start)) {
        return NULL;
    }
    g_autofree char *name = g_strdup(text + strlen(start));

    name[strcspn(name, "'")] = '\0';
    return g_intern_string(name);
}

static bool lies_in(CXDiagnostic note, GHashTable *paths)
{
    CXFile file;

    clang_getSpellingLocation(clang_getDiagnosticLocation(note), &file, NULL,
                              NULL, NULL);
    const char *path = file ? clang_intern(clang_getFileName(file)) : NULL;

    return !path || g_hash_table_contains(paths, path);
}

/* True where ERROR comes of a macro that is not OWN, nor known yet. */
static bool add_macros(CXDiagnostic error, GHashTable *own,
                       GHashTable *macros)
{
    CXDiagnosticSet notes = clang_getChildDiagnostics(error);
    unsigned n = clang_getNumDiagnosticsInSet(notes);
    bool found = false;

    for (unsigned i = 0; i < n; i++) {
        CXDiagnostic note = clang_getDiagnosticInSet(notes, i);
        const char *name = expanded_macro(note);

        if (name && !lies_in(note, own)) {
            found |= g_hash_table_add(macros, (gpointer)name);
        }
        clang_disposeDiagnostic(note);
    }
    clang_disposeDiagnosticSet(notes);
    return found;
}

enum collision collide(CXTranslationUnit tu, GHashTable *own,
                       GHashTable *macros)
{
    unsigned n = clang_getNumDiagnostics(tu);
    guint had = g_hash_table_size(macros);
    bool other = false;

    for (unsigned i = 0; i < n; i++) {
        CXDiagnostic diagnostic = clang_getDiagnostic(tu, i);

        if (clang_getDiagnosticSeverity(diagnostic) >= CXDiagnostic_Error) {
            const char *text =
                clang_intern(clang_getDiagnosticSpelling(diagnostic));

            other |= !add_macros(diagnostic, own, macros) &&
                     !(text && is_want(text));
        }
        clang_disposeDiagnostic(diagnostic);
    }
    return g_hash_table_size(macros) > had ? COLLISION_MACROS :
           other ? COLLISION_OTHER : COLLISION_NONE;
}

char *collide_undefine(GHashTable *macros)
{
    g_autoptr(GPtrArray) names = sorted_keys(macros);
    GString *text = g_string_new(NULL);

    for (guint i = 0; i < names->len; i++) {
        g_string_append_printf(text, "#undef %s\n",
                               (const char *)names->pdata[i]);
    }
    return g_string_free(text, FALSE);
}
