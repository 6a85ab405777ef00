/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The Makefile.objs of trees before v5.2: "obj-$(CONFIG_X) += a.o dir/".
 */
#include "reach/build.h"
#include "reach/kconfig.h"

#include <string.h>

#define MAX_DEPTH 32

struct makefile {
    struct build *build;
    GHashTable *dirs;        /* directory → set */
    const char *dir;
    struct member self;      /* the set of the directory */
    GArray *branches;        /* cond of each open ifeq … */
};

static cond cond_never(struct conds *conds)
{
    return cond_not(conds, COND_TRUE);
}

/* --- $(…) ---------------------------------------------------------------- */

static cond read_value(struct conds *conds, const char **at, unsigned depth);

/* Operands of a $(call …) up to the closing bracket. */
static cond read_call(struct conds *conds, const char **at, unsigned depth)
{
    gsize length = strcspn(*at, ",)");
    bool is_or = length == 3 && !strncmp(*at, "lor", 3);
    bool is_not = length == 4 && !strncmp(*at, "lnot", 4);
    bool known = is_or || is_not || (length == 4 && !strncmp(*at, "land", 4));
    cond all = COND_TRUE;
    bool first = true;

    *at += length;
    while (**at == ',') {
        (*at)++;
        cond c = read_value(conds, at, depth + 1);

        all = first ? c : is_or ? cond_or(conds, all, c)
                                : cond_and(conds, all, c);
        first = false;
    }
    if (!known) {
        return COND_TRUE;
    }
    return is_not ? cond_not(conds, all) : all;
}

/* "y", "$(CONFIG_X)", "$(call lor,$(CONFIG_A),…)"; variables are taken to be
 * set. */
static cond read_value(struct conds *conds, const char **at, unsigned depth)
{
    cond c = COND_TRUE;

    *at += strspn(*at, " \t");
    if ((*at)[0] != '$' || !strchr("({", (*at)[1]) || !(*at)[1] ||
        depth > MAX_DEPTH) {
        c = **at == 'n' ? cond_never(conds) : COND_TRUE;
        *at += strcspn(*at, ",) \t");
        return c;
    }
    *at += 2;
    if (g_str_has_prefix(*at, "call ")) {
        *at += strlen("call ");
        *at += strspn(*at, " \t");
        c = read_call(conds, at, depth);
    } else {
        gsize length = strcspn(*at, ")},");
        g_autofree char *name = g_strndup(*at, length);

        if (g_str_has_prefix(name, "CONFIG_")) {
            c = cond_symbol(conds, name + strlen("CONFIG_"));
        }
        *at += length;
    }
    *at += strcspn(*at, ")}");
    *at += **at != '\0';
    return c;
}

/* --- ifeq ---------------------------------------------------------------- */

static cond all_symbols(struct conds *conds, const char *line, bool negate)
{
    cond all = COND_TRUE;

    for (const char *at = strstr(line, "CONFIG_"); at;
         at = strstr(at, "CONFIG_")) {
        at += strlen("CONFIG_");
        g_autofree char *name = g_strndup(at, strcspn(at, ")} \t,\"'"));
        cond c = cond_symbol(conds, name);

        all = cond_and(conds, all, negate ? cond_not(conds, c) : c);
    }
    return all;
}

/* "($(CONFIG_A)$(CONFIG_B),yy)": compared with y, or with n or nothing. */
static cond read_comparison(struct conds *conds, const char *line, bool equal)
{
    const char *comma = strrchr(line, ',');
    bool with_yes = comma ? strchr(comma, 'y') != NULL
                          : strstr(line, "\"y") || strstr(line, "'y");

    return all_symbols(conds, line, with_yes != equal);
}

static cond *innermost(const struct makefile *m)
{
    return m->branches->len
        ? &g_array_index(m->branches, cond, m->branches->len - 1) : NULL;
}

static bool read_branch(struct makefile *m, const char *line)
{
    struct conds *conds = m->build->conds;
    cond c = COND_TRUE;

    if (g_str_has_prefix(line, "else")) {
        if (innermost(m)) {
            *innermost(m) = *innermost(m) == COND_TRUE
                ? COND_TRUE : cond_not(conds, *innermost(m));
        }
        return true;
    }
    if (g_str_has_prefix(line, "endif")) {
        if (innermost(m)) {
            g_array_set_size(m->branches, m->branches->len - 1);
        }
        return true;
    }
    if (g_str_has_prefix(line, "ifeq") || g_str_has_prefix(line, "ifneq")) {
        c = read_comparison(conds, line, line[2] == 'e');
    } else if (g_str_has_prefix(line, "ifdef") ||
               g_str_has_prefix(line, "ifndef")) {
        c = all_symbols(conds, line, line[2] == 'n');
    } else {
        return false;
    }
    g_array_append_val(m->branches, c);
    return true;
}

static cond branches_hold(const struct makefile *m)
{
    cond all = COND_TRUE;

    for (guint i = 0; i < m->branches->len; i++) {
        all = cond_and(m->build->conds, all,
                       g_array_index(m->branches, cond, i));
    }
    return all;
}

/* --- Lists of objects ---------------------------------------------------- */

static guint dir_set(struct build *build, GHashTable *dirs, const char *dir)
{
    guint no = GPOINTER_TO_UINT(g_hash_table_lookup(dirs, dir));

    if (!no) {
        no = build_add_set(build) + 1;
        g_hash_table_insert(dirs, g_strdup(dir), GUINT_TO_POINTER(no));
    }
    return no - 1;
}

