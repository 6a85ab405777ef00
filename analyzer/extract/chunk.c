/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "extract/chunk.h"

#include "extract/token.h"

#include <string.h>

/* Longer or deeper than this is no header of ours: one chunk. */
#define MAX_CONDITIONS 64

guint32 names_id(struct names *names, const char *text, gsize length)
{
    char buffer[128];
    g_autofree char *heap = NULL;
    char *key = buffer;

    if (length >= sizeof(buffer)) {
        key = heap = g_malloc(length + 1);
    }
    memcpy(key, text, length);
    key[length] = '\0';
    gpointer found = g_hash_table_lookup(names->by_text, key);

    if (!found) {
        char *own = g_strndup(text, length);

        g_ptr_array_add(names->texts, own);
        found = GUINT_TO_POINTER(names->texts->len);
        g_hash_table_insert(names->by_text, own, found);
    }
    return GPOINTER_TO_UINT(found) - 1;
}

void names_init(struct names *names)
{
    *names = (struct names){
        .by_text = g_hash_table_new(g_str_hash, g_str_equal),
        .texts = g_ptr_array_new_with_free_func(g_free),
        .seen = g_array_new(FALSE, TRUE, sizeof(guint32)),
    };
}

void names_clear(struct names *names)
{
    g_hash_table_unref(names->by_text);
    g_ptr_array_unref(names->texts);
    g_array_unref(names->seen);
}

/* Starts a set of names. */
static GArray *set_new(struct names *names)
{
    names->round++;
    return g_array_new(FALSE, FALSE, sizeof(guint32));
}

/* Adds to the set that was started last. */
static void set_add(struct names *names, GArray *set, guint32 id)
{
    if (id >= names->seen->len) {
        g_array_set_size(names->seen, 2 * id + 64);
    }
    guint32 *seen = &g_array_index(names->seen, guint32, id);

    if (*seen != names->round) {
        *seen = names->round;
        g_array_append_val(set, id);
    }
}

static gint compare_ids(gconstpointer a, gconstpointer b)
{
    guint32 x = *(const guint32 *)a, y = *(const guint32 *)b;

    return x < y ? -1 : x > y;
}

GArray *chunks_names(struct names *names, const char *text, gsize length)
{
    struct lexer lexer = { text, text + length, true, false };
    GArray *set = set_new(names);
    struct token token;

    while ((token = lexer_next(&lexer)).kind != TOKEN_END) {
        if (token.kind == TOKEN_NAME) {
            set_add(names, set, names_id(names, token.at, token.length));
        }
    }
    return set;
}

/* The hash is what a chunk starts with. */
guint chunk_hash(gconstpointer chunk)
{
    guint hash;

    memcpy(&hash, chunk, sizeof(hash));
    return hash;
}

gboolean chunk_equal(gconstpointer a, gconstpointer b)
{
    return !memcmp(a, b, sizeof(((const struct chunk *)a)->hash));
}

GHashTable *chunks_set(const GArray *chunks)
{
    GHashTable *set = g_hash_table_new(chunk_hash, chunk_equal);

    for (guint i = 0; chunks && i < chunks->len; i++) {
        g_hash_table_add(set, &g_array_index(chunks, struct chunk, i));
    }
    return set;
}

/* Words that no declaration defines. */
static bool is_keyword(const struct token *token)
{
    static const char *const words[] = {
        "auto", "bool", "break", "case", "char", "const", "continue",
        "default", "do", "double", "else", "enum", "extern", "float", "for",
        "goto", "if", "include", "inline", "int", "long", "register",
        "return", "short", "signed", "sizeof", "static", "struct", "switch",
        "typedef", "typeof", "union", "unsigned", "void", "volatile",
        "while", "define", "defined", "endif", "ifdef", "ifndef", "elif",
        "__attribute__", "__asm__", "true", "false", "NULL",
    };

    for (guint i = 0; i < G_N_ELEMENTS(words); i++) {
        if (token->length == strlen(words[i]) &&
            !memcmp(token->at, words[i], token->length)) {
            return true;
        }
    }
    return false;
}

