/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "extract/parse.h"

#include "extract/clang-auto.h"
#include "extract/hollow.h"
#include "extract/lower.h"

#include <string.h>

static void add_unsaved(GArray *files, GHashTable *seen,
                        const GPtrArray *closure)
{
    for (guint i = 0; i < closure->len; i++) {
        const struct tree_file *file = g_ptr_array_index(closure, i);
        gsize len;
        const char *text = g_bytes_get_data(file->content->bytes, &len);
        struct CXUnsavedFile unsaved = { file->path, text ? text : "", len };

        if (g_hash_table_add(seen, (gpointer)file->path)) {
            g_array_append_val(files, unsaved);
        }
    }
}

static GArray *unsaved_files(const GPtrArray *closure,
                             const GPtrArray *prefix)
{
    GArray *files = g_array_new(FALSE, FALSE, sizeof(struct CXUnsavedFile));
    g_autoptr(GHashTable) seen = g_hash_table_new(NULL, NULL);

    add_unsaved(files, seen, closure);
    if (prefix) {
        add_unsaved(files, seen, prefix);
    }
    return files;
}

char *parse_overlay(const char *dir, guint n)
{
    GString *text = g_string_new("{'version': 0, 'fallthrough': 'false', "
                                 "'case-sensitive': 'true', 'roots': [");

    g_string_append_printf(text, "{'type': 'directory', 'name': '%s', "
                           "'contents': [", dir);
    for (guint i = 0; i < n; i++) {
        g_string_append_printf(text, "%s{'type': 'file', 'name': '%u.pch', "
                               "'external-contents': '%s/%u.pch'}",
                               i ? ", " : "", i, dir, i);
    }
    g_string_append(text, "]}]}\n");
    return g_string_free(text, FALSE);
}

static GPtrArray *arguments(const struct tree_config *config,
                            const struct parse_prefix *prefix, bool use)
{
    GPtrArray *args = g_ptr_array_new();
    static const char *const tolerant[] = {
        "-Xclang", "-fallow-pch-with-compiler-errors",
    };

    for (char **arg = config->arguments; *arg; arg++) {
        g_ptr_array_add(args, *arg);
    }
    for (guint i = 0; i < G_N_ELEMENTS(tolerant); i++) {
        g_ptr_array_add(args, (gpointer)tolerant[i]);
    }
    if (prefix) {
        g_ptr_array_add(args, (gpointer)"-ivfsoverlay");
        g_ptr_array_add(args, (gpointer)prefix->overlay);
    }
    if (use) {
        g_ptr_array_add(args, (gpointer)"-include-pch");
        g_ptr_array_add(args, prefix->path);
    }
    return args;
}

static CXTranslationUnit parse(CXIndex index, const char *path,
                               const GPtrArray *args, const GArray *unsaved,
                               unsigned options, char **ret_reason)
{
    CXTranslationUnit tu = NULL;
    enum CXErrorCode code = clang_parseTranslationUnit2(
        index, path, (const char *const *)args->pdata, (int)args->len,
        (struct CXUnsavedFile *)unsaved->data, unsaved->len,
        options | CXTranslationUnit_KeepGoing, &tu);

    if (code != CXError_Success) {
        *ret_reason = g_strdup(code == CXError_Crashed ?
                               "the parser crashed" :
                               "the parser gave no translation unit");
    }
    return tu;
}

/* Text of a file for the lowering: only what was handed to the parser. */
static const char *text_of(void *opaque, const char *path, gsize *ret_len)
{
    GHashTable *texts = opaque;
    const struct CXUnsavedFile *file = g_hash_table_lookup(texts, path);

    if (!file) {
        return NULL;
    }
    *ret_len = file->Length;
    return file->Contents;
}

static GHashTable *texts_by_path(const GArray *unsaved)
{
    GHashTable *texts = g_hash_table_new(g_str_hash, g_str_equal);

    for (guint i = 0; i < unsaved->len; i++) {
        struct CXUnsavedFile *file = &g_array_index(unsaved,
                                                    struct CXUnsavedFile, i);
        const char *path = file->Filename;

        if (g_str_has_prefix(path, TREE_ROOT)) {
            path += strlen(TREE_ROOT);
        }
        g_hash_table_insert(texts, (gpointer)path, file);
    }
    return texts;
}

