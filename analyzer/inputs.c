/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "inputs.h"

#include "base/error.h"
#include "mail/mail.h"
#include "output.h"
#include "policy.h"
#include "source/history.h"
#include "source/virtual.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

/* More than any series; what is longer is no text. */
#define MAX_PATCH_FILE (256u << 20)

void input_range_clear(struct input_range *range)
{
    g_free(range->base);
    g_free(range->head);
    g_free(range->base_name);
    g_free(range->head_name);
}

static bool is_set(const char *text)
{
    return text && *text && strspn(text, "0") != strlen(text);
}

/* The range that a CI system has started us for; NULL where none did. */
static char *range_of_ci(void)
{
    const char *base = g_getenv("CI_MERGE_REQUEST_DIFF_BASE_SHA");
    const char *branch = g_getenv("GITHUB_BASE_REF");
    const char *before = g_getenv("CI_COMMIT_BEFORE_SHA");
    if (is_set(base)) {
        return g_strdup_printf("%s..HEAD", base);
    }
    if (is_set(branch)) {
        return g_strdup_printf("origin/%s...HEAD", branch);
    }
    return is_set(before) ? g_strdup_printf("%s..HEAD", before) : NULL;
}

/* How the user called the end of a range that is HEAD or TAIL of TEXT. */
static char *end_name(const char *text, bool head, const char *commit)
{
    const char *dots = text ? strstr(text, "..") : NULL;
    if (!dots) {
        return g_strdup(head ? "HEAD" : text ? text : commit);
    }
    bool symmetric = dots[2] == '.';
    const char *after = dots + (symmetric ? 3 : 2);
    if (head) {
        return g_strdup(*after ? after : "HEAD");
    }
    /* The merge base is a commit that nobody named. */
    return symmetric ? g_strdup(commit)
           : dots == text ? g_strdup("HEAD") : g_strndup(text, dots - text);
}

/* The base that the project's own branch names in its configuration: what is
 * being judged has no say in it. */
static char *range_of_config(struct session *session, GError **error)
{
    static const char *const branches[] = { "origin/HEAD", "origin/master",
                                            "origin/main" };
    for (guint i = 0; i < G_N_ELEMENTS(branches); i++) {
        g_autofree char *text = source_read_path(session->repo, branches[i],
                                                 CONFIG_FILE);
        g_autoptr(Config) config =
            text ? policy_read_config(text, CONFIG_FILE, error) : NULL;
        if (text && !config) {
            return NULL;
        }
        if (config && config->base) {
            return g_strdup_printf("%s...HEAD", config->base);
        }
    }
    return NULL;
}

static bool find_commits(struct session *session, struct input_range *ret,
                         GError **error)
{
    char *const *operands = session->options->operands;
    const char *first = operands[0];
    const char *second = first ? operands[1] : NULL;
    g_autoptr(GError) bad_config = NULL;
    g_autofree char *implied = first ? NULL : range_of_ci();
    if (!first && !implied) {
        implied = range_of_config(session, &bad_config);
    }
    if (bad_config) {
        g_propagate_error(error, g_steal_pointer(&bad_config));
        return false;
    }
    const char *text = first ? first : implied;
    if (!history_range(session->repo, text, second, &ret->base, &ret->head,
                       error)) {
        return false;
    }
    ret->base_name = end_name(text, false, ret->base);
    ret->head_name = second ? g_strdup(second)
                            : end_name(text, true, ret->head);
    return true;
}

/* --- Patches ----------------------------------------------------------------- */

static GString *read_fd(int fd, const char *name, GError **error)
{
    g_autoptr(GString) text = g_string_new(NULL);
    char buffer[65536];
    ssize_t n;
    while ((n = read(fd, buffer, sizeof(buffer))) != 0) {
        if (n < 0 && errno == EINTR) {
            continue;
        }
        if (n < 0 || text->len > MAX_PATCH_FILE) {
            g_set_error(error, QC_ERROR, QC_ERROR_IO, "cannot read '%s': %s",
                        name, n < 0 ? strerror(errno) : "it is too large");
            return NULL;
        }
        g_string_append_len(text, buffer, n);
    }
    return g_steal_pointer(&text);
}

static GString *read_patch_file(const char *path, GError **error)
{
    if (g_str_equal(path, "-")) {
        return read_fd(STDIN_FILENO, "standard input", error);
    }
    char *contents;
    gsize length;
    g_autoptr(GError) cause = NULL;
    if (!g_file_get_contents(path, &contents, &length, &cause)) {
        const char *reason = strrchr(cause->message, ':');
        g_set_error(error, QC_ERROR, QC_ERROR_IO, "cannot read '%s'%s", path,
                    reason ? reason : "");
        return NULL;
    }
    GString *text = g_string_new_len(contents, length);
    g_free(contents);
    return text;
}

static char *patch_name(const struct mail_series *series, guint i)
{
    const struct mail_patch *patch = series->patches->pdata[i];
    return *patch->subject
           ? g_strdup_printf("patch %u of %u, '%s',", i + 1,
                             series->patches->len, patch->subject)
           : g_strdup_printf("patch %u of %u", i + 1, series->patches->len);
}

