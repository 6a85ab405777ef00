/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "extract/parse.h"

#include "extract/clang-auto.h"
#include "extract/collide.h"
#include "extract/hollow.h"
#include "extract/lower.h"

#include <string.h>

/* Takes away macros of a prefix. */
#define UNDEFINE TREE_GEN "undefine.h"
/* Macros may hide behind others. */
#define MAX_ROUNDS 4

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

char *parse_overlay(const char *dir, const char *name)
{
    return g_strdup_printf("{'version': 0, 'fallthrough': 'false', "
                           "'case-sensitive': 'true', 'roots': ["
                           "{'type': 'directory', 'name': '%s', 'contents': ["
                           "{'type': 'file', 'name': '%s', "
                           "'external-contents': '%s/%s'}]}]}\n",
                           dir, name, dir, name);
}

static void add_arguments(GPtrArray *args, const char *option,
                          const char *value)
{
    g_ptr_array_add(args, (gpointer)option);
    g_ptr_array_add(args, (gpointer)value);
}

static GPtrArray *arguments(const struct tree_config *config,
                            const char *overlay)
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
    if (overlay) {
        add_arguments(args, "-ivfsoverlay", overlay);
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

/* How a unit is parsed. */
struct attempt {
    const struct parse_prefix *prefix;   /* NULL: as QEMU's own build would */
    const struct hollow *hollow;         /* NULL: with all bodies */
    GHashTable *macros;                  /* of the prefix, to be undefined */
    char *undefine;                      /* … by this text */
    bool common;                         /* as code for no target */
    bool odd;                            /* it does not parse */
};

/* Without these, headers keep what is for one target to themselves. */
static const char *const not_common[] = {
    "-UNEED_CPU_H", "-UCOMPILING_PER_TARGET",
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
    if (how->undefine) {
        struct CXUnsavedFile undefine = {
            UNDEFINE, how->undefine, strlen(how->undefine),
        };

        g_array_append_val(files, undefine);
    }
    return files;
}

static CXTranslationUnit parse_once(CXIndex index,
                                    const struct parse_unit *unit,
                                    const struct attempt *how,
                                    const GArray *unsaved, char **ret_reason)
{
    g_autoptr(GPtrArray) args = arguments(unit->config, unit->overlay);

    if (how->prefix) {
        add_arguments(args, "-include-pch", how->prefix->path);
    }
    if (how->undefine) {
        add_arguments(args, "-include", UNDEFINE);
    }
    for (guint i = 0; how->common && i < G_N_ELEMENTS(not_common); i++) {
        g_ptr_array_add(args, (gpointer)not_common[i]);
    }
    return parse(index, unit->file->path, args, unsaved, 0, ret_reason);
}

static GBytes *lower(const struct parse_unit *unit, const struct hollow *hollow,
                     CXTranslationUnit tu, const GArray *unsaved)
{
    g_autoptr(GHashTable) texts = texts_by_path(unsaved);
    struct lower_options options = {
        .root = TREE_ROOT,
        .path = unit->file->blob ? unit->file->blob->path : unit->file->path,
        .functions = unit->functions,
        .targets = unit->targets, .text = text_of, .opaque = texts,
        .left_out = hollow ? hollow->left_out : NULL,
    };

    return lower_unit(tu, &options);
}

static GHashTable *paths_of(const GPtrArray *closure)
{
    GHashTable *paths = g_hash_table_new(NULL, NULL);

    for (guint i = 0; i < closure->len; i++) {
        const struct tree_file *file = closure->pdata[i];

        g_hash_table_add(paths, (gpointer)file->path);
    }
    return paths;
}

/* Whether TU is as good as one without the prefix; *ret_again where it may
 * become so. */
static bool gets_along(const struct parse_unit *unit, struct attempt *how,
                       CXTranslationUnit tu, bool *ret_again)
{
    g_autoptr(GHashTable) own = paths_of(unit->closure);
    enum collision collision = collide(tu, own, how->macros);

    *ret_again = collision == COLLISION_MACROS;
    if (*ret_again) {
        g_free(how->undefine);
        how->undefine = collide_undefine(how->macros);
    }
    return collision == COLLISION_NONE;
}

static bool has_errors(CXTranslationUnit tu)
{
    unsigned n = clang_getNumDiagnostics(tu);
    bool found = false;

    for (unsigned i = 0; i < n && !found; i++) {
        CXDiagnostic diagnostic = clang_getDiagnostic(tu, i);

        found = clang_getDiagnosticSeverity(diagnostic) >= CXDiagnostic_Error;
        clang_disposeDiagnostic(diagnostic);
    }
    return found;
}

/* NULL where it cannot be parsed like that; *ret_missed: for want of bodies,
 * *ret_again: with other macros it may be. */
static GBytes *try(const struct parse_unit *unit, struct attempt *how,
                   bool *ret_missed, bool *ret_again, char **ret_reason)
{
    g_auto(CXIndex) index = clang_createIndex(1, 0);
    g_autoptr(GArray) unsaved = files_of(unit, how);
    g_auto(CXTranslationUnit) tu = parse_once(index, unit, how, unsaved,
                                              ret_reason);

    how->odd = tu && (how->common ? has_errors(tu)
                                  : !gets_along(unit, how, tu, ret_again));
    if (!tu || (how->prefix && how->odd)) {
        return NULL;
    }
    GBytes *bytes = lower(unit, how->hollow, tu, unsaved);

    *ret_missed = !bytes;
    return bytes;
}

/* *MISSED: bodies that HOLLOW leaves out are wanted. */
static GBytes *parse_with(const struct parse_unit *unit,
                          const struct parse_prefix *prefix, bool common,
                          const struct hollow *hollow, bool *missed,
                          bool *ret_odd, char **ret_reason)
{
    g_autoptr(GHashTable) macros = g_hash_table_new(NULL, NULL);
    struct attempt how = {
        .prefix = prefix, .macros = macros, .common = common,
    };
    GBytes *bytes = NULL;
    bool again = true;

    for (guint i = 0; i < MAX_ROUNDS && !bytes && again; i++) {
        bool had = *missed;

        how.hollow = had ? NULL : hollow;
        again = false;
        bytes = try(unit, &how, missed, &again, ret_reason);
        again |= hollow && *missed && !had;
    }
    g_free(how.undefine);
    *ret_odd = how.odd;
    return bytes;
}

/* Without a prefix.  What does not parse as code for a target may be code for
 * none: headers that see NEED_CPU_H define names that it has for its own. */
static GBytes *parse_alone(const struct parse_unit *unit,
                           const struct hollow *hollow, bool *missed,
                           char **ret_reason)
{
    bool odd = false;
    g_autoptr(GBytes) bytes = parse_with(unit, NULL, false, hollow, missed,
                                         &odd, ret_reason);

    if (bytes && odd) {
        g_autofree char *reason = NULL;
        g_autoptr(GBytes) common = parse_with(unit, NULL, true, hollow,
                                              missed, &odd, &reason);

        if (common && !odd) {
            return g_steal_pointer(&common);
        }
    }
    return g_steal_pointer(&bytes);
}

/*
 * The prefix holds headers that the unit does not include itself; where the
 * two do not get along the unit is parsed again without it.
 */
GBytes *parse_unit(const struct parse_unit *unit, char **ret_reason)
{
    gsize length;
    const char *text = g_bytes_get_data(unit->file->content->bytes, &length);
    g_autoptr(Hollow) hollow = hollow_new(text ? text : "", length,
                                          unit->functions);
    bool missed = false;

    if (unit->prefix && unit->prefix->built) {
        bool odd;
        GBytes *bytes = parse_with(unit, unit->prefix, false, hollow, &missed,
                                   &odd, ret_reason);

        if (bytes) {
            return bytes;
        }
        g_clear_pointer(ret_reason, g_free);
    }
    return parse_alone(unit, hollow, &missed, ret_reason);
}

GBytes *parse_prefix(struct tree_config *config,
                     const struct parse_prefix *prefix, char **ret_reason)
{
    g_auto(CXIndex) index = clang_createIndex(0, 0);
    g_autoptr(GPtrArray) args = arguments(config, prefix->overlay);
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