/* --- Cutting ----------------------------------------------------------------- */

struct cutter {
    struct names *names;
    GArray *chunks;
    GPtrArray *conditions;       /* GArray of struct token */
    GArray *packing;             /* struct token: #pragma pack so far */
    GArray *tokens;              /* struct token, of the declaration */
    GString *spelling;           /* of the chunk at hand */
    int braces, parens;
    bool broken;                 /* brackets do not match */
};

static void clear_chunk(gpointer data)
{
    struct chunk *chunk = data;

    g_array_unref(chunk->uses);
    g_array_unref(chunk->defines);
}

static bool spells(const struct token *token, const char *word)
{
    return token->kind == TOKEN_NAME && token->length == strlen(word) &&
           !memcmp(token->at, word, token->length);
}

static guint32 id_of(struct cutter *c, const struct token *token)
{
    return names_id(c->names, token->at, token->length);
}

static void absorb(struct cutter *c, struct chunk *chunk,
                   const GArray *tokens)
{
    for (guint i = 0; i < tokens->len; i++) {
        const struct token *token = &g_array_index(tokens, struct token, i);

        g_string_append_len(c->spelling, token->at, (gssize)token->length);
        g_string_append_c(c->spelling, ' ');
        if (token->kind == TOKEN_NAME) {
            set_add(c->names, chunk->uses, id_of(c, token));
        }
    }
}

/* A chunk of TOKENS under the conditions that are open; what it defines is yet
 * to be said. */
static struct chunk *add_chunk(struct cutter *c, const GArray *tokens)
{
    struct chunk chunk = {
        .uses = set_new(c->names),
    };
    g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
    gsize size = sizeof(chunk.hash);

    g_string_truncate(c->spelling, 0);
    absorb(c, &chunk, tokens);
    absorb(c, &chunk, c->packing);
    for (guint i = 0; i < c->conditions->len; i++) {
        g_string_append_c(c->spelling, '#');
        absorb(c, &chunk, g_ptr_array_index(c->conditions, i));
    }
    g_checksum_update(sum, (const guchar *)c->spelling->str,
                      (gssize)c->spelling->len);
    g_checksum_get_digest(sum, chunk.hash, &size);
    g_array_sort(chunk.uses, compare_ids);
    chunk.defines = set_new(c->names);
    g_array_append_val(c->chunks, chunk);
    return &g_array_index(c->chunks, struct chunk, c->chunks->len - 1);
}

/* --- What a declaration defines ------------------------------------------------ */

static bool is_tag_keyword(const struct token *token)
{
    return spells(token, "struct") || spells(token, "union") ||
           spells(token, "enum");
}

static bool starts_with(const struct token *token, const char *prefix)
{
    gsize length = strlen(prefix);

    return token->length >= length && !memcmp(token->at, prefix, length);
}

/* What a macro that stands for a declaration defines. */
enum invocation {
    INVOCATION_UNKNOWN,          /* it may paste names together */
    INVOCATION_ARGUMENTS,        /* some of its arguments */
    INVOCATION_FIRST,            /* its first argument */
    INVOCATION_NOTHING,          /* an assertion, an attribute */
};

static enum invocation invocation_of(const struct token *macro)
{
    static const struct {
        const char *prefix;
        enum invocation what;
    } known[] = {
        { "OBJECT_DECLARE_", INVOCATION_ARGUMENTS },
        { "DECLARE_", INVOCATION_ARGUMENTS },
        { "INTERFACE_", INVOCATION_ARGUMENTS },
        { "G_DEFINE_AUTO", INVOCATION_ARGUMENTS },
        { "QTAILQ_", INVOCATION_FIRST }, { "QLIST_", INVOCATION_FIRST },
        { "QSIMPLEQ_", INVOCATION_FIRST }, { "QSLIST_", INVOCATION_FIRST },
        { "QEMU_", INVOCATION_NOTHING }, { "G_", INVOCATION_NOTHING },
        { "_Static_assert", INVOCATION_NOTHING },
        { "static_assert", INVOCATION_NOTHING },
    };

