/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "progress.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define DELAY_MICROSECONDS 1000000
#define PERIOD_MICROSECONDS 100000

struct progress {
    const char *what;
    bool wanted;
    bool shown;
    gint64 next;                 /* time of the next line */
};

struct progress *progress_new(const struct options *options, const char *what)
{
    struct progress *progress = g_new0(struct progress, 1);
    const char *term = g_getenv("TERM");

    progress->what = what;
    progress->wanted = !options->quiet && isatty(STDERR_FILENO) &&
                       term && strcmp(term, "dumb") != 0;
    progress->next = g_get_monotonic_time() + DELAY_MICROSECONDS;
    return progress;
}

static void put(const char *text)
{
    if (write(STDERR_FILENO, text, strlen(text)) < 0) {
        return;                  /* nobody can be told */
    }
}

void progress_set(struct progress *progress, guint done, guint total)
{
    gint64 now = progress->wanted ? g_get_monotonic_time() : 0;
    char line[80];

    if (!progress->wanted || now < progress->next) {
        return;
    }
    g_snprintf(line, sizeof(line), "\r%s: %3u%% (%u/%u)\033[K",
               progress->what, total ? done * 100 / total : 0, done, total);
    put(line);
    progress->shown = true;
    progress->next = now + PERIOD_MICROSECONDS;
}

void progress_hide(struct progress *progress)
{
    if (progress->shown) {
        put("\r\033[K");
        progress->shown = false;
    }
}

void progress_free(struct progress *progress)
{
    if (progress) {
        progress_hide(progress);
        g_free(progress);
    }
}
