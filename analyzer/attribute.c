/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "attribute.h"

#include "source/history.h"

#include <string.h>

/* Reviews of whole releases do not ask who it was; --per-commit does. */
#define MAX_COMMITS 2000

struct attribution {
    struct repository *repo;
    GPtrArray *commits;          /* struct range_commit *, parents first */
    GPtrArray *touched;          /* GPtrArray * of each: paths, sorted */
    const char *head;
};

static bool touches(const struct attribution *a, guint i, const char *path)
{
    const GPtrArray *paths = a->touched->pdata[i];
    return paths && g_ptr_array_find((GPtrArray *)(gintptr)paths, path, NULL);
}

static char *line_of(const struct attribution *a, const struct location *loc)
{
    g_autofree char *text = source_read_path(a->repo, a->head, loc->file);
    g_auto(GStrv) lines = g_strsplit(text ? text : "", "\n", loc->line + 1);
    return loc->line > 0 && (int)g_strv_length(lines) >= loc->line
           ? g_strdup(lines[loc->line - 1]) : NULL;
}

/* Whether REV's PATH has LINE as a line of its own. */
static bool has_line(const struct attribution *a, const char *rev,
                     const char *path, const char *line)
{
    g_autofree char *text = rev ? source_read_path(a->repo, rev, path) : NULL;
    g_autofree char *whole = g_strdup_printf("\n%s\n", text ? text : "");
    g_autofree char *wanted = g_strdup_printf("\n%s\n", line);
    return strstr(whole, wanted);
}

static const struct range_commit *find_writer(const struct attribution *a,
                                              const struct location *loc)
{
    g_autofree char *line = line_of(a, loc);
    for (guint i = a->commits->len; line && i-- > 0;) {
        const struct range_commit *commit = a->commits->pdata[i];
        if (touches(a, i, loc->file) &&
            has_line(a, commit->id, loc->file, line) &&
            !has_line(a, commit->parent, loc->file, line)) {
            return commit;
        }
    }
    return NULL;
}

static const struct range_commit *find_commit(const struct attribution *a,
                                              const struct finding *finding)
{
    const struct range_commit *only = NULL;
    guint n = 0;
    if (a->commits->len == 1) {
        return a->commits->pdata[0];
    }
    for (guint i = 0; finding->loc.file && i < a->commits->len; i++) {
        if (touches(a, i, finding->loc.file)) {
            only = a->commits->pdata[i];
            n++;
        }
    }
    return n > 1 ? find_writer(a, &finding->loc) : only;
}

static void free_paths(void *paths)
{
    if (paths) {
        g_ptr_array_unref(paths);
    }
}

static GPtrArray *touched_paths(struct repository *repo,
                                const GPtrArray *commits)
{
    GPtrArray *touched = g_ptr_array_new_with_free_func(free_paths);
    for (guint i = 0; i < commits->len; i++) {
        const struct range_commit *commit = commits->pdata[i];
        g_ptr_array_add(touched, commit->parent
            ? history_changed_paths(repo, commit->parent, commit->id, NULL)
            : NULL);
    }
    return touched;
}

void attribute_findings(struct session *session, const struct side *base,
                        const struct side *head, const GPtrArray *findings)
{
    const struct options *options = session->options;
    bool unmade = options->staged || options->worktree || options->onto;
    if (!findings->len || !session->repo || !base->source || !head->source ||
        !side_commit(base) || !side_commit(head) || unmade) {
        return;
    }
    g_autoptr(GPtrArray) commits = history_commits(
        session->repo, side_commit(base), side_commit(head), NULL);
    if (!commits || commits->len > MAX_COMMITS) {
        return;
    }
    g_autoptr(GPtrArray) touched = touched_paths(session->repo, commits);
    const struct attribution a = { session->repo, commits, touched,
                                   side_commit(head) };
    for (guint i = 0; i < findings->len; i++) {
        struct finding *finding = findings->pdata[i];
        const struct range_commit *commit = find_commit(&a, finding);
        if (commit) {
            /* A patch that is no commit yet has no id that helps anybody. */
            finding->introduced_by =
                options->patch ? NULL : g_intern_string(commit->id);
            finding->introduced_subject = g_intern_string(commit->subject);
        }
    }
}
