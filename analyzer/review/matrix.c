/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "review/matrix-internal.h"

#include "base/borrow.h"
#include "base/sorted.h"
#include "check/check.h"

#include <string.h>

static void reason_free(gpointer data)
{
    struct matrix_reason *reason = data;

    g_free(reason->source);
    g_free(reason->destination);
    g_free(reason->because);
    g_free(reason->remedy.value);
    g_free(reason->source_cpu);
    g_free(reason->destination_cpu);
    g_ptr_array_unref(reason->devices);
    g_free(reason);
}

static void hop_free(gpointer data)
{
    struct matrix_hop *hop = data;

    g_ptr_array_unref(hop->reasons);
    g_free(hop);
}

void matrix_free(struct matrix *matrix)
{
    g_ptr_array_unref(matrix->hops);
    g_free(matrix);
}

struct matrix_reason *matrix_hop_add(struct matrix_hop *hop,
                                     enum matrix_verdict verdict,
                                     enum matrix_about about,
                                     const char *subject)
{
    struct matrix_reason *reason = g_new0(struct matrix_reason, 1);

    reason->verdict = verdict;
    reason->about = about;
    reason->subject = subject;
    reason->devices = g_ptr_array_new();
    hop->verdict = MAX(hop->verdict, verdict);
    g_ptr_array_add(hop->reasons, reason);
    return reason;
}

void matrix_refuse(struct matrix_hop *hop, enum matrix_about about,
                   const char *subject, char *because)
{
    struct matrix_reason *reason =
        matrix_hop_add(hop, MATRIX_REFUSED, about, g_intern_string(subject));

    reason->because = because;
}

static void add_device(GPtrArray *names, const char *name)
{
    if (!g_ptr_array_find(names, name, NULL)) {
        g_ptr_array_add(names, borrow(name));
    }
}

/* The devices of the difference, and those that have one of them inside,
 * sorted. */
static GPtrArray *devices_of(const struct matrix_pair *pair,
                             const struct matrix_difference *d)
{
    GPtrArray *names = g_ptr_array_new();

    for (guint i = 0; d->devices && i < d->devices->len; i++) {
        const struct qom_type *type = d->devices->pdata[i];
        const GPtrArray *outer = wrappers_of(pair->wrappers, type->name);

        add_device(names, type->name);
        for (guint w = 0; outer && w < outer->len; w++) {
            add_device(names, outer->pdata[w]);
        }
    }
    g_ptr_array_sort(names, sorted_compare);
    return names;
}

/* SOURCE and DESTINATION: what each has; the remedies that lead there. */
static void add_direction(struct matrix_hop *hop,
                          const struct matrix_difference *d,
                          enum matrix_verdict verdict, bool forward,
                          const GPtrArray *devices)
{
    const char *source = forward ? d->older : d->newer;
    const char *destination = forward ? d->newer : d->older;
    const char *keep = forward ? d->old_setting : d->new_setting;
    const char *adapt = forward ? d->new_setting : d->old_setting;
    struct matrix_reason *reason =
        matrix_hop_add(hop, verdict, d->about, d->subject);

    reason->source = g_strdup(source);
    reason->destination = g_strdup(destination);
    reason->because = g_strdup(d->because);
    reason->loc = d->loc;
    for (guint i = 0; i < devices->len; i++) {
        g_ptr_array_add(reason->devices, devices->pdata[i]);
    }
    if (d->driver && (keep || adapt)) {
        reason->remedy = (struct matrix_remedy){
            .driver = d->driver, .property = d->property,
            .value = g_strdup(keep ? keep : adapt),
            .on_destination = keep != NULL,
        };
    }
}

void matrix_add(struct matrix_pair *pair, struct matrix_difference *d)
{
    g_autoptr(GPtrArray) devices = devices_of(pair, d);
    bool seen = devices->len || !d->devices;

    if (seen && d->forward != MATRIX_SAME) {
        add_direction(pair->forward, d, d->forward, true, devices);
    }
    if (seen && d->backward != MATRIX_SAME) {
        add_direction(pair->backward, d, d->backward, false, devices);
    }
    g_clear_pointer(&d->older, g_free);
    g_clear_pointer(&d->newer, g_free);
    g_clear_pointer(&d->because, g_free);
    g_clear_pointer(&d->old_setting, g_free);
    g_clear_pointer(&d->new_setting, g_free);
}

