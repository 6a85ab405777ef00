/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "reach/tokens.h"

#include <stdbool.h>
#include <string.h>

#include "base/borrow.h"

static bool is_name(char c)
{
    return g_ascii_isalnum(c) || c == '_';
}

/* Behind a comment at AT, or AT; lines are counted. */
static const char *skip_comment(const char *at, int *line)
{
    const char *end;

    if (at[0] == '/' && at[1] == '/') {
        return at + strcspn(at, "\n");
    }
    if (at[0] != '/' || at[1] != '*') {
        return at;
    }
    end = strstr(at + 2, "*/");
    end = end ? end + 2 : at + strlen(at);
    for (const char *c = at; c < end; c++) {
        *line += *c == '\n';
    }
    return end;
}

static const char *end_of_string(const char *at)
{
    for (at++; *at && *at != '"' && *at != '\n'; at++) {
        at += *at == '\\' && at[1];
    }
    return at;
}

/* The token at AT, interned; *ret_end is behind it. */
static const char *token(const char *at, const char **ret_end)
{
    const char *end = at + 1;
    g_autofree char *text = NULL;

    if (*at == '"') {
        end = end_of_string(at);
        text = g_strndup(at, (gsize)(end - at));
        *ret_end = end + (*end == '"');
        return g_intern_string(text);
    }
    while (is_name(*at) && is_name(*end)) {
        end++;
    }
    text = g_strndup(at, (gsize)(end - at));
    *ret_end = end;
    return g_intern_string(text);
}

static const char *read_define(struct tokens *tokens, const char *at,
                               int *line)
{
    GPtrArray *list = NULL;

    for (; *at && *at != '\n';) {
        const char *next = skip_comment(at, line);

        if (next != at) {
            at = next;
        } else if (at[0] == '\\' && at[1] == '\n') {
            (*line)++;
            at += 2;
        } else if (g_ascii_isspace(*at)) {
            at++;
        } else if (list) {
            g_ptr_array_add(list, borrow(token(at, &at)));
        } else {
            list = g_ptr_array_new();
            g_hash_table_insert(tokens->macros, borrow(token(at, &at)), list);
        }
    }
    return at;
}

static const char *read_directive(struct tokens *tokens, const char *at,
                                  int *line)
{
    static const char define[] = "define";

    at += 1 + strspn(at + 1, " \t");
    if (g_str_has_prefix(at, define) &&
        g_ascii_isspace(at[strlen(define)])) {
        return read_define(tokens, at + strlen(define), line);
    }
    while (*at && *at != '\n') {
        *line += at[0] == '\\' && at[1] == '\n';
        at += at[0] == '\\' && at[1] == '\n' ? 2 : 1;
    }
    return at;
}

struct tokens *tokens_new(const char *text)
{
    struct tokens *tokens = g_new0(struct tokens, 1);
    bool fresh = true;               /* nothing on this line yet */
    int line = 1;

    tokens->list = g_ptr_array_new();
    tokens->lines = g_array_new(FALSE, FALSE, sizeof(int));
    tokens->macros = g_hash_table_new_full(
        NULL, NULL, NULL, (GDestroyNotify)g_ptr_array_unref);
    for (const char *at = text; *at;) {
        const char *next = skip_comment(at, &line);

        if (next != at) {
            at = next;
        } else if (g_ascii_isspace(*at)) {
            fresh |= *at == '\n';
            line += *at == '\n';
            at++;
        } else if (*at == '#' && fresh) {
            at = read_directive(tokens, at, &line);
        } else {
            fresh = false;
            g_array_append_val(tokens->lines, line);
            g_ptr_array_add(tokens->list, borrow(token(at, &at)));
        }
    }
    return tokens;
}

void tokens_free(struct tokens *tokens)
{
    g_ptr_array_unref(tokens->list);
    g_array_unref(tokens->lines);
    g_hash_table_unref(tokens->macros);
    g_free(tokens);
}
