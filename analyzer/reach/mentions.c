/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Some 1,500 files are looked through for each revision: the scan looks for
 * names of types and reads backwards from them, and nothing else.
 */
#include "reach/mentions.h"

#include <stdbool.h>
#include <string.h>

#include "base/borrow.h"

#define MAX_NAME 128
#define MAX_EXPANSION 8      /* of macros in macros */
#define MAX_CALL 2000        /* characters from "(" to an argument */

struct text {
    const char *start, *end;
};

struct mentions *mentions_new(GHashTable *types)
{
    struct mentions *mentions = g_new0(struct mentions, 1);

    mentions->types = types;
    mentions->macros = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
                                             g_free);
    return mentions;
}

void mentions_free(struct mentions *mentions)
{
    g_hash_table_unref(mentions->macros);
    g_free(mentions);
}

static bool is_word(char c)
{
    return g_ascii_isalnum(c) || c == '_';
}

/* --- Macros -------------------------------------------------------------- */

/* The word around AT. */
static struct text word_at(const struct text *text, const char *at)
{
    struct text word = { at, at };

    while (word.start > text->start && is_word(word.start[-1])) {
        word.start--;
    }
    while (word.end < text->end && is_word(*word.end)) {
        word.end++;
    }
    return word;
}

static const char *skip_back(const struct text *text, const char *at)
{
    while (at > text->start && g_ascii_isspace(at[-1])) {
        at--;
    }
    return at;
}

static bool ends_with(const struct text *text, const char *at,
                      const char *word)
{
    gsize length = strlen(word);

    return (gsize)(at - text->start) >= length &&
           !memcmp(at - length, word, length) &&
           ((gsize)(at - text->start) == length || !is_word(at[-length - 1]));
}

static const char *end_of_define(const struct text *text,
                                 const struct text *name)
{
    const char *end = name->end;

    while (end < text->end && (*end != '\n' || end[-1] == '\\')) {
        end++;
    }
    return end;
}

/* Of several definitions in one file, which an #if tells apart, the first
 * counts: SEEN has its name. */
static void define(struct mentions *mentions, const struct text *text,
                   const struct text *name, GHashTable *seen)
{
    const char *end = end_of_define(text, name);
    char *key = g_strndup(name->start, (gsize)(name->end - name->start));

    if (!g_hash_table_add(seen, borrow(g_intern_string(key)))) {
        g_free(key);
        return;
    }
    g_hash_table_replace(mentions->macros, key,
                         g_strndup(name->end, (gsize)(end - name->end)));
}

static const char *find_type(const char *at, const char *end)
{
    return at < end ? memmem(at, (gsize)(end - at), "TYPE_", 5) : NULL;
}

void mentions_define(struct mentions *mentions, const char *text,
                     gsize length)
{
    struct text all = { text, text + length };
    g_autoptr(GHashTable) seen = g_hash_table_new(NULL, NULL);

    for (const char *at = find_type(text, all.end); at;
         at = find_type(at, all.end)) {
        struct text name = word_at(&all, at);
        const char *before = skip_back(&all, name.start);

        if (ends_with(&all, before, "define")) {
            define(mentions, &all, &name, seen);
        }
        at = name.end;
    }
}

/* Appends what TEXT, string literals and macros in a row, stands for. */
static bool expand(const struct mentions *mentions, const char *text,
                   GString *out, unsigned depth)
{
    if (!text || depth > MAX_EXPANSION || out->len > MAX_NAME) {
        return false;
    }
    for (;;) {
        text += strspn(text, " \t\\\r\n()");
        if (*text == '"') {
            gsize length = strcspn(text + 1, "\"");

            g_string_append_len(out, text + 1, (gssize)length);
            text += length + 1 + (text[length + 1] == '"');
        } else if (is_word(*text)) {
            char name[MAX_NAME];
            gsize length = 0;

            while (is_word(text[length])) {
                length++;
            }
            g_strlcpy(name, text, MIN(length + 1, sizeof(name)));
            if (!expand(mentions,
                        g_hash_table_lookup(mentions->macros, name), out,
                        depth + 1)) {
                return false;
            }
            text += length;
        } else {
            return *text == '\0' || *text == '/';
        }
    }
}