static bool has_errors(CXTranslationUnit tu)
{
    unsigned n = clang_getNumDiagnostics(tu);
    bool found = false;

    for (unsigned i = 0; i < n && !found; i++) {
        CXDiagnostic diagnostic = clang_getDiagnostic(tu, i);

        found = clang_getDiagnosticSeverity(diagnostic) >=
                CXDiagnostic_Error;
        clang_disposeDiagnostic(diagnostic);
    }
    return found;
}

/* How a unit is parsed. */
struct attempt {
    const struct parse_prefix *prefix;   /* NULL: as QEMU's own build would */
    const struct hollow *hollow;         /* NULL: with all bodies */
};

static GArray *files_of(const struct parse_unit *unit,
                        const struct attempt *how)
{
    GArray *files = unsaved_files(unit->closure, how->prefix ?
                                  how->prefix->closure : NULL);

    if (how->hollow) {           /* the unit's own file comes first */
        g_array_index(files, struct CXUnsavedFile, 0).Contents =
            how->hollow->text;
    }
    return files;
}

/* NULL where it cannot be parsed like that; *ret_missed: for want of bodies. */
static GBytes *try(const struct parse_unit *unit, const struct attempt *how,
                   bool *ret_missed, char **ret_reason)
{
    g_auto(CXIndex) index = clang_createIndex(1, 0);
    g_autoptr(GPtrArray) args = arguments(unit->config, unit->prefix,
                                          how->prefix);
    g_autoptr(GArray) unsaved = files_of(unit, how);
    g_auto(CXTranslationUnit) tu = parse(index, unit->file->path, args,
                                         unsaved, 0, ret_reason);

    if (!tu || (how->prefix && has_errors(tu))) {
        return NULL;
    }
    g_autoptr(GHashTable) texts = texts_by_path(unsaved);
    struct lower_options options = {
        .root = TREE_ROOT,
        .path = unit->file->blob ? unit->file->blob->path : unit->file->path,
        .functions = unit->functions,
        .targets = unit->targets, .text = text_of, .opaque = texts,
        .left_out = how->hollow ? how->hollow->left_out : NULL,
    };
    GBytes *bytes = lower_unit(tu, &options);

    *ret_missed = !bytes;
    return bytes;
}

static GBytes *parse_with(const struct parse_unit *unit,
                          const struct parse_prefix *prefix,
                          const struct hollow *hollow, bool *missed,
                          char **ret_reason)
{
    GBytes *bytes = NULL;

    if (hollow && !*missed) {
        bytes = try(unit, &(struct attempt){ prefix, hollow }, missed,
                    ret_reason);
    }
    if (!bytes && (!hollow || *missed)) {
        bytes = try(unit, &(struct attempt){ prefix, NULL },
                    &(bool){ false }, ret_reason);
    }
    return bytes;
}

/*
 * The prefix holds headers that the unit does not include itself; where the
 * two do not get along the unit is parsed again without it.
 */
GBytes *parse_unit(const struct parse_unit *unit, char **ret_reason)
{
    gsize length;
    const char *text = g_bytes_get_data(unit->file->content->bytes, &length);
    g_autoptr(Hollow) hollow =
        unit->functions ? NULL : hollow_new(text ? text : "", length);
    bool missed = false;

    if (unit->prefix && unit->prefix->built) {
        GBytes *bytes = parse_with(unit, unit->prefix, hollow, &missed,
                                   ret_reason);

        if (bytes) {
            return bytes;
        }
        g_clear_pointer(ret_reason, g_free);
    }
    return parse_with(unit, NULL, hollow, &missed, ret_reason);
}

GBytes *parse_prefix(struct tree_config *config,
                     const struct parse_prefix *prefix, char **ret_reason)
{
    g_auto(CXIndex) index = clang_createIndex(0, 0);
    g_autoptr(GPtrArray) args = arguments(config, prefix, false);
    g_autoptr(GArray) unsaved = unsaved_files(prefix->closure, NULL);

    g_ptr_array_add(args, (gpointer)"-xc-header");
    g_auto(CXTranslationUnit) tu = parse(index, prefix->header->path, args,
                                         unsaved,
                                         CXTranslationUnit_Incomplete |
                                         CXTranslationUnit_ForSerialization,
                                         ret_reason);

    if (!tu) {
        return NULL;
    }
    int code = clang_saveTranslationUnit(tu, prefix->path, 0);

    if (code != CXSaveError_None) {
        *ret_reason = g_strdup_printf("cannot save the precompiled prefix: "
                                      "error %d", code);
        return NULL;
    }
    return g_bytes_new(NULL, 0);
}
