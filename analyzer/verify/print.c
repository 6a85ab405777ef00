/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "verify/print.h"

#include <string.h>

/* So many types show that a difference is not about one. */
#define SHOWN 5

static void append_location(GString *out, const struct location *loc)
{
    if (loc->file) {
        g_string_append_printf(out, "%s:%d: ", loc->file, loc->line);
    }
}

static const char *or_none(const char *text)
{
    return text ? text : "none";
}

static void append_subject(GString *out, const struct difference *d)
{
    g_string_append_printf(out, "%s%s%s", d->subject, d->property ? "." : "",
                           d->property ? d->property : "");
}

static void append_what(GString *out, const struct difference *d)
{
    switch (d->kind) {
    case DIFFERENCE_TYPE_MISSING:
        g_string_append_printf(out, "types below '%s' are not in the facts",
                               d->subject);
        return;
    case DIFFERENCE_MACHINE_MISSING:
        g_string_append_printf(out, "machine type '%s' is not in the facts",
                               d->subject);
        return;
    case DIFFERENCE_MACHINE_EXTRA:
        g_string_append_printf(out, "machine type '%s' is not in QEMU",
                               d->subject);
        return;
    case DIFFERENCE_PROPERTY_MISSING:
        append_subject(out, d);
        g_string_append_printf(out, " (%s) is not in the facts", d->theirs);
        return;
    case DIFFERENCE_PROPERTY_EXTRA:
        append_subject(out, d);
        g_string_append_printf(out, " (%s) is not in QEMU", d->ours);
        return;
    case DIFFERENCE_COMPAT:
        g_string_append_printf(out, "compat entries of %s: first differ in "
                               "%s in the facts, %s in QEMU", d->subject,
                               or_none(d->ours), or_none(d->theirs));
        return;
    default:
        append_subject(out, d);
        g_string_append_printf(out, ": %s in the facts, %s in QEMU",
                               or_none(d->ours), or_none(d->theirs));
    }
}

static bool is_about_one(const struct difference *d)
{
    return d->where->len == 1 &&
           g_str_equal(d->where->pdata[0], d->subject);
}

static void append_where(GString *out, const struct difference *d,
                         bool verbose)
{
    guint n = verbose || d->where->len <= SHOWN + 1 ? d->where->len : SHOWN;

    g_string_append_printf(out, "    in %u: ", d->where->len);
    for (guint i = 0; i < n; i++) {
        g_string_append_printf(out, "%s%s", i ? ", " : "",
                               (const char *)d->where->pdata[i]);
    }
    if (n < d->where->len) {
        g_string_append_printf(out, " and %u more (-v)", d->where->len - n);
    }
    g_string_append_c(out, '\n');
}

/* Properties that one type misses, in the same heirs: whatever registers them
 * was not understood, which is one cause. */
static bool is_alike(const struct difference *a, const struct difference *b)
{
    return a->kind == DIFFERENCE_PROPERTY_MISSING && a->kind == b->kind &&
           a->subject == b->subject && a->where->len == b->where->len &&
           memcmp(a->where->pdata, b->where->pdata,
                  a->where->len * sizeof(gpointer)) == 0;
}

static void append_run(GString *out, struct difference *const *run, guint n,
                       bool verbose)
{
    guint shown = verbose || n <= SHOWN + 1 ? n : SHOWN;

    g_string_append_printf(out, "%s: %u properties are not in the facts: ",
                           run[0]->subject, n);
    for (guint i = 0; i < shown; i++) {
        g_string_append_printf(out, "%s%s (%s)", i ? ", " : "",
                               run[i]->property, run[i]->theirs);
    }
    if (shown < n) {
        g_string_append_printf(out, " and %u more (-v)", n - shown);
    }
}

void comparison_to_text(const struct comparison *comparison, bool verbose,
                        GString *out)
{
    const GPtrArray *differences = comparison->differences;

    for (guint i = 0, n; i < differences->len; i += n) {
        struct difference *const *run =
            (struct difference *const *)&differences->pdata[i];
        for (n = 1; i + n < differences->len && is_alike(run[0], run[n]);
             n++) {
        }
        append_location(out, &run[0]->loc);
        if (n > 1) {
            append_run(out, run, n, verbose);
        } else {
            append_what(out, run[0]);
        }
        g_string_append_printf(out, " [%s]\n",
                               difference_kind_name(run[0]->kind));
        if (!is_about_one(run[0])) {
            append_where(out, run[0], verbose);
        }
    }
}
