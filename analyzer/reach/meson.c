/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What QEMU's meson.build files do with source sets.  Branches of an "if" are
 * all taken and what cannot be known is left out: a file too many is built,
 * never one too few.
 */
#include "reach/build.h"
#include "reach/meson-lex.h"

#include <string.h>

#define MAX_DEPTH 64         /* of expressions and directories */
#define MAX_ITEMS 5000       /* of a value */

/* A value, flattened: lists and dictionaries are what they hold. */
struct mvalue {
    GPtrArray *texts;        /* char * */
    GPtrArray *files;        /* char *, paths */
    GArray *sets;            /* guint */
};

struct meson {
    struct build *build;
    const struct reach_tree *tree;
    GHashTable *variables;   /* name → struct mvalue * */
    GHashTable *seen;        /* directories */
    const struct token *at;
    const char *dir;
    unsigned depth;
};

static struct mvalue *mvalue_new(void)
{
    struct mvalue *v = g_new0(struct mvalue, 1);

    v->texts = g_ptr_array_new_with_free_func(g_free);
    v->files = g_ptr_array_new_with_free_func(g_free);
    v->sets = g_array_new(FALSE, FALSE, sizeof(guint));
    return v;
}

static void mvalue_free(struct mvalue *v)
{
    g_ptr_array_unref(v->texts);
    g_ptr_array_unref(v->files);
    g_array_unref(v->sets);
    g_free(v);
}
typedef struct mvalue MValue;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MValue, mvalue_free)

static void copy_texts(GPtrArray *to, const GPtrArray *from)
{
    guint n = from->len;

    for (guint i = 0; i < n && to->len < MAX_ITEMS; i++) {
        g_ptr_array_add(to, g_strdup(g_ptr_array_index(from, i)));
    }
}

static void mvalue_merge(struct mvalue *to, const struct mvalue *from)
{
    copy_texts(to->texts, from->texts);
    copy_texts(to->files, from->files);
    if (to->sets->len < MAX_ITEMS && to != from) {
        g_array_append_vals(to->sets, from->sets->data, from->sets->len);
    }
}

/* --- Expressions --------------------------------------------------------- */

/* Keyword arguments have a name; the others are merged under "". */
typedef GHashTable Arguments;

static bool is_punct(const struct token *token, char punct)
{
    return token->kind == TOKEN_PUNCT && token->punct == punct;
}

static bool take(struct meson *m, char punct)
{
    if (!is_punct(m->at, punct)) {
        return false;
    }
    m->at++;
    return true;
}

static struct mvalue *read_expression(struct meson *m);

static struct mvalue *argument(GHashTable *arguments, const char *name)
{
    struct mvalue *v = g_hash_table_lookup(arguments, name);

    if (!v) {
        v = mvalue_new();
        g_hash_table_insert(arguments, g_strdup(name), v);
    }
    return v;
}

/* Up to the closing bracket, which is taken. */
static GHashTable *read_arguments(struct meson *m, char closing)
{
    GHashTable *arguments =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
                              (GDestroyNotify)mvalue_free);

    while (m->at->kind != TOKEN_END && !take(m, closing)) {
        const struct token *before = m->at;
        const char *name = "";

        if (m->at->kind == TOKEN_NAME && is_punct(m->at + 1, ':')) {
            name = m->at->text;
            m->at += 2;
        }
        g_autoptr(MValue) v = read_expression(m);
        mvalue_merge(argument(arguments, name), v);
        /* Separators, colons of dictionaries, and what makes no sense. */
        if (!take(m, ',') && !take(m, ':') && m->at == before) {
            m->at++;
        }
    }
    return arguments;
}

static struct mvalue *read_bracket(struct meson *m, char closing)
{
    g_autoptr(GHashTable) arguments = read_arguments(m, closing);
    struct mvalue *v = mvalue_new();

    mvalue_merge(v, argument(arguments, ""));
    return v;
}

static struct mvalue *read_files(struct meson *m)
{
    g_autoptr(MValue) inner = read_bracket(m, ')');
    struct mvalue *v = mvalue_new();

    for (guint i = 0; i < inner->texts->len; i++) {
        char *path = build_path(m->dir, g_ptr_array_index(inner->texts, i));

        if (path) {
            g_ptr_array_add(v->files, path);
        }
    }
    copy_texts(v->files, inner->files);
    return v;
}

static struct mvalue *new_set(struct meson *m)
{
    struct mvalue *v = mvalue_new();
    guint set = build_add_set(m->build);

    g_array_append_val(v->sets, set);
    return v;
}