/* --- Only what was asked for --------------------------------------------- */

static bool is_asked_for(const struct matrix_request *request,
                         const char *name)
{
    for (guint i = 0; request->devices[i]; i++) {
        if (strcmp(request->devices[i], name) == 0) {
            return true;
        }
    }
    return false;
}

/* What stops the machine as such stops it with any device. */
static void restrict_hop(const struct matrix_request *request,
                         struct matrix_hop *hop)
{
    hop->verdict = MATRIX_SAME;
    for (guint i = hop->reasons->len; i-- > 0;) {
        struct matrix_reason *reason = hop->reasons->pdata[i];
        bool stops_all = !reason->devices->len &&
                         reason->verdict >= MATRIX_MAY_FAIL;

        for (guint d = reason->devices->len; d-- > 0;) {
            if (!is_asked_for(request, reason->devices->pdata[d])) {
                g_ptr_array_remove_index(reason->devices, d);
            }
        }
        if (!reason->devices->len && !stops_all) {
            g_ptr_array_remove_index(hop->reasons, i);
        } else {
            hop->verdict = MAX(hop->verdict, reason->verdict);
        }
    }
}

static const struct machine *find_machine(const struct matrix_request *request,
                                          const struct facts *facts)
{
    target_set targets = request->target ? target_bit(request->target) : 0;

    for (guint i = 0; i < facts->machines->len; i++) {
        const struct machine *machine = facts->machines->pdata[i];

        if (strcmp(machine->name, request->machine) == 0 &&
            targets_meet(machine->targets, targets)) {
            return machine;
        }
    }
    return NULL;
}

/* --- What one side has not ------------------------------------------------- */

static void refuse_machine(struct matrix_pair *pair, struct matrix_hop *hop,
                           const struct matrix *matrix, guint no)
{
    matrix_refuse(hop, MATRIX_MACHINE, pair->request->machine,
                  g_strdup_printf("%s has no such machine type",
                                  matrix->revisions[no].name));
}

static bool has_device(const struct facts *facts,
                       const struct machine *machine, const char *name)
{
    const struct qom_type *type =
        facts_type(facts, g_intern_string(name), machine->targets);

    return type && !type->abstract;
}

static void refuse_devices(struct matrix_pair *pair,
                           const struct matrix *matrix)
{
    const char *const *names = pair->request->devices;

    for (guint i = 0; names[i]; i++) {
        bool old = has_device(pair->older, pair->old_machine, names[i]);
        bool new = has_device(pair->newer, pair->new_machine, names[i]);
        guint no = old ? pair->forward->to : pair->forward->from;

        for (int back = 0; !(old && new) && back < 2; back++) {
            matrix_refuse(back ? pair->backward : pair->forward,
                          MATRIX_DEVICE, names[i],
                          g_strdup_printf("%s has no such device",
                                          matrix->revisions[no].name));
        }
    }
}

/* --- Pairs --------------------------------------------------------------------- */

static int compare_reasons(gconstpointer pa, gconstpointer pb)
{
    const struct matrix_reason *a =
        *(const struct matrix_reason *const *)pa;
    const struct matrix_reason *b =
        *(const struct matrix_reason *const *)pb;
    int order = (int)b->verdict - (int)a->verdict;

    order = order ? order : (int)a->about - (int)b->about;
    order = order ? order : strcmp(a->subject, b->subject);
    order = order ? order : g_strcmp0(a->source, b->source);
    return order ? order : g_strcmp0(a->destination, b->destination);
}

static GPtrArray *find_properties(const struct change_set *changes)
{
    GPtrArray *properties = g_ptr_array_new();

    changes_foreach(struct compat_break, b, changes->breaks) {
        g_ptr_array_add(properties, borrow(b->new_property
                                           ? b->new_property
                                           : b->old_property));
    }
    return properties;
}

/* First without, then with the code: which of it matters depends on what
 * else differs. */
