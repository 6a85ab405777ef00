/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "progress.h"

#include "output.h"

#define DELAY_MICROSECONDS 1000000
#define PERIOD_MICROSECONDS 200000

struct progress {
    const char *what;
    bool wanted;
    bool shown;
    gint64 next;                 /* time of the next line */
};

struct progress *progress_new(const struct options *options, const char *what)
{
    struct progress *progress = g_new0(struct progress, 1);

    progress->what = what;
    progress->wanted = !options->quiet && output_can_progress();
    progress->next = g_get_monotonic_time() + DELAY_MICROSECONDS;
    return progress;
}

void progress_set(struct progress *progress, guint done, guint total)
{
    gint64 now = progress->wanted ? g_get_monotonic_time() : 0;

    if (!progress->wanted || now < progress->next) {
        return;
    }
    output_progress("%s: %u%% (%u of %u)", progress->what,
                    total ? done * 100 / total : 0, done, total);
    progress->shown = true;
    progress->next = now + PERIOD_MICROSECONDS;
}

void progress_hide(struct progress *progress)
{
    if (progress->shown) {
        output_progress_end();
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
