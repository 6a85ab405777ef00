/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "extract/hollow.h"

#include "extract/lower.h"
#include "extract/token.h"

#include <string.h>

/* Bodies of so many statements are cheap, and some of them are wanted for
 * being short (accessors). */
#define SHORT_BODY 2

struct function {
    struct token name;
    gsize open, close;           /* offsets of the braces */
    bool external;
    bool fixed;                  /* cannot be left out */
    bool wanted;                 /* lowering will ask for it, we guess */
    bool mentioned;              /* anywhere but in declarations */
};

/* A name that may be one of a function of the file. */
struct mention {
    struct token name;
    guint body;                  /* index of the function it stands in + 1 */
    bool counts;                 /* called, or set as a hook */
};

struct scan {
    const char *text;
    struct lexer lexer;
    struct token past[3];        /* the tokens before, the last first */
    struct token name;           /* before the last '(' outside of others */
    guint n_head;                /* names of the declaration so far */
    bool is_static;
    bool is_bool;                /* what is declared, or returned */
    bool classes;                /* a parameter is an object or a class */
    guint n_params;              /* tokens inside of the parentheses */
    bool object_only;            /* … and they are "Object *name" so far */
    bool opaque;                 /* … and they begin with "void" */
    int parens;
    GArray *functions;           /* struct function */
    GArray *mentions;            /* struct mention */
};

static bool spells(const struct token *token, const char *word)
{
    return token->kind == TOKEN_NAME && token->length == strlen(word) &&
           !memcmp(token->at, word, token->length);
}

static bool starts_with(const struct token *token, const char *start)
{
    gsize length = strlen(start);

    return token->length >= length && !memcmp(token->at, start, length);
}

static bool ends_with(const struct token *token, const char *end)
{
    gsize length = strlen(end);

    return token->length >= length &&
           !memcmp(token->at + token->length - length, end, length);
}

static gsize offset_of(const struct scan *s, const struct token *token)
{
    return (gsize)(token->at - s->text);
}

static bool at_margin(const struct scan *s, const struct token *token)
{
    return token->at == s->text || token->at[-1] == '\n';
}

static void remember(struct scan *s, const struct token *token)
{
    s->past[2] = s->past[1];
    s->past[1] = s->past[0];
    s->past[0] = *token;
}

static void add_mention(struct scan *s, const struct token *token, guint body,
                        bool counts)
{
    struct mention mention = { *token, body, counts };

    g_array_append_val(s->mentions, mention);
}

/* What a name before this token is set to: ".class_init = X". */
static bool is_set(const struct scan *s)
{
    return token_is(&s->past[0], '=') && s->past[1].kind == TOKEN_NAME;
}

static bool is_hook_set(const struct scan *s)
{
    g_autofree char *field = is_set(s)
        ? g_strndup(s->past[1].at, s->past[1].length) : NULL;

    return field && lower_is_hook(field);
}

static char next_char(const struct scan *s)
{
    const char *at = s->lexer.at;

    while (at < s->lexer.end && g_ascii_isspace(*at)) {
        at++;
    }
    return at < s->lexer.end ? *at : '\0';
}

/* --- Bodies ------------------------------------------------------------------ */

/* What directives make of a body: whole conditions do no harm. */
struct conditions {
    guint n;                     /* directives */
    int depth;
    bool bad;
};

static void body_directive(struct scan *s, struct conditions *conditions)
{
    struct token word = lexer_next(&s->lexer);

    conditions->n++;
    if (spells(&word, "if") || spells(&word, "ifdef") ||
        spells(&word, "ifndef")) {
        conditions->depth++;
    } else if (spells(&word, "endif")) {
        conditions->bad |= --conditions->depth < 0;
    } else if (!(spells(&word, "else") || spells(&word, "elif")) ||
               conditions->depth <= 0) {
        conditions->bad = true;
    }
    while (word.kind != TOKEN_NEWLINE && word.kind != TOKEN_END) {
        word = lexer_next(&s->lexer);
    }
}

/* True where the body puts descriptions into the migration stream: that is
 * looked for in every function. */
static bool body_name(struct scan *s, const struct token *token)
{
    bool called = next_char(s) == '(';

    add_mention(s, token, s->functions->len, called || is_hook_set(s));
    return called && starts_with(token, "vmstate_");
}

/* From the '{' on.  False where braces and indentation disagree: then nothing
 * in the file is what it seems. */
