/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "output.h"

#include "base/error.h"
#include "base/nearest.h"
#include "report/sanitize.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

static bool is_known(const char *format, const char *const *formats, guint n)
{
    for (guint i = 0; i < n; i++) {
        if (g_str_equal(format, formats[i])) {
            return true;
        }
    }
    return false;
}

static void set_unknown_format(const char *format,
                               const char *const *formats, guint n,
                               GError **error)
{
    g_autoptr(GString) list = g_string_new(NULL);
    for (guint i = 0; i < n; i++) {
        g_string_append_printf(list, "%s%s", i ? ", " : "", formats[i]);
    }
    const char *near = nearest_word(format, formats, n);
    g_set_error(error, QC_ERROR, QC_ERROR_USAGE,
                "unknown format '%s'%s%s%s: this command knows %s", format,
                near ? "; did you mean '" : "", near ? near : "",
                near ? "'?" : "", list->str);
}

static struct output resolve(const struct output_request *request,
                             const char *default_format)
{
    struct output output = { .format = request->format };
    if (request->path && !g_str_equal(request->path, "-")) {
        output.path = request->path;
    }
    if (!output.format) {
        output.format = output.path && g_str_has_suffix(output.path, ".json")
                        ? "json" : default_format;
    }
    return output;
}

GArray *outputs_resolve(const struct options *options,
                        const char *default_format,
                        const char *const *formats, guint n, GError **error)
{
    g_autoptr(GArray) outputs =
        g_array_new(FALSE, FALSE, sizeof(struct output));
    guint on_stdout = 0;
    for (guint i = 0; i < options->outputs->len; i++) {
        struct output output =
            resolve(options->outputs->pdata[i], default_format);
        if (!is_known(output.format, formats, n)) {
            set_unknown_format(output.format, formats, n, error);
            return NULL;
        }
        on_stdout += !output.path;
        g_array_append_val(outputs, output);
    }
    if (on_stdout > 1) {
        g_set_error(error, QC_ERROR, QC_ERROR_USAGE,
                    "only one report can go to stdout: give the others a "
                    "file with -o");
        return NULL;
    }
    if (!outputs->len) {
        struct output output = { .format = default_format };
        g_array_append_val(outputs, output);
    }
    return g_steal_pointer(&outputs);
}

/* NO_COLOR, CLICOLOR_FORCE and TERM, in the order of their conventions. */
static bool want_color(enum color_mode mode)
{
    const char *no_color = g_getenv("NO_COLOR");
    const char *force = g_getenv("CLICOLOR_FORCE");
    const char *term = g_getenv("TERM");
    if (mode != COLOR_AUTO) {
        return mode == COLOR_ALWAYS;
    }
    if (no_color && *no_color) {
        return false;
    }
    if (force && *force && !g_str_equal(force, "0")) {
        return true;
    }
    return term && !g_str_equal(term, "dumb") && isatty(STDOUT_FILENO);
}

/* Columns of the terminal on stdout, 0 where it is none or does not say. */
static unsigned terminal_width(void)
{
    const char *said = g_getenv("COLUMNS");
    unsigned width = said ? (unsigned)g_ascii_strtoull(said, NULL, 10) : 0;
    struct winsize size;
    if (!isatty(STDOUT_FILENO)) {
        return 0;
    }
    if (!width && !ioctl(STDOUT_FILENO, TIOCGWINSZ, &size)) {
        width = size.ws_col;
    }
    return width && width < 40 ? 40 : width;
}

struct style output_style(const struct options *options,
                          const struct output *output)
{
    return (struct style) {
        .color = !output->path && want_color(options->color),
        .verbose = options->verbose,
        .width = output->path ? 0 : terminal_width(),
    };
}

static bool write_all(int fd, const char *text, gsize length)
{
    while (length) {
        ssize_t n = write(fd, text, length);
        if (n < 0 && errno == EINTR) {
            continue;
        }
        if (n < 0) {
            return false;
        }
        text += n;
        length -= n;
    }
    return true;
}

bool output_stdout_checked(const char *text, gsize length, GError **error)
{
    if (!write_all(STDOUT_FILENO, text, length) && errno != EPIPE) {
        g_set_error(error, QC_ERROR, QC_ERROR_IO, "cannot write to stdout: %s",
                    strerror(errno));
        return false;
    }
    return true;
}

void output_stdout(const char *text, gsize length)
{
    g_autoptr(GError) error = NULL;
    if (!output_stdout_checked(text, length, &error)) {
        output_message("qcompat: %s\n", error->message);
    }
}

/* Devices and pipes are written to, never replaced by a file. */
static bool write_special(const char *path, const GString *text,
                          GError **error)
{
    int fd = open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY);
    bool ok = fd >= 0 && write_all(fd, text->str, text->len);
    if (!ok && errno != EPIPE) {
        g_set_error(error, QC_ERROR, QC_ERROR_IO, "cannot write '%s': %s",
                    path, strerror(errno));
    } else {
        ok = true;
    }
    if (fd >= 0) {
        close(fd);
    }
    return ok;
}

static bool write_file(const char *path, const GString *text, GError **error)
{
    /* Through a symbolic link: it is the file behind it that is meant. */
    g_autofree char *behind = realpath(path, NULL);
    const char *target = behind ? behind : path;
    struct stat st;
    if (!stat(target, &st) && !S_ISREG(st.st_mode)) {
        return write_special(target, text, error);
    }
    g_autoptr(GError) cause = NULL;
    if (!g_file_set_contents_full(target, text->str, text->len,
                                  G_FILE_SET_CONTENTS_CONSISTENT, 0666,
                                  &cause)) {
        /* GLib names its temporary file first, the reason last. */
        const char *reason = strrchr(cause->message, ':');
        g_set_error(error, QC_ERROR, QC_ERROR_IO, "cannot write '%s'%s",
                    path, reason ? reason : "");
        return false;
    }
    return true;
}

bool output_write(const struct output *output, const GString *text,
                  GError **error)
{
    return output->path
           ? write_file(output->path, text, error)
           : output_stdout_checked(text->str, text->len, error);
}

void output_message(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    g_autofree char *raw = g_strdup_vprintf(format, args);
    va_end(args);
    g_autoptr(GString) safe = g_string_new(NULL);
    sanitize_append(safe, raw, SANITIZE_LINES);
    /* Nobody can be told that stderr is gone. */
    (void)write_all(STDERR_FILENO, safe->str, safe->len);
}

bool output_can_progress(void)
{
    const char *term = g_getenv("TERM");
    return term && !g_str_equal(term, "dumb") && isatty(STDERR_FILENO);
}

#define CLEAR_LINE "\r\033[K"

void output_progress(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    g_autofree char *text = g_strdup_vprintf(format, args);
    va_end(args);
    g_autofree char *line = g_strconcat(CLEAR_LINE, text, NULL);
    (void)write_all(STDERR_FILENO, line, strlen(line));
}

void output_progress_end(void)
{
    (void)write_all(STDERR_FILENO, CLEAR_LINE, strlen(CLEAR_LINE));
}
