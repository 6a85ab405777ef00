/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "policy.h"

#include "accept/accept.h"
#include "accept/baseline.h"
#include "base/error.h"
#include "output.h"
#include "rules/rule.h"
#include "source/history.h"
#include "verdict.h"

#include <string.h>

struct policy {
    const struct options *options;
    const struct side *base, *head;
    struct config *config;
    GPtrArray *acceptances;      /* struct acceptance * */
    GHashTable *baseline;        /* NULL: none */
    GPtrArray *accepted;         /* struct finding *, borrowed */
    struct version version;      /* of HEAD */
};

void policy_free(struct policy *policy)
{
    if (policy) {
        config_free(policy->config);
        g_ptr_array_unref(policy->acceptances);
        g_ptr_array_unref(policy->accepted);
        g_clear_pointer(&policy->baseline, g_hash_table_unref);
        g_free(policy);
    }
}

/* --- Reading ------------------------------------------------------------------- */

/* Content of PATH in SIDE, NULL where there is none. */
static char *read_in(const struct side *side, const char *path)
{
    g_autoptr(GBytes) bytes =
        side->source ? verdict_read(side->source, path) : NULL;
    gsize size;
    const char *data = bytes ? g_bytes_get_data(bytes, &size) : NULL;
    return bytes ? g_strndup(data ? data : "", data ? size : 0) : NULL;
}

static char *read_file(const char *path, GError **error)
{
    g_autoptr(GError) cause = NULL;
    char *text;
    if (!g_file_get_contents(path, &text, NULL, &cause)) {
        const char *reason = strrchr(cause->message, ':');
        g_set_error(error, QC_ERROR, QC_ERROR_CONFIG, "cannot read '%s'%s",
                    path, reason ? reason : "");
        return NULL;
    }
    return text;
}

struct config *policy_read_config(const char *text, const char *name,
                                  GError **error)
{
    g_autoptr(GPtrArray) ids = g_ptr_array_new();
    for (const struct rule *const *rule = rules_all(); *rule; rule++) {
        g_ptr_array_add(ids, (gpointer)(gintptr)(*rule)->id);
    }
    return config_parse(text, name, (const char *const *)ids->pdata, ids->len,
                        error);
}

static bool read_config(struct policy *policy, GError **error)
{
    const char *named = policy->options->config;
    g_autofree char *text = named ? read_file(named, error)
                                  : read_in(policy->base, CONFIG_FILE);
    if (named && !text) {
        return false;
    }
    policy->config = policy_read_config(text ? text : "",
                                        named ? named : CONFIG_FILE, error);
    return policy->config;
}

static bool same_block(const struct acceptance *a, const struct acceptance *b)
{
    return !g_strcmp0(a->rule, b->rule) && !g_strcmp0(a->driver, b->driver) &&
           !g_strcmp0(a->property, b->property) &&
           !g_strcmp0(a->old, b->old) && !g_strcmp0(a->new, b->new) &&
           !g_strcmp0(a->fingerprint, b->fingerprint) &&
           !version_compare(&a->until, &b->until);
}

static bool has_block(const GPtrArray *blocks, const struct acceptance *wanted)
{
    for (guint i = 0; i < blocks->len; i++) {
        if (same_block(blocks->pdata[i], wanted)) {
            return true;
        }
    }
    return false;
}

/* Blocks of BASE are trusted, those that HEAD adds are not by themselves. */
static bool read_blocks(struct policy *policy, GError **error)
{
    g_autofree char *old = read_in(policy->base, ACCEPT_FILE);
    g_autofree char *new = read_in(policy->head, ACCEPT_FILE);
    g_autoptr(GPtrArray) arrived = g_ptr_array_new_with_free_func(
        (GDestroyNotify)acceptance_free);
    if (!acceptances_parse(old ? old : "", ACCEPT_FILE, policy->acceptances,
                           error) ||
        !acceptances_parse(new ? new : "", ACCEPT_FILE, arrived, error)) {
        return false;
    }
    guint n_old = policy->acceptances->len;
    for (guint i = 0; i < n_old; i++) {
        struct acceptance *acceptance = policy->acceptances->pdata[i];
        acceptance->trusted = true;
    }
    for (guint i = arrived->len; i-- > 0;) {
        struct acceptance *acceptance = arrived->pdata[i];
        if (!has_block(policy->acceptances, acceptance)) {
            acceptance->trusted = policy->options->trust_range;
            g_ptr_array_add(policy->acceptances,
                            g_ptr_array_steal_index(arrived, i));
        }
    }
    return true;
}