    for (guint i = 0; i < G_N_ELEMENTS(known); i++) {
        if (starts_with(macro, known[i].prefix)) {
            return known[i].what;
        }
    }
    return INVOCATION_UNKNOWN;
}

static void define_invocation(struct cutter *c, struct chunk *chunk,
                              const GArray *tokens)
{
    const struct token *all = (const struct token *)tokens->data;
    enum invocation what = invocation_of(&all[0]);

    chunk->always = what == INVOCATION_UNKNOWN;
    if (what != INVOCATION_ARGUMENTS && what != INVOCATION_FIRST) {
        return;
    }
    for (guint i = 1; i < tokens->len; i++) {
        if (all[i].kind == TOKEN_NAME && !is_keyword(&all[i])) {
            set_add(c->names, chunk->defines, id_of(c, &all[i]));
        }
        if (what == INVOCATION_FIRST && token_is(&all[i], ',')) {
            return;
        }
    }
}

/* Attributes stand where names do. */
static bool is_attribute(const struct token *token)
{
    return starts_with(token, "QEMU_") || starts_with(token, "G_GNUC_") ||
           starts_with(token, "__");
}

struct walk {
    int braces, parens;
    guint enums;                 /* bit per brace depth: an enum's body */
    bool tag_enum;               /* the tag keyword before the next '{' */
    bool open;                   /* the token before is '(' */
    bool pointer;                /* the two tokens before are "(*" */
};

static void walk_token(struct walk *w, const struct token *token)
{
    w->pointer = w->open && token_is(token, '*');
    w->open = token_is(token, '(');
    if (is_tag_keyword(token)) {
        w->tag_enum = spells(token, "enum");
    } else if (token_is(token, '{')) {
        w->braces++;
        if (w->braces < 32) {
            guint bit = 1u << w->braces;

            w->enums = w->tag_enum ? w->enums | bit : w->enums & ~bit;
        }
        w->tag_enum = false;
    } else if (token_is(token, '}')) {
        w->braces--;
    } else if (token_is(token, '(')) {
        w->parens++;
    } else if (token_is(token, ')')) {
        w->parens--;
    } else if (token_is(token, ';')) {
        w->tag_enum = false;
    }
}

/* Words that stand before a type: what follows them is no declarator. */
static bool is_qualifier(const struct token *token)
{
    return spells(token, "typedef") || spells(token, "extern") ||
           spells(token, "static") || spells(token, "const") ||
           spells(token, "volatile") || spells(token, "inline");
}

static bool is_declared(const struct walk *w, const struct token *before,
                        const struct token *after, bool last_part)
{
    bool outside = !w->braces && !w->parens;

    if (before && is_tag_keyword(before)) {
        return token_is(after, '{') || (outside && token_is(after, ';'));
    }
    if (w->braces > 0 && w->braces < 32 && !w->parens &&
        (w->enums & (1u << w->braces))) {
        return before && (token_is(before, '{') || token_is(before, ','));
    }
    if (!w->braces && w->pointer && token_is(after, ')')) {
        return true;             /* (*name)(…) */
    }
    if (outside && token_is(after, '(')) {
        return before && !is_qualifier(before);
    }
    return outside && (last_part ||
                       token_is(after, ';') || token_is(after, ',') ||
                       token_is(after, '=') || token_is(after, '['));
}

/* After the body of a typedef every name may be the type's: attributes stand
 * before it or behind. */
static guint last_brace(const GArray *tokens)
{
    for (guint i = tokens->len; i-- > 0;) {
        if (token_is(&g_array_index(tokens, struct token, i), '}')) {
            return i;
        }
    }
    return tokens->len;
}