static bool apply_series(struct session *session, const char *base,
                         const struct mail_series *series,
                         struct input_range *ret, GError **error)
{
    guint n = series->patches->len;
    g_autofree struct virtual_patch *patches =
        g_new0(struct virtual_patch, n);
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < n; i++) {
        const struct mail_patch *patch = series->patches->pdata[i];
        g_ptr_array_add(names, patch_name(series, i));
        patches[i] = (struct virtual_patch) {
            .name = names->pdata[i],
            .message = patch->message,
            .diff = patch->diff,
            .length = strlen(patch->diff),
        };
    }
    return virtual_patches(session->repo, base, patches, n, &ret->base,
                           &ret->head, error);
}

/* Where the series says what it was built on, and we have that. */
static const char *find_base(struct session *session,
                             const struct mail_series *series)
{
    const char *said = session->options->operands[0];
    g_autofree char *base = NULL;
    g_autofree char *head = NULL;
    if (said) {
        return said;
    }
    return series->base_commit &&
           history_range(session->repo, series->base_commit,
                         series->base_commit, &base, &head, NULL)
           ? series->base_commit : "HEAD";
}

/* b4 hands out the patches of a branch one by one: HEAD has them already.
 * Such a patch is the commit of its subject. */
static bool find_applied(struct session *session,
                         const struct mail_series *series,
                         struct input_range *ret)
{
    const struct mail_patch *patch = series->patches->pdata[0];
    g_autofree char *base = NULL;
    g_autofree char *head = NULL;
    if (series->patches->len != 1 || !*patch->subject ||
        !history_range(session->repo, NULL, NULL, &base, &head, NULL)) {
        return false;
    }
    g_autoptr(GPtrArray) commits =
        history_commits(session->repo, base, head, NULL);
    for (guint i = 0; commits && i < commits->len; i++) {
        const struct range_commit *commit = commits->pdata[i];
        if (commit->parent && g_str_equal(commit->subject, patch->subject)) {
            ret->base = g_strdup(commit->parent);
            ret->head = g_strdup(commit->id);
            ret->base_name = g_strdup_printf("%.12s^", commit->id);
            ret->head_name = g_strdup_printf("%.12s", commit->id);
            return true;
        }
    }
    return false;
}

static bool find_patches(struct session *session, struct input_range *ret,
                         GError **error)
{
    const char *path = session->options->patch;
    g_autoptr(GString) text = read_patch_file(path, error);
    if (!text) {
        return false;
    }
    g_autoptr(MailSeries) series = mail_read(text->str, text->len, error);
    if (!series) {
        g_prefix_error(error, "'%s': ", path);
        return false;
    }
    if (series->missing) {
        output_message("warning: '%s' lacks %s of the series\n", path,
                       series->missing);
    }
    const char *base = find_base(session, series);
    g_autoptr(GError) cause = NULL;
    if (apply_series(session, base, series, ret, &cause)) {
        ret->base_name = g_strdup(base);
        ret->head_name = g_strdup(g_str_equal(path, "-") ? "the patches"
                                                         : path);
        return true;
    }
    if (!session->options->operands[0] &&
        find_applied(session, series, ret)) {
        return true;
    }
    g_propagate_error(error, g_steal_pointer(&cause));
    return false;
}

/* --- The range ---------------------------------------------------------------- */

static bool find_virtual(struct session *session, struct input_range *ret,
                         GError **error)
{
    const struct options *options = session->options;
    if (options->patch) {
        return find_patches(session, ret, error);
    }
    if (options->operands[0]) {
        g_set_error(error, QC_ERROR, QC_ERROR_USAGE,
                    "--staged and --worktree are compared with HEAD and take "
                    "no operands, not '%s'", options->operands[0]);
        return false;
    }
    ret->base_name = g_strdup("HEAD");
    ret->head_name = g_strdup(options->staged ? "the index"
                                              : "the work tree");
    return options->staged
           ? virtual_index(session->repo, &ret->base, &ret->head, error)
           : virtual_worktree(session->repo, &ret->base, &ret->head, error);
}

static bool check_choice(const struct options *options, GError **error)
{
    if (options->staged + options->worktree + !!options->patch > 1) {
        g_set_error(error, QC_ERROR, QC_ERROR_USAGE,
                    "--staged, --worktree and --patch exclude each other");
        return false;
    }
    if (options->patch && options->operands[0] && options->operands[1]) {
        g_set_error(error, QC_ERROR, QC_ERROR_USAGE,
                    "--patch takes one operand, the BASE to apply it to");
        return false;
    }
    return true;
}

/* Moves RANGE to --onto. */
static bool move_range(struct session *session, struct input_range *range,
                       GError **error)
{
    const char *onto = session->options->onto;
    g_autofree char *base = g_steal_pointer(&range->base);
    g_autofree char *head = g_steal_pointer(&range->head);
    g_autofree char *name = g_steal_pointer(&range->head_name);
    g_free(range->base_name);
    range->base_name = g_strdup(onto);
    range->head_name = g_strdup_printf("%s on %s", name, onto);
    return virtual_onto(session->repo, base, head, name, onto, &range->base,
                        &range->head, error);
}

bool inputs_find_range(struct session *session, struct input_range *ret,
                       GError **error)
{
    const struct options *options = session->options;
    bool is_virtual = options->staged || options->worktree || options->patch;
    return check_choice(options, error) &&
           session_repository(session, error) &&
           (is_virtual ? find_virtual(session, ret, error)
                       : find_commits(session, ret, error)) &&
           (!options->onto || move_range(session, ret, error));
}