char *mentions_expand(const struct mentions *mentions, const char *text)
{
    GString *out = g_string_new(NULL);
    bool known = expand(mentions, text, out, 0);

    return g_string_free(out, !known);
}

static const char *known_type(const struct mentions *mentions,
                              const char *name)
{
    gpointer key;

    return g_hash_table_lookup_extended(mentions->types, name, &key, NULL)
        ? key : NULL;
}

static const char *type_of_macro(const struct mentions *mentions,
                                 const struct text *word)
{
    g_autofree char *name = g_strndup(word->start,
                                      (gsize)(word->end - word->start));
    const char *value = g_hash_table_lookup(mentions->macros, name);
    g_autoptr(GString) expanded = g_string_new(NULL);

    return value && expand(mentions, value, expanded, 0)
        ? known_type(mentions, expanded->str) : NULL;
}

/* --- Places -------------------------------------------------------------- */

/* ".parent = TYPE_X" in an initialiser describes, it makes nothing. */
static bool is_designated(const struct text *text, const char *equals)
{
    struct text word = word_at(text, skip_back(text, equals));
    const char *dot = skip_back(text, word.start);

    if (dot == text->start || dot[-1] != '.') {
        return false;
    }
    dot = skip_back(text, dot - 1);
    return dot == text->start || strchr("{,", dot[-1]);
}

/* The bracket that AT is within, NULL where it is in no call. */
static const char *open_bracket(const struct text *text, const char *at)
{
    const char *limit = MAX(text->start, at - MIN(at - text->start, MAX_CALL));
    int depth = 0;

    while (at > limit) {
        at--;
        if (strchr(";{}", *at)) {
            return NULL;
        }
        depth += *at == ')';
        if (*at == '(' && depth-- == 0) {
            return at;
        }
    }
    return NULL;
}

static bool name_has(const struct text *name, const char *const *parts,
                     gsize n)
{
    for (gsize i = 0; i < n; i++) {
        if (memmem(name->start, (gsize)(name->end - name->start), parts[i],
                   strlen(parts[i]))) {
            return true;
        }
    }
    return false;
}

/* Functions that ask for a type. */
static bool only_asks(const struct text *function)
{
    static const char *const parts[] = {
        "CHECK", "DECLARE", "DEFINE", "_by_name", "_cast", "_foreach",
        "cmp", "find", "get_list",
        "get_type", "is_a", "link", "register", "resolve", "str_equal",
        "typename",
    };

    return name_has(function, parts, G_N_ELEMENTS(parts));
}

static bool makes_objects(const struct text *function)
{
    static const char *const parts[] = {
        "_create", "_new", "allow_dynamic", "create_", "init_child",
        "object_initialize",
    };

    return name_has(function, parts, G_N_ELEMENTS(parts)) &&
           !only_asks(function);
}

static bool in_call(const struct text *text, const char *at, bool is_literal)
{
    const char *bracket = open_bracket(text, at);

    if (!bracket) {
        return false;
    }
    struct text function = word_at(text, skip_back(text, bracket));

    return is_literal ? makes_objects(&function) : !only_asks(&function);
}

/* What is done with a name. */
enum use { USE_NONE, USE_MAKE, USE_DESCRIBE };

static enum use use_of_value(const struct text *text, const char *equals)
{
    if (equals == text->start || strchr("=!<>", equals[-1])) {
        return USE_NONE;
    }
    if (!is_designated(text, equals)) {
        return USE_MAKE;
    }
    /* Not the .parent. */
    const char *end = skip_back(text, equals);

    return end - text->start >= 4 && !memcmp(end - 4, "name", 4)
        ? USE_DESCRIBE : USE_NONE;
}

