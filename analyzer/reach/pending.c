/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "reach/pending.h"

#include <string.h>

#include "base/borrow.h"

#define MAX_NAME 64
#define MAX_MACROS 1000      /* of a tree: real ones have a hundred */
#define MAX_ROWS 500         /* of a macro */

/* One "#define HW_COMPAT_2_12 …". */
struct macro {
    const char *name;        /* interned */
    struct location loc;
    char *body;              /* behind the name, with its line ends */
};

struct pending {
    GPtrArray *macros;       /* struct macro * */
    GHashTable *used;        /* names of code, interned */
};

static void macro_free(gpointer data)
{
    struct macro *macro = data;

    g_free(macro->body);
    g_free(macro);
}

struct pending *pending_new(void)
{
    struct pending *pending = g_new0(struct pending, 1);

    pending->macros = g_ptr_array_new_with_free_func(macro_free);
    pending->used = g_hash_table_new(NULL, NULL);
    return pending;
}

void pending_free(struct pending *pending)
{
    g_ptr_array_unref(pending->macros);
    g_hash_table_unref(pending->used);
    g_free(pending);
}

/* --- Names ---------------------------------------------------------------- */

static bool is_word(char c)
{
    return g_ascii_isalnum(c) || c == '_';
}

/* X_COMPAT_M_N with X in capitals. */
static bool is_array_name(const char *name)
{
    struct version version;

    for (const char *c = name; *c; c++) {
        if (g_ascii_islower(*c)) {
            return false;
        }
    }
    return version_of_name(name, &version);
}

/* The next such name from *AT on, which ends up behind it; NULL: no more. */
static const char *next_name(const char *start, const char **at,
                             const char *end, char name[MAX_NAME])
{
    static const char mark[] = "_COMPAT_";

    while (*at < end) {
        const char *hit = memmem(*at, (gsize)(end - *at), mark, strlen(mark));
        const char *from = hit;

        if (!hit) {
            break;
        }
        while (from > start && is_word(from[-1])) {
            from--;
        }
        *at = hit + strlen(mark);
        while (*at < end && is_word(**at)) {
            (*at)++;
        }
        if (*at - from < MAX_NAME) {
            memcpy(name, from, (gsize)(*at - from));
            name[*at - from] = '\0';
            if (is_array_name(name)) {
                return from;
            }
        }
    }
    return NULL;
}

static bool is_defined_at(const char *start, const char *name)
{
    static const char define[] = "#define";
    const char *at = name;

    while (at > start && (at[-1] == ' ' || at[-1] == '\t')) {
        at--;
    }
    return at < name && at - start >= (gssize)strlen(define) &&
           !memcmp(at - strlen(define), define, strlen(define));
}

static const char *end_of_macro(const char *at, const char *end)
{
    while (at < end && (*at != '\n' || at[-1] == '\\')) {
        at++;
    }
    return at;
}

/* --- Scanning ------------------------------------------------------------- */

static int line_of(const char *start, const char *at)
{
    int line = 1;

    while ((start = memchr(start, '\n', (gsize)(at - start)))) {
        start++;
        line++;
    }
    return line;
}

void pending_scan(struct pending *pending, const char *path, const char *text,
                  gsize length)
{
    const char *end = text + length, *at = text, *counted = text, *from;
    char name[MAX_NAME];
    int line = 1;

    while ((from = next_name(text, &at, end, name))) {
        struct macro *macro;

        if (!is_defined_at(text, from) ||
            pending->macros->len == MAX_MACROS) {
            g_hash_table_add(pending->used, borrow(g_intern_string(name)));
            continue;
        }
        macro = g_new0(struct macro, 1);
        macro->name = g_intern_string(name);
        line += line_of(counted, from) - 1;
        counted = from;
        macro->loc = (struct location){ path, line, 1 };
        macro->body = g_strndup(at, (gsize)(end_of_macro(at, end) - at));
        g_ptr_array_add(pending->macros, macro);
        at = end_of_macro(at, end);
    }
}

void pending_sum(const char *text, gsize length, GChecksum *sum)
{
    const char *end = text + length, *at = text, *from;
    char name[MAX_NAME];

    while ((from = next_name(text, &at, end, name))) {
        at = is_defined_at(text, from) ? end_of_macro(at, end) : at;
        g_checksum_update(sum, (const guchar *)from, (gssize)(at - from));
        g_checksum_update(sum, (const guchar *)"", 1);
    }
}