/* Methods and indices: ".name(…)", "[…]".  Only the making of a source set is
 * understood; of anything else the value is not known. */
static struct mvalue *read_trailers(struct meson *m, struct mvalue *v)
{
    for (;;) {
        struct mvalue *result = NULL;

        if (is_punct(m->at, '.') && m->at[1].kind == TOKEN_NAME) {
            const char *method = m->at[1].text;

            m->at += 2;
            if (take(m, '(')) {
                mvalue_free(read_bracket(m, ')'));
            }
            result = !strcmp(method, "source_set") ? new_set(m)
                                                   : mvalue_new();
        } else if (take(m, '[')) {
            mvalue_free(read_bracket(m, ']'));
            result = mvalue_new();
        } else {
            return v;
        }
        mvalue_free(v);
        v = result;
    }
}

static struct mvalue *read_name(struct meson *m, const char *name)
{
    const struct mvalue *known;
    struct mvalue *v;

    if (take(m, '(')) {
        if (!strcmp(name, "files")) {
            return read_files(m);
        }
        mvalue_free(read_bracket(m, ')'));
        return mvalue_new();
    }
    known = g_hash_table_lookup(m->variables, name);
    v = mvalue_new();
    if (known) {
        mvalue_merge(v, known);
    }
    return v;
}

static struct mvalue *read_atom(struct meson *m)
{
    struct mvalue *v;

    if (m->at->kind == TOKEN_TEXT) {
        v = mvalue_new();
        g_ptr_array_add(v->texts, g_strdup(m->at++->text));
    } else if (m->at->kind == TOKEN_NAME) {
        const char *name = m->at++->text;

        v = read_name(m, name);
    } else if (take(m, '(')) {
        v = read_bracket(m, ')');
    } else if (take(m, '[')) {
        v = read_bracket(m, ']');
    } else if (take(m, '{')) {
        v = read_bracket(m, '}');
    } else {
        m->at++;
        return mvalue_new();
    }
    return read_trailers(m, v);
}

static bool ends_expression(const struct token *token)
{
    return token->kind == TOKEN_END || token->kind == TOKEN_NEWLINE ||
           (token->kind == TOKEN_PUNCT && strchr(",)]}", token->punct));
}

/* All operands of all operators, as if everything were a sum. */
static struct mvalue *read_expression(struct meson *m)
{
    struct mvalue *v = mvalue_new();
    int questions = 0;

    if (m->depth >= MAX_DEPTH) {
        return v;
    }
    m->depth++;
    while (!ends_expression(m->at)) {
        if (is_punct(m->at, ':') && questions-- <= 0) {
            break;
        }
        questions += is_punct(m->at, '?');
        g_autoptr(MValue) part = read_atom(m);
        mvalue_merge(v, part);
    }
    m->depth--;
    return v;
}

/* --- Statements ---------------------------------------------------------- */

/* 'CONFIG_X' and 'TARGET_X' count; dependencies are taken to be there. */
static cond read_when(struct meson *m, const struct mvalue *when)
{
    struct conds *conds = m->build->conds;
    cond c = COND_TRUE;

    for (guint i = 0; i < when->texts->len; i++) {
        const char *text = g_ptr_array_index(when->texts, i);

        if (g_str_has_prefix(text, "CONFIG_")) {
            text += strlen("CONFIG_");
        } else if (!g_str_has_prefix(text, "TARGET_")) {
            continue;
        }
        c = cond_and(conds, c, cond_symbol(conds, text));
    }
    return c;
}

static void add_sources(struct meson *m, const struct mvalue *v,
                        struct member member)
{
    for (guint i = 0; i < v->files->len; i++) {
        build_add_file(m->build, "", g_ptr_array_index(v->files, i), member);
    }
    for (guint i = 0; i < v->texts->len; i++) {
        const char *text = g_ptr_array_index(v->texts, i);

        if (g_str_has_suffix(text, ".c")) {
            build_add_file(m->build, m->dir, text, member);
        }
    }
    for (guint i = 0; i < v->sets->len; i++) {
        build_add_part(m->build, g_array_index(v->sets, guint, i), member);
    }
}

/* The set that a variable holds; one that nobody made is made now. */
static bool find_set(struct meson *m, const char *name, guint *ret)
{
    struct mvalue *v = g_hash_table_lookup(m->variables, name);

    if (!v && g_str_has_suffix(name, "_ss")) {
        v = new_set(m);
        g_hash_table_insert(m->variables, g_strdup(name), v);
    }
    if (!v || v->sets->len != 1) {
        return false;
    }
    *ret = g_array_index(v->sets, guint, 0);
    return true;
}

