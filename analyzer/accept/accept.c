/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "accept/accept.h"

#include <string.h>

#include "base/error.h"
#include "base/nearest.h"

#define MIN_FINGERPRINT 8

void acceptance_free(struct acceptance *a)
{
    if (a) {
        g_free(a->rule);
        g_free(a->driver);
        g_free(a->property);
        g_free(a->old);
        g_free(a->new);
        g_free(a->fingerprint);
        g_free(a->reason);
        g_free(a);
    }
}

/* --- Blocks -------------------------------------------------------------------- */

static const char *const keys[] = {
    "rule", "driver", "property", "old", "new", "fingerprint", "reason",
    "until",
};

static char **slot(struct acceptance *a, const char *key)
{
    char **const slots[] = {
        &a->rule, &a->driver, &a->property, &a->old, &a->new,
        &a->fingerprint, &a->reason,
    };

    for (gsize i = 0; i < G_N_ELEMENTS(slots); i++) {
        if (!strcmp(keys[i], key)) {
            return slots[i];
        }
    }
    return NULL;
}

static void set_error(const char *name, int line, GError **error,
                      const char *problem, const char *word)
{
    g_set_error(error, QC_ERROR, QC_ERROR_CONFIG, "'%s' line %d: %s%s%s%s",
                name, line, problem, word ? " '" : "", word ? word : "",
                word ? "'" : "");
}

static bool read_key(struct acceptance *a, const char *name, int line,
                     char *text, GError **error)
{
    char *equals = strchr(text, '=');
    const char *key = g_strstrip(text);

    if (!equals) {
        set_error(name, line, error, "'key = value' is expected, not", text);
        return false;
    }
    *equals = '\0';
    g_strchomp(text);

    const char *value = g_strstrip(equals + 1);
    char **to = slot(a, key);

    if (!strcmp(key, "until")) {
        if (!version_parse(value, &a->until)) {
            set_error(name, line, error, "no version:", value);
            return false;
        }
        return true;
    }
    if (!to || *to) {
        const char *near = to ? NULL : nearest_word(key, keys,
                                                    G_N_ELEMENTS(keys));
        g_autofree char *problem = g_strdup_printf(
            "%s key '%s'%s%s%s", to ? "repeated" : "unknown", key,
            near ? "; did you mean '" : "", near ? near : "",
            near ? "'?" : "");

        set_error(name, line, error, problem, NULL);
        return false;
    }
    *to = g_strdup(value);
    return true;
}

static bool finish_block(struct acceptance *a, GPtrArray *out, GError **error)
{
    const char *problem = NULL;

    if (!a->fingerprint && !a->rule) {
        problem = "the block names neither rule nor fingerprint";
    } else if (a->fingerprint &&
               (strlen(a->fingerprint) < MIN_FINGERPRINT ||
                a->fingerprint[strspn(a->fingerprint, "0123456789abcdef")])) {
        problem = "a fingerprint has at least 8 digits";
    } else if (!a->reason || !*a->reason) {
        problem = "the block has no reason";
    }
    if (problem) {
        set_error(a->where, a->line, error, problem, NULL);
        acceptance_free(a);
        return false;
    }
    g_ptr_array_add(out, a);
    return true;
}

bool acceptances_parse(const char *text, const char *name, GPtrArray *out,
                       GError **error)
{
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    g_autoptr(Acceptance) block = NULL;

    for (int i = 0; lines[i]; i++) {
        char *line = g_strstrip(lines[i]);

        if (*line == '#') {
            continue;
        }
        if (*line && !block) {
            block = g_new0(struct acceptance, 1);
            block->where = g_intern_string(name);
            block->line = i + 1;
        }
        if (*line && !read_key(block, name, i + 1, line, error)) {
            return false;
        }
        if (block && (!*line || !lines[i + 1]) &&
            !finish_block(g_steal_pointer(&block), out, error)) {
            return false;
        }
    }
    return true;
}

/* --- Comments and trailers -------------------------------------------------- */