static void compare(struct matrix_pair *pair, guint older, guint newer)
{
    const struct matrix_request *request = pair->request;
    struct check_input input = {
        .released = pair->older, .base = pair->older, .head = pair->newer,
        .machine = pair->new_machine,
    };
    g_autoptr(CheckComparison) values = check_compare(&input);
    g_autoptr(GPtrArray) properties = find_properties(check_changes(values));

    input.bodies = request->bodies
        ? request->bodies(request->opaque, older, newer, properties) : NULL;
    if (!input.bodies) {
        matrix_add_changes(pair, check_changes(values));
        return;
    }
    g_autoptr(CheckComparison) all = check_compare(&input);

    matrix_add_changes(pair, check_changes(all));
}

static void find_reasons(struct matrix_pair *pair, guint older, guint newer)
{
    const struct matrix_request *request = pair->request;

    if (request->recall && request->recall(request->opaque, older, newer,
                                           pair->forward, pair->backward)) {
        return;
    }
    pair->wrappers = wrappers_new(pair->newer, pair->new_machine);
    compare(pair, older, newer);
    wrappers_free(pair->wrappers);
    if (request->more) {
        request->more(request->opaque, older, newer, pair->forward,
                      pair->backward);
    }
    if (request->keep) {
        request->keep(request->opaque, older, newer, pair->forward,
                      pair->backward);
    }
}

static bool is_older(const struct facts *a, const struct facts *b)
{
    struct version x = { 0 };
    struct version y = { 0 };

    return a->revision.version && b->revision.version &&
           version_parse(a->revision.version, &x) &&
           version_parse(b->revision.version, &y) &&
           version_compare(&x, &y) < 0;
}

/* The numbers of two revisions, I < J as given. */
static void add_pair(struct matrix *matrix,
                     const struct matrix_request *request, guint i, guint j)
{
    bool swap = is_older(matrix->revisions[j].facts,
                         matrix->revisions[i].facts);
    guint a = swap ? j : i;
    guint b = swap ? i : j;
    struct matrix_pair pair = {
        .request = request,
        .older = matrix->revisions[a].facts,
        .newer = matrix->revisions[b].facts,
        .forward = g_ptr_array_index(matrix->hops, a * matrix->n + b),
        .backward = g_ptr_array_index(matrix->hops, b * matrix->n + a),
    };

    pair.old_machine = find_machine(request, pair.older);
    pair.new_machine = find_machine(request, pair.newer);
    if (!pair.old_machine || !pair.new_machine) {
        guint no = pair.old_machine ? b : a;

        refuse_machine(&pair, pair.forward, matrix, no);
        refuse_machine(&pair, pair.backward, matrix, no);
        return;
    }
    if (pair.older != pair.newer) {
        find_reasons(&pair, a, b);
    }
    if (request->devices) {
        restrict_hop(request, pair.forward);
        restrict_hop(request, pair.backward);
        refuse_devices(&pair, matrix);
    }
    matrix_add_choice(&pair, matrix);
    g_ptr_array_sort(pair.forward->reasons, compare_reasons);
    g_ptr_array_sort(pair.backward->reasons, compare_reasons);
}

static GPtrArray *hops_new(guint n)
{
    GPtrArray *hops = g_ptr_array_new_with_free_func(hop_free);

    for (guint i = 0; i < n * n; i++) {
        struct matrix_hop *hop = g_new0(struct matrix_hop, 1);

        hop->from = i / n;
        hop->to = i % n;
        hop->reasons = g_ptr_array_new_with_free_func(reason_free);
        g_ptr_array_add(hops, hop);
    }
    return hops;
}

struct matrix *matrix_new(const struct matrix_request *request)
{
    struct matrix *matrix = g_new0(struct matrix, 1);

    matrix->machine = g_intern_string(request->machine);
    matrix->revisions = request->revisions;
    matrix->n = request->n;
    matrix->hops = hops_new(request->n);
    for (guint i = 0; i < request->n; i++) {
        for (guint j = i + 1; j < request->n; j++) {
            add_pair(matrix, request, i, j);
        }
    }
    return matrix;
}
