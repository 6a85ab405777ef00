/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "review/changelog-internal.h"

#include "base/borrow.h"
#include "base/sorted.h"
#include "check/check.h"

#include <string.h>

static void change_free(gpointer data)
{
    struct change *change = data;

    g_free(change->old);
    g_free(change->new);
    g_free(change->because);
    g_ptr_array_unref(change->names);
    g_ptr_array_unref(change->machines);
    g_free(change);
}

/* What has to be equal for two differences to be one line. */
static char *group_key(const struct difference *d)
{
    return g_strdup_printf("%d %d %d|%s|%s|%s|%s|%s|%s:%d", d->about, d->act,
                           d->cover, d->detail ? d->detail : d->name,
                           d->array ? d->array : "", d->old ? d->old : "",
                           d->new ? d->new : "",
                           d->because ? d->because : "",
                           d->loc.file ? d->loc.file : "",
                           d->about == ABOUT_FIELD ||
                           d->about == ABOUT_ENTRY ? 0 : d->loc.line);
}

static struct change *find_change(struct changelog_run *run,
                                  const struct difference *d)
{
    g_autofree char *key = group_key(d);
    struct change *change = g_hash_table_lookup(run->groups, key);

    if (!change) {
        change = g_new0(struct change, 1);
        change->about = d->about;
        change->act = d->act;
        change->cover = d->cover;
        change->detail = d->detail;
        change->array = d->array;
        change->old = g_strdup(d->old);
        change->new = g_strdup(d->new);
        change->because = g_strdup(d->because);
        change->loc = d->loc;
        change->names = g_ptr_array_new();
        change->machines = g_ptr_array_new();
        g_ptr_array_add(run->changes, change);
        g_hash_table_insert(run->groups, g_steal_pointer(&key), change);
    }
    return change;
}

void changelog_add(struct changelog_run *run, struct difference *d)
{
    struct change *change = find_change(run, d);

    if (!g_ptr_array_find(change->names, d->name, NULL)) {
        g_ptr_array_add(change->names, borrow(d->name));
    }
    for (guint i = 0; d->machines && i < d->machines->len; i++) {
        if (!g_ptr_array_find(change->machines, d->machines->pdata[i],
                              NULL)) {
            g_ptr_array_add(change->machines, d->machines->pdata[i]);
        }
    }
    g_clear_pointer(&d->old, g_free);
    g_clear_pointer(&d->new, g_free);
    g_clear_pointer(&d->because, g_free);
}

/* Whether OLD had made a promise of MACHINE: in development after a release
 * (8.0.50) its newest machine type is still free to change. */
static bool is_promised(const struct facts *old, const struct machine *machine)
{
    struct version last;

    if (!machine->versioned) {
        return false;
    }
    if (!old->revision.version ||
        !version_parse(old->revision.version, &last)) {
        return true;
    }
    return machine->version.major != last.major
           ? machine->version.major < last.major
           : machine->version.minor <= last.minor;
}

static GPtrArray *find_pairs(const struct facts *old, const struct facts *new)
{
    GPtrArray *pairs = g_ptr_array_new_with_free_func(g_free);

    for (guint i = 0; i < new->machines->len; i++) {
        const struct machine *machine = new->machines->pdata[i];
        const struct machine *before = is_promised(old, machine)
            ? facts_machine(old, machine->name, machine->targets) : NULL;
        guint no;

        if (before && g_ptr_array_find(old->machines, before, &no)) {
            struct machine_index *pair = g_new(struct machine_index, 1);

            *pair = (struct machine_index){ no, i };
            g_ptr_array_add(pairs, pair);
        }
    }
    return pairs;
}

static const char *area_title(const struct change *change)
{
    return change->area ? change->area->title : "\x7f";
}

static int compare_changes(gconstpointer pa, gconstpointer pb)
{
    const struct change *a = *(const struct change *const *)pa;
    const struct change *b = *(const struct change *const *)pb;
    int order = strcmp(area_title(a), area_title(b));

    order = order ? order : (int)a->about - (int)b->about;
    order = order ? order : g_strcmp0(a->loc.file, b->loc.file);
    order = order ? order : a->loc.line - b->loc.line;
    order = order ? order : g_strcmp0(a->detail, b->detail);
    order = order ? order : strcmp(a->names->pdata[0], b->names->pdata[0]);
    order = order ? order : (int)a->act - (int)b->act;
    order = order ? order : g_strcmp0(a->old, b->old);
    order = order ? order : g_strcmp0(a->new, b->new);
    return order ? order : (int)a->cover - (int)b->cover;
}

static void finish(struct changelog *changelog,
                   const struct maintainers *maintainers)
{
    for (guint i = 0; i < changelog->changes->len; i++) {
        struct change *change = changelog->changes->pdata[i];

        g_ptr_array_sort(change->names, sorted_compare);
        change->area = maintainers_of(maintainers, change->loc.file);
        changelog->counts[change->cover]++;
    }
    g_ptr_array_sort(changelog->changes, compare_changes);
}

struct changelog *changelog_new(const struct changelog_end *old,
                                const struct changelog_end *new,
                                const struct maintainers *maintainers)
{
    struct changelog *changelog = g_new0(struct changelog, 1);
    const struct check_input input = {
        .released = old->facts, .base = old->facts, .head = new->facts,
    };
    g_autoptr(CheckComparison) comparison = check_compare(&input);
    struct changelog_run run = {
        .old = side_new(old->facts), .new = side_new(new->facts),
        .pairs = find_pairs(old->facts, new->facts),
        .changes = g_ptr_array_new_with_free_func(change_free),
        .groups = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
                                        NULL),
        .compared = check_changes(comparison),
        .streams = g_hash_table_new(NULL, NULL),
    };

    changelog->old = old->facts;
    changelog->new = new->facts;
    changelog->old_name = old->name;
    changelog->new_name = new->name;
    changelog->changes = run.changes;
    changelog_machines(&run);
    changelog_arrays(&run);
    changelog_types(&run);
    changelog_streams(&run);
    changelog_cpus(&run);
    finish(changelog, maintainers);
    side_free(run.old);
    side_free(run.new);
    g_ptr_array_unref(run.pairs);
    g_hash_table_unref(run.groups);
    g_hash_table_unref(run.streams);
    return changelog;
}

void changelog_free(struct changelog *changelog)
{
    g_ptr_array_unref(changelog->changes);
    g_free(changelog);
}