/* --- Rows ----------------------------------------------------------------- */

/* "stringify(0x8000000a)" says what is in its brackets. */
static char *stringified(const char *text)
{
    static const char call[] = "stringify(";
    const char *end = strchr(text, ')');

    return g_str_has_prefix(text, call) && end && !end[1]
           ? g_strndup(text + strlen(call),
                       (gsize)(end - text) - strlen(call)) : NULL;
}

static const char *text_value(const struct mentions *mentions,
                              const char *text)
{
    g_autofree char *copy = g_strstrip(g_strdup(text));
    g_autofree char *plain = stringified(copy);
    g_autofree char *expanded = plain ? NULL
                                      : mentions_expand(mentions, copy);

    return plain || expanded ? g_intern_string(plain ? plain : expanded)
                             : NULL;
}

/* ".driver = X", or the N-th of a row without names. */
static void read_member(const struct mentions *mentions, const char *text,
                        guint n, struct compat_entry *row)
{
    static const char *const names[] = { "driver", "property", "value" };
    const char **const fields[] = { &row->driver, &row->property,
                                    &row->value };
    const char *equals = strchr(text, '=');

    text += strspn(text, " \t");
    if (*text == '.' && equals) {
        for (n = 0; n < G_N_ELEMENTS(names) &&
                    !g_str_has_prefix(text + 1, names[n]); n++) {
            continue;
        }
        text = equals + 1;
    }
    if (n < G_N_ELEMENTS(fields)) {
        *fields[n] = text_value(mentions, text);
    }
}

static void read_row(const struct mentions *mentions, const char *start,
                     const char *end, struct compat_entry *row)
{
    g_autofree char *copy = g_strndup(start, (gsize)(end - start));
    g_auto(GStrv) members = NULL;

    g_strdelimit(copy, "\\\n", ' ');
    members = g_strsplit(copy, ",", -1);
    for (guint i = 0; members[i]; i++) {
        read_member(mentions, members[i], i, row);
    }
}

static void read_rows(const struct macro *macro,
                      const struct mentions *mentions,
                      struct compat_array *array)
{
    const char *at = macro->body;

    for (guint i = 0; i < MAX_ROWS && (at = strchr(at, '{')); i++) {
        const char *end = strchr(++at, '}');
        struct compat_entry row = { .loc = macro->loc }, *entry;

        if (!end) {
            return;
        }
        read_row(mentions, at, end, &row);
        if (row.driver && row.property && row.value) {
            row.loc.line += line_of(macro->body, at) - 1;
            entry = compat_array_add_entry(array);
            *entry = row;
        }
        at = end;
    }
}

/* --- Who is used ---------------------------------------------------------- */

/* A macro that code uses uses what is in it. */
static bool spread(const struct pending *pending, const struct macro *macro,
                   GHashTable *used)
{
    const char *at = macro->body, *end = macro->body + strlen(macro->body);
    char name[MAX_NAME];
    bool more = false;

    while (next_name(macro->body, &at, end, name)) {
        more |= g_hash_table_add(used, borrow(g_intern_string(name)));
    }
    return more;
}

static GHashTable *find_used(const struct pending *pending)
{
    GHashTable *used = g_hash_table_new(NULL, NULL);
    GHashTableIter iter;
    gpointer name;
    bool more = true;

    g_hash_table_iter_init(&iter, pending->used);
    while (g_hash_table_iter_next(&iter, &name, NULL)) {
        g_hash_table_add(used, name);
    }
    for (guint round = 0; more && round < MAX_MACROS; round++) {
        more = false;
        for (guint i = 0; i < pending->macros->len; i++) {
            const struct macro *macro = g_ptr_array_index(pending->macros, i);

            more |= g_hash_table_contains(used, macro->name) &&
                    spread(pending, macro, used);
        }
    }
    return used;
}

void pending_emit(const struct pending *pending,
                  const struct mentions *mentions, struct facts *facts)
{
    g_autoptr(GHashTable) used = find_used(pending);

    for (guint i = 0; i < pending->macros->len; i++) {
        const struct macro *macro = g_ptr_array_index(pending->macros, i);
        struct compat_array *array;

        if (!g_hash_table_add(used, borrow(macro->name))) {
            continue;
        }
        array = facts_add_array(facts, macro->name);
        array->name = macro->name;
        array->loc = macro->loc;
        array->end = macro->loc;
        read_rows(macro, mentions, array);
    }
}
