/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "reach/kconfig.h"

#include <string.h>

static void config_free(gpointer data)
{
    struct config *config = data;

    if (config) {
        g_array_unref(config->selects);
        g_array_unref(config->implies);
        g_array_unref(config->defaults);
        g_free(config);
    }
}

struct kconfig *kconfig_new(struct conds *conds)
{
    struct kconfig *kconfig = g_new0(struct kconfig, 1);

    kconfig->conds = conds;
    kconfig->configs = g_ptr_array_new_with_free_func(config_free);
    kconfig->targets = target_symbols_new();
    kconfig->boards = g_hash_table_new(NULL, NULL);
    return kconfig;
}

void kconfig_free(struct kconfig *kconfig)
{
    g_ptr_array_unref(kconfig->configs);
    g_hash_table_unref(kconfig->targets);
    g_hash_table_unref(kconfig->boards);
    g_free(kconfig);
}

static struct config *config_at(const struct kconfig *kconfig, guint symbol)
{
    return symbol < kconfig->configs->len
        ? g_ptr_array_index(kconfig->configs, symbol) : NULL;
}

static struct config *config_make(struct kconfig *kconfig, guint symbol)
{
    struct config *config = config_at(kconfig, symbol);

    if (config) {
        return config;
    }
    if (symbol >= kconfig->configs->len) {
        g_ptr_array_set_size(kconfig->configs, (int)symbol + 1);
    }
    config = g_new0(struct config, 1);
    config->selects = g_array_new(FALSE, FALSE, sizeof(struct clause));
    config->implies = g_array_new(FALSE, FALSE, sizeof(struct clause));
    config->defaults = g_array_new(FALSE, FALSE, sizeof(struct clause));
    g_ptr_array_index(kconfig->configs, symbol) = config;
    return config;
}

const struct config *kconfig_config(const struct kconfig *kconfig,
                                    guint symbol)
{
    return config_at(kconfig, symbol);
}

bool kconfig_is_device(const struct kconfig *kconfig, guint symbol)
{
    const struct config *config = config_at(kconfig, symbol);

    return config && !config->is_host;
}

bool kconfig_is_target(const struct kconfig *kconfig, guint symbol,
                       target_set *ret)
{
    const char *name = conds_name(kconfig->conds, symbol);
    const target_set *set = g_hash_table_lookup(kconfig->targets, name);

    *ret = set ? *set : 0;
    return set || name[0] == '@';
}

void kconfig_declare(struct kconfig *kconfig, guint symbol)
{
    config_make(kconfig, symbol);
}

/* --- Reading ------------------------------------------------------------- */

struct reader {
    struct kconfig *kconfig;
    const char *at;          /* in the line */
    unsigned nesting;
};

static void skip_blanks(struct reader *r)
{
    r->at += strspn(r->at, " \t\r");
}

static bool take(struct reader *r, const char *text)
{
    skip_blanks(r);
    if (!g_str_has_prefix(r->at, text)) {
        return false;
    }
    r->at += strlen(text);
    return true;
}

/* A word of its own, or NULL. */
static char *take_name(struct reader *r)
{
    const char *start;

    skip_blanks(r);
    start = r->at;
    while (g_ascii_isalnum(*r->at) || *r->at == '_') {
        r->at++;
    }
    return r->at > start ? g_strndup(start, (gsize)(r->at - start)) : NULL;
}

static cond read_or(struct reader *r);

static cond read_primary(struct reader *r)
{
    struct conds *conds = r->kconfig->conds;
    cond c = COND_TRUE;

    if (r->nesting >= 64) {
        return COND_TRUE;
    }
    r->nesting++;
    if (take(r, "!")) {
        c = cond_not(conds, read_primary(r));
    } else if (take(r, "(")) {
        c = read_or(r);
        take(r, ")");
    } else {
        g_autofree char *name = take_name(r);

        /* "y" says nothing. */
        if (name && strcmp(name, "y") != 0) {
            c = cond_symbol(conds, name);
        }
    }
    r->nesting--;
    return c;
}

static cond read_and(struct reader *r)
{
    cond c = read_primary(r);

    while (take(r, "&&")) {
        c = cond_and(r->kconfig->conds, c, read_primary(r));
    }
    return c;
}

static cond read_or(struct reader *r)
{
    cond c = read_and(r);

    while (take(r, "||")) {
        c = cond_or(r->kconfig->conds, c, read_and(r));
    }
    return c;
}

/* "if EXPRESSION", which may be missing. */
static cond read_if(struct reader *r)
{
    return take(r, "if ") || take(r, "if(") ? read_or(r) : COND_TRUE;
}

static void read_clause(struct reader *r, GArray *clauses)
{
    g_autofree char *name = take_name(r);

    if (name) {
        struct clause clause = { conds_symbol(r->kconfig->conds, name),
                                 read_if(r) };

        g_array_append_val(clauses, clause);
    }
}

static void read_default(struct reader *r, struct config *config)
{
    g_autofree char *name = take_name(r);

    if (g_strcmp0(name, "y") == 0) {
        struct clause clause = { 0, read_if(r) };

        g_array_append_val(config->defaults, clause);
    }
}

static void read_attribute(struct reader *r, struct config *config)
{
    if (take(r, "select ")) {
        read_clause(r, config->selects);
    } else if (take(r, "imply ")) {
        read_clause(r, config->implies);
    } else if (take(r, "depends on ")) {
        config->depends = cond_and(r->kconfig->conds, config->depends,
                                   read_or(r));
    } else if (take(r, "default ")) {
        read_default(r, config);
    }
}

void kconfig_read(struct kconfig *kconfig, const char *text, bool is_host)
{
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    struct config *config = NULL;

    for (char **line = lines; *line; line++) {
        struct reader r = { .kconfig = kconfig, .at = *line };

        (*line)[strcspn(*line, "#")] = '\0';
        if (take(&r, "config ") || take(&r, "menuconfig ")) {
            g_autofree char *name = take_name(&r);

            config = name ? config_make(kconfig,
                                        conds_symbol(kconfig->conds, name))
                          : NULL;
            if (config) {
                config->is_host = is_host;
            }
        } else if (config) {
            read_attribute(&r, config);
        }
    }
}
