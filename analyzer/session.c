/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "session.h"

#include "base/error.h"
#include "inputs.h"
#include "output.h"
#include "snapshot/snapshot.h"
#include "source/history.h"

#include <string.h>

static void side_free(void *data)
{
    struct side *side = data;
    g_free(side->name);
    g_free(side->commit);
    if (side->source) {
        source_free(side->source);
    }
    g_free(side);
}

static void free_facts(void *data)
{
    facts_free(data);
}

struct session *session_new(const struct options *options)
{
    struct session *session = g_new0(struct session, 1);
    session->options = options;
    session->sides = g_ptr_array_new_with_free_func(side_free);
    session->facts = g_ptr_array_new_with_free_func(free_facts);
    return session;
}

void session_free(struct session *session)
{
    if (session->range) {
        input_range_clear(session->range);
        g_free(session->range);
    }
    g_ptr_array_unref(session->sides);
    g_ptr_array_unref(session->facts);
    if (session->loader) {
        loader_free(session->loader);
    }
    if (session->repo) {
        repository_free(session->repo);
    }
    g_free(session);
}

struct repository *session_repository(struct session *session,
                                      GError **error)
{
    if (!session->repo) {
        session->repo = repository_open(NULL, error);
    }
    return session->repo;
}

bool session_is_virtual(const struct options *options)
{
    return options->staged || options->worktree || options->patch ||
           options->onto;
}

bool session_is_snapshot(const char *text)
{
    return g_str_has_suffix(text, ".json") &&
           g_file_test(text, G_FILE_TEST_IS_REGULAR);
}

static bool open_source(struct session *session, struct side *side,
                        const char *commit, GError **error)
{
    if (session->options->plain_directories) {
        side->source = source_open_dir(side->name, error);
    } else if (session_repository(session, error)) {
        side->source = source_open_later(session->repo,
                                         commit ? commit : side->name, error);
    }
    return side->source;
}

static bool read_snapshot(struct session *session, struct side *side,
                          GError **error)
{
    struct facts *facts = snapshot_read(side->name, error);
    if (facts) {
        g_ptr_array_add(session->facts, facts);
        side->facts = facts;
    }
    return facts;
}

struct side *session_open(struct session *session, const char *text,
                          const char *commit, GError **error)
{
    struct side *side = g_new0(struct side, 1);
    side->name = g_strdup(text);
    side->commit = g_strdup(commit);
    bool ok = !commit && session_is_snapshot(text)
              ? read_snapshot(session, side, error)
              : open_source(session, side, commit, error);
    if (!ok) {
        side_free(side);
        return NULL;
    }
    g_ptr_array_add(session->sides, side);
    return side;
}

const char *side_commit(const struct side *side)
{
    return side->commit ? side->commit
           : side->source ? source_revision(side->source)->commit
                        : side->facts->revision.commit;
}

/* Whether an operand is something else than a revision. */
static bool has_other_operand(const struct session *session)
{
    char *const *operands = session->options->operands;
    for (guint i = 0; operands[i]; i++) {
        if (session_is_snapshot(operands[i])) {
            return true;
        }
    }
    return session->options->plain_directories;
}

const struct input_range *session_find_range(struct session *session,
                                             GError **error)
{
    g_autofree struct input_range *range = g_new0(struct input_range, 1);
    if (session->range || has_other_operand(session)) {
        return session->range;
    }
    if (!inputs_find_range(session, range, error)) {
        input_range_clear(range);
        return NULL;
    }
    session->range = g_steal_pointer(&range);
    return session->range;
}

/* Both ends from the repository, with what their history is asked by. */
static bool open_git_range(struct session *session, struct side **ret_base,
                           struct side **ret_head, GError **error)
{
    const struct input_range *range = session_find_range(session, error);
    if (!range) {
        return false;
    }
    *ret_base = session_open(session, range->base_name, range->base, error);
    *ret_head = *ret_base ? session_open(session, range->head_name,
                                         range->head, error) : NULL;
    return *ret_head;
}