static void define_declared(struct cutter *c, struct chunk *chunk,
                            const GArray *tokens)
{
    const struct token *all = (const struct token *)tokens->data;
    struct walk w = { 0 };
    guint tail = last_brace(tokens);
    static const struct token end = { .kind = TOKEN_END };

    for (guint i = 0; i < tokens->len; i++) {
        const struct token *before = i ? &all[i - 1] : NULL;
        const struct token *after = i + 1 < tokens->len ? &all[i + 1] : &end;

        if (all[i].kind == TOKEN_NAME &&
            is_declared(&w, before, after, i > tail) &&
            !is_attribute(&all[i]) && !is_keyword(&all[i])) {
            set_add(c->names, chunk->defines, id_of(c, &all[i]));
        }
        walk_token(&w, &all[i]);
    }
    /* typedef int name ATTRIBUTE; */
    if (tokens->len >= 5 && spells(&all[0], "typedef") &&
        all[tokens->len - 2].kind == TOKEN_NAME &&
        all[tokens->len - 3].kind == TOKEN_NAME &&
        !is_keyword(&all[tokens->len - 3])) {
        set_add(c->names, chunk->defines,
                id_of(c, &all[tokens->len - 3]));
    }
}

static void end_declaration(struct cutter *c)
{
    GArray *tokens = c->tokens;
    const struct token *all = (const struct token *)tokens->data;

    if (tokens->len > 1) {
        struct chunk *chunk = add_chunk(c, tokens);

        if (all[0].kind == TOKEN_NAME && token_is(&all[1], '(')) {
            define_invocation(c, chunk, tokens);
        } else {
            define_declared(c, chunk, tokens);
        }
        g_array_sort(chunk->defines, compare_ids);
    }
    g_array_set_size(tokens, 0);
}

/* --- Directives ------------------------------------------------------------------ */

static GArray *directive_tokens(struct lexer *lexer)
{
    GArray *tokens = g_array_new(FALSE, FALSE, sizeof(struct token));
    struct token token;

    while ((token = lexer_next(lexer)).kind != TOKEN_NEWLINE &&
           token.kind != TOKEN_END) {
        g_array_append_val(tokens, token);
    }
    return tokens;
}

static void define_macro(struct cutter *c, const GArray *tokens)
{
    if (tokens->len < 2) {
        return;
    }
    struct chunk *chunk = add_chunk(c, tokens);
    const struct token *name = &g_array_index(tokens, struct token, 1);

    if (name->kind == TOKEN_NAME) {
        set_add(c->names, chunk->defines, id_of(c, name));
    }
}

/* Whether the declaration so far is a macro invocation that may do without a
 * ';': it ends where the next line starts something else. */
static bool is_invocation(const struct cutter *c)
{
    const struct token *all = (const struct token *)c->tokens->data;

    return !c->braces && !c->parens && c->tokens->len >= 3 &&
           all[0].kind == TOKEN_NAME && token_is(&all[1], '(') &&
           token_is(&all[c->tokens->len - 1], ')');
}

/* Takes TOKENS. */
static void directive(struct cutter *c, GArray *tokens)
{
    g_autoptr(GArray) own = tokens;
    const struct token *word = tokens->len ?
        &g_array_index(tokens, struct token, 0) : NULL;

    if (!word) {
        return;
    }
    if (is_invocation(c)) {
        end_declaration(c);
    }
    if (spells(word, "define") || spells(word, "undef")) {
        define_macro(c, tokens);
    } else if (spells(word, "if") || spells(word, "ifdef") ||
               spells(word, "ifndef")) {
        g_ptr_array_add(c->conditions, g_steal_pointer(&own));
        c->broken |= c->conditions->len > MAX_CONDITIONS;
    } else if (spells(word, "elif") || spells(word, "else")) {
        if (c->conditions->len) {    /* the branches before count as well */
            GArray *top = g_ptr_array_index(c->conditions,
                                            c->conditions->len - 1);

            g_array_append_vals(top, tokens->data, tokens->len);
        }
    } else if (spells(word, "endif")) {
        if (c->conditions->len) {
            g_ptr_array_set_size(c->conditions,
                                 (gint)c->conditions->len - 1);
        }
    } else if (spells(word, "pragma") && tokens->len > 1 &&
               spells(&g_array_index(tokens, struct token, 1), "pack")) {
        g_array_append_vals(c->packing, tokens->data, tokens->len);
    }
    /* A directive inside a declaration is part of it. */
    if (c->tokens->len) {
        g_array_append_vals(c->tokens, tokens->data, tokens->len);
    }
}