static bool read_trailers(struct policy *policy, struct repository *repo,
                          GError **error)
{
    const char *base = side_commit(policy->base);
    const char *head = side_commit(policy->head);
    if (!repo || !base || !head || !policy->head->source) {
        return true;
    }
    g_autoptr(GPtrArray) messages = history_messages(repo, base, head, error);
    for (guint i = 0; messages && i < messages->len; i++) {
        const struct history_message *message = messages->pdata[i];
        guint first = policy->acceptances->len;
        acceptances_of_message(message->text, message->commit,
                               policy->acceptances);
        for (guint k = first; k < policy->acceptances->len; k++) {
            struct acceptance *acceptance = policy->acceptances->pdata[k];
            acceptance->trusted = policy->options->trust_range;
        }
    }
    return messages;
}

static bool read_baseline(struct policy *policy, GError **error)
{
    const char *path = policy->options->baseline;
    if (policy->options->write_baseline && !path) {
        g_set_error(error, QC_ERROR, QC_ERROR_USAGE,
                    "--write-baseline needs --baseline FILE");
        return false;
    }
    if (!path || (policy->options->write_baseline &&
                  !g_file_test(path, G_FILE_TEST_EXISTS))) {
        return true;
    }
    g_autofree char *text = read_file(path, error);
    policy->baseline = text ? baseline_parse(text, path, error) : NULL;
    return policy->baseline;
}

struct policy *policy_new(struct session *session, const struct side *base,
                          const struct side *head, GError **error)
{
    g_autoptr(Policy) policy = g_new0(struct policy, 1);
    policy->options = session->options;
    policy->base = base;
    policy->head = head;
    policy->accepted = g_ptr_array_new();
    policy->acceptances = g_ptr_array_new_with_free_func(
        (GDestroyNotify)acceptance_free);
    if (!read_config(policy, error) || !read_blocks(policy, error) ||
        !read_trailers(policy, session->repo, error) ||
        !read_baseline(policy, error)) {
        return NULL;
    }
    return g_steal_pointer(&policy);
}

bool policy_is_plain(const struct policy *policy)
{
    const GPtrArray *levels = policy->options->levels;

    return !policy->config->arrays && !policy->acceptances->len &&
           !policy->config->levels->len && !(levels && levels->len);
}

/* --- Arrays -------------------------------------------------------------------- */

bool policy_mark_arrays(const struct policy *policy, GPtrArray *facts,
                        bool *ret_downstream, GError **error)
{
    *ret_downstream = false;
    for (guint i = 0; policy->config->arrays && i < facts->len; i++) {
        struct facts *f = facts->pdata[i];
        if (!config_mark_arrays(policy->config, f, error)) {
            return false;
        }
        for (guint k = 0; k < f->arrays->len; k++) {
            const struct compat_array *array = f->arrays->pdata[k];
            *ret_downstream |= array->downstream;
        }
    }
    return true;
}

/* --- Judging ------------------------------------------------------------------- */

static bool has_line(const char *text, const char *line)
{
    gsize length = strlen(line);
    const char *at = text;
    while (at && (at = strstr(at, line))) {
        bool starts = at == text || at[-1] == '\n';
        bool ends = !at[length] || at[length] == '\n';
        if (starts && ends) {
            return true;
        }
        at += length ? length : 1;
    }
    return false;
}

/* The comment in LINE, where it counts: it was in BASE, or is trusted. */
static char *comment_in_line(const struct policy *policy,
                             const struct finding *finding, const char *line)
{
    g_autofree char *reason = acceptance_comment(line, finding->rule);
    if (!reason) {
        return NULL;
    }
    g_autofree char *old = read_in(policy->base, finding->loc.file);
    if (policy->options->trust_range || (old && has_line(old, line))) {
        return g_steal_pointer(&reason);
    }
    output_message("%s:%d: this change accepts its own finding (%s); "
                   "--trust-range would honour it\n", finding->loc.file,
                   finding->loc.line, finding->rule);
    return NULL;
}

/* A comment on the line of the finding, or on the one above. */
static char *find_comment(const struct policy *policy,
                          const struct finding *finding)
{
    g_autofree char *text = finding->loc.file
        ? read_in(policy->head, finding->loc.file) : NULL;
    g_auto(GStrv) lines = g_strsplit(text ? text : "", "\n",
                                     finding->loc.line + 1);
    int n = (int)g_strv_length(lines);
    for (int i = finding->loc.line; i > 0 && i >= finding->loc.line - 1; i--) {
        char *reason = i <= n ? comment_in_line(policy, finding, lines[i - 1])
                              : NULL;
        if (reason) {
            return reason;
        }
    }
    return NULL;
}