bool session_open_range(struct session *session, char *const *operands,
                        struct side **ret_base, struct side **ret_head,
                        GError **error)
{
    const char *first = operands[0];
    const char *second = first ? operands[1] : NULL;
    if (session->options->plain_directories && !second) {
        g_set_error(error, QC_ERROR, QC_ERROR_USAGE,
                    "--dir needs two directories: BEFORE AFTER");
        return false;
    }
    if (!has_other_operand(session)) {
        return open_git_range(session, ret_base, ret_head, error);
    }
    if (session_is_virtual(session->options)) {
        g_set_error(error, QC_ERROR, QC_ERROR_USAGE,
                    "--staged, --worktree, --patch and --onto work on a "
                    "repository, not on '%s'", first);
        return false;
    }
    *ret_base = session_open(session, first, NULL, error);
    *ret_head = *ret_base
        ? session_open(session, second ? second : "HEAD", NULL, error) : NULL;
    return *ret_head;
}

/* A side of the same tree as SIDE that comes before it, NULL where none. */
static struct side *find_twin(const struct session *session,
                              const struct side *side)
{
    const char *tree = source_revision(side->source)->tree;
    for (guint i = 0; tree && i < session->sides->len; i++) {
        struct side *other = session->sides->pdata[i];
        if (other == side) {
            return NULL;
        }
        if (other->source && side_commit(other) &&
            !g_strcmp0(side_commit(other), side_commit(side))) {
            return other;
        }
    }
    return NULL;
}

static bool run_loader(struct session *session, GPtrArray *wanted,
                       GError **error)
{
    g_autofree struct source **sources = g_new0(struct source *, wanted->len);
    g_autofree struct facts **facts = g_new0(struct facts *, wanted->len);
    for (guint i = 0; i < wanted->len; i++) {
        const struct side *side = wanted->pdata[i];
        sources[i] = side->source;
    }
    if (!loader_load(session->loader, sources, wanted->len, facts, error)) {
        return false;
    }
    for (guint i = 0; i < wanted->len; i++) {
        struct side *side = wanted->pdata[i];
        g_ptr_array_add(session->facts, facts[i]);
        side->facts = facts[i];
    }
    return true;
}

static bool check_is_qemu(const struct side *side, GError **error)
{
    if (side->facts->types->len) {
        return true;
    }
    g_set_error(error, QC_ERROR, QC_ERROR_USAGE,
                "no QOM type found in '%s': is it a QEMU source tree?",
                side->name);
    return false;
}

/* For a person who waits: after a second, a few times a second. */
static void show_progress(void *opaque, guint done, guint total)
{
    struct session_progress *progress = opaque;
    gint64 now = g_get_monotonic_time();
    if (now >= progress->next) {
        output_progress("reading the sources: %u of %u files", done, total);
        progress->next = now + G_USEC_PER_SEC / 5;
        progress->shown = true;
    }
    if (done == total && progress->shown) {
        output_progress_end();
    }
}

struct loader *session_loader(struct session *session)
{
    if (session->loader) {
        return session->loader;
    }
    session->progress = (struct session_progress) {
        .next = g_get_monotonic_time() + G_USEC_PER_SEC,
        .pool = { show_progress, &session->progress },
    };
    const struct load_options load = {
        .progress = session->options->quiet || !output_can_progress()
                    ? NULL : &session->progress.pool,
        .jobs = session->options->jobs,
        .no_cache = session->options->no_cache,
        .verbose = session->options->verbose && !session->options->quiet,
    };
    session->loader = loader_new(&load);
    return session->loader;
}

bool session_load(struct session *session, GError **error)
{
    session_loader(session);
    g_autoptr(GPtrArray) wanted = g_ptr_array_new();
    for (guint i = 0; i < session->sides->len; i++) {
        struct side *side = session->sides->pdata[i];
        if (!side->facts && !find_twin(session, side)) {
            g_ptr_array_add(wanted, side);
        }
    }
    if (wanted->len && !run_loader(session, wanted, error)) {
        return false;
    }
    for (guint i = 0; i < session->sides->len; i++) {
        struct side *side = session->sides->pdata[i];
        side->facts = side->facts ? side->facts
                                  : find_twin(session, side)->facts;
        if (!check_is_qemu(side, error)) {
            return false;
        }
    }
    return true;
}