/* "NAME.add(…)", "NAME.add_all(…)"; at the bracket. */
static void run_method(struct meson *m, const char *name, const char *method)
{
    struct member member = { 0, COND_TRUE };

    if (!take(m, '(')) {
        return;
    }
    g_autoptr(GHashTable) arguments = read_arguments(m, ')');
    if (!g_str_has_prefix(method, "add") ||
        !find_set(m, name, &member.set)) {
        return;
    }
    add_sources(m, argument(arguments, ""), member);
    member.when = read_when(m, argument(arguments, "when"));
    add_sources(m, argument(arguments, "if_true"), member);
    member.when = member.when == COND_TRUE
        ? COND_TRUE : cond_not(m->build->conds, member.when);
    add_sources(m, argument(arguments, "if_false"), member);
}

/* "hw_arch += {'arm': arm_ss}": for targets of that directory only. */
static void assign_arch(struct meson *m, const char *name,
                        const struct mvalue *v)
{
    struct conds *conds = m->build->conds;

    for (guint i = 0; i < v->texts->len && i < v->sets->len; i++) {
        g_autofree char *symbol =
            g_strconcat("@", (char *)g_ptr_array_index(v->texts, i), NULL);
        struct member member = { BUILD_ROOT, cond_symbol(conds, symbol) };

        if (strstr(name, "user")) {
            member.when = cond_and(conds, member.when,
                                   cond_symbol(conds, "USER_ONLY"));
        }
        build_add_part(m->build, g_array_index(v->sets, guint, i), member);
    }
}

static void run_assignment(struct meson *m, const char *name, bool append)
{
    struct mvalue *v = read_expression(m);
    struct mvalue *known = g_hash_table_lookup(m->variables, name);

    if (append && g_str_has_suffix(name, "_arch")) {
        assign_arch(m, name, v);
        mvalue_free(v);
    } else if (append && known) {
        mvalue_merge(known, v);
        mvalue_free(v);
    } else {
        g_hash_table_replace(m->variables, g_strdup(name), v);
    }
}

static void run_directory(struct meson *m, const char *dir);

static void run_subdir(struct meson *m)
{
    g_autoptr(MValue) v = read_bracket(m, ')');

    for (guint i = 0; i < v->texts->len; i++) {
        g_autofree char *dir =
            build_path(m->dir, g_ptr_array_index(v->texts, i));

        if (dir) {
            run_directory(m, dir);
        }
    }
}

static void skip_line(struct meson *m)
{
    while (m->at->kind != TOKEN_END && m->at->kind != TOKEN_NEWLINE) {
        m->at++;
    }
}

static void run_statement(struct meson *m)
{
    const struct token *first = m->at;
    const char *name = first->text;

    if (first->kind != TOKEN_NAME) {
        skip_line(m);
        return;
    }
    m->at++;
    if (is_punct(m->at, '.') && m->at[1].kind == TOKEN_NAME) {
        m->at += 2;
        run_method(m, name, m->at[-1].text);
    } else if (is_punct(m->at, '=') || is_punct(m->at, 'a')) {
        m->at++;
        run_assignment(m, name, is_punct(m->at - 1, 'a'));
    } else if (!strcmp(name, "subdir") && take(m, '(')) {
        run_subdir(m);
    }
    skip_line(m);
}

static void run_directory(struct meson *m, const char *dir)
{
    g_autofree char *path = build_path(dir, "meson.build");
    g_autofree char *text = NULL;
    struct meson outer = *m;

    if (m->depth >= MAX_DEPTH || !path ||
        !g_hash_table_add(m->seen, g_strdup(dir))) {
        return;
    }
    text = tree_text(m->tree, path);
    if (!text) {
        return;
    }
    g_autoptr(GArray) tokens = meson_lex(text);
    m->at = &g_array_index(tokens, struct token, 0);
    m->dir = dir;
    m->depth++;
    while (m->at->kind != TOKEN_END) {
        run_statement(m);
        m->at += m->at->kind == TOKEN_NEWLINE;
    }
    *m = outer;
}

void build_read_meson(struct build *build, const struct reach_tree *tree)
{
    g_autoptr(GHashTable) variables =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
                              (GDestroyNotify)mvalue_free);
    g_autoptr(GHashTable) seen =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    struct meson m = { .build = build, .tree = tree, .variables = variables,
                       .seen = seen };

    run_directory(&m, "");
}
