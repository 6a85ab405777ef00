/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "extract/target-lines.h"

#include <stdbool.h>
#include <string.h>

#include "extract/config.h"
#include "model/facts.h"

#define MAX_DEPTH 64         /* of conditions and of expressions */
#define MAX_DIRECTIVES 4000  /* of a file */

enum truth { NO, MAYBE, YES };

struct directive {
    unsigned line;
    char *text;              /* behind the '#', continuations joined */
};

static void directive_clear(gpointer data)
{
    g_free(((struct directive *)data)->text);
}

/* --- Directives ----------------------------------------------------------- */

/* The line at TEXT and those that a backslash joins to it. */
static char *take_line(const char **text, const char *end, unsigned *line)
{
    GString *out = g_string_new(NULL);
    bool more = true;

    while (more && *text < end) {
        const char *eol = memchr(*text, '\n', (gsize)(end - *text));
        gsize n = (gsize)((eol ? eol : end) - *text);

        more = n && (*text)[n - 1] == '\\';
        g_string_append_len(out, *text, (gssize)(more ? n - 1 : n));
        *text = eol ? eol + 1 : end;
        (*line)++;
    }
    return g_string_free(out, FALSE);
}

static void cut_comment(char *text)
{
    for (char *c = text; *c; c++) {
        if (c[0] == '/' && (c[1] == '/' || c[1] == '*')) {
            *c = '\0';
            return;
        }
    }
}

static GArray *read_directives(const char *text, gsize length)
{
    GArray *list = g_array_new(FALSE, FALSE, sizeof(struct directive));
    const char *end = text + length;
    unsigned line = 1;

    g_array_set_clear_func(list, directive_clear);
    while (text < end && list->len < MAX_DIRECTIVES) {
        struct directive directive = { .line = line };
        g_autofree char *whole = take_line(&text, end, &line);
        char *at = whole + strspn(whole, " \t");

        if (*at == '#') {
            cut_comment(at);
            directive.text = g_strstrip(g_strdup(at + 1));
            g_array_append_val(list, directive);
        }
    }
    return list;
}

/* --- Conditions ----------------------------------------------------------- */

struct state {
    const struct target_config *target;
    GHashTable *macros;      /* name → enum truth: whether it is defined */
    enum truth stack[MAX_DEPTH];     /* whether lines are compiled */
    enum truth taken[MAX_DEPTH];     /* whether a branch was, so far */
    unsigned depth, excess;  /* conditions that STACK has no room for */
};

struct parser {
    struct state *state;
    const char *at;
    unsigned nesting;
};

static enum truth both(enum truth a, enum truth b)
{
    return MIN(a, b);
}

static enum truth either(enum truth a, enum truth b)
{
    return MAX(a, b);
}

static enum truth opposite(enum truth a)
{
    return YES - a;
}

static bool names(const char *macro, const char *arch)
{
    return !g_ascii_strcasecmp(macro + strlen("TARGET_"), arch);
}

/* TARGET_X of some target's architecture or directory. */
static enum truth is_target_macro(const struct state *s, const char *macro)
{
    guint n;
    const struct target_config *all = config_targets(&n);

    if (!g_str_has_prefix(macro, "TARGET_")) {
        return MAYBE;
    }
    if (names(macro, s->target->arch) || names(macro, s->target->base)) {
        return YES;
    }
    for (guint i = 0; i < n; i++) {
        if (names(macro, all[i].arch) || names(macro, all[i].base)) {
            return NO;
        }
    }
    return MAYBE;
}

static enum truth is_defined(const struct state *s, const char *macro)
{
    gpointer known;

    return g_hash_table_lookup_extended(s->macros, macro, NULL, &known)
           ? (enum truth)GPOINTER_TO_INT(known) : is_target_macro(s, macro);
}

static bool take(struct parser *p, const char *text)
{
    p->at += strspn(p->at, " \t");
    if (!g_str_has_prefix(p->at, text)) {
        return false;
    }
    p->at += strlen(text);
    return true;
}

static char *take_name(struct parser *p)
{
    const char *start;

    p->at += strspn(p->at, " \t");
    start = p->at;
    while (g_ascii_isalnum(*p->at) || *p->at == '_') {
        p->at++;
    }
    return g_strndup(start, (gsize)(p->at - start));
}

static enum truth parse_or(struct parser *p);

static enum truth parse_defined(struct parser *p)
{
    bool bracket = take(p, "(");
    g_autofree char *name = take_name(p);

    return bracket && !take(p, ")") ? MAYBE : is_defined(p->state, name);
}

static enum truth parse_primary(struct parser *p)
{
    enum truth truth = MAYBE;

    if (++p->nesting > MAX_DEPTH) {
        p->at += strlen(p->at);
    } else if (take(p, "!")) {
        truth = opposite(parse_primary(p));
    } else if (take(p, "(")) {
        truth = parse_or(p);
        truth = take(p, ")") ? truth : MAYBE;
    } else {
        g_autofree char *name = take_name(p);

        if (!strcmp(name, "defined")) {
            truth = parse_defined(p);
        } else if (!strcmp(name, "0") || !strcmp(name, "1")) {
            truth = *name == '1' ? YES : NO;
        }
    }
    p->nesting--;
    return truth;
}

