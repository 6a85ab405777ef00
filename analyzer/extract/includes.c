/* SPDX-License-Identifier: GPL-2.0-or-later */
#define PCRE2_CODE_UNIT_WIDTH 8
#include "extract/includes.h"

#include <pcre2.h>
#include <string.h>

static const char *skip_blank(const char *at, const char *end)
{
    while (at < end && (*at == ' ' || *at == '\t')) {
        at++;
    }
    return at;
}

/* Where the operand of directive WORD starts that stands at AT, or NULL. */
static const char *operand(const char *at, const char *end, const char *word)
{
    gsize len = strlen(word);

    if ((gsize)(end - at) <= len || memcmp(at, word, len)) {
        return NULL;
    }
    return skip_blank(at + len, end);
}

/* Behind the name of the macro that is defined AT. */
static const char *skip_name(const char *at, const char *end)
{
    while (at < end && (g_ascii_isalnum(*at) || *at == '_')) {
        at++;
    }
    return skip_blank(at, end);
}

/* The quoted name AT, quotes included, or NULL. */
static char *quoted_name(const char *at, const char *end)
{
    if (at >= end || (*at != '"' && *at != '<')) {
        return NULL;
    }
    char closing = *at == '"' ? '"' : '>';

    for (const char *to = at + 1; to < end && *to != '\n'; to++) {
        if (*to == closing) {
            return g_strndup(at, (gsize)(to - at) + 1);
        }
    }
    return NULL;
}

/*
 * The name in the directive that starts at the '#', or NULL.  A macro that
 * holds the name of a header is there to be included.
 */
static const char *included(const char *at, const char *end)
{
    at = skip_blank(at + 1, end);
    const char *name = operand(at, end, "include");
    const char *macro = name ? NULL : operand(at, end, "define");

    if (!name && !macro) {
        return NULL;
    }
    g_autofree char *quoted = quoted_name(name ? name : skip_name(macro, end),
                                          end);

    if (!quoted || (macro && !g_str_has_suffix(quoted, ".h\"") &&
                    !g_str_has_suffix(quoted, ".inc\""))) {
        return NULL;
    }
    return strstr(quoted, "..") && g_path_is_absolute(quoted + 1) ? NULL :
           g_intern_string(quoted);
}

GPtrArray *includes_scan(const char *text, gsize len)
{
    GPtrArray *names = g_ptr_array_new();
    const char *end = text + len, *at = text;

    while ((at = memchr(at, '#', (gsize)(end - at)))) {
        const char *name = included(at, end);

        if (name) {
            g_ptr_array_add(names, (gpointer)name);
        }
        at++;
    }
    return names;
}

bool includes_guarded(const char *text, gsize len)
{
    static const char *const guards[] = {
        "#ifndef", "#pragma once", "# ifndef", "#if !defined",
    };

    for (guint i = 0; i < G_N_ELEMENTS(guards); i++) {
        if (memmem(text, len, guards[i], strlen(guards[i]))) {
            return true;
        }
    }
    return false;
}

bool includes_equal(const GPtrArray *a, const GPtrArray *b)
{
    for (guint i = 0; a->len == b->len && i < a->len; i++) {
        if (a->pdata[i] != b->pdata[i]) {
            return false;
        }
    }
    return a->len == b->len;
}

bool includes_have_parts(const GPtrArray *names)
{
    for (guint i = 0; i < names->len; i++) {
        if (g_str_has_suffix(names->pdata[i], ".c\"")) {
            return true;
        }
    }
    return false;
}

static pcre2_code *relevance_pattern(void)
{
    static const char pattern[] =
        "TypeInfo|type_init|QEMUMachine|DEFINE_TYPES|OBJECT_DEFINE|GlobalProperty|"
        "\\bProperty\\b|PropertyInfo|compat_props|DEFINE_\\w*MACHINE|"
        "object_(?:class_)?property_add|device_class_set|qdev_prop|"
        "qdev_alias|QEnumLookup|_class_init|"
        "VMStateDescription\\s+\\w+|\\bvmstate_register|"
        "\\bvmstate_save_state";
    int error;
    PCRE2_SIZE offset;
    pcre2_code *code = pcre2_compile((PCRE2_SPTR)pattern,
                                     PCRE2_ZERO_TERMINATED, 0, &error,
                                     &offset, NULL);

    g_assert(code);
    pcre2_jit_compile(code, PCRE2_JIT_COMPLETE);
    return code;
}

bool includes_relevant(const char *text, gsize len)
{
    static gsize once;
    static pcre2_code *code;

    if (g_once_init_enter(&once)) {
        code = relevance_pattern();
        g_once_init_leave(&once, 1);
    }
    pcre2_match_data *match = pcre2_match_data_create(1, NULL);
    int found = pcre2_match(code, (PCRE2_SPTR)text, len, 0, 0, match, NULL);

    pcre2_match_data_free(match);
    return found >= 0;
}