static bool scan_body(struct scan *s, struct function *function)
{
    struct conditions conditions = { 0 };
    struct token token;
    guint statements = 0;
    bool registers = false;
    int depth = 1;

    while (depth) {
        token = lexer_next(&s->lexer);
        if (token.kind == TOKEN_END) {
            return false;
        }
        if (token.kind == TOKEN_HASH) {
            body_directive(s, &conditions);
        } else if (token.kind == TOKEN_NAME) {
            registers |= body_name(s, &token);
        } else if (token_is(&token, '}')) {
            depth--;
            if (at_margin(s, &token) != !depth) {
                return false;
            }
        }
        depth += token_is(&token, '{');
        statements += token_is(&token, ';');
        remember(s, &token);
    }
    function->close = offset_of(s, &token);
    /* Of some branches the parser sees one. */
    bool is_short = statements < SHORT_BODY * (conditions.n + 1);

    function->fixed |= conditions.bad || conditions.depth || registers ||
                       is_short;
    function->wanted |= function->external && is_short;
    return true;
}

/* --- Between functions ----------------------------------------------------------- */

static void new_declaration(struct scan *s)
{
    s->n_head = 0;
    s->is_static = s->classes = false;
    s->n_params = 0;
    s->object_only = true;
    s->opaque = s->is_bool = false;
    s->name = (struct token){ 0 };
}

static void head_name(struct scan *s, const struct token *token)
{
    bool declared = !s->parens && next_char(s) == '(' &&
                    (s->past[0].kind == TOKEN_NAME ||
                     token_is(&s->past[0], '*'));

    if (!s->parens) {
        s->n_head++;
        s->is_static |= spells(token, "static");
        s->is_bool |= spells(token, "bool");
        if (next_char(s) == '(') {
            s->name = *token;
            s->n_params = 0;
            s->object_only = true;
        }
    } else {
        s->classes |= spells(token, "Object") || spells(token, "Property") ||
                      spells(token, "ObjectProperty") ||
                      ends_with(token, "Class") ||
                      ends_with(token, "TypeInfo");
        s->object_only &= s->n_params ? s->n_params == 2
                                      : spells(token, "Object");
        s->opaque |= !s->n_params && spells(token, "void");
        s->n_params++;
    }
    if (!declared) {
        add_mention(s, token, 0, !is_set(s) || is_hook_set(s));
    }
}

static void head_token(struct scan *s, const struct token *token)
{
    if (token->kind == TOKEN_NAME) {
        head_name(s, token);
    } else if (token_is(token, '(')) {
        s->parens++;
    } else if (token_is(token, ')')) {
        s->parens--;
    } else if (s->parens) {
        s->object_only &= s->n_params == 1 && token_is(token, '*');
        s->n_params++;
    } else if (token_is(token, ';')) {
        new_declaration(s);
    }
}

/* What macros are replaced by is used wherever they are. */
static void head_directive(struct scan *s)
{
    struct token word = lexer_next(&s->lexer);
    bool define = spells(&word, "define");

    while (word.kind != TOKEN_NEWLINE && word.kind != TOKEN_END) {
        word = lexer_next(&s->lexer);
        if (define && word.kind == TOKEN_NAME) {
            add_mention(s, &word, 0, true);
        }
    }
}

static bool starts_body(const struct scan *s, const struct token *token)
{
    return token_is(token, '{') && !s->parens && s->name.length &&
           token_is(&s->past[0], ')');
}

static bool scan_function(struct scan *s, const struct token *open)
{
    bool external = !s->is_static;
    struct function function = {
        .name = s->name, .open = offset_of(s, open), .external = external,
        /* a macro stands for the head */
        .fixed = s->n_head < 2,
        .wanted = s->n_head < 2 || (s->object_only && s->n_params == 3) ||
                  (external && (s->classes || (s->is_bool && s->opaque) ||
                                ends_with(&s->name, "_register"))),
    };

    g_array_append_val(s->functions, function);
    struct function *kept = &g_array_index(s->functions, struct function,
                                           s->functions->len - 1);

    return scan_body(s, kept);
}

/* Skips what an initialiser or a struct has between its braces, but for the
 * names in it. */
static void scan_braces(struct scan *s)
{
    struct token token;
    int depth = 1;

    while (depth && (token = lexer_next(&s->lexer)).kind != TOKEN_END) {
        if (token.kind == TOKEN_HASH) {
            head_directive(s);
        } else if (token.kind == TOKEN_NAME) {
            add_mention(s, &token, 0, !is_set(s) || is_hook_set(s));
        }
        depth += token_is(&token, '{');
        depth -= token_is(&token, '}');
        remember(s, &token);
    }
}

static bool scan_file(struct scan *s)
{
    struct token token;

    new_declaration(s);
    while ((token = lexer_next(&s->lexer)).kind != TOKEN_END) {
        if (token.kind == TOKEN_HASH) {
            head_directive(s);
        } else if (starts_body(s, &token)) {
            if (!scan_function(s, &token)) {
                return false;
            }
            new_declaration(s);
        } else if (token_is(&token, '{')) {
            scan_braces(s);
        } else {
            head_token(s, &token);
            remember(s, &token);
        }
    }
    return !s->parens;
}

/* --- What is wanted --------------------------------------------------------------- */