static enum truth parse_and(struct parser *p)
{
    enum truth truth = parse_primary(p);

    while (take(p, "&&")) {
        truth = both(truth, parse_primary(p));
    }
    return truth;
}

static enum truth parse_or(struct parser *p)
{
    enum truth truth = parse_and(p);

    while (take(p, "||")) {
        truth = either(truth, parse_and(p));
    }
    return truth;
}

/* An operator that is not known leaves something behind. */
static enum truth evaluate(struct state *s, const char *text)
{
    struct parser p = { s, text, 0 };
    enum truth truth = parse_or(&p);

    p.at += strspn(p.at, " \t");
    return *p.at ? MAYBE : truth;
}

/* --- One target ----------------------------------------------------------- */

static void open_condition(struct state *s, enum truth truth)
{
    if (s->depth + 1 == MAX_DEPTH) {
        s->excess++;
        return;
    }
    s->depth++;
    s->stack[s->depth] = both(s->stack[s->depth - 1], truth);
    s->taken[s->depth] = truth;
}

static void close_condition(struct state *s)
{
    if (s->excess) {
        s->excess--;
    } else if (s->depth) {
        s->depth--;
    }
}

static void next_branch(struct state *s, enum truth truth)
{
    if (s->depth && !s->excess) {
        truth = both(truth, opposite(s->taken[s->depth]));
        s->stack[s->depth] = both(s->stack[s->depth - 1], truth);
        s->taken[s->depth] = either(s->taken[s->depth], truth);
    }
}

static void define(struct state *s, const char *rest, bool defined)
{
    struct parser p = { s, rest, 0 };
    g_autofree char *name = take_name(&p);
    enum truth here = s->stack[s->depth];
    enum truth truth = here == MAYBE ? MAYBE : defined ? YES : NO;

    if (here == NO) {
        /* What this file defines for others is this file's to define. */
        if (!defined || is_defined(s, name) != MAYBE ||
            g_hash_table_contains(s->macros, name)) {
            return;
        }
        truth = NO;
    }
    g_hash_table_replace(s->macros, g_steal_pointer(&name),
                         GINT_TO_POINTER(truth));
}

static void run(struct state *s, const char *text)
{
    struct parser p = { s, text, 0 };
    g_autofree char *word = take_name(&p);

    p.at += strspn(p.at, " \t");
    if (!strcmp(word, "if")) {
        open_condition(s, evaluate(s, p.at));
    } else if (!strcmp(word, "ifdef")) {
        open_condition(s, is_defined(s, p.at));
    } else if (!strcmp(word, "ifndef")) {
        open_condition(s, opposite(is_defined(s, p.at)));
    } else if (!strcmp(word, "elif")) {
        next_branch(s, evaluate(s, p.at));
    } else if (!strcmp(word, "else")) {
        next_branch(s, YES);
    } else if (!strcmp(word, "endif")) {
        close_condition(s);
    } else if (!strcmp(word, "define") || !strcmp(word, "undef")) {
        define(s, p.at, !strcmp(word, "define"));
    }
}

/* Adds TARGET to the sets of the lines behind directives that it sees. */
static void add_target(const struct target_config *target,
                       const GArray *directives, GArray *lines)
{
    g_autoptr(GHashTable) macros =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    struct state s = { .target = target, .macros = macros,
                       .stack = { YES } };

    for (guint i = 0; i < directives->len; i++) {
        run(&s, g_array_index(directives, struct directive, i).text);
        if (s.stack[s.depth] != NO) {
            g_array_index(lines, struct target_line, i).targets |=
                target_bit(target->name);
        }
    }
}

/* --- All of them ---------------------------------------------------------- */

GArray *target_lines_find(const char *text, gsize length)
{
    GArray *lines = g_array_new(FALSE, FALSE, sizeof(struct target_line));
    g_autoptr(GArray) directives = NULL;
    target_set all = 0;
    guint n;
    const struct target_config *targets = config_targets(&n);

    if (!g_strstr_len(text, (gssize)length, "TARGET_")) {
        return lines;
    }
    directives = read_directives(text, length);
    for (guint i = 0; i < directives->len; i++) {
        struct target_line line = {
            g_array_index(directives, struct directive, i).line, 0,
        };

        g_array_append_val(lines, line);
    }
    for (guint i = 0; i < n; i++) {
        all |= target_bit(targets[i].name);
        add_target(&targets[i], directives, lines);
    }
    for (guint i = 0; i < lines->len; i++) {
        struct target_line *line = &g_array_index(lines, struct target_line,
                                                  i);

        line->targets = line->targets == all ? 0 : line->targets;
    }
    return lines;
}

uint64_t target_lines_at(const GArray *lines, unsigned line)
{
    uint64_t targets = 0;

    for (guint i = 0; i < lines->len; i++) {
        const struct target_line *at = &g_array_index(lines,
                                                      struct target_line, i);

        if (at->line > line) {
            break;
        }
        targets = at->targets;
    }
    return targets;
}