/* --- Declarations ------------------------------------------------------------------ */

/* Whether a body that just closed ends the declaration: that of a function
 * does, that of a struct waits for its ';'. */
static bool body_ends(const struct cutter *c)
{
    const struct token *all = (const struct token *)c->tokens->data;

    if (spells(&all[0], "typedef")) {
        return false;
    }
    for (guint i = 0; i < c->tokens->len && !token_is(&all[i], '{'); i++) {
        if (token_is(&all[i], '(')) {
            return true;
        }
        if (token_is(&all[i], '=')) {
            return false;
        }
    }
    return false;
}

static void declaration_token(struct cutter *c, const struct token *token)
{
    if (token->line_start && token->kind == TOKEN_NAME && is_invocation(c)) {
        end_declaration(c);
    }
    g_array_append_val(c->tokens, *token);
    if (token_is(token, '{')) {
        c->braces++;
    } else if (token_is(token, '}')) {
        c->braces--;
    } else if (token_is(token, '(')) {
        c->parens++;
    } else if (token_is(token, ')')) {
        c->parens--;
    }
    c->broken |= c->braces < 0 || c->parens < 0;
    if (!c->braces && !c->parens &&
        (token_is(token, ';') || (token_is(token, '}') && body_ends(c)))) {
        end_declaration(c);
    }
}

/* One chunk that concerns everyone. */
static void whole_file(struct cutter *c, const char *text, gsize length)
{
    struct chunk chunk = {
        .uses = chunks_names(c->names, text, length),
        .defines = g_array_new(FALSE, FALSE, sizeof(guint32)),
        .always = true,
    };
    g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
    gsize size = sizeof(chunk.hash);

    g_checksum_update(sum, (const guchar *)text, (gssize)length);
    g_checksum_get_digest(sum, chunk.hash, &size);
    g_array_sort(chunk.uses, compare_ids);
    g_array_append_vals(chunk.defines, chunk.uses->data, chunk.uses->len);
    g_array_set_size(c->chunks, 0);
    g_array_append_val(c->chunks, chunk);
}

GArray *chunks_cut(struct names *names, const char *text, gsize length)
{
    struct cutter c = {
        .names = names,
        .chunks = g_array_new(FALSE, TRUE, sizeof(struct chunk)),
        .conditions = g_ptr_array_new_with_free_func(
            (GDestroyNotify)g_array_unref),
        .packing = g_array_new(FALSE, FALSE, sizeof(struct token)),
        .tokens = g_array_new(FALSE, FALSE, sizeof(struct token)),
        .spelling = g_string_new(NULL),
    };
    struct lexer lexer = { text, text + length, true, false };
    struct token token;

    g_array_set_clear_func(c.chunks, clear_chunk);
    while (!c.broken && (token = lexer_next(&lexer)).kind != TOKEN_END) {
        if (token.kind == TOKEN_HASH) {
            directive(&c, directive_tokens(&lexer));
        } else if (token.kind != TOKEN_NEWLINE) {
            declaration_token(&c, &token);
        }
    }
    if (c.broken || c.braces || c.parens) {
        whole_file(&c, text, length);
    } else {
        end_declaration(&c);
    }
    g_ptr_array_unref(c.conditions);
    g_array_unref(c.packing);
    g_array_unref(c.tokens);
    g_string_free(c.spelling, TRUE);
    return c.chunks;
}
