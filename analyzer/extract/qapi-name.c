/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Names of the schema and what they become in C.
 */
#include "extract/qapi-schema.h"

#include <string.h>

/* Words that C, C++ or a host's macros claim, sorted. */
static const char *const ticklish[] = {
    "_Alignas", "_Alignof", "_Atomic", "_Bool", "_Complex", "_Generic",
    "_Imaginary", "_Noreturn", "_Static_assert", "_Thread_local",
    "and", "and_eq", "asm", "auto", "bitand", "bitor", "bool", "break",
    "case", "catch", "char", "class", "compl", "const", "const_cast",
    "continue", "default", "delete", "do", "double", "dynamic_cast", "else",
    "enum", "errno", "explicit", "extern", "false", "float", "for", "friend",
    "goto", "if", "inline", "int", "long", "mutable", "namespace", "new",
    "not", "not_eq", "operator", "or", "or_eq", "private", "protected",
    "public", "register", "reinterpret_cast", "restrict", "return", "short",
    "signed", "sizeof", "static", "static_cast", "struct", "switch",
    "template", "this", "throw", "true", "try", "typedef", "typeid",
    "typename", "typeof", "union", "unix", "unsigned", "using", "virtual",
    "void", "volatile", "wchar_t", "while", "xor", "xor_eq",
};

static int compare_words(const void *a, const void *b)
{
    return strcmp(a, *(const char *const *)b);
}

static bool is_ticklish(const struct qapi_dialect *dialect, const char *name)
{
    if (bsearch(name, ticklish, G_N_ELEMENTS(ticklish), sizeof(ticklish[0]),
                compare_words)) {
        return true;
    }
    if (!strcmp(name, "mips") || !strcmp(name, "sparc")) {
        return dialect->guard_mips;
    }
    return (dialect->guard_i386 && !strcmp(name, "i386")) ||
           (dialect->guard_linux && !strcmp(name, "linux"));
}

bool qapi_name_ok(const char *name)
{
    gsize length = strlen(name);

    if (!length || length > QAPI_MAX_NAME) {
        return false;
    }
    for (; *name; name++) {
        if (!g_ascii_isalnum(*name) && !strchr("_.-", *name)) {
            return false;
        }
    }
    return true;
}

bool qapi_identifier_ok(const char *name)
{
    if (!qapi_name_ok(name) || g_ascii_isdigit(*name)) {
        return false;
    }
    return !strpbrk(name, ".-");
}

/* Relative, without a way up, and of characters that need no quoting. */
bool qapi_path_ok(const char *path)
{
    if (strlen(path) > QAPI_MAX_NAME || !g_str_has_suffix(path, ".json")) {
        return false;
    }
    g_auto(GStrv) parts = g_strsplit(path, "/", -1);
    for (char **part = parts; *part; part++) {
        if (**part == '.' || !qapi_name_ok(*part)) {
            return false;
        }
    }
    return true;
}

char *qapi_c_name(const struct qapi_dialect *dialect, const char *name,
                  bool protect)
{
    g_autofree char *c_name = g_strdup(name);

    g_strdelimit(c_name, ".-", '_');
    if (protect && (g_ascii_isdigit(*c_name) ||
                    is_ticklish(dialect, c_name))) {
        return g_strconcat("q_", c_name, NULL);
    }
    return g_steal_pointer(&c_name);
}

static bool has_case(const char *text, bool upper)
{
    for (; *text; text++) {
        if (upper ? g_ascii_isupper(*text) : g_ascii_islower(*text)) {
            return true;
        }
    }
    return false;
}

static char *finish_upper(const char *text)
{
    while (*text == '_') {
        text++;
    }
    return g_ascii_strup(text, -1);
}

/* An underscore where lower case follows, or a digit came before. */
static char *plain_camel(const struct qapi_dialect *dialect, const char *name)
{
    g_autofree char *c_name = qapi_c_name(dialect, name, false);
    g_autoptr(GString) out = g_string_new(NULL);

    if (has_case(name, true) && !has_case(name, false)) {
        return g_steal_pointer(&c_name);
    }
    for (const char *p = c_name; *p; p++) {
        if (g_ascii_isupper(*p) && p > c_name && p[-1] != '_' &&
            (g_ascii_islower(p[1]) || g_ascii_isdigit(p[-1]))) {
            g_string_append_c(out, '_');
        }
        g_string_append_c(out, *p);
    }
    return finish_upper(out->str);
}

/* An underscore wherever case changes: before the last capital of a run
 * that ends, before the first of one that begins. */
static char *smart_camel(const struct qapi_dialect *dialect, const char *name)
{
    g_autoptr(GString) out = g_string_new(NULL);
    bool upper = g_ascii_isupper(*name);

    g_string_append_c(out, *name);
    for (const char *p = name + 1; *p; p++) {
        bool now = g_ascii_isupper(*p);

        if (upper && !now) {
            if (out->len > 2 && g_ascii_isalnum(out->str[out->len - 2])) {
                g_string_insert_c(out, (gssize)out->len - 1, '_');
            }
        } else if (!upper && now && g_ascii_isalnum(p[-1])) {
            g_string_append_c(out, '_');
        }
        g_string_append_c(out, *p);
        upper = now;
    }
    g_string_ascii_up(out);
    g_autofree char *c_name = qapi_c_name(dialect, out->str, true);
    return finish_upper(c_name);
}

char *qapi_camel_to_upper(const struct qapi_dialect *dialect,
                          const char *name)
{
    return dialect->smart_camel ? smart_camel(dialect, name)
                                : plain_camel(dialect, name);
}

char *qapi_enum_const(const struct qapi_dialect *dialect, const char *type,
                      const char *prefix, const char *value)
{
    if (dialect->enum_whole) {
        g_autofree char *whole =
            g_strconcat(prefix ? prefix : type, "_", value, NULL);
        return qapi_camel_to_upper(dialect, whole);
    }
    g_autofree char *left =
        prefix && dialect->smart_camel
        ? g_strdup(prefix)
        : qapi_camel_to_upper(dialect, prefix ? prefix : type);
    g_autofree char *c_name = qapi_c_name(dialect, value, false);
    g_autofree char *right = g_ascii_strup(c_name, -1);
    return g_strconcat(left, "_", right, NULL);
}
