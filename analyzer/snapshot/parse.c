/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/error.h"
#include "snapshot/parse.h"

#include <string.h>

#define CHUNK 4096
/* A snapshot needs eight. */
#define NESTING_MAX 32

struct jdoc {
    char *text;
    char *at;
    const char *expected;        /* set by the first failure */
    GPtrArray *chunks;           /* struct jvalue [CHUNK] */
    size_t used;                 /* of the last chunk */
    struct jvalue *root;
};

static struct jvalue *new_value(struct jdoc *doc, enum jtype type)
{
    if (!doc->chunks->len || doc->used == CHUNK) {
        g_ptr_array_add(doc->chunks, g_new(struct jvalue, CHUNK));
        doc->used = 0;
    }
    struct jvalue *chunk = doc->chunks->pdata[doc->chunks->len - 1];
    struct jvalue *value = &chunk[doc->used++];
    *value = (struct jvalue) { .type = type };
    return value;
}

static void *fail(struct jdoc *doc, const char *expected)
{
    if (!doc->expected) {
        doc->expected = expected;
    }
    return NULL;
}

static void skip_space(struct jdoc *doc)
{
    while (*doc->at == ' ' || *doc->at == '\n' || *doc->at == '\t'
           || *doc->at == '\r') {
        doc->at++;
    }
}

static bool skip_char(struct jdoc *doc, char c)
{
    skip_space(doc);
    if (*doc->at != c) {
        return false;
    }
    doc->at++;
    return true;
}

/* The four digits of \uXXXX, -1 where they are none. */
static int parse_unit(const char *text)
{
    int unit = 0;

    for (size_t i = 0; i < 4; i++) {
        int digit = g_ascii_xdigit_value(text[i]);
        if (digit < 0) {
            return -1;
        }
        unit = unit * 16 + digit;
    }
    return unit;
}

/* Behind the 'u' at doc->at; 0 where it is no character. */
static gunichar parse_unicode(struct jdoc *doc)
{
    int unit = parse_unit(doc->at + 1);

    if (unit <= 0 || (unit >= 0xDC00 && unit < 0xE000)) {
        return 0;
    }
    doc->at += 5;
    if (unit < 0xD800 || unit >= 0xE000) {
        return unit;
    }
    int low = doc->at[0] == '\\' && doc->at[1] == 'u'
              ? parse_unit(doc->at + 2) : -1;
    if (low < 0xDC00 || low >= 0xE000) {
        return 0;
    }
    doc->at += 6;
    return 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
}

/* doc->at is behind the backslash; returns the end of what was written. */
static char *parse_escape(struct jdoc *doc, char *out)
{
    static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
    const char *escape = *doc->at ? strchr(from, *doc->at) : NULL;

    if (escape) {
        *out = to[escape - from];
        doc->at++;
        return out + 1;
    }
    gunichar c = *doc->at == 'u' ? parse_unicode(doc) : 0;
    if (!c) {
        return fail(doc, "an escape sequence");
    }
    /* At most four bytes for six: the text never overtakes itself. */
    return out + g_unichar_to_utf8(c, out);
}

/* doc->at is behind the opening quote. */
static const char *parse_string(struct jdoc *doc)
{
    char *start = doc->at, *out = start;

    for (;;) {
        unsigned char c = (unsigned char)*doc->at;
        if (c == '"') {
            doc->at++;
            *out = '\0';
            return start;
        }
        if (c == '\\') {
            doc->at++;
            out = parse_escape(doc, out);
            if (!out) {
                return NULL;
            }
        } else if (c < ' ') {
            return fail(doc, "the end of a string");
        } else {
            *out++ = (char)c;
            doc->at++;
        }
    }
}

static struct jvalue *parse_number(struct jdoc *doc)
{
    struct jvalue *value = new_value(doc, J_NUMBER);
    const char *start;

    if (*doc->at == '-') {
        value->negative = true;
        doc->at++;
    }
    for (start = doc->at; g_ascii_isdigit(*doc->at); doc->at++) {
        unsigned digit = *doc->at - '0';
        if (value->magnitude > (UINT64_MAX - digit) / 10) {
            return fail(doc, "a number of 64 bits");
        }
        value->magnitude = value->magnitude * 10 + digit;
    }
    if (doc->at == start || *doc->at == '.' || *doc->at == 'e'
        || *doc->at == 'E' || (*start == '0' && doc->at > start + 1)) {
        return fail(doc, "a whole number");
    }
    return value;
}