char *acceptance_comment(const char *line, const char *rule)
{
    g_autofree char *mark = g_strdup_printf("qcompat: accept(%s):", rule);
    const char *at = strstr(line, mark);
    const char *end = at ? strstr(at, "*/") : NULL;

    if (!at) {
        return NULL;
    }
    at += strlen(mark);
    g_autofree char *reason = end ? g_strndup(at, (gsize)(end - at))
                                  : g_strdup(at);
    g_strstrip(reason);
    return *reason ? g_steal_pointer(&reason) : NULL;
}

void acceptances_of_message(const char *message, const char *commit,
                            GPtrArray *out)
{
    static const char key[] = "Compat-Reviewed:";
    g_auto(GStrv) lines = g_strsplit(message, "\n", -1);

    for (int i = 0; lines[i]; i++) {
        gsize digits;

        if (g_ascii_strncasecmp(lines[i], key, strlen(key))) {
            continue;
        }
        const char *value = g_strstrip(lines[i] + strlen(key));

        digits = strspn(value, "0123456789abcdef");
        if (digits >= MIN_FINGERPRINT && value[digits] == ' ') {
            struct acceptance *a = g_new0(struct acceptance, 1);

            a->where = g_intern_string(commit);
            a->line = i + 1;
            a->fingerprint = g_strndup(value, digits);
            a->reason = g_strdup(value + digits + 1);
            g_ptr_array_add(out, a);
        }
    }
}

/* --- Judging ------------------------------------------------------------------- */

static bool is_any(const char *pattern)
{
    return pattern && !strcmp(pattern, "*");
}

static bool matches_text(const char *wanted, const char *text)
{
    return is_any(wanted) || g_strcmp0(wanted, text) == 0;
}

static bool matches_value(const char *wanted, const struct value *value)
{
    g_autofree char *text =
        value->kind == VALUE_ABSENT ? NULL : value_to_text(value);

    return matches_text(wanted, text);
}

bool acceptance_matches(const struct acceptance *a,
                        const struct finding *finding)
{
    if (a->fingerprint) {
        return g_str_has_prefix(finding->fingerprint, a->fingerprint);
    }
    return !strcmp(a->rule, finding->rule) &&
           matches_text(a->driver, finding->driver) &&
           matches_text(a->property, finding->property) &&
           matches_value(a->old, &finding->old_value) &&
           matches_value(a->new, &finding->new_value);
}

bool acceptance_expired(const struct acceptance *a,
                        const struct version *version)
{
    return a->until.major && version_compare(version, &a->until) >= 0;
}

const char *acceptance_too_broad(const struct acceptance *a)
{
    return a->fingerprint ? NULL
           : is_any(a->driver) ? "driver"
           : is_any(a->property) ? "property"
           : is_any(a->old) ? "old"
           : is_any(a->new) ? "new" : NULL;
}

/* --- Writing ------------------------------------------------------------------- */

/* One line, whatever TEXT holds. */
static void append_key(GString *out, const char *key, const char *text)
{
    if (text) {
        g_autofree char *line = g_strdup(text);

        g_string_append_printf(out, "%s = %s\n", key,
                               g_strdelimit(line, "\r\n", ' '));
    }
}

static void append_value(GString *out, const char *key,
                         const struct value *value)
{
    g_autofree char *text =
        value->kind == VALUE_ABSENT ? NULL : value_to_text(value);

    append_key(out, key, text);
}

void acceptance_append(GString *out, const struct finding *f,
                       const char *reason, const char *until)
{
    append_key(out, "rule", f->rule);
    append_key(out, "driver", f->driver);
    append_key(out, "property", f->property);
    append_value(out, "old", &f->old_value);
    append_value(out, "new", &f->new_value);
    append_key(out, "until", until);
    append_key(out, "reason", reason);
}

void acceptance_append_parsed(GString *out, const struct acceptance *a,
                              const char *reason, const char *until)
{
    append_key(out, "rule", a->rule);
    append_key(out, "driver", a->driver);
    append_key(out, "property", a->property);
    append_key(out, "old", a->old);
    append_key(out, "new", a->new);
    append_key(out, "until", until);
    append_key(out, "reason", reason);
}