static void add_object(struct makefile *m, const char *word,
                       struct member member)
{
    gsize length = strlen(word);

    if (strchr(word, '$')) {
        return;
    }
    if (g_str_has_suffix(word, ".o")) {
        g_autofree char *name = g_strdup_printf("%.*s.c", (int)length - 2,
                                                word);

        build_add_file(m->build, m->dir, name, member);
    } else if (g_str_has_suffix(word, "/")) {
        g_autofree char *dir = build_path(m->dir, word);

        if (dir) {
            build_add_part(m->build, dir_set(m->build, m->dirs, dir), member);
        }
    }
}

/* "obj-$(CONFIG_X)": the condition in the name of the list. */
static cond read_list(struct conds *conds, const char *name)
{
    const char *at = strstr(name, "-$");

    if (!at && (at = strrchr(name, '-')) &&
        strcmp(at, "-y") && strcmp(at, "-m") && strcmp(at, "-n")) {
        return COND_TRUE;
    }
    if (!at) {
        return COND_TRUE;
    }
    at++;
    return read_value(conds, &at, 0);
}

static void read_objects(struct makefile *m, const char *line)
{
    const char *sign = strstr(line, "+=");
    gsize gap = 2;

    if (!sign) {
        sign = strchr(line, '=');
        gap = 1;
    }
    if (!sign || line[0] == '\t') {
        return;
    }
    g_autofree char *name = g_strndup(line, (gsize)(sign - line));
    struct member member = m->self;

    g_strchomp(name);
    member.when = cond_and(m->build->conds, branches_hold(m),
                           read_list(m->build->conds, name));
    g_auto(GStrv) words = g_strsplit_set(sign + gap, " \t\r", -1);
    for (char **word = words; *word; word++) {
        add_object(m, *word, member);
    }
}

static void join_lines(char *text)
{
    for (char *at = strstr(text, "\\\n"); at; at = strstr(at, "\\\n")) {
        at[0] = at[1] = ' ';
    }
}

static void read_makefile(struct makefile *m, char *text)
{
    g_autoptr(GArray) branches = g_array_new(FALSE, FALSE, sizeof(cond));

    m->branches = branches;
    join_lines(text);
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    for (char **line = lines; *line; line++) {
        (*line)[strcspn(*line, "#")] = '\0';
        g_strchomp(*line);
        if (!read_branch(m, *line + strspn(*line, " "))) {
            read_objects(m, *line);
        }
    }
}

/* Directories that no list of the tree names are those of a target:
 * Makefile.target adds hw/$(TARGET_BASE_ARCH)/. */
static void add_target_dirs(struct build *build, GHashTable *dirs)
{
    GHashTableIter iter;
    gpointer dir, no;

    g_hash_table_iter_init(&iter, dirs);
    while (g_hash_table_iter_next(&iter, &dir, &no)) {
        guint set = GPOINTER_TO_UINT(no) - 1;
        const GArray *parts = g_ptr_array_index(build->sets, set);
        const char *last = strpbrk(dir, "/-");

        if (!parts->len && last && is_target_base(last + 1)) {
            g_autofree char *symbol = g_strconcat("@", last + 1, NULL);
            struct member member = { BUILD_ROOT,
                                     cond_symbol(build->conds, symbol) };

            build_add_part(build, set, member);
        }
    }
}

void build_read_makefiles(struct build *build, const struct reach_tree *tree)
{
    g_autoptr(GHashTable) dirs =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    const char *path;

    for (guint i = 0; (path = tree->list(i, tree->opaque)); i++) {
        g_autofree char *dir = g_path_get_dirname(path);
        g_autofree char *text = g_str_has_suffix(path, "/Makefile.objs")
            ? tree_text(tree, path) : NULL;

        if (text) {
            struct makefile m = {
                .build = build, .dirs = dirs, .dir = dir,
                .self = { dir_set(build, dirs, dir), COND_TRUE },
            };

            read_makefile(&m, text);
        }
    }
    add_target_dirs(build, dirs);
}

/* --- default-configs ----------------------------------------------------- */

static void read_mak(struct build *build, const struct reach_tree *tree,
                     const char *dir, const char *name, GArray *symbols,
                     unsigned depth)
{
    g_autofree char *path = build_path(dir, name);
    g_autofree char *text = path && depth < MAX_DEPTH
        ? tree_text(tree, path) : NULL;

    if (!text) {
        return;
    }
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    for (char **line = lines; *line; line++) {
        const char *sign = strchr(*line, '=');

        g_strstrip(*line);
        if (g_str_has_prefix(*line, "include ")) {
            g_strstrip(*line + strlen("include "));
            read_mak(build, tree, dir, *line + strlen("include "), symbols,
                     depth + 1);
        } else if (sign && g_str_has_prefix(*line, "CONFIG_") &&
                   sign[1] != 'n') {
            g_autofree char *symbol =
                g_strndup(*line + strlen("CONFIG_"),
                          strcspn(*line + strlen("CONFIG_"), " ="));
            guint no = conds_symbol(build->conds, symbol);

            g_array_append_val(symbols, no);
        }
    }
}

void build_read_mak(struct build *build, const struct reach_tree *tree,
                    const char *name, GArray *symbols)
{
    read_mak(build, tree, "default-configs", name, symbols, 0);
}
