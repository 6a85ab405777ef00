/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * `hook`: runs qcompat from git's pre-commit and pre-push hooks.  A hook that
 * was there before is kept beside ours and runs first.
 */
#include "base/error.h"
#include "command.h"
#include "output.h"
#include "source/source.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define MARK "# Installed by `qcompat hook install`; `qcompat hook uninstall` " \
             "takes it away.\n"
#define SAVED ".qcompat-saved"

/* What both hooks start with.  Git runs them at the root of the work tree. */
#define PROLOGUE \
    "#!/bin/sh\n" MARK \
    "input=$([ \"$(basename \"$0\")\" = pre-commit ] || cat)\n" \
    "if [ -x \"$0" SAVED "\" ]; then\n" \
    "    printf '%%s\\n' \"$input\" | \"$0" SAVED "\" \"$@\" || exit\n" \
    "fi\n" \
    "qcompat=%s\n" \
    "[ -x \"$qcompat\" ] || qcompat=$(command -v qcompat) || {\n" \
    "    echo 'qcompat is gone, so nothing was checked' >&2\n" \
    "    exit 0\n" \
    "}\n" \
    "# Other projects may share this hook.\n" \
    "git cat-file -e HEAD:hw/core/machine.c 2>/dev/null || exit 0\n" \
    "color=never\n" \
    "[ ! -t 2 ] || color=always\n" \
    "# Silent when clean; an incomplete analysis is shown and lets pass.\n" \
    "judge() {\n" \
    "    report=$(\"$qcompat\" check --color $color \"$@\" 2>&1)\n" \
    "    status=$?\n" \
    "    [ $status -eq 0 ] || printf '%%s\\n' \"$report\" >&2\n" \
    "    [ $status -eq 0 ] || [ $status -eq 3 ]\n" \
    "}\n"

static const struct hook {
    const char *name;
    const char *body;
} hooks[] = {
    { "pre-commit", "judge --staged\n" },
    { "pre-push",
      "printf '%s\\n' \"$input\" | {\n"
      "    failed=0\n"
      "    while read -r _ new _ old; do\n"
      "        case $new in ''|*[!0]*) ;; *) continue ;; esac\n"
      "        [ -n \"$new\" ] || continue\n"
      "        git cat-file -e \"$old^{commit}\" 2>/dev/null ||\n"
      "            old=$(git merge-base \"$new\" origin/HEAD 2>/dev/null ||\n"
      "                  git merge-base \"$new\" origin/master 2>/dev/null) ||\n"
      "            continue\n"
      "        judge \"$old..$new\" || failed=1\n"
      "    done\n"
      "    exit $failed\n"
      "}\n" },
};

static char *own_path(void)
{
    g_autofree char *path = g_file_read_link("/proc/self/exe", NULL);
    return g_shell_quote(path ? path : "qcompat");
}

static bool is_ours(const char *path)
{
    g_autofree char *text = NULL;
    return g_file_get_contents(path, &text, NULL, NULL) && strstr(text, MARK);
}

static bool set_failure(const char *what, const char *path, GError **error)
{
    g_set_error(error, QC_ERROR, QC_ERROR_IO, "cannot %s '%s': %s", what,
                path, strerror(errno));
    return false;
}

static bool install(const char *dir, const struct hook *hook, GError **error)
{
    g_autofree char *path = g_build_filename(dir, hook->name, NULL);
    g_autofree char *saved = g_strconcat(path, SAVED, NULL);
    g_autofree char *own = own_path();
    g_autofree char *prologue = g_strdup_printf(PROLOGUE, own);
    g_autofree char *text = g_strconcat(prologue, hook->body, NULL);
    bool there = !g_access(path, F_OK) && !is_ours(path);
    if (there && !g_access(saved, F_OK)) {
        g_set_error(error, QC_ERROR, QC_ERROR_USAGE,
                    "'%s' is not ours and '%s' is taken: put one of them away",
                    path, saved);
        return false;
    }
    if (there && g_rename(path, saved)) {
        return set_failure("rename", path, error);
    }
    if (!g_file_set_contents_full(path, text, -1,
                                  G_FILE_SET_CONTENTS_CONSISTENT, 0755,
                                  error)) {
        return false;
    }
    output_message("installed %s%s\n", path,
                   there ? "; the hook that was there runs first" : "");
    return true;
}

static bool uninstall(const char *dir, const struct hook *hook,
                      GError **error)
{
    g_autofree char *path = g_build_filename(dir, hook->name, NULL);
    g_autofree char *saved = g_strconcat(path, SAVED, NULL);
    if (!is_ours(path)) {
        return true;
    }
    if (g_unlink(path)) {
        return set_failure("remove", path, error);
    }
    if (!g_access(saved, F_OK) && g_rename(saved, path)) {
        return set_failure("rename", saved, error);
    }
    output_message("removed %s\n", path);
    return true;
}

enum status cmd_hook(const struct options *options, GError **error)
{
    const char *verb = options->operands[0];
    bool installs = verb && g_str_equal(verb, "install");
    if (!installs && !(verb && g_str_equal(verb, "uninstall"))) {
        g_set_error(error, QC_ERROR, QC_ERROR_USAGE,
                    "hook takes install or uninstall%s%s%s",
                    verb ? ", not '" : "", verb ? verb : "", verb ? "'" : "");
        return STATUS_ERROR;
    }
    struct repository *repo = repository_open(NULL, error);
    if (!repo) {
        return STATUS_ERROR;
    }
    g_autofree char *dir = repository_hooks_dir(repo);
    bool ok = !installs || !g_mkdir_with_parents(dir, 0755) ||
              set_failure("create", dir, error);
    for (guint i = 0; ok && i < G_N_ELEMENTS(hooks); i++) {
        ok = installs ? install(dir, &hooks[i], error)
                      : uninstall(dir, &hooks[i], error);
    }
    repository_free(repo);
    return ok ? STATUS_CLEAN : STATUS_ERROR;
}