static struct jvalue *parse_word(struct jdoc *doc)
{
    static const struct {
        const char *text;
        enum jtype type;
    } words[] = {
        { "null", J_NULL }, { "false", J_FALSE }, { "true", J_TRUE },
    };

    for (size_t i = 0; i < G_N_ELEMENTS(words); i++) {
        size_t length = strlen(words[i].text);
        if (strncmp(doc->at, words[i].text, length) == 0) {
            doc->at += length;
            return new_value(doc, words[i].type);
        }
    }
    return fail(doc, "a value");
}

static struct jvalue *parse_value(struct jdoc *doc, unsigned nesting);

static struct jvalue *parse_member(struct jdoc *doc, unsigned nesting)
{
    const char *key = skip_char(doc, '"') ? parse_string(doc) : NULL;

    if (!key) {
        return fail(doc, "a key");
    }
    if (!skip_char(doc, ':')) {
        return fail(doc, "':'");
    }
    struct jvalue *value = parse_value(doc, nesting);
    if (value) {
        value->key = key;
    }
    return value;
}

/* doc->at is behind the bracket. */
static struct jvalue *parse_list(struct jdoc *doc, enum jtype type,
                                 unsigned nesting)
{
    struct jvalue *list = new_value(doc, type);
    struct jvalue **tail = &list->first;
    char end = type == J_ARRAY ? ']' : '}';

    if (nesting == NESTING_MAX) {
        return fail(doc, "less nesting");
    }
    if (skip_char(doc, end)) {
        return list;
    }
    do {
        *tail = type == J_ARRAY ? parse_value(doc, nesting + 1)
                                : parse_member(doc, nesting + 1);
        if (!*tail) {
            return NULL;
        }
        tail = &(*tail)->next;
    } while (skip_char(doc, ','));
    return skip_char(doc, end) ? list : fail(doc, "the end of a list");
}

static struct jvalue *parse_value(struct jdoc *doc, unsigned nesting)
{
    skip_space(doc);
    char c = *doc->at;
    if (c == '-' || g_ascii_isdigit(c)) {
        return parse_number(doc);
    }
    if (c != '"' && c != '[' && c != '{') {
        return parse_word(doc);
    }
    doc->at++;
    if (c != '"') {
        return parse_list(doc, c == '[' ? J_ARRAY : J_OBJECT, nesting);
    }
    const char *text = parse_string(doc);
    if (!text) {
        return NULL;
    }
    struct jvalue *value = new_value(doc, J_STRING);
    value->text = text;
    return value;
}

struct jdoc *jdoc_new(char *text, size_t length, GError **error)
{
    g_autoptr(JDoc) doc = g_new0(struct jdoc, 1);

    doc->text = text;
    doc->at = text;
    doc->chunks = g_ptr_array_new_with_free_func(g_free);
    /* No NUL inside either: the text ends where it is terminated. */
    if (!g_utf8_validate(text, (gssize)length, NULL)) {
        fail(doc, "UTF-8");
    } else {
        doc->root = parse_value(doc, 0);
        skip_space(doc);
        if (doc->root && *doc->at) {
            fail(doc, "the end of the document");
        }
    }
    if (doc->expected) {
        g_set_error(error, QC_ERROR, QC_ERROR_CONFIG,
                    "no JSON: expected %s at byte %zu", doc->expected,
                    (size_t)(doc->at - text) + 1);
        return NULL;
    }
    return g_steal_pointer(&doc);
}

void jdoc_free(struct jdoc *doc)
{
    if (!doc) {
        return;
    }
    g_ptr_array_unref(doc->chunks);
    g_free(doc->text);
    g_free(doc);
}

struct jvalue *jdoc_root(struct jdoc *doc)
{
    return doc->root;
}

static struct jvalue *find_key(struct jvalue *from, const struct jvalue *end,
                               const char *key)
{
    while (from != end && strcmp(from->key, key) != 0) {
        from = from->next;
    }
    return from == end ? NULL : from;
}

struct jvalue *jvalue_get(struct jvalue *value, const char *key)
{
    if (!value || value->type != J_OBJECT || !value->first) {
        return NULL;
    }
    struct jvalue *hint = value->hint ? value->hint : value->first;
    struct jvalue *found = find_key(hint, NULL, key);
    if (!found) {
        found = find_key(value->first, hint, key);
    }
    if (found) {
        value->hint = found->next;
    }
    return found;
}
