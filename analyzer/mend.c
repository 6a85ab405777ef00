/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "mend.h"

#include "base/error.h"
#include "fix/fix.h"
#include "output.h"
#include "verdict.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

struct mend {
    const struct options *options;
    const struct side *head;
    struct fix *fix;         /* NULL: HEAD has no sources */
    guint n_wanted, n_taken; /* findings */
};

static const char *list_path(void *opaque, guint i)
{
    return i < source_n_files(opaque) ? source_file(opaque, i)->path : NULL;
}

static bool is_wanted(const struct options *options,
                      const struct finding *finding)
{
    return (int)finding->severity >=
           MIN(options->fail_on, (int)SEVERITY_WARNING);
}

struct mend *mend_new(const struct options *options, const struct side *head,
                      GPtrArray *findings)
{
    struct mend *mend = g_new0(struct mend, 1);
    const struct fix_tree tree = { verdict_read, list_path, head->source };
    mend->options = options;
    mend->head = head;
    if (!head->source) {
        return mend;
    }
    mend->fix = fix_new(head->facts, &tree);
    g_autoptr(Fix) others = fix_new(head->facts, &tree);
    for (guint i = 0; i < findings->len; i++) {
        struct finding *finding = findings->pdata[i];
        bool wanted = is_wanted(options, finding);
        if (!finding->fix) {
            finding->fix = fix_add(wanted ? mend->fix : others, finding);
        }
        mend->n_wanted += wanted;
        mend->n_taken += wanted && finding->fix;
    }
    return mend;
}

void mend_free(struct mend *mend)
{
    if (mend) {
        fix_free(mend->fix);
        g_free(mend);
    }
}

/* --- The work tree ----------------------------------------------------------- */

/* PATH below ROOT; NULL where a link on the way leads elsewhere. */
static char *locate(const char *root, const char *path)
{
    g_autofree char *joined = g_build_filename(root, path, NULL);
    g_autofree char *real_root = realpath(root, NULL);
    g_autofree char *real = realpath(joined, NULL);
    g_autofree char *wanted =
        real_root ? g_build_filename(real_root, path, NULL) : NULL;
    return real && wanted && g_str_equal(real, wanted)
           ? g_steal_pointer(&wanted) : NULL;
}

static bool is_judged(const char *root, const struct fixed_file *file,
                      GError **error)
{
    g_autofree char *path = locate(root, file->path);
    g_autofree char *text = NULL;
    gsize length;
    if (path && g_file_get_contents(path, &text, &length, NULL)) {
        g_autoptr(GBytes) now = g_bytes_new_static(text, length);
        if (g_bytes_equal(now, file->old)) {
            return true;
        }
    }
    g_set_error(error, QC_ERROR, QC_ERROR_USAGE,
                "'%s' in the work tree is not what was judged, so nothing "
                "was changed: commit or stash, or apply the output of "
                "--fix=print by hand", file->path);
    return false;
}

static bool write_file(const char *root, const struct fixed_file *file,
                       const char *text, gsize length, GError **error)
{
    g_autofree char *path = locate(root, file->path);
    struct stat st;
    if (!path || stat(path, &st)) {
        g_set_error(error, QC_ERROR, QC_ERROR_IO, "'%s' has gone away",
                    file->path);
        return false;
    }
    return g_file_set_contents_full(path, text, (gssize)length,
                                    G_FILE_SET_CONTENTS_CONSISTENT,
                                    st.st_mode & 07777, error);
}

/* All of FILES or none. */
static bool write_files(const char *root, const GPtrArray *files,
                        GError **error)
{
    for (guint i = 0; i < files->len; i++) {
        if (!is_judged(root, files->pdata[i], error)) {
            return false;
        }
    }
    for (guint i = 0; i < files->len; i++) {
        const struct fixed_file *file = files->pdata[i];
        if (write_file(root, file, file->new->str, file->new->len, error)) {
            continue;
        }
        while (i-- > 0) {
            gsize length;
            const struct fixed_file *done = files->pdata[i];
            const char *text = g_bytes_get_data(done->old, &length);
            write_file(root, done, text, length, NULL);
        }
        return false;
    }
    return true;
}

static bool mend_tree(const struct mend *mend, const struct repository *repo,
                      GError **error)
{
    const char *root = mend->options->plain_directories ? mend->head->name
                       : repo ? repository_workdir(repo) : NULL;
    if (!root) {
        g_set_error(error, QC_ERROR, QC_ERROR_USAGE,
                    "--fix needs a work tree and this repository has none: "
                    "--fix=print shows the patch");
        return false;
    }
    g_autoptr(GPtrArray) files = fix_files(mend->fix);
    if (!write_files(root, files, error)) {
        return false;
    }
    for (guint i = 0; i < files->len; i++) {
        const struct fixed_file *file = files->pdata[i];
        output_message("mended %s\n", file->path);
    }
    return true;
}

bool mend_carry_out(const struct mend *mend, const struct repository *repo,
                    GError **error)
{
    if (mend->options->fix == FIX_NONE) {
        return true;
    }
    if (!mend->fix) {
        g_set_error(error, QC_ERROR, QC_ERROR_USAGE,
                    "--fix needs sources, and '%s' is a snapshot",
                    mend->head->name);
        return false;
    }
    if (mend->n_taken < mend->n_wanted) {
        output_message("--fix knows what to do about %u of %u findings\n",
                       mend->n_taken, mend->n_wanted);
    }
    if (!mend->n_taken) {
        return true;
    }
    if (mend->options->fix == FIX_PRINT) {
        g_autofree char *diff = fix_diff(mend->fix);
        return output_stdout_checked(diff, strlen(diff), error);
    }
    return mend_tree(mend, repo, error);
}