static enum use use_of(const struct text *text, const char *at,
                       bool is_literal)
{
    const char *before = skip_back(text, at);

    if (before == text->start) {
        return USE_NONE;
    }
    switch (before[-1]) {
    case '(':
    case ',':
        return in_call(text, before, is_literal) ? USE_MAKE : USE_NONE;
    case '?':
    case ':':
        return USE_MAKE;
    case '=':
        return use_of_value(text, before - 1);
    default:
        return ends_with(text, before, "return") ? USE_MAKE : USE_NONE;
    }
}

/* By use: the sets of names. */
struct found {
    GHashTable *names[USE_DESCRIBE + 1];
};

static void add(const struct found *ret, enum use use, const char *name)
{
    if (name && ret->names[use]) {
        g_hash_table_add(ret->names[use], borrow(name));
    }
}

static void find_macros(const struct mentions *mentions,
                        const struct text *text, const struct found *ret)
{
    for (const char *at = find_type(text->start, text->end); at;
         at = find_type(at, text->end)) {
        struct text word = word_at(text, at);
        enum use use = use_of(text, word.start, false);

        if (use != USE_NONE) {
            add(ret, use, type_of_macro(mentions, &word));
        }
        at = word.end;
    }
}

/* The literal at AT, if it can be a name; closing quotes that are taken for
 * opening ones are followed by what can be none. */
static bool read_literal(const struct text *text, const char *at,
                         char name[MAX_NAME])
{
    gsize length = 0;

    while (at < text->end && length + 1 < MAX_NAME &&
           (is_word(*at) || strchr("-.,+", *at))) {
        name[length++] = *at++;
    }
    name[length] = '\0';
    return length > 0 && at < text->end && *at == '"';
}

static void find_literals(const struct mentions *mentions,
                          const struct text *text, const struct found *ret)
{
    char name[MAX_NAME];

    for (const char *at = text->start;
         at < text->end &&
         (at = memchr(at, '"', (gsize)(text->end - at))); at++) {
        if (read_literal(text, at + 1, name)) {
            const char *type = known_type(mentions, name);

            if (type) {
                add(ret, use_of(text, at, true), type);
            }
        }
    }
}

void mentions_find(const struct mentions *mentions, const char *text,
                   gsize length, GHashTable *made, GHashTable *described)
{
    struct text all = { text, text + length };
    struct found ret = { { [USE_MAKE] = made, [USE_DESCRIBE] = described } };

    find_macros(mentions, &all, &ret);
    find_literals(mentions, &all, &ret);
}

/* --- What it depends on --------------------------------------------------- */

static void sum_text(GChecksum *sum, enum use use, const char *start,
                     const char *end)
{
    guint8 mark = (guint8)use;

    g_checksum_update(sum, &mark, 1);
    g_checksum_update(sum, (const guchar *)start, (gssize)(end - start));
    g_checksum_update(sum, (const guchar *)"", 1);
}

static void sum_macros(const struct text *text, GChecksum *sum)
{
    for (const char *at = find_type(text->start, text->end); at;
         at = find_type(at, text->end)) {
        struct text word = word_at(text, at);
        enum use use = use_of(text, word.start, false);

        if (ends_with(text, skip_back(text, word.start), "define")) {
            sum_text(sum, USE_NONE, word.start, end_of_define(text, &word));
        }
        if (use != USE_NONE) {
            sum_text(sum, use, word.start, word.end);
        }
        at = word.end;
    }
}

static void sum_literals(const struct text *text, GChecksum *sum)
{
    char name[MAX_NAME];

    for (const char *at = text->start;
         at < text->end &&
         (at = memchr(at, '"', (gsize)(text->end - at))); at++) {
        enum use use = read_literal(text, at + 1, name)
            ? use_of(text, at, true) : USE_NONE;

        if (use != USE_NONE) {
            sum_text(sum, use, name, name + strlen(name));
        }
    }
}

void mentions_sum(const char *text, gsize length, GChecksum *sum)
{
    struct text all = { text, text + length };

    sum_macros(&all, sum);
    sum_literals(&all, sum);
}
