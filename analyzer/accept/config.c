/* SPDX-License-Identifier: GPL-2.0-or-later */
#define PCRE2_CODE_UNIT_WIDTH 8
#include "accept/config.h"

#include <pcre2.h>
#include <string.h>

#include "base/error.h"
#include "base/nearest.h"

static void level_free(void *data)
{
    struct config_level *level = data;

    g_free(level->rule);
    g_free(level);
}

static void ignore_free(void *data)
{
    struct config_ignore *ignore = data;

    g_free(ignore->rule);
    g_strfreev(ignore->paths);
    g_free(ignore);
}

void config_free(struct config *config)
{
    if (config) {
        g_free(config->base);
        g_strfreev(config->arrays);
        g_ptr_array_unref(config->levels);
        g_ptr_array_unref(config->ignores);
        g_free(config);
    }
}

/* What is being read, for messages. */
struct reading {
    GKeyFile *file;
    const char *name;
    const char *const *rules;
    guint n_rules;
    struct config *config;
};

static void set_unknown(const struct reading *r, const char *what,
                        const char *word, const char *const *known, guint n,
                        GError **error)
{
    const char *near = nearest_word(word, known, n);

    g_set_error(error, QC_ERROR, QC_ERROR_CONFIG,
                "'%s': unknown %s '%s'%s%s%s", r->name, what, word,
                near ? "; did you mean '" : "", near ? near : "",
                near ? "'?" : "");
}

static bool check_rule(const struct reading *r, const char *pattern,
                       GError **error)
{
    for (guint i = 0; i < r->n_rules; i++) {
        if (g_pattern_match_simple(pattern, r->rules[i])) {
            return true;
        }
    }
    set_unknown(r, "rule", pattern, r->rules, r->n_rules, error);
    return false;
}

static bool read_general(struct reading *r, const char *key, GError **error)
{
    static const char *const keys[] = { "base", "arrays" };
    struct config *config = r->config;

    if (!strcmp(key, "base")) {
        config->base = g_key_file_get_string(r->file, "qcompat", key, error);
        return config->base;
    }
    if (!strcmp(key, "arrays")) {
        config->arrays = g_key_file_get_string_list(r->file, "qcompat", key,
                                                    NULL, error);
        return config->arrays;
    }
    set_unknown(r, "key", key, keys, G_N_ELEMENTS(keys), error);
    return false;
}

static bool read_level(struct reading *r, const char *key, GError **error)
{
    static const char *const names[] = { "error", "warning", "note", "off" };
    g_autofree char *text = g_key_file_get_string(r->file, "levels", key,
                                                  error);
    enum severity severity;

    if (!text || !check_rule(r, key, error)) {
        return false;
    }
    if (!severity_parse(text, &severity)) {
        set_unknown(r, "level", text, names, G_N_ELEMENTS(names), error);
        return false;
    }
    struct config_level *level = g_new(struct config_level, 1);
    level->rule = g_strdup(key);
    level->level = severity;
    g_ptr_array_add(r->config->levels, level);
    return true;
}

static bool read_ignore(struct reading *r, const char *key, GError **error)
{
    g_auto(GStrv) paths = g_key_file_get_string_list(r->file, "ignore", key,
                                                     NULL, error);

    if (!paths || !check_rule(r, key, error)) {
        return false;
    }
    struct config_ignore *ignore = g_new(struct config_ignore, 1);
    ignore->rule = g_strdup(key);
    ignore->paths = g_steal_pointer(&paths);
    g_ptr_array_add(r->config->ignores, ignore);
    return true;
}

typedef bool read_key(struct reading *r, const char *key, GError **error);

static const char *const groups[] = { "qcompat", "levels", "ignore" };
static read_key *const readers[] = { read_general, read_level, read_ignore };

static bool read_group(struct reading *r, const char *group, GError **error)
{
    g_auto(GStrv) keys = g_key_file_get_keys(r->file, group, NULL, error);
    guint number = 0;

    while (number < G_N_ELEMENTS(groups) && strcmp(groups[number], group)) {
        number++;
    }
    if (number == G_N_ELEMENTS(groups)) {
        set_unknown(r, "group", group, groups, number, error);
        return false;
    }
    for (char **key = keys; key && *key; key++) {
        if (!readers[number](r, *key, error)) {
            return false;
        }
    }
    return keys;
}

struct config *config_parse(const char *text, const char *name,
                            const char *const *rules, guint n,
                            GError **error)
{
    g_autoptr(GKeyFile) file = g_key_file_new();
    g_autoptr(Config) config = g_new0(struct config, 1);
    g_autoptr(GError) cause = NULL;
    struct reading r = { file, name, rules, n, config };

    config->levels = g_ptr_array_new_with_free_func(level_free);
    config->ignores = g_ptr_array_new_with_free_func(ignore_free);
    if (!g_key_file_load_from_data(file, text, strlen(text), G_KEY_FILE_NONE,
                                   &cause)) {
        g_set_error(error, QC_ERROR, QC_ERROR_CONFIG, "'%s': %s", name,
                    cause->message);
        return NULL;
    }
    g_auto(GStrv) names = g_key_file_get_groups(file, NULL);
    for (char **group = names; *group; group++) {
        if (!read_group(&r, *group, error)) {
            return NULL;
        }
    }
    return g_steal_pointer(&config);
}

bool config_ignores(const struct config *config,
                    const struct finding *finding)
{
    for (guint i = 0; i < config->ignores->len; i++) {
        const struct config_ignore *ignore =
            g_ptr_array_index(config->ignores, i);
        bool applies = finding->loc.file &&
                       g_pattern_match_simple(ignore->rule, finding->rule);

        for (char **path = ignore->paths; applies && *path; path++) {
            if (g_pattern_match_simple(*path, finding->loc.file)) {
                return true;
            }
        }
    }
    return false;
}

/* --- Arrays ------------------------------------------------------------------ */

static pcre2_code *compile(const char *pattern, GError **error)
{
    int number;
    PCRE2_SIZE offset;
    pcre2_code *code = pcre2_compile((PCRE2_SPTR)pattern,
                                     PCRE2_ZERO_TERMINATED, PCRE2_UTF,
                                     &number, &offset, NULL);

    if (!code) {
        PCRE2_UCHAR reason[128];

        pcre2_get_error_message(number, reason, sizeof(reason));
        g_set_error(error, QC_ERROR, QC_ERROR_CONFIG,
                    "pattern '%s' of 'arrays': %s at offset %zu", pattern,
                    (const char *)reason, (size_t)offset);
    }
    return code;
}

static void mark(const pcre2_code *code, pcre2_match_data *data,
                 struct facts *facts)
{
    for (guint i = 0; i < facts->arrays->len; i++) {
        struct compat_array *array = g_ptr_array_index(facts->arrays, i);

        if (pcre2_match(code, (PCRE2_SPTR)array->name, strlen(array->name),
                        0, 0, data, NULL) >= 0) {
            array->downstream = true;
            array->has_version = false;
        }
    }
}

bool config_mark_arrays(const struct config *config, struct facts *facts,
                        GError **error)
{
    for (char **pattern = config->arrays; pattern && *pattern; pattern++) {
        pcre2_code *code = compile(*pattern, error);

        if (!code) {
            return false;
        }
        pcre2_match_data *data =
            pcre2_match_data_create_from_pattern(code, NULL);

        mark(code, data, facts);
        pcre2_match_data_free(data);
        pcre2_code_free(code);
    }
    return true;
}