static char *find_reason(struct policy *policy, const struct finding *finding)
{
    char *reason = NULL;
    for (guint i = 0; i < policy->acceptances->len; i++) {
        struct acceptance *a = policy->acceptances->pdata[i];
        if (acceptance_matches(a, finding)) {
            a->used = true;
            if (!reason && a->trusted &&
                !acceptance_expired(a, &policy->version)) {
                reason = g_strdup(a->reason);
            }
        }
    }
    if (!reason && policy->baseline &&
        g_hash_table_contains(policy->baseline, finding->fingerprint)) {
        return g_strdup("in the baseline");
    }
    return reason ? reason : find_comment(policy, finding);
}

static bool in_paths(const struct options *options,
                     const struct finding *finding)
{
    for (char **glob = options->paths; glob && *glob; glob++) {
        if (finding->loc.file &&
            g_pattern_match_simple(*glob, finding->loc.file)) {
            return true;
        }
    }
    return !options->paths;
}

/* The configuration's levels first: the last one that fits wins. */
static GPtrArray *apply_levels(const struct policy *policy,
                               GPtrArray *findings)
{
    g_autoptr(GPtrArray) levels = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < policy->config->levels->len; i++) {
        const struct config_level *level = policy->config->levels->pdata[i];
        struct level_request *request = g_new(struct level_request, 1);
        request->pattern = level->rule;
        request->level = level->level;
        g_ptr_array_add(levels, request);
    }
    g_autoptr(GPtrArray) kept = verdict_apply_levels(levels, findings);
    return verdict_apply_levels(policy->options->levels, kept);
}

GPtrArray *policy_apply(struct policy *policy, GPtrArray *findings)
{
    const char *version = policy->head->source
        ? source_revision(policy->head->source)->version
        : policy->head->facts->revision.version;
    g_autoptr(GPtrArray) candidates = apply_levels(policy, findings);
    GPtrArray *kept = g_ptr_array_new();
    if (version) {
        version_parse(version, &policy->version);
    }
    for (guint i = 0; i < candidates->len; i++) {
        struct finding *finding = candidates->pdata[i];
        if (!in_paths(policy->options, finding) ||
            config_ignores(policy->config, finding)) {
            continue;
        }
        finding->accepted = find_reason(policy, finding);
        g_ptr_array_add(finding->accepted ? policy->accepted : kept, finding);
    }
    return kept;
}

GPtrArray *policy_accepted(const struct policy *policy)
{
    return policy->accepted;
}

bool policy_has_unused(const struct policy *policy)
{
    for (guint i = 0; i < policy->acceptances->len; i++) {
        const struct acceptance *a = policy->acceptances->pdata[i];
        if (!a->used) {
            return true;
        }
    }
    return false;
}

void policy_check_unused(struct policy *policy, const GPtrArray *findings)
{
    for (guint i = 0; i < policy->acceptances->len; i++) {
        struct acceptance *a = policy->acceptances->pdata[i];
        for (guint k = 0; !a->used && k < findings->len; k++) {
            a->used = acceptance_matches(a, findings->pdata[k]);
        }
    }
}

/* --- Telling ------------------------------------------------------------------- */

static void report_one(const struct policy *policy,
                       const struct acceptance *a)
{
    const char *broad = acceptance_too_broad(a);
    g_autofree char *where = g_strdup_printf("%s:%d", a->where, a->line);
    if (!a->trusted) {
        output_message("%s: an acceptance comes with the change itself; "
                       "--trust-range would honour it\n", where);
    }
    if (acceptance_expired(a, &policy->version)) {
        output_message("%s: warning: the acceptance was good until %d.%d\n",
                       where, a->until.major, a->until.minor);
    } else if (!a->used) {
        output_message("%s: warning: the acceptance fits no finding any "
                       "more\n", where);
    }
    if (broad) {
        output_message("%s: warning: the acceptance fits any '%s'\n", where,
                       broad);
    }
}

void policy_report(const struct policy *policy)
{
    for (guint i = 0; i < policy->acceptances->len; i++) {
        report_one(policy, policy->acceptances->pdata[i]);
    }
}

bool policy_write_baseline(const struct policy *policy,
                           const GPtrArray *findings, GError **error)
{
    if (!policy->options->write_baseline) {
        return true;
    }
    g_autofree char *text = baseline_text(findings, policy->baseline);
    g_autoptr(GString) string = g_string_new(text);
    const struct output output = { .path = policy->options->baseline };
    return output_write(&output, string, error);
}
