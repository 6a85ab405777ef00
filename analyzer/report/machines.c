/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "report/machines.h"

static bool same_family(const struct machine *a, const struct machine *b)
{
    return a->versioned && b->versioned && a->family == b->family &&
           targets_meet(a->targets, b->targets);
}

static gint by_family(gconstpointer pa, gconstpointer pb)
{
    const struct machine *a = *(const struct machine *const *)pa;
    const struct machine *b = *(const struct machine *const *)pb;
    int order = g_strcmp0(a->versioned ? a->family : a->name,
                          b->versioned ? b->family : b->name);
    if (!order) {
        order = (a->targets > b->targets) - (a->targets < b->targets);
    }
    return order ? order : version_compare(&b->version, &a->version);
}

/* Machine types of HEAD in M's family that are no newer than M. */
static guint count_up_to(const struct facts *head, const struct machine *m)
{
    guint n = 0;
    for (guint i = 0; i < head->machines->len; i++) {
        const struct machine *other = head->machines->pdata[i];
        n += same_family(m, other) &&
             version_compare(&other->version, &m->version) <= 0;
    }
    return n;
}

/* Whether another architecture has a machine type of M's name. */
static bool is_ambiguous(const GPtrArray *machines, const struct machine *m)
{
    for (guint i = 0; i < machines->len; i++) {
        const struct machine *other = machines->pdata[i];
        if (other != m && other->name == m->name) {
            return true;
        }
    }
    return false;
}

/* A run of N machine types of one family, newest first. */
static void append_family(GString *out, struct machine *const *run, guint n,
                          const struct facts *head)
{
    const struct machine *newest = run[0];
    const struct machine *oldest = run[n - 1];
    g_string_append(out, newest->name);
    if (n > 1 && count_up_to(head, newest) == n) {
        g_string_append(out, " and older");
    } else if (n > 1 && count_up_to(head, newest) -
                        count_up_to(head, oldest) + 1 == n) {
        g_string_append_printf(out, " back to %s", oldest->name);
    } else if (n > 1) {
        g_string_append_printf(out, " and %u older down to %s", n - 1,
                               oldest->name);
    }
    if (newest->targets && is_ambiguous(head->machines, newest)) {
        g_string_append_printf(out, " of %s", target_first(newest->targets));
    }
}

char *machines_summary(const GPtrArray *machines, const struct facts *head)
{
    g_autoptr(GPtrArray) sorted = g_ptr_array_new();
    g_autoptr(GString) out = g_string_new(NULL);
    for (guint i = 0; i < machines->len; i++) {
        g_ptr_array_add(sorted, machines->pdata[i]);
    }
    g_ptr_array_sort(sorted, by_family);
    g_string_append_printf(out, "%u machine type%s", sorted->len,
                           sorted->len == 1 ? "" : "s");
    for (guint i = 0, n = 0; i < sorted->len; i += n) {
        struct machine *const *run =
            (struct machine *const *)&sorted->pdata[i];
        for (n = 1; i + n < sorted->len && same_family(run[0], run[n]); n++) {
        }
        g_string_append(out, i ? ", " : " (");
        append_family(out, run, n, head);
    }
    g_string_append(out, sorted->len ? ")" : "");
    return g_string_free(g_steal_pointer(&out), FALSE);
}

const struct machine *machines_example(const GPtrArray *machines)
{
    const struct machine *best = NULL;
    for (guint i = 0; i < machines->len; i++) {
        const struct machine *m = machines->pdata[i];
        int order = best ? version_compare(&m->version, &best->version) : 1;
        if (order > 0 ||
            (order == 0 && g_strcmp0(m->name, best->name) < 0)) {
            best = m;
        }
    }
    return best;
}
