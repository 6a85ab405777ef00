/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What `-cpu MODEL` gives on machine types that were released. */
#include "review/changelog-internal.h"

#include "model/cpus.h"

static const char *name_of(const struct cpu_change *c)
{
    g_autofree char *name = c->version
        ? g_strdup_printf("%s-v%d", c->model->name, c->version)
        : g_strdup(c->model->name);

    return g_intern_string(name);
}

static void append(GString *out, const GPtrArray *names, char sign)
{
    for (guint i = 0; i < names->len; i++) {
        g_string_append_printf(out, "%s%c%s", out->len ? " " : "", sign,
                               (const char *)names->pdata[i]);
    }
}

/* "+stibp -pcid": as -cpu would have to say it. */
static char *features(const struct cpu_change *c)
{
    GString *text = g_string_new(NULL);

    append(text, c->gained, '+');
    append(text, c->lost, '-');
    return g_string_free(text, FALSE);
}

static void add_change(struct changelog_run *run, const struct cpu_change *c)
{
    bool bits = c->gained->len || c->lost->len;
    bool waits = c->waiting && !c->uncovered;
    struct difference d = {
        .about = ABOUT_CPU, .act = CHANGE_CHANGED,
        .cover = waits ? COVER_ENTRY : COVER_MISSING,
        .name = name_of(c), .detail = c->name,
        .array = waits ? c->waiting->id : NULL,
        .old = bits ? NULL : g_strdup(c->old_value),
        .new = bits ? features(c) : g_strdup(c->new_value),
        .loc = c->model->loc, .machines = c->machines,
    };

    changelog_add(run, &d);
}

void changelog_cpus(struct changelog_run *run)
{
    changes_foreach(struct cpu_change, c, run->compared->cpus) {
        add_change(run, c);
    }
}