static guint token_hash(gconstpointer key)
{
    const struct token *token = key;
    guint hash = 5381;

    for (gsize i = 0; i < token->length; i++) {
        hash = hash * 33 + (guchar)token->at[i];
    }
    return hash;
}

static gboolean token_equal(gconstpointer a, gconstpointer b)
{
    const struct token *x = a, *y = b;

    return x->length == y->length && !memcmp(x->at, y->at, x->length);
}

/* Of functions that stand in two branches of a condition, the last stands for
 * both: what is wanted of the others is noticed in time. */
static GHashTable *by_name(GArray *functions)
{
    GHashTable *table = g_hash_table_new(token_hash, token_equal);

    for (guint i = 0; i < functions->len; i++) {
        struct function *function = &g_array_index(functions,
                                                   struct function, i);

        g_hash_table_replace(table, &function->name, function);
    }
    return table;
}

/* Keeps the mentions of functions only, and in each the function as name;
 * WANT: those that stand outside of bodies make it wanted. */
static void resolve(struct scan *s, GHashTable *table, bool want,
                    GPtrArray *callees)
{
    guint n = 0;

    for (guint i = 0; i < s->mentions->len; i++) {
        struct mention mention = g_array_index(s->mentions, struct mention,
                                               i);
        struct function *to = g_hash_table_lookup(table, &mention.name);

        if (to) {
            to->mentioned = true;
            to->wanted |= want && !mention.body && mention.counts;
            g_array_index(s->mentions, struct mention, n++) = mention;
            g_ptr_array_add(callees, to);
        }
    }
    g_array_set_size(s->mentions, n);
}

/* Nobody spells it: a macro pastes its name together. */
static bool is_pasted(const struct function *f)
{
    return !f->external && !f->mentioned;
}

static bool is_asked_for(const struct function *f, GHashTable *asked)
{
    g_autofree char *name = g_strndup(f->name.at, f->name.length);
    GQuark known = g_quark_try_string(name);

    return known && g_hash_table_contains(asked, g_quark_to_string(known));
}

/* Of what is wanted that is called. */
static void want_callees(struct scan *s, const GPtrArray *callees)
{
    bool changed = true;

    while (changed) {
        changed = false;
        for (guint i = 0; i < callees->len; i++) {
            const struct mention *mention = &g_array_index(s->mentions,
                                                           struct mention, i);
            struct function *to = g_ptr_array_index(callees, i);

            if (mention->body && mention->counts && !to->wanted &&
                g_array_index(s->functions, struct function,
                              mention->body - 1).wanted) {
                to->wanted = changed = true;
            }
        }
    }
}

/* ASKED: interned names of functions, all that is wanted; NULL: what holds facts. */
static void want_all(struct scan *s, GHashTable *asked)
{
    g_autoptr(GHashTable) table = by_name(s->functions);
    g_autoptr(GPtrArray) callees = g_ptr_array_new();

    resolve(s, table, !asked, callees);
    for (guint i = 0; i < s->functions->len; i++) {
        struct function *f = &g_array_index(s->functions, struct function, i);

        f->wanted = asked ? is_asked_for(f, asked) : f->wanted || is_pasted(f);
    }
    want_callees(s, callees);
}

static void blank(char *text, gsize from, gsize to)
{
    for (gsize i = from; i < to; i++) {
        if (text[i] != '\n') {
            text[i] = ' ';
        }
    }
}

static struct hollow *leave_out(const struct scan *s, gsize length)
{
    struct hollow *hollow = g_new0(struct hollow, 1);

    hollow->text = g_strndup(s->text, length);
    hollow->left_out = g_array_new(FALSE, FALSE, sizeof(guint));
    for (guint i = 0; i < s->functions->len; i++) {
        const struct function *f = &g_array_index(s->functions,
                                                  struct function, i);
        guint open = (guint)f->open;

        if (!f->fixed && !f->wanted) {
            blank(hollow->text, f->open + 1, f->close);
            g_array_append_val(hollow->left_out, open);
        }
    }
    return hollow;
}

struct hollow *hollow_new(const char *text, gsize length, GHashTable *asked)
{
    struct hollow *hollow = NULL;
    struct scan s = {
        .text = text, .lexer = { text, text + length, true, false },
        .functions = g_array_new(FALSE, TRUE, sizeof(struct function)),
        .mentions = g_array_new(FALSE, TRUE, sizeof(struct mention)),
    };

    /* A NUL would end the copy. */
    if (!memchr(text, '\0', length) && scan_file(&s)) {
        want_all(&s, asked);
        hollow = leave_out(&s, length);
    }
    if (hollow && !hollow->left_out->len) {
        g_clear_pointer(&hollow, hollow_free);
    }
    g_array_unref(s.functions);
    g_array_unref(s.mentions);
    return hollow;
}

void hollow_free(struct hollow *hollow)
{
    if (hollow) {
        g_free(hollow->text);
        g_array_unref(hollow->left_out);
        g_free(hollow);
    }
}
